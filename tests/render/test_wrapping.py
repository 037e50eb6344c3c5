"""Texts fitted to a width: letters of two columns and emoji made of several characters never make a line too wide."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes

from boussole.render.wrapping import clip, cut, in_rows, shorten, text_width, wrap, wrapped

FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
LETTERS = ["a", "b", "é", "日", "本", "👍🏽", FAMILY, "🇫🇷", "-", "’", ",", "\N{NO-BREAK SPACE}", " "]
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=40).map("".join)
WIDTHS = st.integers(2, 30)


@given(TEXTS, WIDTHS, st.booleans())
@example("日本語テキスト 日本語テキスト", 12, False)  # noqa: FBT003 - an example of the three
def test_no_line_is_too_wide(text: str, width: int, at_hyphens: bool) -> None:  # noqa: FBT001 - an example of Hypothesis
    """Whatever is wrapped, no line takes more columns than there are, and every letter is there, in order."""
    lines = wrap(text, width, at_hyphens=at_hyphens)
    assert all(text_width(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(TEXTS, WIDTHS)
def test_emoji_stay_whole(text: str, width: int) -> None:
    """An emoji made of several characters is never cut into those that it is made of."""
    whole = set(iter_graphemes(text))
    assert all(set(iter_graphemes(line)) <= whole for line in [*wrap(text, width), clip(text, width)])


@given(TEXTS)
def test_measured_as_rich_does(text: str) -> None:
    """Rich lays tables out by the same columns; were they others, it would break lines again."""
    assert text_width(text) == cell_len(text)


@given(TEXTS, st.integers(0, 30))
def test_shortened_texts_fit(text: str, width: int) -> None:
    """A text cut or shortened fits, whatever the width."""
    assert text_width(clip(text, width)) <= width
    assert text_width(shorten(text, width)) <= width
    assert text.startswith(clip(text, width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("un\n\ndeux", 10, ["un", "", "deux"]),
        ("un deux", 4, ["un", "deux"]),
        ("un\ndeux", 20, ["un", "deux"]),
        ("12\N{NO-BREAK SPACE}000 habitants", 9, ["12\N{NO-BREAK SPACE}000", "habitants"]),
        ("sous-préfecture", 6, ["sous-p", "réfect", "ure"]),
        ("日本語", 1, ["日", "本", "語"]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    """At plain spaces and line feeds only, a longer word being cut; a line holds a letter at least."""
    assert wrap(text, width) == lines


def test_hyphens_break_where_that_is_asked_for() -> None:
    """A narrow label breaks after a hyphen before it breaks a word."""
    assert wrap("sous-préfecture", 10, at_hyphens=True) == ["sous-", "préfecture"]


def test_lines_left_out_are_told() -> None:
    """The last line that is kept ends in dots where there are others, within the width."""
    assert cut(["un", "deux", "trois"], 2, 4) == ["un", "deu…"]
    assert cut(["日本", "日本", "日本"], 2, 4) == ["日本", "日…"]
    assert cut(["Rivières", "« Science avec et", "pour »"], 2, 17) == ["Rivières", "« Science avec…"]
    assert cut(["Proximité ·", "Région"], 1, 11) == cut(["Proximité ·", "Région"], 1, 30) == ["Proximité…"]
    assert cut(["Territoires\u00a0:", "renseignements"], 1, 20) == ["Territoires…"]
    assert cut(["un", "deux"], None, 4) == cut(["un", "deux"], 2, 4) == ["un", "deux"]


def test_addresses_stay_whole() -> None:
    """Lines break between words, under their mark; what is wider than the screen is left for the terminal to carry."""
    address = "https://example.org/a/b/c"
    assert wrapped([f"- vu sur {address} hier"], 12) == ["- vu sur", f"  {address}", "  hier"]
    assert wrapped(["", "un deux"], 4) == ["", "un", "deux"]


def test_items_in_rows() -> None:
    """Items stand side by side while they fit; one that is too long is shortened."""
    assert in_rows(["un", "deux", "trois"], 8, " · ") == ["un", "deux", "trois"]
    assert in_rows(["un", "deux"], 9, " · ") == ["un · deux"]
    assert in_rows(["anticonstitutionnel"], 6, " · ") == ["antic…"]
