"""The style and the script of a workshop's pages, which come from here and from nowhere else."""

from __future__ import annotations

from functools import cache

from boussole.render.templating import TEMPLATES, environment


@cache
def style() -> str:
    """Return the style."""
    return (TEMPLATES / "workshop" / "style.css").read_text("utf-8")


@cache
def wall_style() -> str:
    """Return the style of the big screen: that of a group's report, larger."""
    return environment().get_template("group.css").render() + (TEMPLATES / "workshop" / "wall.css").read_text("utf-8")


@cache
def script() -> str:
    """Return the script."""
    return (TEMPLATES / "workshop" / "boussole.js").read_text("utf-8")
