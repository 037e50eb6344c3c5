"""The exported page in a real browser: accessible, narrow, printed, harmless."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.answers.saved import answers_block, checksummed_file, save
from boussole.files.answers.share_code import to_code
from boussole.files.library import Library
from boussole.render.path.html import to_html
from boussole.render.path.model import PathMetadata
from support.hostile import INJECTIONS, Hostile
from support.paths import ROOT
from support.samples import MOMENT, NAUGHTY, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from browser.conftest import Opened

    Open = Callable[..., AbstractContextManager[Opened]]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LIBRARY = Library(ROOT / "medoc.toml", ROOT / "compasses")
COMPASSES: dict[str, dict[str, object]] = {
    "agir-ensemble": {
        "profile": "collectivites", "domain": ["eau"], "level": "local", "objective": "projets-de-territoire",
        "partenaires": "divers",
    },
    "odd17-en-pratiques": {},
    "diversite-des-modeles": {"engagement": 2},
    "sept-savoir-faire": {"ecosysteme": 1, "alliance": 3},
}  # fmt: skip
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _shipped(compass: str, language: str = "fr", *, whole: bool = False) -> str:
    """Return the page of a shipped compass, with all there is to say."""
    pair = LIBRARY.pair(compass)
    wanted = {id_: value for id_, value in COMPASSES[compass].items() if id_ in pair.compass.questions}
    answers = accepted(pair.compass, Answers.given(wanted))
    ranking = rank(pair.compass, pair.catalogue, situate(pair.compass, answers))
    saved = save(pair.compass, pair.catalogue, answers, saved=MOMENT, name="Ann-Lou")
    kept = PathMetadata(
        TODAY, answers_block(saved), "Ann-Lou", answers_file=checksummed_file(saved), code=to_code(saved)
    )
    shown = ranking.recommendations if whole else ranking.top()
    return to_html(ranking, language, kept, shown=shown, left_out=whole)


def _hostile(texts: list[str]) -> str:
    hostile = Hostile(texts)
    ranking = hostile.ranking
    return to_html(ranking, "en", hostile.keepsake(), shown=ranking.recommendations, left_out=True)


@pytest.mark.parametrize(("compass", "dark"), [*((one, False) for one in COMPASSES), ("agir-ensemble", True)])
def test_everybody_can_read_it(compass: str, dark: bool, opened: Open) -> None:  # noqa: FBT001 - a parameter
    """axe-core finds nothing against WCAG 2.2 A and AA, nor against its good practices, in light and in dark."""
    with opened(_shipped(compass), dark=dark, bypass_csp=True) as here:
        here.page.add_script_tag(content=AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found: dict[str, Any] = here.page.evaluate("tags => axe.run({runOnly: tags})", tags)
        told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]]
        assert told == []
        unsure = [
            node["target"] for one in found["incomplete"] for node in one["nodes"] if one["id"] == "color-contrast"
        ]
        assert [one for one in unsure if "tspan" not in one[0]] == []  # in SVG it cannot tell: test_identity does


@pytest.mark.parametrize(("width", "language"), [(320, "fr"), (320, "en"), (390, "fr"), (768, "en"), (1200, "fr")])
def test_it_fits_any_screen(width: int, language: str, opened: Open) -> None:
    """From 320 pixels on, nothing makes the page scroll sideways; nothing is asked, and nothing complains."""
    with opened(_shipped("agir-ensemble", language, whole=True), width=width) as here:
        assert here.page.evaluate(OVERFLOW) <= 0
        assert here.misdeeds == []
        assert here.page.title().endswith(here.page.text_content("h1") or "?")


def test_the_keyboard_goes_through_it_in_order(opened: Open) -> None:
    """Tab leads first to the way past the contents, then to every link in the order of the page, and shows where."""
    with opened(_shipped("agir-ensemble")) as here:
        page = here.page
        links = page.evaluate("() => [...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
        assert links[0] == "#path"
        for href in links:
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "() => ({href: document.activeElement.getAttribute('href'),"
                " seen: getComputedStyle(document.activeElement).outlineStyle,"
                " left: document.activeElement.getBoundingClientRect().left})"
            )
            assert focused["href"] == href
            assert focused["seen"] != "none"
            assert focused["left"] >= 0
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.id") == "path"


def test_it_prints_on_two_to_four_pages(opened: Open, tmp_path: Path) -> None:
    """On A4, with links written out."""
    pypdf = pytest.importorskip("pypdf")
    with opened(_shipped("agir-ensemble")) as here:
        here.page.pdf(path=tmp_path / "path.pdf", prefer_css_page_size=True)
        href = here.page.get_attribute("h4 a", "href")
    printed = pypdf.PdfReader(tmp_path / "path.pdf")
    assert 2 <= len(printed.pages) <= 4
    width, height = printed.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
    said = "".join(page.extract_text() for page in printed.pages)
    assert (href or "?") in "".join(said.split())


def _check(html: str, elements: set[str], opened: Open) -> None:
    with opened(html) as here:
        page = here.page
        found = set(page.evaluate("() => [...document.querySelectorAll('*')].map(one => one.localName)"))
        assert found <= elements
        handlers = page.evaluate(
            "() => [...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
            ".filter(one => one.name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(one.value))"
            ".filter(one => !['content', 'aria-label'].includes(one.name)).length"
        )
        assert handlers == 0
        assert page.evaluate("() => [...document.links].every(one => /^(https?|file):$/.test(one.protocol))")
        for element in page.query_selector_all("h4, main a")[:3]:
            element.dispatch_event("mouseover")
        assert here.misdeeds == []


_USUAL: set[str] = set()


@pytest.fixture
def usual(opened: Open) -> set[str]:
    """Return the names of the elements of harmless pages with everything in them."""
    if not _USUAL:
        for html in (_hostile(["word"]), _shipped("agir-ensemble", whole=True)):
            with opened(html) as here:
                _USUAL.update(here.page.evaluate("() => [...document.querySelectorAll('*')].map(one => one.localName)"))
        _USUAL.add("br")
    return _USUAL


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 80))
def test_naughty_strings_do_nothing(start: int, usual: set[str], opened: Open) -> None:
    """With a naughty string as every text, no script runs, no element appears, nothing is asked."""
    _check(_hostile(NAUGHTY[start : start + 80]), usual, opened)


@pytest.mark.parametrize("start", range(0, len(INJECTIONS), 8))
def test_injections_do_nothing(start: int, usual: set[str], opened: Open) -> None:
    """The same with what somebody writes who wants the page to do something; test_path_page has each as every text."""
    _check(_hostile(INJECTIONS[start : start + 8]), usual, opened)
