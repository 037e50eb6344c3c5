"""A personal path as a page of HTML that holds all it needs: no script, no request, and its answers to reopen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.render.path.content import path_content
from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.qr import path_data, qr_code, width
from boussole.render.templating import environment, style_digest
from boussole.render.theme import KIND_COLOURS, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.render.path.model import PathContent, PathMetadata
    from boussole.render.path.rose_svg import Place


def to_html(
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
) -> str:
    """Return the whole page."""
    path = path_content(ranking, language, metadata, shown=shown, left_out=left_out)
    templates = environment()
    style = templates.get_template("path.css").render(colours=KIND_COLOURS)
    qr = qr_code(path.reopening.code)
    return templates.get_template("path.html").render(
        path=path,
        style_hash=style_digest(style),
        shapes=SHAPES,
        colours=KIND_COLOURS,
        contents=_contents(path),
        rose=None if path.position.rose is None else draw_rose(path.position.rose),
        line=LINE,
        outline=_outline,
        qr="" if qr is None else path_data(qr),
        qr_size=0 if qr is None else width(qr),
    )


def _contents(path: PathContent) -> list[tuple[str, str]]:
    """Return the sections by id, in their order."""
    headings = path.headings
    sections = [
        ("position", headings.position, True),
        ("path", headings.path, True),
        ("list", headings.ranked, True),
        ("left-out", headings.left_out, path.left_out is not None),
        ("avoided", headings.avoided, bool(path.avoided.medoc)),
        ("to-find-out", headings.to_find_out, bool(path.to_find_out)),
        ("answers", headings.answers, True),
        ("about", headings.about, True),
        ("share", headings.share, True),
    ]
    return [(id_, title) for id_, title, there in sections if there]


def _outline(places: Iterable[Place | tuple[float, float]]) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:g},{y:g}" for x, y in places)
