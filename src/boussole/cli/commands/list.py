"""`boussole list`: the compasses that can be used, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_lines, echo_stderr
from boussole.core.definitions.compass import MEASURED, QuestionType
from boussole.core.definitions.condition_words import measure_words
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.interview import longest_path
from boussole.escape import plain_text
from boussole.files.library import Library, Origin
from boussole.i18n import N_, Listing, Message, gettext, ngettext
from boussole.render.wording import compass_size, how_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.compass import Compass, Question
    from boussole.files.library import Listed, Pair
    from boussole.i18n import Localised

_ORIGINS: dict[Origin, Message] = {
    Origin.OPTION: gettext("from --compasses"),
    Origin.FOLDER: gettext("from the current folder"),
    Origin.USER: gettext("from your own folder"),
    Origin.SHIPPED: gettext("shipped with boussole"),
}


def run(
    ctx: typer.Context,
    compass: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMPASS]",
            help=N_("Show its questions and their answers, with what --set takes"),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print a paragraph for each compass, or the questions of one; those that cannot be used are told on stderr."""
    settings: Settings = ctx.find_root().obj
    if compass is not None:
        echo_lines(_questions(Library(settings.catalogue, settings.compasses).pair(compass).compass, settings.language))
        return
    _compasses(settings)


def _compasses(settings: Settings) -> None:
    language = settings.language
    broken = []
    for listed in Library(settings.catalogue, settings.compasses).listed():
        if listed.pair is None:
            broken.append(listed.error)
            continue
        echo_lines(_described(listed, listed.pair, language))
    for error in broken:
        if error is not None:
            echo_stderr(error)
    if broken:
        raise typer.Exit(1)


def _described(listed: Listed, pair: Pair, language: str) -> Iterator[str]:
    """Yield the paragraph of a compass: its id and title, what it is for, its size, where it comes from."""
    compass = pair.compass
    yield f"{compass.id}  {plain_text(compass.title.in_(language))}"
    if compass.summary is not None:
        yield f"    {plain_text(compass.summary.in_(language))}"
    size = compass_size(longest_path(compass)).in_(language)
    yield f"    {size} · {_ORIGINS[listed.file.origin].in_(language)}"
    if listed.twins:
        names, counts = Listing([path.name for path in listed.twins]), listed.file.path.name
        yield f"    {_said_of_twins(counts, names).in_(language)}"
    for layer in pair.catalogue.layers:
        laid = ngettext(
            "with {count} MEDOC of “{title}”", "with {count} MEDOC of “{title}”", len(layer.medoc), title=layer.title
        )
        yield f"    {plain_text(laid.in_(language))}"


def _notes(question: Question) -> Iterator[Localised]:
    """Yield how a question is answered: what is expected, within which bounds, whether one may not know."""
    yield _expected(question)
    if question.type is QuestionType.MANY and question.least == 0:
        yield gettext("or none")
    if question.type in MEASURED:
        yield from _bounds(question)
    if question.unit is not None:
        yield gettext("in {unit}", unit=question.unit)
    if not question.required:
        yield gettext("“?” where one does not know")
    if question.when != ALWAYS:
        yield gettext("asked of some only")


def _expected(question: Question) -> Localised:
    match question.type:
        case QuestionType.ONE:
            return gettext("one answer")
        case QuestionType.YES_NO:
            return gettext("yes or no")
        case QuestionType.MANY:
            return how_many(question.at_least, question.most)
        case QuestionType.SCALE:
            return gettext("a position from 0 to {high}", high=len(question.labels) - 1)
        case QuestionType.NUMBER:
            return gettext("a number")
        case QuestionType.DATE:
            return gettext("a day")
        case QuestionType.TEXT:
            return gettext("a text")
        case _:
            assert_never(question.type)


def _bounds(question: Question) -> Iterator[Localised]:
    low, high = (None if one is None else measure_words(question, one) for one in (question.least, question.most))
    if low is not None and high is not None:
        yield gettext("from {low} to {high}", low=low, high=high)
    elif low is not None:
        yield gettext("{low} or more", low=low)
    elif high is not None:
        yield gettext("{high} or less", high=high)


def _said_of_twins(counts: str, others: Listing) -> Message:
    return gettext("{file} counts; of the same id, and not used: {others}", file=counts, others=others)


def _questions(compass: Compass, language: str) -> Iterator[str]:
    """Yield the questions of a compass with what a script needs: ids, how they are answered, options, bounds."""

    def said(text: Localised) -> str:
        return plain_text(text.in_(language))

    yield f"{compass.id}  {said(compass.title)}"
    yield said(gettext("In a command: --set and the first word of a question, =, the first word of an answer."))
    for question in compass.questions.values():
        yield ""
        yield f"{question.id}  {said(question.ask)}  ({', '.join(map(said, _notes(question)))})"
        for id_, option in question.options.items():
            yield f"    {id_}  {said(option.text)}"
        for place, label in enumerate(question.labels):
            yield f"    {place}  {said(label)}"
