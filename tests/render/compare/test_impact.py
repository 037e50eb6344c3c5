"""What a change of definitions does, said in three forms, at any width."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from rich.cells import cell_len

from boussole.cli.console import as_text
from boussole.core.compare.impact import ResultChange, Revision, assess
from boussole.core.compare.impact_totals import CompassImpact, Impact, sum_up
from boussole.core.definitions.text import Text
from boussole.escape import FORBIDDEN, plain_text
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.i18n import gettext
from boussole.render.compare.impact_formats import to_json, to_markdown, to_table
from boussole.render.compare.impact_wording import Reading, share
from support.builders import make_catalogue, make_compass, make_medoc
from support.pages import BLOCKS, HARMLESS, read
from support.samples import CATALOGUE, COMPASS, FULL_ANSWERS, NAUGHTY, TEXTS, catalogue, compass, replace

if TYPE_CHECKING:
    from collections.abc import Callable

READING = Reading([("perdu.toml", gettext("this is not UTF-8 text."))], {"autre": 2})
NOTHING = Reading([], {})


def _edited(text: str, *edits: tuple[str, str]) -> bytes:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


@cache
def impact() -> Impact:
    """Return what a change of the sample definitions does to four people: something of everything."""
    after = read_catalogue(
        _edited(
            CATALOGUE,
            ('version = "2026.11"', 'version = "2026.12"\nrenamed = { fiche = "carte" }'),
            ('id = "fiche"', 'id = "carte"'),
            ('id = "atlas"', 'id = "nouvel-atlas"'),
            ('after = ["atlas", ', "after = ["),
        ),
        "medoc.toml",
    )
    asked = read_compass(
        _edited(
            COMPASS,
            ('version = "3"', 'version = "4"\nrenamed = { moyens = "budget" }'),
            ('id = "moyens"', 'id = "budget"'),
            ("{ moyens = 1 }", "{ budget = 1 }"),
            ('{ moyens = "solides" }', '{ budget = "solides" }'),
            ('{ id = "aucun", text = { fr = "Aucun", en = "None" }, points = 0 },', '{ id = "nul", text = "Nul" },'),
            ('id = "nom"\ntype = "text"', 'id = "nom"\ntype = "number"'),
            ("required = false\nwhen = { not", "when = { not"),
            ("points = 120", "points = 1"),
            ('medoc = ["fiche"]', 'medoc = ["carte"]'),
        ),
        "essai.toml",
        after,
    )
    change = Revision.between((compass(), catalogue()), (asked, after))
    people: dict[str, dict[str, Any]] = {
        "ann.toml": FULL_ANSWERS | {"domain": ("eau",)},
        "bob.md": {"profile": "etat", "domain": ("energie",), "nom": "Bob"},
        "lot.jsonl:1": {"profile": "asso", "domain": ("eau",), "accord": "no", "habitants": 0},
        "lot.jsonl:2": {"profile": "asso", "domain": ("climat",), "moyens": "aucun", "accord": "yes"},
    }
    return sum_up([assess(name, answers, change) for name, answers in people.items()])


def _table(what: Impact, width: int, reading: Reading = READING, language: str = "en") -> str:
    return as_text(to_table(what, reading, language, width=width, worst=3), width, on_screen=False)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_an_impact_on_a_screen(width: int, golden: Callable[[str, str], None]) -> None:
    """What changes, for which MEDOC, what is asked again and of whom, the worst cases: sized to the screen."""
    golden(f"impact-{width}.txt", _table(impact(), width))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_impact_as_markdown(language: str, golden: Callable[[str, str], None]) -> None:
    """The same as CommonMark, in both languages."""
    golden(f"impact-{language}.md", to_markdown(impact(), READING, language, worst=3))


def test_an_impact_as_json(golden: Callable[[str, str], None]) -> None:
    """All of it, ids and numbers: what the other forms cut is there."""
    golden("impact.json", to_json(impact(), READING, "en"))
    assert len(json.loads(to_json(impact(), READING, "en", worst=1))["cases"]) == 1


@pytest.mark.parametrize("width", [1, 2, 5, 10, 20, 39, 40, 69, 70, 80, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    """At any width it is there, within the width."""
    lines = _table(impact(), width).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_nothing_changes() -> None:
    """Said in three lines, without an empty part."""
    change = Revision.between((compass(), catalogue()), (compass(), catalogue()))
    same = sum_up([assess("ann.toml", {"profile": "etat"}, change)])
    lines = ["essai 3 · mini 2026.11", "1 sheet compared.", "0 results change: 0.0%.", "0 first places change."]
    assert _table(same, 80, NOTHING).splitlines() == lines
    title = "# What changes for those who already answered\n\n"
    assert to_markdown(same, NOTHING, "en", worst=3) == title + "".join(f"- {line}\n" for line in lines)
    assert json.loads(to_json(same, NOTHING, "en"))["cases"] == []


def test_many_medoc_and_many_unread() -> None:
    """Twenty MEDOC and ten names are shown, with how many more there are; JSON has all."""
    many = make_catalogue(*(make_medoc(f"m{number:02}") for number in range(25)))
    one = Revision.between((make_compass(), many), (make_compass(), many), top=25)
    ids = tuple(many.medoc)
    turned = sum_up([ResultChange("x", one, ids, ids[::-1]), ResultChange("y", one, (), ids[:1])])
    unread = Reading([(f"n{number}", gettext("this line is not JSON.")) for number in range(11)], {})
    for text in (_table(turned, 80, unread), to_markdown(turned, unread, "en", worst=3)):
        assert "And 4 others, which --to json gives." in text
        assert "11 sheets could not be read: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, …" in text
        assert "first: nothing → Titre de m00" in text
    document = json.loads(to_json(turned, unread, "en"))
    assert (len(document["medoc"]), len(document["unread"])) == (24, 11)


def test_several_compasses() -> None:
    """Each with its own figures, and named where a question or a case is its own."""
    other = compass()._replace(id="autre", questions={})
    second = Revision.between((compass()._replace(id="autre"), catalogue()), (other, catalogue()))
    third = sum_up([*impact().cases, assess("zoe.toml", {"profile": "etat"}, second)])
    text = as_text(to_table(third, NOTHING, "en", width=120, worst=9), 120, on_screen=False)
    assert "essai 3 → 4 · mini 2026.11 → 2026.12: 4 results change out of 4\n" in text
    assert "autre 3 · mini 2026.11: 1 result changes out of 1\n" in text
    assert "autre › profile: compass “autre” has no question “profile”. (1 sheet)\n" in text
    assert "zoe.toml · autre · " in text


def test_a_compass_under_another_id() -> None:
    """Both ids are told."""
    renamed = compass()._replace(id="nouveau", version="4")
    change = Revision.between((compass(), catalogue()), (renamed, catalogue()))
    assert _table(sum_up([assess("a", {}, change)]), 80, NOTHING).startswith("essai 3 → nouveau 4 · mini 2026.11\n")


@pytest.mark.parametrize(
    ("changed", "sheets", "said"),
    [
        (0, 7, "0.0%"),
        (1, 1, "100.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.6%"),
        (1, 1000, "0.1%"),
        (1, 1001, "less than 0.1%"),
    ],
)
def test_a_share(changed: int, sheets: int, said: str) -> None:
    """One decimal, never rounded up; something that changes is never said to be nothing."""
    change = Revision.between((make_compass(), make_catalogue()), (make_compass(), make_catalogue()))
    cases = (ResultChange("x", change, (), ("a",)),) * changed
    counted = Impact((CompassImpact(change, sheets, changed, changed),), (), (), (), cases)
    assert share(counted).in_("en") == said


def _with_texts(title: str, name: str) -> tuple[Impact, Reading]:
    """Return an impact in which a title and names, which others wrote, stand wherever they can."""
    medoc = {id_: replace(one, title=Text({"fr": title}, "fr")) for id_, one in catalogue().medoc.items()}
    titled = catalogue()._replace(medoc=medoc, version=name)
    fewer = titled._replace(medoc={id_: one for id_, one in medoc.items() if id_ != "offre-beta"})
    asked = compass().questions["accord"]._replace(id="accord-ecrit", ask=Text({"fr": title}, "fr"), required=True)
    other = compass()._replace(questions={**compass().questions, asked.id: asked})
    change = Revision.between((compass(), titled), (other, fewer))
    outcome = assess(name, {"profile": "commune", name: "x", "accord": f"{name}!"}, change)
    return sum_up([outcome]), Reading([(name, gettext("“{key}” must be a text.", key=title))], {name: 1})


def _check(title: str, name: str) -> None:
    made, reading = _with_texts(title, name)
    for text in (_table(made, 80, reading), to_json(made, reading, "en")):
        assert re.search(FORBIDDEN, text) is None
    json.loads(to_json(made, reading, "en"))
    page = to_markdown(made, reading, "en", worst=3)
    assert re.search(FORBIDDEN, page) is None
    parsed = read(page)
    assert parsed.kinds <= HARMLESS | BLOCKS
    assert [block.where for block in parsed.blocks] == _parts()
    assert parsed.items("The worst cases")[-1].text == plain_text(f"first: {title} → {title}")


@cache
def _parts() -> list[str]:
    return [block.where for block in read(to_markdown(*_with_texts("T", "N"), "en", worst=3)).blocks]


@given(TEXTS, TEXTS)
def test_no_text_does_harm(title: str, name: str) -> None:
    """Whatever titles and names are, nothing drives the terminal, and the page has the same parts and no markup."""
    _check(title, name)


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 100))
def test_naughty_strings_do_no_harm(start: int) -> None:
    """The same for each naughty string."""
    for text in NAUGHTY[start : start + 100]:
        _check(text, text)
