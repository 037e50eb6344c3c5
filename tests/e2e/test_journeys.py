"""Whole journeys at a real terminal, with its cuts, its kills and its sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.cli.main import run
from boussole.files.answers.drafts import unfinished

if TYPE_CHECKING:
    from e2e.conftest import Open
    from support.windows import Window

ENTER, LEFT, CTRL_C, CTRL_U, F2 = "\r", "\x1b[D", "\x03", "\x15", "\x1bOQ"
RESUME = "boussole ask --resume"
CHOSEN = (
    "--set=profile=collectivites",
    "--set=domain=eau",
    "--set=level=micro-local",
    "--set=region=auvergne-rhone-alpes",
    "--set=terrain=rural",
    "--set=partenaires=personne",
    "--set=need=financement",
    "--set=objective=cooperer-efficacement",
    "--set=temps=heure",
)
"""What the journeys end with."""


def recommended(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what `boussole recommend agir-ensemble --to json` writes."""
    assert run(["recommend", "agir-ensemble", "--to", "json", *arguments]) == 0
    return capsys.readouterr().out


def at_question_4(opened: Open, *options: str, deaf: bool = False) -> Window:
    """Answer the first three questions on a screen that is redrawn."""
    window = opened("ask", "agir-ensemble", *options, deaf=deaf)
    window.sees("Question 1 sur").press("1", ENTER)
    window.sees("Question 2 sur").press("6", ENTER)
    window.sees("Question 3 sur").press("1", ENTER)
    return window.sees("Question 4 sur")


def test_a_journey_on_a_screen(opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    """Forward, help, two questions back, a change, the result, a file; opened again, it gives the same result."""
    window = at_question_4(opened)
    window.press("?").sees("Certains appuis n’existent que dans une région")
    window.press("1", ENTER).sees("Question 5 sur").press("3", ENTER)
    window.sees("Question 6 sur").press("2", ENTER)
    window.sees("Question 7 sur").press("1", ENTER)
    window.sees("Question 8 sur").press(LEFT).sees("❯ 1  Oui").press(LEFT)
    window.sees("❯ 2  Un premier partenaire").press("1", ENTER)
    window.sees("De quoi avez-vous besoin").sees("Question 7 sur").press("5", ENTER)
    window.sees("Question 8 sur").press("1", ENTER)
    window.sees("Question 9 sur").press("1", ENTER)
    window.sees("Voici vos réponses").press(ENTER)
    window.sees("Ma position").sees("Espace").press(" ")
    window.sees("MEDOC").sees("Espace").press(" ")
    window.sees("❯  1  Mon parcours").press("3", ENTER).sees("19  VigiEau")
    window.sees("❯  1  Mon parcours").press("7", ENTER)
    window.sees("Nom du fichier").press(CTRL_U, "mine.md", ENTER)
    window.sees("Votre nom").press(ENTER)
    window.sees("mine.md").sees("❯  1  Mon parcours").press("11", ENTER)
    assert window.ends() == 0
    assert unfinished() == []
    assert recommended(capsys, "--answers", "mine.md") == recommended(capsys, *CHOSEN)


def test_a_journey_in_plain_lines(opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    """The same journey by numbers, nothing being redrawn."""
    window = opened("ask", "agir-ensemble", "--plain")
    for number, line in enumerate(["1", "6", "1"], 1):
        window.hears(f"Question {number} sur").hears("Vo").press(line, "\n")
    window.hears("Question 4 sur").press("?\n").hears("Certains appuis n’existent que dans une région").press("1\n")
    window.hears("Question 5 sur").press("3\n").hears("Question 6 sur").press("2\n")
    window.hears("Question 7 sur").press("1\n").hears("Question 8 sur").press("<\n")
    window.hears("1. Oui (réponse actuelle)").press("<\n").hears("2. Un premier partenaire (réponse actuelle)")
    window.press("1\n").hears("Question 7 sur").hears("De quoi avez-vous besoin").press("5\n")
    window.hears("Question 8 sur").press("1\n").hears("Question 9 sur").press("1\n")
    window.hears("Voici vos réponses").press("\n").hears("Ma position").hears("Ma liste")
    window.hears("11. Quitter").press("7\n").hears("Nom du fichier").press("mine.toml\n")
    window.hears("Votre nom").press("\n").hears("mine.toml").hears("11. Quitter").press("11\n")
    assert window.ends() == 0
    assert "\x1b" not in window.said
    assert unfinished() == []
    assert recommended(capsys, "--answers", "mine.toml") == recommended(capsys, *CHOSEN)


def test_a_power_cut(opened: Open) -> None:
    """Killed in the middle of a question, the interview goes on at the same question, nothing being lost."""
    window = at_question_4(opened)
    window.press("3").sees("❯  3  Bretagne").kill()
    assert unfinished()[0].saved.answers == {"profile": "collectivites", "domain": ("eau",), "level": "micro-local"}
    again = opened("ask", "--resume").sees("Question 4 sur").sees("Dans quelle région")
    again.press(LEFT).sees("❯ 1  Proximité")
    assert again.press(CTRL_C).ends() == 130


def test_the_next_boussole_offers_to_go_on(opened: Open) -> None:
    """After a power cut, `boussole` alone offers the unfinished interview first."""
    at_question_4(opened).kill()
    window = opened().sees("Un entretien n’est pas terminé").sees("Agir ensemble en Territoire, 3 réponses")
    window.press(ENTER).sees("Question 4 sur")


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ctrl_c(opened: Open, options: tuple[str, ...]) -> None:
    """Ctrl-C exits 130 and prints, on a line of its own, what resumes; typed, that goes on."""
    window = at_question_4(opened) if not options else opened("ask", "agir-ensemble", *options)
    if options:
        window.hears("Question 1 sur").press("1\n").hears("Question 2 sur").hears("réponses)")
    assert window.press(CTRL_C).ends() == 130
    last = window.screen.splitlines()[-1]
    assert last.startswith("Vos réponses sont gardées.")
    resume = " ".join([RESUME, *options])
    assert last.endswith(resume)
    opened(*resume.split()[1:]).sees("Question 4 sur" if not options else "Question 2 sur")


@pytest.mark.parametrize("deaf", [False, True])
def test_closing_the_window(opened: Open, *, deaf: bool) -> None:
    """Closing the window in the middle of a question loses nothing, even where the system does not say so."""
    at_question_4(opened, deaf=deaf).close()
    assert len(unfinished()[0].saved.answers) == 3
    opened("ask", "--resume").sees("Question 4 sur")


@pytest.mark.parametrize("deaf", [False, True])
def test_closing_the_window_on_the_result(opened: Open, *, deaf: bool) -> None:
    """Closing the window is not leaving: the answers stay until the person says goodbye."""
    window = opened("ask", "agir-ensemble", *CHOSEN[:-1], deaf=deaf)
    window.sees("Question 9 sur").press("1", ENTER).sees("Voici vos réponses").press(ENTER)
    window.sees("Espace").press(" ").sees("MEDOC").sees("Espace").press(" ")
    window.sees("❯  1  Mon parcours").close()
    assert len(unfinished()[0].saved.answers) == 9


@pytest.mark.parametrize("deaf", [False, True])
def test_closing_the_window_of_plain_lines_on_the_result(opened: Open, *, deaf: bool) -> None:
    """The same where nothing is redrawn: the end of a terminal is no goodbye, unlike the end of a pipe."""
    window = opened("ask", "agir-ensemble", "--plain", *CHOSEN[:-1], deaf=deaf)
    window.hears("Question 9 sur").press("1\n").hears("Voici vos réponses").press("\n").hears("11. Quitter").close()
    assert len(unfinished()[0].saved.answers) == 9


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_size_of_the_window_is_known(opened: Open, monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    """Also where Python buffers nothing, as in containers: what is drawn is as wide as the window, not 80 columns."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    window = opened("recommend", "agir-ensemble", *CHOSEN, "--to", "table")
    assert window.ends() == 0
    assert "─" * 100 in window.said  # the columns of the window
