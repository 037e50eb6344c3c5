"""What the reader of workbooks leaves out of a sheet: errors such as #N/A, and formulas that nobody computed."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE = 1 << 20
_CELL = re.compile(rb"<c\s([^>]*[^>/])>(.*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')


class Unsaid(NamedTuple):
    """Errors by row, counted from 1, and column, from 0; and how many formulas have no value."""

    errors: dict[tuple[int, int], str]
    uncomputed: int


def unsaid(path: Path, index: int) -> Unsaid:
    """Look through the sheet that is the `index`th of a workbook, from 0; what is made otherwise has nothing to say."""
    found = Unsaid({}, 0)
    try:
        with zipfile.ZipFile(path) as parts:
            for attributes, inner in _cells(parts, _part(parts, index)):
                value, place = _VALUE.search(inner), _PLACE.search(attributes)
                if b't="e"' in attributes and value and place:
                    found.errors[int(place[2]), _column(place[1])] = unescape(value[1].decode())
                elif value is None and b"<f" in inner and b't="str"' not in attributes:
                    found = found._replace(uncomputed=found.uncomputed + 1)
    except (KeyError, IndexError, UnicodeError, zipfile.BadZipFile):
        return Unsaid({}, 0)
    return found


def _part(parts: zipfile.ZipFile, index: int) -> str:
    """Return where a sheet stands in the archive: the workbook names its sheets, and another part where they are."""
    sheets = re.findall(rb'<(?:\w+:)?sheet\s[^>]*?:id="([^"]+)"', parts.read("xl/workbook.xml"))
    named = {
        found[1]: target[1].decode()
        for one in re.findall(rb"<Relationship\s[^>]*>", parts.read("xl/_rels/workbook.xml.rels"))
        if (found := re.search(rb'\bId="([^"]+)"', one)) and (target := re.search(rb'\bTarget="([^"]+)"', one))
    }
    where = named[sheets[index]]
    return where[1:] if where.startswith("/") else f"xl/{where}"


def _cells(parts: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the attributes and the content of the cells that may hold an error or a formula."""
    rest = b""
    with parts.open(name) as part:
        while piece := part.read(_PIECE):
            rest += piece
            end = rest.rfind(b"</c>") + 4
            if b"<f" in rest or b't="e"' in rest:
                for found in _CELL.finditer(rest, 0, end):
                    yield found[1], found[2]
            rest = rest[end:] if end > 3 else rest  # noqa: PLR2004 - 3: no cell ends here


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
