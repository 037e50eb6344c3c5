"""The people of a session as it is served: their phones, their sheets, round by round; nothing is written here."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.answers.accepting import accept
from boussole.core.answers.answers import Answers
from boussole.core.answers.remedies import RefusedError
from boussole.core.situation import situate
from boussole.workshop.chance import known_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.situation import Situation
    from boussole.workshop.store import Kept


class Given(NamedTuple):
    """An answer of one round, with the phone's counter: an older one never takes the place of a newer one."""

    value: Value
    counter: int


class SheetRow(NamedTuple):
    """The sheet of one person in one round: its random id, and the day it was last changed."""

    id: str
    day: str


@dataclass(slots=True)
class Participant:
    """Somebody who joined. `export` stands for them in exports.

    `drawn` are those of a rehearsal, `paper` those who answered on paper, typed in by the facilitator.
    """

    id: int
    export: str
    words: str
    drawn: bool
    paper: bool = False
    sheets: dict[int, SheetRow] = field(default_factory=dict)
    given: dict[int, dict[str, Given]] = field(default_factory=dict)

    def answers(self, round_: int) -> Answers:
        """Return what holds in a round: its answers, over those of the rounds before."""
        values: dict[str, Value] = {}
        for number in sorted(self.given):
            if number <= round_:
                values |= {id_: one.value for id_, one in self.given[number].items()}
        return Answers.given(values)

    def counter(self, round_: int, question: str) -> int:
        """Return the counter of the answer to a question in a round, 0 where there is none."""
        found = self.given.get(round_, {}).get(question)
        return 0 if found is None else found.counter

    def keep(self, round_: int, question: str, given: Given) -> None:
        """Take an answer, unless a newer one is there."""
        answers = self.given.setdefault(round_, {})
        if question not in answers or given.counter >= answers[question].counter:
            answers[question] = given


class WholeSheet(NamedTuple):
    """A sheet that counts: no required question on its path is without an answer."""

    person: Participant
    round: int
    situation: Situation


class People:
    """Everybody of a session, by number, by token and by their three words."""

    def __init__(self, compass: Compass, kept: Kept) -> None:
        """Take in what is kept; answers that `compass` does not take any more count for nothing."""
        self._compass = compass
        self._situations: dict[tuple[int, int], Situation] = {}
        self.by_id: dict[int, Participant] = {}
        self.by_token = dict(kept.phones)
        self.by_words: dict[str, int] = {}
        for id_, export, words, drawn in kept.people:
            self.add(Participant(id_, export, words, bool(drawn), id_ in kept.paper))
        for person, round_, sheet, day in kept.sheets:
            self.by_id[person].sheets[round_] = SheetRow(sheet, day)
        for person, round_, question, value, counter in kept.answers:
            with suppress(KeyError, RefusedError):  # the compass changed since
                accepted = accept(compass.questions[question], read_value(value))
                self.by_id[person].keep(round_, question, Given(accepted, counter))

    def add(self, person: Participant) -> None:
        """Take in somebody who joined."""
        self.by_id[person.id] = person
        self.by_words[known_words(person.words)] = person.id

    def situation(self, person: Participant, round_: int) -> Situation:
        """Return where somebody stands in a round."""
        key = person.id, round_
        found = self._situations.get(key)
        if found is None:
            found = self._situations[key] = situate(self._compass, person.answers(round_))
        return found

    def changed(self, person: Participant) -> None:
        """Forget where somebody stood: they answered."""
        for key in [key for key in self._situations if key[0] == person.id]:
            del self._situations[key]

    def whole(self, round_: int) -> Iterator[WholeSheet]:
        """Yield the sheets of a round that count."""
        for person in self.by_id.values():
            if round_ in person.sheets:
                situation = self.situation(person, round_)
                if not situation.missing:
                    yield WholeSheet(person, round_, situation)


def read_value(written: str) -> Value:
    """Return a value as it is kept."""
    value: Any = json.loads(written)
    return tuple(value) if isinstance(value, list) else value
