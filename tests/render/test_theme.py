"""Letters, shapes and colours of kinds and stages: told apart without colour, always the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.render.templating import environment
from boussole.render.theme import KIND_COLOURS, SHAPES, Mark, letters, marks
from support.samples import catalogue, replace


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_letters_of_the_five_kinds() -> None:
    """Méthodes, Exemples, Données, Outils, Compétences: their letters spell MEDOC, in any language."""
    ids = ["methode", "exemple", "donnee", "outil", "competence"]
    assert "".join(letters(ids).values()) == "MEDOC"


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], ""),
        (["guide", "game", "grid"], "GAR"),
        (["aa", "aa-b", "a"], "ABC"),
        (["a", "a", "a"], "A"),
        (["7-days", "-"], "7A"),
    ],
)
def test_letters_are_distinct(ids: list[str], expected: str) -> None:
    """A kind has the first letter of its id that no other kind has, else any letter that is free."""
    assert "".join(letters(ids).values()) == expected


@given(st.lists(st.from_regex("[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True), unique=True, max_size=60))
def test_any_kinds_have_letters(ids: list[str]) -> None:
    """Up to 36 kinds have 36 letters; beyond, the first letters of the others are shared."""
    found = letters(ids)
    assert list(found) == ids
    assert all(re.fullmatch("[A-Z0-9]", letter) for letter in found.values())
    assert len(set(found.values())) == min(len(ids), 36)


def test_shapes_and_colours_follow_places() -> None:
    """The first kind has the first shape and colour; after the last, they come round again."""
    found = marks(catalogue())
    assert [(mark.letter, mark.place) for mark in found.values()] == [("O", 0), ("D", 1), ("M", 2)]
    assert [mark.shape.name for mark in found.values()] == ["disc", "square", "drop"]
    assert Mark("X", len(SHAPES)).shape == SHAPES[0]
    assert Mark("X", len(KIND_COLOURS) + 1).colours == KIND_COLOURS[1]
    without = replace(catalogue(), facets={})
    assert marks(without) == {}


def test_shapes_and_symbols_differ() -> None:
    """Each kind of a catalogue of five is told by its shape alone."""
    assert len({shape.outline for shape in SHAPES}) == len({shape.symbol for shape in SHAPES}) == len(SHAPES)
    assert len(SHAPES) == len(KIND_COLOURS)


def test_the_colours_of_a_path_are_readable() -> None:
    """In light and in dark: texts 4.5 to 1, as WCAG AA asks; what is drawn and means something, 3 to 1."""
    style = environment().get_template("path.css").render(colours=KIND_COLOURS)
    light, dark, *_ = style.split("@media")
    for scheme in (light, dark):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        kinds = [f"k{place}" for place in range(len(KIND_COLOURS))]
        for ink, paper in [("ink", "page"), ("soft", "page"), ("link", "page"), ("ink", "head"), ("soft", "head")]:
            assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
        for kind in kinds:
            assert _contrast(colours["on"], colours[kind]) >= 4.5, kind
            assert _contrast(colours[kind], colours["page"]) >= 3, kind
        for drawn in ("dark", "soft"):
            assert _contrast(colours[drawn], colours["page"]) >= 3, drawn


def test_the_colours_of_documents_are_readable() -> None:
    """The light colours stand on white paper, the dark ones on a dark page."""
    for colours in KIND_COLOURS:
        assert _contrast(colours.light, "#ffffff") >= 4.5
        assert _contrast(colours.dark, "#121a22") >= 4.5
