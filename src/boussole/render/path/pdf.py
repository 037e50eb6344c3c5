"""A personal path as a PDF: tagged, with bookmarks and links, and with its answers attached to reopen it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from boussole.errors import need
from boussole.render.path.content import path_content
from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.path.typesetting import FAMILIES, SANS, pdf, plain
from boussole.render.qr import qr_code, svg
from boussole.render.theme import KIND_COLOURS, SHAPES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.render.path.model import PathContent, PathMetadata


def to_pdf(
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    seal: Callable[[str, bytes], str] | None = None,
) -> bytes:
    """Return the whole document: the same content gives the same bytes.

    `seal` closes the answers file over a document: it is given the file, and the document that holds it open.

    Raises:
        BoussoleError: when what it takes is not installed.

    """
    need("pdf", "PDF", "typst", SANS)
    path = path_content(ranking, language, metadata, shown=shown, left_out=left_out)
    document = pdf("path.typ", partial(_told, path, metadata.today), metadata.today)
    if seal is None:
        return document
    sealed = path.reopening._replace(answers_file=seal(path.reopening.answers_file, document))
    path = path._replace(reopening=sealed)
    return pdf("path.typ", partial(_told, path, metadata.today), metadata.today)


def _told(path: PathContent, day: dt.date, tables: Sequence[Mapping[int, str]]) -> str:
    """Return all that the template lays out, as JSON; each table replaces letters in what is shown."""
    rose = path.position.rose
    without_files = path.reopening._replace(answers_block="", answers_file="")
    shown = {"path": path._replace(reopening=without_files), "rose": None if rose is None else draw_rose(rose)}
    told = {
        **{name: plain(part, tables) for name, part in shown.items()},
        "answers": path.reopening.answers_file,
        "day": [day.year, day.month, day.day],
        "shapes": plain(SHAPES),
        "colours": [colours.light for colours in KIND_COLOURS],
        "fonts": FAMILIES,
        "rose-line": LINE,
        "qr": _qr(path.reopening.code),
    }
    return json.dumps(told)


def _qr(code: str) -> str | None:
    """Return the code to share as a picture; nothing but numbers goes into it."""
    made = qr_code(code)
    return None if made is None else svg(made)
