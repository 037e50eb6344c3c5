"""What moved between two results and why, in words, whatever the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.compare.partial import NoPlace
from boussole.i18n import Joined, Listing, gettext, ngettext
from boussole.render.compare.difference_wording import Both, difference_text, terms_text
from boussole.render.compare.impact_wording import became
from boussole.render.wording import Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boussole.core.compare.causes import Cause, Comparison, ExplainedMove
    from boussole.i18n import Localised, Message

_SHOWN = 20

HEADING = gettext("Before and after")


class Row(NamedTuple):
    """A MEDOC: its places (« 14 → 3 »), its title, what it does (« comes in »), and what more there is to say."""

    places: Localised
    title: Localised
    does: Localised = Plain("")
    more: tuple[Localised, ...] = ()


class Section(NamedTuple):
    """A title, lines under it, and the MEDOC that it is about."""

    title: Localised
    lines: tuple[Localised, ...] = ()
    rows: tuple[Row, ...] = ()


def headlines(comparison: Comparison) -> Iterator[Localised]:
    """Yield what to know first: the definitions, and how much moved."""
    before, after = (side.context for side in (comparison.before, comparison.after))
    yield Joined(
        [
            became((one.id, one.version), (other.id, other.version))
            for one, other in ((before.compass, after.compass), (before.catalogue, after.catalogue))
        ],
        " · ",
    )
    if not comparison.differences:
        yield gettext("Nothing differs.")
    if not comparison.moves:
        yield gettext("Nothing moves in the first {top}.", top=comparison.top)
        return
    came = sum(move.came(comparison.top) for move in comparison.moves)
    left = sum(move.left(comparison.top) for move in comparison.moves)
    yield gettext(
        "In the first {top}: {came} in, {left} out, {moved} moved, {stayed} in the same place.",
        top=comparison.top,
        came=came,
        left=left,
        moved=len(comparison.moves) - came - left,
        stayed=len(comparison.stays),
    )


def sections(comparison: Comparison) -> Iterator[Section]:
    """Yield what there is to say, the shortest explanations first."""
    parts = _Parts(comparison)
    if positions := tuple(parts.positions()):
        yield Section(gettext("The position"), positions)
    yield from parts.groups()
    named = {at for move in comparison.moves for one in move.cause.sets for at in one}
    others = [at for at in range(len(comparison.differences)) if at not in named and at not in comparison.idle]
    if any(move.cause.together for move in comparison.moves):
        every = [at for at in range(len(comparison.differences)) if at not in comparison.idle]
        yield Section(gettext("What makes a difference"), _some(parts.differences(every)))
    elif others:
        yield Section(gettext("Alone, each of these would give another list"), _some(parts.differences(others)))
    if comparison.moves and comparison.stays:
        rows = [Row(Plain(str(place)), parts.both.title(id_)) for id_, place in comparison.stays]
        yield Section(gettext("In the same place"), (), tuple(rows))
    if comparison.idle:
        title = gettext("Alone, each of these changes nothing in the first {top}", top=comparison.top)
        yield Section(title, _some(parts.differences(comparison.idle)))


def _some(lines: Iterable[Localised]) -> tuple[Localised, ...]:
    """Return the first lines, and how many others there are."""
    every = list(lines)
    left = len(every) - _SHOWN
    if left <= 0:
        return tuple(every)
    more = ngettext("And {count} other, which --to json gives.", "And {count} others, which --to json gives.", left)
    return (*every[:_SHOWN], more)


class _Parts:
    """Finds the words for one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._found = comparison
        self.both = Both(comparison.before.context, comparison.after.context)

    def positions(self) -> Iterator[Localised]:
        """Yield the axes and the facets where somebody stands elsewhere."""
        was, is_ = self._found.before.situation, self._found.after.situation
        unknown = gettext("unknown")
        before, after = self.both
        for id_ in dict.fromkeys([*is_.axes, *was.axes]):
            if was.axes.get(id_) != is_.axes.get(id_):
                axis = after.compass.axes.get(id_) or before.compass.axes[id_]
                yield _arrow(axis.title, was.axes.get(id_, unknown), is_.axes.get(id_, unknown))
        for id_ in dict.fromkeys([*is_.terms, *was.terms]):
            if was.terms.get(id_) != is_.terms.get(id_):
                sides = ((was, before), (is_, after))
                terms = [terms_text(id_, side.terms.get(id_), context, unknown) for side, context in sides]
                yield _arrow(self.both.facet(id_), *terms)

    def groups(self) -> Iterator[Section]:
        """Yield the moves that have the same cause together."""
        groups: dict[Cause, list[ExplainedMove]] = {}
        for move in self._found.moves:
            groups.setdefault(move.cause._replace(nearest=None), []).append(move)
        for cause, some in groups.items():
            title, lines = self._cause(cause)
            yield Section(title, lines, tuple(self._row(move) for move in some))

    def _cause(self, cause: Cause) -> tuple[Localised, tuple[Localised, ...]]:
        if cause.together:
            lines: list[Localised] = [gettext("None of them does it by itself, nor any two.")]
            if not self._found.pairs:
                lines = [
                    gettext(
                        "None of them does it by itself. Not all were tried two by two: there are too many of them."
                    )
                ]
            return gettext("Because of several changes together"), tuple(lines)
        causes = [Listing(list(self.differences(one))) for one in cause.sets]
        if len(causes) == 1:
            return gettext("Because {cause}", cause=causes[0]), ()
        left = cause.number - len(causes)
        more = [ngettext("and {count} other", "and {count} others", left)] if left else []
        return gettext("Each of these is enough"), (*causes, *more)

    def _row(self, move: ExplainedMove) -> Row:
        comparison, top = self._found, self._found.top
        if move.came(top):
            does = gettext("comes in")
        elif move.left(top):
            does = gettext("goes out")
        else:
            by = move.before - move.after
            does = gettext("↑ {places}", places=by) if by > 0 else gettext("↓ {places}", places=-by)
        more: list[Localised] = []
        if move.after == NoPlace.LEFT_OUT:
            out = next(out for out in comparison.after.left_out if out.medoc.id == move.medoc)
            more += [gettext("left out: {why}", why=obstacle.text) for obstacle in out.reasons]
        if move.cause.nearest is not None:
            at, place = move.cause.nearest
            more.append(gettext("alone, brings it to number {place}: {cause}", place=place, cause=self._at(at)))
        places = gettext("{before} → {after}", before=_place(move.before), after=_place(move.after))
        return Row(places, self.both.title(move.medoc), does, tuple(more))

    def differences(self, some: Iterable[int]) -> Iterator[Localised]:
        """Yield what differs, by position."""
        return (self._at(at) for at in some)

    def _at(self, at: int) -> Localised:
        return difference_text(self._found.differences[at], self.both)


def _arrow(name: Localised, before: object, after: object) -> Message:
    return gettext("{name}: {before} → {after}", name=name, before=before, after=after)


def _place(place: int) -> object:
    if place == NoPlace.LEFT_OUT:
        return gettext("left out")
    return gettext("absent") if place == NoPlace.ABSENT else place
