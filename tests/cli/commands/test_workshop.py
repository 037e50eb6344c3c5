"""`boussole workshop` at the command line; what is served listens on 127.0.0.1 only."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boussole.files.sessions import new_session, session_names
from support.samples import MOMENT
from support.windows import Window
from support.workshop_server import local, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def exported(boussole: Boussole) -> list[dict[str, object]]:
    done = boussole("workshop", "export", "soir")
    assert done.code == 0
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.mark.usefixtures("trial")
def test_a_session(boussole: Boussole, here: Path) -> None:
    """Phones answer; the whole sheets come out while it is served; Ctrl-C keeps everything, says how, and exits 130."""
    with serving(*local()) as served:
        phones = [served.phone() for _ in range(2)]
        phones[0].answer_all({"Who are you?": ["State"], "An agreement?": ["No"]})
        assert exported(boussole)[0]["answers"] == {
            "profile": "etat", "domain": ["eau"], "confiance": 0, "accord": "no", "moyens": "aucun", "habitants": 3,
        }  # fmt: skip
        code, said = served.end(signal.SIGINT)
    assert code == 130
    assert "Everything is kept. To go on, type: boussole workshop" in said
    assert "Traceback" not in said
    first = exported(boussole)
    assert [sorted(one) for one in first] == [
        sorted(("compass", "compass_version", "compass_digest", "saved", "sheet", "person", "round", "answers", "used"))
    ]
    assert exported(boussole) == first
    assert boussole("workshop", "export", "soir", "-o", "a.jsonl", "-o", "a.json").code == 0
    assert json.loads((here / "a.json").read_text("utf-8"))["sheets"] == first
    assert "1 person" in boussole("group", "essai", "a.jsonl").out


def test_what_phones_open_does_not_scroll_away(trial: Path) -> None:
    """In a window of 40 lines, the address of the session and the last line are seen at once."""
    arguments = [*local(), "--lang", "en"]
    window = Window(trial, {**os.environ, "TERM": "xterm-256color"}, "workshop", *arguments)
    try:
        window.sees("Ctrl-C stops, and keeps everything.")
        assert "The phones open:" in window.screen
        assert window.press("\x03").ends() == 130
    finally:
        window.shut()


@pytest.mark.usefixtures("trial")
def test_killed_and_resumed(boussole: Boussole) -> None:
    """After kill -9, the same address and code, the same people, and nothing that was acknowledged is lost."""
    with serving(*local()) as served:
        phone = served.phone()
        phone.send("Town")
        phone.send("Water")
        cookies, address = phone.client.cookies, served.address
        served.end(signal.SIGKILL)
    began = time.monotonic()
    with serving("essai", "--resume", "soir", "--no-open") as served:
        assert served.address == address
        assert time.monotonic() - began < 15
        phone = served.phone(cookies)
        assert phone.page.heading == "Do you trust each other?"
        assert exported(boussole)[0]["answers"] == {"profile": "commune", "domain": ["eau"]}
        for option, value in (
            *(("--port", "1"), ("--host", "0.0.0.0"), ("--rounds", "3"), ("--smallest", "4")),  # noqa: S104 - refused
            *(("--wifi", "Room"), ("--rehearse", "9")),
        ):
            refused = boussole("workshop", "essai", "--resume", "soir", option, value)
            assert (refused.code, f"{option} " in refused.err) == (2, True)
            assert "does not go with --resume" in refused.err
        again = boussole("workshop", "essai", "--resume", "soir", "--rounds", "2", "--host", "127.0.0.1")
        assert "being served" in again.err
        again = boussole("workshop", "essai", "--resume", "soir")
        assert (again.code, "being served" in again.err) == (2, True)
        assert boussole("workshop", "forget", "soir").code == 2
        assert served.end(signal.SIGTERM)[0] == 143
    assert boussole("workshop", "forget", "soir").err == "1 session was deleted, with all its answers.\n"
    assert session_names() == []


@pytest.mark.usefixtures("trial")
def test_refusals(boussole: Boussole) -> None:
    """What cannot be is told, and leaves no session."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for arguments, said in (
            (["nothing"], "There is no compass “nothing”"),
            (["essai", "more"], "Nothing more is expected here: more"),
            (["essai", "a", "b", "--resume"], "Nothing more is expected here: b"),
            (["essai", "--host", "127.0.0.1", "--port", port], f"Port {port} of 127.0.0.1 cannot be used"),
            (["essai", "--host", "127.0.0.1", "--port", "70000"], "cannot be used"),
            (["essai", "--port", "x"], "--port: “x” is not accepted."),
            (["essai", "--host", "127.0.0.1", "--name", "é"], "“é” cannot be the name of a session."),
            (["essai", "--rounds", "10"], "Write a whole number from 1 to 9."),
            (["essai", "--smallest", "21"], "Write a whole number from 3 to 20."),
            (["essai", "--resume"], "There is no session to go on with."),
            (["essai", "--resume", "soir"], "There is no session “soir”."),
            (["export"], "Which session?"),
            (["export", "soir"], "There is no session “soir”."),
            (["forget", "soir"], "There is no session “soir”."),
            (["forget", "soir", "--name", "matin"], "Two names are given: soir and matin."),
            (["essai", "soir", "--resume", "--name", "matin"], "Two names are given: soir and matin."),
            (["essai", "-o", "a.pdf"], "--output does not go with “workshop COMPASS”."),
            (["export", "soir", "--port", "9000"], "--port does not go with “workshop export”."),
            (["sheets", "essai", "--rehearse", "3"], "--rehearse does not go with “workshop sheets”."),
            (["forget", "--resume"], "--resume does not go with “workshop forget”."),
        ):
            done = boussole("workshop", *arguments)
            assert (done.code, done.out) == (2, "")
            assert said in done.err
    assert session_names() == []


def test_nothing_to_forget(boussole: Boussole) -> None:
    """It is said, and is no error."""
    assert boussole("workshop", "forget").err == "0 sessions were deleted, with all their answers.\n"


@pytest.mark.usefixtures("trial")
def test_a_session_that_never_started(boussole: Boussole) -> None:
    """A file that was made and holds nothing is told as such."""
    path = new_session("soir", "essai", MOMENT)
    assert "never started" in boussole("workshop", "essai", "--resume", "soir").err
    os.truncate(path, 0)
    assert "never started" in boussole("workshop", "export", "soir").err


def test_sheets(trial: Path, boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF, with the address and the code of a session where one is named; the password stands on no command line."""
    new_session("soir", "essai", MOMENT)
    assert boussole("workshop", "sheets", "essai", "-o", "a.pdf").code == 0
    assert (trial / "a.pdf").read_bytes().startswith(b"%PDF")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    done = boussole("workshop", "sheets", "essai", "-o", "b.pdf", "--wifi", "Room")
    assert (done.code, "BOUSSOLE_WIFI_PASSWORD" in done.err) == (2, True)
    monkeypatch.setenv("BOUSSOLE_WIFI_PASSWORD", "secret")
    assert boussole("workshop", "sheets", "essai", "-o", "b.pdf", "--wifi", "Room").code == 0
    assert boussole("workshop", "sheets").err.startswith("COMPASS is missing.")
    assert "never started" in boussole("workshop", "sheets", "essai", "-o", "c.pdf", "--name", "soir").err


@pytest.mark.usefixtures("trial")
def test_a_rehearsal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room is full from the start, the Wi-Fi is shown; the sheets of a named session know its address."""
    monkeypatch.setenv("BOUSSOLE_WIFI_PASSWORD", "secret")
    with serving(*local("--rehearse", "6", "--wifi", "Room")) as served:
        assert len(exported(boussole)) == 6
        assert boussole("workshop", "sheets", "essai", "-o", "c.pdf", "--name", "soir").code == 0
        forms = [f"-oreport.{ending}" for ending in ("md", "html", "pdf", "xlsx", "txt")]
        assert boussole("workshop", "export", "soir", *forms, "-oa.jsonl").code == 0
        assert boussole("group", "essai", "a.jsonl", "-o", "b.md").code == 0
        assert Path("report.md").read_bytes() == Path("b.md").read_bytes()
        assert served.end(signal.SIGINT)[0] == 130
    assert "from 1 to 200" in boussole("workshop", "essai", "--rehearse", "201").err
