"""The other answers that a question could get: what somebody may change, one question at a time."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, NamedTuple, assert_never

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.definitions.conditions import Holding
from boussole.core.definitions.dependencies import leaves_by_question
from boussole.core.explore.answer_classes import AnswerClass, Observed, TooManyError, answer_classes, thresholds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.definitions.conditions import Held, Leaf

MOST = 5000
"""How many sets of options are listed one by one; over that, one of each kind is."""
_CASES = 500_000
"""How many cases may be looked at to find the kinds."""
_WRITTEN = "…"


class Alternatives(NamedTuple):
    """The other answers to one question, in order. `whole`: every answer that may change a result is among them."""

    values: tuple[Value, ...]
    whole: bool = True


def observed(compass: Compass) -> dict[str, Observed]:
    """Return, by question, what conditions, axes and facets look at in its answers."""
    looked_at = leaves_by_question(compass)
    counted = {id_ for axis in compass.axes.values() for id_ in axis.questions}
    return {
        id_: Observed(tuple(looked_at[id_]), id_ in counted, dict.fromkeys(sorted(question.places)))
        for id_, question in compass.questions.items()
    }


def alternatives(question: Question, present: Value | None, interest: Observed, most: int = MOST) -> Alternatives:
    """Return the answers that `question` accepts besides the `present` one (None: it has none yet), in a fixed order.

    Of a `many`, every set of options within its bounds, those that differ least from the present one first; where
    there are more than `most`, one set of each kind (what `interest` tells apart), and where there are too many kinds
    too, only the sets that add, take away or replace one option. Of a `number`, the one nearest to the present answer
    of each kind that is not its own; of a `text`, any text where having one makes a difference.
    """
    unknown: tuple[Value, ...] = () if question.required else (UNKNOWN,)
    values: Iterable[Value]
    whole = True
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            values = question.options
        case QuestionType.SCALE:
            values = range(len(question.labels))
        case QuestionType.NUMBER | QuestionType.DATE:
            values = _numbers(question, present, interest.leaves)
        case QuestionType.TEXT:
            values = _texts(question, present, interest.leaves)
        case QuestionType.MANY:
            values, whole = _sets(question, present, interest, most)
        case _:
            assert_never(question.type)
    return Alternatives(tuple(value for value in (*values, *unknown) if value != present), whole)


def _seen(interesting: Iterable[Leaf], held: Held) -> tuple[bool, ...]:
    """Return what comparisons say of an answer."""
    view = Holding(held)
    return tuple(leaf.holds(view) for leaf in interesting)


def _texts(question: Question, present: Value | None, interesting: Iterable[Leaf]) -> list[Value]:
    here, there = question.held(present), question.held(_WRITTEN)
    return [_WRITTEN] if _seen(interesting, here) != _seen(interesting, there) else []


def _numbers(question: Question, present: Value | None, interesting: Iterable[Leaf]) -> list[Value]:
    """Return the nearest number or day to the present one of each other kind; near the default, if there is none yet.

    Without either, days are near the first one that is looked at, and numbers at the ends.
    """
    cuts = sorted({cut for leaf in interesting for cut in thresholds(leaf)})
    known = (question.held(value) for value in (present, question.default))
    start = next((measure for measure in known if isinstance(measure, int)), None)
    if start is None and question.type is QuestionType.DATE and cuts:
        start = cuts[0]
    nearest: dict[tuple[bool, ...], int] = {}
    for low, high in _spans(cuts, *question.bounds):
        value = _within(low, high, start)
        kind = _seen(interesting, value)
        if kind not in nearest or (start is not None and abs(value - start) < abs(nearest[kind] - start)):
            nearest[kind] = value
    nearest.pop(_seen(interesting, question.held(present)), None)
    return [question.of_measure(measure) for measure in sorted(nearest.values())]


def _within(low: int | None, high: int | None, start: int | None) -> int:
    """Return the number nearest to `start` between two bounds; without a start, a bound."""
    if start is None:
        start = next((bound for bound in (low, high) if bound is not None), 0)
    start = start if low is None else max(low, start)
    return start if high is None else min(high, start)


def _spans(cuts: Iterable[int], least: int | None, most: int | None) -> Iterator[tuple[int | None, int | None]]:
    """Yield the stretches of accepted numbers between cuts, both ends included; None is no end."""
    low = least
    for cut in cuts:
        if (low is None or low < cut) and (most is None or cut <= most):
            yield low, cut - 1
            low = cut
    yield low, most


def _sets(
    question: Question, present: Value | None, interest: Observed, most: int
) -> tuple[list[tuple[str, ...]], bool]:
    """Return sets of options, those that differ least from the present one first, and whether none is missing."""
    here = present if isinstance(present, tuple) else ()
    nearness = _nearness(question, here)
    alone = [(option.id,) for option in question.options.values() if option.alone]
    together = [option.id for option in question.options.values() if not option.alone]
    least = question.at_least
    last = len(together) if question.most is None else min(question.most, len(together))
    sizes = range(least, last + 1)
    if sum(comb(len(together), size) for size in sizes) <= most:
        return sorted([*alone, *(one for size in sizes for one in combinations(together, size))], key=nearness), True
    try:
        kinds = answer_classes(question, interest, _budget(_CASES))
    except TooManyError:
        kinds = []
    if kinds and len(kinds) <= most:
        own = _kind_of(question, here, interest) if isinstance(present, tuple) else None
        examples = [kind.example for kind in kinds if _key(kind, interest) != own]
        return sorted([one for one in examples if isinstance(one, tuple)], key=nearness), True
    near = {one for one in _near(here, together) if least <= len(one) <= last}
    return sorted([*alone, *near], key=nearness), False


def _key(kind: AnswerClass, interest: Observed) -> tuple[object, ...]:
    """Return what tells a kind of set from another."""
    return tuple(leaf.holds(Holding(kind.held)) for leaf in interest.leaves), kind.points, kind.terms


def _kind_of(question: Question, chosen: tuple[str, ...], interest: Observed) -> tuple[object, ...]:
    """Return what tells the kind of a set of options from another."""
    options = [question.options[one] for one in chosen]
    terms = {(facet, term) for option in options for facet in option.place for term in option.place[facet]}
    terms |= {(question.facet, option.id) for option in options if question.facet is not None}
    points = question.points(chosen) if interest.counted else None
    return _key(AnswerClass(frozenset(chosen), points, frozenset(terms), chosen), interest)


def _nearness(question: Question, here: tuple[str, ...]) -> Callable[[tuple[str, ...]], tuple[int, tuple[int, ...]]]:
    """Return the key by which sets come: how many options are added or taken away, then the order of the options."""
    places = {id_: place for place, id_ in enumerate(question.options)}
    chosen = frozenset(here)
    return lambda one: (len(chosen.symmetric_difference(one)), tuple(places[id_] for id_ in one))


def _near(here: tuple[str, ...], together: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the sets that add, take away or replace one option."""
    chosen = frozenset(here).intersection(together)
    absent = [one for one in together if one not in chosen]
    changed = [chosen - {one} for one in chosen] + [chosen | {one} for one in absent]
    changed += [chosen - {one} | {other} for one in chosen for other in absent]
    for one in changed:
        yield tuple(id_ for id_ in together if id_ in one)


def _budget(cases: int) -> Callable[[int], None]:
    """Return what counts the cases looked at, and refuses more than so many."""
    left = cases

    def spend(number: int) -> None:
        nonlocal left
        left -= number
        if left < 0:
            raise TooManyError

    return spend


def all_alternatives(compass: Compass, answers: Mapping[str, Value], most: int = MOST) -> dict[str, Alternatives]:
    """Return the other answers to each question of a compass, on or off the path of these answers."""
    seen = observed(compass)
    return {
        id_: alternatives(question, answers.get(id_), seen[id_], most) for id_, question in compass.questions.items()
    }
