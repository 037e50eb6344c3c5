"""The rose as a picture for a word processor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.path.typesetting import FAMILIES, plain, png

if TYPE_CHECKING:
    import datetime as dt

    from boussole.render.path.model import PathContent
    from boussole.render.path.typesetting import Tables


def rose_png(path: PathContent, day: dt.date) -> bytes | None:
    """Return the rose as a PNG, its labels in it; None where there is none that can be drawn."""
    drawing = None if path.position.rose is None else draw_rose(path.position.rose)
    if path.position.rose is None or drawing is None:
        return None
    title = path.position.rose.title

    def told(tables: Tables) -> str:
        shown = {"rose": plain(drawing, tables), "title": plain(title, tables)}
        return json.dumps({**shown, "language": path.language, "fonts": FAMILIES, "rose-line": LINE})

    return png("rose_picture.typ", told, day)
