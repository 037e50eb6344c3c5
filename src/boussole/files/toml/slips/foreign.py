"""Slips of those who know another notation: YAML, JSON, code, marks left by a tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.files.toml.slips.mended import LISTS, TABLES, Attempt, Line, line_at, with_line
from boussole.files.toml.slips.scanning import outside
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"(?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*')"
_SIGN = re.compile(rf"(?P<before>^\s*|[{{,]\s*)(?P<key>{_NAME})(?P<sign>\s*(?::=|=>|->|==|:)\s*)(?=\S)")
_COMMENT = re.compile(
    r"(?:^\s*(?P<first>//+|/\*+|\*/|<!--|;+|%+|--+(?=\s))|(?P<after>//+|/\*+|<!--|;(?=\s+[^\W\d_])|--+(?=\s)))"
)
LAYOUT = gettext("Write the keys as in the guide: key = value, and [[name]] before each thing of a list.")


def marks(text: str, at: int) -> Iterator[Attempt]:
    """Yield the statement without a mark that a tool, or another notation, left on a line of its own."""
    line = line_at(text, at)
    if line.start:
        return
    gone = with_line(text, line, "")
    if re.match(r"<{7}|={7}|>{7}|\|{7}", line.text):
        what = gettext("a mark of git stands here: two versions of the file were not joined.")
        remedy = gettext("Keep one of the two versions, and take the three marks out.")
        yield Attempt(gone, what, 0, lost=True, group="git", remedy=remedy)
    elif re.match(r"\s*(```|~~~)", line.text):
        what = gettext("a fence of Markdown stands here.")
        yield Attempt(gone, what, 0, remedy=gettext("Take the line out."))
    elif line.text.strip(" \t:") in LISTS | TABLES:  # a header without its brackets
        return
    elif re.match(r"\s*(- |-$|---\s*$)|\s*[\w-]+:\s*(#.*|[|>][+-]?)?$", line.text):
        what = gettext("this is YAML, another notation: definition files are in TOML.")
        yield Attempt(gone, what, 0, lost=True, group="yaml", remedy=LAYOUT)
    elif re.match(r"\s*[{}]|\s*\"[^\"]*\"\s*:\s*[\[{]?\s*$|\s*\],?\s*$", line.text):
        what = gettext("this is JSON, another notation: definition files are in TOML.")
        yield Attempt("\n" * text.count("\n"), what, 0, lost=True, group="json", remedy=LAYOUT)
    elif re.match(r"\s*<(?!!--)", line.text):
        what = gettext("this is HTML or XML, another notation: definition files are in TOML.")
        yield Attempt("\n" * text.count("\n"), what, 0, lost=True, group="xml", remedy=LAYOUT)


def comments(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with its comment after #."""
    line = line_at(text, at)
    found = _COMMENT.search(outside(text)[line.start : line.end])
    if found and (found["first"] or line.text[: found.start()][-1:].isspace()):
        sign, place = found["first"] or found["after"], found.start(found.lastgroup or 0)
        rest = re.sub(r"\s*(\*/|-->)\s*$", "", line.text[found.end() :])
        what = gettext("a comment starts with #, not with {sign}.", sign=sign)
        yield Attempt(with_line(text, line, f"{line.text[:place]}#{rest}"), what, line.start + place)


def signs(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with = between each key and its value."""
    line = line_at(text, at)
    mask = outside(text)[line.start : line.end]
    found = [one for one in _SIGN.finditer(line.text) if mask[one.start("sign") : one.end("sign")].strip()]
    if found:
        new, done = "", 0
        for one in found:
            new += line.text[done : one.start()] + one["before"] + one["key"] + " = "
            done = one.end()
        sign = found[0]["sign"].strip()
        place = line.start + found[0].start("sign") + len(found[0]["sign"]) - len(found[0]["sign"].lstrip())
        what = gettext("between a key and its value stands =, not {sign}.", sign=sign)
        yield Attempt(with_line(text, line, new + line.text[done:]), what, place, group=":")
    elif lacking := re.match(r"(\s*[A-Za-z][\w-]*)(\s+)([\"'\[{\d].*)$", line.text):
        what = gettext("= is missing between the key and its value.")
        new = f"{lacking[1]} = {lacking[3]}"
        yield Attempt(with_line(text, line, new), what, line.start + lacking.end(1))
    elif doubled := re.match(r"(\s*[\w.-]+\s*)=\s*=+", line.text):
        what = gettext("there is one = too many.")
        yield Attempt(with_line(text, line, f"{doubled[1]}={line.text[doubled.end() :]}"), what, line.start)


_BARE = re.compile(r"(?P<before>^\s*|[{,]\s*)(?P<key>[^=\n\"'\[\]{}#,“”«»]*?[^\s=\n\"'\[\]{}#,“”«»])(?=\s*=)")


def keys(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with quotes around a key that is more than letters without accents, digits, - and _."""
    line = line_at(text, at)
    mask = outside(text)[line.start : line.end]
    for found in _BARE.finditer(line.text):
        place = found.start("key")
        if re.fullmatch(r"[A-Za-z0-9_.-]+", found["key"]) or mask[place : found.end()] != found["key"]:
            continue
        new = f'{line.text[:place]}"{found["key"]}"{line.text[found.end() :]}'
        what = gettext("a key with spaces, accents or other signs stands between quotes.")
        yield Attempt(with_line(text, line, new), what, line.start + place)


def unknown(text: str, line: Line) -> Attempt:
    """Return the statement without what nobody recognises."""
    excerpt = line.text.strip()
    most = 40
    excerpt = excerpt if len(excerpt) <= most else f"{excerpt[:most]}…"
    what = gettext("this is not TOML: “{text}”.", text=excerpt)
    remedy = gettext("Write key = value, or # before what is a comment.")
    return Attempt("\n" * text.count("\n"), what, line.start, lost=True, group="unknown", remedy=remedy)
