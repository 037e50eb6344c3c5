"""What every situation gets, drawn: each number, level and sentence is the survey's."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
import shlex
from base64 import b64encode
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from boussole.cli.console import as_text
from boussole.core.definitions.compass import IntendedHole, QuestionType
from boussole.core.definitions.text import Text
from boussole.escape import FORBIDDEN, markup_text, plain_text
from boussole.render.coverage.command_lines import command_lines
from boussole.render.coverage.findings import sections
from boussole.render.coverage.heat_map import MARKS, MOST_BARS, Level, Show, picture
from boussole.render.coverage.holes import SHOWN
from boussole.render.coverage.machine import to_csv, to_json
from boussole.render.coverage.page import to_html, to_svg
from boussole.render.coverage.text import STYLES, to_text
from boussole.render.coverage.wording import Grouped, Share, headlines, recommend_command
from boussole.render.templating import TEMPLATES
from boussole.render.wrapping import in_rows, shorten, wrap
from support.coverages import COMMAND, by_profile, by_three, cell, coverage
from support.samples import NAUGHTY, TEXTS, catalogue, compass, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.check.coverage import Coverage
    from boussole.core.definitions.compass import Compass

SVG = "{http://www.w3.org/2000/svg}"


def _shown(survey: Coverage, width: int, language: str = "en", show: Show = Show.MADE, *, colours: bool = False) -> str:
    return as_text(to_text(survey, language, width=width, show=show, command=COMMAND), width, on_screen=colours)


def _page(survey: Coverage, language: str = "en", show: Show = Show.MADE) -> str:
    return to_html(survey, language, show=show, command=COMMAND)


def _said(survey: Coverage, title: str) -> list[str]:
    """Return what stands under a title: sentences, then entries, then how many more."""
    (section,) = [one for one in sections(survey, COMMAND) if one.title.in_("en") == title]
    said = [*section.sentences, *(entry.text for entry in section.entries), *([section.more] if section.more else [])]
    return [text.in_("en") for text in said]


# --- What is drawn ----------------------------------------------------------------------------------------------------


def test_the_longer_facet_is_in_rows() -> None:
    """The facet with the more terms stands in rows, the other in columns; what is not known comes last."""
    (one,) = picture(coverage(), Show.MADE).maps
    assert [row.in_("en") for row in one.rows] == ["Water", "Energy", "Climate", "not said"]
    assert [column.in_("en") for column in one.columns] == ["Town", "State", "Non-profit"]
    assert [[box and box.number for box in row] for row in one.boxes] == [
        ["4", "1", "0"],
        ["0", "0", None],
        ["2", "1", None],
        ["6", None, "12"],
    ]


@pytest.mark.parametrize(
    ("show", "numbers", "marks"),
    [
        (Show.MADE, ["4", "0", "2", "6", "1", "0", "1", "0", "12"], "!×! !×!× "),
        (Show.FIT, ["6", "3", "6", "7", "5", "0", "5", "4", "12"], " !   × ! "),
        (Show.BEST, ["600", "300", "600", "700", "500", "0", "500", "400", "1200"], " !   × ! "),
        (Show.GENERIC, ["0", "32", "0", "0", "0", "100", "0", "<1", "0"], "     ×   "),
    ],
)
def test_the_number_in_the_boxes(show: Show, numbers: list[str], marks: str) -> None:
    """`--show` chooses the number; what is empty has a mark, what is thin another, whatever the colours."""
    boxes = {box.cell.terms: box for one in picture(coverage(), show).maps for row in one.boxes for box in row if box}
    drawn = [boxes[one.terms] for one in coverage().cells]
    assert [box.number for box in drawn] == numbers
    assert "".join(box.mark or " " for box in drawn) == marks


@pytest.mark.parametrize("at_least", [1, 2, 10])
@pytest.mark.parametrize("show", [Show.MADE, Show.FIT, Show.BEST])
def test_the_key_says_what_the_levels_are(show: Show, at_least: int) -> None:
    """Each number of the boxes is in the range that the key gives for its level."""
    survey = coverage(at_least=at_least)
    shown = picture(survey, show)
    key = {level: meaning.in_("en") for level, meaning in shown.key}
    for box in (box for row in shown.maps[0].boxes for box in row if box):
        number, said = int(box.number), key[box.level]
        bounds = [int(found) for found in re.findall(r"\d+", said)]
        if said.startswith("under"):
            assert 0 < number < bounds[0]
        elif said.endswith("or more"):
            assert number >= bounds[0]
        else:
            assert bounds[0] <= number <= bounds[-1]


def test_the_key_of_shares() -> None:
    """The more situations rest on what suits all, the worse."""
    survey = coverage(cells=tuple(cell((p, "eau"), (100, 9, 9, g, 0)) for p, g in (("etat", 100), ("asso", 60))))
    boxes = [box for row in picture(survey, Show.GENERIC).maps[0].boxes for box in row if box]
    assert [(box.number, box.level) for box in boxes] == [("100", Level.NONE), ("60", Level.THIN)]
    key = [meaning.in_("en") for _, meaning in picture(survey, Show.GENERIC).key]
    assert key == ["100%", "50 to 99%", "25 to 49%", "less than 25%", "0%"]


def test_one_facet_is_a_list_of_bars() -> None:
    """By one facet, each cell is a bar as long as its number is high."""
    (one,) = picture(by_profile(), Show.FIT).maps
    assert one.columns == ()
    assert [(box.number, box.length) for (box,) in one.boxes if box] == [("8", 80), ("9", 90), ("10", 100)]


def test_three_facets_are_a_map_for_each_term_of_the_third() -> None:
    """The third facet gives a map for each of its terms, with its title."""
    shown = picture(by_three(), Show.MADE)
    assert [one.title and one.title.in_("en") for one in shown.maps] == ["Stage: Act", "Stage: Act"]
    assert {len(one.rows) for one in shown.maps} == {4}


@pytest.mark.parametrize("show", Show)
def test_too_many_maps_are_a_list_of_the_worst(show: Show) -> None:
    """Where there would be too many maps, the least served cells are listed, and how many are not."""
    shown = picture(by_three(stages=13), show)
    (one,) = shown.maps
    assert one.columns == ()
    assert len(one.rows) == MOST_BARS
    assert shown.left == 9 * 13 - MOST_BARS
    levels = [box.level for (box,) in one.boxes if box]
    assert levels == sorted(levels)


def test_no_facet_is_one_bar() -> None:
    """A compass that places nobody has one cell, that of everybody."""
    survey = coverage(by=(), cells=(replace(cell(("etat",), (9, 8, 8, 0, 0)), terms=()),))
    assert "everybody" in _shown(survey, 80).split("\n")[1]
    assert "everybody" in to_svg(survey, "en", show=Show.MADE)
    assert "everybody" in _page(survey)


# --- The terminal -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_coverage_on_the_terminal(width: int, golden: Callable[[str, str], None]) -> None:
    """The map sized to the screen, then what it says."""
    golden(f"coverage-{width}.txt", _shown(coverage(), width))


def test_other_coverages_on_the_terminal(golden: Callable[[str, str], None]) -> None:
    """Bars for one facet, several maps for three, a list beyond, in French."""
    shown = [_shown(survey, 80, "fr") for survey in (by_profile(), by_three(), by_three(stages=13))]
    golden("coverage-others.txt", "\n".join(shown))


@pytest.mark.parametrize("width", [1, 2, 5, 10, 20, 39, 60, 200])
@pytest.mark.parametrize("survey", [coverage(), by_profile(), by_three(), by_three(stages=13)])
def test_no_line_is_wider_than_the_screen(survey: Coverage, width: int) -> None:
    """At any width the picture is there, within the width; only a quoted answer may be cut nowhere."""
    lines = _shown(survey, width).split("\n")
    assert max(cell_len(line) for line in lines if "'" not in line) <= max(width, 12)


def test_columns_in_blocks_where_they_do_not_fit() -> None:
    """On a narrow screen the columns stand in blocks one below the other: every number is there, whole."""
    for width in (24, 30, 40):
        lines = _shown(coverage(), width).split("\n")
        words = [word for line in lines[: lines.index("")] for word in line.split()]
        assert {"4!", "1!", "0×", "2!", "6", "12", "–"} <= set(words)
        assert words.count("0×") == 3


def test_titles_of_columns_stand_above_them_where_they_fit() -> None:
    """Wide enough, the columns are titled; else they are numbered, and the numbers explained."""
    wide, narrow = _shown(coverage(), 100), _shown(coverage(), 30)
    assert re.search(r"Town +State", wide)
    assert "1 Town" not in wide
    assert "Profile: 1 Town" in narrow


def test_colours_are_never_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours (a file, NO_COLOR, a dumb terminal) the text is the same, letter by letter."""
    plain = _shown(coverage(), 80)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = _shown(coverage(), 80, colours=True)
    assert "\x1b[" in coloured
    bare = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n"))
    assert bare == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*[34]8;", _shown(coverage(), 80, colours=True))
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in _shown(coverage(), 80, colours=True)


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
def test_numbers_stand_out_of_their_shades(system: ColorSystem) -> None:
    """Whatever colours a terminal has, a number is readable on its background."""
    for style in map(Style.parse, STYLES.values()):
        assert style.color is not None
        assert style.bgcolor is not None
        ink, paper = style.color.downgrade(system), style.bgcolor.downgrade(system)
        assert _contrast(ink.get_truecolor().hex, paper.get_truecolor().hex) >= 4.5


# --- What is said -----------------------------------------------------------------------------------------------------


def one_field() -> Compass:
    """Return the compass, of which each question takes one answer."""
    questions = {
        id_: question._replace(most=1) if question.type is QuestionType.MANY else question
        for id_, question in compass().questions.items()
    }
    return replace(compass(), questions=questions)


def test_how_many_situations() -> None:
    """All of them, or, said plainly, not all; and that several answers are taken one at a time."""
    whole = [line.in_("en") for line in headlines(coverage())]
    assert whole[0] == "essai 3 · mini 2026.11"
    assert whole[1] == "1,320 situations looked at: those that one answer at a time leads to."
    assert whole[2].endswith("one answer at a time: Which fields?")
    assert whole[3] == (
        "Whoever gives several may get another list. What is said never to come up never does for them either; "
        "the numbers say nothing of them."
    )
    alone = [line.in_("en") for line in headlines(coverage(compass=one_field()))]
    assert alone[1:] == ["1,320 situations looked at: all those that answers lead to."]
    part = [line.in_("en") for line in headlines(by_profile())]
    assert part[1].startswith("Answers lead to 3,000 situations, too many to rank each of them: 30 were looked at")
    assert "--limit" in part[1]
    assert "exact for all of them" in part[2]


KEPT_OUT, BETA = "Kept out there by one facet alone:", "Offer [beta] R&D (offre-beta): Profile"
GUIDE = "State guide (guide-etat): Profile"


def test_holes_come_worst_first() -> None:
    """What few fit, and what little was made for: the emptiest first, with a count."""
    assert _said(coverage(), "Cells with few MEDOC") == [
        "3 cells out of 9 have a situation in which fewer than 5 MEDOC fit.",
        "In 1 of them, one has none at all.",
        f"State · Energy: no MEDOC fits, in 50% of its situations. {KEPT_OUT} {BETA}",
        f"Town · Energy: only 3 MEDOC fit, in 50% of its situations. {KEPT_OUT} {GUIDE}",
        f"Non-profit · Water: only 4 MEDOC fit, in 50% of its situations. {KEPT_OUT} {BETA} · {GUIDE}",
    ]
    little = _said(coverage(), "Cells for which little was made")
    assert little[:4] == [
        "7 cells out of 9 have fewer than 5 MEDOC made for them: what fits there suits all.",
        "3 of them have none.",
        "State · Energy: none made for it, out of 0 that fit",
        "Town · Energy: none made for it, out of 3 that fit",
    ]


def test_a_coverage_without_holes_says_so() -> None:
    """Each part says that there is nothing, instead of being left out."""
    survey = by_profile()
    assert _said(survey, "Cells with few MEDOC") == [
        "None: 8 MEDOC or more fit in every situation followed, and 5 are enough."
    ]
    for title in (
        "Cells for which little was made",
        "Lists that rest on what suits all",
        "Lists of one kind only",
        "MEDOC that never come up",
        "MEDOC that are everywhere",
        "Questions that change nothing",
    ):
        (said,) = _said(survey, title)
        assert said.startswith("None: ")


def test_shares_of_the_situations_of_a_cell() -> None:
    """Cells that rest on what suits all, or on one kind, the most often first."""
    assert _said(coverage(), "Lists that rest on what suits all")[1:] == [
        "State · Energy: 100% of its situations looked at",
        "Town · Energy: 32% of its situations looked at",
        "Non-profit · Water: less than 1% of its situations looked at",
    ]
    assert _said(coverage(), "Lists of one kind only")[1:] == [
        "Town · Climate: 100% of its situations looked at",
        "State · Water: 2% of its situations looked at",
        "Non-profit · Water: less than 1% of its situations looked at",
    ]


def test_medoc_and_questions_are_named() -> None:
    """MEDOC by title and id, with how often they are there; questions with whether it is proved."""
    never = _said(coverage(compass=one_field()), "MEDOC that never come up")
    assert never[0] == "4 MEDOC out of 7 are in the first 5 of nobody, whatever is answered."
    assert "State guide (guide-etat)" in never
    assert _said(coverage(), "MEDOC that are everywhere")[1:] == [
        "Water atlas (atlas): 83%",
        "Offer [beta] R&D (offre-beta): 53%",
    ]
    assert _said(coverage(), "Questions that change nothing")[1:] == [
        "How many inhabitants? (habitants): no difference in the interviews tried (not proved)",
        "What name? (nom): nothing looks at it (proved)",
    ]


def test_never_is_what_is_proved() -> None:
    """Where several answers were not followed, or not all was looked at: what is left out without condition."""
    assert _said(coverage(), "MEDOC that never come up") == [
        "None is known: nothing proves of any that it is in the first 5 of nobody."
    ]
    unseen = _said(coverage(), "MEDOC that were not seen")
    assert unseen[0].startswith("4 MEDOC out of 7 are in the first 5 of none of the situations looked at")
    assert "State guide (guide-etat)" in unseen
    gone = replace(catalogue().medoc["guide-etat"], superseded_by="atlas")
    found = coverage(catalogue=replace(catalogue(), medoc={**catalogue().medoc, "guide-etat": gone}))
    assert (found.never(), "guide-etat" in found.not_seen()) == (("guide-etat",), False)


def test_where_nothing_nearly_fits_a_hole_nothing_is_said() -> None:
    """No facet is required: none keeps anything out."""
    lax = replace(compass(), weighting=replace(compass().weighting, require=frozenset()))
    said = _said(coverage(compass=lax), "Cells with few MEDOC")
    assert not any("Kept out" in line for line in said)


def test_how_firm_the_order_is() -> None:
    """Shares are whole; a little is not 0, nearly all is not 100."""
    last, first = _said(coverage(), "How firm the order is")
    assert "in less than 1% of the situations" in last
    assert "in 25% of the situations" in first
    assert "in 99%, the first is less than 10 points ahead" in first


def test_long_lists_are_cut() -> None:
    """Only so many are named; the rest is counted, and said to be in the JSON."""
    medoc = {f"m{n:02}": replace(catalogue().medoc["atlas"], id=f"m{n:02}") for n in range(SHOWN + 2)}
    none = dict.fromkeys(medoc, coverage().presence["fiche"])
    found = coverage(catalogue=replace(catalogue(), medoc=medoc), presence=none, compass=one_field())
    said = _said(found, "MEDOC that never come up")
    assert len(said) == SHOWN + 2
    assert said[-1] == "And 2 more; --to json lists them."


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, "0%"), (1, 101, "less than 1%"), (1, 100, "1%"), (999, 1000, "99%"), (7, 7, "100%"), (0, 0, "0%")],
)
def test_shares(part: int, whole: int, said: str) -> None:
    """Never 0 where there is something, nor 100 where something lacks."""
    assert Share(part, whole).in_("en") == said


def test_numbers_by_three() -> None:
    """Digits stand by three, as each language writes them."""
    assert Grouped(3519000).in_("en") == "3,519,000"
    assert Grouped(3519000).in_("fr") == "3\u202f519\u202f000"


# --- Commands ---------------------------------------------------------------------------------------------------------


def test_the_command_that_shows_a_cell() -> None:
    """It gives the answers in the order of the questions, an empty choice too, and « ? »."""
    words = recommend_command(coverage(), coverage().cells[3].example, COMMAND)
    assert words[:5] == (*COMMAND, "--set", "profile=commune")
    assert words[5:] == ("--set", "domain=", "--set", "confiance=?", "--set", "nom=L’eau d'ici")


_WORDS = st.lists(st.sampled_from(["boussole", "--set", "a=b", "nom=L'eau", "x=?", "long=" + "y" * 90]) | TEXTS)


@given(_WORDS, st.integers(1, 120))
def test_a_command_pastes_as_it_is(words: list[str], width: int) -> None:
    """Its lines, pasted in a shell, are the words it was made of, whatever they are."""
    words = [plain_text(word) for word in words if word != "--set"]  # as they are given: on one line each
    lines = command_lines(words, width, "    ")
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == words


def test_an_option_stays_with_its_value() -> None:
    """Where a command is broken, it is between options, and no line is too long."""
    lines = command_lines([*COMMAND, "--set", "profile=commune", "--set", "domain=eau"], 40, "  ")
    assert lines == ["  boussole recommend essai \\", "    --set profile=commune \\", "    --set domain=eau"]


# --- Fitting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Villes, villages, habitat", 25, "Villes, villages, habitat"),
        ("Villes, villages, habitat", 20, "Villes, villages…"),
        ("Lutte contre la pauvreté", 17, "Lutte contre…"),
        ("Eau et assainissement", 15, "Eau…"),
        ("Assainissement", 8, "Assaini…"),
        ("Eau", 0, ""),
    ],
)
def test_texts_are_cut_after_a_word(text: str, width: int, short: str) -> None:
    """A cut text ends with a whole word that means something, where one fits, and says that it is cut."""
    assert shorten(text, width) == short


@given(TEXTS.map(markup_text), st.integers(1, 60))
def test_fitted_texts_fit(text: str, width: int) -> None:
    """Whatever the text, nothing is wider than asked for, and wrapping loses nothing but spaces."""
    assert cell_len(shorten(text, width)) <= max(width, 1)
    lines = wrap(text, max(width, 2))
    assert max(map(cell_len, lines)) <= max(width, 2)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_items_in_rows() -> None:
    """Items share rows without being broken."""
    assert in_rows(["1 eau", "2 énergie", "3 climat"], 16, " · ") == ["1 eau", "2 énergie", "3 climat"]
    assert in_rows(["1 eau", "2 énergie", "3 climat"], 18, " · ") == ["1 eau · 2 énergie", "3 climat"]


# --- Scripts ----------------------------------------------------------------------------------------------------------


def test_a_coverage_as_json(golden: Callable[[str, str], None]) -> None:
    """Everything is there, keys in their order, ids untranslated."""
    written = to_json(coverage(), "fr")
    golden("coverage.json", written)
    document = json.loads(written)
    assert list(document)[:4] == ["format", "compass", "catalogue", "by"]
    assert document["cells"][0]["terms"] == {"profile": ["commune"], "domain": ["eau"]}
    assert document["cells"][3]["terms"]["domain"] == []
    assert document["cells"][3]["answers"]["domain"] == []
    assert document["idle"] == [{"question": "habitants", "proved": False}, {"question": "nom", "proved": True}]
    other = json.loads(to_json(coverage(), "en"))
    assert [medoc.pop("title") for medoc in document["medoc"]] != [medoc.pop("title") for medoc in other["medoc"]]
    assert document == other


def test_a_coverage_as_csv(golden: Callable[[str, str], None]) -> None:
    """A row for each cell: its terms by facet, its numbers, how many of each kind, and the line that shows it."""
    written = to_csv(coverage(), COMMAND)
    golden("coverage.csv", written)
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["domain"] for row in rows[:4]] == ["eau", "energie", "climat", ""]
    assert rows[0]["kind:outil"] == "3"
    assert shlex.split(rows[0]["command"])[-1] == "nom=L’eau d'ici"


def test_several_terms_share_a_cell_of_the_csv() -> None:
    """Where people stand at several terms, they are written in the order of the facet, a space between."""
    both = replace(coverage().cells[0], terms=(frozenset({"asso", "commune"}), frozenset()))
    (row,) = csv.DictReader(io.StringIO(to_csv(coverage(cells=(both,)), ("=1+1",))))
    assert row["profile"] == "commune asso"
    assert row["command"].startswith("'")
    assert "Town and Non-profit" in _shown(coverage(cells=(both,)), 80)


# --- Pages and pictures -----------------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    """What a page is made of: its elements in order, and the texts between."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", (data,)))

    def unknown_decl(self, data: str) -> None:
        self.elements.append(("unknown", (data,)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_coverage_as_a_page(language: str, golden: Callable[[str, str], None]) -> None:
    """A whole page in each language, with a real table."""
    page = _page(coverage(), language)
    golden(f"coverage-{language}.html", page)
    assert f'<html lang="{language}">' in page
    elements = _Reader(page).elements
    assert [tag for tag, _ in elements].count("td") == 12
    assert page.count('<th scope="row">') == 4
    assert page.count('<th scope="col">') == 4


@pytest.mark.parametrize("survey", [coverage(), by_profile(), by_three(), by_three(stages=13)])
def test_a_page_asks_nobody_anything(survey: Coverage) -> None:
    """No script, no address, no style but its own, which its policy names by digest."""
    page = _page(survey)
    tags = {tag for tag, _ in _Reader(page).elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "base", "form", "a"}
    assert not re.search(r"https?:|//|url\(|@import| style=| on\w+=", page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_coverage_as_a_picture(language: str, golden: Callable[[str, str], None]) -> None:
    """An SVG that stands alone, with a title and a description that say what it shows."""
    drawn = to_svg(coverage(), language, show=Show.MADE)
    golden(f"coverage-{language}.svg", drawn)
    root = ET.fromstring(drawn)  # noqa: S314 - we wrote it
    assert root.attrib["lang"] == language
    described = root.findtext(f"{SVG}desc")
    assert described is not None
    assert ("3 cells out of 9" if language == "en" else "3 cases sur 9") in described
    numbers = [text.text for text in root.iter(f"{SVG}text") if "number" in text.attrib.get("class", "")]
    assert numbers == ["4 !", "1 !", "0 ×", "0 ×", "0 ×", "2 !", "1 !", "6", "12"]
    assert not re.search(r"https?:|url\(|@import|<script|<a ", drawn.replace('xmlns="http://www.w3.org/2000/svg"', ""))


@pytest.mark.parametrize("survey", [coverage(), by_profile(), by_three(), by_three(stages=13)])
@pytest.mark.parametrize("show", Show)
def test_everything_is_inside_the_picture(survey: Coverage, show: Show) -> None:
    """No box and no text starts outside, and boxes do not lie on one another."""
    root = ET.fromstring(to_svg(survey, "fr", show=show))  # noqa: S314 - we wrote it
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    rects = [
        {k: int(one.attrib[k]) for k in ("x", "y", "width", "height")}
        for one in root.iter(f"{SVG}rect")
        if "x" in one.attrib
    ]
    for one in rects:
        assert one["x"] + one["width"] <= width
        assert one["y"] + one["height"] <= height
    for text in root.iter(f"{SVG}text"):
        assert int(text.attrib["x"]) < width
        assert int(text.attrib["y"]) < height
    for one, other in itertools.pairwise(rects):
        assert one["x"] + one["width"] <= other["x"] or one["y"] + one["height"] <= other["y"]


def test_many_columns_are_numbered_in_a_picture() -> None:
    """Where titles would not fit above, columns have numbers, and the titles stand below."""
    facets = dict(catalogue().facets)
    for facet in ("profile", "domain"):
        (term, *_) = facets[facet].terms.values()
        facets[facet] = replace(facets[facet], terms={f"t{n}": replace(term, id=f"t{n}") for n in range(13)})
    cells = tuple(cell((f"t{n}", f"t{m}"), (9, n, m, 0, 0)) for n in range(13) for m in range(13))
    drawn = to_svg(
        coverage(cells=cells, catalogue=replace(catalogue(), facets=facets), at_least=0), "en", show=Show.MADE
    )
    texts = [text.text or "" for text in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314 - we wrote it
    assert "13" in texts
    assert any(text.startswith(("Field: 1 Water · 2 Water", "Profile: 1 Town")) for text in texts)


def _nasty(text: str) -> Coverage:
    """Return the coverage with `text` for every title, question and name."""
    titled = Text({"fr": text, "en": text}, "fr")
    facets = {
        facet.id: replace(
            facet,
            title=titled,
            terms={term.id: replace(term, title=titled) for term in facet.terms.values()},
        )
        for facet in catalogue().facets.values()
    }
    medoc = {one.id: replace(one, title=titled) for one in catalogue().medoc.values()}
    questions = {one.id: replace(one, ask=titled) for one in compass().questions.values()}
    example = {**coverage().cells[0].example, "nom": text}
    cells = tuple(replace(one, example=example) for one in coverage().cells)
    return coverage(
        catalogue=replace(catalogue(), facets=facets, medoc=medoc, version=text),
        compass=replace(compass(), title=titled, questions=questions, version=text),
        cells=cells,
    )


def _check_harmless(text: str) -> None:
    survey = _nasty(text)
    page = _page(survey, "fr")
    assert not re.search(FORBIDDEN, page)
    read, usual = _Reader(page), _Reader(_page(_nasty("mot"), "fr"))
    assert read.elements == usual.elements
    assert markup_text(text) in "".join(read.texts)
    drawn = to_svg(survey, "fr", show=Show.MADE)
    root, other = ET.fromstring(drawn), ET.fromstring(to_svg(_nasty("mot"), "fr", show=Show.MADE))  # noqa: S314 - ours
    assert {one.tag for one in root.iter()} == {one.tag for one in other.iter()}
    assert (root.findtext(f"{SVG}title") or "").startswith(markup_text(text).strip())
    for line in _shown(survey, 60, "fr").split("\n"):
        assert not re.search(FORBIDDEN, line)
    rows = list(csv.reader(io.StringIO(to_csv(survey, COMMAND))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not re.search(FORBIDDEN, to_json(survey, "fr"))


@given(TEXTS)
def test_any_text_stays_text(text: str) -> None:
    """Whatever the titles are, no element and no control character appears anywhere."""
    _check_harmless(text)


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 20))
def test_naughty_strings_stay_text(start: int) -> None:
    """The same for all naughty strings, twenty at a time."""
    _check_harmless(" ".join(NAUGHTY[start : start + 20]))


# --- Colours ----------------------------------------------------------------------------------------------------------


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_of_pages_are_readable() -> None:
    """In light and in dark, every text has the contrast that WCAG AA asks for."""
    css = (TEMPLATES / "coverage.css").read_text("utf-8")
    light, dark, *_ = css.split("@media")
    for scheme in (light, dark):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        pairs = [(f"t{level.value}", f"l{level.value}") for level in Level]
        for ink, paper in [*pairs, ("ink", "page"), ("soft", "page"), ("ink", "head")]:
            assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def test_the_colours_of_pictures_are_those_of_pages() -> None:
    """The SVG has the same colours, in light and in dark."""
    css, svg = ((TEMPLATES / f"coverage.{ending}").read_text("utf-8") for ending in ("css", "svg"))
    for scheme, drawn in zip(css.split("@media")[:2], svg.split("@media")[:2], strict=True):
        for name, colour in re.findall(r"--([lt]\d|page): (#[0-9a-f]{6})", scheme):
            selected = rf"\.{name}\b[^{{}}]*\{{ fill: {colour}"
            assert re.search(selected, drawn), name


def test_levels_are_told_apart_without_colours() -> None:
    """What is empty, what is thin and what is so on purpose have marks of their own."""
    assert set(MARKS) == {Level.NONE, Level.THIN, Level.INTENDED}
    assert len(set(MARKS.values())) == 3


# --- Holes on purpose -------------------------------------------------------------------------------------------------


def _intending(found: Coverage, *declared: dict[str, str]) -> Coverage:
    """Return a coverage whose compass declares holes on purpose, each for a reason."""
    holes = tuple(
        IntendedHole({facet: frozenset({term}) for facet, term in at.items()}, Text({"en": "Said."}, "en"))
        for at in declared
    )
    return replace(found, compass=replace(found.compass, intended=holes))


ON_PURPOSE = ({"profile": "etat", "domain": "energie"}, {"profile": "commune", "domain": "climat"}, {"profile": "asso"})


def test_holes_on_purpose_stand_apart() -> None:
    """They are not among the holes, nor counted there; each has its numbers and the reason."""
    found = _intending(coverage(), *ON_PURPOSE)
    apart = "Holes that are there on purpose are not counted here: they stand below."
    thin = _said(found, "Cells with few MEDOC")
    assert thin[:2] == ["1 cell out of 9 has a situation in which fewer than 5 MEDOC fit.", apart]
    assert [line.partition(":")[0] for line in thin[2:]] == ["Town · Energy"]
    little = _said(found, "Cells for which little was made")
    assert little[0] == "4 cells out of 9 have fewer than 5 MEDOC made for them: what fits there suits all."
    assert little[1:3] == ["1 of them has none.", apart]
    assert _said(found, "Holes that are there on purpose") == [
        "3 cells out of 9 are holes that their author wants to be there.",
        "Town · Climate: 2 made for it, out of 6 that fit. Said.",
        "State · Energy: none made for it, out of 0 that fit. Said.",
        "Non-profit · Water: none made for it, out of 4 that fit. Said.",
    ]


def test_where_every_hole_is_on_purpose() -> None:
    """Nothing else is said to be one, and nothing false of how many fit."""
    found = _intending(coverage(), *({"profile": profile} for profile in ("commune", "etat", "asso")))
    said = ["None, apart from holes that are there on purpose, which stand below."]
    assert _said(found, "Cells with few MEDOC") == _said(found, "Cells for which little was made") == said


def test_holes_on_purpose_that_are_none() -> None:
    """Enough is there, nothing leads there, or the facets of the cells do not tell."""
    asso = _intending(by_profile(), {"profile": "asso"}, {"profile": "asso", "stage": "agir"})
    assert _said(asso, "Holes that are there on purpose") == [
        "None of those declared was found with these facets.",
        "Non-profit: declared a hole, and is none any more.",
        "Non-profit · Act: not seen with these facets; --by profile,stage shows it.",
    ]
    nobody = _intending(coverage(), {"profile": "asso", "domain": "climat"})
    assert _said(nobody, "Holes that are there on purpose")[1:] == [
        "Non-profit · Climate: nothing leads there, so that it is no hole."
    ]
    holes = [json.loads(to_json(one, "en"))["intended"] for one in (asso, nobody, _intending(coverage(), *ON_PURPOSE))]
    assert [[(hole["hole"], hole["cells"]) for hole in of] for of in holes] == [
        [(False, 1), (None, 0)],
        [(False, 0)],
        [(True, 1), (True, 1), (True, 2)],
    ]
    assert holes[0][1] == {"at": {"profile": ["asso"], "stage": ["agir"]}, "why": "Said.", "hole": None, "cells": 0}


@pytest.mark.parametrize(("show", "drawn"), [(Show.MADE, 3), (Show.FIT, 2), (Show.BEST, 0), (Show.GENERIC, 0)])
def test_holes_on_purpose_are_drawn_apart(show: Show, drawn: int) -> None:
    """With a mark and a shade of their own, in the key too, wherever the number says that the cell is a hole."""
    found = _intending(coverage(), *ON_PURPOSE)
    shown = picture(found, show)
    boxes = [box for row in shown.maps[0].boxes for box in row if box is not None]
    assert [box.mark for box in boxes].count("○") == drawn
    assert (Level.INTENDED in dict(shown.key)) is (drawn > 0)
    assert ("○ few on purpose" in _shown(found, 100, show=show)) is (drawn > 0)
    assert _page(found, show=show).count('<td class="l5">') == drawn
    assert ("○ few on purpose" in to_svg(found, "en", show=show)) is (drawn > 0)
    rows = list(csv.DictReader(io.StringIO(to_csv(found, COMMAND))))
    cells = json.loads(to_json(found, "en"))["cells"]
    assert [row["intended"] for row in rows] == [str(int(cell["intended"])) for cell in cells]
    assert sum(cell["intended"] for cell in cells) == 3


# --- What several answers at once bring -------------------------------------------------------------------------------


def test_what_other_answers_bring_comes_with_them() -> None:
    """A MEDOC that was not seen and is reached has the command that shows it; it is not among those not seen."""
    unseen = coverage().not_seen()
    found = coverage(reached={unseen[0]: {"domain": ("eau", "climat"), "profile": "etat"}}, proved_never={unseen[1]})
    (section,) = [one for one in sections(found, COMMAND) if one.title.in_("en") == "MEDOC that come up for others"]
    assert [one.in_("en") for one in section.sentences] == [
        "1 MEDOC was seen in no first 5 of the situations looked at, but is in that of other answers."
    ]
    (entry,) = section.entries
    assert entry.command == (*COMMAND, "--set", "profile=etat", "--set", "domain=eau,climat")
    document = json.loads(to_json(found, "en"))
    assert document["reached"] == [{"id": unseen[0], "answers": {"profile": "etat", "domain": ["eau", "climat"]}}]
    assert document["not_seen"] == list(unseen[2:])
    assert unseen[1] in document["never"]
    assert _said(found, "MEDOC that never come up")[1] == "That is proved for several answers at once too."
