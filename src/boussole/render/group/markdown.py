"""A group's report as Markdown: headings, lists and tables that any reader shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import markdown_link, markdown_text
from boussole.render.group.report.content import group_report
from boussole.render.group.report.model import Bars, Blank, Heading, Items, Said, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.synthesis import Synthesis
    from boussole.render.group.report.model import Block, Item, Report

_BLANK = "…………………………………………………………………………"


def to_markdown(synthesis: Synthesis, language: str) -> str:
    """Return the whole report, ending in a line feed."""
    report = group_report(synthesis, language)
    lines = [f"# {markdown_text(report.title)}", "", *(f"{markdown_text(line)}  " for line in report.bylines)]
    for section in report.sections:
        lines += ["", f"## {markdown_text(section.title)}"]
        if section.aloud:
            lines += ["", f"> **{markdown_text(report.aloud)}**{report.colon}{markdown_text(section.aloud)}"]
        for block in section.blocks:
            lines += ["", *_block(report, block)]
    return "\n".join(lines) + "\n"


def _block(report: Report, block: Block) -> Iterator[str]:
    match block:
        case Bars():
            yield f"**{markdown_text(block.title)}**"
            yield ""
            yield from (f"- {markdown_text(bar.label)}{report.colon}{markdown_text(bar.words)}" for bar in block.bars)
        case Strip():
            yield f"**{markdown_text(block.title)}**{report.colon}{markdown_text(block.words)}"
        case Items():
            if block.title:
                yield f"### {markdown_text(block.title)}"
                yield ""
            yield from (f"- {_item(report, item)}" for item in block.items)
        case Said():
            yield from "\n\n".join(markdown_text(sentence) for sentence in block.sentences).split("\n")
        case Heading():
            yield f"### {markdown_text(block.title)}"
        case Blank():
            for _ in range(block.lines):
                yield f"{_BLANK}  "
        case _:  # the rose is a picture: the terms of its facet are said below it
            yield f"**{markdown_text(block.title)}**{report.colon}{markdown_text(block.words)}"


def _item(report: Report, item: Item) -> str:
    rank = f"{markdown_text(item.rank)} · " if item.rank else ""
    told = f"{report.colon}{markdown_text(item.words)}" if item.words else ""
    notes = "".join(f" · {markdown_text(note)}" for note in item.notes)
    return f"{rank}**{markdown_link(item.title, item.url)}**{told}{notes}"
