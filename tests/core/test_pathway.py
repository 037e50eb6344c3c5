"""Which few steps make a path, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.compass import TimeAtHand
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.pathway import Pathway, minutes_of, pathway
from support.builders import (
    KINDS,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_question,
    make_rule,
    ranked,
)

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.definitions.compass import Rule


def path_of(*medoc: Medoc, size: int = 4, rules: tuple[Rule, ...] = ()) -> Pathway:
    """Return the path through `medoc`, ranked in the order given."""
    order = tuple(make_rule(ALWAYS, one.id, points=1000 - place) for place, one in enumerate(medoc))
    return pathway(ranked(make_compass(rules=order + rules, pathway_size=size), make_catalogue(*medoc)))


def ids(path: Pathway) -> list[str]:
    """Return the steps of a path by id."""
    return [step.recommendation.medoc.id for step in path.steps]


def row(kinds: str) -> list[Medoc]:
    """Return MEDOC `m00`, `m01`… with the kinds numbered in `kinds`."""
    return [make_medoc(f"m{place:02}", kind=KINDS[int(kind)]) for place, kind in enumerate(kinds)]


def test_the_best_of_each_kind_is_taken_first() -> None:
    """Even when it comes late among the candidates."""
    assert ids(path_of(*row("0000000002"), size=4)) == ["m00", "m01", "m02", "m09"]


def test_only_the_first_three_times_size_are_candidates() -> None:
    """A kind that first comes after them is not in the path."""
    path = path_of(*row("0000001"), size=2)
    assert ids(path) == ["m00", "m01"]
    assert (path.candidates, path.size) == (6, 2)


def test_more_kinds_than_places() -> None:
    """The best of the best."""
    assert ids(path_of(*row("0011223344"), size=3)) == ["m00", "m02", "m04"]


def test_a_kind_that_holds_half_of_the_places_is_passed_over() -> None:
    """Of 4 places it holds 2 at most, so the third of kind 0 waits behind two of kind 1."""
    path = path_of(*row("000011"), size=4)
    assert ids(path) == ["m00", "m01", "m04", "m05"]
    assert path.most_of_a_kind == 2


def test_half_is_rounded_up() -> None:
    """Of 5 places a kind may hold 3."""
    path = path_of(*row("00001111"), size=5)
    assert ids(path) == ["m00", "m01", "m02", "m04", "m05"]
    assert path.most_of_a_kind == 3


def test_a_kind_takes_more_than_half_where_nothing_else_is_left() -> None:
    """The places are filled all the same."""
    assert ids(path_of(*row("00001"), size=4)) == ["m00", "m01", "m02", "m04"]


def test_fewer_candidates_than_places() -> None:
    """The path is shorter; with no candidate it is empty."""
    assert ids(path_of(*row("01"), size=8)) == ["m00", "m01"]
    assert path_of().steps == ()
    assert path_of().stages == ()


def test_steps_are_grouped_by_stage_in_the_order_of_the_facet() -> None:
    """Inside a stage by rank; without a stage, last; a stage without steps is not there."""
    path = path_of(
        make_medoc("none"),
        make_medoc("act-1", stage="agir"),
        make_medoc("know", stage="s-informer"),
        make_medoc("act-2", stage="agir"),
    )
    assert ids(path) == ["know", "act-1", "act-2", "none"]
    assert [stage.term and stage.term.id for stage in path.stages] == ["s-informer", "agir", None]
    assert [len(stage.steps) for stage in path.stages] == [1, 2, 1]


def test_a_step_never_stands_before_one_it_comes_after() -> None:
    """It moves behind it; the others keep their rank."""
    path = path_of(
        make_medoc("a", after=("d",)), make_medoc("b"), make_medoc("c", after=("a",)), make_medoc("d"), size=4
    )
    assert ids(path) == ["b", "d", "a", "c"]


def test_between_stages_the_order_of_the_stages_wins() -> None:
    """Even over `after`."""
    path = path_of(make_medoc("know", stage="s-informer", after=("act",)), make_medoc("act", stage="agir"))
    assert ids(path) == ["know", "act"]
    assert path.steps[0].first == ()


def test_what_comes_first_and_is_not_in_the_path_is_named() -> None:
    """« À lire avant », in the order of the file; not what is in the path, nor what was left out."""
    before = [make_medoc("read"), make_medoc("skim"), make_medoc("banned")]
    path = path_of(
        make_medoc("main", after=("skim", "also", "banned", "read")),
        make_medoc("also"),
        *before,
        size=2,
        rules=(make_rule(ALWAYS, "banned", exclude=True),),
    )
    assert ids(path) == ["also", "main"]
    assert [[one.id for one in step.first] for step in path.steps] == [[], ["skim", "read"]]


def test_a_catalogue_without_stages_gives_one_group() -> None:
    """`stage` is a facet like the others: a catalogue by someone else may not have it."""
    kind = make_facet("kind", *KINDS)
    catalogue = Catalogue("c", "1", "fr", kind.title, {"kind": kind}, {"a": make_medoc("a"), "b": make_medoc("b")})
    path = pathway(ranked(make_compass(), catalogue))
    assert [stage.term for stage in path.stages] == [None]
    assert ids(path) == ["a", "b"]
    assert path.ranking.context.catalogue is catalogue


# --- Within a time ---------------------------------------------------------------------------------------------------

TIME = make_question("temps", "one", [make_option("heure"), make_option("toujours")])


def timed(*medoc: Medoc, budget: int, size: int = 8, answer: str | None = "heure") -> Pathway:
    """Return the path of somebody who has `budget` minutes, through `medoc` ranked in the order given."""
    order = tuple(make_rule(ALWAYS, one.id, points=10_000 - place) for place, one in enumerate(medoc))
    at_hand = TimeAtHand("temps", {"heure": budget})
    compass = make_compass(TIME, rules=order, pathway_size=size, time_at_hand=at_hand)
    answers = {} if answer is None else {"temps": answer}
    return pathway(ranked(compass, make_catalogue(*medoc), **answers))


def lasting(**minutes: tuple[str, int | None]) -> list[Medoc]:
    """Return MEDOC by id with their kinds and minutes."""
    return [make_medoc(id_, kind=kind, minutes=amount) for id_, (kind, amount) in minutes.items()]


WORKED = lasting(a=("methode", 90), b=("methode", 20), c=("outil", 30), d=("donnee", 30))


def test_the_worked_example_of_the_format() -> None:
    """No three fit in an hour: two that do, then the shortest left; 80 minutes, 20 over."""
    path = timed(*WORKED, budget=60)
    assert (sorted(ids(path)), path.minutes, path.within, path.over) == (["b", "c", "d"], 80, 60, 20)


def test_a_path_keeps_within_the_time() -> None:
    """What would bring it over is passed over: of a kind, the best that is not."""
    path = timed(*WORKED, budget=80)
    assert (sorted(ids(path)), path.minutes, path.over) == (["b", "c", "d"], 80, 0)


def test_room_is_kept_for_three_steps() -> None:
    """One that would leave no room for two more is passed over, although it fits by itself."""
    medoc = lasting(a=("methode", 50), b=("methode", 20), c=("outil", 20), d=("outil", 20))
    assert sorted(ids(timed(*medoc, budget=60))) == ["b", "c", "d"]


def test_candidates_go_on_down_the_ranking_until_three_fit() -> None:
    """Where the first three times the size are too long; the rule that is printed says how many there were."""
    long = [make_medoc(f"m{place:02}", minutes=600) for place in range(9)]
    path = timed(
        *long, *lasting(x=("outil", 20), y=("outil", 20), z=("donnee", 20), never=("outil", 1)), budget=60, size=3
    )
    assert (sorted(ids(path)), path.candidates, path.over) == (["x", "y", "z"], 12, 0)


def test_without_a_time_nothing_is_bounded() -> None:
    """Not answered, answered by an option without minutes, or nothing said: the path is what it was."""
    for answer in (None, "toujours"):
        path = timed(*WORKED, budget=60, answer=answer)
        assert (sorted(ids(path)), path.minutes, path.within, path.over) == (["a", "b", "c", "d"], 170, None, 0)


def test_what_does_not_say_its_time_counts_for_half_an_hour() -> None:
    """In the budget and in the total."""
    path = timed(*lasting(a=("outil", None), b=("methode", None), c=("donnee", 10)), budget=70)
    assert (sorted(ids(path)), path.minutes, path.over) == (["a", "b", "c"], 70, 0)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.none() | st.integers(1, 120)), max_size=14),
    st.integers(1, 300),
    st.integers(1, 5),
)
def test_a_path_exceeds_the_time_only_for_want_of_three_that_fit(
    medoc: list[tuple[str, int | None]], budget: int, size: int
) -> None:
    """It is over only where no three candidates fit, and then has three steps, or all there are, or those it wants."""
    made = [make_medoc(f"m{place:02}", kind=kind, minutes=amount) for place, (kind, amount) in enumerate(medoc)]
    path = timed(*made, budget=budget, size=size)
    least = min(3, size, len(made))
    everything = [30 if one.minutes is None else one.minutes for one in made]
    assert path.minutes == sum(minutes_of(step.recommendation) for step in path.steps)
    assert least <= len(path.steps) <= size
    if sum(sorted(everything)[:least]) <= budget:
        assert path.over == 0
    else:
        assert len(path.steps) == least
