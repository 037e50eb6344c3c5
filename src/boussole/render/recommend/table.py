"""A result for the terminal: a position, a table sized to the screen, what is left to find out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from boussole.escape import plain_text
from boussole.i18n import gettext
from boussole.render.recommend.rose import RADIUS, axis_points, draw, in_words, rose_points
from boussole.render.recommend.sensitivity_wording import share, sure_lines
from boussole.render.theme import marks
from boussole.render.wording import (
    kind_title,
    next_address,
    position,
    rank_label,
    short_why,
    source_note,
    tie_rule,
    title_with_expiry,
)
from boussole.render.wrapping import cut, text_width, wrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rich.console import RenderableType

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.i18n import Localised

_WIDE = 70
_SHORTEST_BAR, _LONGEST_BAR = 5, 20
_SMALLEST_RADIUS = 3
_GAP = 2


def to_table(  # noqa: PLR0913 - what may be shown besides the list, each by its name
    ranking: Ranking,
    language: str,
    *,
    width: int,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    today: dt.date | None = None,
    sure: Sensitivity | None = None,
) -> RenderableType:
    """Return the whole result for a screen `width` characters wide; with `today`, what is out of date is marked.

    With `sure`, each place of the top says how sure it is, and the whole does.
    """
    parts: list[RenderableType] = [
        position_picture(ranking, language, width),
        recommendation_table(ranking, language, width=width, shown=shown, today=today, sure=sure),
    ]
    if sure is not None:
        sentences = [plain_text(line.in_(language)) for line in sure_lines(sure, ranking.context.compass)]
        parts += [Text(""), *(_cut(line, width) for line in sentences)]
    if left_out:
        parts += [heading(gettext("Left out"), language), *_left_out(ranking, language, width)]
    return Group(*parts, *to_find_out(ranking, language, width), how_ordered(language, width))


def heading(text: Localised, language: str) -> Text:
    """Return a title with a blank line above it."""
    return Text(f"\n{plain_text(text.in_(language))}", style="bold")


def position_picture(ranking: Ranking, language: str, width: int, rows: int | None = None) -> RenderableType:
    """Return the rose where there is one to draw, the axes as bars, and the position in words.

    Within so many `rows`, the rose is drawn smaller, then says the values of its axes itself, then is left out.
    """
    layouts = [*itertools.product((True, False), range(RADIUS, _SMALLEST_RADIUS - 1, -1)), (True, None)]
    for bars, radius in layouts if rows is not None else layouts[:1]:
        lines = _position_lines(ranking, language, width, radius, bars=bars)
        if rows is None or len(lines) <= rows:
            break
    apart = [] if rows is not None and len(lines) + 2 > rows else [Text("")]
    return Group(*apart, *lines, *apart)


def _position_lines(ranking: Ranking, language: str, width: int, radius: int | None, *, bars: bool) -> list[Text]:
    """Return a line each; the rose of so large a `radius`, if any, says the values of its axes where `bars` do not."""
    points, axes = rose_points(ranking), axis_points(ranking)
    drawn = [] if radius is None else draw(points, language, width, radius=radius, told=not bars)
    in_bars = axes if bars or not drawn else [axis for axis in axes if axis not in points]
    lines = [Text(plain_text(gettext("Where I stand").in_(language)), style="bold")]
    lines += [Text(line, no_wrap=True) for line in drawn]
    if drawn and points != axes:
        lines.append(Text(""))
    colon = gettext(": ").in_(language)
    lines += [
        row
        for title, terms in position(ranking)
        for row in _rows(f"{plain_text(title.in_(language))}{colon}{plain_text(terms.in_(language))}", width)
    ]
    told = in_words(in_bars, language)
    bar = min(_LONGEST_BAR, max(_SHORTEST_BAR, width - 1 - max(map(text_width, told), default=0)))
    for point, words in zip(in_bars, told, strict=True):
        full = round(bar * point.value / 100)
        lines += _rows(f"{'█' * full}{'░' * (bar - full)} {words}", width)
    if not position(ranking) and not axes:
        lines += _rows(gettext("Your answers do not say where you stand.").in_(language), width)
    return lines


def _rows(text: str, width: int) -> list[Text]:
    return [Text(row, no_wrap=True) for row in wrap(text, width)]


def recommendation_table(  # noqa: PLR0913 - likewise
    ranking: Ranking,
    language: str,
    *,
    width: int,
    shown: Sequence[Recommendation],
    lines: int | None = None,
    today: dt.date | None = None,
    sure: Sensitivity | None = None,
) -> RenderableType:
    """Return the ranked list: rank, title, kind, why in a few words, score; on a narrow screen, below the title.

    With `lines`, each cell is cut to so many; with `sure`, in which share of the changes each place holds comes last.
    """
    if not shown:
        return Text(gettext("No MEDOC fits these answers.").in_(language))
    wide = width >= _WIDE
    kinds = _kinds(shown, ranking.context.catalogue, language)
    rank, kind, score = (text.in_(language) for text in (gettext("Rank"), gettext("Kind"), gettext("Score")))
    kind_width = min(max(map(text_width, [kind, *kinds])), width // 4)
    shares = [] if sure is None else [_share(item, sure, language) for item in shown]
    holds = gettext("Holds").in_(language)
    fixed = [max(len(rank), 4), max(len(score), 4), *([kind_width] if wide else [])]
    fixed += [max(map(text_width, [holds, *shares]))] if shares else []
    left = max(width - sum(fixed) - _GAP * (len(fixed) + wide), 2)
    title_width = left * 3 // 5 if wide else left
    table = Table(box=SIMPLE_HEAD, width=width, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(rank, justify="right", no_wrap=True)
    table.add_column("MEDOC", width=title_width)
    if wide:
        table.add_column(kind, width=kind_width)
        table.add_column(gettext("Why").in_(language), width=left - title_width)
    table.add_column(score, justify="right", no_wrap=True)
    if shares:
        table.add_column(holds, justify="right", no_wrap=True)
    for place, (item, its_kind) in enumerate(zip(shown, kinds, strict=True)):
        title = _title(item.medoc, language, today, title_width, lines)
        why = plain_text(short_why(item, shown).in_(language))
        cells = (
            [title, _cut(its_kind, kind_width, lines), _cut(why, left - title_width, lines)]
            if wide
            else [Text.assemble(title, "\n", _cut(f"{its_kind} · {why}", title_width, lines and 1))]
        )
        table.add_row(
            Text(rank_label(item)), *cells, Text(str(item.score)), *(Text(one) for one in shares[place : place + 1])
        )
    return table


def _title(medoc: Medoc, language: str, today: dt.date | None, width: int, lines: int | None) -> Text:
    """Return a title that leads, in a terminal that can, to the MEDOC or to where it was seen, which is then said."""
    title, seen, address = title_with_expiry(medoc, language, today), source_note(medoc), next_address(medoc)
    text = title if seen is None else f"{title} · {plain_text(seen.in_(language))}"
    return _cut(text, width, lines, "bold" if address is None else f"bold link {address}")


def _kinds(shown: Sequence[Recommendation], catalogue: Catalogue, language: str) -> list[str]:
    """Return the letter and the title of the kind of each."""
    letters = {id_: mark.letter for id_, mark in marks(catalogue).items()}
    kinds = [(item.medoc.kind, kind_title(item.medoc, catalogue).in_(language)) for item in shown]
    return [f"{letters[id_]} {plain_text(title)}" for id_, title in kinds]


def _share(item: Recommendation, sure: Sensitivity, language: str) -> str:
    firm = sure.of(item.medoc.id)
    return "" if firm is None else share(firm).in_(language)


def _cut(text: str, width: int, lines: int | None = None, style: str = "") -> Text:
    """Return `text` on at most so many lines of `width` characters, with « … » where something is missing.

    Rich, left to itself, would break lines at the no-break spaces of French.
    """
    return Text("\n".join(cut(wrap(text, width), lines, width)), style=style, no_wrap=True)


def how_ordered(language: str, width: int) -> RenderableType:
    """Return how the list is ordered, with a blank line above it."""
    return Group(Text(""), _cut(tie_rule().in_(language), width, style="dim"))


def to_find_out(ranking: Ranking, language: str, width: int) -> list[RenderableType]:
    """Return the questions answered "I do not know" or not at all, under a title; nothing where there are none."""
    situation, questions = ranking.situation, ranking.context.compass.questions
    ids = [*situation.to_find_out, *situation.missing]
    if not ids:
        return []
    lines: list[RenderableType] = [_cut(f"- {plain_text(questions[id_].ask.in_(language))}", width) for id_ in ids]
    return [heading(gettext("To find out"), language), *lines]


def _left_out(ranking: Ranking, language: str, width: int) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for out in ranking.left_out:
        why = plain_text("; ".join(reason.text.in_(language) for reason in out.reasons))
        seen = source_note(out.medoc)
        parts = [out.medoc.title.in_(language), *([] if seen is None else [seen.in_(language)]), why]
        lines.append(_cut(" · ".join(map(plain_text, parts)), width))
    return lines
