"""Packed files from strangers: what they declare is checked, and what really comes out is counted."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from boussole.errors import BoussoleError
from boussole.limits.archives import Archive, Counted
from boussole.limits.table import (
    DIRECTORY_BYTES,
    DOCUMENT_UNPACKED,
    ENTRIES,
    MIB,
    STREAM_RATIO,
    STREAM_UNPACKED,
    LimitError,
    read_within,
)
from support.containers import archive, gzip_of, lying, overlapping

SMALL = DOCUMENT_UNPACKED._replace(most=1 * MIB)


def opened(content: bytes) -> Archive:
    return Archive(io.BytesIO(content), "a.docx", SMALL)


def test_an_honest_archive_gives_what_it_holds() -> None:
    """Deflated or stored, entries come back whole, by name, in any order and interleaved."""
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        found = opened(archive({"a": b"one" * 10_000, "b": b"", "c": "deux"}, method))
        assert found.names == ["a", "b", "c"]
        assert found.read("c") == b"deux"
        assert found.read("b") == b""
        assert found.read("missing") is None
        first, second = found.pieces("a"), opened(archive({"a": b"x"})).pieces("a")
        assert next(second) == b"x"
        assert b"".join(first) == b"one" * 10_000
        found.check_all()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_what_office_programs_use_is_unpacked(method: int) -> None:
    """937 bytes of bzip2 hold 2 GB: such an archive is refused before a byte of it is unpacked."""
    with pytest.raises(BoussoleError, match="d’une façon"):
        opened(archive({"word/document.xml": b"x"}, method))


def test_a_locked_archive_is_refused() -> None:
    """An entry behind a password is said to be so, with what to do."""
    packed = bytearray(archive({"a": b"x"}))
    packed[packed.rindex(b"PK\1\2") + 8] |= 1
    with pytest.raises(BoussoleError, match="mot de passe"):
        opened(bytes(packed))


def test_what_entries_declare_counts_together() -> None:
    """Entries that share their bytes on disk count each, before any is unpacked."""
    content = overlapping(1000, MIB // 2)
    assert len(content) < 70_000
    with pytest.raises(LimitError, match=r"32.Mio"):
        opened(content)


def test_what_comes_out_counts_whatever_was_declared() -> None:
    """An entry that says it is small and is not, or the other way round, is damaged; reading it stops at once."""
    for size in (10, MIB - 1):
        found = opened(lying(archive({"a": bytes(64 * MIB)}), size=size))
        with pytest.raises(BoussoleError):
            found.read("a")


def test_reading_the_same_bytes_again_counts_again() -> None:
    """The limit is of work too: a third reading of half of it is refused."""
    found = opened(archive({"a": bytes(MIB // 2)}))
    assert found.read("a") == found.read("a")
    with pytest.raises(LimitError):
        found.read("a")


def test_an_archive_of_very_many_entries_is_refused() -> None:
    """So many entries are no document."""
    with pytest.raises(LimitError, match=str(ENTRIES.most)):
        opened(overlapping(ENTRIES.most + 1, 0))


def test_a_table_of_contents_that_fills_the_memory_is_refused_unread() -> None:
    """The table is read in one piece, of a length that the file itself gives."""
    with pytest.raises(LimitError, match="table des matières"):
        opened(overlapping(DIRECTORY_BYTES.most // 63 + 1, 0))


@pytest.mark.parametrize("cut", [1, 20, 40, 60, 80])
def test_a_damaged_archive_is_refused(cut: int) -> None:
    """An archive cut anywhere, or with bytes changed, gives one clear error, never other content."""
    content = archive({"a": b"one two three" * 10})
    for broken in (content[cut:], content[:-cut], content[:cut] + b"\xff" * 9 + content[cut + 9 :]):
        try:
            assert opened(broken).read("a") in {b"one two three" * 10, None}
        except BoussoleError as error:
            assert "a.docx" in str(error)  # noqa: PT017 - a name or a date may be damaged without harm
    with pytest.raises(BoussoleError):
        opened(content[:-22]).check_all()
    with pytest.raises(BoussoleError):
        opened(content[:33] + b"\xff" + content[34:]).check_all()


def test_an_honest_stream_is_read_whole() -> None:
    """A table packed by gzip comes out as it went in, whatever its ratio while it is small."""
    rows = b"commune;eau\n" * 100_000
    packed = gzip.compress(rows)
    with gzip.open(io.BytesIO(packed)) as stream:
        assert Counted(stream, "a.csv.gz", len(packed)).readall() == rows


def test_a_stream_that_swells_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """70 kB that hold 70 MiB of zeros are stopped at the 64th; without a known size, at the whole limit."""
    packed = gzip_of(70 * MIB)
    with gzip.open(io.BytesIO(packed)) as stream, pytest.raises(LimitError, match=str(STREAM_RATIO.most)):
        Counted(stream, "a.csv.gz", len(packed)).readall()
    monkeypatch.setattr("boussole.limits.archives.STREAM_UNPACKED", STREAM_UNPACKED._replace(most=MIB))
    with gzip.open(io.BytesIO(packed)) as stream, pytest.raises(LimitError, match=r"64.Gio"):
        Counted(stream, "a.csv.gz", None).readall()


def test_a_file_over_its_limit_is_never_held() -> None:
    """One byte more than the limit is looked at, no more."""
    assert read_within(io.BytesIO(bytes(MIB)), SMALL, "a") == bytes(MIB)
    with pytest.raises(LimitError, match=r"32.Mio"):
        read_within(io.BytesIO(bytes(MIB + 1)), SMALL, "a")


def test_two_entries_of_one_name_are_refused() -> None:
    """Who looks the file through and who reads it after might each take another one."""
    twice = archive({"aa": b"1", "ab": b"2"}).replace(b"ab", b"aa")
    with pytest.raises(BoussoleError, match="abîmé"):
        Archive(io.BytesIO(twice), "a.zip", SMALL)


@pytest.mark.parametrize(
    "entries",
    [
        {"META-INF/manifest.xml": "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"},
        {"META-INF/manifest.xml": "<m:manifest/>", "encrypted-package": b"\x01"},
    ],
)
def test_a_document_that_libreoffice_locks_is_told_as_locked(entries: dict[str, bytes | str]) -> None:
    """The zip is not: each entry is, or the whole document within it."""
    with pytest.raises(BoussoleError) as found:
        Archive(io.BytesIO(archive({"content.xml": b"\x8a\x01", **entries})), "a.ods", DOCUMENT_UNPACKED)
    assert "it is locked by a password" in found.value.in_("en")
