"""Paths that people pass on: pages, codes, QR codes, and what happens when they come back."""

from __future__ import annotations

import getpass
import json
import platform
from typing import TYPE_CHECKING

import pytest

from support.messages import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]

SET = ("--set=profile=commune", "--set=domain=eau,climat", "--set=confiance=2", "--set=moyens=?", "--set=nom=L’eau")


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("file", ["path.html", "path.HTM", "path.md", "answers.toml"])
def test_a_path_reopens_to_the_same_json(boussole: Boussole, file: str) -> None:
    """A path sent as any file and reopened gives the same JSON, byte for byte, and nothing is said."""
    direct = boussole("recommend", "essai", "--to", "json", *SET)
    assert boussole("recommend", "essai", "-o", file, *SET).err == written(file)
    again = boussole("recommend", "essai", "--to", "json", "--answers", file)
    assert (again.code, again.out, again.err) == (0, direct.out, direct.err)


@pytest.mark.usefixtures("trial")
def test_a_code_reopens_to_the_same_json(boussole: Boussole) -> None:
    """The same for the line to share, with options on top as for a file; for a whole interview too."""
    direct = boussole("recommend", "essai", "--to", "json", *SET)
    code = boussole("recommend", "essai", "--to", "code", *SET).out
    assert code.startswith("boussole-1:")
    assert code.count("\n") == 1
    assert boussole("recommend", "essai", "--to", "json", "--answers", code.strip()).out == direct.out
    changed = boussole("recommend", "essai", "--to", "json", "--answers", f" {code}", "--set", "domain=energie")
    assert json.loads(changed.out)["answers"]["domain"] == ["energie"]


@pytest.mark.usefixtures("trial")
def test_a_code_that_does_not_open(boussole: Boussole) -> None:
    """A code that is damaged, or for another compass, is refused in words."""
    code = boussole("recommend", "essai", "--to", "code", *SET).out.strip()
    cut = boussole("recommend", "essai", "--answers", code[:-5])
    assert (cut.code, cut.out) == (2, "")
    assert cut.err.startswith("This code is damaged: a part is missing or changed.\n")
    other = boussole("recommend", "essai", "--answers", "boussole-7:abc")
    assert other.err.startswith("This code is of form 7, which this boussole does not know.\n")


def test_a_code_of_another_version(boussole: Boussole, trial: Path) -> None:
    """Answers that no longer exist under another version are named, and the others hold."""
    code = boussole("recommend", "essai", "--to", "code", *SET).out.strip()
    compass = trial / "compasses" / "essai.toml"
    text = compass.read_text("utf-8").replace('version = "3"', 'version = "4"').replace("solides", "grands")
    compass.write_text(text.replace('id = "confiance"', 'id = "foi"').replace("confiance = 1", "foi = 1"), "utf-8")
    done = boussole("recommend", "essai", "--to", "json", "--answers", code)
    assert done.code == 0
    assert "saved with version 3 of the compass" in done.err
    assert "has no question “confiance”" in done.err
    assert json.loads(done.out)["answers"]["profile"] == "commune"


@pytest.mark.parametrize("ending", ["html", "md"])
def test_a_file_edited_by_hand(boussole: Boussole, trial: Path, ending: str) -> None:
    """What was edited is said on stderr, and the file still opens."""
    file = f"path.{ending}"
    boussole("recommend", "essai", "-o", file, *SET)
    written = (trial / file).read_text("utf-8")
    (trial / file).write_text(written.replace("To try.", "To edit."), "utf-8")
    noted = boussole("recommend", "essai", "--to", "json", "--answers", file)
    assert (noted.code, noted.err) == (0, f"“{file}” was edited after boussole wrote it; its answers were not.\n")
    (trial / file).write_text(written.replace("confiance = 2", "confiance = 1"), "utf-8")
    changed = boussole("recommend", "essai", "--to", "json", "--answers", file)
    assert changed.code == 0
    assert changed.err == (
        f"The answers in “{file}” were edited after boussole wrote it: the list it shows may not be theirs.\n"
    )
    assert json.loads(changed.out)["answers"]["confiance"] == 1


def test_an_html_file_without_answers(boussole: Boussole, trial: Path) -> None:
    """A page that boussole did not write is refused, in words."""
    (trial / "other.html").write_text("<!DOCTYPE html><title>x</title><pre>profile = 1</pre>", "utf-8")
    done = boussole("recommend", "essai", "--answers", "other.html")
    assert done.code == 2
    assert done.err.startswith("“other.html” holds no answers.\nGive an answers file, or a path exported by boussole")


@pytest.mark.usefixtures("trial")
def test_a_qr_code_at_the_terminal(
    boussole: Boussole,
    on_a_terminal: None,  # noqa: ARG001 - stdout says so
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half blocks in black and white, whatever the colours of the terminal, then the code itself."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "60")
    done = boussole("recommend", "essai", "--to", "qr", *SET)
    assert "\x1b[" in done.out
    assert "▀" in done.out
    assert done.out.rstrip().rpartition("\n")[2].startswith("boussole-1:")


@pytest.mark.usefixtures("trial")
def test_a_qr_code_elsewhere(boussole: Boussole) -> None:
    """Piped, the same without colours; where the answers are too long for one, that is said."""
    done = boussole("recommend", "essai", "--to", "qr", *SET)
    assert "\x1b" not in done.out
    words = " ".join(f"{number * number * 7919:x}" for number in range(1000, 1400))
    long = boussole("recommend", "essai", "--to", "qr", *SET, "--set", f"nom={words}")
    assert long.out.startswith("This line is too long for a QR code.\nboussole-1:")


def test_nothing_tells_where_it_was_made(boussole: Boussole, trial: Path) -> None:
    """No form holds the user's name, the machine's, or a folder."""
    boussole("recommend", "essai", "-o", "path.html", "-o", "path.md", *SET)
    forms = [(trial / "path.html").read_text("utf-8"), (trial / "path.md").read_text("utf-8")]
    for told in (str(trial), str(trial.parent), platform.node()):
        assert not [form for form in forms if told in form]
    assert not [form for form in forms if f"/{getpass.getuser()}" in form]
