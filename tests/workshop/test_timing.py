"""The timer of the big screen: in words, from the keyboard and the remote, kept over a restart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.workshop.facts import State
from boussole.workshop.web.timing import MOST_MINUTES, minutes_left, timed, until_it_changes
from support.phones import Page

if TYPE_CHECKING:
    from workshop.conftest import Workshop

NOW = 1_000_000.0


def test_in_words(workshop: Workshop) -> None:
    """Set on the remote, it is on both pages; moved by a minute; over, it says so until it is stopped."""
    client = workshop.client()
    client.get("/animer/token")

    def press(action: str, minutes: str = "") -> str:
        return Page(client.post("/animer", data={"do": action, "minutes": minutes})).text(".//main")

    assert "left" not in press("less")
    assert "8 minutes left" in press("timer", "8")
    assert client.get("/mur/etat").json()["timer"] == "8 minutes left"
    assert "9 minutes left" in press("more")
    assert "8 minutes left" in press("less")
    workshop.restart()
    client = workshop.client()
    client.get("/animer/token")
    assert "8 minutes left" in Page(client.get("/mur")).text(".//main")
    for left, words in ((30, "Less than a minute left"), (-5, "Time is up.")):
        workshop.room.state = workshop.room.state._replace(until=time.time() + left)
        assert client.get("/mur/etat").json()["timer"] == words
    assert "Time is up" not in press("stop")
    assert "timer" not in client.get("/mur/etat").json()
    press("timer", "3")
    assert "left" not in press("round")


def test_phones_are_not_told(workshop: Workshop) -> None:
    """It is for the room: no phone reads its page again for it."""
    before = workshop.joined().client.get("/etat").json()
    client = workshop.client()
    client.get("/animer/token")
    client.post("/mur", data={"do": "timer", "minutes": "8"})
    assert workshop.joined().client.get("/etat").json() == before


@pytest.mark.parametrize("minutes", ["", "x", "-1", "²", "9" * 50])
def test_no_minutes(minutes: str) -> None:
    """What is no number starts nothing."""
    assert timed(State(), "timer", minutes, NOW) == State()


@given(st.lists(st.tuples(st.sampled_from(["timer", "more", "less", "stop", ""]), st.integers(0, 999))))
def test_whatever_is_pressed(presses: list[tuple[str, int]]) -> None:
    """There are never more minutes than is allowed, nor fewer than none."""
    state = State()
    for action, minutes in presses:
        state = timed(state, action, str(minutes), NOW)
        assert 0 <= (minutes_left(state, NOW) or 0) <= MOST_MINUTES


@given(st.floats(0.001, 7200))
def test_when_a_minute_ends(left: float) -> None:
    """Just after, there is one less; just before, there is not."""
    state = State(until=NOW + left)
    soon = until_it_changes(state, NOW)
    minutes = minutes_left(state, NOW)
    assert soon is not None
    assert minutes is not None
    assert minutes_left(state, NOW + soon + 0.01) == minutes - 1
    assert soon < 0.01 or minutes_left(state, NOW + soon - 0.005) == minutes
    assert until_it_changes(state, NOW + left) is None
