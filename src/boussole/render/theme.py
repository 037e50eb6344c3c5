"""The look that the terminal, pages and documents share: marks of kinds, colours of stages; docs/identity.md shows it.

Nothing here is a word of the domain: letters come from the ids of a catalogue's kinds, shapes and colours from their
places. A kind is told by its letter, its shape and its name; colour only helps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.catalogue import KIND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.definitions.catalogue import Catalogue

_SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Colours(NamedTuple):
    """A colour on a white page and on a dark one, as `#rrggbb`; white and black text read on them (AA)."""

    light: str
    dark: str


class Shape(NamedTuple):
    """A shape of ten by ten: the points of its outline (none: a disc), and the character that looks like it.

    `foot` is how far down the letter in it stands, when the letter is 6 high.
    """

    name: str
    symbol: str
    outline: tuple[tuple[float, float], ...]
    foot: float = 7.1


class Mark(NamedTuple):
    """How a kind is marked everywhere: a letter in a shape, in a colour, by the `place` of the kind from 0."""

    letter: str
    place: int

    @property
    def shape(self) -> Shape:
        """Return the shape; they come round again after the last."""
        return SHAPES[self.place % len(SHAPES)]

    @property
    def colours(self) -> Colours:
        """Return the colour of the shape."""
        return KIND_COLOURS[self.place % len(KIND_COLOURS)]


SHAPES = (
    Shape("disc", "●", ()),
    Shape("square", "■", ((0.6, 0.6), (9.4, 0.6), (9.4, 9.4), (0.6, 9.4))),
    Shape("drop", "◆", ((5, -0.6), (10.6, 5), (5, 10.6), (-0.6, 5))),
    Shape("hexagon", "⬢", ((2.4, 0.4), (7.6, 0.4), (10.3, 5), (7.6, 9.6), (2.4, 9.6), (-0.3, 5))),
    Shape("triangle", "▲", ((5, -1.2), (11.2, 9.6), (-1.2, 9.6)), 8.6),
)
KIND_COLOURS = (
    Colours("#1d5b86", "#8cc4ea"),
    Colours("#8a4b08", "#e9b36a"),
    Colours("#2f6b3a", "#8fd19b"),
    Colours("#7a2e6e", "#e0a3d6"),
    Colours("#9b2226", "#ff9c8f"),
)


def marks(catalogue: Catalogue) -> dict[str, Mark]:
    """Return the mark of each kind of a catalogue, by the id of its term."""
    terms = catalogue.facets[KIND].terms if KIND in catalogue.facets else ()
    return {id_: Mark(letter, place) for place, (id_, letter) in enumerate(letters(terms).items())}


def letters(ids: Iterable[str]) -> dict[str, str]:
    """Return a letter for each id, its first one that no other has; once all are taken, they are shared."""
    chosen: dict[str, str] = {}
    for id_ in ids:
        wanted = [letter for letter in id_.upper() if letter in _SPARE]
        taken = set(chosen.values())
        free = (letter for letter in [*wanted, *_SPARE] if letter not in taken)
        chosen[id_] = next(free, wanted[0] if wanted else "?")
    return chosen
