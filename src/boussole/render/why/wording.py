"""Why, or why not, in words: where a MEDOC stands, what it owes to what, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Figure, Joined, Listing, gettext, ngettext, quoted
from boussole.render.recommend.sensitivity_wording import partly_tried
from boussole.render.wording import answer_text, rank_label, score_note

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.reasons import Reason
    from boussole.core.why.sensitivity import Counterfactual, Explanation, PlaceSensitivity
    from boussole.i18n import Localised, Message


class Part(NamedTuple):
    """A title, and what stands under it, a line each."""

    title: Localised
    lines: tuple[Localised, ...]


def standing(account: Explanation) -> Message:
    """Return where the MEDOC stands, in one sentence."""
    why, top = account.why, account.nearest.top
    item = why.recommendation
    if item is None:
        return gettext("Left out of the list.")
    facts = {"rank": rank_label(item), "number": len(why.ranking.recommendations), "score": item.score, "top": top}
    if account.in_top:
        return gettext("Rank {rank} of {number}, score {score}: among the first {top}.", **facts)
    return gettext("Rank {rank} of {number}, score {score}: not among the first {top}.", **facts)


def points(reason: Reason) -> Message:
    """Return what a reason brings."""
    return ngettext("{count} point", "{count} points", reason.points)


def parts(account: Explanation) -> list[Part]:
    """Return what there is to say of a MEDOC, after where it stands."""
    why = account.why
    if why.recommendation is None:
        first = [Part(gettext("What leaves it out"), tuple(obstacle.text for obstacle in why.exclusion_reasons))]
    else:
        first = [Part(why_title(), tuple(_worth(one.reason, one.rank_without) for one in why.contributions))]
    return [*first, *more_parts(account)]


def points_note() -> Joined:
    """Return what the points of reasons are, and the score that they make."""
    return Joined([gettext("The points of the reasons make the score."), score_note()], " ")


def why_title() -> Message:
    """Return the title of the reasons of a score."""
    return gettext("Why")


def more_parts(account: Explanation) -> list[Part]:
    """Return what there is to say after the reasons: what would change, or how sure it is."""
    if account.in_top:
        return [] if account.sure is None else [Part(gettext("How sure"), tuple(_sure(account.sure, account)))]
    title = gettext("What would bring it into the first {top}", top=account.nearest.top)
    return [Part(title, (*_changes(account), *_tried(account)))]


def _worth(reason: Reason, rank_without: int) -> Joined:
    return Joined([reason.text, points(reason), gettext("without it, rank {rank}", rank=rank_without)], " · ")


def _changes(account: Explanation) -> list[Localised]:
    changes = account.nearest.changes
    return [_change(one, account.compass) for one in changes] or [none_can(account)[1]]


def _change(change: Counterfactual, compass: Compass) -> Localised:
    answers = [_answer(compass, id_, *both) for id_, both in change.answers.items()]
    return Joined([Listing(answers), gettext("rank {rank}", rank=rank_label(change.found))], " · ")


def _answer(compass: Compass, id_: str, present: Value | None, changed: Value) -> Message:
    question = compass.questions[id_]
    ask, answer = quoted(question.ask), answer_text(question, changed)
    if present is None:
        return gettext("{question}: {answer} (no answer now)", question=ask, answer=answer)
    return gettext(
        "{question}: {answer} (now: {present})", question=ask, answer=answer, present=answer_text(question, present)
    )


def none_can(account: Explanation) -> tuple[str, Localised]:
    """Return why no change brings a MEDOC into the top: a code that does not change, and the reason in words."""
    nearest = account.nearest
    if not nearest.pairs:
        return "too_many", gettext(
            "No change of one answer does. Changes of two answers were not tried: there are too many of them."
        )
    if nearest.against is None:
        return "too_far", gettext("No change of one or two answers does.")
    reasons = nearest.against.reasons
    if not reasons:
        return "left_out", gettext("None: whatever one or two answers become, something leaves it out.")
    why = Joined([reason.text for reason in reasons], " · ")
    return "left_out", gettext("None: whatever one or two answers become, this leaves it out. {reasons}", reasons=why)


def _tried(account: Explanation) -> list[Localised]:
    """Return how many changes were tried, where none or only some of two answers do."""
    ones, twos = account.nearest.tried
    lines: list[Localised] = []
    if twos:
        lines.append(
            gettext("Tried: {ones} changes of one answer, {twos} of two.", ones=Figure(ones), twos=Figure(twos))
        )
    else:
        lines.append(ngettext("Tried: {count} change of one answer.", "Tried: {count} changes of one answer.", ones))
    return lines + partly_tried(account.nearest.partly, account.compass)


def _sure(sure: PlaceSensitivity, account: Explanation) -> list[Localised]:
    top = account.nearest.top
    lines: list[Localised] = []
    answers, weights = sure.answers, sure.weights
    if answers.holds:
        lines.append(
            gettext(
                "It stays in the first {top} whatever one answer becomes ({tried} changes tried).",
                top=top,
                tried=answers.tried,
            )
        )
    else:
        asks = [quoted(account.compass.questions[id_].ask) for id_ in answers.depends_on]
        lines += [
            gettext(
                "It stays in the first {top} in {kept} of the {tried} changes of one answer.",
                top=top,
                kept=answers.kept,
                tried=answers.tried,
            ),
            gettext("It depends on: {questions}.", questions=Listing(asks)),
        ]
    lines.append(
        gettext(
            "It stays in {kept} of the {tried} tries where one criterion counts a little more or less.",
            kept=weights.kept,
            tried=weights.tried,
        )
    )
    return lines
