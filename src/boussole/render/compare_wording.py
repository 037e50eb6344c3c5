"""What moved between two results and why, in words, whatever the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.catalogue import PROVEN
from boussole.core.differences import Part
from boussole.core.hybrids import ABSENT, LEFT_OUT
from boussole.core.wording import Names, describe
from boussole.messages import Joined, Listing, counted, message, quoted
from boussole.render.impact_wording import became
from boussole.render.wording import Plain, answer_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boussole.core.causes import Cause, Comparison, Move
    from boussole.core.differences import Difference
    from boussole.core.ranking import Context
    from boussole.messages import Localised, Message

_SHOWN = 20

HEADING = message("Before and after")


class Row(NamedTuple):
    """A MEDOC: its places (« 14 → 3 »), its title, what it does (« comes in »), and what more there is to say."""

    places: Localised
    title: Localised
    does: Localised
    more: tuple[Localised, ...] = ()


class Section(NamedTuple):
    """A title, lines under it, and the MEDOC that it is about."""

    title: Localised
    lines: tuple[Localised, ...] = ()
    rows: tuple[Row, ...] = ()


def headlines(found: Comparison) -> Iterator[Localised]:
    """Yield what to know first: the definitions, and how much moved."""
    before, after = (side.context for side in (found.before, found.after))
    yield Joined(
        [
            became((one.id, one.version), (other.id, other.version))
            for one, other in ((before.compass, after.compass), (before.catalogue, after.catalogue))
        ],
        " · ",
    )
    if not found.differences:
        yield message("Nothing differs.")
    if not found.moves:
        yield message("Nothing moves in the first {top}.", top=found.top)
        return
    came = sum(move.came(found.top) for move in found.moves)
    left = sum(move.left(found.top) for move in found.moves)
    yield message(
        "In the first {top}: {came} in, {left} out, {moved} moved, {stayed} in the same place.",
        top=found.top,
        came=came,
        left=left,
        moved=len(found.moves) - came - left,
        stayed=len(found.stays),
    )


def sections(found: Comparison) -> Iterator[Section]:
    """Yield what there is to say, the shortest explanations first."""
    told = _Told(found)
    if positions := tuple(told.positions()):
        yield Section(message("The position"), positions)
    yield from told.groups()
    if any(move.cause.nearest or move.cause.size > 2 for move in found.moves):  # noqa: PLR2004 - neither one nor two
        yield Section(message("All that differs"), _some(told.differences(range(len(found.differences)))))
    if found.moves and found.stays:
        rows = [Row(Plain(str(place)), told.title(id_), message("same place")) for id_, place in found.stays]
        yield Section(message("In the same place"), (), tuple(rows))
    if found.idle:
        title = message("By itself, this changes nothing in the first {top}", top=found.top)
        yield Section(title, _some(told.differences(found.idle)))


def difference_text(difference: Difference, found: Comparison) -> Localised:
    """Return what differs, as a clause that « because » can stand before."""
    return _Told(found).difference(difference)


def _some(lines: Iterable[Localised]) -> tuple[Localised, ...]:
    """Return the first lines, and how many others there are."""
    every = list(lines)
    left = len(every) - _SHOWN
    if left <= 0:
        return tuple(every)
    more = counted("And {count} other, which --to json gives.", "And {count} others, which --to json gives.", left)
    return (*every[:_SHOWN], more)


class _Told:
    """Finds the words for one comparison."""

    def __init__(self, found: Comparison) -> None:
        self._found = found
        self._before, self._after = found.before.context, found.after.context

    def title(self, medoc: str) -> Localised:
        after, before = self._after.catalogue.medoc, self._before.catalogue.medoc
        return (after.get(medoc) or before[medoc]).title

    def positions(self) -> Iterator[Localised]:
        """Yield the axes and the facets where somebody stands elsewhere."""
        was, is_ = self._found.before.situation, self._found.after.situation
        unknown = message("unknown")
        for id_ in dict.fromkeys([*is_.axes, *was.axes]):
            if was.axes.get(id_) != is_.axes.get(id_):
                axis = self._after.compass.axes.get(id_) or self._before.compass.axes[id_]
                yield _arrow(axis.title, was.axes.get(id_, unknown), is_.axes.get(id_, unknown))
        for id_ in dict.fromkeys([*is_.terms, *was.terms]):
            if was.terms.get(id_) != is_.terms.get(id_):
                sides = [
                    self._terms(id_, some, context, unknown)
                    for some, context in ((was.terms.get(id_), self._before), (is_.terms.get(id_), self._after))
                ]
                yield _arrow(self._facet(id_), *sides)

    def groups(self) -> Iterator[Section]:
        """Yield the moves that have the same cause together."""
        groups: dict[Cause, list[Move]] = {}
        for move in self._found.moves:
            groups.setdefault(move.cause._replace(nearest=None), []).append(move)
        for cause, some in groups.items():
            title, lines = self._cause(cause)
            yield Section(title, lines, tuple(self._row(move) for move in some))

    def _cause(self, cause: Cause) -> tuple[Localised, tuple[Localised, ...]]:
        if cause.size > 2:  # noqa: PLR2004 - neither one nor two
            lines: list[Localised] = [message("None of them does it by itself, nor any two.")]
            if not self._found.pairs:
                lines = [
                    message("None of them does it by itself. Not all were tried two by two: there are too many of them.")
                ]
            return message("Because of several changes together"), tuple(lines)
        told = [Listing(list(self.differences(one))) for one in cause.sets]
        if len(told) == 1:
            return message("Because {cause}", cause=told[0]), ()
        left = cause.number - len(told)
        more = [counted("and in {count} other way", "and in {count} other ways", left)] if left else []
        return message("Each of these is enough"), (*told, *more)

    def _row(self, move: Move) -> Row:
        found, top = self._found, self._found.top
        if move.came(top):
            does = message("comes in")
        elif move.left(top):
            does = message("goes out")
        else:
            by = move.before - move.after
            does = message("↑ {places}", places=by) if by > 0 else message("↓ {places}", places=-by)
        more: list[Localised] = []
        if move.after == LEFT_OUT:
            out = next(out for out in found.after.left_out if out.medoc.id == move.medoc)
            more += [message("left out: {why}", why=obstacle.text) for obstacle in out.reasons]
        if move.cause.nearest is not None:
            at, place = move.cause.nearest
            more.append(
                message("alone, brings it to number {place}: {cause}", place=place, cause=self._at(at))
            )
        places = message("{before} → {after}", before=_place(move.before), after=_place(move.after))
        return Row(places, self.title(move.medoc), does, tuple(more))

    def differences(self, some: Iterable[int]) -> Iterator[Localised]:
        return (self._at(at) for at in some)

    def _at(self, at: int) -> Localised:
        return self.difference(self._found.differences[at])

    def difference(self, one: Difference) -> Localised:
        before, after = one.before, one.after
        match one.part:
            case Part.ANSWER:
                return self._answer(one)
            case Part.WEIGHT:
                thing = message("what practice has proven") if one.id == PROVEN else quoted(self._facet(one.id))
                return _goes(message("the weight of {thing}", thing=thing), before or 0, after or 0)
            case Part.REQUIRE:
                facet = quoted(self._facet(one.id))
                if after:
                    return message("{facet} is required now", facet=facet)
                return message("{facet} is not required any more", facet=facet)
            case Part.GENERIC:
                return _goes(message("the fit of what suits all"), before, after)
            case Part.TAGS:
                thing = message("{title} ({facet})", title=quoted(self.title(one.id)), facet=self._facet(one.of))
                all_ = message("suits all")
                terms = (self._terms(one.of, some, context, all_) for some, context in self._sides(one))
                return _goes(thing, *(quoted(some) for some in terms))
            case Part.PROVEN:
                thing = message("what is proven of {title}", title=quoted(self.title(one.id)))
                return _goes(thing, before.total, after.total)
            case Part.AVOID:
                return message("the contraindications of {title} change", title=quoted(self.title(one.id)))
            case Part.YEAR:
                years = (message("unknown") if year is None else year for year in (before, after))
                return _goes(message("the year of {title}", title=quoted(self.title(one.id))), *years)
            case Part.MEDOC if before is None:
                return message("{title} is new in the catalogue", title=quoted(self.title(one.id)))
            case Part.MEDOC:
                return message("{title} is no longer in the catalogue", title=quoted(self.title(one.id)))
            case Part.ORDER:
                return message("the order of the questions changes")
        return self._changed(one)

    def _answer(self, one: Difference) -> Localised:
        question = self._after.compass.questions[one.id]
        ask = quoted(question.ask)
        if one.before is None:
            return message("{question} is now answered: {answer}", question=ask, answer=self._value(one, one.after))
        if one.after is None:
            return message("{question} has no answer any more", question=ask)
        return _goes(ask, *(self._value(one, value) for value in (one.before, one.after)))

    def _value(self, one: Difference, value: Any) -> Localised:  # noqa: ANN401 - any answer
        for context in (self._after, self._before):
            question = context.compass.questions.get(one.id)
            chosen = value if isinstance(value, tuple) else (value,)
            if question is not None and (not question.options or {*chosen} <= {*question.options, "?"}):
                return quoted(answer_text(question, value))
        return quoted(value)

    def _changed(self, one: Difference) -> Localised:
        """Return what is said of a part that has no value to show: that it is added, goes or changes."""
        thing = self._thing(one)
        if one.before is None:
            return message("{thing} is added", thing=thing)
        if one.after is None:
            return message("{thing} is removed", thing=thing)
        if one.part is Part.RULE and one.before._replace(points=0, why=None) == one.after._replace(points=0, why=None):
            points = [counted("{count} point", "{count} points", rule.points) for rule in (one.before, one.after)]
            return _goes(thing, *points)
        return message("{thing} changes", thing=thing)

    def _thing(self, one: Difference) -> Localised:
        context, value = (self._before, one.before) if one.after is None else (self._after, one.after)
        names = Names(context.catalogue.facets, context.compass.questions, context.compass.axes)
        match one.part:
            case Part.QUESTION:
                return message("the question {question}", question=quoted(value.ask))
            case Part.OPTION:
                question = context.compass.questions[one.id].ask
                return message("the option {option} of {question}", option=quoted(value.text), question=quoted(question))
            case Part.SECTION:
                return message("the section {title}", title=quoted(value.title))
            case Part.AXIS:
                return message("the axis {title}", title=quoted(value.title))
            case Part.FACET:
                return message("the facet {title}", title=quoted(value.title))
            case Part.PLACE:
                at = [
                    message("{name}: {values}", name=self._facet(id_), values=self._terms(id_, terms, context, Plain("")))
                    for id_, terms in value.at.items()
                ]
                return message(
                    "the place {terms} (when {condition})",
                    terms=quoted(Listing(at)),
                    condition=describe(value.when, names),
                )
        return message("the rule {rule}", rule=quoted(value.why or describe(value.when, names)))

    def _sides(self, one: Difference) -> tuple[tuple[Any, Context], ...]:
        return (one.before, self._before), (one.after, self._after)

    def _facet(self, id_: str) -> Localised:
        after, before = self._after.catalogue.facets, self._before.catalogue.facets
        return (after.get(id_) or before[id_]).title

    def _terms(
        self, facet: str, terms: frozenset[str] | None, context: Context, without: Localised
    ) -> Localised:
        if not terms:
            return without
        known = context.catalogue.facets[facet].terms
        return Listing([known[id_].title for id_ in known if id_ in terms])


def _goes(thing: Localised, before: object, after: object) -> Message:
    return message("{thing} goes from {before} to {after}", thing=thing, before=before, after=after)


def _arrow(name: Localised, before: object, after: object) -> Message:
    return message("{name}: {before} → {after}", name=name, before=before, after=after)


def _place(place: int) -> object:
    if place == LEFT_OUT:
        return message("left out")
    return message("absent") if place == ABSENT else place
