"""What is packed, or a pipe, as a plain file, laid down within limits for as long as it is read; and packing."""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import weakref
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from boussole.errors import TableError, need
from boussole.i18n import Listing, gettext
from boussole.limits.archives import Archive, Counted, Stream
from boussole.limits.table import STREAM_UNPACKED, ZSTD_WINDOW, refused
from boussole.tables.sources.stream import is_stream, open_source, packing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

PACKED = ("gz", "zst", "zip")
"""The endings of packed files that are opened: each holds one table."""
_PIECE = 1 << 20
_START = 4
_SHOWN = 5


def zstandard() -> ModuleType:
    """Return what packs and unpacks `.zst`: a part of Python from 3.14 on.

    Raises:
        BoussoleError: when it is not installed.

    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        need("batch", ".zst", "backports.zstd")
        from backports import zstd
    return zstd


class Folder:
    """A folder of the system for a while: it goes with the last who has it, or when the program ends."""

    def __init__(self) -> None:
        """Make it."""
        self.path = Path(tempfile.mkdtemp(prefix="boussole-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class LaidDown(NamedTuple):
    """A plain file, and the folder that it stands in; `told` says that its name tells what it holds."""

    path: Path
    folder: Folder
    told: bool


def packed_as(path: Path) -> str | None:
    """Return how a file is packed, by its name, or by its first bytes where no table begins so; None where it is not.

    Raises:
        TableError: when it cannot be read.

    """
    ending = path.suffix.removeprefix(".").lower()
    if ending in PACKED:
        return ending
    if not path.is_file():
        return None
    with open_source(path) as file:
        found = packing_of(file.read(_START))
    return None if found == "zip" else found  # a workbook is one, whatever its name


def laid_down(path: Path | None) -> LaidDown:
    """Return what a packed file, a pipe or the standard input (None) holds as a plain file, unpacked.

    Its name is that of what is packed, without the folders it may stand in.

    Raises:
        TableError: when it cannot be read, or a zip holds no table, or several.
        BoussoleError: when it is damaged, or beyond a limit.

    """
    folder = Folder()
    where = "-" if path is None else path
    if path is not None and not is_stream(path):
        bare = path.stem if path.suffix.removeprefix(".").lower() in PACKED else path.name
        made, _ = _unpacked(path, packed_as(path), folder.path / bare, where)
        return LaidDown(made, folder, told=True)
    raw = folder.path / "-"
    with open_source(path) as file:
        _write(raw, _pieces(file, where, None))
    with open_source(raw) as file:
        packing = packing_of(file.read(_START))
        if packing == "zip" and _is_workbook(Archive(file, where, STREAM_UNPACKED)):
            packing = None
    if packing is None:
        return LaidDown(raw, folder, told=False)
    inside = folder.path / "unpacked"
    inside.mkdir()
    made, told = _unpacked(raw, packing, inside / "-", where)
    raw.unlink()
    return LaidDown(made, folder, told)


@contextmanager
def packed(file: IO[bytes], packing: str) -> Iterator[IO[bytes]]:
    """Give what packs into `file` all that is written, as `gz` or `zst`; the same bytes give the same bytes."""
    made: Any = (
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0)
        if packing == "gz"
        else zstandard().ZstdFile(file, mode="w")
    )
    with made:
        yield made


def _unpacked(source: Path, packing: str | None, made: Path, where: object) -> tuple[Path, bool]:
    """Unpack a file into `made`, or beside it under the name that it is packed with, which is then told."""
    with open_source(source) as file:
        match packing:
            case "zip":
                archive = Archive(file, where, STREAM_UNPACKED)
                name = _only_one(archive, where)
                return _write(made.with_name(Path(name).name), archive.pieces(name)), True
            case "gz":
                _write(made, _pieces(gzip.GzipFile(fileobj=file), where, _size_of(source)))
            case _:
                _write(made, _unpacked_zstd(file, where, _size_of(source)))
    return made, False


def _write(made: Path, pieces: Iterable[bytes]) -> Path:
    with made.open("wb") as out:
        for piece in pieces:
            out.write(piece)
    return made


def _size_of(path: Path) -> int:
    return path.stat().st_size


def _is_workbook(archive: Archive) -> bool:
    """Tell whether a zip file is a workbook itself, of Excel or of LibreOffice, and no packed table."""
    return not {"[Content_Types].xml", "content.xml"}.isdisjoint(archive.names)


def _only_one(archive: Archive, where: object) -> str:
    """Return the name of the one file in a zip; what systems add by themselves is none."""
    names = [name for name in archive.names if not name.endswith("/") and not _is_added(name)]
    if len(names) != 1:
        what = (
            gettext("“{path}” holds no file.", path=where)
            if not names
            else gettext("“{path}” holds several files: {names}.", path=where, names=Listing(names[:_SHOWN]))
        )
        raise TableError(what, gettext("Give a .zip of one table, or unpack it yourself."))
    return names[0]


def _is_added(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _pieces(stream: Stream, where: object, packed: int | None) -> Iterator[bytes]:
    """Yield what a stream holds, counted; `packed` is its size in bytes where it is packed, None where it is not."""
    counted = Counted(stream, where, packed)
    with _damage(where):
        while piece := counted.read(_PIECE):
            yield piece


def _unpacked_zstd(file: IO[bytes], where: object, size: int) -> Iterator[bytes]:
    zstd = zstandard()
    try:
        widest: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW.most.bit_length() - 1}
        yield from _pieces(zstd.ZstdFile(file, options=widest), where, size)
    except zstd.ZstdError as error:
        if "memory" in str(error):
            raise ZSTD_WINDOW.refusal(where) from error
        raise refused(where, gettext("it is damaged")) from error


@contextmanager
def _damage(where: object) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refused(where, gettext("it is damaged")) from error
