"""The rules of a room: who joins, what is answered, what is seen when. All that changes is written first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.interview import next_question
from boussole.workshop.bell import Bell
from boussole.workshop.chance import hashed, known_words, new_id, new_token, new_words
from boussole.workshop.facts import Facts, Stage, State, read_facts, read_state, state_written
from boussole.workshop.people import Given, Participant, People, SheetRow
from boussole.workshop.store import (
    ADD_PAPER,
    ADD_PERSON,
    ADD_PHONE,
    KEEP_ANSWER,
    KEEP_PHOTOGRAPH,
    KEEP_SHEET,
    Store,
    read_kept,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.core.group.synthesis import Synthesis
    from boussole.core.situation import Situation
    from boussole.render.workshop.result import Own
    from boussole.workshop.store import Statement


_GATHERED = 0.25
"""Seconds: the big screen is told how many are there at most four times in one."""


class Counts(NamedTuple):
    """How many joined, how many answered something in this round, and how many have nothing left to answer."""

    joined: int
    answering: int
    finished: int


class Room:
    """One session, served: it is asked and told everything by the pages, and keeps it in its store."""

    def __init__(self, path: Path, compass: Compass, catalogue: Catalogue, today: Callable[[], date]) -> None:
        """Open the session in `path`.

        Raises:
            BoussoleError: when it cannot be read.

        """
        kept = read_kept(path)
        self.compass, self.catalogue = compass, catalogue
        self.facts: Facts = read_facts(kept.facts)
        self.state: State = read_state(kept.facts)
        self.people = People(compass, kept)
        self.photographs = dict(kept.photographs)
        self.synthesis: Synthesis | None = None
        self.results: dict[tuple[int, str], tuple[Situation, Own]] = {}
        self.today = today
        self._next_person = 1 + max(self.people.by_id, default=0)
        self.store = Store(path)
        self.wall_bell, self.phone_bell = Bell(_GATHERED), Bell()

    @property
    def open(self) -> bool:
        """Tell whether answers are taken."""
        return self.state.stage is Stage.OPEN

    def person(self, token: str | None) -> Participant | None:
        """Return whose phone shows `token`, None where it is nobody's."""
        number = None if token is None else self.people.by_token.get(hashed(token))
        return None if number is None else self.people.by_id[number]

    async def join(self, *, drawn: bool = False) -> tuple[Participant, str]:
        """Add somebody; return them with the token of their phone."""
        person, token = self._newcomer(Participant(self._next_person, new_id(), "", drawn)), new_token()
        await self.store.write(
            (ADD_PERSON, (person.id, person.export, person.words, int(drawn))), (ADD_PHONE, (hashed(token), person.id))
        )
        self.people.add(person)
        self.people.by_token[hashed(token)] = person.id
        self.wall_bell.ring_soon()
        return person, token

    def _newcomer(self, person: Participant) -> Participant:
        """Give somebody new three words that nobody has, and take their number, from now on."""
        self._next_person = person.id + 1
        while not person.words or known_words(person.words) in self.people.by_words:
            person.words = new_words()
        self.people.by_words[known_words(person.words)] = person.id
        return person

    async def type_in(self, export: str, answers: Mapping[str, Value]) -> None:
        """Keep the answers of a sheet on paper, all or none; one that is there already takes them over its own."""
        round_ = self.state.round
        person = next((one for one in self.typed() if one.export == export), None)
        statements: list[Statement] = []
        if person is None:
            person = self._newcomer(Participant(self._next_person, export, "", drawn=False, paper=True))
            statements += [(ADD_PERSON, (person.id, export, person.words, 0)), (ADD_PAPER, (person.id,))]
        row = person.sheets.get(round_) or SheetRow(new_id(), "")
        row = row._replace(day=self.today().isoformat())
        given = {id_: Given(value, person.counter(round_, id_) + 1) for id_, value in answers.items()}
        statements.append((KEEP_SHEET, (person.id, round_, *row)))
        statements += [
            (KEEP_ANSWER, (person.id, round_, id_, _written(one.value), one.counter)) for id_, one in given.items()
        ]
        await self.store.write(*statements)
        self.people.add(person)
        person.sheets[round_] = row
        for id_, one in given.items():
            person.keep(round_, id_, one)
        self.people.changed(person)
        self.wall_bell.ring_soon()

    def typed(self) -> list[Participant]:
        """Return those whose sheets were typed in, in that order."""
        return [one for one in self.people.by_id.values() if one.paper]

    async def come_back(self, words: str) -> str | None:
        """Return a token for another phone of whoever has these three words, None where nobody has."""
        number = self.people.by_words.get(known_words(words))
        if number is None or number not in self.people.by_id:
            return None
        token = new_token()
        await self.store.write((ADD_PHONE, (hashed(token), number)))
        self.people.by_token[hashed(token)] = number
        return token

    def answers(self, person: Participant) -> Answers:
        """Return what holds of somebody's answers in this round."""
        return person.answers(self.state.round)

    def next_question(self, person: Participant) -> Question | None:
        """Return what somebody is to answer next, None where nothing is left."""
        return next_question(self.compass, self.answers(person))

    async def answer(self, person: Participant, round_: int, question: str, given: Given) -> bool:
        """Keep an answer; return False where a newer one is there, and stays.

        It is on the disk when this returns.
        """
        if given.counter < person.counter(round_, question):
            return False
        row = person.sheets.get(round_) or SheetRow(new_id(), "")
        row = row._replace(day=self.today().isoformat())
        person.sheets[round_] = row  # so that the next answer, which may come before this one is written, is of it
        await self.store.write(
            (KEEP_SHEET, (person.id, round_, *row)),
            (KEEP_ANSWER, (person.id, round_, question, _written(given.value), given.counter)),
        )
        person.keep(round_, question, given)
        self.people.changed(person)
        self.wall_bell.ring_soon()
        return True

    async def touch(self, person: Participant) -> None:
        """Note that somebody has a sheet in this round: they say again what they said before."""
        if self.state.round not in person.sheets:
            row = SheetRow(new_id(), self.today().isoformat())
            await self.store.write((KEEP_SHEET, (person.id, self.state.round, *row)))
            person.sheets[self.state.round] = row
            self.wall_bell.ring_soon()

    async def set_state(self, state: State) -> None:
        """Change where the session stands, and tell it: the big screen first, then the phones that wait."""
        await self.store.write(state_written(state))
        self.state = state
        self.wall_bell.ring()
        self.phone_bell.ring()

    def stop(self) -> None:
        """Tell everybody who waits that the session stops; from the thread of the event loop."""
        self.wall_bell.close()
        self.phone_bell.close()

    def counts(self) -> Counts:
        """Return how many joined, answer, and finished in this round."""
        round_ = self.state.round
        here = [one for one in self.people.by_id.values() if round_ in one.sheets]
        situations = [self.people.situation(one, round_) for one in here]
        finished = sum(
            len(one.answers) == len(one.path) or (person.paper and not one.missing)  # blanks on paper stay
            for person, one in zip(here, situations, strict=True)
        )
        return Counts(len(self.people.by_id), len(here), finished)

    def shared_shown(self) -> tuple[str, ...] | None:
        """Return the ids of the group's list, None until the room has seen it."""
        shown = None if self.synthesis is None else self.synthesis.parts
        return None if shown is None or not self.state.seen else tuple(one.ranked.medoc.id for one in shown.shared)

    async def keep_photograph(self, sheets: str, synthesis: Synthesis) -> None:
        """Keep what the room is shown of this round."""
        await self.store.write((KEEP_PHOTOGRAPH, (self.state.round, sheets)))
        self.photographs[self.state.round] = sheets
        self.synthesis = synthesis

    def close(self) -> None:
        """Write what waits."""
        self.store.close()


def _written(value: Value) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=True)
