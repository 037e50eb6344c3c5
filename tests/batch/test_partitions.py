"""A folder of parts: the same bytes here and on a cluster, and only what is missing is done again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from boussole.batch import partitions as module
from boussole.batch.manifest import MANIFEST
from boussole.batch.mapping.plan import make_plan
from boussole.batch.partitions import Job, opened, run_locally, run_on_cluster, sum_counts
from boussole.errors import BoussoleError, TableError
from boussole.files.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.batch.recommending import RowCounts

ROWS, PARTS = 400, 6
_ALONE = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")


@pytest.fixture(scope="module")
def order() -> Job:
    pair = Library().pair("agir-ensemble")
    return Job(pair.compass, pair.catalogue, make_plan(pair.compass, ["profile", "domain"]), "fr")


@pytest.fixture
def parts(tmp_path: Path, order: Job) -> list[Path]:
    folder = tmp_path / "parts"
    folder.mkdir()
    profiles, domains = (list(order.compass.questions[id_].options) for id_ in ("profile", "domain"))
    for number in range(PARTS):
        pl.DataFrame(
            {
                "profile": [profiles[(row + number) % len(profiles)] for row in range(ROWS)],
                "domain": [domains[row % len(domains)] for row in range(ROWS)],
            }
        ).write_parquet(folder / f"part-{number}.parquet")
    return sorted(folder.glob("*.parquet"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.parquet"))}


def ranked(job: Job, parts: list[Path], out: Path, *, strict: bool = False) -> tuple[RowCounts, int]:
    """Do what is to be done; return the counts of the whole, and how many parts were done now."""
    with opened(job, parts, out, strict=strict) as found:
        return sum_counts(found, run_locally(found), lambda _: None), len(found.todo)


def test_only_the_parts_that_are_missing_are_done(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """And what is there stays as it is; the counts are those of the whole each time."""
    out = tmp_path / "out"
    tally, done = ranked(order, parts, out)
    assert (tally.rows.total(), done) == (ROWS * PARTS, PARTS)
    before = bytes_of(out)
    (out / parts[2].name).unlink()
    assert ranked(order, parts, out) == (tally, 1)
    assert ranked(order, parts, out) == (tally, 0)
    assert bytes_of(out) == before


def test_a_part_that_changed_is_done_again(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """What each was made from is in the manifest: neither its name nor its date says it."""
    out = tmp_path / "out"
    ranked(order, parts, out)
    before, times = bytes_of(out), parts[1].stat()
    frame = pl.read_parquet(parts[1])
    frame.with_columns(profile=pl.lit("colectivites")).write_parquet(parts[1])
    os.utime(parts[1], ns=(times.st_atime_ns, times.st_mtime_ns))
    tally, done = ranked(order, parts, out)
    assert (done, tally.rows["rejected"]) == (1, ROWS)
    assert [name for name, held in bytes_of(out).items() if held != before[name]] == [parts[1].name]
    assert ranked(order, parts, out) == (tally, 0)


def test_a_part_that_is_gone_counts_no_more(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """The counts are those of the parts that are there."""
    ranked(order, parts, tmp_path / "out")
    tally, _ = ranked(order, parts[1:], tmp_path / "out")
    assert tally.rows.total() == ROWS * (PARTS - 1)


def test_what_is_done_is_noted_though_the_run_fails(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """The next one goes on from there."""
    good = parts[-1].read_bytes()
    out = tmp_path / "out"
    with opened(order, parts, out) as found:
        assert len(found.todo) == PARTS
    parts[-1].write_bytes(b"no Parquet")
    with pytest.raises(TableError, match=parts[-1].name):
        ranked(order, parts, out)
    parts[-1].write_bytes(good)
    tally, done = ranked(order, parts, out)
    assert (tally.rows.total(), done) == (ROWS * PARTS, 1)


def spoil(part: Path, row: int) -> None:
    """Make a row of a part one that is rejected."""
    frame = pl.read_parquet(part).with_row_index("n")
    wrong = pl.when(pl.col("n") == row).then(pl.lit("x")).otherwise("profile")
    frame.select(wrong.alias("profile"), "domain").write_parquet(part)


def test_strict_leaves_nothing_of_a_run_that_fails(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """It names the part and the line; what an earlier run made stays."""
    spoil(parts[4], 6)
    out = tmp_path / "out"
    with pytest.raises(TableError, match=rf"{parts[4].name}\s: ligne 7\s: A102"):
        ranked(order, parts, out, strict=True)
    assert not out.exists()
    tally, _ = ranked(order, parts[:2], out, strict=True)
    assert tally.rows.total() == ROWS * 2
    before = {one.name: one.read_bytes() for one in out.iterdir()}
    with pytest.raises(TableError):
        ranked(order, parts, out, strict=True)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == before


def test_results_made_with_something_else_are_not_mixed(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """The folder says what its results were made with."""
    out = tmp_path / "out"
    ranked(order, parts[:1], out)
    for text in ("", "[]", "{}", '{"parts": 1}', '{"parts": {"a": {}}}', None):
        if text is not None:
            (out / MANIFEST).write_text(text)
        with pytest.raises(TableError, match="out"):
            ranked(order._replace(top=3), parts, out)
    with pytest.raises(TableError, match="parts"):
        ranked(order, parts, parts[0].parent)
    (tmp_path / "file").write_text("")
    with pytest.raises(BoussoleError):
        ranked(order, parts, tmp_path / "file")


def test_a_result_that_is_a_part_by_another_name_is_refused(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """Nothing that is read is written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / parts[3].name).symlink_to(parts[0])
    before = bytes_of(parts[0].parent)
    with pytest.raises(TableError, match=parts[3].name):
        ranked(order, parts, tmp_path / "out")
    assert bytes_of(parts[0].parent) == before


def test_a_scheduler_that_does_not_answer(
    order: Job, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, with what starts one."""
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with opened(order, parts, tmp_path / "out") as found, pytest.raises(BoussoleError, match="dask scheduler"):
        list(run_on_cluster(found, "tcp://127.0.0.1:9"))


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]])


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    order: Job, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers, one of them killed in mid-run: what it was doing is done again by the other."""
    here, there, strictly = (tmp_path / name for name in ("here", "there", "strictly"))
    tally, _ = ranked(order, parts, here)
    file = tmp_path / "scheduler.json"
    scheduler = started("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    workers = []
    try:
        while not (file.exists() and file.read_text()):
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        workers = [
            started(
                "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path)
            )
            for _ in range(2)
        ]
        killed = False
        monkeypatch.setattr(module, "_PATIENCE", 60)

        def kill(_: int) -> None:
            nonlocal killed
            if not killed:
                workers[0].send_signal(signal.SIGKILL)
                killed = True

        with opened(order, parts, there) as found:
            assert sum_counts(found, run_on_cluster(found, address), kill) == tally
        assert bytes_of(there) == bytes_of(here)
        assert (there / MANIFEST).read_bytes() == (here / MANIFEST).read_bytes()
        spoil(parts[2], 3)
        spoil(parts[4], 5)
        with (
            pytest.raises(TableError, match=rf"{parts[2].name}\s: ligne 4\s: A102"),
            opened(order, parts, strictly, strict=True) as found,
        ):
            sum_counts(found, run_on_cluster(found, address), lambda _: None)
        assert not strictly.exists()
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
