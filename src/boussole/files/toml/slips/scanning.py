"""A TOML text cut into statements (a header, a key with its value) whatever is wrong inside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN_LINE = r"(?![ \t]*(?:[\w-]+[ \t]*=|[\[\]{}#\n]))[^\"\n]*"
ACROSS = re.compile(rf'(?<!")"(?!")(?:[^"\\\n]|\\.)*\n(?:{_PLAIN_LINE}\n){{0,9}}{_PLAIN_LINE}"')
"""A text between two quotes that goes on over lines none of which is anything else."""
UNENDED = re.compile(r"(?P<quotes>\"\"\"|''')(?:(?!\n(?:\[|[\w-]+[ \t]*=))[\s\S])*")
"""A text of several lines that is never closed: it is taken to end before the next key or header at the margin."""
_TOKEN = re.compile(
    r'"""(?:[^"\\\n]|\\[\s\S]|"(?!"")|\n(?![\w-]+[ \t]*=[ \t]*"""))*"{3,5}'
    r"|'''(?:[^'\n]|'(?!'')|\n(?![\w-]+[ \t]*=[ \t]*'''))*'{3,5}"
    rf"|{UNENDED.pattern}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    rf"|{ACROSS.pattern}"
    r"|#[^\n]*"
    r"|[\[\]{}\n]"
)
"""What decides where a statement ends; a quote that is never closed is no token, and its line goes on as it is."""
_HEADER = re.compile(r"""[ \t]*\[\[?[ \t]*(?!true|false)[^\W\d][^\]\n,="'{]*\]{1,2}[ \t]*(?:#.*)?$""", re.MULTILINE)
_KEY = re.compile(r"[ \t]*[\w-]+(?:\.[\w-]+)*[ \t]*=")
_KEY_AT_MARGIN = re.compile(r"[\w-]+(?:\.[\w-]+)*[ \t]*=")


class Statement(NamedTuple):
    """A piece of a text that stands by itself: its content, and the line it starts on, from 1."""

    text: str
    line: int


class Bracket(NamedTuple):
    """A bracket or a brace, and where it stands in its text."""

    sign: str
    at: int


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text; joined, they are the text again."""
    start, line = 0, 1
    depth: list[str] = []
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in {"[", "{"}:
            depth.append(sign)
        elif sign in {"]", "}"}:
            depth = depth[:-1]
        elif sign == "\n":
            end = token.end()
            if not depth or _starts_anew(text, end, depth[-1]):
                yield Statement(text[start:end], line)
                line += text.count("\n", start, end)
                start, depth = end, []
    if start < len(text):
        yield Statement(text[start:], line)


def brackets(text: str) -> tuple[list[Bracket], list[Bracket]]:
    """Return the brackets of a statement that are never closed, and those that close none or one of the other sort."""
    opened: list[Bracket] = []
    odd: list[Bracket] = []
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in {"[", "{"}:
            opened.append(Bracket(sign, token.start()))
        elif sign in {"]", "}"}:
            if opened and (opened[-1].sign == "[") == (sign == "]"):
                opened.pop()
            else:
                odd.append(Bracket(sign, token.start()))
    return opened, odd


def outside(text: str) -> str:
    """Return a text of the same length where strings and comments are blank: what is left is TOML's own."""
    return _TOKEN.sub(lambda found: " " * len(found[0]) if found[0][0] in "\"'#" else found[0], text)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the strings, comments, brackets and ends of line of a text, in order."""
    return _TOKEN.finditer(text)


def _starts_anew(text: str, at: int, inside: str) -> bool:
    """Tell whether what stands at the start of a line, inside a bracket, can only be another statement."""
    if _HEADER.match(text, at):
        return True
    if inside == "[":
        return _KEY.match(text, at) is not None
    before = text[:at].rstrip()[-1:]
    return before not in {",", "{"} and _KEY_AT_MARGIN.match(text, at) is not None
