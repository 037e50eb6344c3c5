"""Rules that work against one another, and what not knowing leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers.answers import Answers
from boussole.core.definitions.conditions import ALWAYS, Answered, Every, Holding, Some
from boussole.core.situation import situate
from boussole.errors import Finding, Severity
from boussole.i18n import Listing, gettext, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Rule
    from boussole.core.definitions.conditions import Condition, View
    from boussole.core.explore.satisfiability import Satisfiability


NOTHING_KNOWN = Holding(None)
"""The view of somebody who has not answered anything."""


def review_conflicts(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield rules that an exclusion always undoes, and exclusions that hold where nothing is known."""
    yield from _undone(compass, decider)
    empty_sheet = situate(compass, Answers())
    for index, rule in enumerate(compass.rules):
        if not rule.exclude or (rule.when is ALWAYS and rule.why is not None):  # said with its reason, it is meant
            continue
        if rule.when.holds(NOTHING_KNOWN) or rule.when.holds(empty_sheet):
            yield _ignorance(("rule", index, "when"))


def review_ignorance(catalogue: Catalogue, compasses: Sequence[Compass]) -> Iterator[Finding]:
    """Yield the contraindications that hold where nothing is known, or on an empty sheet of one of the compasses."""
    views: list[View] = [NOTHING_KNOWN, *(situate(compass, Answers()) for compass in compasses)]
    for index, medoc in enumerate(catalogue.medoc.values()):
        for place, caution in enumerate(medoc.avoid):
            if caution.when is ALWAYS or (caution.why is not None and _on_purpose(caution.when)):
                continue
            if any(caution.when.holds(view) for view in views):
                yield _ignorance(("medoc", index, "avoid", place, "when"))


def _on_purpose(condition: Condition) -> bool:
    """Tell whether a condition is, in so many words, that something is not known."""
    if isinstance(condition, Every) and len(condition.conditions) == 1:
        condition = condition.conditions[0]
    return isinstance(condition, Answered) and not condition.expected


def _ignorance(keys: tuple[str | int, ...]) -> Finding:
    what = gettext("this holds before anything is answered: not knowing leaves the MEDOC out.")
    remedy = gettext(
        "Say what must be answered rather than what must not (“not” and “answered = false” hold for nothing)."
    )
    return Finding(keys, "B512", what, remedy, severity=Severity.WARNING)


def _undone(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield each rule that, whenever it holds, meets an exclusion of the same MEDOC."""
    against: dict[str, list[int]] = {}
    for index, rule in enumerate(compass.rules):
        for medoc in rule.medoc if rule.exclude else ():
            against.setdefault(medoc, []).append(index)
    for index, rule in enumerate(compass.rules):
        if rule.exclude:
            continue
        by_rules: dict[tuple[int, ...], list[str]] = {}
        for medoc in rule.medoc:
            if medoc in against:
                by_rules.setdefault(tuple(against[medoc]), []).append(medoc)
        for excluding, ids in by_rules.items():
            undoing = _undoing(rule, [(one, compass.rules[one]) for one in excluding], decider)
            if undoing:
                yield _told_undone(index, undoing, Listing([quoted(one) for one in ids]))


def _told_undone(index: int, undoing: list[int], medoc: Listing) -> Finding:
    """Return the finding, at the exclusion where it is one, at the rule where several together undo it."""
    remedy = gettext("Narrow the exclusion, or take one of the rules out.")
    if len(undoing) == 1:
        what = gettext(
            "whenever rule {number} holds, this exclusion holds too: {medoc} never gets what it gives.",
            number=index + 1,
            medoc=medoc,
        )
        return Finding(("rule", undoing[0], "when"), "B511", what, remedy, severity=Severity.WARNING)
    rules = [gettext("rule {number}", number=one + 1) for one in undoing]
    what = gettext(
        "whenever this rule holds, {rules} leave out {medoc}: it has no effect there.",
        rules=Listing(rules),
        medoc=medoc,
    )
    return Finding(("rule", index, "when"), "B511", what, remedy, severity=Severity.WARNING)


def _undoing(rule: Rule, excluding: list[tuple[int, Rule]], decider: Satisfiability) -> list[int]:
    """Return the exclusions that cover every case in which `rule` holds: one alone if it does, else all together."""
    for index, other in excluding:
        if _covers(other.when, rule.when, decider):
            return [index]
    together = Some(tuple(other.when for _, other in excluding))
    return [index for index, _ in excluding] if len(excluding) > 1 and _covers(together, rule.when, decider) else []


def _covers(wide: Condition, narrow: Condition, decider: Satisfiability) -> bool:
    """Tell whether `wide` holds in every interview in which `narrow` does (and it does in some)."""
    if wide == narrow:
        return decider.truths(narrow).can_hold()
    truths = decider.truths(wide, narrow)
    return truths.exact and truths.can_hold(1) and not any(inner and not outer for outer, inner in truths.together)
