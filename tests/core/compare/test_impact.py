"""What a change of definitions does to one person and to many, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.compare.impact import ResultChange, Revision, assess
from boussole.core.compare.impact_totals import Asked, Impact, LargestMove, sum_up
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.ranking import rank
from boussole.core.situation import situate
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    make_text,
    question,
)
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Rule

PROFILE = make_facet("profile", "etat", "medias")


def catalogue(ids: str, **renamed: str) -> Catalogue:
    """Return a catalogue of MEDOC called by these letters."""
    return make_catalogue(*map(make_medoc, ids), facets=[PROFILE])._replace(renamed=renamed)


def compass(order: str, *questions: Question, rules: tuple[Rule, ...] = (), **rest: Any) -> Compass:  # noqa: ANN401
    """Return a compass whose ranking is `order`, the first three of it making a result."""
    points = tuple(make_rule(ALWAYS, id_, points=50 - place) for place, id_ in enumerate(order))
    return make_compass(*questions, rules=(*points, *rules), top=rest.pop("top", 3), **rest)


def change(old: Compass, new: Compass, *catalogues: Catalogue, top: int | None = None) -> Revision:
    """Return the change between compasses about one catalogue, or two."""
    before, after = catalogues if len(catalogues) > 1 else (catalogues or (catalogue("abcd"),)) * 2
    return Revision.between((old, before), (new, after), top=top)


def outcome(made: Revision, name: str = "x", **answers: Any) -> ResultChange:  # noqa: ANN401 - any answers
    """Return what a change does to one sheet."""
    return assess(name, answers, made)


# --- One sheet -------------------------------------------------------------------------------------------------------


def test_nothing_changes() -> None:
    """The same definitions: the same result, nothing to ask, and no cost."""
    same = outcome(change(compass("abcd"), compass("abcd")))
    assert (same.before, same.after) == (("a", "b", "c"), ("a", "b", "c"))
    assert not same.changed
    assert not same.first_changed
    assert (same.left, same.came, same.moves, same.cost) == ((), (), {}, (0, 0))


def test_what_leaves_comes_and_moves() -> None:
    """A move up counts above 0; the cost is what left, then how far the others moved."""
    turned = outcome(change(compass("abcd"), compass("cdba")))
    assert turned.changed
    assert turned.first_changed
    assert (turned.left, turned.came) == (("a",), ("d",))
    assert turned.moves == {"b": -1, "c": 2}
    assert turned.cost == (1, 3)


def test_another_top() -> None:
    """Each compass says how many make a result, unless it is said for both."""
    old, new = compass("abcd"), compass("abcd", top=2)
    assert outcome(change(old, new)).left == ("c",)
    assert not outcome(change(old, new, top=2)).changed
    assert outcome(change(old, new, top=4)).before == ("a", "b", "c", "d")


def test_a_medoc_that_was_renamed_is_the_same() -> None:
    """It neither left nor came; two that became one count once, at the better place."""
    renamed = outcome(change(compass("abc"), compass("zbc"), catalogue("abcd"), catalogue("zbcd", a="y", y="z")))
    assert renamed.before == ("z", "b", "c")
    assert not renamed.changed
    merged = outcome(change(compass("abc"), compass("zcd"), catalogue("abcd"), catalogue("zcd", a="z", b="z")))
    assert (merged.before, merged.after) == (("z", "c"), ("z", "c", "d"))
    assert (merged.came, merged.left, merged.moves) == (("d",), (), {})


def test_answers_that_do_not_hold() -> None:
    """Told with the reason; asked again only where the question is still asked, and told apart where it is old."""
    old = compass("abcd", make_question("one"), make_question("gone"), make_question("two"), make_question("three"))
    new = compass(
        "abcd",
        make_question("one", options=("a",)),
        make_question("two", when=is_(question("one"), "a"), options=("a",)),
        make_question("three", options=("a",)),
    )
    told = outcome(change(old, new), one="b", gone="a", two="b", three="zzz")
    assert [(one.question, one.problem.code, one.again, one.already) for one in told.unheld] == [
        ("one", "A102", True, False),
        ("gone", "A101", False, False),
        ("two", "A102", False, False),
        ("three", "A102", True, True),
    ]
    assert told.asked == ()


def test_an_option_that_does_not_hold() -> None:
    """The others of its answer count, each that went is told by itself, and nothing is asked again."""
    before = make_question("many", "many", ["a", "b", "c"])
    after = make_question("many", "many", ["a", "d"])
    kept = outcome(change(compass("abcd", before), compass("abcd", after)), many=["a", "b", "c", "x"])
    assert [(one.problem.what.in_("en")[1:2], one.again, one.already) for one in kept.unheld] == [
        ("b", False, False),
        ("c", False, False),
        ("x", False, True),
    ]
    lost = outcome(change(compass("abcd", before), compass("abcd", after)), many=["b"])
    assert [(one.problem.what.in_("en")[1:2], one.again) for one in lost.unheld] == [("b", True)]


def test_answers_follow_what_was_renamed() -> None:
    """On both sides, each by its own renames; where both names are answered, the old one is not asked again."""
    old = compass("abcd", make_question("one", options=("b",)), renamed={"x": "b"})
    new = compass("abcd", make_question("two", options=("c",)), renamed={"one": "two", "x": "c", "b": "c"})
    followed = outcome(change(old, new), one="x")
    assert (followed.unheld, followed.asked) == ((), ())
    both = outcome(change(old, new), one="b", two="c")
    assert [(one.question, one.again, one.already) for one in both.unheld] == [("one", False, False)]


def test_new_required_questions() -> None:
    """Those that would have to be asked and did not before: not the optional ones, nor those left open already."""
    old = compass("abcd", make_question("one"), make_question("open"))
    new = compass(
        "abcd",
        make_question("one"),
        make_question("opened"),
        make_question("more"),
        make_question("maybe", required=False),
        renamed={"open": "opened"},
    )
    assert outcome(change(old, new), one="a").asked == ("more",)


@given(st.data())
def test_results_are_those_of_the_ranking(data: st.DataObject) -> None:
    """For any definitions and answers, without one MEDOC: before and after are what `rank` gives, cut at the top."""
    old = data.draw(catalogues().filter(lambda one: bool(one.medoc)))
    asked = data.draw(compasses(old))
    gone = data.draw(st.sampled_from(sorted(old.medoc)))
    new = old._replace(medoc={id_: one for id_, one in old.medoc.items() if id_ != gone})
    answers = {id_: data.draw(values(one)) for id_, one in asked.questions.items() if data.draw(st.booleans())}
    top = data.draw(st.integers(1, 4))
    found = assess("x", answers, Revision.between((asked, old), (asked, new), top=top))
    situation = situate(asked, accepted(asked, Answers.given(answers)))
    assert found.before == tuple(one.medoc.id for one in rank(asked, old, situation).top(top))
    assert found.after == tuple(one.medoc.id for one in rank(asked, new, situation).top(top))
    assert found.changed is (gone in found.before)
    assert found.left == ((gone,) if found.changed else ())
    assert all(move == 1 for move in found.moves.values())
    assert (found.unheld, found.asked) == ((), ())


# --- All the sheets --------------------------------------------------------------------------------------------------


def two_kinds() -> Impact:
    """Return the impact on four sheets of a change that turns the list over for the State only."""
    asked = make_question("profile", options=PROFILE, required=False)
    for_the_state = make_rule(is_(question("profile"), "etat"), "d", points=100)
    old, new = compass("abcd", asked), compass("abcd", asked, make_question("more"), rules=(for_the_state,))
    made = change(old, new, catalogue("abc"), catalogue("abcd"))
    given = {"etat.toml": "etat", "medias.toml": "medias", "rien.toml": "?", "zut.toml": "etats"}
    return sum_up([outcome(made, name, profile=value) for name, value in given.items()])


def test_all_the_sheets_together() -> None:
    """How many change, in first place too; what happens to each MEDOC; who is asked what."""
    impact = two_kinds()
    assert (impact.sheets, impact.changed, impact.first_changed) == (4, 1, 1)
    assert [(one.sheets, one.changed, one.first_changed) for one in impact.compasses] == [(4, 1, 1)]
    assert [(one.id, one.came, one.left, one.moved, one.gone, one.new) for one in impact.medoc] == [
        ("c", 0, 1, 0, False, False),
        ("d", 1, 0, 0, False, True),
        ("a", 0, 0, 1, False, False),
        ("b", 0, 0, 1, False, False),
    ]
    assert [one.worst for one in impact.medoc] == [
        None,
        None,
        LargestMove(-1, "etat.toml"),
        LargestMove(-1, "etat.toml"),
    ]
    assert [one.best for one in impact.medoc] == [None] * 4
    assert [str(one.title) for one in impact.medoc][:1] == ["Titre de c"]
    assert impact.asked == (Asked("agir", "more", make_text("Question more ?"), 4),)
    assert [(one.question, one.sheets, one.again, one.already) for one in impact.unheld] == [("profile", 1, 1, True)]
    assert [case.name for case in impact.cases] == ["etat.toml"]


def test_a_medoc_that_is_gone() -> None:
    """It has the title it had; the best move of another is the farthest, and the first of those as far."""
    without = change(compass("abcd"), compass("cbd"), catalogue("abcd"), catalogue("bcd"))
    impact = sum_up([outcome(without, "one"), outcome(without, "two")])
    (gone,) = [one for one in impact.medoc if one.gone]
    assert (gone.id, str(gone.title), gone.left) == ("a", "Titre de a", 2)
    assert {one.id: (one.best, one.worst) for one in impact.medoc if one.moved} == {"c": (LargestMove(2, "one"), None)}


def test_the_worst_cases_come_first() -> None:
    """By how many left, then by how far the others moved, then in the order given."""
    made = change(compass("abcd"), compass("abcd"), catalogue("abcde"))
    sheets = {"none": "abc", "swap": "bac", "one": "abd", "far": "cab", "two": "dea", "also": "bac"}
    impact = sum_up([ResultChange(name, made, tuple("abc"), tuple(after)) for name, after in sheets.items()])
    assert [case.name for case in impact.cases] == ["two", "one", "far", "swap", "also"]


def test_several_compasses() -> None:
    """Each is counted by itself, and all together."""
    first = change(compass("abcd"), compass("bacd"))
    other = compass("abcd")._replace(id="autre")
    second = change(other, other)
    impact = sum_up([outcome(first), outcome(second), outcome(first)])
    assert [(one.change.new.compass.id, one.sheets, one.changed) for one in impact.compasses] == [
        ("agir", 2, 2),
        ("autre", 1, 0),
    ]
    assert (impact.sheets, impact.changed, impact.first_changed) == (3, 2, 2)


def test_the_same_reasons_are_told_together() -> None:
    """The most frequent first; another reason for the same question stands by itself."""
    old = compass("abcd", make_question("one"))
    new = compass("abcd", make_question("one", options=("a",)))
    made = change(old, new)
    impact = sum_up([outcome(made, one=value) for value in "abcc"])
    assert [(one.problem.what.in_("en"), one.sheets) for one in impact.unheld] == [
        ("“c” is not one of its options.", 2),
        ("“b” is not one of its options.", 1),
    ]


def test_over_a_share() -> None:
    """Exactly: one in four is not over 25 %, and is over 24 %."""
    impact = two_kinds()
    assert not impact.over(25)
    assert impact.over(24)
    assert impact.over(0)
    assert not impact.over(100)
