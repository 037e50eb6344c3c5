"""The page of a path: whole in one file, in order, without a script, whatever the texts."""

from __future__ import annotations

import hashlib
import itertools
import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.escape import FORBIDDEN, web_address
from boussole.files.answers.checksums import Edited, fill_checksum
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import answers_block, checksummed_file, reopen, save
from boussole.files.answers.share_code import to_code
from boussole.render.path.content import MOST_AVOIDED, path_content
from boussole.render.path.html import to_html
from boussole.render.path.model import PathMetadata
from support.hostile import INJECTIONS, Hostile
from support.samples import (
    FEW_ANSWERS,
    FULL_ANSWERS,
    MOMENT,
    NAUGHTY,
    TEXTS,
    TODAY,
    catalogue,
    compass,
    ranked,
    replace,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from boussole.core.ranking import Ranking


def _keepsake(answers: dict[str, object], name: str | None = None) -> PathMetadata:
    saved = save(compass(), catalogue(), accepted(compass(), Answers.given(answers)), saved=MOMENT, name=name)
    return PathMetadata(TODAY, answers_block(saved), name, answers_file=checksummed_file(saved), code=to_code(saved))


def _page(answers: dict[str, object], *, name: str | None = None, left_out: bool = False, language: str = "en") -> str:
    ranking = ranked(answers)
    kept = _keepsake(answers, name)
    return fill_checksum(to_html(ranking, language, kept, shown=ranking.top(), left_out=left_out))


class _Node(NamedTuple):
    """An element as a browser would see it."""

    tag: str
    attributes: dict[str, str]
    text: str


def _elements(page: str) -> list[_Node]:
    """Return the elements that an HTML5 parser finds, in order."""
    root: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return list(_walk(root))


def _walk(element: Element) -> Iterator[_Node]:
    tag = element.tag if isinstance(element.tag, str) else "comment"
    name = tag.rpartition("}")[2]
    yield _Node(name, dict(element.attrib), "".join(element.itertext()))
    for child in element:
        yield from _walk(child)


def _kinds(page: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(node.tag, tuple(sorted(node.attributes))) for node in _elements(page)}


@cache
def _usual() -> set[tuple[str, tuple[str, ...]]]:
    """Return the elements of harmless pages, with their attributes."""
    return _kinds(_page(FULL_ANSWERS, left_out=True)) | _kinds(_page(FEW_ANSWERS, left_out=True)) | _kinds(_nothing())


def _nothing() -> str:
    ranking = replace(ranked({}), recommendations=(), left_out=())
    return to_html(ranking, "en", _keepsake({}), shown=())


# --- What it says -----------------------------------------------------------------------------------------------------


def test_a_whole_page(golden: Callable[[str, str], None]) -> None:
    """Everything a path says, in one file."""
    golden("path-full.html", _page(FULL_ANSWERS, name="Ann-Lou *K*", left_out=True))


def test_a_page_with_much_to_find_out(golden: Callable[[str, str], None]) -> None:
    """What is not known or missing is listed; there is no rose where fewer than three directions have a value."""
    golden("path-few.html", _page(FEW_ANSWERS))


def test_a_page_of_nothing() -> None:
    """Where nothing fits, the page says so and is still whole."""
    texts = [node.text for node in _elements(_nothing()) if node.tag == "p"]
    assert "No MEDOC fits these answers." in texts


def test_sections_stand_in_order() -> None:
    """The sections are those of the Markdown path, in its order; the contents lead to each of them."""
    nodes = _elements(_page(FEW_ANSWERS, left_out=True))
    titles = [node.text for node in nodes if node.tag == "h2"]
    assert titles == [
        "Where I stand", "My path", "My list", "Left out", "Contraindications avoided", "To find out", "My answers",
        "How this list is made", "To share or reopen this path",
    ]  # fmt: skip
    ids = [node.attributes["id"] for node in nodes if node.tag == "h2"]
    leads = [node for node in nodes if node.tag == "a" and node.attributes["href"].startswith("#")]
    assert [node.attributes["href"] for node in leads] == ["#path", *(f"#{id_}" for id_ in ids)]
    assert [node.text for node in leads[1:]] == titles


def test_a_language() -> None:
    """The page says which language it is in."""
    for language in ("fr", "en"):
        (html,) = (node for node in _elements(_page(FULL_ANSWERS, language=language)) if node.tag == "html")
        assert html.attributes["lang"] == language


def test_headings_never_skip_a_level() -> None:
    """One title, then each heading at most one level deeper than the one before."""
    levels = [int(node.tag[1]) for node in _elements(_page(FULL_ANSWERS)) if re.fullmatch("h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_page_asks_nobody_anything() -> None:
    """No script, no picture, no style but its own, which its policy names by digest."""
    page = _page(FULL_ANSWERS, left_out=True)
    tags = {tag for tag, _ in _kinds(page)}
    assert not tags & {"script", "link", "img", "iframe", "object", "base", "form", "embed", "image"}
    assert not re.search(r"url\(|@import| style=| on\w+=| src=", page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in page


def test_the_rose_says_itself_in_words() -> None:
    """The rose of three axes has a title, and a description with every direction."""
    nodes = _elements(_page(FULL_ANSWERS))
    (told,) = (node.text for node in nodes if node.tag == "desc")
    assert told == "Trust: 50 out of 100; Means: 0 out of 100; Agreement: 0 out of 100"
    assert not [node for node in _elements(_page(FEW_ANSWERS)) if node.tag == "desc"]


def test_a_rose_of_a_facet() -> None:
    """Where the compass names a facet, the rose shows its terms: here, or not."""
    ranking = ranked(FULL_ANSWERS)
    context = ranking.context._replace(compass=replace(compass(), rose="domain"))
    content = path_content(replace(ranking, context=context), "en", _keepsake(FULL_ANSWERS), shown=())
    assert content.position.rose is not None
    assert [(one.title, one.value, one.words) for one in content.position.rose.directions] == [
        ("Water", 100, "here"), ("Energy", 0, "not here"), ("Climate", 0, "not here"),
    ]  # fmt: skip
    assert content.position.rose.title == "Field: where I stand"


def test_the_time_needed() -> None:
    """The time of the steps is added up; where some do not say, how they were counted is said."""
    content = path_content(ranked(FULL_ANSWERS), "en", _keepsake(FULL_ANSWERS), shown=())
    assert [step.minutes for stage in content.pathway.stages for step in stage.steps] == ["1 h 30", "3 days", ""]
    assert content.pathway.time == "In all: 3 days (1 step does not say its time, and counts for 30 minutes)"
    for minutes, time in (
        (None, "In all: 1 h 30 (3 steps do not say their time, and count for 30 minutes each)"),
        (20, "In all: 1 h"),
    ):
        ranking = _all_taking(minutes)
        assert path_content(ranking, "en", _keepsake(FULL_ANSWERS), shown=()).pathway.time == time


def _all_taking(minutes: int | None) -> Ranking:
    ranking = ranked(FULL_ANSWERS)
    items = [replace(item, medoc=replace(item.medoc, minutes=minutes)) for item in ranking.recommendations]
    return replace(ranking, recommendations=tuple(items))


def test_contraindications_that_were_avoided() -> None:
    """What a contraindication alone keeps out is named with why; beyond ten, how many others there are."""
    ranking = ranked(FEW_ANSWERS)
    content = path_content(ranking, "en", _keepsake(FEW_ANSWERS), shown=())
    assert [(out.medoc.title, out.reasons) for out in content.avoided.medoc] == [
        ("Writing a charter", ("Nothing to write there",)), ("=CARD()", ("Field: Energy",)),
    ]  # fmt: skip
    assert content.avoided.more == ""
    (one, *_) = (out for out in ranking.left_out if out.cautions)
    many = replace(ranking, left_out=(one,) * (MOST_AVOIDED + 2))
    content = path_content(many, "en", _keepsake(FEW_ANSWERS), shown=())
    assert (len(content.avoided.medoc), content.avoided.more) == (MOST_AVOIDED, "And 2 more.")


def test_cautions_stand_with_a_step() -> None:
    """A step of the path says when it should be avoided, though not now."""
    content = path_content(ranked(FULL_ANSWERS), "en", _keepsake(FULL_ANSWERS), shown=())
    (charter,) = (step for stage in content.pathway.stages for step in stage.steps if step.medoc.id == "charte")
    assert charter.cautions == ("Nothing to write there",)


def test_the_points_of_a_step_add_up() -> None:
    """Every reason stands with its points, and they add up to the score."""
    content = path_content(ranked(FULL_ANSWERS), "en", _keepsake(FULL_ANSWERS), shown=())
    for stage in content.pathway.stages:
        for step in stage.steps:
            assert sum(why.points for why in step.why) == step.score


def test_a_code_too_long_for_squares() -> None:
    """Where a code is too long for a QR code, the page has the code only, and says so."""
    answers = {**FEW_ANSWERS, "nom": "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(20))}
    nodes = _elements(_page(answers))
    assert not [node for node in nodes if node.attributes.get("class") == "qr"]
    assert "This line is too long for a QR code." in [node.text for node in nodes]
    assert [node for node in _elements(_page(FEW_ANSWERS)) if node.attributes.get("class") == "qr"]


# --- Reopening --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["html", "HTM"])
def test_a_page_reopens(ending: str, tmp_path: Path) -> None:
    """The page holds its answers: they come back, and nothing was edited."""
    file = tmp_path / f"path.{ending}"
    file.write_bytes(_page(FULL_ANSWERS, name="A & <b>").encode())
    saved = load_answers(file)
    assert (saved.name, saved.saved, saved.edited) == ("A & <b>", MOMENT, Edited.NOTHING)
    assert ranked(dict(saved.answers)) == ranked(FULL_ANSWERS)


def test_a_page_saved_again_by_a_browser_reopens(tmp_path: Path) -> None:
    """Other line ends change nothing; what a browser writes again is an edit, and reopens all the same."""
    page = _page(FULL_ANSWERS, name="A & <b>")
    file = tmp_path / "path.html"
    file.write_bytes(page.replace("\n", "\r\n").encode())
    assert load_answers(file).edited is Edited.NOTHING
    again = page.replace('<pre id="boussole-answers" hidden>', "<PRE hidden='' id='boussole-answers'>")
    file.write_bytes(again.replace("&#34;", '"').encode())
    saved = load_answers(file)
    assert (saved.name, saved.edited) == ("A & <b>", Edited.SOMETHING)


# --- Whatever the strings are -----------------------------------------------------------------------------------------


def _check(hostile: Hostile, folder: Path) -> None:
    ranking = hostile.ranking
    page = to_html(ranking, "en", hostile.keepsake(), shown=ranking.recommendations, left_out=True)
    assert not re.search(FORBIDDEN, page.replace("\n", ""))
    assert _kinds(page) <= _usual()
    nodes = _elements(page)
    for tag in ("html", "head", "body", "style", "title", "h1", "main", "pre", "table"):
        assert [node.tag for node in nodes if node.attributes.get("role") != "img"].count(tag) in {1, 2}, tag
    assert sum(node.tag == "h4" for node in nodes) <= ranking.context.compass.pathway_size
    for node in nodes:
        address = node.attributes.get("href", "#")
        assert address.startswith("#") or web_address(address) == address
    (folder / "path.html").write_bytes(fill_checksum(page).encode())
    saved = load_answers(folder / "path.html")
    assert saved.edited is Edited.NOTHING
    assert saved.answers == ranking.situation.answers
    assert reopen(hostile.compass, saved, with_aside=True).answers.by_question.keys() == set(hostile.answers)
    assert saved.name == (hostile.name or None)


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 80))
def test_naughty_strings_everywhere(start: int, tmp_path: Path) -> None:
    """With a naughty string as every text, the parser finds the template's elements only, and the same answers."""
    _check(Hostile(NAUGHTY[start : start + 80]), tmp_path)


@pytest.mark.parametrize("text", INJECTIONS)
def test_injections_everywhere(text: str, tmp_path: Path) -> None:
    """The same with what somebody writes who wants the page to do something."""
    _check(Hostile([text]), tmp_path)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_strings_everywhere(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """The same with any strings."""
    _check(Hostile(texts), tmp_path_factory.getbasetemp())


def test_titles_come_through_letter_by_letter() -> None:
    """What was written is what is read, in the title and in links."""
    for text in INJECTIONS:
        titled = replace(compass(), title=Text({"en": text}, "en"))
        ranking = ranked(FULL_ANSWERS)
        ranking = replace(ranking, context=ranking.context._replace(compass=titled))
        (h1,) = (node.text for node in _elements(to_html(ranking, "en", _keepsake({}), shown=())) if node.tag == "h1")
        assert h1 == f"My path: {' '.join(text.split())}"
