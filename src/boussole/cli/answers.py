"""The options that give answers: `--answers FILE`, then `--set ID=VALUE` on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers import Answers, Origin, RefusedError, parse, unknown_question
from boussole.errors import AnswersError, BoussoleError, Problem
from boussole.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from boussole.files.answers import Saved
    from boussole.files.definitions import Pair


def given_answers(pair: Pair, file: Path | None, settings: Sequence[str]) -> tuple[Answers, Saved | None]:
    """Return the answers of the options, and the saved file they start from.

    Answers that no longer exist under other versions of the definitions are named on stderr; those of the same version
    that do not fit are an error.

    Raises:
        AnswersError: with a problem per answer that does not fit.
        BoussoleError: when the file cannot be read or answers another compass.

    """
    compass = pair.compass
    answers, saved = Answers(), None
    problems: list[Problem] = []
    if file is not None:
        from boussole.files.answers import load_answers, reopen  # noqa: PLC0415 - only where there is a file

        saved = load_answers(file)
        reopened = reopen(compass, saved, with_aside=True, catalogue=pair.catalogue)
        answers = reopened.answers
        if reopened.dropped and reopened.other_version:
            tell_dropped(saved, reopened.dropped)
        else:
            problems += reopened.dropped
    for setting in settings:
        id_, sign, written = setting.partition("=")
        id_ = id_.strip()
        if not sign:
            raise BoussoleError(
                message("--set {setting}: there is no “=”.", setting=setting), message("Write --set ID=VALUE.")
            )
        if id_ not in compass.questions:
            problems.append(unknown_question(compass, id_))
            continue
        try:
            answers = answers.put(id_, parse(compass.questions[id_], written), Origin.OPTION)
        except RefusedError as refusal:
            problems.append(refusal.problem)
    if problems:
        raise AnswersError(
            counted("An answer does not fit the compass.", "{count} answers do not fit the compass.", len(problems)),
            problems,
        )
    return answers, saved


def tell_dropped(saved: Saved, dropped: Sequence[Problem]) -> None:
    """Name on stderr the answers of another version that no longer hold."""
    from boussole.cli.border import tell  # noqa: PLC0415 - the border imports the commands

    tell(
        message(
            "These answers were saved with version {version} of the compass; what no longer holds is left out:",
            version=saved.compass_version or "?",
        )
    )
    for problem in dropped:
        tell(problem)
