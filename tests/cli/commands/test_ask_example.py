"""`boussole ask --example`: a finished session, ready to paste."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from boussole.cli.asking.desk import Desk
from support.samples import COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from boussole.terminal.prompter import Item, Prompt
    from cli.conftest import Done

    Boussole = Callable[..., Done]

GIVEN = [f"--set={one}" for one in ("profile=commune", "domain=eau", "confiance=?", "accord=no", "moyens=aucun")]
EXAMPLE = """\
[[example]]
title = "Commune, Eau"
answers = { profile = "commune", domain = ["eau"], confiance = "?", accord = "no", moyens = "aucun", habitants = 300 }
expect = { first = "offre-beta", top = 5, includes = ["offre-beta", "charte", "atlas"], \
axes = { accord-axe = 0, confiance-axe = 0, moyens-axe = 0 } }
"""


@pytest.fixture(autouse=True)
def _there(trial: Path) -> None:
    """Stand in the folder of the sample compass."""
    assert (trial / "medoc.toml").is_file()


def test_plain_lines(boussole: Boussole, monkeypatch: pytest.MonkeyPatch, trial: Path) -> None:
    """Only the example goes to stdout; the questions and the result are on stderr. Pasted, it passes."""
    monkeypatch.setattr("sys.stdin", io.StringIO("300\n"))
    done = boussole("ask", "essai", "--plain", "--example", *GIVEN)
    assert (done.code, done.out) == (0, EXAMPLE)
    assert "How many inhabitants?" in done.err
    assert "My list" in done.err or "Offer [beta] R&D" in done.err
    file = trial / "compasses" / "essai.toml"
    file.write_text(f"{COMPASS}\n{done.out}", "utf-8")
    assert boussole("check", "compasses/essai.toml").code == 0
    file.write_text(f"{COMPASS}\n{done.out.replace('charte', 'guide-etat')}", "utf-8")
    assert "B401" in boussole("check", "compasses/essai.toml").out


def test_a_session_that_stops_has_no_example(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed of what is not finished."""
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    done = boussole("ask", "essai", "--plain", "--example", *GIVEN[:3])
    assert (done.code, done.out) == (130, "")


def test_no_signs_that_drive_the_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch, trial: Path) -> None:
    """What somebody typed comes back when it is pasted, and does nothing before."""
    monkeypatch.setattr("sys.stdin", io.StringIO("300\n"))
    given = [*(one.replace("=no", "=yes") for one in GIVEN), "--set=nom=a\x9b31m\u202e\x7f"]
    done = boussole("ask", "essai", "--plain", "--example", *given)
    assert 'nom = "a\\u009b31m\\u202e\\u007f"' in done.out
    (trial / "compasses" / "essai.toml").write_text(f"{COMPASS}\n{done.out}", "utf-8")
    assert boussole("check").code == 0


class Hurried:
    """Somebody who accepts what is shown and leaves, or starts again once."""

    def __init__(self, _language: str) -> None:
        """Start again at the first end, then leave."""
        self.ends = ["again", "leave"]

    def choose(self, prompt: Prompt, items: Sequence[Item], current: str | None = None) -> str:
        """Choose the first item, except at the menu of the result and to confirm."""
        del prompt, current
        ids = [item.value for item in items]
        if "leave" in ids:
            return self.ends.pop(0)
        return "yes" if "yes" in ids and "no" in ids else ids[0]

    def choose_many(self, prompt: Prompt, items: Sequence[Item], *_rest: object, **_others: object) -> tuple[str, ...]:
        """Choose the first item."""
        del prompt
        return (items[0].value,)

    def write(self, prompt: Prompt, default: str, *, refuse: Callable[[str], str | None], unknown: bool) -> str:
        """Write a number."""
        del prompt, default, refuse, unknown
        return "300"


@pytest.mark.usefixtures("on_a_terminal")
def test_the_usual_screens(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result and its menu come as usual; the example is printed on leaving, and on starting again too."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr(Desk, "_make_asker", lambda _self: Hurried("en"))
    done = boussole("ask", "essai", "--example")
    assert done.code == 0
    result, first, second = done.out.split("[[example]]\n")
    assert "Offer [beta] R&D" in result
    assert 'title = "Commune, Eau"\n' in first
    assert second.startswith('title = "Commune, Eau"\n')
