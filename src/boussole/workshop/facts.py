"""What a session is: its name, compass, address, code and rules; and where it stands."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.group.synthesis import SMALLEST
from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.workshop.store import SET_FACT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.workshop.store import Statement


ROUNDS = 2
"""How many rounds a session has unless somebody says otherwise."""
MOST_ROUNDS = 9


class Facts(NamedTuple):
    """What does not change while a session lives; `token` opens the facilitator's pages.

    The files are those of the definitions, "" where they are the ones shipped.
    """

    name: str
    compass: str
    compass_digest: str
    language: str
    code: str
    token: str
    host: str
    port: int
    smallest: int = SMALLEST
    rounds: int = ROUNDS
    wifi: str = ""
    wifi_password: str = ""
    compass_file: str = ""
    catalogue_file: str = ""


class Stage(StrEnum):
    """Whether answers are taken."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class State(NamedTuple):
    """Where a session stands: its round, from 1, whether answers are taken, and the screen that the room sees.

    `screen` is 0 while the room joins and answers, then counts the screens of the photograph from 1. `seen` tells
    whether the room saw the group's list in this round. `until` is when the timer ends, in seconds since 1970, 0 where
    there is none.
    """

    round: int = 1
    stage: Stage = Stage.OPEN
    screen: int = 0
    seen: bool = False
    until: float = 0.0


def facts_written(facts: Facts) -> list[Statement]:
    """Return what keeps the facts of a session."""
    return [(SET_FACT, ("facts", json.dumps(facts._asdict())))]


def state_written(state: State) -> Statement:
    """Return what keeps the state of a session."""
    return SET_FACT, ("state", json.dumps(state._asdict()))


def read_facts(kept: Mapping[str, str]) -> Facts:
    """Return the facts of a session.

    Raises:
        BoussoleError: when there are none: it never started.

    """
    try:
        return Facts(**json.loads(kept["facts"]))
    except (KeyError, ValueError, TypeError):
        raise BoussoleError(gettext("This session holds nothing: it never started.")) from None


def read_state(kept: Mapping[str, str]) -> State:
    """Return where a session stands."""
    state = State(**json.loads(kept["state"])) if "state" in kept else State()
    return state._replace(stage=Stage(state.stage))
