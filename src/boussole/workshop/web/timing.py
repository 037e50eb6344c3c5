"""The timer of the big screen: set, moved and stopped by the facilitator, kept with the session, said in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boussole.workshop.facts import State

MOST_MINUTES = 120
_MINUTE = 60


def timed(state: State, action: str, minutes: str, now: float) -> State:
    """Return the state after `action`: `timer` starts so many minutes, `more` and `less` move it, `stop` ends it."""
    match action:
        case "timer" if minutes.isascii() and minutes.isdigit() and len(minutes) <= len(str(MOST_MINUTES)):
            return state._replace(until=now + _MINUTE * min(max(int(minutes), 1), MOST_MINUTES))
        case "more":
            return state._replace(until=min(max(state.until, now), now + _MINUTE * (MOST_MINUTES - 1)) + _MINUTE)
        case "less" if state.until:
            return state._replace(until=max(state.until - _MINUTE, now))
        case "stop":
            return state._replace(until=0.0)
    return state


def minutes_left(state: State, now: float) -> int | None:
    """Return how many minutes are left, the one begun counted; None where no timer is set."""
    if not state.until:
        return None
    return max(0, -int(-(state.until - now) // _MINUTE))


def until_it_changes(state: State, now: float) -> float | None:
    """Return in how many seconds there is a minute less; None where there never is."""
    left = state.until - now
    return None if left <= 0 else left - _MINUTE * (minutes_left(state, now) or 1) + _MINUTE
