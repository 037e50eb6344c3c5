"""What is packed, or a pipe, as a plain file: laid down within limits, for as long as its table is read."""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import weakref
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from boussole.errors import TableError, need
from boussole.i18n import Listing, gettext
from boussole.limits.archives import Archive, Counted, Stream
from boussole.limits.table import STREAM_UNPACKED, ZSTD_WINDOW, refused
from boussole.tables.sources.stream import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKED = ("gz", "zst", "zip")
"""The endings of packed files that are opened: each holds one table."""
_PIECE = 1 << 20
_SHOWN = 5


class Folder:
    """A folder of the system for a while: it goes with the last who has it, or when the program ends."""

    def __init__(self) -> None:
        """Make it."""
        self.path = Path(tempfile.mkdtemp(prefix="boussole-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class LaidDown(NamedTuple):
    """A plain file, and the folder that it stands in."""

    path: Path
    folder: Folder


def packed_as(path: Path) -> str | None:
    """Return how a file is packed, by its name; None where it is not."""
    ending = path.suffix.removeprefix(".").lower()
    return ending if ending in PACKED else None


def laid_down(path: Path | None) -> LaidDown:
    """Return what a packed file, a pipe or the standard input (None) holds as a plain file.

    Its name is that of what is packed, without the folders it may stand in.

    Raises:
        TableError: when it cannot be read, or a zip holds no table, or several.
        BoussoleError: when it is damaged, or beyond a limit.

    """
    folder = Folder()
    with open_source(path) as file:
        match None if path is None else packed_as(path):
            case "zip":
                archive = Archive(file, path, STREAM_UNPACKED)
                name = _only_one(archive, path)
                pieces, bare = archive.pieces(name), Path(name).name
            case "gz":
                pieces, bare = _pieces(gzip.GzipFile(fileobj=file), path, file), Path(str(path)).stem
            case "zst":
                pieces, bare = _unpacked_zstd(file, path), Path(str(path)).stem
            case _:
                pieces, bare = _pieces(file, path, None), "-" if path is None else path.name
        made = folder.path / bare
        with made.open("wb") as out:
            for piece in pieces:
                out.write(piece)
    return LaidDown(made, folder)


def _only_one(archive: Archive, path: Path | None) -> str:
    """Return the name of the one file in a zip; what systems add by themselves is none."""
    names = [name for name in archive.names if not name.endswith("/") and not _is_added(name)]
    if len(names) != 1:
        what = (
            gettext("“{path}” holds no file.", path=path)
            if not names
            else gettext("“{path}” holds several files: {names}.", path=path, names=Listing(names[:_SHOWN]))
        )
        raise TableError(what, gettext("Give a .zip of one table, or unpack it yourself."))
    return names[0]


def _is_added(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _pieces(stream: Stream, path: Path | None, packed: IO[bytes] | None) -> Iterator[bytes]:
    """Yield what a stream holds, counted."""
    where = "-" if path is None else path
    size = None if packed is None or path is None else path.stat().st_size
    counted = Counted(stream, where, size)
    with _damage(where):
        while piece := counted.read(_PIECE):
            yield piece


def _unpacked_zstd(file: IO[bytes], path: Path | None) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        need("batch", ".zst", "backports.zstd")
        from backports import zstd
    try:
        widest: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW.most.bit_length() - 1}
        yield from _pieces(zstd.ZstdFile(file, options=widest), path, file)
    except zstd.ZstdError as error:
        if "memory" in str(error):
            raise ZSTD_WINDOW.refusal(path) from error
        raise refused(path, gettext("it is damaged")) from error


@contextmanager
def _damage(where: object) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refused(where, gettext("it is damaged")) from error
