"""A group's report as a page of HTML that holds all it needs: no script, no request, pictures with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import markup_text
from boussole.render.group.report.content import group_report
from boussole.render.group.strip import draw_strip
from boussole.render.path.model import RoseContent
from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.templating import environment, style_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.group.synthesis import Synthesis
    from boussole.render.path.rose_svg import Place


def to_html(synthesis: Synthesis, language: str) -> str:
    """Return the whole page."""
    templates = environment()
    style = templates.get_template("group.css").render()
    return templates.get_template("group.html").render(
        report=group_report(synthesis, language), style_hash=style_digest(style), **drawing(level=3)
    )


def drawing(*, level: int) -> dict[str, object]:
    """Return what `group_blocks.html` draws a section with, its headings being of `level`."""
    return {
        "level": level,
        "kind": lambda block: type(block).__name__,
        "rose": lambda block: draw_rose(block) if isinstance(block, RoseContent) else None,
        "strip": draw_strip,
        "line": LINE,
        "outline": _outline,
        "text": markup_text,
    }


def _outline(places: Iterable[Place | tuple[float, float]]) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{x:g},{y:g}" for x, y in places)
