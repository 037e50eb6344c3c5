"""What only TOML 1.1 reads: boussole does, and the editors of many authors do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from boussole.files.toml.slips.scanning import outside, tokens
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.i18n import Message

_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:e|x[0-9A-Fa-f]{2})")
_TIME = re.compile(r"(?<![\d:.-])(?:\d{4}-\d\d-\d\d[ Tt])?\d\d:\d\d(?![\d:])")
_BEFORE = 200


class Newer(NamedTuple):
    """One thing that TOML 1.0 does not read, and what it reads instead; `at` is an offset in the text."""

    at: int
    what: Message
    remedy: Message


def newer(text: str) -> Iterator[Newer]:
    """Yield what only TOML 1.1 reads in a text, which is TOML, in its order by kind."""
    opened: list[tuple[str, int, bool]] = []
    for token in tokens(text):
        sign, start = token[0], token.start()
        if sign in {"[", "{"}:
            opened.append((sign, start, False))
        elif sign in {"]", "}"}:
            if sign == "}" and text[max(0, start - _BEFORE) : start].rstrip().endswith(","):
                what = gettext("a comma before a closing brace is of TOML 1.1, which many editors do not read.")
                yield Newer(start, what, gettext("Take the last comma out."))
            opened = opened[:-1]
        elif sign == "\n" and opened and opened[-1][0] == "{" and not opened[-1][2]:
            at = opened[-1][1]
            opened[-1] = ("{", at, True)
            what = gettext("a table between braces on several lines is of TOML 1.1, which many editors do not read.")
            yield Newer(at, what, gettext("Write it on one line, or under a header."))
        elif sign[0] == '"' and (escape := _ESCAPE.search(sign)):
            what = gettext("{sign} is of TOML 1.1, which many editors do not read.", sign=escape[0][-2:])
            yield Newer(start, what, gettext("Write {escape} and four digits.", escape="\\u"))
    for time in _TIME.finditer(outside(text)):
        what = gettext("a time without seconds is of TOML 1.1, which many editors do not read.")
        yield Newer(time.start(), what, gettext("Write: {line}", line=f"{time[0]}:00"))
