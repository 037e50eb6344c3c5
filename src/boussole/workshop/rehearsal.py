"""A rehearsal: people drawn by chance, who answer everything, and are marked as such wherever they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.explore.sampling import random_answers
from boussole.core.situation import situate
from boussole.workshop.people import Given

if TYPE_CHECKING:
    from boussole.workshop.room import Room

MOST_DRAWN = 200


async def rehearse(room: Room, number: int) -> None:
    """Let `number` drawn people join and answer all that is on their path."""
    for answers in random_answers(room.compass, number):
        person, _ = await room.join(drawn=True)
        for question, value in situate(room.compass, answers).answers.items():
            await room.answer(person, room.state.round, question, Given(value, 1))
