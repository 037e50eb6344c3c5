"""How sure the top is, in words: a line that explains it, and what counts most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.i18n import Listing, gettext, ngettext, quoted

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Compass
    from boussole.core.why.sensitivity import PlaceSensitivity, Sensitivity
    from boussole.i18n import Localised, Message

_NAMED = 3
_PERCENT = 100


def sure_line(sure: Sensitivity) -> Message:
    """Return, in one sentence, in which share of the changes each of the top stays there, and what was tried."""
    places = [
        gettext("{rank} ({share})", rank=rank, share=gettext("always") if place.holds else share(place))
        for rank, place in enumerate(sure.places, 1)
    ]
    return gettext(
        "How sure: we tried {answers} other answers, one at a time, then {weights} other ways to count, a criterion "
        "counting a little more or less. The first {number} stay in the list so often: {places}.",
        number=len(sure.places),
        answers=sum(sure.questions.values()),
        weights=sum(sure.weights.values()),
        places=Listing(places),
    )


def matters_most(sure: Sensitivity, compass: Compass) -> Message | None:
    """Return which answer, were it another one, would move most of the top; None where none would."""
    losing = min(sure.questions, key=sure.staying, default=None)
    if losing is None or sure.staying(losing) == len(sure.places):
        return None
    return gettext("The answer that matters most: {question}", question=quoted(compass.questions[losing].ask))


def sure_lines(sure: Sensitivity, compass: Compass) -> list[Localised]:
    """Return how sure the top is, a sentence a line: in all, by weights, by the questions that count most."""
    number = len(sure.places)
    if not number:
        return []
    lines: list[Localised] = [
        sure_line(sure),
        gettext(
            "Beside each place: the share of these tries in which it stays; "
            "each question and each criterion counts as much."
        ),
    ]
    if sure.hold_weights != sure.hold:
        lines.append(
            ngettext(
                "When only a criterion counts more or less, {count} of {number} stays.",
                "When only a criterion counts more or less, {count} of {number} stay.",
                sure.hold_weights,
                number=number,
            )
        )
    losing = sorted((id_ for id_ in sure.questions if sure.staying(id_) < number), key=sure.staying)[:_NAMED]
    if losing:
        kept = [
            gettext("{question} ({stay})", question=quoted(compass.questions[id_].ask), stay=sure.staying(id_))
            for id_ in losing
        ]
        lines.append(
            gettext("What counts most, and how many stay whatever is answered: {questions}.", questions=Listing(kept))
        )
    return lines + partly_tried(sure.partly, compass)


def partly_tried(questions: tuple[str, ...], compass: Compass) -> list[Localised]:
    """Return which questions have too many answers for all of them to be tried."""
    if not questions:
        return []
    asks = Listing([quoted(compass.questions[id_].ask) for id_ in questions])
    return [gettext("Of {questions}, only some sets of options were tried: there are too many.", questions=asks)]


def share(firm: PlaceSensitivity) -> Message:
    """Return the share of the changes in which a place holds; 100 only where it is all of them."""
    return gettext("{share}%", share=int(_PERCENT * firm.share))


def sure_note(firm: PlaceSensitivity) -> Message:
    """Return how sure one place is, in a few words."""
    return gettext("stays in {share} of tries", share=share(firm))
