"""Where the answers stand in a path exported as Markdown or HTML, after mail clients, editors and people had it.

Everything here is linear in the text, whoever wrote it: Python's own HTML parser is not (1 MiB of `<!` takes it half a
minute), so tags are only told from text, which is all that is needed inside one element.
"""

from __future__ import annotations

import re
from html import unescape

from boussole.files.answers.saved import HTML_ID

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that show nothing, which programs put into long words."""
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")
_START = re.compile(r"^(?:# checksum answers=|format\s*=\s*1\b)")
_COMPASS = re.compile(r"^compass\s*=")
_HEAD = 12
"""Lines before the answers of an answers file."""
_PRE = re.compile(r"(?i)<pre\b([^<>]{0,1000})>")
_ID = re.compile(rf"""(?i)\bid\s{{0,9}}=\s{{0,9}}["']?{HTML_ID}\b""")
_PRE_END = re.compile(r"(?i)</pre\b")
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


def in_markdown(text: str) -> str | None:
    """Return the last answers block of a text, kept on its own lines so that problems point at it; None without one.

    The block may be quoted (`> `), indented, in another fence than boussole's, or have lost its fence.
    """
    lines = [_bare(line) for line in text.split("\n")]
    fences = [(place, found) for place, line in enumerate(lines) if (found := _FENCE.match(line))]
    starts = [place for place, found in fences if HTML_ID in found[2].lower()]
    if not starts:  # the fence lost its word, or is gone: the block is known by how it begins
        starts = [place - 1 for place, line in enumerate(lines) if _is_start(lines, place, line)]
    if not starts:
        return None
    start = starts[-1] + 1
    end = next((place for place, _ in fences if place >= start), len(lines))
    return "\n" * start + "\n".join(lines[start:end]) + "\n"


def _is_start(lines: list[str], place: int, line: str) -> bool:
    """Tell whether an answers file begins at a line: its checksum, or its format; and its compass comes soon."""
    if not _START.match(line) or (place and _START.match(lines[place - 1])):
        return False
    return any(_COMPASS.match(one) for one in lines[place : place + _HEAD])


def _bare(line: str) -> str:
    """Return a line without what mail and editors put around it."""
    line = line.strip(f" \t\r\u00a0{INVISIBLE}")
    return _QUOTED.sub("", line).strip(f" \t\u00a0{INVISIBLE}") if line.startswith(">") else line


def in_html(page: str) -> str | None:
    """Return the answers that the last such element of a page holds, kept on their lines; None without one."""
    found = [one for one in _PRE.finditer(page) if _ID.search(one[1])]
    if not found:
        return None
    start = found[-1].end()
    end = _PRE_END.search(page, start)
    held = page[start : end.start() if end else len(page)]
    return "\n" * page.count("\n", 0, start) + _shown(held)


def shown_text(page: str) -> str:
    """Return what a page shows, near enough to find a code in it."""
    return _shown(page)


def _shown(part: str) -> str:
    text = _TAG.sub("", _BREAK.sub("\n", part))
    try:
        return unescape(text)
    except ValueError:  # a character by a number of thousands of digits
        return text
