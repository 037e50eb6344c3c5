"""What the room is shown of a round: the whole sheets of one moment, which later answers do not move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers
from boussole.core.group.synthesis import synthesise
from boussole.core.situation import situate
from boussole.vectorized.group.people import rank_people

if TYPE_CHECKING:
    from boussole.core.group.gathering import Person
    from boussole.core.group.synthesis import Synthesis
    from boussole.workshop.people import WholeSheet
    from boussole.workshop.room import Room


def photograph(room: Room) -> str:
    """Return the whole sheets of this round, and of the one before, as they are now."""
    round_ = room.state.round
    taken = {"now": _sheets(room, round_)}
    if round_ > 1:
        taken["before"] = _sheets(room, round_ - 1)
    return json.dumps(taken)


def _sheets(room: Room, round_: int) -> list[dict[str, Any]]:
    def sheet(one: WholeSheet) -> dict[str, Any]:
        return {"person": one.person.export, "answers": one.situation.answers}

    return sorted((sheet(one) for one in room.people.whole(round_)), key=lambda one: str(one["person"]))


def synthesis_of(room: Room, taken: str) -> Synthesis:
    """Return what a photograph says: what `boussole group` says of the same sheets."""
    sides = json.loads(taken)
    return synthesise(
        room.compass,
        room.catalogue,
        _people(room, sides["now"]),
        smallest=room.facts.smallest,
        earlier=_people(room, sides["before"]) if "before" in sides else None,
    )


def _people(room: Room, sheets: list[dict[str, Any]]) -> list[Person]:
    given = [sift(room.compass, Answers.given(one["answers"]), titles=False).answers for one in sheets]
    people = rank_people(room.compass, room.catalogue, [situate(room.compass, one) for one in given])
    return [person._replace(id=one["person"]) for person, one in zip(people, sheets, strict=True)]


def moved(room: Room) -> int:
    """Return how many sheets are new or changed since the photograph of this round; all, where there is none."""
    taken = room.photographs.get(room.state.round)
    known = [] if taken is None else json.loads(taken)["now"]
    now = json.loads(photograph(room))["now"]
    return sum(one not in known for one in now)
