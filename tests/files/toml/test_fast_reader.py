"""The fast reader of TOML against the one whose word counts."""

import copy
import datetime as dt

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import DefinitionError
from boussole.files.toml import parsing
from boussole.files.toml.parsing import parse

PIECES = (
    "a",
    "b",
    "a.b",
    '"a"',
    "'é'",
    "1",
    "-0.0",
    "1e3",
    "0x1F",
    "1_000",
    "inf",
    "true",
    "1979-05-27",
    "07:32:00.999999",
    "1979-05-27T07:32:00+01:30",
    "1979-05-27 07:32:00Z",
    '"a\\u00e9\\n"',
    '"""\nt\n  u\\\n  v"""',
    "'''x\ny'''",
    "''",
    '""',
    "=",
    " = ",
    ",",
    ".",
    "#",
    "# é",
    "\n",
    "\r\n",
    "\t",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "[1, [2]]",
    "{ a = 1, b.c = 2 }",
)
LINES = (
    "a = 1",
    "a.b = 2",
    "[a]",
    "[a.b]",
    "[[a]]",
    "[[a.b]]",
    "b = [1, 2.0, 'x']",
    "c = { d = 1 }",
    "c.d = 1979-05-27",
    "'e f' = '''\n\nx'''",
    'g = "\\"#"  # h',
)


def _same(one: object, other: object) -> bool:
    """Tell whether two documents hold the same values of the same classes, lists in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and str(one) == str(other)


@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(LINES).map("{}\n".format), max_size=24).map("".join))
def test_what_both_readers_read_is_the_same(text: str) -> None:
    """Whatever is read fast has the very values that the other reader gives, where that one reads it at all."""
    fast = parsing._read_fast(text)  # noqa: SLF001 - what `parse` gives must not tell which of the two read it
    try:
        slow = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    assert fast is None or _same(fast, slow)


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text() | st.integers(-(2**63), 2**63 - 1) | st.dates())))
def test_what_is_written_is_read(values: dict[str, list[object]]) -> None:
    """Any text, number and day written as TOML is read back as it was."""
    import tomli_w

    assert parse(tomli_w.dumps(values).encode(), "x.toml") == values


def test_ends_of_line_of_windows_are_no_part_of_texts() -> None:
    """A text on several lines is the same, whichever system wrote the file."""
    assert parse(b'a = """b\r\n  c\r\n"""\r\n', "x.toml") == {"a": "b\n  c\n"}


def test_times_with_a_zone_can_be_copied() -> None:
    """A moment is one of the standard library, its zone too: it is copied, compared and kept as any other."""
    moment = parse(b"a = 2026-11-22T14:03:00+01:00\n", "x.toml")["a"]
    assert copy.deepcopy(moment) == moment
    assert type(moment.tzinfo) is dt.timezone


@pytest.mark.parametrize("text", ["a = {b\n= 1}", "a = [1,\r2]", "\ufeffa = 1", "[[a.b]]\n[a]\nb.c = 1"])
def test_what_only_the_fast_reader_takes_is_told_by_check(text: str) -> None:
    """The little that the fast reader takes and the other does not is mended, and told, where authors look."""
    assert parsing.mended(text).slips


@pytest.mark.parametrize("most", [64, 400, 100_000])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_deep_nesting_is_refused(most: int, pair: str) -> None:
    """However deep a value is, it is refused in words and the process lives on."""
    opening = "[" if pair == "[]" else "{a="
    with pytest.raises(DefinitionError, match=r"B00[34]"):
        parse(f"a = {opening * most}1{pair[1] * most}".encode(), "x.toml")
