"""What moved between two rankings, as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import plain_text
from boussole.i18n import message

if TYPE_CHECKING:
    from boussole.core.compare.moves import Moved, Moves
    from boussole.i18n import Localised


def move_lines(moves: Moves, language: str) -> list[str]:
    """Return a line for each of the top, with how far it moved, then for each that is gone."""
    if not moves.now and not moves.gone:
        return [_said(message("No MEDOC fits these answers."), language)]
    if moves.same:
        return [_said(message("Nothing moves in the first {top}.", top=moves.top), language)]
    lines = [
        _said(message("{place}. {title} · {move}", place=one.after, title=one.medoc.title, move=move), language)
        for one in moves.now
        for move in [_move(one, moves)]
    ]
    if moves.gone:
        lines += [*([""] if lines else []), _said(message("No longer in the first {top}", top=moves.top), language)]
        lines += [
            _said(message("- {title} · {move}", title=one.medoc.title, move=_gone(one)), language) for one in moves.gone
        ]
    return lines


def _move(one: Moved, moves: Moves) -> Localised:
    if one.before is None:
        return message("new (it was left out)")
    if moves.new(one):
        return message("new (it was number {place})", place=one.before)
    by = one.before - (one.after or 0)
    if not by:
        return message("same place")
    return message("↑ {places}", places=by) if by > 0 else message("↓ {places}", places=-by)


def _gone(one: Moved) -> Localised:
    if one.after is None:
        return message("left out")
    return message("now number {place}", place=one.after)


def _said(text: Localised, language: str) -> str:
    return plain_text(text.in_(language))
