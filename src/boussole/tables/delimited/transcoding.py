"""The bytes of a delimited file as UTF-8, piece by piece, each ending where a line does."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING, BinaryIO

from boussole.errors import TableError
from boussole.i18n import either, gettext
from boussole.tables.sources.stream import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UTF_8 = "utf-8"
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-32-le": codecs.BOM_UTF32_LE,  # before UTF-16, whose mark it begins with
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
"""The byte order marks of encodings."""
WINDOW = 1 << 16
LONGEST_ROW = 32 << 20
"""A line or a cell beyond this is taken for a mistake: what is held in memory has a limit."""


def utf8_chunks(path: Path | None, taken: bytes, encoding: str, skip: int, size: int) -> Iterator[bytes]:
    """Yield the text of a file in UTF-8, without what it opens with: `skip` bytes of UTF-8, then pieces of `size`.

    `taken` is what was already read where `path` is None, the standard input. Bytes are checked to be `encoding`
    where it is another than UTF-8; what is said to be UTF-8 is checked by who reads it.
    """
    with open_source(path) as file:
        if encoding == UTF_8 and path is not None:
            mark = codecs.BOM_UTF8
            file.seek(skip + (len(mark) if file.read(len(mark)) == mark else 0))
            yield from _lines_of_file(file, size)
        else:
            yield from _lines(_after(_utf8(file, taken, encoding, size), skip), size)


def _lines_of_file(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield pieces read in one go, the end being looked for first: nothing is copied."""
    whole = os.fstat(file.fileno()).st_size
    start = file.tell()
    while start < whole:
        end = min(start + size, whole)
        while end < whole:
            file.seek(end)
            window = file.read(WINDOW)
            found = window.find(b"\n")
            if found >= 0 or not window:
                end += found + 1
                break
            end += len(window)
            _check_length(end - start - size)
        file.seek(start)
        piece = file.read(end - start)
        if not piece:  # the file became shorter
            return
        yield piece
        start = end


def _lines(stream: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield the pieces of a stream, cut after their last line feed."""
    rest: list[bytes] = []
    held = 0
    for piece in stream:
        end = piece.rfind(b"\n") + 1
        if end and held + end >= size:
            yield b"".join([*rest, piece[:end]])
            rest, held = [piece[end:]], len(piece) - end
        else:
            rest.append(piece)
            held += len(piece)
            if not end:
                _check_length(held - size)
    if held:
        yield b"".join(rest)


def _check_length(length: int) -> None:
    if length > LONGEST_ROW:
        raise TableError(
            gettext("a line is longer than {count} MiB: this is not a table of text.", count=LONGEST_ROW >> 20),
            gettext("Save it as CSV again, with a line per row."),
        )


def _after(stream: Iterator[bytes], skip: int) -> Iterator[bytes]:
    for piece in stream:
        yield piece[skip:]
        skip = max(0, skip - len(piece))


def _utf8(file: BinaryIO, taken: bytes, encoding: str, size: int) -> Iterator[bytes]:
    """Yield the text in UTF-8, without its byte order mark."""
    mark = byte_order_mark(encoding)
    raw = taken or file.read(size)
    raw = raw.removeprefix(mark)
    if encoding == UTF_8:
        while raw:
            yield raw
            raw = file.read(size)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        held = decoder.getstate()[0]
        try:
            text = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            before = (held + raw)[: error.start].decode(encoding, errors="replace")
            raise undecodable(encoding, line + before.count("\n")) from error
        if text:
            line += text.count("\n")
            yield text.encode()
        if not raw:
            return
        raw = file.read(size)


def byte_order_mark(encoding: str) -> bytes:
    """Return the byte order mark of an encoding; most have none."""
    return MARKS.get(encoding, b"")


def undecodable(encoding: str, line: int) -> TableError:
    """Return the error of a line whose bytes are not text in `encoding`."""
    others = {UTF_8: ["windows-1252"], "cp1252": ["latin-9", "mac-roman", "cp850", "latin-1"]}.get(encoding, [UTF_8])
    return TableError(
        gettext("line {line} is not text in {encoding}.", line=line, encoding=encoding_name(encoding)),
        gettext("Mend the line, or name the encoding of the file: --encoding {words}.", words=either(others)),
    )


def encoding_name(encoding: str) -> str:
    """Return the name that people know an encoding by."""
    names = {
        "utf-8": "UTF-8",
        "cp1252": "Windows-1252",
        "iso8859-1": "ISO-8859-1 (Latin-1)",
        "iso8859-15": "ISO-8859-15 (Latin-9)",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16",
        "utf-32-le": "UTF-32",
        "utf-32-be": "UTF-32",
        "mac-roman": "Mac Roman",
    }
    return names.get(encoding, encoding)
