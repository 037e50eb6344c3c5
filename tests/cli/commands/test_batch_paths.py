"""`boussole batch --paths`: a personal path for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from boussole.cli.commands.batch import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

ROWS = [
    ("Lédenon", "commune", "eau", "1"),
    ("../Nîmes", "commune", "climat", "2"),
    ("Erreur", "communne", "eau", "0"),
    ("LÉDENON", "commune", "eau", "1"),
    ("", "", "climat|eau", ""),
]


@pytest.fixture
def table(trial: Path) -> Path:
    """Put a table beside the compass: a name in two writings, one that would leave its folder, a row that is wrong."""
    path = trial / "table.csv"
    path.write_text("structure;profile;domain;confiance\n" + "".join(f"{';'.join(row)}\n" for row in ROWS), "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("alone", [0, 100])
@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_path_is_what_recommend_writes_for_the_same_answers(
    boussole: Boussole, table: Path, monkeypatch: pytest.MonkeyPatch, form: str, alone: int
) -> None:
    """Byte for byte, in every form, made here or by other processes; a rejected row has none."""
    monkeypatch.setattr(paths, "_ALONE", alone)
    done = boussole("batch", "essai", table.name, "--paths", "out", "--paths-to", form, "--top", "2", "-o", "o.csv")
    folder = table.with_name("out")
    assert done.code == 1
    assert "Written: 4 paths in out" in done.err
    assert names(folder) == sorted(f"{number}.{form}" for number in (1, 2, 4, 5))
    for number, (_, profile, domain, confiance) in enumerate(ROWS, 1):
        if number == 3:
            continue
        given = {"profile": profile, "domain": domain.replace("|", ","), "confiance": confiance}
        answers = [part for id_, value in given.items() if value for part in ("--set", f"{id_}={value}")]
        boussole("recommend", "essai", *answers, "--top", "2", "-o", f"alone.{form}")
        assert (folder / f"{number}.{form}").read_bytes() == table.with_name(f"alone.{form}").read_bytes()


def test_files_are_named_after_a_column_each_its_own_and_never_elsewhere(boussole: Boussole, table: Path) -> None:
    """The column is found whatever its capitals; a row without a name has its number; HTML where nothing is said."""
    outside = table.with_name("outside.html")
    outside.write_text("theirs")
    folder = table.with_name("out")
    folder.mkdir()
    (folder / "Lédenon.html").symlink_to(outside)
    (folder / "old.html").write_text("theirs")
    boussole("batch", "essai", table.name, "--paths", "out", "--path-name", "STRUCTURE", "-o", "o.csv")
    assert names(folder) == ["5.html", "LÉDENON-2.html", "Lédenon.html", "Nîmes.html", "old.html"]
    assert (outside.read_text(), (folder / "old.html").read_text()) == ("theirs", "theirs")
    assert names(folder.parent) == ["compasses", "medoc.toml", "o.csv", "out", "outside.html", "table.csv"]


def test_all_paths_or_none(boussole: Boussole, table: Path) -> None:
    """Where the work stops at a row, nothing is left, neither a path nor the folder that was made for them."""
    done = boussole("batch", "essai", table.name, "--paths", "a/out", "--strict", "-o", "o.csv")
    assert done.code == 2
    assert names(table.parent) == ["a", "compasses", "medoc.toml", "table.csv"]
    assert names(table.with_name("a")) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--paths-to", "md"], "--paths-to says how to write paths, and there is no --paths."),
        (["--path-name", "structure"], "--path-name says how to write paths, and there is no --paths."),
        (["--paths", "out", "--paths-to", "docx"], "--paths-to: “docx” is not accepted."),
        (["--paths", "out", "--path-name", "structurre"], "the table has no column “structurre”."),
        (["--paths", "table.csv"], "there is something of that name already.\nChoose another folder."),
        (["--paths", "out", "--path-name", "structure", "-o", "out/Nîmes.html", "--to", "csv"], "“out/Nîmes.html”"),
    ],
)
def test_what_cannot_be_done_is_refused(boussole: Boussole, table: Path, given: list[str], said: str) -> None:
    """With what to do; the table stays as it was."""
    before = table.read_bytes()
    done = boussole("batch", "essai", table.name, *given, *([] if "-o" in given else ["-o", "o.csv"]))
    assert (done.code, table.read_bytes()) == (2, before)
    assert said in done.err
    assert not table.with_name("o.csv").exists()


def test_parts_of_a_folder_have_no_paths(boussole: Boussole, trial: Path) -> None:
    """They go from folder to folder, each by itself."""
    pl.DataFrame({"profile": ["commune"]}).write_parquet(trial / "a.parquet")
    done = boussole("batch", "essai", "a.parquet", "-o", "results", "--paths", "out")
    assert done.code == 2
    assert "--paths is for a result in one file." in done.err
    assert names(trial) == ["a.parquet", "compasses", "medoc.toml"]
