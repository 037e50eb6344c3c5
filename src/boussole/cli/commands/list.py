"""`boussole list`: the compasses that can be used, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.core.definitions.compass import MEASURED, QuestionType
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.interview import longest_path
from boussole.escape import plain_text
from boussole.files.library import Library, Origin
from boussole.i18n import N_, Message, gettext, ngettext
from boussole.render.wording import compass_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.compass import Compass, Question, Value
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
            metavar="[COMPASS]", help=N_("Show its questions, their ids, options and bounds"), show_default=False
        ),
    ] = None,
) -> None:
    """Print a paragraph for each compass, or the questions of one; those that cannot be used are told on stderr."""
    settings: Settings = ctx.find_root().obj
    if compass is not None:
        for line in _questions(
            Library(settings.catalogue, settings.compasses).pair(compass).compass, settings.language
        ):
            typer.echo(line)
        return
    _compasses(settings)


def _compasses(settings: Settings) -> None:
    language = settings.language
    broken = []
    for listed in Library(settings.catalogue, settings.compasses).listed():
        if listed.pair is None:
            broken.append(listed.error)
            continue
        compass = listed.pair.compass
        typer.echo(f"{compass.id}  {plain_text(compass.title.in_(language))}")
        if compass.summary is not None:
            typer.echo(f"    {plain_text(compass.summary.in_(language))}")
        size = compass_size(longest_path(compass)).in_(language)
        typer.echo(f"    {size} · {_ORIGINS[listed.file.origin].in_(language)}")
        for layer in listed.pair.catalogue.layers:
            laid = ngettext(
                "with {count} MEDOC of “{title}”",
                "with {count} MEDOC of “{title}”",
                len(layer.medoc),
                title=layer.title,
            )
            typer.echo(f"    {plain_text(laid.in_(language))}")
    for error in broken:
        if error is not None:
            echo_stderr(error)
    if broken:
        raise typer.Exit(1)


def _questions(compass: Compass, language: str) -> Iterator[str]:
    """Yield the questions of a compass with what a script needs: ids, how they are answered, options, bounds."""

    def said(text: Localised) -> str:
        return plain_text(text.in_(language))

    yield f"{compass.id}  {said(compass.title)}"
    for question in compass.questions.values():
        yield ""
        notes = [question.type.value]
        bounds = (f"{name} {bound}" for name, bound in _bounds(question) if bound is not None)
        notes += [*bounds, *([said(question.unit)] if question.unit else [])]
        if question.type is QuestionType.SCALE:
            notes.append(f"0 … {len(question.labels) - 1}")
        if not question.required:
            notes.append("?")
        if question.when != ALWAYS:
            notes.append(gettext("asked of some only").in_(language))
        yield f"{question.id}  {said(question.ask)}  ({', '.join(notes)})"
        for id_, option in question.options.items():
            yield f"    {id_}  {said(option.text)}"
        for place, label in enumerate(question.labels):
            yield f"    {place}  {said(label)}"


def _bounds(question: Question) -> tuple[tuple[str, Value | None], tuple[str, Value | None]]:
    """Return the bounds of a question as its author writes them, by their keys."""
    bounds = (question.least, question.most)
    if question.type in MEASURED:
        least, most = (None if one is None else question.of_measure(one) for one in bounds)
        return ("min", least), ("max", most)
    return ("min", question.least), ("max", question.most)
