"""A group's report for the terminal: sections, bars and lists, as wide as the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from boussole.render.group.report.content import group_report
from boussole.render.group.report.model import Bars, Blank, Heading, Items, Said, Strip
from boussole.render.wrapping import hung, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from boussole.core.group.synthesis import Synthesis
    from boussole.render.group.report.model import Block, Item, Report

_BAR = 20
_WIDE = 70
_LABEL = 44
_INDENT = 2
_FULL = 100


def to_table(synthesis: Synthesis, language: str, width: int) -> RenderableType:
    """Return the whole report for a screen `width` columns wide."""
    report = group_report(synthesis, language)
    parts = [_lines(wrap(report.title, width), "bold")]
    parts += [_lines(wrap(line, width), "dim") for line in report.bylines]
    for section in report.sections:
        blocks = [block for block in section.blocks if not isinstance(block, Blank)]  # paper is for writing on
        if not blocks:
            continue
        parts.append(_lines(["", *wrap(section.title.upper(), width)], "bold"))
        if section.aloud:
            parts.append(_lines(wrap(f"{report.aloud}{report.colon}{section.aloud}", width), "italic"))
        for block in blocks:
            parts += [_lines(lines, style) for lines, style in _block(report, block, width)]
    return Group(*parts)


def _lines(lines: list[str], style: str = "") -> Text:
    return Text("\n".join(lines), style=style, no_wrap=True)


def _block(report: Report, block: Block, width: int) -> Iterator[tuple[list[str], str]]:
    """Yield lines, each run with its style; a title has a blank line above it."""
    match block:
        case Bars():
            yield ["", *wrap(block.title, width)], "bold"
            yield _bars(block, width), ""
        case Strip():
            yield ["", *wrap(block.title, width)], "bold"
            yield [*_strip(block, width), *wrap(block.words, width)], ""
        case Items():
            if block.title:
                yield ["", *wrap(block.title, width)], "bold"
            for item in block.items:
                yield from _item(report, item, width)
        case Said():
            yield ["", *(line for sentence in block.sentences for line in wrap(sentence, width))], ""
        case Heading():
            yield ["", *wrap(block.title, width)], "bold"
        case _:  # of the rose, the bars of its facet say all
            return


def _bars(block: Bars, width: int) -> list[str]:
    """Return a count after the other: its label, whole, beside it its bar where there is room, and how many.

    Where a word of a label is too wide to stand beside the counts, these stand under their labels.
    """
    told = max((text_width(bar.words) for bar in block.bars), default=0)
    drawn = _BAR + 1 if width >= _WIDE else 0
    widest = max((text_width(bar.label) for bar in block.bars), default=0)
    label = min(_LABEL, width - told - drawn - 1, widest)
    words = max((text_width(word) for bar in block.bars for word in bar.label.split()), default=0)
    lines = []
    for bar in block.bars:
        if label < min(widest, words + _INDENT):
            lines += [*wrap(bar.label, width), *hung(" " * _INDENT, bar.words, width)]
            continue
        name, *rest = [bar.label] if text_width(bar.label) <= label else wrap(bar.label, label - _INDENT)
        full = round(_BAR * bar.length / _FULL)
        picture = f"{'█' * full}{'░' * (_BAR - full)} " if drawn else ""
        lines.append(f"{name}{' ' * (label - text_width(name))} {picture}{bar.words}")
        lines += [f"{' ' * _INDENT}{row}" for row in rest]
    return lines


def _strip(block: Strip, width: int) -> list[str]:
    """Return the values from 0 to 100 on one line: the middle half thick, the middle one a diamond."""
    if block.median is None:
        return []
    size = min(width, 2 * _BAR + 1)
    cells = ["─"] * size

    def place(value: int) -> int:
        return value * (size - 1) // _FULL

    if block.low is not None and block.high is not None:
        cells[place(block.low) : place(block.high) + 1] = "━" * (place(block.high) - place(block.low) + 1)
    cells[place(block.median)] = "◆"
    return ["".join(cells)]


def _item(report: Report, item: Item, width: int) -> Iterator[tuple[list[str], str]]:
    start = f"{item.rank:>3} " if item.rank else "  - "
    yield hung(start, f"{item.title}{report.colon}{item.words}" if item.words else item.title, width), ""
    if item.notes:
        yield hung("    ", " · ".join(item.notes), width), "dim"
