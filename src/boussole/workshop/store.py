"""One session in one file of SQLite: what is acknowledged is on the disk. It knows tables, and nothing of compasses."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Statement: TypeAlias = tuple[str, tuple[Any, ...]]

_TABLES = """
CREATE TABLE IF NOT EXISTS fact (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS person (
  id INTEGER PRIMARY KEY, export TEXT NOT NULL UNIQUE, words TEXT NOT NULL UNIQUE, drawn INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS phone (token TEXT PRIMARY KEY, person INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sheet (
  person INTEGER NOT NULL, round INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL,
  PRIMARY KEY (person, round)
);
CREATE TABLE IF NOT EXISTS answer (
  person INTEGER NOT NULL, round INTEGER NOT NULL, question TEXT NOT NULL, value TEXT NOT NULL,
  counter INTEGER NOT NULL, PRIMARY KEY (person, round, question)
);
CREATE TABLE IF NOT EXISTS paper (person INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS photograph (round INTEGER PRIMARY KEY, sheets TEXT NOT NULL);
"""
SET_FACT = "INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
ADD_PERSON = "INSERT INTO person VALUES (?, ?, ?, ?)"
ADD_PAPER = "INSERT INTO paper VALUES (?)"
ADD_PHONE = "INSERT INTO phone VALUES (?, ?)"
KEEP_SHEET = "INSERT INTO sheet VALUES (?, ?, ?, ?) ON CONFLICT (person, round) DO UPDATE SET day = excluded.day"
KEEP_ANSWER = """
INSERT INTO answer VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, round, question) DO UPDATE
SET value = excluded.value, counter = excluded.counter WHERE excluded.counter >= counter
"""
KEEP_PHOTOGRAPH = "INSERT INTO photograph VALUES (?, ?) ON CONFLICT DO UPDATE SET sheets = excluded.sheets"
_TOGETHER = 500
"""How many writes are put on the disk at once, at most: each waits for those that came with it."""
_WAIT = 10.0
"""Seconds that a write waits for somebody else who holds the file."""


class Kept(NamedTuple):
    """All that a session holds, as rows of its tables.

    `photographs` are JSON by round, `paper` the people whose sheets were typed in.
    """

    facts: Mapping[str, str]
    people: list[tuple[int, str, str, int]]
    phones: Mapping[str, int]
    sheets: list[tuple[int, int, str, str]]
    answers: list[tuple[int, int, str, str, int]]
    photographs: Mapping[int, str]
    paper: frozenset[int] = frozenset()


def read_kept(path: Path) -> Kept:
    """Return what the file of a session holds, which may be being served.

    Raises:
        BoussoleError: when it is no session.

    """
    try:
        with closing(_connected(path)) as connection:
            connection.executescript(_TABLES)

            def rows(table: str) -> list[Any]:
                return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names

            connection.execute("BEGIN")  # all of one moment
            return Kept(
                dict(rows("fact")),
                rows("person"),
                dict(rows("phone")),
                rows("sheet"),
                rows("answer"),
                dict(rows("photograph")),
                frozenset(one for (one,) in rows("paper")),
            )
    except sqlite3.Error as error:
        raise BoussoleError(
            gettext("“{path}” is no session that can be read: it is damaged, or something else.", path=path)
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection whose commits survive a power cut (FULL), and which others may read meanwhile (WAL)."""
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def write_now(path: Path, *statements: Statement) -> None:
    """Write to a session that nobody serves: make its tables, and run statements."""
    with closing(_connected(path)) as connection:
        connection.executescript(_TABLES)
        for sql, values in statements:
            connection.execute(sql, values)


class _Write(NamedTuple):
    """Statements that hold together, and who waits for them."""

    statements: tuple[Statement, ...]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]


class Store:
    """The one writer of a session: all that waits is committed at once, and each is told after its commit."""

    def __init__(self, path: Path) -> None:
        """Start writing to `path`."""
        self._connection = _connected(path)
        self._waiting: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    async def write(self, *statements: Statement) -> None:
        """Return once the statements, all or none, are on the disk.

        Raises:
            sqlite3.Error: when they cannot be.

        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.put(_Write(statements, loop, done))
        await done

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while True:
            writes = [self._waiting.get()]
            while len(writes) < _TOGETHER:
                try:
                    writes.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            wanted = [one for one in writes if one is not None]
            if wanted:
                self._commit(wanted)
            if len(wanted) < len(writes):
                return

    def _commit(self, writes: list[_Write]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for one in writes:
                for sql, values in one.statements:
                    self._connection.execute(sql, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            _tell(writes, error)
        else:
            _tell(writes, None)


def _tell(writes: Iterable[_Write], error: sqlite3.Error | None) -> None:
    def settle(done: asyncio.Future[None]) -> None:
        if done.done():  # whoever waited went away
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    for one in writes:
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            one.loop.call_soon_threadsafe(settle, one.done)
