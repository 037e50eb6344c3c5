"""The text of a personal path, in the order in which it is read, as paragraphs, lists and tables of a DOCX."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from docx.shared import Cm

from boussole.escape import NOT_IN_XML
from boussole.render.path.docx.parts import (
    CAPTION,
    CODE,
    SMALL,
    TABLE,
    add_footer,
    add_link,
    add_picture,
    add_row,
    add_symbol,
    blank,
    in_cells,
    set_heading_row,
)
from boussole.render.path.docx.rose import rose_png
from boussole.render.path.model import Link
from boussole.render.qr import png, qr_code
from boussole.render.theme import KIND_COLOURS, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    from boussole.render.path.model import Kind, OutOfList, PathContent, PathStep, Ranked

_ROSE_WIDTH, _QR_WIDTH = Cm(8.4), Cm(3.6)
_MOST = 255
"""Characters of a property, says the standard."""


def written(path: PathContent, day: dt.date) -> Document:
    """Return the document; `day` stands as the day it was made."""
    document = blank(path.language)
    properties = document.core_properties
    properties.title, properties.subject = _xml_text(path.title)[:_MOST], _xml_text(path.summary)[:_MOST]
    properties.language = path.language
    properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.created = properties.modified = dt.datetime.combine(day, dt.time())
    properties.revision = 1
    _Writer(document, path, day).write()
    return document


def _xml_text(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return re.sub(NOT_IN_XML, "", text)


class _Writer:
    """Writes each part of one path at the end of its document."""

    def __init__(self, document: Document, path: PathContent, day: dt.date) -> None:
        self._document = document
        self._day = day
        self._path = path
        self._labels = path.labels

    def write(self) -> None:
        path, headings = self._path, self._path.headings
        self._document.add_paragraph(_xml_text(path.title), style="Title")
        self._paragraph(path.byline, CAPTION)
        if path.summary:
            self._paragraph(path.summary)
        self._position()
        self._pathway()
        self._ranked(path.listing.ranked)
        if path.left_out is not None:
            self._heading(headings.left_out)
            self._out(path.left_out)
        if path.avoided.medoc:
            self._heading(headings.avoided)
            self._out(path.avoided.medoc, path.avoided.more)
        if path.to_find_out:
            self._heading(headings.to_find_out)
            for ask in path.to_find_out:
                self._paragraph(ask, "List Bullet")
        if path.answers:
            self._heading(headings.answers)
            self._facts(path.answers)
        self._heading(headings.about)
        for text in path.about:
            self._paragraph(text)
        if path.reopening.code:
            self._share()
        add_footer(self._document, _xml_text(path.title))

    def _heading(self, text: str, level: int = 1) -> Paragraph:
        heading: Paragraph = self._document.add_heading(_xml_text(text), level)
        return heading

    def _paragraph(self, text: str, style: str | None = None) -> Paragraph:
        return self._document.add_paragraph(_xml_text(text), style)

    def _labelled(self, label: str, text: str, style: str | None = None) -> Paragraph:
        """Add a paragraph that begins with its label in bold."""
        paragraph = self._document.add_paragraph(style=style)
        paragraph.add_run(_xml_text(label)).bold = True
        paragraph.add_run(_xml_text(text))
        return paragraph

    def _link(self, paragraph: Paragraph, medoc: Link) -> None:
        """Add a title to a paragraph, as a link where there is an address."""
        title = _xml_text(medoc.title)
        if medoc.url is None:
            paragraph.add_run(title)
        else:
            add_link(paragraph, title, medoc.url)

    def _seen(self, paragraph: Paragraph, medoc: Link) -> None:
        """Add to a paragraph where a MEDOC without an address was seen, as a link where that is on the web."""
        if medoc.seen:
            paragraph.add_run(" · ")
            self._link(paragraph, Link(medoc.id, medoc.seen, medoc.source))

    def _mark(self, paragraph: Paragraph, kind: Kind) -> None:
        """Add the shape of a kind and its letter; its title follows."""
        shape = SHAPES[kind.place % len(SHAPES)]
        colour = KIND_COLOURS[kind.place % len(KIND_COLOURS)].light
        add_symbol(paragraph, shape.symbol, colour)
        paragraph.add_run(f"{kind.letter} ").bold = True

    def _position(self) -> None:
        path = self._path
        self._heading(path.headings.position)
        rose, picture = path.position.rose, rose_png(path, self._day)
        if rose is not None and picture is not None:
            self._picture(picture, _ROSE_WIDTH, f"{rose.title}{self._labels.colon}{rose.words}")
        positions = [(one.title, one.terms) for one in path.position.lines]
        self._facts([*positions, *((one.title, one.words) for one in path.position.axes)])

    def _picture(self, picture: bytes, width: Length, told: str) -> None:
        """Add a picture in a paragraph of its own, said in words to those who do not see it."""
        add_picture(self._document.add_paragraph(), picture, width, _xml_text(told))

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        if not pairs:
            return
        table = self._table(0, (8.0, 9.4))
        for name, value in pairs:
            before, after = add_row(table)
            before.add_run(_xml_text(name))
            after.add_run(_xml_text(value)).bold = True

    def _table(self, header: int, widths: Sequence[float]) -> Table:
        table: Table = self._document.add_table(header, len(widths), style=TABLE)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        set_heading_row(table, there=header > 0)
        return table

    def _pathway(self) -> None:
        path = self._path
        self._heading(path.headings.path)
        self._paragraph(path.pathway.rule, SMALL)
        if path.pathway.time:
            self._labelled(path.pathway.time, "")
        for stage in path.pathway.stages:
            number = f"{stage.place + 1}. " if stage.id else ""
            self._heading(f"{number}{stage.title}", 2)
            for step in stage.steps:
                self._step(step)

    def _step(self, step: PathStep) -> None:
        labels, colon, separator = self._labels, self._labels.colon, self._labels.separator
        self._link(self._heading("", 3), step.medoc)
        caption = self._paragraph("", CAPTION)
        self._mark(caption, step.kind)
        facts = (step.kind.title, step.publisher, step.minutes, *step.notes)
        caption.add_run(_xml_text(" · ".join(fact for fact in facts if fact)))
        self._seen(caption, step.medoc)
        for lines in step.summary:
            self._paragraph("\n".join(lines))
        reasons = separator.join(f"{why.text} ({f'{why.points:+d}' if why.points else 0})" for why in step.why)
        standing = f" ({labels.rank.lower()} {step.rank}, {labels.score.lower()} {step.score}){colon}"
        self._labelled(labels.why, f"{standing}{reasons}", SMALL)
        if step.first:
            paragraph = self._labelled(labels.read_first, " ")
            for index, medoc in enumerate(step.first):
                paragraph.add_run(", " if index else "")
                self._link(paragraph, medoc)
                self._seen(paragraph, medoc)
        if step.cautions:
            self._paragraph(f"{labels.caution}{colon}{separator.join(step.cautions)}", SMALL)

    def _ranked(self, items: Sequence[Ranked]) -> None:
        labels = self._labels
        self._heading(self._path.headings.ranked)
        if self._path.listing.nothing:
            self._paragraph(self._path.listing.nothing)
        else:
            table = self._table(1, (1.5, 10.6, 3.6, 1.7))
            names = (labels.rank, "MEDOC", labels.kind, labels.score)
            for cell, name in zip(in_cells(table.rows[0]), names, strict=True):
                cell.add_run(_xml_text(name))
            for item in items:
                rank, title, kind, score = add_row(table)
                rank.add_run(item.rank)
                self._link(title, item.medoc)
                title.add_run(_xml_text("".join(f" · {note}" for note in item.notes)))
                self._seen(title, item.medoc)
                self._mark(kind, item.kind)
                kind.add_run(_xml_text(item.kind.title))
                score.add_run(str(item.score))
        for sentence in self._path.listing.sure:
            self._paragraph(sentence, SMALL)

    def _out(self, items: Iterable[OutOfList], more: str = "") -> None:
        for item in items:
            paragraph = self._paragraph("", "List Bullet")
            self._link(paragraph, item.medoc)
            self._seen(paragraph, item.medoc)
            paragraph.add_run(_xml_text(f"{self._labels.colon}{self._labels.separator.join(item.reasons)}"))
        if more:
            self._paragraph(more)

    def _share(self) -> None:
        self._heading(self._path.headings.share)
        for text, style in ((self._path.reopening.share, None), (self._path.reopening.code, CODE)):
            self._paragraph(text, style).paragraph_format.keep_with_next = True
        qr = qr_code(self._path.reopening.code)
        if qr is None:
            self._paragraph(self._labels.no_qr)
        else:
            self._picture(png(qr), _QR_WIDTH, self._labels.qr)
