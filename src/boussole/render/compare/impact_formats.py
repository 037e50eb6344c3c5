"""What a change of definitions does to people who already answered: for the terminal, as Markdown, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.escape import json_document, markdown_text, plain_text
from boussole.i18n import Joined
from boussole.render.compare.impact_wording import (
    COLUMNS,
    HEADING,
    MEDOC_SHOWN,
    MEDOC_TITLE,
    figures,
    headlines,
    in_short,
    not_shown,
    notes,
    sections,
)
from boussole.render.wrapping import hung

if TYPE_CHECKING:
    from rich.console import RenderableType

    from boussole.core.compare.impact import Definitions, ResultChange
    from boussole.core.compare.impact_totals import Impact, LargestMove, MedocImpact, UnheldAnswers
    from boussole.i18n import Localised
    from boussole.render.compare.impact_wording import Reading

_WIDE = 70
_NUMBER = 7
_GAP = 2


def to_table(impact: Impact, reading: Reading, language: str, *, width: int, worst: int) -> RenderableType:
    """Return the impact for a screen `width` characters wide, with the `worst` cases only."""
    from rich.console import Group
    from rich.text import Text

    def paragraph(text: Localised, indent: str = "") -> Text:
        return Text("\n".join(hung(indent, plain_text(text.in_(language)), width)), no_wrap=True)

    parts: list[RenderableType] = [paragraph(line) for line in headlines(impact, reading)]
    if impact.medoc:
        parts.append(Text(f"\n{MEDOC_TITLE.in_(language)}", style="bold"))
        if width >= _WIDE:
            parts.append(_table(impact, language, width))
        else:
            for one in impact.medoc[:MEDOC_SHOWN]:
                parts += [paragraph(one.title), paragraph(Joined(in_short(one), " · "), "  ")]
        parts += [paragraph(line) for line in not_shown(impact)]
    for title, entries in sections(impact, worst):
        parts.append(Text(f"\n{title.in_(language)}", style="bold"))
        for first, *rest in entries:
            parts += [paragraph(first), *(paragraph(line, "  ") for line in rest)]
    return Group(*parts)


def _table(impact: Impact, language: str, width: int) -> RenderableType:
    """Return a row for each MEDOC; each line is cut to one, since Rich would break at the no-break spaces of French."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, width=width, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("MEDOC", width=max(width - 3 * (_NUMBER + _GAP), 2), no_wrap=True, overflow="ellipsis")
    for column in COLUMNS:
        table.add_column(column.in_(language), justify="right", width=_NUMBER, no_wrap=True)
    for one in impact.medoc[:MEDOC_SHOWN]:
        cell = Text(plain_text(one.title.in_(language)), style="bold", no_wrap=True, overflow="ellipsis")
        cell.append("".join(f"\n  {plain_text(note.in_(language))}" for note in notes(one)), style="not bold")
        table.add_row(cell, *(str(figure) for figure in figures(one)))
    return table


def to_markdown(impact: Impact, reading: Reading, language: str, *, worst: int) -> str:
    """Return the impact as CommonMark, with the `worst` cases only."""

    def markdown(text: Localised) -> str:
        return markdown_text(text.in_(language))

    lines = [f"# {markdown(HEADING)}", ""]
    lines += [*(f"- {markdown(line)}" for line in headlines(impact, reading)), ""]
    if impact.medoc:
        lines += [f"## {markdown(MEDOC_TITLE)}", ""]
        for one in impact.medoc[:MEDOC_SHOWN]:
            name = markdown(one.title)
            bold = [f"**{name}**"] if name else []  # nothing cannot be bold
            lines.append(f"- {' · '.join([*bold, *(markdown(text) for text in in_short(one))])}")
        lines += [*(f"- {markdown(line)}" for line in not_shown(impact)), ""]
    for title, entries in sections(impact, worst):
        lines += [f"## {markdown(title)}", ""]
        for first, *rest in entries:
            lines += [f"- {markdown(first)}", *(f"  - {markdown(line)}" for line in rest)]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def to_json(impact: Impact, reading: Reading, language: str, *, worst: int | None = None) -> str:
    """Return the impact as one JSON object, indented, ending in a line feed; all the cases where `worst` is None."""
    document: dict[str, Any] = {
        "format": 1,
        "sheets": impact.sheets,
        "changed": impact.changed,
        "first_changed": impact.first_changed,
        "compasses": [
            {
                "old": _definitions(one.change.old),
                "new": _definitions(one.change.new),
                "sheets": one.sheets,
                "changed": one.changed,
                "first_changed": one.first_changed,
            }
            for one in impact.compasses
        ],
        "unread": [{"name": name, "reason": reason.in_(language)} for name, reason in reading.unread],
        "other_compasses": dict(reading.others),
        "medoc": [_medoc(one, language) for one in impact.medoc],
        "unheld": [_unheld(one, language) for one in impact.unheld],
        "asked": [
            {"compass": one.compass, "question": one.question, "ask": one.ask.in_(language), "sheets": one.sheets}
            for one in impact.asked
        ],
        "cases": [_case(one) for one in impact.cases[:worst]],
    }
    return json_document(document)


def _definitions(side: Definitions) -> dict[str, Any]:
    return {
        "compass": {"id": side.compass.id, "version": side.compass.version, "digest": side.compass.digest},
        "catalogue": {"id": side.catalogue.id, "version": side.catalogue.version, "digest": side.catalogue.digest},
        "top": side.top,
    }


def _medoc(one: MedocImpact, language: str) -> dict[str, Any]:
    def move(moved: LargestMove | None) -> dict[str, Any] | None:
        return None if moved is None else {"places": moved.places, "name": moved.sheet}

    return {
        "id": one.id,
        "title": one.title.in_(language),
        "catalogue": one.catalogue,
        "in": "old" if one.gone else "new" if one.new else "both",
        "came": one.came,
        "left": one.left,
        "moved": one.moved,
        "best": move(one.best),
        "worst": move(one.worst),
    }


def _unheld(one: UnheldAnswers, language: str) -> dict[str, Any]:
    remedy = one.problem.remedy
    return {
        "compass": one.compass,
        "question": one.question,
        "code": one.problem.code,
        "reason": one.problem.what.in_(language),
        "remedy": None if remedy is None else remedy.in_(language),
        "already": one.already,
        "sheets": one.sheets,
        "asked_again": one.again,
    }


def _case(outcome: ResultChange) -> dict[str, Any]:
    return {
        "name": outcome.name,
        "compass": outcome.change.new.compass.id,
        "before": list(outcome.before),
        "after": list(outcome.after),
        "left": list(outcome.left),
        "came": list(outcome.came),
        "moves": outcome.moves,
    }
