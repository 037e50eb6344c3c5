"""A group's report in a real browser: readable by everybody, on any screen."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from boussole.render.group.html import to_html
from support.gatherings import shipped_group

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from browser.conftest import Opened

    Open = Callable[..., AbstractContextManager[Opened]]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("number", "dark"), [(20, False), (20, True), (4, False)])
def test_everybody_can_read_it(number: int, dark: bool, opened: Open) -> None:  # noqa: FBT001 - a parameter
    """axe-core finds nothing against WCAG 2.2 A and AA, nor against its good practices, in light and in dark."""
    with opened(to_html(shipped_group(number), "fr"), dark=dark, bypass_csp=True) as here:
        here.page.add_script_tag(content=AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found: dict[str, Any] = here.page.evaluate("tags => axe.run({runOnly: tags})", tags)
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_it_fits_any_screen(width: int, opened: Open) -> None:
    """Nothing makes the page scroll sideways; nothing is asked for, and nothing complains."""
    with opened(to_html(shipped_group(), "fr"), width=width) as here:
        assert here.page.evaluate(OVERFLOW) <= 0
        assert here.misdeeds == []
