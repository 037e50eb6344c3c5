"""A group's report as a PDF: tagged, with bookmarks and links, the same bytes for the same people."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from boussole.errors import need
from boussole.render.group.report.content import group_report
from boussole.render.group.report.model import Strip
from boussole.render.group.strip import draw_strip
from boussole.render.path.model import RoseContent
from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.path.typesetting import FAMILIES, SANS, pdf, plain

if TYPE_CHECKING:
    from boussole.core.group.synthesis import Synthesis
    from boussole.render.group.report.model import Block, Report
    from boussole.render.path.typesetting import Tables

_NO_DAY = dt.date(2000, 1, 1)
"""A report has no date of its own: it is written on it by hand, and the same answers give the same bytes."""


def to_pdf(synthesis: Synthesis, language: str) -> bytes:
    """Return the whole document.

    Raises:
        BoussoleError: when what it takes is not installed.

    """
    need("pdf", "PDF", "typst", SANS)
    report = group_report(synthesis, language)
    return pdf("group.typ", lambda tables: _told(report, tables), _NO_DAY)


def _told(report: Report, tables: Tables) -> str:
    """Return all that the template lays out, as JSON; each table replaces letters in what is shown."""
    sections = [
        {
            "title": plain(section.title, tables),
            "aloud": plain(section.aloud, tables),
            "blocks": [_block(block, tables) for block in section.blocks],
        }
        for section in report.sections
    ]
    head = plain(report._replace(sections=()), tables)
    return json.dumps({"report": head, "sections": sections, "fonts": FAMILIES, "rose-line": LINE})


def _block(block: Block, tables: Tables) -> dict[str, Any]:
    told: dict[str, Any] = {"what": type(block).__name__, "block": plain(block, tables), "drawing": None}
    if isinstance(block, Strip):
        told["drawing"] = plain(draw_strip(block), tables)
    elif isinstance(block, RoseContent) and (drawing := draw_rose(block)) is not None:
        told["drawing"] = plain(drawing, tables)
    return told
