"""A real browser: Debian's Chromium, driven by playwright, with no network."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the browser; without one, skip and say why, unless BOUSSOLE_REQUIRE_BROWSER=1 asks for it.

    It is closed with the module: its driver keeps an event loop running, where other tests cannot start theirs.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        why = "there is no chromium on this machine (apt-get install chromium)"
        if os.environ.get("BOUSSOLE_REQUIRE_BROWSER") == "1":
            pytest.fail(f"BOUSSOLE_REQUIRE_BROWSER=1, but {why}")
        pytest.skip(why)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


class Opened(NamedTuple):
    """A page in the browser, and what it did that a page should not do: console, dialogs, requests."""

    page: Page
    misdeeds: list[str]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Callable[..., AbstractContextManager[Opened]]:
    """Return a way to open HTML from a file, as somebody who received it does."""

    @contextmanager
    def open_(html: str, *, width: int = 1200, dark: bool = False, bypass_csp: bool = False) -> Iterator[Opened]:
        file = tmp_path / "path.html"
        file.write_bytes(html.encode())
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", bypass_csp=bypass_csp
        )
        page = context.new_page()
        misdeeds: list[str] = []

        def dismiss(dialog: Dialog) -> None:
            misdeeds.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("console", lambda said: misdeeds.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: misdeeds.append(f"error: {error}"))
        page.on("dialog", dismiss)
        page.on("request", lambda asked: misdeeds.append(f"request: {asked.url}"))
        page.on("popup", lambda _: misdeeds.append("popup"))
        page.goto(file.as_uri())
        misdeeds.remove(f"request: {file.as_uri()}")
        yield Opened(page, misdeeds)
        context.close()

    return open_
