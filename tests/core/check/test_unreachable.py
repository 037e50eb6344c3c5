"""What can never be asked, hold or be reached, what always does, and what not knowing leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.core.check.conflicts import review_conflicts, review_ignorance
from boussole.core.check.unreachable import review_cautions, review_reachability
from boussole.core.definitions.catalogue import Caution
from boussole.core.definitions.compass import Section
from boussole.core.definitions.conditions import ALWAYS, AllOf, Answered, AnyOf, Between, Every, Not, Some
from boussole.core.definitions.dependencies import placeable
from boussole.core.explore.satisfiability import TRIES, Satisfiability
from boussole.errors import Severity
from support.builders import (
    facet,
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.definitions.compass import Compass, Rule
    from boussole.core.definitions.conditions import Condition
    from boussole.errors import Finding, Keys

FIRST = make_question("first", "yes-no")
YES, NO = is_(question("first"), "yes"), is_(question("first"), "no")
NEVER = Every((YES, NO))
TAUTOLOGY = Some((YES, NO))
WIDE = [make_question(f"n{place}", "number", least=0, most=200) for place in range(3)]
"""Three questions of which a condition can tell a million ways of answering."""


def told(findings: Iterable[Finding]) -> list[tuple[str, Keys]]:
    """Return the codes and places of findings; each is a warning, or the note that it could not be decided."""
    found = []
    for finding in findings:
        assert finding.severity is (Severity.NOTE if finding.code in {"B519", "B513"} else Severity.WARNING)
        assert finding.what.in_("en")
        found.append((finding.code, finding.keys))
    return found


def reviewed(compass: Compass, budget: int = 10**6) -> list[tuple[str, Keys]]:
    """Return what the review of what can be reached says."""
    return told(review_reachability(compass, Satisfiability(compass, budget)))


def too_wide(limit: int = 0) -> Condition:
    """Return a condition that nobody decides within the budget; it holds above `limit` of the three numbers."""
    looks = [Between(question(one.id), value) for one in WIDE for value in range(1, 200)]
    return Every((Between(question("n0"), limit), Some((*looks, ALWAYS))))


# --- Questions and sections ------------------------------------------------------------------------------------------


def test_a_question_that_nobody_is_asked() -> None:
    """Its condition is pointed at; one that is asked of some says nothing, nor one without condition."""
    compass = make_compass(
        FIRST,
        make_question("never", "yes-no", when=NEVER),
        make_question("sometimes", "yes-no", when=YES),
        make_question("after", "yes-no", when=is_(question("never"), "yes")),
    )
    assert reviewed(compass) == [("B501", ("question", 1, "when")), ("B501", ("question", 3, "when"))]


def test_a_section_that_nobody_opens() -> None:
    """Is told once: not again of each of its questions."""
    sections = {"closed": Section("closed", make_text("Fermée"), NEVER), "open": Section("open", make_text("O"), YES)}
    compass = make_compass(
        FIRST,
        make_question("a", "yes-no", section="closed", when=YES),
        make_question("b", "yes-no", section="closed"),
        make_question("c", "yes-no", section="open", when=NO),
        make_question("d", "yes-no", section="open"),
        make_question("e", "yes-no", section="open", when=is_(question("d"), "yes")),
        sections=sections,
    )
    assert reviewed(compass) == [("B501", ("section", 0, "when")), ("B501", ("question", 3, "when"))]


def test_a_condition_that_is_always_so_is_not_needed() -> None:
    """Of a question and of a section; an empty one is no condition."""
    sections = {
        "always": Section("always", make_text("Toujours"), TAUTOLOGY),
        "plain": Section("plain", make_text("Sans")),
    }
    compass = make_compass(
        FIRST,
        make_question("a", "yes-no", section="always", when=Answered(question("first"))),
        make_question("b", "yes-no", section="plain"),
        sections=sections,
    )
    assert reviewed(compass) == [("B502", ("section", 0, "when")), ("B502", ("question", 1, "when"))]


def test_an_optional_question_makes_the_difference() -> None:
    """« Je ne sais pas » is an answer that fails every comparison."""
    compass = make_compass(
        FIRST._replace(required=False),
        make_question("a", "yes-no", when=TAUTOLOGY),
    )
    assert reviewed(compass) == []


# --- Rules and places ------------------------------------------------------------------------------------------------


def test_rules_and_places_that_never_or_always_hold() -> None:
    """Those without condition are meant to hold always."""
    conditions = (NEVER, TAUTOLOGY, YES, ALWAYS)
    compass = make_compass(
        FIRST,
        rules=tuple(make_rule(one, "kit", points=1) for one in conditions),
        placements=tuple(make_place(one, stage=["agir"]) for one in conditions),
    )
    assert reviewed(compass) == [
        ("B503", ("rule", 0, "when")),
        ("B504", ("rule", 1, "when")),
        ("B503", ("place", 0, "when")),
        ("B504", ("place", 1, "when")),
    ]


# --- Axes ------------------------------------------------------------------------------------------------------------


def test_steps_that_no_answers_reach() -> None:
    """The values an axis can have are exact: 0, 33, 66 and 100 for a scale of four."""
    level = make_facet("level", "a", "b", "c", "d", ordered=True)
    compass = make_compass(
        make_question("scale", "scale"),
        axes=[make_axis("none", {"scale": 1}), make_axis("x", {"scale": 1}, level.id, a=0, b=34, c=66, d=67)],
    )
    assert reviewed(compass) == [("B505", ("axis", 1, "steps", 1))]
    compass = compass._replace(axes={"x": make_axis("x", {"scale": 1}, level.id, a=10, b=34, c=100)})
    assert reviewed(compass) == []


def test_a_step_that_conditions_put_out_of_reach() -> None:
    """A quarter needs the points of one question and none of another that is then not asked."""
    one, two = make_question("one", "yes-no"), make_question("two", "yes-no")
    x = make_axis("x", {"one": 1, "two": 3}, "level", a=0, b=20, c=75)
    assert reviewed(make_compass(one, two, axes=[x])) == []
    apart = make_compass(one, two._replace(when=is_(question("one"), "no")), axes=[x])
    assert reviewed(apart) == [("B505", ("axis", 0, "steps", 1))]


def test_an_axis_that_never_has_a_value() -> None:
    """Whatever its steps, it is told once."""
    compass = make_compass(
        FIRST,
        make_question("scale", "scale", when=NEVER),
        axes=[make_axis("x", {"scale": 1}, "level", a=0, b=50)],
    )
    assert reviewed(compass) == [("B501", ("question", 1, "when")), ("B509", ("axis", 0, "questions"))]


# --- Options ---------------------------------------------------------------------------------------------------------


def test_options_that_too_few_can_join() -> None:
    """Where two must be chosen and one of the two excludes all others, the other is never chosen."""
    options = [make_option("a"), make_option("none", alone=True)]
    assert reviewed(make_compass(make_question("q", "many", options, least=2))) == [
        ("B508", ("question", 0, "options", 0))
    ]
    three = [make_option("a"), make_option("b"), make_option("none", alone=True)]
    assert reviewed(make_compass(make_question("q", "many", three, least=2))) == []
    assert reviewed(make_compass(make_question("q", "many", options))) == []
    assert reviewed(make_compass(make_question("q", "one", options))) == []


# --- The ranking -----------------------------------------------------------------------------------------------------


def test_what_is_weighed_or_required_where_nobody_is_placed() -> None:
    """By no question, option, axis with steps or place; or only by some that never come."""
    profile, level = make_facet("profile", "a", "b"), make_facet("level", "a", "b", ordered=True)
    compass = make_compass(
        FIRST,
        make_question("who", "one", profile, when=NEVER),
        make_question("what", "one", [make_option("x", 1, domain=["d"])]),
        axes=[make_axis("steps", {"what": 1}, level.id, a=0), make_axis("bare", {"what": 1}, "objective")],
        placements=(make_place(YES, stage=["agir"]),),
        weights={"profile": 1, "domain": 1, "level": 1, "objective": 2, "stage": 1, "proven": 1},
        require=["kind", "domain"],
    )
    assert placeable(compass) == {"profile", "domain", "level", "stage"}
    assert reviewed(compass) == [
        ("B501", ("question", 1, "when")),
        ("B514", ("ranking", "weights", "profile")),
        ("B514", ("ranking", "weights", "objective")),
        ("B514", ("ranking", "require")),
    ]


# --- Too many cases --------------------------------------------------------------------------------------------------


def test_what_cannot_be_decided_is_said_with_what_was_done_instead() -> None:
    """Only where all the interviews tried came out the same way: where they did not, it is decided."""
    rare, often = too_wide(201), too_wide(100)
    compass = make_compass(
        *WIDE,
        make_question("rare", "scale", when=rare),
        make_question("often", "yes-no", when=often),
        axes=[make_axis("x", {"rare": 1}, "level", a=0), make_axis("y", {"often": 1}, "level", a=0, b=101)],
        rules=(make_rule(rare, "kit", points=1), make_rule(often, "kit", points=1)),
        weights={"level": 1},
    )
    findings = list(review_reachability(compass, Satisfiability(compass, 100)))
    assert told(findings) == [
        ("B519", ("question", 3, "when")),
        ("B519", ("rule", 0, "when")),
        ("B519", ("axis", 0, "questions")),
        ("B519", ("axis", 1, "steps", 1)),
    ]
    assert str(TRIES) in findings[0].what.in_("en")


# --- Contraindications -----------------------------------------------------------------------------------------------

PROFILE = make_facet("profile", "a", "b")
WHO = make_question("who", "one", PROFILE)


def cautions(*conditions: Condition, compasses: Iterable[Compass]) -> list[tuple[str, Keys]]:
    """Return what is said of a catalogue with one MEDOC that is avoided in these cases."""
    medoc = make_medoc("kit", avoid=tuple(Caution(one) for one in conditions))
    return told(
        review_cautions(make_catalogue(make_medoc("x"), medoc), [Satisfiability(one, 1000) for one in compasses])
    )


def test_contraindications_that_never_or_always_hold() -> None:
    """With any of the compasses; what holds with one of them has its use. Without a compass nothing is said."""
    one, other = make_compass(WHO), make_compass(make_question("who", "one", make_facet("profile", "a")))
    is_a, is_b = is_(facet("profile"), "a"), is_(facet("profile"), "b")
    level = is_(facet("level"), "x")
    assert cautions(is_a, is_b, level, ALWAYS, compasses=[one]) == [
        ("B506", ("medoc", 1, "avoid", 2, "when")),
        ("B507", ("medoc", 1, "avoid", 3, "when")),
    ]
    assert cautions(is_a, is_b, compasses=[other]) == [
        ("B507", ("medoc", 1, "avoid", 0, "when")),
        ("B506", ("medoc", 1, "avoid", 1, "when")),
    ]
    assert cautions(is_a, is_b, compasses=[one, other]) == []
    assert cautions(level, ALWAYS, compasses=[]) == []


def test_a_contraindication_that_cannot_be_decided() -> None:
    """Is a note, whichever way the interviews tried came out."""
    for limit, expected in ((300, "never"), (0, "always")):
        compass = make_compass(*WIDE, placements=(make_place(too_wide(limit), profile=["a"]),))
        assert cautions(is_(facet("profile"), "a"), compasses=[compass]) == [
            ("B519", ("medoc", 1, "avoid", 0, "when"))
        ], expected


# --- Rules against one another ---------------------------------------------------------------------------------------


def conflicts(*rules: Rule, budget: int = 10**6) -> list[tuple[str, Keys]]:
    """Return what is said of rules about two questions."""
    compass = make_compass(FIRST, make_question("q", "many", required=False), rules=rules)
    return told(review_conflicts(compass, Satisfiability(compass, budget)))


A, B = is_(question("q"), "a"), is_(question("q"), "b")
BOTH = AllOf(question("q"), frozenset({"a", "b"}))


@pytest.mark.parametrize("gives", [{"points": 5}, {"include": True}, {"include": True, "points": -5}])
def test_a_rule_that_an_exclusion_always_undoes(gives: dict[str, int]) -> None:
    """The exclusion is pointed at, since it is the wider; of another MEDOC it undoes nothing."""
    assert conflicts(make_rule(BOTH, "kit", **gives), make_rule(A, "kit", exclude=True)) == [
        ("B511", ("rule", 1, "when"))
    ]
    assert conflicts(make_rule(A, "kit", **gives), make_rule(A, "atlas", "kit", exclude=True)) == [
        ("B511", ("rule", 1, "when"))
    ]
    assert conflicts(make_rule(A, "kit", **gives), make_rule(ALWAYS, "kit", exclude=True, why=make_text("Ici"))) == [
        ("B511", ("rule", 1, "when"))
    ]
    assert conflicts(make_rule(A, "kit", **gives), make_rule(A, "atlas", exclude=True)) == []


def test_exclusions_that_only_together_cover_a_rule() -> None:
    """The rule is pointed at; with one of them alone, nothing is said."""
    rule = make_rule(A, "kit", points=5)
    yes, no = make_rule(YES, "kit", exclude=True), make_rule(NO, "kit", exclude=True)
    assert conflicts(rule, yes, no) == [("B511", ("rule", 0, "when"))]
    assert conflicts(rule, yes) == []
    assert conflicts(rule, yes, make_rule(NO, "atlas", exclude=True)) == []
    assert conflicts(rule, make_rule(B, "kit", exclude=True), yes, no) == [("B511", ("rule", 0, "when"))]


def test_rules_that_merely_hold_together_are_normal() -> None:
    """With several options chosen, several rules apply; a rule that never holds is told elsewhere."""
    assert conflicts(make_rule(A, "kit", points=5), make_rule(B, "kit", exclude=True)) == []
    assert conflicts(make_rule(A, "kit", points=5), make_rule(BOTH, "kit", exclude=True)) == []
    assert conflicts(make_rule(NEVER, "kit", points=5), make_rule(A, "kit", exclude=True)) == []
    assert conflicts(make_rule(NEVER, "kit", points=5), make_rule(NEVER, "kit", exclude=True)) == []
    assert conflicts(make_rule(A, "kit", points=5), make_rule(A, "kit", points=-5)) == []
    assert conflicts(make_rule(A, "kit", exclude=True), make_rule(A, "kit", exclude=True)) == []


def test_each_rule_that_is_undone_is_told_with_all_the_medoc_it_loses() -> None:
    """One finding for the MEDOC that the same exclusions undo, another for those that others do."""
    rules = (
        make_rule(BOTH, "kit", "atlas", "guide", "free", points=5),
        make_rule(A, "kit", "atlas", exclude=True),
        make_rule(B, "guide", exclude=True),
    )
    compass = make_compass(FIRST, make_question("q", "many"), rules=rules)
    findings = list(review_conflicts(compass, Satisfiability(compass)))
    assert told(findings) == [("B511", ("rule", 1, "when")), ("B511", ("rule", 2, "when"))]
    assert "kit" in findings[0].what.in_("en")
    assert "atlas" in findings[0].what.in_("en")
    assert "guide" not in findings[0].what.in_("en")
    assert "free" not in findings[1].what.in_("en")


def test_what_cannot_be_decided_is_no_conflict() -> None:
    """A warning is certain."""
    assert conflicts(make_rule(BOTH, "kit", points=5), make_rule(A, "kit", exclude=True), budget=0) == []


# --- What not knowing leaves out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", [Not(A), Answered(question("q"), expected=False), Some((YES, Not(B)))])
def test_an_exclusion_that_holds_before_anything_is_answered(when: Condition) -> None:
    """Not knowing leaves a MEDOC out."""
    assert conflicts(make_rule(when, "kit", exclude=True)) == [("B512", ("rule", 0, "when"))]


def test_exclusions_that_need_an_answer() -> None:
    """Nothing is said of them, nor of one without condition that says why, nor of a rule that gives points."""
    asked = Every((Answered(question("q")), Not(A)))
    rules = (
        make_rule(asked, "kit", exclude=True),
        make_rule(ALWAYS, "x", exclude=True, why=make_text("C’est ici")),
        make_rule(Not(A), "y", points=1),
    )
    assert conflicts(*rules) == []


def test_exclusions_that_hold_on_an_empty_sheet() -> None:
    """Whatever makes them: no condition and no reason, or a place that needs no answer."""
    nowhere = make_place(Not(A), profile=["a"])
    excluding = make_rule(is_(facet("profile"), "a"), "kit", exclude=True)
    compass = make_compass(make_question("q"), placements=(nowhere,), rules=(excluding,))
    assert told(review_conflicts(compass, Satisfiability(compass))) == [("B512", ("rule", 0, "when"))]
    assert conflicts(make_rule(ALWAYS, "x", exclude=True)) == [("B512", ("rule", 0, "when"))]
    medoc = make_medoc("kit", avoid=(Caution(is_(facet("profile"), "a")),))
    assert told(review_ignorance(make_catalogue(medoc), [])) == []
    assert told(review_ignorance(make_catalogue(medoc), [compass])) == [("B512", ("medoc", 0, "avoid", 0, "when"))]


def test_a_contraindication_that_holds_before_anything_is_answered() -> None:
    """Is told of each, whatever compasses there are."""
    unknown = Caution(Not(is_(facet("profile"), "a")))
    medoc = make_medoc("kit", avoid=(Caution(ALWAYS), unknown, Caution(AnyOf(facet("profile"), frozenset({"b"})))))
    assert told(review_ignorance(make_catalogue(medoc), [])) == [("B512", ("medoc", 0, "avoid", 1, "when"))]


def test_a_contraindication_that_says_in_so_many_words_that_something_is_not_known() -> None:
    """Is on purpose where its author says why: a service of one region, for somebody whose region is not known."""
    unknown = Answered(facet("region"), expected=False)
    alone = make_medoc(
        "a", avoid=(Caution(unknown, make_text("Ailleurs")), Caution(Every((unknown,)), make_text("Idem")))
    )
    assert told(review_ignorance(make_catalogue(alone), [])) == []
    silent = make_medoc("a", avoid=(Caution(unknown),))
    assert told(review_ignorance(make_catalogue(silent), [])) == [("B512", ("medoc", 0, "avoid", 0, "when"))]
