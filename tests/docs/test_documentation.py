"""The documents tell the truth: their Python runs, their links lead somewhere, every command is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_type_hints

import pytest

from boussole.cli.app import COMMANDS
from boussole.cli.main import run
from boussole.files.toml.tables import FacetTable, GoneTable, MedocTable
from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.fr.md"]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_python_of_the_readmes_runs(
    readme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each block of Python runs as it stands, from the root of the repository."""
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, readme.name, "exec"), {})  # noqa: S102 - our own documents
    assert "# Mon parcours" in capsys.readouterr().out


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_compass_of_the_readmes_is_a_compass(
    readme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ten lines of TOML can be checked and used."""
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```toml\n(format = 1.*?)```", readme.read_text("utf-8"), re.DOTALL)
    (tmp_path / "compass.toml").write_text(block, "utf-8")
    assert run(["check", "compass.toml"]) == 0
    assert run(["recommend", "compass.toml", "--set", "profile=etat", "--set", "domain=eau", "--to", "json"]) == 0
    assert '"rank": 1' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("guide", "medoc"), [("catalogue.md", "maison-de-l-eau"), ("catalogue.en.md", "house-of-water")]
)
def test_the_territory_of_the_guides_completes_what_ships(
    guide: str, medoc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder with that file alone, each command typed there works, and `check` says what is shown."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / guide).read_text("utf-8")
    section = next(part for part in text.split("\n## ") if 'extends = "le-rameau"' in part)
    (block,) = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    (commands,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    (told,) = re.findall(r"```\n(medoc.*?)```", section, re.DOTALL)
    (tmp_path / "medoc.toml").write_text(block, "utf-8")
    language = "en" if ".en." in guide else "fr"
    for command in commands.splitlines():
        assert run([f"--lang={language}", *command.split()[1:]]) == 0
    said = capsys.readouterr()
    assert said.out.count(medoc) >= 2
    assert told in said.err


@pytest.mark.parametrize("guide", ["catalogue.md", "catalogue.en.md"])
def test_the_catalogue_of_the_guide_is_built(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Block by block, with no error at any step and no doubt at the end; what is typed there works."""
    (tmp_path / "compasses").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
    text = (ROOT / "docs" / guide).read_text("utf-8").split('extends = "le-rameau"')[0]
    blocks = re.findall(r"```toml\n# (\S+)\n(.*?)```", text, re.DOTALL)
    assert [file for file, _ in blocks] == ["medoc.toml"] * 3 + ["compasses/jardiner.toml"]
    for file, block in blocks:
        with (tmp_path / file).open("a", encoding="utf-8") as built:
            built.write(f"{block}\n")
        assert run(["check", file]) == 0
    capsys.readouterr()
    assert run(["check", "medoc.toml", "compasses/jardiner.toml", "--strict"]) == 0
    assert capsys.readouterr().out == ""
    (commands,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    for command in commands.splitlines():
        assert run(command.split()[1:]) == 0
    said = capsys.readouterr().out
    assert "plan-de-jardin" in said
    assert "sol" in said


CATALOGUE_KEYS = {*get_type_hints(MedocTable), *get_type_hints(FacetTable), *get_type_hints(GoneTable), "extends"}


@pytest.mark.parametrize("guide", ["catalogue.md", "catalogue.en.md"])
def test_the_guide_of_catalogues_has_every_key(guide: str) -> None:
    """In an example: of facets, of MEDOC, of what left, of the path, of the rose."""
    blocks = "\n".join(re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / guide).read_text("utf-8"), re.DOTALL))
    assert [key for key in sorted(CATALOGUE_KEYS) if not re.search(rf"\b{key} = ", blocks)] == []
    assert "[pathway]\nsize = " in blocks
    assert "[rose]\naxes = " in blocks


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link names a file of the repository."""
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    """Each command stands in both READMEs or in a guide."""
    text = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    assert f"boussole {command}" in text
