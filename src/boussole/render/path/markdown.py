"""A personal path as Markdown: what a participant keeps, and can reopen.

Whatever the texts are, a CommonMark parser finds these items, letter by letter, and no HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.escape import markdown_link, markdown_text
from boussole.render.path.content import path_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.render.path.model import Link, PathContent, PathMetadata, PathStep


def to_markdown(
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
) -> str:
    """Return the whole path as CommonMark: position, path by stage, list, what to find out, rules, answers."""
    page = _Page(path_content(ranking, language, metadata, shown=shown, left_out=left_out))
    parts = [
        page.head(),
        page.position(),
        page.path(),
        page.ranked(),
        page.left_out(),
        page.to_find_out(),
        page.answers(),
        page.about(),
        page.block(),
    ]
    return "\n".join(line for part in parts for line in part)


def _title(level: int, text: str) -> list[str]:
    return [f"{'#' * level} {markdown_text(text)}", ""]


def _link(medoc: Link) -> str:
    return markdown_link(medoc.title, medoc.url)


def _seen(medoc: Link) -> list[str]:
    """Return where a MEDOC without an address was seen, as a link where that is on the web."""
    return [markdown_link(medoc.seen, medoc.source)] if medoc.seen else []


def _link_or_seen(medoc: Link) -> str:
    return " · ".join([_link(medoc), *_seen(medoc)])


class _Page(NamedTuple):
    """Writes each part of one page, as lines; a part ends in an empty line."""

    content: PathContent

    def head(self) -> list[str]:
        content = self.content
        lines = [*_title(1, content.title), markdown_text(content.byline), ""]
        return [*lines, markdown_text(content.summary), ""] if content.summary else lines

    def pair(self, name: str, text: str) -> str:
        return f"- {markdown_text(name)}{self.content.labels.colon}{markdown_text(text)}"

    def position(self) -> list[str]:
        lines = [self.pair(*standing) for standing in self.content.position.lines]
        lines += [self.pair(axis.title, axis.words) for axis in self.content.position.axes]
        return [*_title(2, self.content.headings.position), *lines, ""]

    def path(self) -> list[str]:
        pathway = self.content.pathway
        lines = [*_title(2, self.content.headings.path), markdown_text(pathway.rule), ""]
        if pathway.time:
            lines += [f"**{markdown_text(pathway.time)}**", ""]
        for stage in pathway.stages:
            lines += _title(3, stage.title)
            for step in stage.steps:
                lines += self._step(step)
            lines.append("")
        return lines

    def _step(self, step: PathStep) -> Iterator[str]:
        yield f"- {self._heading(step)}"
        for paragraph in step.summary:
            text = "\\\n  ".join(markdown_text(line) for line in paragraph)
            yield from ("", f"  {text}")
        yield ""
        yield f"  {markdown_text(step.why_line)}"
        if step.first:
            links = ", ".join(_link_or_seen(medoc) for medoc in step.first)
            yield from ("", f"  {markdown_text(self.content.labels.read_first)} {links}")
        yield ""

    def _heading(self, step: PathStep) -> str:
        title = _link(step.medoc)
        bold = [f"**{title}**"] if title else []  # nothing cannot be bold
        facts = [step.publisher, step.kind.title, step.minutes, *step.notes]
        return " · ".join([*bold, *(markdown_text(fact) for fact in facts if fact), *_seen(step.medoc)])

    def ranked(self) -> list[str]:
        lines = _title(2, self.content.headings.ranked)
        for item in self.content.listing.ranked:
            facts = [markdown_text(fact) for fact in (item.kind.title, item.score_text, *item.notes)]
            lines.append(" · ".join([f"- **{item.rank}** {_link(item.medoc)}", *facts, *_seen(item.medoc)]))
        if self.content.listing.nothing:
            lines.append(markdown_text(self.content.listing.nothing))
        for sentence in self.content.listing.sure:
            lines += ["", markdown_text(sentence)]
        return [*lines, ""]

    def left_out(self) -> list[str]:
        if self.content.left_out is None:
            return []
        lines = _title(2, self.content.headings.left_out)
        for out in self.content.left_out:
            why = markdown_text(self.content.labels.separator.join(out.reasons))
            lines.append(f"- {_link_or_seen(out.medoc)}{self.content.labels.colon}{why}")
        return [*lines, ""]

    def to_find_out(self) -> list[str]:
        asks = self.content.to_find_out
        if not asks:
            return []
        return [*_title(2, self.content.headings.to_find_out), *(f"- {markdown_text(ask)}" for ask in asks), ""]

    def answers(self) -> list[str]:
        lines = [f"- {markdown_text(ask)} {markdown_text(answer)}" for ask, answer in self.content.answers]
        return [*_title(2, self.content.headings.answers), *lines, ""]

    def about(self) -> list[str]:
        lines = [line for text in self.content.about for line in (markdown_text(text), "")]
        return [*_title(2, self.content.headings.about), *lines]

    def block(self) -> list[str]:
        return [markdown_text(self.content.reopening.reopen), "", self.content.reopening.answers_block.rstrip("\n"), ""]
