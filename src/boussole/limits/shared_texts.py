"""How much text the cells of an XLSX workbook hold together: one that they share is written once, and held for each."""

from __future__ import annotations

import re
from array import array
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from boussole.i18n import gettext
from boussole.limits.archives import Archive
from boussole.limits.table import TEXT_IN_CELLS, WORKBOOK_UNPACKED, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHARES = re.compile(rb"""t=["']s["']""")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>/]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_CARRIED = 4
"""One byte less than what tells that a cell shares a text: none is counted twice."""
_MOST_DIGITS = 10


def check_shared_texts(file: IO[bytes], where: object) -> None:
    """Refuse a workbook whose cells hold more text than it is worth; `file` is left anywhere.

    Its longest text and its cells are looked for first: in nearly every workbook, all cells might share that one. Each
    look has the limit of what is unpacked for itself.

    Raises:
        LimitError: by what it holds unpacked, or when the texts of all its cells have too many letters together.
        BoussoleError: when it is no zip file, is locked or damaged.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    could = {name: _at_most(archive, name) for name in archive.names}
    longest = max((length for length, _ in could.values()), default=0)
    if longest * sum(cells for _, cells in could.values()) <= TEXT_IN_CELLS.most:
        return
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    texts = _Texts()
    for name in (name for name, (length, _) in could.items() if length):
        _read(archive.pieces(name), f"{where} › {name}", texts)
    cells = _Cells(texts.lengths, where)
    for name in (name for name, (_, shared) in could.items() if shared):
        _read(archive.pieces(name), f"{where} › {name}", cells)


def _at_most(archive: Archive, name: str) -> tuple[int, int]:
    """Return how long the longest shared text of an entry can be, in bytes, and how many of its cells may share one."""
    longest = cells = size = 0
    last: int | None = None
    carried = b""
    for piece in archive.pieces(name):
        if not size and piece.startswith(_UTF_16):  # each byte might begin a cell, all together one text
            whole = sum(map(len, archive.pieces(name)))
            return whole, whole
        text, before = carried + piece, size - len(carried)
        cells += len(_SHARES.findall(text))
        for found in _TEXT.finditer(text):
            longest = max(longest, before + found.start() - (before + found.start() if last is None else last))
            last = before + found.start()
        size += len(piece)
        carried = text[-_CARRIED:]
    return (0 if last is None else max(longest, size - last, 1)), cells


def _read(pieces: Iterable[bytes], where: str, reader: _Texts | _Cells) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - not the last piece
        parser.Parse(b"", True)  # noqa: FBT003 - the end
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refused(where, gettext("it is damaged")) from error


class _Texts:
    """The length of each shared text, in letters, in their order."""

    def __init__(self) -> None:
        self.lengths = array("Q")
        self._open = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)
            self._open = True

    def end(self, name: str) -> None:
        if _local(name) == "si":
            self._open = False

    def text(self, text: str) -> None:
        if self._open:
            self.lengths[-1] += len(text)


class _Cells:
    """The letters of all cells that share a text."""

    def __init__(self, lengths: array[int], where: object) -> None:
        self._lengths = lengths
        self._where = where
        self._letters = 0
        self._shares = False
        self._number = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "c":
            self._shares = attributes.get("t") == "s"
            self._number = ""

    def end(self, name: str) -> None:
        if _local(name) != "c" or not self._shares:
            return
        self._shares = False
        number = self._number.strip()
        if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and int(number) < len(self._lengths):
            self._letters += self._lengths[int(number)]
            TEXT_IN_CELLS.check(self._letters, self._where)

    def text(self, text: str) -> None:
        if self._shares:
            self._number += text[:_MOST_DIGITS]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
