"""`boussole compare`: two results, what moved between them, and which answer or change of definitions did it."""

from __future__ import annotations

from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.answers_option import held, opened
from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.cli.output import REPORT, Format, screen_width
from boussole.cli.parameters import parse_int
from boussole.core.compare.causes import compare
from boussole.core.compare.differences import Case
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.fuzzy import suggest
from boussole.i18n import N_, gettext, quoted

if TYPE_CHECKING:
    from boussole.core.compare.causes import Comparison
    from boussole.files.answers.saved import Saved
    from boussole.files.library import Pair
    from boussole.i18n import Message

_LONGEST_NAME = 1000


def run(
    ctx: typer.Context,
    before: Annotated[
        str,
        typer.Argument(metavar="A", help=N_("Answers before: a file, an exported path, a code; or definitions")),
    ],
    after: Annotated[str, typer.Argument(metavar="B", help=N_("The same after"))],
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE|CODE", help=N_("The answers of one person, where A and B are definitions")),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar=REPORT.words, help=N_("Form of the result"))] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
    ] = None,
    top: Annotated[
        str | None,
        typer.Option(metavar="N", help=N_("How many MEDOC make a result; by default, as the compass says")),
    ] = None,
) -> None:
    """Print what moved between two results, and the cause of each move."""
    settings: Settings = ctx.find_root().obj
    number = parse_int("--top", top, least=1)
    destinations = REPORT.destinations(to, [output] if output else [])
    given = [_holds_answers(word, settings) for word in (before, after)]
    if given[0] != given[1]:
        found, other = (before, after) if given[0] else (after, before)
        raise BoussoleError(
            gettext("“{answers}” holds answers, and “{definitions}” is definitions.", answers=found, definitions=other),
            gettext("Compare answers with answers, or definitions with definitions."),
        )
    cases = _of_answers if given[0] else _of_definitions
    first, then = cases(before, after, answers, settings)
    comparison = compare(first, then, then.compass.weighting.top if number is None else number)
    destinations.send(partial(_render, comparison=comparison, language=settings.language))


def _holds_answers(word: str, settings: Settings) -> bool:
    """Tell whether `word` is meant as answers rather than as definitions.

    Raises:
        BoussoleError: when it is neither, or cannot be read.

    """
    from boussole.files.one_person import means_answers

    meant = means_answers(word)
    return _missing(word, settings) if meant is None else meant


def _missing(word: str, settings: Settings) -> bool:
    """Return False for the id of a compass; refuse any other word that is no file."""
    from boussole.files.answers.loading import HOLDERS

    ids = [
        listed.pair.compass.id if listed.pair else listed.file.path.stem
        for listed in Library(settings.catalogue, settings.compasses).listed()
    ]
    if word in ids:
        return False
    folder = Path(word).parent
    files: list[str] = []
    if len(word) < _LONGEST_NAME and folder.is_dir():
        files = [str(folder / file.name) for file in folder.iterdir() if file.suffix.lower() in {*HOLDERS, ".toml"}]
    raise BoussoleError(
        gettext("“{word}” is no file, no code and no compass.", word=word), suggest(word, [*files, *ids])
    )


def _of_answers(before: str, after: str, answers: str | None, settings: Settings) -> tuple[Case, Case]:
    """Return the cases of two people, or of one twice, who answered the same compass."""
    if answers is not None:
        raise BoussoleError(gettext("--answers goes with two versions of definitions: A and B are answers already."))
    first, then = opened(before), opened(after)
    first, then = (one._replace(compass=one.compass or other.compass) for one, other in ((first, then), (then, first)))
    if not first.compass:
        raise BoussoleError(
            gettext("{name}: {reason}", name=before, reason=gettext("it does not say which compass it answers."))
        )
    if first.compass != then.compass:
        raise BoussoleError(
            gettext(
                "These answers are for two compasses: “{one}” and “{other}”.", one=first.compass, other=then.compass
            ),
            gettext("Compare answers to the same compass."),
        )
    pair = Library(settings.catalogue, settings.compasses).pair(first.compass)
    told = {saved.compass_version for saved in (first, then)} - {"", pair.compass.version}
    if told:
        echo_stderr(gettext("Both are read with version {version} of the compass.", version=pair.compass.version))
    values = ({id_: one.value for id_, one in held(pair, saved).by_question.items()} for saved in (first, then))
    one, other = (Case(pair.compass, pair.catalogue, each) for each in values)
    return one, other


def _of_definitions(before: str, after: str, answers: str | None, settings: Settings) -> tuple[Case, Case]:
    """Return the cases of one person under two versions of definitions."""
    from boussole.files.revisions import Revisions, revision

    if answers is None:
        raise BoussoleError(
            gettext("To compare definitions, add the answers of one person: --answers FILE."),
            gettext("For many people: {command}", command=f"boussole impact {before} {after} --answers FOLDER"),
        )
    if len(answers) < _LONGEST_NAME and Path(answers).is_dir():
        raise BoussoleError(
            gettext("“{path}” is a folder: compare takes the answers of one person.", path=answers),
            gettext("For many people: {command}", command=f"boussole impact {before} {after} --answers {answers}"),
        )
    sides = Revisions(*(revision(word, settings.catalogue, settings.compasses) for word in (before, after)))
    saved: Saved = opened(answers)
    compass = sides.compass(saved.compass or None)
    if compass is None:
        raise BoussoleError(
            gettext("These answers are about {compasses}, which is not on both sides.", compasses=quoted(saved.compass))
        )
    old, new = sides.pairs(compass)
    return (
        _case(old, saved, gettext("Before, these answers do not hold:")),
        _case(new, saved, gettext("After, these answers do not hold:")),
    )


def _case(pair: Pair, saved: Saved, words: Message) -> Case:
    """Return the case of what was saved under one version; what does not hold is named on stderr."""
    from boussole.core.answers.accepting import sift
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.renames import carried_over

    values = carried_over(pair.compass, pair.catalogue, {**saved.aside, **saved.answers})
    refused = sift(pair.compass, Answers.given(values)).refused
    if refused:
        echo_stderr(words)
    for problem in chain.from_iterable(refused.values()):
        echo_stderr(problem)
    return Case(pair.compass, pair.catalogue, values)


def _render(form: Format, comparison: Comparison, language: str, *, on_screen: bool) -> str:
    from boussole.render.compare.formats import to_json, to_markdown, to_table

    if form is Format.JSON:
        return to_json(comparison, language)
    if form is Format.MARKDOWN:
        return to_markdown(comparison, language)
    from boussole.cli.console import as_text

    width = screen_width()
    return as_text(to_table(comparison, language, width=width), width, on_screen=on_screen)
