"""The whole sheets of a session as they leave it: on the path only, without hours, under random ids, in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.group.synthesis import synthesise
from boussole.escape import escaped_controls, json_document
from boussole.vectorized.group.people import rank_people
from boussole.workshop.facts import read_facts, read_state
from boussole.workshop.people import People
from boussole.workshop.store import read_kept

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.group.gathering import Person
    from boussole.core.group.synthesis import Synthesis
    from boussole.workshop.facts import Facts, State
    from boussole.workshop.people import WholeSheet


class Session(NamedTuple):
    """A session as it stands on the disk, served or not."""

    facts: Facts
    state: State
    people: People


def read_session(path: Path, compass: Compass) -> Session:
    """Return the session in `path`, which is about `compass`.

    Raises:
        BoussoleError: when it cannot be read.

    """
    kept = read_kept(path)
    return Session(read_facts(kept.facts), read_state(kept.facts), People(compass, kept))


def sheets_of(session: Session, compass: Compass) -> list[dict[str, Any]]:
    """Return the whole sheets of all rounds, in the order of their random ids, which are the same each time."""
    whole = [one for round_ in range(1, session.state.round + 1) for one in session.people.whole(round_)]
    return sorted((_sheet(one, compass) for one in whole), key=lambda one: str(one["sheet"]))


def _sheet(one: WholeSheet, compass: Compass) -> dict[str, Any]:
    row = one.person.sheets[one.round]
    sheet: dict[str, Any] = {
        "compass": compass.id,
        "compass_version": compass.version,
        "compass_digest": compass.digest,
        "saved": row.day,
        "sheet": row.id,
        "person": one.person.export,
        "round": one.round,
        "answers": one.situation.answers,
        "used": [],
    }
    return {**sheet, "drawn": True} if one.person.drawn else sheet


def synthesis_of(session: Session, compass: Compass, catalogue: Catalogue) -> Synthesis:
    """Return what the whole sheets of the last round say, beside those of the round before."""
    round_ = session.state.round

    def people(number: int) -> list[Person]:
        whole = sorted(session.people.whole(number), key=lambda one: one.person.export)
        found = rank_people(compass, catalogue, [one.situation for one in whole])
        return [person._replace(id=one.person.export) for person, one in zip(found, whole, strict=True)]

    earlier = people(round_ - 1) if round_ > 1 else None
    return synthesise(compass, catalogue, people(round_), smallest=session.facts.smallest, earlier=earlier)


def to_lines(sheets: list[dict[str, Any]]) -> str:
    """Return JSON Lines, which `group` and `observe` read."""
    return "".join(f"{escaped_controls(json.dumps(one, ensure_ascii=False))}\n" for one in sheets)


def to_document(session: Session, sheets: list[dict[str, Any]]) -> str:
    """Return one JSON object that holds the sheets."""
    document = {"format": 1, "session": session.facts.name, "sheets": sheets}
    return json_document(document)
