"""`boussole batch` as a consultant types it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped] # it has no types
import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.cli.commands import batch
from boussole.cli.commands.batch import progress
from boussole.escape import FORBIDDEN
from boussole.installation import extra_command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

TABLE = "nom;profile;domain\n007;commune;eau\nBéta;communne;eau\nGamma;;climat|eau\n"
MAP = """
format = 1
compass = "essai"
[[column]]
name = "Type"
[column.values]
"Ville" = { profile = "commune" }
"Autre" = { profile = "" }
"""


@pytest.fixture
def table(trial: Path) -> Path:
    """Put a table beside the compass: a row that is right, one with a typo, one without a profile."""
    path = trial / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_row_comes_out_in_order(boussole: Boussole, table: Path) -> None:
    """Its cells first, as they were; the one with a typo is rejected with the nearest word, and it exits 1."""
    done = boussole("batch", "essai", table.name, "--set", "accord=no")
    first, second, third = rows(done.out)
    assert done.code == 1
    assert done.out.splitlines()[1].startswith("007;commune;eau;ok;;")
    assert (second["boussole_status"], second["boussole_1"]) == ("rejected", "")
    assert second["boussole_error"].startswith('A102 column "profile": ')
    assert "Did you mean “Commune”?" in second["boussole_error"]
    assert (third["boussole_status"], third["boussole_error"]) == ("partial", "without an answer: profile")
    assert "3 rows: 1 ok, 1 partial, 1 rejected." in done.err
    assert "1 × A102" in done.err
    assert first["boussole_1"]


def test_a_row_gets_what_recommend_gives(boussole: Boussole, table: Path) -> None:
    """The same MEDOC in the same order."""
    answers = ["--set", "accord=no", "--set", "profile=commune", "--set", "domain=eau"]
    alone = json.loads(boussole("recommend", "essai", *answers, "--to", "json").out)
    (first, *_) = rows(boussole("batch", "essai", table.name, "--set", "accord=no", "--top", "2").out)
    assert [first["boussole_1"], first["boussole_2"]] == [one["id"] for one in alone["recommendations"][:2]]


def test_rejected_rows_are_mended_and_run_again(boussole: Boussole, table: Path) -> None:
    """They come in the input's own form, with the error in a column that the next run makes anew."""
    boussole("batch", "essai", table.name, "-o", "out.csv", "--rejects", "bad.csv")
    bad = table.with_name("bad.csv").read_text("utf-8")
    assert bad.splitlines()[0] == "nom;profile;domain;boussole_error"
    assert len(bad.splitlines()) == 2
    table.with_name("bad.csv").write_text(bad.replace("communne", "commune", 1), "utf-8")
    again = boussole("batch", "essai", "bad.csv", "-o", "out2.csv", "--rejects", "bad2.csv")
    assert (again.code, "columns of an earlier run are made anew" in again.err) == (0, True)
    assert table.with_name("out2.csv").read_text("utf-8").startswith("nom;profile;domain;boussole_status;")
    assert table.with_name("bad2.csv").read_text("utf-8") == "nom;profile;domain;boussole_error\n"


def test_strict_stops_and_writes_nothing(boussole: Boussole, table: Path) -> None:
    """It names the line, and exits 2; what stood there stays."""
    table.with_name("out.csv").write_text("old", "utf-8")
    done = boussole("batch", "essai", table.name, "-o", "out.csv", "--strict")
    assert done.code == 2
    assert "line 3: A102" in done.err
    assert table.with_name("out.csv").read_text("utf-8") == "old"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_the_same_input_gives_the_same_bytes(boussole: Boussole, table: Path, ending: str) -> None:
    """In every form."""
    for name in ("one", "two"):
        boussole("batch", "essai", table.name, "-o", f"{name}.{ending}")
    one, two = (table.with_name(f"{name}.{ending}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert one


def test_a_row_per_recommendation(boussole: Boussole, table: Path) -> None:
    """With its rank and reasons; a rejected row is there once."""
    done = boussole("batch", "essai", table.name, "--layout", "long", "--top", "2")
    found = rows(done.out)
    assert [row["boussole_row"] for row in found].count("2") == 1
    assert found[0]["boussole_rank"] == "1"
    assert found[0]["boussole_why"]


def test_titles_stand_beside_ids(boussole: Boussole, table: Path) -> None:
    """In the language of the run."""
    first, *_ = rows(boussole("batch", "essai", table.name, "--titles", "--top", "1").out)
    assert list(first)[-2:] == ["boussole_1", "boussole_1_title"]
    assert first["boussole_1_title"]


def test_a_map_says_what_labels_mean(boussole: Boussole, trial: Path) -> None:
    """An undecided one leaves its row partial; what the map does not know rejects it."""
    (trial / "t.csv").write_text("Type\nville\nAutre\nHameau\n", "utf-8")
    (trial / "carte.toml").write_text(MAP, "utf-8")
    done = boussole("batch", "essai", "t.csv", "--map", "carte.toml", "--set", "accord=no", "--set", "domain=eau")
    found = [line.split(",")[1] for line in done.out.splitlines()[1:]]
    assert found == ["ok", "partial", "rejected"]
    assert "T201" in done.err


def test_a_map_to_start_from(boussole: Boussole, table: Path) -> None:
    """It is written once: what somebody edited is never overwritten."""
    text = boussole("batch", "essai", table.name, "--suggest-map").out
    assert 'compass = "essai"' in text
    assert "communne" in text
    assert boussole("batch", "essai", table.name, "--suggest-map", "-o", "carte.toml").code == 0
    again = boussole("batch", "essai", table.name, "--suggest-map", "-o", "carte.toml")
    assert (again.code, "already there" in again.err) == (2, True)
    assert boussole("batch", "essai", table.name, "--map", "carte.toml").code == 0  # what is undecided is partial


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--layout", "longg"], "long"),
        (["--to", "csvv"], "csv"),
        (["--column", "profile"], "--column QUESTION=COLUMN"),
        (["--column", "profile=prof"], "profile"),
        (["--column", "profil=nom"], "profile"),
        (["--set", "profil=commune"], "profile"),
        (["--map", "nowhere.toml"], "nowhere.toml"),
        (["-o", "table.csv"], "would be lost"),
        (["-o", "out.doc"], "out.doc"),
        (["--top", "0"], "--top"),
    ],
)
def test_options_that_cannot_be(boussole: Boussole, table: Path, options: list[str], said: str) -> None:
    """Each is refused with the nearest word or what to write; exit 2, and no traceback."""
    done = boussole("batch", "essai", table.name, *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_no_two_of_what_is_read_and_written_are_one_file(boussole: Boussole, table: Path) -> None:
    """By any name, before anything is written: the table, its map, the result and the rejected rows."""
    (table.parent / "carte.toml").write_text(MAP.replace('"Type"', '"nom"'), "utf-8")
    for link in ("map.csv", "hard.csv"):
        (table.parent / link).hardlink_to(table.parent / ("carte.toml" if link == "map.csv" else table.name))
    (table.parent / "link").symlink_to(table.parent, target_is_directory=True)
    before = {one.name: one.read_bytes() for one in table.parent.iterdir() if one.is_file()}
    for options in (
        ["-o", "out.csv", "--rejects", "out.csv"],
        ["-o", "out.csv", "--rejects", "link/out.csv"],
        ["-o", "out.csv", "--rejects", "table.csv"],
        ["-o", "hard.csv"],
        ["-o", "out.csv", "--rejects", "hard.csv"],
        ["--map", "carte.toml", "-o", "map.csv"],
        ["--map", "carte.toml", "-o", "out.csv", "--rejects", "map.csv"],
        ["--map", "carte.toml", "-o", "carte.toml", "--to", "csv"],
        ["--rejects", "-"],
    ):
        done = boussole("batch", "essai", table.name, *options)
        assert (done.code, done.out) == (2, ""), options
        assert "would be lost" in done.err or "are the same file" in done.err, options
    assert {one.name: one.read_bytes() for one in table.parent.iterdir() if one.is_file()} == before


def test_the_standard_streams_may_not_be_one_file(table: Path) -> None:
    """Rows added to the file that is read would never end."""
    words = f"{sys.executable} -m boussole batch essai {{}} >> table.csv"
    for line in ("table.csv", "- < table.csv", "- -o table.csv < table.csv"):
        done = subprocess.run(["sh", "-c", words.format(line)], cwd=table.parent, timeout=60, check=False)  # noqa: S607
        assert done.returncode == 2
    assert table.read_text("utf-8") == TABLE


def test_without_the_extra(boussole: Boussole, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that installs it is given."""
    monkeypatch.setattr(batch, "_EXTRA", ("no_such_library",))
    done = boussole("batch", "essai", table.name)
    assert done.code == 2
    assert f"Run {extra_command('batch')}." in done.err


def test_quiet_says_nothing(boussole: Boussole, table: Path) -> None:
    """But what is wrong."""
    table.write_text("profile,domain\ncommune,eau\n", "utf-8")
    assert boussole("batch", "essai", table.name, "--quiet").err == ""


def test_a_line_now_and_then_where_there_is_no_terminal(
    boussole: Boussole, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows done and how fast."""
    monkeypatch.setattr(progress, "_SECONDS", 0)
    assert "3 rows done, " in boussole("batch", "essai", table.name).err


def test_a_bar_at_a_terminal(boussole: Boussole, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr, and gone in the end."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    done = boussole("batch", "essai", table.name, "-o", "out.csv")
    assert "3 rows: " in done.err
    assert table.with_name("out.csv").exists()


def test_no_bar_among_the_rows(boussole: Boussole, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the rows are seen on the same screen, only lines are said; into a file, there is a bar."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress, "_SECONDS", 0)
    assert "3 rows done, " in boussole("batch", "essai", table.name).err
    monkeypatch.setattr("sys.stdout.fileno", lambda: os.open(table, os.O_RDONLY), raising=False)
    assert "3 rows done, " not in boussole("batch", "essai", table.name).err


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl"])
def test_own_cells_stay_typed_in_a_second_run(boussole: Boussole, trial: Path, ending: str) -> None:
    """The columns of the first run are made anew; numbers stay numbers, among the rejected rows too."""
    pl.DataFrame({"profile": ["commune", "etta"], "n": [1, 2]}).write_parquet(trial / "t.parquet")
    pl.read_parquet(trial / "t.parquet").write_ndjson(trial / "t.jsonl")
    book = xlsxwriter.Workbook(trial / "t.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["profile", "n"])
    sheet.write_row(1, 0, ["commune", 1])
    sheet.write_row(2, 0, ["etta", 2])
    book.close()
    boussole("batch", "essai", f"t.{ending}", "-o", f"one.{ending}", "--rejects", f"bad.{ending}")
    boussole("batch", "essai", f"one.{ending}", "-o", f"two.{ending}")
    boussole("batch", "essai", f"bad.{ending}", "-o", f"three.{ending}")
    for name, numbers in (("one", [1, 2]), ("bad", [2]), ("two", [1, 2]), ("three", [2])):
        path = trial / f"{name}.{ending}"
        if ending != "xlsx":
            read = pl.read_parquet if ending == "parquet" else pl.read_ndjson
            assert read(path)["n"].to_list() == numbers
        else:
            found = openpyxl.load_workbook(path).active
            assert [found.cell(row, 2).value for row in range(2, len(numbers) + 2)] == numbers


def test_parts_done_again_tell_of_the_whole(boussole: Boussole, trial: Path) -> None:
    """The counts and the exit code of a run that had nothing left to do are those of all parts."""
    (trial / "parts").mkdir()
    pl.DataFrame({"profile": ["commune", "etta"]}).write_parquet(trial / "parts" / "a.parquet")
    first = boussole("batch", "essai", "parts", "-o", "out")
    again = boussole("batch", "essai", "parts", "-o", "out")
    assert (first.code, again.code) == (1, 1)
    assert "1 part is there already." in again.err
    assert first.err.splitlines()[-2:] == again.err.splitlines()[-2:]
    strict = boussole("batch", "essai", "parts", "-o", "new", "--strict")
    assert (strict.code, "a.parquet: line 2: A102" in strict.err) == (2, True)
    assert not (trial / "new").exists()


@pytest.mark.parametrize("table", ["parts", "parts/*.csv"])
def test_parts_of_csv_have_each_their_result(boussole: Boussole, trial: Path, table: str) -> None:
    """Each is written as it is, which is said where they differ; a second run does what is new; strict is of all."""
    parts = trial / "parts"
    parts.mkdir()
    latin = "\ufeffprofile;nom\r\ncommune;é\r\n".encode("utf-16-le")
    (parts / "a.csv").write_bytes(latin)
    (parts / "b.csv").write_text("profile,nom\netta,é\n=1,x\n", "utf-8")
    done = boussole("batch", "essai", table, "-o", "out/", "--safe-cells")
    assert (done.code, "3 rows: 1 ok" in done.err or "3 rows: 0 ok" in done.err) == (1, True)
    assert "“a.csv”: read as UTF-16" in done.err
    assert "“b.csv”: read as UTF-8, delimiter comma" in done.err
    assert (trial / "out" / "a.csv").read_bytes().decode("utf-16").startswith("profile;nom;boussole_status")
    assert "\n'=1,x," in (trial / "out" / "b.csv").read_text("utf-8")
    (parts / "c.csv").write_bytes(latin)
    again = boussole("batch", "essai", table, "-o", "out/", "--safe-cells")
    assert "2 parts are there already." in again.err
    assert "“a.csv” and 1 other file: read as UTF-16" in again.err
    assert sorted(one.name for one in (trial / "out").iterdir()) == ["a.csv", "b.csv", "boussole.json", "c.csv"]
    other = boussole("batch", "essai", table, "-o", "out/")
    assert (other.code, "other definitions or options" in other.err) == (2, True)
    strict = boussole("batch", "essai", table, "-o", "new", "--strict")
    assert (strict.code, "b.csv: line 2: A102" in strict.err, (trial / "new").exists()) == (2, True, False)


def test_what_parts_do_not_take_is_refused_with_what_to_do(boussole: Boussole, trial: Path) -> None:
    """One file for all of them; a part that cannot be read is named."""
    parts = trial / "parts"
    parts.mkdir()
    (parts / "a.csv").write_text("profile\ncommune\n", "utf-8")
    for option in (("--rejects", "r.csv"), ("--paths", "p"), ("--to", "parquet")):
        refused = boussole("batch", "essai", "parts", "-o", "out/", *option)
        assert (refused.code, "-o result.csv." in refused.err) == (2, True), option
    refused = boussole("batch", "essai", "parts", "-o", "out.csv", "--scheduler", "tcp://x")
    assert (refused.code, "CSV or Parquet" in refused.err) == (2, True)
    (parts / "b.csv").write_bytes(b"")
    refused = boussole("batch", "essai", "parts", "-o", "out/")
    assert (refused.code, "b.csv: the table is empty" in refused.err) == (2, True)


def test_parquet_parts_and_an_excel_file(boussole: Boussole, table: Path) -> None:
    """They are read like a CSV."""
    frame = pl.DataFrame({"profile": ["commune", "etat"], "n": [1, 2]})
    (table.parent / "parts").mkdir()
    frame.write_parquet(table.parent / "parts" / "a.parquet")
    frame.write_parquet(table.parent / "parts" / "b.parquet")
    done = boussole("batch", "essai", "parts", "-o", "out.parquet")
    found = pl.read_parquet(table.with_name("out.parquet"))
    assert found["n"].to_list() == [1, 2, 1, 2]
    assert "4 rows" in done.err


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("options", [("--layout", "long"), ("--titles",), ()])
def test_what_is_added_drives_no_terminal(boussole: Boussole, trial: Path, form: str, options: tuple[str, ...]) -> None:
    """Titles and reasons of a hostile catalogue stand on one line without controls; JSON escapes a row's own too."""
    hostile = json.dumps("a\x1b]8;;x\x07b\x9b31m\u202ec\nd\u2028e")
    catalogue = trial / "medoc.toml"
    catalogue.write_text(re.sub(r'(?m)(title = )".*?"', lambda found: found[1] + hostile, catalogue.read_text("utf-8")))
    own = "\u202e\x9b" if form == "jsonl" else "x"
    (trial / "own.csv").write_text(f"nom,profile,domain\n{own},commune,eau\nB,{own},eau\n", "utf-8")
    done = boussole("batch", "essai", "own.csv", "--set", "accord=no", "--to", form, *options)
    assert done.code == 1
    assert not re.search(FORBIDDEN, done.out)
    assert "\u2028" not in done.out
    assert form == "csv" or [json.loads(line) for line in done.out.splitlines()]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_empty_row_stays_empty_when_the_result_is_run_again(boussole: Boussole, trial: Path, ending: str) -> None:
    """What an earlier run wrote in it is made anew, and is nothing of its own."""
    (trial / "table.csv").write_text("nom;profile\na;commune\n;\nb;commune\n", "utf-8")
    first = boussole("batch", "essai", "table.csv", "-o", f"one.{ending}")
    again = boussole("batch", "essai", f"one.{ending}", "-o", "two.csv")
    assert (first.code, again.code) == (1, 1)
    for done in (first, again):
        assert "1 × T109 nothing is written in the row." in done.err
