"""A session as phones show it: a real server on 127.0.0.1, a real browser, 320 pixels wide."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

import httpx2
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import expect

from boussole.workshop.facts import Facts, facts_written
from boussole.workshop.network import listen
from boussole.workshop.room import Room
from boussole.workshop.store import write_now
from boussole.workshop.web.app import make_app
from support.phones import Phone
from support.samples import catalogue, compass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Visit = Callable[..., AbstractContextManager["Seen"]]

_PATIENCE = 20.0
_PORT = 18765 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
"""Each worker has ports of its own: a session that stops and goes on comes back to the same one."""
expect.set_options(timeout=_PATIENCE * 1000)


class Server:
    """A session served by a thread, stopped and started at the same port."""

    def __init__(self, path: Path) -> None:
        """Make the session, and serve it."""
        self.path = path
        self.port = 0
        self._start()

    def _start(self) -> None:
        self._listening = listen("127.0.0.1", self.port or _PORT, exactly=bool(self.port))
        if not self.port:
            self.port = self._listening.getsockname()[1]
            write_now(self.path, *facts_written(Facts("e", "essai", "", "en", "BCDF", "token", "127.0.0.1", self.port)))
        self.room = Room(self.path, compass(), catalogue(), lambda: dt.date(2026, 11, 22))
        app = make_app(self.room, {f"127.0.0.1:{self.port}"}, f"127.0.0.1:{self.port}")
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self._thread.start()
        waited = time.monotonic() + _PATIENCE
        while not self._server.started and time.monotonic() < waited:
            time.sleep(0.01)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._listening])

    def stop(self) -> None:
        """Stop it; phones get no answer."""
        self._loop.call_soon_threadsafe(self.room.stop)
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        self._listening.close()
        self.room.close()

    def start_again(self) -> None:
        """Serve at the same port what is on the disk."""
        self._start()

    @property
    def address(self) -> str:
        """Return where phones go."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop it for good."""
        self.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a session that is being served."""
    with closing(Server(tmp_path / "e.session")) as made:
        yield made


class Seen(NamedTuple):
    """A page, and what it did that it should not: errors, and requests to elsewhere."""

    page: Page
    misdeeds: list[str]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Visit:
    """Return a way to open a page on a phone of 320 pixels."""

    @contextmanager
    def opened(path: str, *, width: int = 320, script: bool = True, dark: bool = False) -> Iterator[Seen]:
        context = browser.new_context(
            viewport={"width": width, "height": 640},
            java_script_enabled=script,
            locale="en-GB",
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        misdeeds: list[str] = []
        page.on("pageerror", lambda error: misdeeds.append(str(error)))
        page.on("console", lambda said: misdeeds.append(said.text) if said.type == "error" else None)
        page.on("request", lambda one: None if one.url.startswith(server.address) else misdeeds.append(one.url))
        page.goto(f"{server.address}{path}")
        yield Seen(page, misdeeds)
        context.close()

    return opened


def answer(page: Page) -> str:
    """Answer the question on the page by its first choice; return its heading."""
    heading = page.locator("h1").inner_text()
    if page.locator("input[name=answer][type=radio], input[name=answer][type=checkbox]").count():
        page.locator(".choice label").first.click()
    else:
        page.locator("#answer").fill("3")
    page.locator("form button").first.click()
    expect(page.locator("h1")).not_to_have_text(heading)
    return heading


def start(page: Page) -> None:
    """Join, and wait for the first question."""
    page.get_by_role("button", name="Start").click()
    page.locator("form[data-question]").wait_for()


def turn(wall: Page, key: str, heading: str) -> None:
    """Press a key that turns to the screen of that heading, and wait until it heeds the next key."""
    wall.keyboard.press(key)
    wall.get_by_role("heading", name=heading, level=1).wait_for()
    wall.wait_for_load_state()


def wide(page: Page) -> int:
    """Return by how much the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("dark", [False, True])
def test_a_whole_session_on_a_narrow_screen(visit: Visit, *, dark: bool) -> None:
    """Nothing is cut off, nothing comes from elsewhere, axe finds nothing, and the focus is on each new question."""
    with visit("/BCDF", dark=dark) as (page, misdeeds):
        found = []
        start(page)
        while page.locator("form[data-question]").count():
            assert wide(page) == 0
            found += Axe().run(page).response["violations"]
            answer(page)
            expect(page.locator("h1")).to_be_focused()
        assert page.locator("h1").inner_text() == "My answers"
        found += Axe().run(page).response["violations"]
        page.locator("form button").first.click()
        page.get_by_role("heading", name="My list").wait_for()
        found += Axe().run(page).response["violations"]
        assert wide(page) == 0
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert misdeeds == []


def test_without_javascript(visit: Visit) -> None:
    """The same way, by forms and links."""
    with visit("/BCDF", script=False) as (page, misdeeds):
        start(page)
        asked = 0
        while page.locator("form[data-question]").count():
            if page.locator(".choice").count():
                page.locator(".choice label").first.click()
            else:
                page.locator("#answer").fill("3")
            with page.expect_navigation():
                page.locator("form button").first.click()
            asked += 1
        assert asked == 7
        page.get_by_role("button", name="See my result").click()
        assert page.locator("h1").inner_text() == "My compass"
        assert misdeeds == []


def test_an_answer_waits_for_the_server(visit: Visit, server: Server) -> None:
    """Pressed while nobody listens, it is kept in the phone, said to wait, and sent by itself afterwards."""
    with visit("/BCDF") as (page, _):
        start(page)
        page.locator(".choice label").first.wait_for()
        server.stop()
        page.locator(".choice label").first.click()
        page.locator("form button").first.click()
        page.locator("#network", has_text="Answers that wait to be sent: 1").wait_for()
        server.start_again()
        page.get_by_role("heading", name="Which fields?").wait_for(timeout=_PATIENCE * 1000)
        assert server.room.people.by_id[1].answers(1).get("profile") == "commune"


def test_a_refused_answer_says_why(visit: Visit) -> None:
    """With JavaScript too: the reason is on the page, and has the focus."""
    with visit("/BCDF") as (page, _):
        start(page)
        page.locator("form button").first.click()
        page.get_by_role("alert").wait_for()
        expect(page.locator("#error")).to_be_focused()
        answer(page)


def test_the_big_screen(visit: Visit, server: Server) -> None:
    """Counts move by themselves; keys lead; axe finds nothing on any screen; nothing is wider than it."""
    with visit("/animer/token", width=1280) as (wall, misdeeds):
        found = Axe().run(wall).response["violations"]
        for number in range(4):
            with httpx2.Client(base_url=server.address, follow_redirects=True) as client:
                phone = Phone(client, "/BCDF")
                phone.send()
                phone.answer_all({})
            wall.locator(".counts", has_text=f"{number + 1} ha").first.wait_for()
        with visit("/BCDF") as (page, _):
            start(page)
            while page.locator("form[data-question]").count():
                answer(page)
        wall.locator(".counts", has_text="5 ha").first.wait_for()
        for heading in ("Who is here", "What gathers you", "What divides you", "What the majority does not see"):
            turn(wall, "ArrowRight", heading)
            found += Axe().run(wall).response["violations"]
            assert wide(wall) == 0
        turn(wall, "ArrowLeft", "What divides you")
        wall.keyboard.press("5")
        wall.locator(".timer", has_text="5 minutes left").wait_for()
        wall.wait_for_load_state()
        wall.keyboard.press("+")
        wall.locator(".timer", has_text="6 minutes left").wait_for()
        found += Axe().run(wall).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert misdeeds == []


def test_the_session_stops_and_goes_on(visit: Visit, server: Server) -> None:
    """Who waits is told that it is stopped, and sees by itself that it is there again."""
    with visit("/animer/token", width=1280) as (wall, _):
        wall.wait_for_timeout(600)  # it asks, and waits
        server.stop()
        wall.locator("#network", has_text="The session is stopped.").wait_for()
        server.start_again()
        wall.locator("#network").wait_for(state="hidden", timeout=_PATIENCE * 1000)


def test_ten_phones_at_once(visit: Visit, server: Server) -> None:
    """Ten browsers apart, two of them without JavaScript, do a whole session together and are shown its result."""
    with ExitStack() as stack:
        wall = stack.enter_context(visit("/animer/token", width=1280)).page
        phones = [stack.enter_context(visit("/BCDF", script=number >= 2)) for number in range(10)]
        together(phones, lambda page: page.get_by_role("button", name="Start").click())
        for _ in range(7):
            together(phones, press)
        together(phones, lambda page: page.get_by_role("button", name="See my result").click())
        for one in phones:
            one.page.get_by_role("heading", name="My list").wait_for()
        wall.locator(".counts", has_text="10 have finished").wait_for()
        for heading in ("Who is here", "What gathers you"):
            turn(wall, "ArrowRight", heading)
        for number, one in enumerate(phones):
            if number < 2:
                one.page.reload()
            one.page.locator("#group", has_text="on your list").wait_for()
        assert len(list(server.room.people.whole(1))) == 10
        assert [one.misdeeds for one in phones] == [[]] * 10


PRESS = """
const answer = document.querySelector("[name=answer]");
if (answer.type === "radio" || answer.type === "checkbox") answer.checked = true; else answer.value = "3";
document.querySelector("form button").click();
"""
"""The first choice, then the button: ten browsers on two cores have no time for a mouse, which other tests move."""


def press(page: Page) -> None:
    """Answer the question on the page by its first choice, without waiting for what follows."""
    page.locator("[name=answer]").first.wait_for(state="attached")
    page.evaluate(PRESS)


def together(phones: list[Seen], act: Callable[[Page], None]) -> None:
    """Act on every phone, then wait until each leads on to another page."""
    before = [one.page.url for one in phones]
    for one in phones:
        act(one.page)
    for one, url in zip(phones, before, strict=True):
        one.page.wait_for_url(other_than(url), wait_until="commit")
        one.page.locator("h1").wait_for()


def other_than(url: str) -> Callable[[str], bool]:
    return lambda now: now != url
