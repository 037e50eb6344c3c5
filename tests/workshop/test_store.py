"""What is acknowledged is on the disk, and nothing else is needed to go on."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.files.sessions import forget_session, holding, new_session, session_file, session_names
from boussole.workshop.chance import known_words, new_code, new_words
from boussole.workshop.store import KEEP_ANSWER, Store, read_kept, write_now
from support.samples import MOMENT

if TYPE_CHECKING:
    from pathlib import Path


def answer(value: str, counter: int) -> tuple[str, tuple[object, ...]]:
    return KEEP_ANSWER, (1, 1, "q", value, counter)


def test_writes_together(tmp_path: Path) -> None:
    """Hundreds at once are all kept; of one answer, the newest counter stays, whatever the order."""
    store = Store(tmp_path / "a")
    write_now(tmp_path / "a")

    async def write() -> None:
        many = [store.write((KEEP_ANSWER, (number, 1, "q", "x", 1))) for number in range(2, 600)]
        await asyncio.gather(*many, store.write(answer("new", 2)), store.write(answer("old", 1)))

    asyncio.run(write())
    store.close()
    kept = {row[0]: row[3] for row in read_kept(tmp_path / "a").answers}
    assert kept[1] == "new"
    assert len(kept) == 599


def test_all_or_none(tmp_path: Path) -> None:
    """What cannot be written is told to whoever waits, and leaves nothing."""
    write_now(tmp_path / "a")
    store = Store(tmp_path / "a")
    with pytest.raises(sqlite3.Error):
        asyncio.run(store.write(answer("x", 1), ("INSERT INTO nothing VALUES (1)", ())))
    asyncio.run(store.write(answer("y", 1)))
    store.close()
    assert [row[3] for row in read_kept(tmp_path / "a").answers] == ["y"]


def test_no_session(tmp_path: Path) -> None:
    """A file that is none is refused in words."""
    (tmp_path / "a").write_text("not a session at all, whatever its name is, and long enough to be read", "utf-8")
    with pytest.raises(BoussoleError, match="séance"):
        read_kept(tmp_path / "a")


def test_served_once(tmp_path: Path) -> None:
    """Two servers of one session would not see each other's answers."""
    with holding(tmp_path / "a"), pytest.raises(BoussoleError), holding(tmp_path / "a"):
        pass
    with holding(tmp_path / "a"):
        pass


def test_files_of_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a session, for its owner only; its name is said or made; forgetting leaves nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = new_session(None, "essai", MOMENT)
    assert path.name == "essai-20261122-140300.session"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    write_now(path)
    with holding(path):
        pass
    assert session_names() == ["essai-20261122-140300"]
    for name in ("", "../a", "été", "-a", "a" * 65):
        with pytest.raises(BoussoleError):
            new_session(name, "essai", MOMENT)
    with pytest.raises(BoussoleError, match="déjà"):
        new_session("essai-20261122-140300", "essai", MOMENT)
    with pytest.raises(BoussoleError, match="essai-2026"):
        session_file("essai-2026112-140300")
    forget_session(path)
    assert not path.parent.exists()


def test_chance() -> None:
    """Codes are four consonants; words are compared as people type them."""
    assert len(new_code()) == 4
    assert known_words("Écho-ÉTANG  hiver ") == "echo etang hiver"
    assert len(known_words(new_words()).split()) == 3
