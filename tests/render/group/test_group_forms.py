"""A group's report in every form: the same words, the same numbers, escaped as each form wants it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import fastexcel
import html5lib
import pytest
from pypdf import PdfReader

from boussole.cli.console import as_text
from boussole.core.group.gathering import Person
from boussole.core.group.synthesis import synthesise
from boussole.i18n import LANGUAGES
from boussole.render.group.html import to_html
from boussole.render.group.json import to_json
from boussole.render.group.markdown import to_markdown
from boussole.render.group.pdf import to_pdf
from boussole.render.group.report.content import group_report
from boussole.render.group.report.model import Bars, Items, Said, Strip
from boussole.render.group.sheets import to_sheets
from boussole.render.group.strip import draw_strip
from boussole.render.group.table import to_table
from boussole.render.wrapping import text_width
from boussole.tables.excel.report import to_workbook
from support.builders import make_axis, make_catalogue, make_compass, make_facet, make_medoc, make_question, ranked
from support.gatherings import shipped_group, trial_group
from support.hostile import INJECTIONS, Hostile
from support.pages import read
from support.samples import NAUGHTY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from boussole.core.group.synthesis import Synthesis


def said(synthesis: Synthesis, language: str = "en") -> str:
    """Return all that a report says, a line each."""
    lines = []
    for section in group_report(synthesis, language).sections:
        lines.append(section.title)
        for block in section.blocks:
            match block:
                case Bars():
                    lines += [block.title, *(f"{bar.label}: {bar.words}" for bar in block.bars)]
                case Items():
                    lines += [block.title, *(" · ".join([one.title, one.words, *one.notes]) for one in block.items)]
                case Said():
                    lines += block.sentences
                case Strip():
                    lines.append(f"{block.title}: {block.words}")
    return "\n".join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_markdown(golden: Callable[[str, str], None], language: str) -> None:
    """Sections, lists, the question to ask aloud."""
    golden(f"group-{language}.md", to_markdown(trial_group(before=True), language))


def test_as_json(golden: Callable[[str, str], None]) -> None:
    """The contract of the command line."""
    golden("group.json", to_json(trial_group(before=True), "fr"))


def test_as_html(golden: Callable[[str, str], None]) -> None:
    """A page that a strict parser reads, without a script or a request."""
    page = to_html(trial_group(before=True), "fr")
    golden("group-fr.html", page)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script" not in page
    assert not re.search(r"\bsrc=|@import|url\(", page)


def every_bars(group: Synthesis) -> list[Bars]:
    """Return all the bars of a report."""
    sections = group_report(group, "fr").sections
    return [block for section in sections for block in section.blocks if isinstance(block, Bars)]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_at_a_terminal(golden: Callable[[str, str], None], width: int) -> None:
    """No line is wider than the screen."""
    text = as_text(to_table(trial_group(before=True), "fr", width), width, on_screen=False)
    golden(f"group-{width}.txt", text)
    assert max(map(text_width, text.split("\n"))) <= width


@pytest.mark.parametrize("width", [24, 30, 40, 60, 80, 120])
def test_labels_are_whole_at_a_terminal(width: int) -> None:
    """Nothing that was answered is cut, and no word is broken inside, however narrow the screen is."""
    group = shipped_group(30)
    text = as_text(to_table(group, "fr", width), width, on_screen=False)
    assert "…" not in text
    assert max(map(text_width, text.split("\n"))) <= width
    said = " ".join(text.split())
    labels = [bar.label for bars in every_bars(group) for bar in bars.bars]
    assert [word for label in labels for word in label.split() if word not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_pdf(language: str) -> None:
    """Tagged, in its language, with every section among the bookmarks; two runs give the same bytes."""
    document = to_pdf(trial_group(before=True), language)
    assert document == to_pdf(trial_group(before=True), language)
    reader = PdfReader(io.BytesIO(document), strict=True)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == [one.title for one in group_report(trial_group(before=True), language).sections]


def test_as_a_workbook() -> None:
    """A sheet a part, numbers as numbers; a text that looks like a formula stays a text; the same bytes twice."""
    sheets = to_sheets(trial_group(before=True), "en")
    document = to_workbook(sheets)
    assert document == to_workbook(sheets)
    book = fastexcel.read_excel(document)
    assert book.sheet_names == [one.name for one in sheets]
    for given in sheets:
        frame = book.load_sheet(given.name).to_polars()
        assert tuple(frame.columns) == given.columns
        assert frame.height == len(given.rows)
    shared = book.load_sheet("What gathers you").to_polars()
    assert shared["People"].to_list() == sorted(shared["People"].to_list(), reverse=True)
    assert "=CARD()" in shared["Resource"].to_list()


@pytest.mark.parametrize("number", [5, 20, 200])
def test_every_section_says_something(number: int) -> None:
    """In a group of any size, nothing is blank."""
    report = group_report(shipped_group(number), "fr")
    assert all(section.blocks for section in report.sections)
    for section in report.sections:
        for block in section.blocks:
            assert not isinstance(block, Items) or block.items


def test_under_five_people() -> None:
    """Every form says why there is nothing, and how a table says how many it is."""
    alone = trial_group(2)
    for text in (to_markdown(alone, "en"), as_text(to_table(alone, "en", 200), 200, on_screen=False)):
        assert "2 people are not yet a group" in text.replace(
            "2 PEOPLE ARE NOT YET A GROUP", "2 people are not yet a group"
        )
        assert "people = 7" in text
    assert "people = 7" in to_html(alone, "en")
    assert to_pdf(alone, "en")
    assert [one.name for one in to_sheets(alone, "en")] == ["Summary"]
    document = json.loads(to_json(alone, "en"))
    assert {document[part] for part in ("questions", "shared", "sure", "by", "unheard", "to_find_out")} == {None}


def test_a_group_of_tables() -> None:
    """Sheets and people are told apart."""
    people = trial_group(24)
    assert "24 people" in group_report(people, "en").bylines[0]
    assert "4 sheets, 32 people" in group_report(people._replace(people=4, spoken_for=32), "en").bylines[0]


def test_hostile_texts() -> None:
    """What an author wrote is never read as markup."""
    for texts in (list(INJECTIONS), NAUGHTY[:200]):
        hostile = Hostile(texts)
        context = hostile.ranking.context
        person = Person(hostile.ranking.situation._replace(missing=()), {}, frozenset())
        served = {item.medoc.id: item.rank for item in hostile.ranking.recommendations[:5]}
        found = synthesise(context.compass, context.catalogue, [person._replace(served=served)] * 6)
        page = to_html(found, "en")
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert not list(tree.iter("script")) + list(tree.iter("img")) + list(tree.iter("iframe"))
        read(to_markdown(found, "en"))
        assert to_pdf(found, "en").startswith(b"%PDF")
        assert to_workbook(to_sheets(found, "en"))


# --- What is said of rare things -------------------------------------------------------------------------------------

PROFILE = make_facet("profile", "p", "q")
AREA = make_facet("area", "e", "f")


def small(*people: Mapping[str, object], top: int = 1, **rest: Any) -> Synthesis:  # noqa: ANN401 - as synthesise
    """Return what people say of a compass with a profile, an area, a scale and an axis."""
    compass = make_compass(
        make_question("profile", "one", PROFILE),
        make_question("area", "one", AREA, required=False),
        make_question("mood", "scale", required=False),
        make_question("age", "number", required=False),
        axes=[make_axis("warmth", {"mood": 1})],
        weights={"profile": 3, "area": 1},
        require=["profile"],
        top=top,
    )
    catalogue = make_catalogue(
        make_medoc("for-p", suits={"profile": "p"}, stage="agir", after=("for-q",)),
        make_medoc("for-q", suits={"profile": "q"}),
        facets=[PROFILE, AREA],
    )
    answered = [ranked(compass, catalogue, **one) for one in people]
    found = [
        Person(
            one.situation, {item.medoc.id: item.rank for item in one.top()}, frozenset(o.medoc.id for o in one.left_out)
        )
        for one in answered
    ]
    return synthesise(compass, catalogue, found, **rest)


def test_nothing_is_shared() -> None:
    """Where no two people have the same, it is said; nothing divides people who answer alike."""
    found = small(*[{"profile": "p"}] * 6)
    assert found.parts is not None
    bare = found._replace(parts=found.parts._replace(shared=()))
    assert "nothing is shared yet" in said(bare)
    assert "No question divides you" in said(bare)
    assert "Everybody finds something of their own" in said(found)


def test_what_everybody_needs_and_nobody_finds() -> None:
    """Needs without an answer, groups that nothing sets apart, too few values on an axis."""
    people: list[dict[str, object]] = [{"profile": who, "area": "e"} for who in "pppqqq"]
    told = said(small(*people, by="profile"))
    assert "E · 6 of the 6 who need it find nothing made for it · Area" in told
    assert "Axe warmth: too few people have a value; 6 people have no value" in told
    assert "P (3 of 6)" in told
    assert "age" in told
    assert "answered: 0 of 6" in told
    alike = small(*({"profile": who, "mood": 1} for who in "pppqqq"), by="area")
    assert "No group can be compared with the others" in said(alike)


def test_groups_that_cannot_be_told() -> None:
    """Those whom nothing sets apart, and those whose numbers would give somebody away."""
    people: list[dict[str, object]] = [{"profile": "p", "area": area} for area in "eeefff"]
    assert "E (3 of 6): nothing sets it apart by a third." in said(small(*people, by="area"))
    assert "cannot be shown" in said(small(*people, {"profile": "p", "area": "?"}, by="area"))


def test_a_shared_resource_that_half_cannot_have() -> None:
    """It is told why it is not in the path; a step says what to read before it."""
    found = small(*[{"profile": "q"}] * 6, *[{"profile": "p"}] * 4, top=2)
    assert "Titre de for-p · left out for 6 of 10: it is not made for them" in said(found)
    other = small(*[{"profile": "p"}] * 6)
    assert "Titre de for-p · 6 of 6" in said(other)


def test_a_strip_of_many() -> None:
    """Where many people share a value, dots grow smaller and the picture stays low."""
    few = draw_strip(Strip("", "", 50, 25, 75, (25, 50, 50, 75, 75)))
    many = draw_strip(Strip("", "", 50, 50, 50, (50,) * 300))
    assert (few.radius, many.dots[0].x) == (5, 200)
    assert many.radius < 1
    assert many.height <= 150
    assert draw_strip(Strip("", "", None, None, None, ())).mark is None


def test_the_rose_of_the_group() -> None:
    """Drawn in the page and in the PDF, in words in Markdown; at a terminal the bars below say the same."""
    group = shipped_group()
    page = to_html(group, "fr")
    assert 'class="rose"' in page
    assert "Objectif : où en est le groupe" in page.replace("\u00a0", " ")
    assert "où en est le groupe" in to_markdown(group, "fr")
    assert "où en est le groupe" not in as_text(to_table(group, "fr", 100), 100, on_screen=False)
