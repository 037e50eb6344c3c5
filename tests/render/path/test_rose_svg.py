"""The rose as a picture: where each direction, mark and name stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.render.path.model import Direction, RoseContent
from boussole.render.path.rose_svg import LEAST, LINE, MOST, RADIUS, WIDTH, Place, draw_rose
from support.samples import NAUGHTY, TEXTS


def _rose(*values: int, title: str = "Direction", whole_or_none: bool = False) -> RoseContent:
    directions = tuple(Direction(f"{title} {number}", value, f"{value}") for number, value in enumerate(values, 1))
    return RoseContent("Rose", directions, whole_or_none, "")


@pytest.mark.parametrize("values", [(), (1,), (50, 50), (10,) * (MOST + 1)])
def test_what_is_no_rose(values: tuple[int, ...]) -> None:
    """Under three directions and over eight, words say it better."""
    assert draw_rose(_rose(*values)) is None


def test_a_petal_is_as_long_as_its_value() -> None:
    """The first direction is up, the next ones go clockwise; the mark stands at the value, at the tip where it is 0."""
    drawn = draw_rose(_rose(100, 50, 0, 25))
    assert drawn is not None
    assert [petal.mark for petal in drawn.petals] == [
        Place(0, -RADIUS), Place(RADIUS / 2, 0), Place(0, RADIUS), Place(-RADIUS / 4, 0),
    ]  # fmt: skip
    assert [petal.reached for petal in drawn.petals] == [True, True, False, True]
    assert drawn.petals[2].dark == drawn.petals[2].light == ()
    for petal in drawn.petals:
        assert len(petal.outline) == 4
    assert drawn.rings == (RADIUS / 2, RADIUS)


def test_labels_tell_without_colour() -> None:
    """What is reached is in strong letters; an axis has its value under its name, a choice has none."""
    drawn = draw_rose(_rose(100, 0, 50))
    assert drawn is not None
    assert [(label.lines, label.strong) for label in drawn.labels] == [
        (("Direction 1", "100"), True), (("Direction 2", "0"), False), (("Direction 3", "50"), True),
    ]  # fmt: skip
    assert [label.anchor for label in drawn.labels] == ["middle", "start", "end"]
    chosen = draw_rose(_rose(100, 0, 0, whole_or_none=True))
    assert chosen is not None
    assert chosen.labels[0].lines == ("Direction 1",)
    assert chosen.rings == (RADIUS,)


def test_long_names_are_broken_where_people_break_them() -> None:
    """At spaces, else after a hyphen, else anywhere; what is too long ends in « … »."""
    drawn = draw_rose(_rose(0, 100, 0, 0, title="Trajectoires socio-économiques", whole_or_none=True))
    assert drawn is not None
    assert drawn.labels[1].lines == ("Trajectoires", "socio-", "économiques 2")
    drawn = draw_rose(_rose(0, 100, 0, 0, title="a" * 200, whole_or_none=True))
    assert drawn is not None
    assert len(drawn.labels[1].lines) == 5
    assert drawn.labels[1].lines[-1].endswith("…")


@given(st.lists(st.tuples(TEXTS, st.integers(0, 100)), min_size=LEAST, max_size=MOST), st.booleans())
def test_everything_is_inside_and_apart(made: list[tuple[str, int]], whole_or_none: bool) -> None:  # noqa: FBT001
    """Whatever the names and values, nothing starts outside the picture, and it is drawn the same twice."""
    directions = tuple(Direction(title, value, str(value)) for title, value in made)
    rose = RoseContent("Rose", directions, whole_or_none, "")
    drawn = draw_rose(rose)
    assert drawn == draw_rose(rose)
    assert drawn is not None
    for petal in drawn.petals:
        for place in (*petal.outline, *petal.dark, *petal.light, petal.mark):
            assert place.x**2 + place.y**2 <= (RADIUS + 0.2) ** 2
    for label in drawn.labels:
        assert abs(label.at.x) <= WIDTH / 2
        assert drawn.top <= label.at.y - LINE
        assert label.at.y + LINE * (len(label.lines) - 1) <= drawn.top + drawn.height


def test_naughty_names() -> None:
    """Naughty strings as names are only cut into lines."""
    for start in range(0, len(NAUGHTY) - MOST, MOST):
        directions = tuple(Direction(one, 50, "50") for one in NAUGHTY[start : start + MOST])
        assert draw_rose(RoseContent("Rose", directions, whole_or_none=False, words="")) is not None
