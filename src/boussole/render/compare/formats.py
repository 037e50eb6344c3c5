"""What moved between two results, and why: for the terminal, as Markdown, as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boussole.core.compare.differences import Part
from boussole.core.compare.partial import NoPlace
from boussole.escape import json_document, markdown_text, plain_text
from boussole.i18n import Joined
from boussole.render.compare.difference_wording import Both, difference_text
from boussole.render.compare.wording import HEADING, headlines, sections
from boussole.render.recommend.json import heading, obstacle_entry
from boussole.render.wrapping import hung, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from boussole.core.compare.causes import Comparison, ExplainedMove
    from boussole.core.compare.differences import Difference
    from boussole.core.ranking import Ranking
    from boussole.i18n import Localised
    from boussole.render.compare.wording import Row

_WIDE = 60
_GAP = 2


def to_table(comparison: Comparison, language: str, *, width: int) -> RenderableType:
    """Return it for a screen `width` characters wide: under each cause, what it moves."""
    from rich.console import Group
    from rich.text import Text

    def paragraph(text: Localised, start: str = "", style: str = "") -> Text:
        lines = hung(start, plain_text(text.in_(language)), width)
        return Text("\n".join(lines), no_wrap=True, overflow="crop", style=style)

    parts: list[RenderableType] = [paragraph(line) for line in headlines(comparison)]
    for section in sections(comparison):
        parts += [Text(""), paragraph(section.title, style="bold"), *(paragraph(line, "- ") for line in section.lines)]
        if width >= _WIDE and section.rows:
            parts.append(_table(section.rows, language, width))
            continue
        for row in section.rows:
            parts += [
                paragraph(Joined([row.title, *_facts(row)], " · ")),
                *(paragraph(line, "  ") for line in row.more),
            ]
    return Group(*parts)


def _facts(row: Row) -> list[Localised]:
    """Return what a MEDOC does, where it does something, and its places."""
    return [fact for fact in (row.does, row.places) if fact]


def _table(rows: Sequence[Row], language: str, width: int) -> RenderableType:
    """Return a line for each MEDOC, wrapped here, since Rich would break at the no-break spaces of French."""
    from rich.table import Table
    from rich.text import Text

    cells = [[plain_text(text.in_(language)) for text in row[:3]] for row in rows]
    first, last = (max(text_width(row[at]) for row in cells) for at in (0, 2))
    left = max(width - first - last - 2 * _GAP - _GAP, 1)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(justify="right", no_wrap=True, width=first + _GAP)
    table.add_column(width=left)
    table.add_column(no_wrap=True)
    for row, (places, title, does) in zip(rows, cells, strict=True):
        lines = wrap(title, left)
        for more in row.more:
            lines += wrap(plain_text(more.in_(language)), left)
        table.add_row(Text(places), Text("\n".join(lines), no_wrap=True), Text(does))
    return table


def to_markdown(comparison: Comparison, language: str) -> str:
    """Return it as CommonMark."""

    def markdown(text: Localised) -> str:
        return markdown_text(text.in_(language))

    lines = [f"# {markdown(HEADING)}", "", *(f"- {markdown(line)}" for line in headlines(comparison)), ""]
    for section in sections(comparison):
        lines += [f"## {markdown(section.title)}", "", *(f"- {markdown(line)}" for line in section.lines)]
        if section.lines and section.rows:
            lines.append("")
        for row in section.rows:
            title = markdown(row.title)
            bold = [f"**{title}**"] if title else []  # nothing cannot be bold
            lines.append(f"- {' · '.join([*bold, *map(markdown, _facts(row))])}")
            lines += [f"  - {markdown(line)}" for line in row.more]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def to_json(comparison: Comparison, language: str) -> str:
    """Return it as one JSON object, indented, ending in a line feed; ids are never translated."""
    document: dict[str, Any] = {
        "format": 1,
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "top": comparison.top,
        "differences": [_difference(one, comparison, language) for one in comparison.differences],
        "moves": [_move(move, comparison, language) for move in comparison.moves],
        "stays": [
            {"id": id_, "title": _title(id_, comparison, language), "place": place} for id_, place in comparison.stays
        ],
        "idle": [comparison.differences[at].name for at in comparison.idle],
        "pairs": comparison.pairs,
    }
    return json_document(document)


def _side(ranking: Ranking) -> dict[str, Any]:
    situation = ranking.situation
    return {
        **{key: value for key, value in heading(ranking).items() if key != "format"},
        "situation": {facet: sorted(terms) for facet, terms in situation.terms.items()},
        "axes": dict(situation.axes),
    }


def _difference(one: Difference, comparison: Comparison, language: str) -> dict[str, Any]:
    change = "added" if one.before is None else "removed" if one.after is None else "changed"
    values = {} if one.part not in _PLAIN else {"before": _value(one.before), "after": _value(one.after)}
    of = {"of": one.of} if one.of else {}
    names = {"id": one.name, "kind": one.part.value, "about": one.id, **of, "change": change}
    return {
        **names,
        **values,
        "text": difference_text(one, Both(comparison.before.context, comparison.after.context)).in_(language),
    }


_PLAIN = {Part.ANSWER, Part.WEIGHT, Part.REQUIRE, Part.GENERIC, Part.TAGS, Part.PROVEN, Part.YEAR}
_PLAIN |= {Part.REFERENCE, Part.SUPERSEDED_BY, Part.DATED}


def _value(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value._asdict() if hasattr(value, "_asdict") else value


def _move(move: ExplainedMove, comparison: Comparison, language: str) -> dict[str, Any]:
    nearest = move.cause.nearest
    sets = () if move.cause.together else move.cause.sets
    out = next((out for out in comparison.after.left_out if out.medoc.id == move.medoc), None)
    return {
        "id": move.medoc,
        "title": _title(move.medoc, comparison, language),
        "before": _place(move.before),
        "after": _place(move.after),
        "came": move.came(comparison.top),
        "left": move.left(comparison.top),
        "left_out": [] if out is None else [obstacle_entry(obstacle, language) for obstacle in out.reasons],
        "causes": [[comparison.differences[at].name for at in one] for one in sets],
        "ways": len(sets) and move.cause.number,
        "together": move.cause.together,
        "nearest": None
        if nearest is None
        else {"difference": comparison.differences[nearest[0]].name, "place": nearest[1]},
    }


def _place(place: int) -> int | str:
    return place if place > 0 else NoPlace(place).name.lower()


def _title(medoc: str, comparison: Comparison, language: str) -> str:
    known = comparison.after.context.catalogue.medoc.get(medoc) or comparison.before.context.catalogue.medoc[medoc]
    return known.title.in_(language)
