"""Slips in TOML: each is recognised and told in the author's words, and what is right around it can be read."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import DefinitionError
from boussole.files.toml.parsing import mended, parse
from boussole.files.toml.slips.mending import mend
from boussole.limits.table import PROBLEMS_SHOWN
from support.builders import catalogue_toml, compass_toml

SLIPS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "slips.json").read_text("utf-8"))
"""What people write, and what is told of it: the place, then what is wrong and what to do in each language."""


@pytest.mark.parametrize("slip", SLIPS, ids=[str(number) for number in range(len(SLIPS))])
def test_each_slip_is_told_in_both_languages(slip: dict[str, Any]) -> None:
    """At its place (of what is not closed, its opening), with the corrected line where there is one."""
    made = mend(slip["text"])
    told = [
        {
            "at": f"{one.line}:{one.column}",
            "fr": [one.what.in_("fr"), one.remedy and one.remedy.in_("fr")],
            "en": [one.what.in_("en"), one.remedy and one.remedy.in_("en")],
        }
        for one in made.slips
    ]
    assert told == slip["told"]
    tomli.loads(made.text)


def test_the_table_is_long_enough() -> None:
    """Sixty kinds of slips at least; nothing is told in English to those who read French."""
    assert len(SLIPS) >= 60
    assert all(told["fr"][0] != told["en"][0] for slip in SLIPS for told in slip["told"])


@pytest.mark.parametrize("text", [catalogue_toml(), compass_toml()])
def test_what_is_toml_is_left_as_it_is(text: str) -> None:
    """Nothing is told."""
    assert mended(text) == (text, (), (), frozenset())
    assert mend(text).text == text


SIGNS = st.sampled_from(
    [*"\"'[]{}=:,#\n\\ .-0a", '"""', "'''", "[[", "]]", "id = ", "“", "»", "\u00a0", "True", "//", "1,5"]
)


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_whatever_is_written_what_is_left_is_toml(text: str) -> None:
    """And where something was taken out, a slip says so; every place is in the text."""
    made = mended(text)
    tomli.loads(made.text)
    lines = text.replace("\r", "\n").split("\n")
    for slip in made.slips:
        assert 1 <= slip.line <= len(lines)
        assert 1 <= slip.column <= len(lines[slip.line - 1]) + 1
        assert slip.what.in_("fr") != slip.what.in_("en") or "«" in slip.what.in_("fr")
    if not made.slips:
        assert made.text == text


@pytest.mark.parametrize("place", range(0, 900, 7))
def test_a_sign_less_is_one_slip(place: int) -> None:
    """Most often: no cascade follows from one letter that is missing."""
    text = compass_toml()
    if place < len(text):
        made = mended(text[:place] + text[place + 1 :])
        assert len(made.slips) <= 2


def test_several_slips_are_told_at_once() -> None:
    """In the order of the file, each at its place."""
    text = "id = “a”\ntitle = Une aide\nchecked = 20/11/2026\nok = 1\nrequired = oui\n"
    made = mend(text)
    assert [slip.line for slip in made.slips] == [1, 2, 3, 5]
    assert tomli.loads(made.text)["title"] == "Une aide"


def test_a_file_of_slips_is_told_within_limits() -> None:
    """The first ones, and how many are left; in a moment."""
    start = time.process_time()
    escaped = 'a = "' + '\\"' * 100_000, ('a = "' + '\\"' * 500 + "\n") * 2000
    for text in (
        *escaped,
        "a = True\n" * 100_000,
        "[" * 200_000,
        'a = "\n' * 100_000,
        "a = [\n" * 100_000,
        '"' * 300_000,
    ):
        with pytest.raises(DefinitionError) as refused:
            parse(text.encode(), "f.toml")
        assert len(refused.value.problems) <= PROBLEMS_SHOWN + 1
    assert time.process_time() - start < 60


def test_slips_that_are_not_shown_are_counted() -> None:
    """Every one of them."""
    with pytest.raises(DefinitionError) as refused:
        parse(b"".join(b"a%d = True\n" % number for number in range(200)), "f.toml")
    *shown, last = refused.value.problems
    assert len(shown) == PROBLEMS_SHOWN
    assert "150 more problems are not shown" in last.in_("en")


def test_two_marks_are_refused() -> None:
    """One is taken off when a file is read; no reader of TOML takes a second."""
    with pytest.raises(DefinitionError) as refused:
        parse(b"\xef\xbb\xbfformat = 1\n", "f.toml")
    (problem,) = refused.value.problems
    assert (problem.code, str(problem.place)) == ("B001", "f.toml:1:1")
