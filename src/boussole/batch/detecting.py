"""What a delimited file is written in, found from its beginning: encoding, delimiter, header, line ends."""

from __future__ import annotations

import codecs
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from boussole.batch.feeding import byte_order_mark, spoken, undecodable
from boussole.batch.rows import rows
from boussole.errors import TableError
from boussole.messages import message
from boussole.nearest import suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.batch.rows import Row

SAMPLE = 4 << 20
"""How much of a file is looked at for its encoding: all of it, for most."""
_BEGINNING = 1 << 18  # how much is, for the rest
LOOKED_AT = 20  # rows among which the header is looked for
_JUDGED = 200  # rows that tell which delimiter it is
_DELIMITERS = (";", ",", "\t", "|")
_GUESSED = ("cp1252", "mac-roman", "cp850")
_SIGNS = frozenset("’‘“”«»€–—…°§²³·½¼¾\xa0")
_KNOWN = ("utf-8", "windows-1252", "latin-1", "utf-16", "mac-roman", "cp850")
_WORDS = {"tab": "\t", "\\t": "\t"}


class Dialect(NamedTuple):
    """How a delimited file is written; `skip` is how many bytes of UTF-8 stand before its first row."""

    encoding: str
    bom: bool
    delimiter: str
    newline: str
    header: tuple[str | None, ...]
    header_row: int
    line: int
    skip: int
    row_bytes: int
    first: tuple[Row, ...]


def dialect(
    sample: bytes, *, whole: bool, encoding: str | None, delimiter: str | None, header_row: int | None
) -> Dialect:
    """Return how the file that begins with `sample` is written; what is given is not looked for.

    Raises:
        TableError: when nothing, or no header, is there, or what is given does not fit.

    """
    encoding = found_encoding(sample) if encoding is None else _known_encoding(encoding, sample)
    mark = byte_order_mark(encoding)
    bom = bool(mark) and sample.startswith(mark)
    cut = sample.find(b"\n", _BEGINNING) + 1
    if cut:
        sample, whole = sample[:cut], False
    text = _decoded(sample, encoding, whole=whole)
    if not text.strip("\r\n\t ,;|\0"):
        raise TableError(message("the table is empty."), message("Give a table with a header and rows."))
    if delimiter is not None:
        delimiter = _known_delimiter(delimiter)
    hint = text.split("\n", 1)[0].strip("\r")
    if delimiter is None and hint.startswith("sep=") and len(hint) == len("sep=") + 1:
        delimiter = hint[-1]  # a line by which Excel tells itself the delimiter
        header_row = header_row or 2
    first = _first(text, delimiter or _found_delimiter(text, whole=whole), whole=whole)
    delimiter = first.delimiter
    header = _header(first.rows, header_row)
    following = [row for row in first.rows if row.line > header.line]
    line_feed = text.find("\n")
    return Dialect(
        encoding=encoding,
        bom=bom,
        delimiter=delimiter,
        newline="\r\n"
        if text[line_feed - 1 : line_feed] == "\r"
        else "\n"
        if line_feed >= 0 or "\r" not in text
        else "\r",
        header=tuple(header.cells),
        header_row=header.line,
        line=header.after,
        skip=len(text[: header.end].encode()),
        row_bytes=_row_bytes(text, following),
        first=tuple(following),
    )


class _First(NamedTuple):
    delimiter: str
    rows: list[Row]


def _first(text: str, delimiter: str, *, whole: bool) -> _First:
    found = list(islice(rows(text, delimiter, 1, last=whole), _JUDGED))
    return _First(delimiter, found or list(islice(rows(text, delimiter, 1, last=True), _JUDGED)))


def _row_bytes(text: str, following: Sequence[Row]) -> int:
    """Return how long a row is, about."""
    if not following:
        return 1
    start, end = following[0].end, following[-1].end
    return max(1, len(text[start:end].encode()) // max(1, len(following) - 1))


def found_encoding(sample: bytes) -> str:
    """Return the encoding of a text: by its mark, by being valid UTF-8, else the likeliest of a few."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        if sample.startswith(byte_order_mark(encoding)):
            return encoding
    start = sample[:4096]
    if start.count(0) > len(start) // 4:  # Latin letters in UTF-16: every other byte is 0
        return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
    if sample.isascii():
        return "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError as error:
        if len(sample) - error.start > 4:  # noqa: PLR2004 - less may be a letter that the sample cuts
            return _likeliest(sample)
    return "utf-8"


def _likeliest(sample: bytes) -> str:
    """Return which of the encodings of one byte a letter makes the sample read best as, Windows-1252 on a tie.

    Not charset-normalizer: on a few lines of French it takes Windows-1252 for code page 850.
    """
    lines = [line for line in sample.splitlines() if not line.isascii()]
    accented = b"\n".join(lines[:_JUDGED])
    best = max(_GUESSED, key=lambda encoding: _plausible(accented.decode(encoding, errors="replace")))
    # what Windows-1252 does not define, Latin-1 does, as control characters: every byte then comes back the same
    return "iso8859-1" if best == "cp1252" and any(byte in sample for byte in b"\x81\x8d\x8f\x90\x9d") else best


def _plausible(text: str) -> int:
    """Return how many more letters and signs of European texts stand where they may than do not."""
    return sum(
        1 if here in _SIGNS or here.islower() or (here.isupper() and not before.islower()) else -1
        for before, here in pairwise(f" {text}")
        if not here.isascii()
    )


def _known_encoding(name: str, sample: bytes) -> str:
    try:
        known = codecs.lookup(name)
        "é".encode(known.name, errors="ignore")
        b"".decode(known.name)
    except LookupError as error:
        raise TableError(message("there is no encoding “{word}”.", word=name), suggest(name, _KNOWN)) from error
    if known.name in {"utf-8-sig", "utf-8"}:
        return "utf-8"
    if known.name == "utf-16":
        return "utf-16-be" if sample.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return known.name


def _decoded(sample: bytes, encoding: str, *, whole: bool) -> str:
    raw = sample.removeprefix(byte_order_mark(encoding))
    try:
        return codecs.getincrementaldecoder(encoding)().decode(raw, final=whole)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, errors="replace")
        raise undecodable(encoding, 1 + before.count("\n")) from error


def _known_delimiter(given: str) -> str:
    delimiter = _WORDS.get(given, given)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0':
        raise TableError(
            message("“{word}” cannot be the delimiter.", word=given),
            message("Give one character, or the word tab: --delimiter tab."),
        )
    return delimiter


def _found_delimiter(text: str, *, whole: bool) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells, the header among them."""
    best, delimiter = (0.0, 0), ","
    for candidate in _DELIMITERS:
        if candidate == "," and text.count(", ") == text.count(","):
            continue  # commas of sentences
        found = [row for row in _first(text, candidate, whole=whole).rows if row.cells != [None]]
        counts = Counter(len(row.cells) for row in found)
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1 and len(_header(found, None).cells) == width:
            best, delimiter = max((best, delimiter), ((times / len(found), width), candidate), key=lambda one: one[0])
    return delimiter


def _header(found: Sequence[Row], line: int | None) -> Row:
    """Return the row on `line`, or the first that is no title."""
    if line is None:
        kept = [row for row in found if any(row.cells)]
        return kept[title_rows([row.cells for row in kept])]
    for row in found:
        if row.line == line and any(row.cells):
            return row
    raise TableError(
        message("there is no header on line {line}.", line=line),
        message("Give the line that holds the names of the columns: --header-row 1, for instance."),
    )


def title_rows(found: Sequence[Sequence[str | None]]) -> int:
    """Return how many of the first rows are titles: at most half as many cells filled as rows usually have."""
    filled = [sum(cell is not None and bool(cell.strip()) for cell in cells) for cells in found[:LOOKED_AT]]
    usual = sorted(filled)[len(filled) * 3 // 4]  # titles and rows with gaps set aside
    if usual < 3:  # noqa: PLR2004 - of two columns, one may well have no name
        return 0
    return next(index for index, count in enumerate(filled) if 2 * count > usual)


def said(found: Dialect) -> str:
    """Return the name of the encoding, as it is said."""
    return f"{spoken(found.encoding)}{' BOM' if found.bom and found.encoding == 'utf-8' else ''}"
