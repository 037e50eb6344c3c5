"""The pages of the problem codes tell the truth: each example gives its message, each correction mends it."""

from __future__ import annotations

import os
import re
import shlex
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.cli.language import use_language
from boussole.cli.main import run
from boussole.files.authoring.problem_pages import known_codes
from boussole.i18n import LANGUAGES
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PAGES = ROOT / "docs/problems"
ENDINGS = {"fr": ".md", "en": ".en.md"}
EXAMPLE = {"fr": "Exemple", "en": "Example"}
MENDED = {"fr": "Correction", "en": "How to mend it"}
SEVERITIES = {"fr": ("Erreur", "Avertissement", "Remarque"), "en": ("Error", "Warning", "Note")}
SHORTEST, LONGEST = 15, 40

CATALOGUE, COMPASS = "medoc.toml", "compasses/eau.toml"
MAPS = {"fr": "carte.toml", "en": "map.toml"}
TABLES = {"fr": "tableau", "en": "table"}
MAPPED = "agir-ensemble"
"""The compass that ships, which the examples of maps and tables are about."""
MEDOC = ("aquagir", "autodiagnostic-co-construction", "charte-du-faire-alliance", "observatoire-services-eau")
"""The MEDOC of the shipped catalogue that the examples are about."""
TITLES = {"fr": "Eau", "en": "Water"}


class Page(NamedTuple):
    """One page: its first line, its severity, and the fenced blocks under each heading, with the language of each."""

    code: str
    language: str
    title: str
    severity: str
    blocks: Mapping[str, list[tuple[str, str]]]

    def files(self, heading: Mapping[str, str]) -> dict[str, str]:
        """Return the fragments of files under a heading, by the name that their first line gives."""
        found = {}
        for kind, block in self.blocks.get(heading[self.language], []):
            if kind == "toml":
                name, _, fragment = block.partition("\n")
                found[name.removeprefix("# ")] = fragment
        return found

    def table(self, heading: Mapping[str, str]) -> dict[str, str]:
        """Return the table shown under a heading, if there is one, by its name in the command."""
        ending = {"csv": "csv", "json": "jsonl"}
        found = [(kind, block) for kind, block in self.blocks.get(heading[self.language], []) if kind in ending]
        return {f"{TABLES[self.language]}.{ending[kind]}": block for kind, block in found}

    def command(self, heading: Mapping[str, str]) -> str | None:
        """Return the command typed under a heading, if there is one."""
        blocks = self.blocks.get(heading[self.language], [])
        return next((block.strip() for kind, block in blocks if kind == "sh"), None)

    def told(self) -> str:
        """Return what the page says boussole prints."""
        return "".join(block for kind, block in self.blocks[EXAMPLE[self.language]] if not kind)


def read_page(code: str, language: str, text: str) -> Page:
    """Return the page whose text is given."""
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    lines = head.splitlines()
    blocks = {
        section.partition("\n")[0]: re.findall(r"^```(\w*)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
        for section in sections
    }
    return Page(code, language, lines[0], lines[2], blocks)


def prose_of(text: str) -> str:
    """Return a page without its blocks, and with an x for each piece of code."""
    return re.sub(r"`[^`\n]*`", "x", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


def page_of(code: str, language: str) -> Page:
    """Return the page of a code."""
    return read_page(code, language, (PAGES / f"{code}{ENDINGS[language]}").read_text("utf-8"))


# --- A small place where the fragments are whole files ---------------------------------------------------------------


@cache
def _shipped(kind: str) -> dict[str, str]:
    """Return the tables of one kind in the shipped catalogue, by id, as they are written."""
    text = re.sub(r"^#.*\n", "", (ROOT / CATALOGUE).read_text("utf-8"), flags=re.MULTILINE)
    tables = re.findall(rf"^\[\[{kind}\]\]\n.*?(?=^\[|\Z)", text, re.DOTALL | re.MULTILINE)
    return {re.findall(r'^id = "(.*)"$', table, re.MULTILINE)[0]: table for table in tables}


def whole(name: str, fragment: str, language: str) -> str:
    """Return the file of which a page shows `fragment`: with its first lines, and a catalogue with its facets.

    One that extends another has none: `shipped_folder` is in reach, whose catalogue it lies over.
    """
    head = {"format": "1"}
    if name == MAPS[language]:
        head |= {"compass": f'"{MAPPED}"'}
    else:
        head |= {"id": '"eau"', "version": '"1"', "language": f'"{language}"', "title": f'"{TITLES[language]}"'}
    catalogue = name == CATALOGUE
    if catalogue:
        head["id"] = '"le-rameau"'
    own = re.findall(r"^(\w+) =", fragment.partition("\n[")[0], re.MULTILINE) if not fragment.startswith("[") else []
    first = "".join(f"{key} = {value}\n" for key, value in head.items() if key not in own)
    declared = re.findall(r'^\[\[facet\]\]\nid = "(.*)"$', fragment, re.MULTILINE)
    own_facets = catalogue and "extends" not in own
    facets = [table for id_, table in _shipped("facet").items() if id_ not in declared] if own_facets else []
    return "\n".join([first, fragment, *facets])


def merged(example: str, fragment: str) -> str:
    """Return a correction as a whole: where it starts with an ellipsis, the tables it does not show stay."""
    if not fragment.startswith("# …\n"):
        return fragment
    return "".join((_tables(example) | _tables(fragment.partition("\n")[2])).values())


def _tables(fragment: str) -> dict[tuple[str, str | int], str]:
    """Return the tables of a fragment by their header and their id, or their number where they have none."""
    found: dict[tuple[str, str | int], str] = {}
    for table in re.split(r"^(?=\[)", fragment, flags=re.MULTILINE):
        header = table.partition("\n")[0]
        ids = re.findall(r'^id = "(.*)"$', table, re.MULTILINE)
        number = sum(1 for other, _ in found if other == header)
        found[header, ids[0] if ids else number] = table.rstrip("\n") + "\n\n"
    return found


def _catalogue(code: str, language: str) -> str:
    """Return the catalogue that the example of a code is about: with a few of the MEDOC shipped, it is read fast."""
    named: tuple[str, ...] = MEDOC
    dated = ""
    if not code.startswith(("A", "B")):  # the others are about a compass that ships
        compass = (ROOT / "compasses" / f"{MAPPED}.toml").read_text("utf-8")
        named, dated = tuple(id_ for id_ in _shipped("medoc") if f'"{id_}"' in compass), "dated = 2026-12-01\n"
    medoc = dated + "".join(_shipped("medoc")[id_] for id_ in named)
    return whole(CATALOGUE, re.sub(r"^(after|superseded_by) = .*\n", "", medoc, flags=re.MULTILINE), language)


def _too_large(_language: str) -> dict[str, bytes]:
    return {CATALOGUE: b"#" * 34_000_000}


def _very_many_problems(language: str) -> dict[str, bytes]:
    return {CATALOGUE: ("".join(f"key{n} = 1\n" for n in range(5000)) + _catalogue("B007", language)).encode()}


def _too_many_cases(language: str) -> dict[str, bytes]:
    """Return a compass whose axis can have as many sums as there are answers to its questions together."""
    axis = {"fr": "elan", "en": "momentum"}[language]
    questions = "".join(f'{{ id = "q{n}", type = "yes-no", ask = "{n}" }}, ' for n in range(24))
    weights = ", ".join(f"q{n} = {2**n}" for n in range(24))
    fragment = (
        f"question = [ {questions} ]\n\n"
        f'[[axis]]\nid = "{axis}"\ntitle = "Axe"\nquestions = {{ {weights} }}\n\n'
        f'[[rule]]\nwhen = {{ {axis} = {{ min = 100 }} }}\nmedoc = ["{MEDOC[0]}"]\npoints = 70\n'
    )
    return {COMPASS: whole(COMPASS, fragment, language).encode()}


def _idle_facet(language: str) -> dict[str, bytes]:
    """Return a compass, and a catalogue in which it asks for one of two facets."""
    idle = {"fr": ("saison", "Saison", "hiver", "Hiver"), "en": ("season", "Season", "winter", "Winter")}[language]
    facets = [
        '[[facet]]\nid = "{}"\ntitle = "{}"\nterms = [ {{ id = "{}", title = "{}" }} ]\n'.format(*idle),
        *(_shipped("facet")[id_] for id_ in ("kind", "domain")),
    ]
    catalogue = (
        '[[medoc]]\nid = "eaufrance"\nkind = "donnee"\ntitle = "Eaufrance"\nsource = "https://www.eaufrance.fr/"\n'
    )
    catalogue = whole(CATALOGUE, catalogue + "checked = 2026-11-22\n", language).partition("[[facet]]")[0]
    asked = '[[question]]\nid = "domain"\ntype = "many"\nfacet = "domain"\nask = "?"\n'
    return {
        CATALOGUE: "\n".join([catalogue, *facets]).encode(),
        COMPASS: whole(COMPASS, asked, language).encode(),
    }


def _with_nul(language: str) -> dict[str, bytes]:
    return {f"{TABLES[language]}.csv": b"profile;level\ncollectivites;lo\0cal\n"}


def _workbook(language: str, formula: str, value: str) -> dict[str, bytes]:
    """Return a workbook with a formula under `level`."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["profile", "collectivites"])
    sheet.write_string(0, 1, "level")
    sheet.write_formula(1, 1, formula, None, value)
    book.close()
    return {f"{TABLES[language]}.xlsx": held.getvalue()}


def _many_questions(language: str) -> dict[str, bytes]:
    questions = "".join(f'  {{ id = "q{n}", type = "yes-no", ask = "{n}" }},\n' for n in range(21))
    return {COMPASS: whole(COMPASS, f"question = [\n{questions}]\n", language).encode()}


UNWRITTEN: dict[str, Callable[[str], dict[str, bytes]]] = {
    "B002": _too_large,
    "B007": _very_many_problems,
    "B519": _too_many_cases,
    "B528": _many_questions,
    "B542": _idle_facet,
    "T104": _with_nul,
    "T107": partial(_workbook, formula="=NA()", value="#N/A"),
    "T108": partial(_workbook, formula="=D2", value=""),
}
"""The examples that a page describes without writing them out."""
ENCODINGS = {"B001": "cp1252"}


def settle(page: Page, *, mended: bool) -> str:
    """Write the files of a page's example, or of its correction, in the current folder; return the command to type."""
    heading = MENDED if mended else EXAMPLE
    example = page.files(EXAMPLE)
    shown = {name: merged(example.get(name, ""), text) for name, text in page.files(heading).items()}
    files = {name: whole(name, text, page.language) for name, text in (example | shown).items()}
    files |= page.table(EXAMPLE) | page.table(heading)
    encoding = "utf-8" if mended else ENCODINGS.get(page.code, "utf-8")
    contents = {name: text.encode(encoding) for name, text in files.items()}
    if page.code in UNWRITTEN and not mended:
        contents |= UNWRITTEN[page.code](page.language)
    checked = [name for name in contents if name.endswith(".toml")]
    contents.setdefault(CATALOGUE, _catalogue(page.code, page.language).encode())
    for name, content in contents.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content)
    return page.command(heading) or (None if mended else page.command(EXAMPLE)) or f"boussole check {' '.join(checked)}"


def told_by(said: str, code: str) -> str:
    """Return the problems of one code among what boussole `said`, each with its remedy."""
    kept = []
    problem = False
    for line in said.splitlines():
        problem = problem if line.startswith("    ") else f" {code} " in f" {line}"
        if problem:
            kept.append(f"{line}\n")
    return "".join(kept)


# --- The tests -------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand in an empty folder, with an empty home and a clock that never moves."""
    for name in [name for name in os.environ if name.startswith(("BOUSSOLE_", "XDG_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGUAGE", "en")  # boussole sets it: noted here, so that it is put back
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795356180")  # 2026-11-22
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    yield
    use_language("fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", known_codes())
def test_the_example_of_a_page_gives_the_message_it_shows(
    code: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter, in the language of the page; and what it shows as mended no longer gives it."""
    page = page_of(code, language)
    commands = [settle(page, mended=False)]
    told = _run(commands[0], language, capsys, code)
    assert told == page.told()
    assert (f"{page.severity.lower()} {code} " if " check " in commands[0] else f"{code} ") in told  # the others fail
    commands.append(settle(page, mended=True))
    assert _run(commands[1], language, capsys, code) == ""


def _run(command: str, language: str, capsys: pytest.CaptureFixture[str], code: str) -> str:
    capsys.readouterr()
    name, *arguments = shlex.split(command)
    assert name == "boussole"
    run([f"--lang={language}", *arguments])
    said = capsys.readouterr()
    return told_by(said.out + said.err, code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", known_codes())
def test_a_page_has_the_form_of_the_others(code: str, language: str) -> None:
    """Its code and title, its severity, an example and a correction, on some thirty lines of light Markdown."""
    text = (PAGES / f"{code}{ENDINGS[language]}").read_text("utf-8")
    page = page_of(code, language)
    assert page.title.startswith(f"# {code} · ")
    assert page.severity in SEVERITIES[language]
    other = page_of(code, next(one for one in LANGUAGES if one != language))
    assert SEVERITIES[language].index(page.severity) == SEVERITIES[other.language].index(other.severity)
    assert {EXAMPLE[language], MENDED[language]} <= page.blocks.keys()
    assert SHORTEST <= len(text.splitlines()) <= LONGEST
    assert re.findall(r"<\w|^\||\t| $|  ", prose_of(text), re.MULTILINE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_has_a_line_for_each_page(language: str) -> None:
    """With the severity and the title of the page, in order."""
    index = (PAGES / f"README{ENDINGS[language]}").read_text("utf-8")
    lines = re.findall(r"^\| \[(\w+)\]\((.+?)\) \| (\w+) \| (.+) \|$", index, re.MULTILINE)
    pages = [page_of(code, language) for code in known_codes()]
    assert lines == [
        (page.code, f"{page.code}{ENDINGS[language]}", page.severity, page.title.partition(" · ")[2]) for page in pages
    ]


@pytest.mark.parametrize("code", known_codes())
def test_french_pages_have_the_typography_of_french(code: str) -> None:
    """Curly apostrophes, and no-break spaces before double signs and inside quotes."""
    text = (PAGES / f"{code}.md").read_text("utf-8")
    assert re.findall(r"\w'\w|[^\u202f\u00a0][;!?]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»|\"", prose_of(text)) == []


def test_every_code_has_its_two_pages() -> None:
    """Each code that the sources can print, and no other."""
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'"([ABMT]\d{3})"', sources))
    for ending in ENDINGS.values():
        pages = {path.name.removesuffix(ending) for path in PAGES.glob(f"????{ending}")}
        assert pages == codes
