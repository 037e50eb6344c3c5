"""Slips around brackets, commas and headers: one that is missing, one too many, one for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.files.toml.slips.mended import LISTS, TABLES, Attempt, line_at, with_line
from boussole.files.toml.slips.scanning import brackets, outside, tokens
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.files.toml.slips.scanning import Bracket

_CLOSING = {"[": "]", "{": "}"}
_HEADER = re.compile(
    r"\s*(?P<open>\[+)\s*(?P<name>[^\[\]=\n\"',{]+?)\s*(?P<close>\]*)(?P<rest>(?:[\s#:;,.][^\]\n]*)?)$"
)


def headers(text: str, at: int) -> Iterator[Attempt]:
    """Yield the header of a table with the brackets that it lacks, or without what follows it."""
    line = line_at(text, at)
    name = line.text.partition("#")[0].strip(" \t:()")
    if name in LISTS | TABLES and not line.start:
        header = f"[[{name}]]" if name in LISTS else f"[{name}]"
        what = gettext("the name of a table stands between brackets.")
        yield Attempt(with_line(text, line, header), what, line.start)
    found = _HEADER.fullmatch(line.text)
    if line.start or found is None or at > line.end:
        return
    opened, closed = len(found["open"]), len(found["close"])
    name, rest = found["name"].strip(), found["rest"]
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)*", name):
        return
    count = 2 if max(opened, closed) > 1 else 1
    header = "[" * count + name + "]" * count
    place = line.start + found.start("open")
    if opened != closed or count != opened:
        what = gettext("the header of a table has as many brackets on each side.")
        yield Attempt(with_line(text, line, header + (rest if rest.strip().startswith("#") else "")), what, place)
    elif rest.strip() and not rest.strip().startswith("#"):
        key = re.match(r"\s*([\w-]+\s*=.*)", rest)
        what = gettext("the header of a table stands alone on its line.")
        yield Attempt(with_line(text, line, f"{header}\n{key[1]}" if key else header), what, line.start + found.end(3))


def ended(text: str, at: int) -> Iterator[Attempt]:
    """Yield the statement without the sign that ends it, as other notations have one."""
    mask = outside(text)
    place = len(mask.rstrip()) - 1
    if at > place or mask[place] not in ",;" or "=" not in mask[:place] or any(brackets(text[:place])):
        return
    what = gettext("nothing ends a line: “{sign}” is too much.", sign=text[place])
    yield Attempt(text[:place] + text[place + 1 :], what, place)


def separators(text: str, at: int) -> Iterator[Attempt]:
    """Yield the statement with commas, where other signs part what stands in a list or a table."""
    if text[at : at + 1] in {";", "|"} and brackets(text[:at])[0]:
        yield Attempt(text[:at] + "," + text[at + 1 :], gettext("a comma parts what stands in a list or a table."), at)


def commas(text: str, at: int) -> Iterator[Attempt]:
    """Yield the statement with the comma that is missing before `at`, or without one too many."""
    place = len(text[:at].rstrip())
    opened, _ = brackets(text[:place])
    if not opened:
        return
    if text[place - 1 : place] in {",", "[", "{"} and text[at : at + 1] == ",":
        yield Attempt(text[:at] + text[at + 1 :], gettext("there is a comma too many."), at)
    elif re.match(r"[\"'{\[\w-]", text[at : at + 1]) and re.match(r"[\"'}\]\w]", text[place - 1 : place]):
        yield Attempt(text[:place] + "," + text[place:], gettext("a comma is missing here."), place)


def unpaired(text: str, at: int) -> Iterator[Attempt]:
    """Yield the statement with a bracket that is closed as it was opened, closed at last, or taken out."""
    opened, odd = brackets(text)
    if opened:
        last = opened[-1]
        what = gettext("{sign}, opened here, is never closed.", sign=last.sign)
        for place in _ends(text, last.at, at, len(opened)):
            closing = (" " if last.sign == "{" else "") + _CLOSING[last.sign]
            yield Attempt(text[:place] + closing + text[place:], what, last.at)
    if opened and odd:
        for wrong in odd:
            mate = next((one for one in reversed(opened) if one.at < wrong.at), None)
            if mate:
                new = text[: wrong.at] + _CLOSING[mate.sign] + text[wrong.at + 1 :]
                what = gettext("what opens with {open} does not close with {close}.", open=mate.sign, close=wrong.sign)
                yield Attempt(new, what, wrong.at)
    yield from _unopened(text, odd)
    for wrong in odd:
        what = gettext("{sign} closes nothing here.", sign=wrong.sign)
        yield Attempt(text[: wrong.at] + text[wrong.at + 1 :], what, wrong.at)
    if opened:
        missing = "".join(_CLOSING[one.sign] for one in reversed(opened))
        place = _end(text)
        parted = "\n" if "\n" in text[last.at : place] and last.sign == "[" else " " if last.sign == "{" else ""
        yield Attempt(text[:place] + parted + missing + text[place:], what, last.at)


def _unopened(text: str, odd: list[Bracket]) -> Iterator[Attempt]:
    """Yield the statement with the bracket that opens what its last one closes."""
    start = re.match(r"(\s*[\w.-]+\s*=\s*)(?:[\w-]+\s*=|[\"'{].*[\"'}\]]\s*,)", text)
    if odd and start:
        sign = "{" if odd[-1].sign == "}" else "["
        new = text[: start.end(1)] + sign + (" " if sign == "{" else "") + text[start.end(1) :]
        yield Attempt(new, gettext("{sign} is missing here.", sign=sign), start.end(1))


def parentheses(text: str, _at: int) -> Iterator[Attempt]:
    """Yield the list that stands between parentheses."""
    found = re.fullmatch(r"(\s*[\w.-]+\s*=\s*)\((.*)\)(\s*)", text, re.DOTALL)
    if found:
        new = f"{found[1]}[{found[2]}]{found[3]}"
        yield Attempt(new, gettext("a list stands between brackets, not parentheses."), found.end(1))


def _ends(text: str, start: int, at: int, depth: int) -> Iterator[int]:
    """Yield where what opened at `start` may have been meant to end: on its own line, before `at`, before a closing."""
    mask = outside(text)
    line = line_at(text, start)
    end = len(mask[: line.end].rstrip().rstrip(","))
    if end > start + 1 and depth > 1:
        yield _after_strings(text, line.start, line.end)
        closing = re.compile(r"\s*[\]}]").search(mask, start + 1)
        if closing:
            yield closing.start()
    before = len(text[:at].rstrip().rstrip(","))
    if before > start and depth > 1:
        yield before


def _after_strings(text: str, start: int, end: int) -> int:
    """Return where what a line holds ends, its last comma and its comment left out."""
    comment = next((one.start() for one in tokens(text[:end]) if one[0][0] == "#" and one.start() >= start), end)
    return len(text[:comment].rstrip().rstrip(",").rstrip())


def _end(text: str) -> int:
    """Return where the content of a statement ends, blank lines and comments left out."""
    end = len(text.rstrip())
    while True:
        line = line_at(text, end)
        if line.start and line.text.lstrip().startswith("#"):
            end = len(text[: line.start].rstrip())
        else:
            return _after_strings(text, line.start, line.end) if "," not in text[end - 1 : end] else end


def trailing(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line without what follows its value, or that made a line or a comment of its own."""
    line = line_at(text, at)
    mask = outside(text[: line.end])
    if at >= line.end or brackets(text[:at])[0] or "=" not in mask[line.start : at]:
        return
    before, rest = line.text[: at - line.start], line.text[at - line.start :]
    pair = re.match(r"[,;]?\s*((?:[\w-]+|\"[^\"]*\")\s*[=:].*)", rest)
    if pair:
        what = gettext("two keys stand on one line: each has its own.")
        yield Attempt(with_line(text, line, f"{before.rstrip()}\n{pair[1]}"), what, at)
    elif re.fullmatch(r"[,;.:]+\s*(#.*)?", rest):
        what = gettext("nothing ends a line: “{sign}” is too much.", sign=rest[0])
        yield Attempt(with_line(text, line, before.rstrip() + rest.lstrip(",;.:")), what, at)
    elif re.match(r"[\w(–—-]", rest) and re.search(r"[\"'\]}]\s*$", before):
        what = gettext("what follows a value is a comment, after #.")
        yield Attempt(with_line(text, line, f"{before.rstrip()}  # {rest}"), what, at)
