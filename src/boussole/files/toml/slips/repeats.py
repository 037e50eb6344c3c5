"""Statements that are right one by one and not together: a key or a table that stands twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from boussole.files.toml.slips.mended import LISTS, Attempt
from boussole.files.toml.slips.scanning import outside
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.i18n import Message

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\]]+?)\s*\]")
_KEY = re.compile(r"\s*(?P<key>(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*'))*)\s*=")


class Repeat(NamedTuple):
    """What is wrong with the statement `place`: `what`, and what to do; `new` texts of statements, by place."""

    place: int
    what: Message
    remedy: Message
    new: dict[int, str]


def repeat(pieces: list[tuple[str, int]], index: int) -> Repeat:
    """Return why the statement at `index` cannot follow those before; each has a text and its line, from 1."""
    text = pieces[index][0]
    header = _HEADER.match(text)
    if header:
        return _header_again(pieces, index, header)
    return _key_again(pieces, index, text)


def _header_again(pieces: list[tuple[str, int]], index: int, header: re.Match[str]) -> Repeat:
    name = header["name"]
    others = {
        place: found
        for place, (text, _) in enumerate(pieces)
        if (found := _HEADER.match(text)) and found["name"] == name and (place <= index or name in LISTS)
    }
    first = next(iter(others))
    line = pieces[first][1]
    if name in LISTS or any(one["open"] == "[[" for one in others.values()):
        what = gettext("there are several “{name}”: each has two brackets on each side.", name=name)
        new = {place: f"[[{name}]]\n" for place, one in others.items() if one["open"] == "["}
        odd = min(new, default=index)
        return Repeat(odd, what, gettext("Write: {line}", line=f"[[{name}]]"), new or {index: "\n"})
    if first == index:
        what = gettext("“{name}” has a value already, and cannot be a table too.", name=name)
        return Repeat(index, what, gettext("Keep one of the two."), {index: "\n"})
    what = gettext("the table “{name}” stands already at line {line}.", name=name, line=line)
    remedy = gettext("Put the keys of both under one header.")
    return Repeat(index, what, remedy, {index: "\n"})


def _key_again(pieces: list[tuple[str, int]], index: int, text: str) -> Repeat:
    found = _KEY.match(text)
    key = found["key"] if found else text.strip()
    for place in range(index - 1, -1, -1):
        other = pieces[place][0]
        if _HEADER.match(other):
            break
        before = _KEY.match(other)
        if before and _starts_alike(before["key"], key):
            what = gettext("the key “{key}” stands already at line {line}.", key=key, line=pieces[place][1])
            return Repeat(index, what, gettext("Keep one of the two."), {index: "\n" * text.count("\n")})
    what = gettext("the key “{key}” stands twice in this table.", key=key)
    return Repeat(index, what, gettext("Keep one of the two."), {index: "\n" * text.count("\n")})


def _starts_alike(one: str, other: str) -> bool:
    """Tell whether one key is the other, or what it stands in."""
    mine, theirs = ([word.strip(" \t\"'") for word in key.split(".")] for key in (one, other))
    shortest = min(len(mine), len(theirs))
    return mine[:shortest] == theirs[:shortest]


def inside(text: str, _at: int) -> Iterator[Attempt]:
    """Yield the statement without a key that stands a second time between two braces."""
    opened: list[tuple[str, set[str]]] = []
    starts: list[int] = []
    for at, sign in ((found.start(), found[0]) for found in re.finditer(r"[\[\]{},]", outside(text))):
        if sign in ",}" and opened and opened[-1][0] == "{":
            start, seen = starts[-1], opened[-1][1]
            pair = re.match(r"[,{]\s*(?P<key>[\w-]+)\s*=", text[start:at])
            if pair and pair["key"] in seen:
                what = gettext("the key “{key}” stands twice in this table.", key=pair["key"])
                remedy = gettext("Keep one of the two.")
                yield Attempt(text[:start] + text[at:], what, start + pair.start("key"), remedy=remedy)
            seen.update([pair["key"]] if pair else [])
            starts[-1] = at
        if sign in "[{":
            opened.append((sign, set()))
            starts.append(at)
        elif sign in "]}" and opened:
            opened.pop()
            starts.pop()
