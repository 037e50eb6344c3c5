"""What moved between two rankings, as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import plain_text
from boussole.i18n import gettext

if TYPE_CHECKING:
    from boussole.core.compare.moves import RankChange, RankChanges
    from boussole.i18n import Localised


def move_lines(moves: RankChanges, language: str) -> list[str]:
    """Return a line for each of the top, with how far it moved, then for each that is gone."""
    if not moves.now and not moves.gone:
        return [_said(gettext("No MEDOC fits these answers."), language)]
    if moves.same:
        return [_said(gettext("Nothing moves in the first {top}.", top=moves.top), language)]
    lines = [
        _said(gettext("{place}. {title} · {move}", place=one.after, title=one.medoc.title, move=move), language)
        for one in moves.now
        for move in [_move(one, moves)]
    ]
    if moves.gone:
        lines += [*([""] if lines else []), _said(gettext("No longer in the first {top}", top=moves.top), language)]
        lines += [
            _said(gettext("- {title} · {move}", title=one.medoc.title, move=_gone(one)), language) for one in moves.gone
        ]
    return lines


def _move(one: RankChange, moves: RankChanges) -> Localised:
    if one.before is None:
        return gettext("new (it was left out)")
    if moves.new(one):
        return gettext("new (it was number {place})", place=one.before)
    by = one.before - (one.after or 0)
    if not by:
        return gettext("same place")
    return gettext("↑ {places}", places=by) if by > 0 else gettext("↓ {places}", places=-by)


def _gone(one: RankChange) -> Localised:
    if one.after is None:
        return gettext("left out")
    return gettext("now number {place}", place=one.after)


def _said(text: Localised, language: str) -> str:
    return plain_text(text.in_(language))
