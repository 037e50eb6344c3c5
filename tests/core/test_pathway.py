"""Which few steps make a path, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.pathway import Pathway, pathway
from support.builders import KINDS, make_catalogue, make_compass, make_facet, make_medoc, make_rule, ranked

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
