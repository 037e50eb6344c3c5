"""The room under load, on the loopback, against what issue 19 asks: answers, a reveal, memory, kill -9, Ctrl-C.

    python benchmarks/workshop.py [--people 200] [--seconds 30] [--runs 1] [--kills 20] [--slow]

The client is our own and shares the machine with the server. `--slow` adds the load spread over 300 seconds. People do
what phones do: the page, then the answer, sent again until it is acknowledged; then they wait for the reveal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import time
from pathlib import Path

from workshop_people import CHANCE, NAME, Browser, Person, Reply, Server

RELOAD = 1.5
"""Seconds over which phones that are told spread their reading."""


def percentile(times: list[float], share: float) -> float:
    """Return the value under which `share` of the times are."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Table:
    """Figures with what is asked of them."""

    def __init__(self) -> None:
        """Print the head."""
        self.failed = False
        print(f"{'':<58} {'figure':>10}  {'bar':>10}")

    def line(self, what: str, figure: float, unit: str, bar: float | None = None) -> None:
        """Print a figure, and whether it is within its bar."""
        over = bar is not None and figure > bar
        self.failed |= over
        told = "" if bar is None else f"≤ {bar:g} {unit}"
        print(f"{what:<58} {figure:>6.1f} {unit:<3}  {told:>10}{'  OVER' if over else ''}", flush=True)


async def wait_for_news(person: Person, told: list[float], read: list[float], pressed: asyncio.Future[float]) -> None:
    """Wait as a result page does; note when it was told, and when it was read again."""
    known = json.loads((await person.browser.insist("/etat")).body)["word"]
    while json.loads((await person.browser.insist(f"/etat?vu={known}")).body)["word"] == known:
        pass
    told.append((time.perf_counter() - await pressed) * 1000)
    await asyncio.sleep(CHANCE.uniform(0, RELOAD))
    began = time.perf_counter()
    page = await person.browser.insist("/resultat")
    assert 'id="group"' in page.body and "has not shown" not in page.body, page.status  # noqa: PT018, S101
    read.append((time.perf_counter() - began) * 1000)


async def reveal(server: Server, people: list[Person], table: Table) -> None:
    """Show the result: the photograph, then the group's list, which phones wait for."""
    leader = Browser(server.port)
    leader.cookie = f"boussole-animer-{server.code}={server.token}"
    began = time.perf_counter()
    await leader.insist("/mur", {"do": "reveal"})
    table.line("reveal: the photograph of everybody, until it is shown", (time.perf_counter() - began) * 1000, "ms")
    told: list[float] = []
    read: list[float] = []
    pressed: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    waiting = [asyncio.create_task(wait_for_news(one, told, read, pressed)) for one in people]
    await asyncio.sleep(1)
    pressed.set_result(time.perf_counter())
    await leader.insist("/mur", {"do": "next"})
    await asyncio.gather(*waiting)
    table.line(f"reveal: {len(told)} phones told, p95", percentile(told, 0.95), "ms", 100)
    table.line("reveal: each reads its result again, p95", percentile(read, 0.95), "ms")


async def load(server: Server, args: argparse.Namespace, seconds: float, table: Table) -> None:
    """Let everybody answer over so many seconds, then wait, be shown the result, and be there at Ctrl-C."""
    people = [Person(Browser(server.port)) for _ in range(args.people)]
    await asyncio.gather(*(one.run(server.code, seconds) for one in people))
    late = [time for one in people for time in one.late]
    head = f"{args.people} people, {len(late)} answers in {seconds:g} s"
    table.line(f"{head}: p50 of an answer", percentile(late, 0.5), "ms")
    table.line(f"{head}: p95 of an answer", percentile(late, 0.95), "ms", 50)
    table.line(f"{head}: p99 of an answer", percentile(late, 0.99), "ms")
    table.line(f"{head}: p95 of a page", percentile([time for one in people for time in one.pages], 0.95), "ms")
    results = [time for one in people for time in one.results]
    table.line(f"{head}: p95 of one's own result", percentile(results, 0.95), "ms")
    table.line(f"{head}: lost", lost(server, people), "", 0)
    await reveal(server, people, table)
    table.line("memory, at most", server.memory(), "MiB", 120)
    known = json.loads((await people[0].browser.insist("/etat")).body)["word"]
    waiting = [asyncio.create_task(one.browser.ask(f"/etat?vu={known}")) for one in people]
    await asyncio.sleep(1)
    taken = await asyncio.to_thread(server.end, signal.SIGINT)
    replies = await asyncio.gather(*waiting, return_exceptions=True)
    table.line(f"Ctrl-C while {len(waiting)} wait", taken, "s", 1)
    untold = sum(not (isinstance(one, Reply) and json.loads(one.body)["over"]) for one in replies)
    table.line("Ctrl-C: not told", untold, "", 0)
    table.line("Ctrl-C: tracebacks, other exit codes", wrong_end(server), "", 0)


def wrong_end(server: Server) -> int:
    """Return 0 where the server ended as Ctrl-C does and said nothing more than how to go on."""
    return ("Traceback" in server.log.read_text()) + (server.process.returncode != 130)  # noqa: PLR2004 - of Ctrl-C


def lost(server: Server, people: list[Person]) -> int:
    """Return how many acknowledged answers are not on the disk, as they stand in the export, sheet by sheet."""
    kept = server.sheets()
    held = [{id_: _text(value) for id_, value in dict(one["answers"]).items()} for one in kept]  # type: ignore[call-overload] # JSON
    missing = 0
    for person in people:
        best = max(held, key=lambda one: sum(one.get(id_) == value for id_, value in person.acknowledged.items()))
        held.remove(best)
        missing += sum(id_ in best and best[id_] != value for id_, value in person.acknowledged.items())
    return missing


def _text(value: object) -> str:
    return str(value[0] if isinstance(value, list) else {True: "yes", False: "no"}.get(value, value))  # type: ignore[call-overload] # any


async def kills(server: Server, args: argparse.Namespace, table: Table) -> None:
    """Kill the server at random moments while everybody answers, and resume it each time."""
    people = [Person(Browser(server.port)) for _ in range(args.people)]
    answering = [asyncio.create_task(one.run(server.code, args.kills * 1.5)) for one in people]
    started = []
    for _ in range(args.kills):
        await asyncio.sleep(CHANCE.uniform(0.1, 0.9))
        await asyncio.to_thread(server.end, signal.SIGKILL)
        started.append(await asyncio.to_thread(server.start, "--resume", NAME))
    await asyncio.gather(*answering)
    acknowledged = sum(len(one.late) for one in people)
    table.line(f"{args.kills} kill -9 among {acknowledged} answers: lost", lost(server, people), "", 0)
    table.line("from its start until it listens again, median", percentile(started, 0.5), "s")
    table.line("from its start until it listens again, at most", max(started), "s", 2)
    server.end(signal.SIGINT)


def main() -> None:
    """Print the table; exit 1 where a figure is over its bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--slow", action="store_true", help="also the load spread over 300 seconds")
    args = parser.parse_args()
    table = Table()
    for seconds in [args.seconds] * args.runs + [300.0] * args.slow:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(load(Server(Path(folder)), args, seconds, table))
    if args.kills:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(kills(Server(Path(folder)), args, table))
    sys.exit(table.failed)


if __name__ == "__main__":
    main()
