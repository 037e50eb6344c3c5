"""Photograph a workshop for docs/facilitators: phones and projector, from a session that is really served.

From the root of the repository: .venv/bin/python docs/pictures/make_workshop.py

It needs Debian's chromium. The people are those of a rehearsal, as the screens say; their address is made up.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import shutil
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from PIL import Image

from boussole.files.library import Library
from boussole.workshop.facts import Facts, facts_written
from boussole.workshop.network import listen
from boussole.workshop.rehearsal import rehearse
from boussole.workshop.room import Room
from boussole.workshop.store import write_now
from boussole.workshop.web.app import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).parent
CODE, TOKEN = "KXPM", "token"
ADDRESS = "192.168.1.20:8765"
PEOPLE = 24
COLOURS = 64
PHONE, WALL = (390, 844), (1280, 720)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
SHEETS = ("1b 2a 3c 4b", "1a 2bc 4a")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a session full of drawn people; give its address."""
    listening = listen("127.0.0.1", 18765, exactly=False)
    port = listening.getsockname()[1]
    pair = Library(ROOT / "medoc.toml", ROOT / "compasses").pair("agir-ensemble")
    path = folder / "soiree.session"
    facts = Facts("soiree", pair.compass.id, "", "fr", CODE, TOKEN, "127.0.0.1", port)
    write_now(path, *facts_written(facts))
    room = Room(path, pair.compass, pair.catalogue, lambda: dt.date(2026, 11, 28))
    asyncio.run(rehearse(room, PEOPLE))
    app = make_app(room, {f"127.0.0.1:{port}"}, ADDRESS)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
    loops = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve(sockets=[listening])

    running = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    loops[0].call_soon_threadsafe(room.stop)
    server.should_exit = True
    running.join()
    room.close()


def keep(page: Page, name: str) -> None:
    """Keep what a page shows, in few colours: it is flat."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"workshop-{name}.png", optimize=True)
    sys.stdout.write(f"docs/pictures/workshop-{name}.png\n")


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """Return a page of a browser of its own."""
    width, height = size
    page = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR").new_page()
    page.goto(address)
    return page


def phone(browser: Browser, address: str) -> Page:
    """Photograph a phone: the first page, a question; return it on its result."""
    page = opened(browser, f"{address}/{CODE}", PHONE)
    keep(page, "welcome")
    page.get_by_role("button", name="Commencer").click()
    page.locator("form[data-question]").wait_for()
    taken = False
    while "/q/" in page.url:
        page.locator(".choice label").first.click()
        if not taken and page.locator("[type=checkbox]").count():
            keep(page, "question")
            taken = True
        before = page.url
        page.locator("form button").first.click()
        page.wait_for_function("url => location.href !== url", arg=before)
        page.locator("h1").wait_for()
    page.locator("form button").first.click()
    page.wait_for_url("**/resultat")
    return page


def wall(browser: Browser, address: str) -> Page:
    """Photograph the projector: how to join, with the timer, then the screens of the result."""
    page = opened(browser, f"{address}/animer/{TOKEN}", WALL)
    page.keyboard.press("8")
    page.locator(".timer").wait_for()
    keep(page, "join")
    for name in ("people", "shared", "divides"):
        before = page.locator("h1").inner_text()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("was => document.querySelector('h1').innerText !== was", arg=before)
        keep(page, name)
    return page


def main() -> None:
    """Take all the pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium: the photographs stay as they are")
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as address,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=chromium, args=list(FLAGS)) as browser,
    ):
        own = phone(browser, address)
        projector = wall(browser, address)
        own.reload()
        keep(own, "result")
        projector.goto(f"{address}/saisie")
        for line in SHEETS:
            projector.locator("#line").fill(line)
            projector.locator("form button").click()
            projector.locator("[role=status]").first.wait_for()
        keep(projector, "paper")
        remote = opened(browser, f"{address}/animer/{TOKEN}", PHONE)
        remote.goto(f"{address}/animer")
        keep(remote, "remote")


if __name__ == "__main__":
    main()
