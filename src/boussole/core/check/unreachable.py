"""What of a compass can never be asked, hold or be reached, and what always does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.catalogue import PSEUDO_FACETS
from boussole.core.definitions.compass import QuestionType
from boussole.core.definitions.conditions import ALWAYS, Answered, Between, Every, Subject, SubjectKind
from boussole.core.definitions.dependencies import placeable
from boussole.core.explore.satisfiability import TRIES
from boussole.errors import Finding, Severity
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Axis, Compass
    from boussole.core.definitions.conditions import Condition
    from boussole.core.explore.satisfiability import Satisfiability, TruthTable
    from boussole.errors import Keys
    from boussole.i18n import Message

_FULL = 100


def review_reachability(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield what never or always is so, over all the interviews that can be finished."""
    yield from _asking(compass, decider)
    for index, rule in enumerate(compass.rules):
        yield from _holding(decider, rule.when, ("rule", index, "when"), gettext("this rule"))
    for index, placement in enumerate(compass.placements):
        yield from _holding(decider, placement.when, ("place", index, "when"), gettext("this place"))
    for index, axis in enumerate(compass.axes.values()):
        yield from _steps(decider, axis, ("axis", index))
    yield from _options(compass)
    yield from _weights(compass, decider)


def _asking(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield the sections and questions that are never asked, and the conditions of those that always are."""
    never: set[str] = set()
    for index, section in enumerate(compass.sections.values()):
        keys: Keys = ("section", index, "when")
        truths = decider.truths(section.when)
        if not truths.can_hold():
            never.add(section.id)
        yield from _never_asked(
            truths, keys, gettext("no interview ever opens this section: its condition never holds.")
        )
        yield from _always_asked(truths, section.when, keys, gettext("this section is always opened."))
    for index, question in enumerate(compass.questions.values()):
        if question.when is ALWAYS or question.section in never:
            continue
        keys = ("question", index, "when")
        section_when = compass.sections[question.section].when if question.section is not None else ALWAYS
        whole = question.when if section_when is ALWAYS else Every((section_when, question.when))
        truths = decider.truths(whole)
        yield from _never_asked(
            truths, keys, gettext("no interview ever asks this question: its condition never holds.")
        )
        yield from _always_asked(
            decider.truths(question.when), question.when, keys, gettext("this question is always asked.")
        )


def _never_asked(truths: TruthTable, keys: Keys, what: Message) -> Iterator[Finding]:
    if not truths.can_hold():
        if truths.exact:
            remedy = gettext("Change the condition, or take it out.")
            yield Finding(keys, "B501", what, remedy, severity=Severity.WARNING)
        else:
            yield undecided(keys)


def _always_asked(truths: TruthTable, when: Condition, keys: Keys, what: Message) -> Iterator[Finding]:
    if when is not ALWAYS and truths.exact and not truths.can_fail():
        remedy = gettext("Its condition always holds: take “when” out, or change it.")
        yield Finding(keys, "B502", what, remedy, severity=Severity.WARNING)


def _holding(decider: Satisfiability, when: Condition, keys: Keys, thing: Message) -> Iterator[Finding]:
    """Yield that a condition never holds, or always; one that is empty is meant to."""
    if when is ALWAYS:
        return
    truths = decider.truths(when)
    if truths.can_hold() and truths.can_fail():
        return
    if not truths.exact:
        yield undecided(keys)
    elif truths.can_hold():
        what = gettext("the condition of {thing} always holds.", thing=thing)
        remedy = gettext("If that is meant, write when = {}; if not, change it.")
        yield Finding(keys, "B504", what, remedy, severity=Severity.WARNING)
    else:
        what = gettext("the condition of {thing} never holds: it has no effect.", thing=thing)
        remedy = gettext("Change the condition, or take it out.")
        yield Finding(keys, "B503", what, remedy, severity=Severity.WARNING)


def undecided(keys: Keys) -> Finding:
    """Return the note that there were too many cases to tell."""
    what = gettext(
        "this depends on too many answers to be decided exactly: {count} interviews were tried.", count=TRIES
    )
    remedy = gettext("In all of them it came out the same way. Look at it yourself.")
    return Finding(keys, "B519", what, remedy, severity=Severity.NOTE)


def _steps(decider: Satisfiability, axis: Axis, keys: Keys) -> Iterator[Finding]:
    """Yield the steps of an axis that no answers reach, or that it never has a value."""
    subject = Subject(SubjectKind.AXIS, axis.id)
    ends = [step.start - 1 for step in axis.steps[1:]] + [_FULL]
    valued = decider.truths(Answered(subject))
    if not valued.can_hold():
        here = (*keys, "questions")
        what = gettext("this axis never has a value: none of its questions is ever asked.")
        yield Finding(here, "B509", what, severity=Severity.WARNING) if valued.exact else undecided(here)
        return
    for index, (step, end) in enumerate(zip(axis.steps, ends, strict=False)):
        here = (*keys, "steps", index)
        truths = decider.truths(Between(subject, step.start, end))
        if truths.can_hold():
            continue
        if not truths.exact:
            yield undecided(here)
            continue
        what = gettext("no answers lead to this step: from {low} to {high}.", low=step.start, high=end)
        remedy = gettext("Change “from”, or the points of the questions on this axis.")
        yield Finding(here, "B505", what, remedy, severity=Severity.WARNING)


def _options(compass: Compass) -> Iterator[Finding]:
    """Yield the options that nobody can choose: too few of them can be chosen together."""
    for index, question in enumerate(compass.questions.values()):
        together = [option for option in question.options.values() if not option.alone]
        if question.type is not QuestionType.MANY or question.least is None or len(together) >= question.least:
            continue
        for place, option in enumerate(question.options.values()):
            if not option.alone:
                what = gettext("nobody can choose this option: “min” asks for {count}.", count=question.least)
                remedy = gettext("Lower “min”, or add options that can be chosen together.")
                keys = ("question", index, "options", place)
                yield Finding(keys, "B508", what, remedy, severity=Severity.WARNING)


def _weights(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield what the ranking weighs or requires where nobody is ever placed."""
    weighting = compass.weighting
    named: list[tuple[Keys, str, bool]] = [(("ranking", "weights", facet), facet, True) for facet in weighting.weights]
    # the order of `require` is not kept: its own key is pointed at
    named += [(("ranking", "require"), facet, False) for facet in sorted(weighting.require)]
    places = placeable(compass)
    for keys, facet, at_key in named:
        if facet in PSEUDO_FACETS and facet not in places:
            continue
        never = facet not in places
        if not never:
            truths = decider.truths(Answered(Subject(SubjectKind.FACET, facet)))
            never = truths.exact and not truths.can_hold()
        if never:
            what = gettext("no answer ever places anybody on the facet “{facet}”.", facet=facet)
            remedy = gettext("Ask a question about it, or take it out of here.")
            yield Finding(keys, "B514", what, remedy, at_key, Severity.WARNING)


def review_cautions(catalogue: Catalogue, deciders: Sequence[Satisfiability]) -> Iterator[Finding]:
    """Yield the `avoid` of a catalogue that never hold with any of its compasses, or always hold with all of them."""
    if not deciders:
        return
    for index, medoc in enumerate(catalogue.medoc.values()):
        for place, caution in enumerate(medoc.avoid):
            keys = ("medoc", index, "avoid", place, "when")
            if caution.when is ALWAYS:
                yield _caution("B507", keys)
                continue
            truths = [decider.truths(caution.when) for decider in deciders]
            if not any(one.can_hold() for one in truths):
                yield _caution("B506", keys) if _all_exact(truths) else undecided(keys)
            elif not any(one.can_fail() for one in truths):
                yield _caution("B507", keys) if _all_exact(truths) else undecided(keys)


def _all_exact(truths: Iterable[TruthTable]) -> bool:
    return all(one.exact for one in truths)


def _caution(code: str, keys: Keys) -> Finding:
    if code == "B506":
        what = gettext("this contraindication never holds, whatever is answered.")
    else:
        what = gettext("this contraindication always holds: nobody ever gets this MEDOC.")
    return Finding(keys, code, what, gettext("Change the condition, or take it out."), severity=Severity.WARNING)
