"""What one person gets: their ranking, the code that reopens it, and their path as a page to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.ranking import rank
from boussole.files.answers.checksums import fill_checksum
from boussole.files.answers.saved import answers_block, checksummed_file, save
from boussole.files.answers.share_code import to_code
from boussole.render.path.html import to_html
from boussole.render.path.model import PathMetadata
from boussole.render.workshop.result import own_result

if TYPE_CHECKING:
    from boussole.core.ranking import Ranking
    from boussole.files.answers.saved import Saved
    from boussole.render.workshop.result import Own
    from boussole.workshop.people import Participant
    from boussole.workshop.room import Room


def ranking_of(room: Room, person: Participant) -> Ranking:
    """Return somebody's ranking, of what they answered in this round."""
    return rank(room.compass, room.catalogue, room.people.situation(person, room.state.round))


def _saved(room: Room, person: Participant) -> Saved:
    return save(room.compass, room.catalogue, room.answers(person))


def own_of(room: Room, person: Participant, language: str) -> Own:
    """Return what somebody's answers give, worked out once until they answer again: at a reveal all read at once."""
    situation = room.people.situation(person, room.state.round)
    kept = room.results.get((person.id, language))
    if kept is None or kept[0] is not situation:
        kept = room.results[person.id, language] = (
            situation,
            own_result(language, ranking_of(room, person), code_of(room, person)),
        )
    return kept[1]


def code_of(room: Room, person: Participant) -> str:
    """Return the line that reopens their answers."""
    return to_code(_saved(room, person))


def path_page(room: Room, person: Participant, language: str) -> str:
    """Return their path as a page that holds all it needs."""
    saved = _saved(room, person)
    ranking = ranking_of(room, person)
    metadata = PathMetadata(
        room.today(),
        answers_block(saved, sealed=True),
        answers_file=checksummed_file(saved),
        code=to_code(saved),
    )
    return fill_checksum(to_html(ranking, language, metadata, shown=ranking.top()))
