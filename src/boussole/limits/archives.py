"""Packed files opened within limits: zip (so DOCX, XLSX, ODS) and streams (gzip, zstd), never trusting what they say.

What a packed file declares of itself is checked first, because it is cheap; what really comes out is counted then.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from itertools import islice
from typing import IO, TYPE_CHECKING, Protocol

from boussole.i18n import gettext
from boussole.limits.table import (
    DIRECTORY_BYTES,
    ENTRIES,
    STREAM_RATIO,
    STREAM_RATIO_FROM,
    STREAM_UNPACKED,
    Limit,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.errors import BoussoleError

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_MANIFEST, _ENCRYPTION = "META-INF/manifest.xml", b":encryption-data"
"""Where an OpenDocument file says that its other entries are locked, each by itself."""
_PACKED_AND_LOCKED = "encrypted-package"
"""What LibreOffice, from 24.2 on, packs a document in that a password locks."""
_LOCAL = struct.Struct("<4s22xHH")
"""Of the header before an entry: its mark, and the lengths of the name and of the extra field."""
_PIECE = 1 << 18


class Archive:
    """A zip file opened to read, of which every entry was checked: how many, how packed, how large unpacked."""

    def __init__(self, file: IO[bytes], where: object, limit: Limit) -> None:
        """Look at the table of contents of `file`, which `where` names to people; `limit` is of all entries together.

        Raises:
            LimitError: over ENTRIES, DIRECTORY_BYTES, or over `limit` by what the entries declare.
            BoussoleError: when it is no zip file, is locked, or is packed otherwise than by deflate.

        """
        self._file = file
        self._where = where
        self._limit = limit
        self._spent = 0
        directory = _Directory(file, where)
        try:
            entries = zipfile.ZipFile(directory).infolist()
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, struct.error) as error:
            raise self._damaged() from error
        ENTRIES.check(len(entries), where)
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED or entry.filename == _PACKED_AND_LOCKED:
                raise self._locked()
            if entry.compress_type not in _METHODS:
                raise refused(where, gettext("it is packed in a way that no office program uses"))
        limit.check(sum(entry.file_size for entry in entries), where)
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) < len(entries):  # who reads the file next may take the other one
            raise self._damaged()
        if any(_ENCRYPTION in piece for piece in islice(self.pieces(_MANIFEST), 1)):
            raise self._locked()

    @property
    def names(self) -> list[str]:
        """Return the names of the entries, in the order of the table of contents."""
        return list(self._entries)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield what the entry `name` holds, in pieces of at most 256 KiB, or nothing where there is no such entry.

        What comes out of all entries read counts towards the limit, whatever they declare.

        Raises:
            LimitError: once more comes out than the limit.
            BoussoleError: when the entry is damaged, or holds more or less than it declares.

        """
        entry = self._entries.get(name)
        if entry is None:
            return
        size = checksum = 0
        for piece in self._inflated(entry):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            self._spent += len(piece)
            self._limit.check(self._spent, self._where)
            if size > entry.file_size:
                raise self._damaged()
            yield piece
        if size != entry.file_size or checksum != entry.CRC:
            raise self._damaged()

    def read(self, name: str) -> bytes | None:
        """Return the whole of an entry, None where there is no such entry; see `pieces`."""
        return b"".join(self.pieces(name)) if name in self._entries else None

    def check_all(self) -> None:
        """Unpack every entry once and keep nothing: whoever opens the file next meets what it declares, and no more."""
        for name in self._entries:
            for _ in self.pieces(name):
                pass

    def _inflated(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(max(entry.header_offset, 0))  # below 0 where bytes are missing before
        header = self._file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            raise self._damaged()
        mark, name_length, extra_length = _LOCAL.unpack(header)
        if mark != b"PK\3\4":
            raise self._damaged()
        self._file.seek(name_length + extra_length, io.SEEK_CUR)
        place, left = self._file.tell(), entry.compress_size
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        while left > 0:
            self._file.seek(place)  # whoever takes the pieces may read another entry in between
            packed = self._file.read(min(_PIECE, left))
            if not packed:
                raise self._damaged()
            place, left = place + len(packed), left - len(packed)
            if inflate is None:
                yield packed
                continue
            while packed and not inflate.eof:
                try:
                    yield inflate.decompress(packed, _PIECE)
                except zlib.error as error:
                    raise self._damaged() from error
                packed = inflate.unconsumed_tail
        if inflate is not None and not inflate.eof:
            raise self._damaged()

    def _damaged(self) -> BoussoleError:
        return refused(self._where, gettext("it is damaged"))

    def _locked(self) -> BoussoleError:
        return refused(self._where, gettext("it is locked by a password"), gettext("Save it without a password."))


class _Directory(io.RawIOBase):
    """A file as `zipfile` reads its table of contents: in one piece, whose length the file itself declares."""

    def __init__(self, file: IO[bytes], where: object) -> None:
        self._file = file
        self._where = where

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1, /) -> bytes:
        DIRECTORY_BYTES.check(size, self._where)
        return self._file.read(size if size >= 0 else DIRECTORY_BYTES.most)


class Stream(Protocol):
    """Anything that gives at most so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes."""
        ...


class Counted(io.RawIOBase):
    """What a stream unpacks, counted as it is read: give it what `gzip.GzipFile` or a zstd reader gives.

    Reading raises LimitError beyond STREAM_UNPACKED bytes, or STREAM_RATIO times `packed`, the size of the file on disk
    in bytes (None where it is not known: a pipe).
    """

    def __init__(self, stream: Stream, where: object, packed: int | None) -> None:
        """Count from here on; `where` names the file to people."""
        self._stream = stream
        self._where = where
        self._packed = packed
        self._spent = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill `buffer`; return how many bytes, 0 at the end."""
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._spent += len(piece)
        STREAM_UNPACKED.check(self._spent, self._where)
        if self._packed is not None and self._spent > STREAM_RATIO_FROM:
            STREAM_RATIO.check(self._spent // max(self._packed, 1), self._where)
        return len(piece)
