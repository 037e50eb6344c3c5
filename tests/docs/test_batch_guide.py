"""The guide of `boussole batch` tells the truth: its example gives what it shows, and nothing is left out of it."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typing_extensions import get_type_hints

from boussole.cli.app import load_command
from boussole.cli.language import use_language
from boussole.cli.main import run
from boussole.files.toml.map_tables import MapColumnTable, MapFile
from boussole.i18n import LANGUAGES
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = ROOT / "docs"
GUIDES = {"fr": DOCS / "batch.md", "en": DOCS / "batch.en.md"}
EVERYWHERE = {"--lang", "--catalogue", "--compasses", "--debug", "--help"}


def blocks_of(language: str, kind: str) -> list[str]:
    """Return the fenced blocks of the guide that are in one language of code."""
    text = GUIDES[language].read_text("utf-8")
    return [
        block for found, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE) if found == kind
    ]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand in an empty folder, with an empty home."""
    for name in [name for name in os.environ if name.startswith(("BOUSSOLE_", "XDG_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGUAGE", "en")  # boussole sets it: noted here, so that it is put back
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    yield folder
    use_language("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_gives_what_the_guide_shows(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """To the letter: what is said, and the table that comes out; what is rejected can be run again as it is."""
    first, again = [line.split() for line in blocks_of(language, "sh") if "--map" in line and "examples/" not in line]
    table, written = blocks_of(language, "csv")
    Path(first[3]).write_text(table, "utf-8")
    Path(first[5]).write_text(blocks_of(language, "toml")[0], "utf-8")
    assert run(["check", first[5]]) == 0
    capsys.readouterr()
    assert run([f"--lang={language}", *first[1:]]) == 1
    (said,) = blocks_of(language, "")
    assert capsys.readouterr().err == said
    assert Path(first[first.index("-o") + 1]).read_text("utf-8") == written
    assert first[first.index("--rejects") + 1] == again[3]
    assert run([f"--lang={language}", *again[1:]]) == 1
    (header, row) = Path(again[-1]).read_text("utf-8").splitlines()
    assert (header.count("boussole_error"), row.split(";")[3]) == (1, "rejected")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_is_proposed_as_the_guide_says(language: str, here: Path) -> None:
    """The command of the guide writes one that passes `check`, and does not replace it."""
    (command,) = [line for line in blocks_of(language, "sh") if "--suggest-map" in line]
    arguments = shlex.split(command)[1:]
    (here / arguments[2]).write_text(blocks_of(language, "csv")[0], "utf-8")
    assert run(arguments) == 0
    assert run(["check", arguments[-1]]) == 0
    assert run(arguments) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_and_option_is_in_the_guide(language: str) -> None:
    """Those of a map, and those of the command."""
    text = GUIDES[language].read_text("utf-8")
    keys = {*get_type_hints(MapFile), *get_type_hints(MapColumnTable)}
    assert [key for key in sorted(keys) if not re.search(rf"^\| `\[*{key}\]*` \|", text, re.MULTILINE)] == []
    options = [param.opts for param in load_command("batch").params if param.opts[0].startswith("-")]
    own = [opts for opts in options if not EVERYWHERE & {*opts}]
    assert [opts for opts in own if not any(re.search(rf"`{one}\b|`[^`]* {one}\b", text) for one in opts)] == []


def test_the_french_guide_has_the_typography_of_french() -> None:
    """Curly apostrophes, and no-break spaces before double signs and inside quotes."""
    text = re.sub(r"^```.*?^```$", "", GUIDES["fr"].read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"`[^`\n]*`|\]\([^)]*\)|\|[-|]+\|", "x", text)
    assert re.findall(r"\w'\w|[^\u202f\u00a0][;!?]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»|\"", prose) == []
