"""Slips around quotes: other quotes than TOML's, one that is missing, quotes or backslashes inside a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boussole.files.toml.slips.mended import Attempt, basic, line_at, with_line
from boussole.files.toml.slips.scanning import ACROSS, UNENDED, outside, tokens
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = "\"…\" '…'"
_CURLY = "“”„‟«»‹›‘’`´"
_TYPOGRAPHIC = re.compile(
    rf"(?P<before>(?:^|[=\[,{{:]))(?P<space>\s*)(?P<open>[\"'{_CURLY}])"
    rf"(?P<body>[^\"“”„‟«»\n]*?)(?P<close>[\"'{_CURLY}])(?=\s*(?:[,\]}}#=:]|$))"
)
_SPACES = {"\u00a0", "\u202f", "\u2007", "\u2009", "\u3000", "\u2002", "\u2003", "\u200b", "\u2060", "\ufeff", "\u00ad"}
_NO_WIDTH = {"\u200b", "\u2060", "\ufeff", "\u00ad"}
_ESCAPES = re.compile(r"\\(?![btnfre\"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})")


def spaces(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with plain spaces, where others stand outside its texts."""
    line = line_at(text, at)
    mask = outside(text)[line.start : line.end]
    found = [place for place, sign in enumerate(mask) if sign in _SPACES]
    if found:
        kept = list(line.text)
        for place in found:
            kept[place] = "" if kept[place] in _NO_WIDTH else " "
        sign = line.text[found[0]]
        what = (
            gettext("an invisible sign (U+{number}) stands here.", number=f"{ord(sign):04X}")
            if sign in _NO_WIDTH
            else gettext("a space that is no plain space (U+{number}) stands here.", number=f"{ord(sign):04X}")
        )
        yield Attempt(with_line(text, line, "".join(kept)), what, line.start + found[0])


def controls(text: str, at: int) -> Iterator[Attempt]:
    """Yield the text without the control character at `at`."""
    if at < len(text) and text[at] != "\n" and (ord(text[at]) < ord(" ") or text[at] == "\x7f"):
        what = gettext("an invisible sign (U+{number}) stands here.", number=f"{ord(text[at]):04X}")
        yield Attempt(text[:at] + text[at + 1 :], what, at)


def typographic(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with TOML's own quotes around its texts."""
    line = line_at(text, at)
    first: list[int] = []

    def plain(found: re.Match[str]) -> str:
        if not {found["open"], found["close"]} & set(_CURLY):
            return found[0]
        first.append(found.start("open") if found["open"] in _CURLY else found.start("close"))
        return found["before"] + found["space"] + basic(found["body"].strip())

    new = _TYPOGRAPHIC.sub(plain, line.text)
    if first:
        what = gettext("TOML knows only straight quotes: {quotes}.", quotes=_PLAIN)
        yield Attempt(with_line(text, line, new), what, line.start + first[0])
    elif alone := re.match(r"(.*?=\s*)[“”„«‟]\s*([^\"“”„«»\n]*)$", line.text):
        new = alone[1] + basic(alone[2].strip())
        what = gettext("TOML knows only straight quotes, one on each side: {quotes}.", quotes=_PLAIN)
        yield Attempt(with_line(text, line, new), what, line.start + alone.end(1))


def across(text: str, _at: int) -> Iterator[Attempt]:
    """Yield the text over several lines between three quotes."""
    found = ACROSS.search(text)
    if found:
        new = f'{text[: found.start()]}""{found[0]}""{text[found.end() :]}'
        what = gettext("a text over several lines stands between three quotes.")
        yield Attempt(
            new, what, found.start(), remedy=gettext("Write three quotes at each end: {quotes}.", quotes='""" … """')
        )


def unended(text: str, _at: int) -> Iterator[Attempt]:
    """Yield the text of several lines with the three quotes that end it."""
    for token in tokens(text):
        found = UNENDED.fullmatch(token[0])
        if found and (len(token[0]) < len('""""""') or not token[0].endswith(found["quotes"])):
            body = text[: token.end()].rstrip("\n")
            what = gettext("the text that opens here, {quotes}, is never closed.", quotes=found["quotes"])
            yield Attempt(body + found["quotes"] + text[len(body) :], what, token.start())


def backslashes(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with its paths between simple quotes, where a backslash stands for itself."""
    line = line_at(text, at)
    for found in re.finditer(r'"([^"\n]*)"', line.text):
        body = found[1]
        if not _ESCAPES.search(body):
            continue
        meant = basic(body) if "'" in body else f"'{body}'"
        new = line.text[: found.start()] + meant + line.text[found.end() :]
        what = gettext("between double quotes, a backslash announces a special sign.")
        yield Attempt(with_line(text, line, new), what, line.start + found.start() + 1 + body.index("\\"))


def inner(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with the quotes inside a text kept from ending it."""
    line = line_at(text, at)
    ends = r"(?=\s*(?:[,\]}#]|$))"
    for found in re.finditer(rf"(?<=[=\[,{{])\s*('[^=\n]*?'){ends}", line.text):
        body = found[1][1:-1]
        if "'" in body and not re.search(r"'\s*'", body):
            new = line.text[: found.start(1)] + basic(body) + line.text[found.end(1) :]
            what = gettext("this apostrophe ends the text.")
            yield Attempt(with_line(text, line, new), what, line.start + found.start(1) + 1 + body.index("'"))
    for found in re.finditer(rf'(?<=[=\[,{{])\s*("[^=\n]*?"){ends}', line.text):
        body = found[1][1:-1]
        if re.search(r'(?<!\\)"', body) and not re.search(r'"[\s,;|]*"', body):
            meant = '"' + re.sub(r'(?<!\\)"', r"\"", body) + '"'
            new = line.text[: found.start(1)] + meant + line.text[found.end(1) :]
            what = gettext("the quotes inside this text end it: write {quotes}.", quotes='\\"…\\"')
            yield Attempt(with_line(text, line, new), what, line.start + found.start(1) + 1 + body.index('"'))


def unclosed(text: str, at: int) -> Iterator[Attempt]:
    """Yield the line with the quote that is missing, at each place where it may have been meant."""
    line = line_at(text, at)
    for quote in "\"'":
        if len(re.findall(rf"(?<!\\){quote}", line.text)) % 2 == 0:
            continue
        places = re.finditer(r"(?=\s*,\s*(?:[\w-]+\s*=|[\"'{]))|(?=\s*[}\]]+\s*(?:,|$))|(?=\s*$)", line.text)
        for place in dict.fromkeys(found.start() for found in places):
            opening = line.text.rfind(quote, 0, place)
            if opening < 0:
                continue
            new = line.text[:place] + quote + line.text[place:]
            what = gettext("the quote that opens this text is never closed.")
            yield Attempt(with_line(text, line, new), what, line.start + opening)
        for start in re.finditer(r"(?<=[=\[,{])\s*(?=[^\s\"'\[{])", line.text):
            new = line.text[: start.end()] + quote + line.text[start.end() :]
            what = gettext("the quote that opens this text is missing.")
            yield Attempt(with_line(text, line, new), what, line.start + start.end())
