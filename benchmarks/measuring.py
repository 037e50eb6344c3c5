"""Work measured beside a floor: each in a process of its own, by turns, so that a busy moment touches both."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KIB_PER_MIB = 1024


class Run(NamedTuple):
    """One run: wall seconds, CPU seconds of all threads, and the peak memory in MiB."""

    seconds: float
    cpu: float
    memory: int


class Piece(NamedTuple):
    """A piece of work: a function at the top of a module, its arguments, and the file it writes."""

    work: Callable[..., None]
    args: tuple[Any, ...]
    output: Path


def by_turns(pieces: Sequence[Piece], rounds: int) -> list[list[Run]]:
    """Return the runs of each piece, (pieces, rounds): A B A B, each into a file that is not there yet."""
    runs: list[list[Run]] = [[] for _ in pieces]
    for _ in range(rounds):
        for piece, kept in zip(pieces, runs, strict=True):
            piece.output.unlink(missing_ok=True)  # freeing an old file of 400 MB would be measured as work
            kept.append(in_a_process(piece.work, *piece.args))
    return runs


def median(runs: Sequence[Run]) -> Run:
    """Return the medians of the seconds, and the highest memory."""
    seconds, cpu, memory = zip(*runs, strict=True)
    return Run(statistics.median(seconds), statistics.median(cpu), max(memory))


def ratio(runs: Sequence[Run], floors: Sequence[Run]) -> float:
    """Return the median of the ratios within a round."""
    return statistics.median(run.seconds / floor.seconds for run, floor in zip(runs, floors, strict=True))


def in_a_process(work: Callable[..., None], *args: Any) -> Run:  # noqa: ANN401 - what the work takes
    """Return what a piece of work takes in a new process, without its start."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_measured, args=(queue, work, args))
    process.start()
    found: Run = queue.get()
    process.join()
    return found


def _measured(queue: Any, work: Callable[..., None], args: tuple[Any, ...]) -> None:  # noqa: ANN401
    start, cpu = time.perf_counter(), time.process_time()
    work(*args)
    queue.put(Run(time.perf_counter() - start, time.process_time() - cpu, _peak()))


def _peak() -> int:
    """Return the peak memory of this process, in MiB; where there is no /proc, that of what it was started from too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KIB_PER_MIB
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // _KIB_PER_MIB
