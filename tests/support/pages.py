"""What a CommonMark parser finds in a page: the reader that the Markdown tests believe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

HARMLESS = {"text", "text_special", "softbreak", "hardbreak", "link_open", "link_close", "strong_open", "strong_close"}
"""What may stand inside a line of a page."""

BLOCKS = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "fence"} | {
    f"{list_}_{side}" for list_ in ("bullet_list", "list_item") for side in ("open", "close")
}
"""What a page is made of."""


@dataclass(slots=True)
class Block:
    """A heading, a paragraph outside lists (`where` is the tag), or an item of a list with all its paragraphs."""

    where: str
    lines: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its paragraphs, one a line."""
        return "\n".join(self.lines)


@dataclass(slots=True)
class Page:
    """A parsed page: its blocks in order, its fences, and every kind of token in it."""

    blocks: list[Block]
    fences: list[Token]
    kinds: set[str]

    def section(self, title: str) -> list[Block]:
        """Return what stands under the second-level heading `title`."""
        starts = [index for index, block in enumerate(self.blocks) if block.where == "h2"]
        start = next(index for index in starts if self.blocks[index].text == title)
        return self.blocks[start + 1 : next((index for index in starts if index > start), len(self.blocks))]

    def items(self, title: str) -> list[Block]:
        """Return the list items under the second-level heading `title`."""
        return [block for block in self.section(title) if block.where == "li"]


def read(markdown: str) -> Page:
    """Return what a CommonMark parser, HTML allowed, finds in `markdown`."""
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    blocks: list[Block] = []
    inside = False
    for token in tokens:
        if token.type == "list_item_open":
            blocks.append(Block("li"))
            inside = True
        elif token.type == "list_item_close":
            inside = False
        elif token.type in {"heading_open", "paragraph_open"} and not inside:
            blocks.append(Block(token.tag))
        elif token.type == "inline":
            _add(blocks[-1], token.children or [])
    inline = {child.type for token in tokens for child in token.children or []}
    return Page(blocks, [token for token in tokens if token.type == "fence"], {token.type for token in tokens} | inline)


def _add(block: Block, children: Sequence[Token]) -> None:
    text, link, strong = "", 0, 0
    for child in children:
        if child.type == "link_open":
            block.links.append(("", str(child.attrs["href"])))
            link = len(text)
        elif child.type == "link_close":
            block.links[-1] = (text[link:], block.links[-1][1])
        elif child.type == "strong_open":
            strong = len(text)
        elif child.type == "strong_close":
            block.strong.append(text[strong:])
        else:
            text += "\n" if child.type in {"softbreak", "hardbreak"} else child.content
    block.lines.append(text)
