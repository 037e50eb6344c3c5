"""A folder of parts: the same bytes here and on a cluster, and only what is missing is done again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from boussole.batch import partitions as module
from boussole.batch.mapping.plan import make_plan
from boussole.batch.partitions import MANIFEST, Job, remaining, run_locally, run_on_cluster, run_partition, sum_counts
from boussole.errors import BoussoleError, TableError
from boussole.files.library import Library

if TYPE_CHECKING:
    from pathlib import Path

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


def test_only_the_parts_that_are_missing_are_done(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """And what is there stays as it is."""
    out = tmp_path / "out"
    assert remaining(order, parts, out) == parts
    assert sum_counts(run_locally(order, parts, out), lambda _: None).rows.total() == ROWS * PARTS
    before = bytes_of(out)
    (out / parts[2].name).unlink()
    assert remaining(order, parts, out) == [parts[2]]
    run_partition(order, parts[2], out)
    assert bytes_of(out) == before


def test_results_made_with_something_else_are_not_mixed(order: Job, parts: list[Path], tmp_path: Path) -> None:
    """The folder says what its results were made with."""
    remaining(order, parts, tmp_path / "out")
    assert (tmp_path / "out" / MANIFEST).exists()
    with pytest.raises(TableError):
        remaining(order._replace(top=3), parts, tmp_path / "out")
    with pytest.raises(TableError):
        remaining(order, parts, parts[0].parent)
    (tmp_path / "file").write_text("")
    with pytest.raises(BoussoleError):
        remaining(order, parts, tmp_path / "file")


def test_a_scheduler_that_does_not_answer(
    order: Job, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, with what starts one."""
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with pytest.raises(BoussoleError, match="dask scheduler"):
        list(run_on_cluster(order, parts, tmp_path, "tcp://127.0.0.1:9"))


def started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]])


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    order: Job, parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers, one of them killed in mid-run: what it was doing is done again by the other."""
    here = tmp_path / "here"
    remaining(order, parts, here)
    sum_counts(run_locally(order, parts, here), lambda _: None)
    there = tmp_path / "there"
    remaining(order, parts, there)
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
        rows = 0
        monkeypatch.setattr(module, "_PATIENCE", 60)
        for tally in run_on_cluster(order, parts, there, address):
            rows += tally.rows.total()
            if not killed:
                workers[0].send_signal(signal.SIGKILL)
                killed = True
        assert rows == ROWS * PARTS
        assert bytes_of(there) == bytes_of(here)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
