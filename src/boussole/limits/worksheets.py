"""How far the sheets of a workbook reach, known before anything holds them: XLSX and ODS looked through in pieces.

A reader of workbooks makes the whole rectangle that the first and the last filled cells span. One stray cell in the
last corner makes 17 thousand million of them, out of 5 kB. What a sheet declares (`dimension`) costs a reader nothing
and is often wrong in honest files, so it is the real last filled cell that counts.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from boussole.i18n import gettext
from boussole.limits.archives import Archive
from boussole.limits.shared_texts import check_shared_texts
from boussole.limits.table import (
    CELLS_IN_SHEET,
    COLUMNS_IN_SHEET,
    ROWS_IN_SHEET,
    TEXT_IN_CELLS,
    TEXTS_IN_WORKBOOK,
    WORKBOOK_UNPACKED,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boussole.errors import BoussoleError

_ODS = "content.xml"
_SPACES = (b" ", b"\t", b"\r", b"\n", b">", b"/")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]+="\w*")*( ?/)?>')
_FAR_CELL = re.compile(rb'<c r="(?![A-Z][0-9]{1,6}")')
"""A cell beyond column Z or row 999,999: a sheet without any is within every limit, whatever else it holds."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_LONGEST_TAG = 1 << 12


class Reach:
    """The last row and the last column that are filled in one sheet, counted from 1; 0 where nothing is."""

    def __init__(self, where: str) -> None:
        """Know nothing yet; `where` names the sheet to people."""
        self._where = where
        self.rows = 0
        self.columns = 0

    def add(self, row: int, column: int) -> None:
        """Note a filled cell.

        Raises:
            LimitError: when the sheet reaches too far with it; it names the cell.

        """
        if row <= self.rows and column <= self.columns:
            return
        self.rows, self.columns = max(row, self.rows), max(column, self.columns)
        where = f"{self._where} › {letters_of(column)}{row}"
        ROWS_IN_SHEET.check(self.rows, where)
        COLUMNS_IN_SHEET.check(self.columns, where)
        CELLS_IN_SHEET.check(self.rows * self.columns, where)


def check_workbook(file: IO[bytes], where: object) -> None:
    """Refuse a workbook, XLSX or ODS, that would take more memory to hold than it is worth; look at every byte once.

    `file` is read from wherever it stands and left anywhere: rewind it before giving it to a reader. About 150 MiB of
    XML a second.

    Raises:
        LimitError: by its entries, by what they hold unpacked, or by the cell that reaches too far.
        BoussoleError: when it is no zip file, is locked, is damaged or holds a document type.

    """
    check_shared_texts(file, where)
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    for name in archive.names:
        part = f"{where} › {name}"
        plain, far = _is_plain(archive.pieces(name), part)
        if far and not (plain and _look_quickly(archive.pieces(name), part)):
            _look_at_xlsx(archive.pieces(name), part)
        if name == _ODS:
            _OdsLooker(part).look(archive.pieces(name))


def _is_plain(pieces: Iterable[bytes], where: str) -> tuple[bool, bool]:
    """Tell whether an entry is written as every known program writes a sheet, and whether some cell of it is far.

    It is looked at whatever its name, since it is the file itself that says which of its entries are sheets, and which
    one holds the texts that they share.
    """
    far, texts = False, 0
    for place, text in enumerate(_whole_tags(pieces)):
        texts += text.count(b"<si")
        TEXTS_IN_WORKBOOK.check(texts, where)
        cells = text.count(b'<c r="')
        odd = text.count(b"<c") != cells and sum(text.count(b"<c" + end) for end in _SPACES) != cells
        prefixed = any(name in text and any(name + end in text for end in _SPACES) for name in (b":c", b":si"))
        if odd or prefixed or text is _TAG_TOO_LONG or (not place and text.startswith(_UTF_16)):
            return False, True
        far = far or _FAR_CELL.search(text) is not None
    return True, far


def _look_quickly(pieces: Iterable[bytes], where: str) -> bool:
    """Look at each cell of an entry that is plain; tell False where a cell of it is not."""
    reach = Reach(where)
    for text in _whole_tags(pieces):
        cells = _PLAIN_CELL.findall(text)
        if len(cells) != text.count(b"<c "):
            return False
        filled = [(letters, digits) for letters, digits, closed in cells if not closed]  # the others are a style
        last = max((int(digits) for _, digits in filled), default=0)
        for letters in {letters for letters, _ in filled}:
            reach.add(last, column_number(letters.decode()))
    return True


_TAG_TOO_LONG = b"<"


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an XML text so cut that none begins inside a tag; `_TAG_TOO_LONG` in place of a huge tag."""
    carried = b""
    for piece in pieces:
        text = carried + piece
        start = text.rfind(b"<")
        if start < 0 or text.find(b">", start) >= 0:
            carried = b""
            yield text
        elif len(text) - start > _LONGEST_TAG:
            yield _TAG_TOO_LONG
            return
        else:
            carried = text[start:]
            yield text[:start]
    yield carried


class _Looker:
    """An XML text looked through by a real parser, which refuses a document type: no office program writes one."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.reach = Reach(where)
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.StartDoctypeDeclHandler = self._refuse_type

    def look(self, pieces: Iterable[bytes]) -> None:
        """Look at the whole text.

        Raises:
            BoussoleError: when it is not XML, or reaches too far.

        """
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)  # noqa: FBT003 - not the last piece
            self._parser.Parse(b"", True)  # noqa: FBT003 - the end
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise self._damaged() from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        raise NotImplementedError

    def whole(self, written: str) -> int:
        """Return a number of an attribute."""
        if not (written.isascii() and written.isdigit() and len(written) < 20):  # noqa: PLR2004 - of 64 bits
            raise self._damaged()
        return int(written)

    def _refuse_type(self, *_: object) -> None:
        raise self._damaged()

    def _damaged(self) -> BoussoleError:
        return refused(self._where, gettext("it is damaged"))


class _XlsxLooker(_Looker):
    """Follows rows and cells, whose place is written, or is the next one."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self._row = self._column = self._texts = 0
        self._open: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "si":
                self._texts += 1
                TEXTS_IN_WORKBOOK.check(self._texts, self._where)
            case "row":
                self._row = self.whole(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._column += 1
                found = re.fullmatch("([A-Za-z]{1,9})([0-9]{1,9})", attributes.get("r", ""))
                if found:
                    self._column, self._row = column_number(found[1].upper()), int(found[2])
                elif "r" in attributes:
                    raise self._damaged()
                self._open = self._row, self._column
            case _ if self._open:  # a cell with nothing in it is a style
                self.reach.add(*self._open)

    def end(self, name: str) -> None:
        if _local(name) == "c":
            self._open = None


class _OdsLooker(_Looker):
    """Follows rows and cells, which stand for as many as they say they are repeated."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self._row = self._column = self._last = 0
        self._repeated = self._cells = 1
        self._letters, self._inside = 0, False
        self._parser.CharacterDataHandler = self._add

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "table":
                self.reach = Reach(f"{self._where} › {attributes.get('table:name', '?')}")
                self._row = 0
            case "table-row":
                self._repeated = self.whole(attributes.get("table:number-rows-repeated", "1"))
                self._column = self._last = 0
            case "table-cell" | "covered-table-cell":
                self._inside = True
                self._cells = self.whole(attributes.get("table:number-columns-repeated", "1"))
                self._column += self._cells
                if "office:value-type" in attributes or "table:formula" in attributes:
                    self._last = self._column
            case _:
                self._last = self._column

    def _add(self, text: str) -> None:
        if self._inside and not text.isspace():  # what stands between cells is layout
            self._letters += len(text) * self._cells * self._repeated

    def end(self, name: str) -> None:
        if _local(name) in {"table-cell", "covered-table-cell"}:
            self._inside = False
        if _local(name) == "table-row":
            self._row += self._repeated
            if self._last:
                self.reach.add(self._row, self._last)
            TEXT_IN_CELLS.check(self._letters, self._where)


def _look_at_xlsx(pieces: Iterator[bytes], where: str) -> None:
    """Look at an entry that may be a sheet, or a picture: what does not begin as XML is none."""
    first = next(pieces, b"")
    if not first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", *_UTF_16)):
        return
    _XlsxLooker(where).look(_chained(first, pieces))


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    """Return the letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
