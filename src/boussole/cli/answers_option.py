"""The options that give answers: `--answers FILE` or a code, then `--set ID=VALUE` on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.cli.echo import echo_stderr
from boussole.core.answers.accepting import parse
from boussole.core.answers.answers import Answers, Origin
from boussole.core.answers.remedies import RefusedError, unknown_question
from boussole.errors import AnswersError, BoussoleError, Problem
from boussole.i18n import Listing, gettext, ngettext, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.compass import Compass
    from boussole.core.situation import Situation
    from boussole.files.answers.saved import Reopened, Saved
    from boussole.files.library import Pair


def given_answers(pair: Pair, source: str | None, settings: Sequence[str]) -> tuple[Answers, Saved | None]:
    """Return the answers of the options, and what was saved that they start from: a file, or a code to share.

    Answers that no longer exist under other versions of the definitions are named on stderr; those of the same version
    that do not fit are an error.

    Raises:
        AnswersError: with a problem per answer that does not fit.
        BoussoleError: when the file cannot be read or answers another compass.

    """
    compass = pair.compass
    answers, saved = Answers(), None
    problems: list[Problem] = []
    if source is not None:
        saved = opened(source, compass.id)
        answers, problems = _reopened(pair, saved)
    for setting in settings:
        id_, sign, written = setting.partition("=")
        id_ = id_.strip()
        if not sign:
            raise BoussoleError(
                gettext("--set {setting}: there is no “=”.", setting=setting), gettext("Write --set ID=VALUE.")
            )
        if id_ not in compass.questions:
            problems.append(unknown_question(compass, id_))
            continue
        try:
            answers = answers.put(id_, parse(compass.questions[id_], written), Origin.OPTION)
        except RefusedError as refusal:
            problems.append(refusal.problem)
    _refuse(problems, pair)
    return answers, saved


def tell_missing(situation: Situation, *, strict: bool = False) -> None:
    """Name on stderr the required questions that have no answer, where there are some.

    Raises:
        BoussoleError: instead, where that is refused (`strict`).

    """
    if not situation.missing:
        return
    what = gettext("Required questions have no answer: {ids}.", ids=Listing(list(situation.missing)))
    if strict:
        raise BoussoleError(what, gettext("Add --set ID=VALUE."))
    echo_stderr(what)


def held(pair: Pair, saved: Saved) -> Answers:
    """Return what was saved, as a compass accepts it; what of another version does not hold is named on stderr.

    Raises:
        AnswersError: with a problem per answer, of the same version, that does not fit.
        BoussoleError: when it answers another compass.

    """
    answers, problems = _reopened(pair, saved)
    _refuse(problems, pair)
    return answers


def _reopened(pair: Pair, saved: Saved) -> tuple[Answers, list[Problem]]:
    """Return the answers that hold, and what is wrong with the others where no other version explains it.

    What does not hold and is off the path is told, and stops nothing.
    """
    from itertools import chain

    from boussole.core.situation import situate
    from boussole.files.answers.saved import reopen

    reopened = reopen(pair.compass, saved, with_aside=True, catalogue=pair.catalogue)
    if reopened.other_version:
        tell_dropped(pair.compass, saved, reopened)
        return reopened.answers, []
    known, path = pair.compass.questions, set(situate(pair.compass, reopened.answers).path)
    wrong = {id_ for id_ in reopened.refused if (id_ in path if id_ in known else id_ not in saved.aside)}
    off_path = {id_: some for id_, some in reopened.refused.items() if id_ not in wrong}
    tell_dropped(pair.compass, saved, reopened._replace(refused=off_path))
    return reopened.answers, list(
        chain.from_iterable(reopened.refused[id_] for id_ in reopened.refused if id_ in wrong)
    )


def _refuse(problems: Sequence[Problem], pair: Pair) -> None:
    """Refuse what does not fit; where no option is near, a command lists them."""
    if problems:
        from boussole.files.library import Origin

        named = pair.compass_file.path if pair.compass_file.origin is Origin.OPTION else pair.compass.id
        listed = gettext("boussole list {compass} shows what it takes.", compass=named)
        problems = [one._replace(remedy=listed) if one.code == "A102" and not one.remedy else one for one in problems]
        raise AnswersError(
            ngettext("An answer does not fit the compass.", "{count} answers do not fit the compass.", len(problems)),
            problems,
        )


def opened(source: str, compass: str = "") -> Saved:
    """Return the answers of one person that `source` names; what was edited in a file by hand is said on stderr.

    They are about `compass` where they do not say which one they are about.

    Raises:
        BoussoleError: when it cannot be read.

    """
    from boussole.files.answers.checksums import Edited
    from boussole.files.one_person import read_one

    saved = read_one(source)
    saved = saved._replace(compass=saved.compass or compass)
    if saved.edited is Edited.ANSWERS:
        echo_stderr(
            gettext(
                "The answers in “{path}” were edited after boussole wrote it: the list it shows may not be theirs.",
                path=source,
            )
        )
    elif saved.edited is Edited.SOMETHING:
        echo_stderr(gettext("“{path}” was edited after boussole wrote it; its answers were not.", path=source))
    return saved


def tell_dropped(compass: Compass, saved: Saved, reopened: Reopened) -> None:
    """Say on stderr what no longer holds of saved answers, option by option, and what is kept; nothing if all is."""
    if not reopened.refused:
        return
    if reopened.other_version:
        heading = gettext(
            "These answers were saved with version {version} of the compass; what no longer holds is left out:",
            version=saved.compass_version or "?",
        )
    else:
        heading = gettext("These answers do not fit the compass, and are left out:")
    echo_stderr(heading)
    for id_, problems in reopened.refused.items():
        kept = reopened.answers.get(id_)
        *others, last = problems
        if isinstance(kept, tuple):
            words = Listing([quoted(one.text) for one in compass.questions[id_].options.values() if one.id in kept])
            last = last._replace(remedy=gettext("Kept of this answer: {words}.", words=words))
        for problem in (*others, last):
            echo_stderr(problem)
    count = len(reopened.answers)
    echo_stderr(ngettext("{count} answer is kept.", "{count} answers are kept.", count))
