"""What a delimited file is written in, found from its beginning: encoding, delimiter, header, line ends."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from boussole.errors import TableError
from boussole.fuzzy import suggest
from boussole.i18n import gettext
from boussole.tables.delimited.careful_reading import QUOTE, rows
from boussole.tables.delimited.transcoding import MARKS, byte_order_mark, encoding_name, undecodable
from boussole.tables.problems import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.tables.delimited.careful_reading import Row

SAMPLE = 4 << 20
"""How much of a file is looked at for its encoding: all of it, for most."""
_BEGINNING = 1 << 18  # how much is, for the rest
LOOKED_AT = 20  # rows among which the header is looked for
_JUDGED = 200  # rows that tell which delimiter it is
_DELIMITERS = (";", ",", "\t", "|")
_GUESSED = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_SIGNS = frozenset("’‘“”«»€–—…°§²³·\xa0")
_FRACTIONS = frozenset("¼½¾")
_OF_LATIN_9 = re.compile(rb"[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]")  # bytes that are other letters than in Windows-1252
_KNOWN = ("utf-8", "windows-1252", "latin-1", "latin-9", "utf-16", "mac-roman", "cp850")
_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_WORDS = {"tab": "\t", "\\t": "\t"}


class Dialect(NamedTuple):
    """How a delimited file is written.

    `skip` is how many bytes of UTF-8 stand before its first row, which is on `line`; `first` are the first rows below
    the header that are not blank; `quoted` says that all cells stand between quotes.
    """

    encoding: str
    bom: bool
    delimiter: str
    newline: str
    quoted: bool
    header: tuple[str | None, ...]
    header_row: int
    line: int
    skip: int
    row_bytes: int
    has_rows: bool
    first: tuple[Row, ...]


def sniff(
    sample: bytes, *, whole: bool, encoding: str | None, delimiter: str | None, header_row: int | None
) -> Dialect:
    """Return how the file that begins with `sample` is written; what is given is not looked for.

    Raises:
        TableError: when nothing, or no header, is there, or what is given does not fit.

    """
    encoding = found_encoding(sample, whole=whole) if encoding is None else _known_encoding(encoding, sample)
    mark = byte_order_mark(encoding)
    bom = bool(mark) and sample.startswith(mark)
    cut = sample.find(b"\n", _BEGINNING) + 1
    if cut:
        sample, whole = sample[:cut], False
    text = _decoded(sample, encoding, whole=whole)
    if not text.strip('\r\n\t ,;|\0"'):
        raise _empty()
    if delimiter is not None:
        delimiter = _known_delimiter(delimiter)
    start, hint = 1, text.split("\n", 1)[0].strip("\r")
    if delimiter is None and hint.startswith("sep=") and _possible(hint[4:]):
        delimiter, start = hint[4:], 2  # a line by which Excel tells itself the delimiter
    look = _Sample(text, whole, header_row or start)
    if delimiter is None:
        delimiter = _found_delimiter(look)
    found = look.rows(delimiter)
    header = _header(found, header_row)
    _refuse_spoilt(header)
    following = tuple(row for row in found if row.line > header.line)
    return Dialect(
        encoding=encoding,
        bom=bom,
        delimiter=delimiter,
        newline=_newline(text, header),
        quoted=all(_is_quoted(row, text, delimiter) for row in (header, *following)),
        header=(*header.cells, *[None] * _one_more(header, following)),
        header_row=header.line,
        line=header.after,
        skip=len(text[: header.end].encode()),
        row_bytes=_row_bytes(text, following),
        has_rows=bool(text[header.end :].strip("\r\n")),
        first=following,
    )


class _Sample(NamedTuple):
    """The beginning of a text, of which rows count from the line `start`."""

    text: str
    whole: bool
    start: int

    def rows(self, delimiter: str) -> list[Row]:
        """Return the first rows that are not blank."""
        return self._rows(delimiter, last=self.whole) or self._rows(delimiter, last=True)

    def _rows(self, delimiter: str, *, last: bool) -> list[Row]:
        found = rows(self.text, delimiter, 1, last=last)
        return list(islice((row for row in found if row.line >= self.start and any(row.cells)), _JUDGED))


def _newline(text: str, header: Row) -> str:
    """Return what ends the header, or else another line."""
    end = text[max(0, header.end - 2) : header.end]
    return next((one for one in ("\r\n", "\n") if end.endswith(one)), "") or next(
        (one for one in ("\r\n", "\n", "\r") if one in text), "\n"
    )


def _is_quoted(row: Row, text: str, delimiter: str) -> bool:
    """Tell whether each cell of a row stands between quotes."""
    form = delimiter.join(
        "" if cell is None else f"{QUOTE}{cell.replace(QUOTE, QUOTE * 2)}{QUOTE}" for cell in row.cells
    )
    return None not in row.cells and any(text.endswith(form + end, 0, row.end) for end in ("\n", "\r\n", "\r", ""))


def _row_bytes(text: str, following: Sequence[Row]) -> int:
    """Return how long a row is, about."""
    if not following:
        return 1
    start, end = following[0].end, following[-1].end
    return max(1, len(text[start:end].encode()) // max(1, len(following) - 1))


def found_encoding(sample: bytes, *, whole: bool) -> str:
    """Return the encoding of a text: by its mark, by its zeros, as UTF-8 if most of it is, else the likeliest."""
    for encoding, mark in MARKS.items():
        if sample.startswith(mark):
            return encoding
    if b"\0" in sample[:4096]:
        best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _wide(sample[:4096], encoding))
        if _wide(sample[:4096], best):
            return best
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        text = sample.decode("utf-8", errors="replace")
        bad = text.count("\ufffd")
        if bad >= sum(not character.isascii() for character in text) - bad:
            return _likeliest(sample)
    return "utf-8"  # where a few bytes are not, the line that has them is an error: another encoding would spoil all


def _wide(start: bytes, encoding: str) -> int:
    """Return how many ASCII characters a text has in UTF-16; 0 where it is none, by its zeros and line feeds."""
    text = start[: len(start) // 2 * 2].decode(encoding, errors="ignore")
    if "\0" in text or 2 * text.count("\n") < start.count(b"\n"):
        return 0
    return sum(character.isascii() for character in text)


def _likeliest(sample: bytes) -> str:
    """Return which of the encodings of one byte a letter makes the sample read best as, Windows-1252 on a tie.

    Not charset-normalizer: on a few lines of French it takes Windows-1252 for code page 850.
    """
    lines = [line for line in sample.splitlines() if not line.isascii()]
    telling = [line for line in lines[_JUDGED:] if _OF_LATIN_9.search(line)]  # œ and € may come late, and few
    accented = b"\n".join(lines[:_JUDGED] + telling[:_JUDGED])
    return max(_GUESSED, key=lambda encoding: _plausible(accented.decode(encoding, errors="replace")))


def _plausible(text: str) -> int:
    """Return how many more letters and signs of European texts stand where they may than do not."""
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return sum(1 if _may_stand(*three) else -1 for three in around if not three[1].isascii())


def _may_stand(before: str, here: str, after: str) -> bool:
    if here in _FRACTIONS:
        return not (before.isalpha() or after.isalpha())
    return here in _SIGNS or here.islower() or (here.isupper() and not before.islower())


def _known_encoding(name: str, sample: bytes) -> str:
    try:
        known = codecs.lookup(name).name
        "a".encode(known)
    except (LookupError, ValueError):  # ValueError: no text at all
        known = "undefined"
    if known in _NO_TEXT:
        raise TableError(gettext("there is no encoding “{word}”.", word=name), suggest(name, _KNOWN))
    marked = next((encoding for encoding, mark in MARKS.items() if sample.startswith(mark)), None)
    family = {"utf-8-sig": "utf-8"}.get(known, known)
    if marked is not None and not marked.startswith(family):
        raise TableError(
            gettext(
                "the file begins with the mark of {found}: it is not in {word}.", found=encoding_name(marked), word=name
            ),
            gettext("Leave out --encoding."),
        )
    return (marked or f"{family}-le") if family in {"utf-16", "utf-32"} else family


def _decoded(sample: bytes, encoding: str, *, whole: bool) -> str:
    raw = sample.removeprefix(byte_order_mark(encoding))
    try:
        return codecs.getincrementaldecoder(encoding)().decode(raw, final=whole)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, errors="replace")
        raise undecodable(encoding, 1 + before.count("\n")) from error


def _known_delimiter(given: str) -> str:
    delimiter = _WORDS.get(given, given)
    if not _possible(delimiter):
        raise TableError(
            gettext("“{word}” cannot be the delimiter.", word=given),
            gettext("Give one character, or the word tab: --delimiter tab."),
        )
    return delimiter


def _possible(delimiter: str) -> bool:
    return len(delimiter) == 1 and delimiter.isascii() and delimiter not in '"\r\n\0'


def _found_delimiter(look: _Sample) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells, the header among them.

    Where none cuts them, there is a single column: its delimiter is one that does not stand in its sentences.
    """
    sentences = "," in look.text and look.text.count(", ") == look.text.count(",")
    best, delimiter = (0.0, 0), next((one for one in ";|" if sentences and one not in look.text), ",")
    for candidate in _DELIMITERS:
        if candidate == "," and sentences:
            continue
        found = look.rows(candidate)
        counts = Counter(len(row.cells) for row in found)
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        header = _header(found, None) if width > 1 else None
        if header is not None and width in {len(header.cells), len(header.cells) + _one_more(header, found)}:
            best, delimiter = max((best, delimiter), ((times / len(found), width), candidate), key=lambda one: one[0])
    return delimiter


def _one_more(header: Row, found: Sequence[Row]) -> bool:
    """Tell whether each row below the header has one cell more, an empty one: a program ends its rows by a sign."""
    below = [row.cells for row in found if row.line > header.line and len(row.cells) > 1]
    width = len(header.cells) + 1
    return width > 2 and bool(below) and all(len(cells) == width and cells[-1] is None for cells in below)  # noqa: PLR2004


def _header(found: Sequence[Row], line: int | None) -> Row:
    """Return the row on `line`, or the first that is no title."""
    if not found and line is None:
        raise _empty()
    header = found[title_rows([row.cells for row in found])] if line is None else found[0] if found else None
    if header is None or (line is not None and header.line != line):
        raise TableError(
            gettext("there is no header on line {line}.", line=line),
            gettext("Give the line that holds the names of the columns: --header-row 1, for instance."),
        )
    return header


def _empty() -> TableError:
    return TableError(gettext("the table is empty."), gettext("Give a table with a header and rows."))


def _refuse_spoilt(header: Row) -> None:
    if header.problem is not None:
        raise TableError(
            gettext("the header, on line {line}: {problem}", line=header.line, problem=told(header.problem, 0)),
            gettext("Mend this line, or name another: --header-row."),
        )


def title_rows(found: Sequence[Sequence[str | None]]) -> int:
    """Return how many of the first rows are titles: at most half as many cells filled as rows usually have."""
    filled = [sum(cell is not None and bool(cell.strip()) for cell in cells) for cells in found[:LOOKED_AT]]
    usual = sorted(filled)[len(filled) * 3 // 4]  # titles and rows with gaps set aside
    if usual < 3:  # noqa: PLR2004 - of two columns, one may well have no name
        return 0
    return next(index for index, count in enumerate(filled) if 2 * count > usual)


def encoding_label(found: Dialect) -> str:
    """Return the name of the encoding, as it is said."""
    return f"{encoding_name(found.encoding)}{' BOM' if found.bom and found.encoding == 'utf-8' else ''}"
