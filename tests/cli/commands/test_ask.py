"""`boussole ask`: streams, resuming, what is saved, without a terminal too."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import shutil
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from rich.text import Text

from boussole.cli.asking import keeper
from boussole.cli.clock import now
from boussole.cli.console import list_screen, result_screens, show_lines
from boussole.cli.main import run
from boussole.errors import BoussoleError, cannot_write, remedy_of
from boussole.files.answers.draft_lock import claimed, own_new_draft
from boussole.files.answers.drafts import Draft, drafts_folder, unfinished
from boussole.files.answers.drafts import keep as put_on_disk
from boussole.files.answers.loading import load_answers
from support.builders import catalogue_toml, compass_toml
from support.samples import CATALOGUE, COMPASS, FEW_ANSWERS, FULL_ANSWERS, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from boussole.files.answers.saved import Saved

NB, NNB = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
CLOCK = "1795356180"
MOMENT = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)
RESUME = "What you answered is kept. To go on, type: boussole ask --resume --lang en --plain"


class Keyboard(io.StringIO):
    """Piped lines, or those of somebody at a terminal."""

    def __init__(self, lines: Sequence[str], *, terminal: bool) -> None:
        """Hold `lines`, then the end."""
        super().__init__("".join(f"{line}\n" for line in lines))
        self._terminal = terminal

    def isatty(self) -> bool:
        """Return whether somebody types."""
        return self._terminal


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


class Shell:
    """A folder with a small compass and its catalogue, and a command line in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Start with no unfinished interview."""
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, lines: Sequence[str] = (), terminal: bool = False) -> Ran:
        """Run `boussole` with piped `lines`."""
        self._monkeypatch.setattr("sys.stdin", Keyboard(lines, terminal=terminal))
        code = run(list(arguments))
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def plain(self, *arguments: str, lines: Sequence[str] = (), terminal: bool = False) -> Ran:
        """Run `boussole ask --plain` in English."""
        return self("ask", "--plain", "--lang", "en", *arguments, lines=lines, terminal=terminal)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the folder."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def shell(trial: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a command line in the folder of the sample compass, on a screen of 80 columns."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)
    monkeypatch.setenv("COLUMNS", "80")
    return Shell(trial, monkeypatch, capsys)


def drafts() -> list[Draft]:
    return unfinished()


SMALL = compass_toml(
    question=[
        {"id": "profile", "type": "one", "ask": {"fr": "Qui ?", "en": "Who?"}, "facet": "profile"},
        {
            "id": "accord",
            "type": "yes-no",
            "ask": {"fr": "Un accord ?", "en": "An agreement?"},
            "help": {"fr": "Pour trier", "en": "To sort"},
            "required": False,
        },
    ],
    axis=None,
    place=None,
    rule=None,
    example=None,
    section=None,
    summary={"fr": "En bref", "en": "In short"},
    ranking={"top": 2, "weights": {"profile": 1}, "require": ["profile"]},
)


# --- Transcripts -----------------------------------------------------------------------------------------------------


def test_a_whole_interview_in_english(shell: Shell) -> None:
    """Everything that is asked goes to stderr with what was read; the result, and it alone, to stdout."""
    shell.write("medoc.toml", catalogue_toml())
    shell.write("compasses/essai.toml", SMALL)
    ran = shell.plain("essai", lines=["1", "?", "2", "", "path", "leave", "2"])
    assert ran.code == 0
    assert ran.err == (
        "\n"
        "Question 1 of 2\n"
        "Who?\n"
        "1. État — agence\n"
        "2. Média\n"
        "Your choice (1 to 2): 1\n"
        "Chosen: État\n"
        "\n"
        "Question 2 of 2\n"
        "An agreement?\n"
        "1. Yes\n"
        "2. No\n"
        "0. I do not know\n"
        f"Your choice (0 to 2; ?{NB}help, <{NB}back, !{NB}my answers): ?\n"
        "To sort\n"
        f"Your choice (0 to 2; ?{NB}help, <{NB}back, !{NB}my answers): 2\n"
        "Chosen: No\n"
        "\n"
        "Here are your answers. Is everything right?\n"
        "0. Yes, see the result (proposed)\n"
        "1. Who? — État\n"
        "2. An agreement? — No\n"
        f"Your choice (0 to 2; Enter: accept; <{NB}back): \n"
        "Chosen: Yes, see the result\n"
        "\n"
        "What would you like to do?\n"
        "1. My path, step by step\n"
        "2. One MEDOC whole\n"
        "3. More of the list\n"
        "4. Why, or why not this one?\n"
        "5. What if…?\n"
        "6. Change an answer\n"
        "7. Save my path in a file\n"
        "8. My answers as a code to share\n"
        "9. Add my answers to those of a group\n"
        "10. Start again\n"
        "11. Leave\n"
        "Your choice (1 to 11): path\n"
        "Chosen: My path, step by step\n"
        "\n"
        "What would you like to do?\n"
        "1. My path, step by step\n"
        "2. One MEDOC whole\n"
        "3. More of the list\n"
        "4. Why, or why not this one?\n"
        "5. What if…?\n"
        "6. Change an answer\n"
        "7. Save my path in a file\n"
        "8. My answers as a code to share\n"
        "9. Add my answers to those of a group\n"
        "10. Start again\n"
        "11. Leave\n"
        "Your choice (1 to 11): leave\n"
        "Chosen: Leave\n"
        "\n"
        "Your path is not saved, and your answers will be forgotten. Go on?\n"
        "1. No\n"
        "2. Yes\n"
        f"Your choice (1 to 2; <{NB}back): 2\n"
        "Chosen: Yes\n"
    )
    assert ran.out == (
        "\n"
        "Where I stand\n"
        "Profil: État\n"
        "\n"
        "My list\n"
        "1. Atlas (Donnée). Why: État. Score: 1000.\n"
        "2. Kit (Outil). Why: suits all. Score: 500. (seen at https://a.example/)\n"
        "\n"
        "The score says how well a MEDOC suits your answers: 1000 at most, to which a\n"
        "rule of the compass may add or take away. Equal scores: the better proven first,\n"
        "then the more recent, then always in the same order. The same score and the same\n"
        "proof share a rank, written 2=.\n"
        "\n"
        "\n"
        "How sure: we tried 3 other answers, one at a time, then 3 other ways to count, a\n"
        "criterion counting a little more or less. The first 2 stay in the list so often:\n"
        "1 (75%) and 2 (always).\n"
        "The answer that matters most: “Who?”\n"
        "\n"
        "\n"
        "ACT\n"
        "- Atlas · Donnée · 1 h 30\n"
        "  Why: État\n"
        "\n"
        "AT ANY TIME\n"
        "- Kit · Outil · seen at https://a.example/\n"
        "  Why: suits all\n"
        "\n"
        "In all: 2 h (1 step does not say its time, and counts for 30 minutes)\n"
        "\n"
        "4 steps, from the first 12 of the list: the best of each kind, then the best\n"
        "ones, no kind holding more than 2 places while others are left; then in the\n"
        "order of their use.\n"
        "\n"
    )


def test_a_whole_interview_in_french(shell: Shell) -> None:
    """The same in French, with its spaces."""
    shell.write("medoc.toml", catalogue_toml())
    shell.write("compasses/essai.toml", SMALL)
    ran = shell("ask", "--plain", "essai", lines=["etat", "non", "0"])
    assert ran.code == 0
    assert ran.err == (
        "\n"
        "Question 1 sur 2\n"
        "Qui ?\n"
        "1. État — agence\n"
        "2. Média\n"
        f"Votre choix (1 à 2){NB}: etat\n"
        f"Choisi{NB}: État\n"
        "\n"
        "Question 2 sur 2\n"
        "Un accord ?\n"
        "1. Oui\n"
        "2. Non\n"
        "0. Je ne sais pas\n"
        f"Votre choix (0 à 2{NNB}; ?{NB}aide, <{NB}retour, !{NB}mes réponses){NB}: non\n"
        f"Choisi{NB}: Non\n"
        "\n"
        f"Voici vos réponses. Tout est juste{NNB}?\n"
        "0. Oui, voir le résultat (proposé)\n"
        "1. Qui ? — État\n"
        "2. Un accord ? — Non\n"
        f"Votre choix (0 à 2{NNB}; Entrée{NB}: accepter{NNB}; <{NB}retour){NB}: 0\n"
        f"Choisi{NB}: Oui, voir le résultat\n"
        "\n"
        f"Que voulez-vous faire{NNB}?\n"
        "1. Mon parcours, pas à pas\n"
        "2. Un MEDOC en entier\n"
        "3. La suite de la liste\n"
        f"4. Pourquoi, ou pourquoi pas celui-ci{NNB}?\n"
        f"5. Et si…{NNB}?\n"
        "6. Changer une réponse\n"
        "7. Enregistrer mon parcours dans un fichier\n"
        "8. Mes réponses en un code à partager\n"
        "9. Joindre mes réponses à celles d’un groupe\n"
        "10. Recommencer\n"
        "11. Quitter\n"
        f"Votre choix (1 à 11){NB}: \n"
    )
    assert ran.out == (
        "\n"
        "Ma position\n"
        f"Profil{NB}: État\n"
        "\n"
        "Ma liste\n"
        f"1. Atlas (Donnée). Pourquoi{NB}: État. Score{NB}: 1000.\n"
        f"2. Kit (Outil). Pourquoi{NB}: convient à tous. Score{NB}: 500. (vu sur\nhttps://a.example/)\n"
        "\n"
        f"Le score dit à quel point un MEDOC convient à vos réponses{NB}: 1000 au plus,\n"
        f"auxquels une règle de la boussole peut ajouter ou ôter. À score égal{NB}: le mieux\n"
        "éprouvé, puis le plus récent, puis toujours le même ordre. Même score et mêmes\n"
        f"preuves{NB}: même rang, écrit 2=.\n"
        "\n"
        "\n"
        f"À quel point c’est sûr{NB}: nous avons essayé 3 autres réponses, une à la fois,\n"
        "puis 3 autres façons de compter, où un critère compte un peu plus ou un peu\n"
        f"moins. Les 2 premiers restent dans la liste aussi souvent{NB}: 1 (75{NB}%) et 2\n"
        "(toujours).\n"
        f"La réponse qui compte le plus{NB}: «{NB}Qui ?{NB}»\n"
        "\n"
    )


# --- Where it starts -------------------------------------------------------------------------------------------------


def test_the_compass_is_chosen_from_a_list(shell: Shell) -> None:
    """Without a name, the compasses in reach are listed with what they are for and how long they take."""
    shell.write("compasses/casse.toml", "format = 1\n")
    ran = shell.plain(lines=["1"])
    assert "Which compass?\n1. Trial compass — To try. · 7 questions at most, about 3 minutes\n2. " in ran.err
    assert "Who are you?" in ran.err
    assert ran.err.count("casse.toml cannot be used") == 1


def test_a_copy_is_told_from_what_it_was_made_from(shell: Shell) -> None:
    """Compasses of one title say their ids in the list; the others do not."""
    shell.write("compasses/copie.toml", COMPASS.replace('id = "essai"', 'id = "copie"', 1))
    lines = shell.plain(lines=[]).err.split("\n")
    assert [line.partition(" — ")[0] for line in lines if "Trial compass" in line] == [
        "1. Trial compass · copie",
        "2. Trial compass · essai",
    ]
    assert "3. Acting together in your Territory — " in "\n".join(lines)


def test_no_command_is_ask(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """`boussole` alone asks which compass."""
    monkeypatch.setenv("ACCESSIBLE", "1")
    ran = shell("--lang", "en")
    assert ran.code == 2
    assert "Which compass?" in ran.err
    assert "recommend" in ran.err
    assert RESUME not in ran.err


def test_no_compass_at_all(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no compass, what to type is said."""
    monkeypatch.setattr("boussole.files.library.shipped_folder", lambda: shell.folder)
    (shell.folder / "compasses" / "essai.toml").unlink()
    ran = shell.plain()
    assert (ran.code, ran.err) == (2, "There is no compass here.\nName a folder with --compasses DIR.\n")


def test_an_unknown_compass(shell: Shell) -> None:
    """A name that no compass has is refused before anything is asked."""
    ran = shell.plain("essay")
    assert (ran.code, ran.err) == (2, "There is no compass “essay”.\nDid you mean “essai”?\n")


def test_no_terminal(shell: Shell) -> None:
    """Without a terminal and without --plain nothing is asked: the two other ways are named."""
    ran = shell("ask", "essai", "--lang", "en", lines=["1"])
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "There is no terminal to ask at.\n"
        "Use boussole recommend COMPASS --set ID=VALUE, or boussole ask COMPASS --plain.\n"
    )


@pytest.mark.parametrize(("name", "value"), [("ACCESSIBLE", "1"), ("TERM", "dumb")])
def test_plain_lines_by_the_environment(shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """ACCESSIBLE=1 and a terminal that draws nothing ask with numbered lines."""
    monkeypatch.setenv(name, value)
    assert "1. Town" in shell("ask", "essai", "--lang", "en", terminal=True).err


def test_answers_given_as_options_are_not_asked(shell: Shell) -> None:
    """`--answers` and, on top, `--set` preload: only what is left is asked."""
    shell.write("mine.toml", 'format = 1\ncompass = "essai"\n[answers]\nprofile = "etat"\naccord = "yes"\n')
    options = ("--answers", "mine.toml", "--set", "profile=commune", "--set", "domain=", "--set", "moyens=?")
    ran = shell.plain("essai", *options, lines=["1", "3", "Nous", "", "save", "out.toml", "", "leave"])
    assert ran.code == 0
    asked = [line for line in ran.err.splitlines() if line.startswith("Question ")]
    assert asked == ["Question 3 of 7", "Question 6 of 7", "Question 7 of 7"]
    assert load_answers(shell.folder / "out.toml").answers == {
        "profile": "commune",
        "domain": (),
        "confiance": 0,
        "accord": "yes",
        "moyens": "?",
        "habitants": 3,
        "nom": "Nous",
    }


def test_nothing_left_to_ask(shell: Shell) -> None:
    """Where the options answer everything the review comes at once, and nothing goes to the disk."""
    options = [f"--set={id_}=?" for id_ in ("confiance", "accord", "moyens", "habitants", "nom")]
    ran = shell.plain("essai", "--set=profile=etat", "--set=domain=", *options, lines=["", "leave", "2"])
    assert ran.code == 0
    assert ran.err.startswith("\nHere are your answers. Is everything right?\n")
    assert not drafts_folder().exists()


def test_an_answer_that_does_not_fit(shell: Shell) -> None:
    """What is preloaded is checked as anywhere else."""
    ran = shell.plain("essai", "--set", "profile=comune")
    assert ran.code == 2
    assert "Did you mean “commune”?" in ran.err
    assert drafts() == []


# --- Drafts ----------------------------------------------------------------------------------------------------------


def test_nothing_is_on_disk_before_the_first_answer(shell: Shell) -> None:
    """Looking at the first question leaves nothing, and there is nothing to resume."""
    ran = shell.plain("essai", lines=["?"])
    assert ran.code == 2
    assert ran.err.endswith(
        "What is piped in ends before the first answer.\n"
        "Pipe a line for each question, or use boussole recommend COMPASS --set ID=VALUE.\n"
    )
    assert RESUME not in ran.err
    assert not drafts_folder().exists()


def test_the_first_answer_is_kept(shell: Shell) -> None:
    """The end of the pipe leaves a file that only its owner reads, and prints the line that resumes."""
    ran = shell.plain("essai", lines=["1"])
    assert ran.code == 130
    assert ran.out == ""
    assert ran.err.endswith(f"\n{RESUME}\n")
    (draft,) = drafts()
    assert draft.path.name == "essai-20261122-140300.draft.toml"
    assert stat.S_IMODE(draft.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts_folder().stat().st_mode) == 0o700
    assert draft.saved.answers == {"profile": "commune"}
    assert draft.saved.saved == MOMENT
    assert draft.saved.compass_file == str(shell.folder / "compasses" / "essai.toml")


FULL = ["1", "eau", "2", "no", "1", "1500", ""]


@pytest.mark.parametrize("end", [["leave", "2"], []])
def test_a_finished_interview_leaves_nothing(shell: Shell, end: list[str]) -> None:
    """Leaving, or the end of the pipe once the result is shown, deletes the draft."""
    ran = shell.plain("essai", lines=[*FULL, *end])
    assert ran.code == 0
    assert "1. Offer [beta] R&D (Tool)." in ran.out
    assert list(drafts_folder().iterdir()) == []


def test_ctrl_d_is_no_goodbye(shell: Shell) -> None:
    """At a terminal the end of the lines is Ctrl-D, which stops as Ctrl-C does: nothing is lost."""
    ran = shell.plain("essai", lines=FULL, terminal=True)
    assert ran.code == 130
    assert ran.err.endswith(f"\n{RESUME}\n")
    assert len(drafts()[0].saved.answers) == 6


def test_starting_again(shell: Shell) -> None:
    """Starting again forgets the first answers, lets another compass be chosen, and keeps a new draft."""
    ran = shell.plain("essai", lines=[*FULL, "again", "2", "", "2"])
    assert ran.code == 130
    assert "1. Trial compass — To try. · 7 questions at most, about 3 minutes (proposed)" in ran.err
    (draft,) = drafts()
    assert draft.saved.answers == {"profile": "etat"}


def test_an_interview_stopped_inside_a_change_is_kept(shell: Shell) -> None:
    """A change that opens a question which nobody answers is no finished interview."""
    ran = shell.plain("essai", lines=[*FULL, "change", "An agreement", "yes"])
    assert ran.code == 130
    assert ran.err.endswith(f"{RESUME}\n")
    assert drafts()[0].saved.answers["accord"] == "yes"


def test_ctrl_c_keeps_what_was_answered(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a question exits 130 with the line that resumes, on a line of its own."""
    lines = iter(["1\n"])

    def readline(_keyboard: Keyboard) -> str:
        line = next(lines, None)
        if line is None:
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr(Keyboard, "readline", readline)
    ran = shell.plain("essai")
    assert ran.code == 130
    assert ran.err.endswith(f"\n{RESUME}\n")
    assert drafts()[0].saved.answers == {"profile": "commune"}


def test_a_state_folder_that_cannot_be_made(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, it is said at each answer, and the interview goes on to its result."""
    monkeypatch.setenv("XDG_STATE_HOME", str(shell.write("file", "")))
    ran = shell.plain("essai", lines=FULL)
    assert ran.code == 0
    assert ran.err.count("cannot be written") == 7
    assert ran.err.count("nothing is kept if it stops") == 1
    assert "Your answers are not kept: save your path before you leave." in ran.err
    assert "My list" in ran.out


# --- Resuming --------------------------------------------------------------------------------------------------------


def test_resuming_goes_on_at_the_same_question(shell: Shell) -> None:
    """`--resume` asks what is left, in the same draft, and leaves nothing at the end."""
    shell.plain("essai", lines=FULL[:3])
    (before,) = drafts()
    ran = shell.plain("--resume", lines=FULL[3:4])
    assert ran.err.startswith("\nQuestion 4 of 7\nAn agreement?\n")
    (after,) = drafts()
    assert after.path == before.path
    assert after.saved.answers == {"profile": "commune", "domain": ("eau",), "confiance": 1, "accord": "no"}
    ran = shell.plain("--resume", lines=FULL[4:])
    assert ran.code == 0
    assert drafts() == []


def test_what_was_off_the_path_is_found_again_after_resuming(shell: Shell) -> None:
    """A draft keeps the answers that do not count any more: they come back with the path."""
    shell.plain("essai", lines=["1", "eau", "2", "yes", "1", "1500", "Nous", "4", "no", "4", "3", "<"])
    (draft,) = drafts()
    assert draft.saved.aside == {"nom": "Nous"}
    ran = shell.plain("--resume", lines=["4", "yes"])
    assert "7. What name? — Nous\n" in ran.err


@pytest.mark.parametrize("arguments", [(), ("essai",)])
def test_nothing_to_resume(shell: Shell, arguments: tuple[str, ...]) -> None:
    """`--resume` with no unfinished interview is refused, saying how to start one."""
    ran = shell.plain("--resume", *arguments)
    assert (ran.code, ran.err) == (2, "There is no unfinished interview.\nType boussole to start one.\n")


def test_resuming_one_of_several(shell: Shell) -> None:
    """Several unfinished interviews are listed, the latest first, with how much was answered and when."""
    shell.plain("essai", lines=FULL[:2])
    shell.plain("essai", lines=["2"])
    os.utime(drafts()[1].path, ns=(0, 0))
    ran = shell.plain("--resume", lines=["2"])
    assert ran.err.startswith(
        "\nAn interview is not finished. Go on with it?\n"
        "1. Trial compass, 1 answer, 2026-11-22 at 14:03 (proposed)\n"
        "2. Trial compass, 2 answers, 2026-11-22 at 14:03\n"
        "Your choice (1 to 2; Enter: accept): 2\n"
        "Chosen: Trial compass, 2 answers, 2026-11-22 at 14:03\n"
        "\n"
        "Question 3 of 7\n"
    )


def test_the_next_interview_offers_to_go_on(shell: Shell) -> None:
    """At a terminal, the unfinished interview comes first; a new one may be started, and leaves the other alone."""
    shell.plain("essai", lines=FULL[:2])
    ran = shell.plain("essai", lines=[""], terminal=True)
    assert "1. Trial compass, 2 answers, 2026-11-22 at 14:03 (proposed)\n2. Start a new interview\n" in ran.err
    assert "Question 3 of 7" in ran.err
    ran = shell.plain("essai", lines=["2", "Table 3", "3"], terminal=True)
    assert "Question 2 of 7" in ran.err
    assert sorted(len(draft.saved.answers) for draft in drafts()) == [1, 2]
    again = shell.plain(lines=[""], terminal=True).err
    assert "1. Table 3: Trial compass, 1 answer, 2026-11-22 at 14:03" in again


def test_another_compass_has_nothing_to_go_on_with(shell: Shell) -> None:
    """Only the interviews of the compass asked for are offered."""
    shell.write("compasses/autre.toml", COMPASS.replace('id = "essai"', 'id = "autre"', 1))
    shell.plain("essai", lines=FULL[:2])
    assert "Go on with it?" not in shell.plain("autre", terminal=True).err
    assert shell.plain("autre", "--resume").code == 2


def test_answers_given_as_options_start_a_new_interview(shell: Shell) -> None:
    """`--set` does not mix with an unfinished interview, which stays."""
    shell.plain("essai", lines=FULL[:2])
    ran = shell.plain("essai", "--set", "profile=etat", terminal=True)
    assert "Go on with it?" not in ran.err
    assert len(drafts()) == 1


@pytest.mark.parametrize("name", ["mine.toml", "../{folder.name}/mine.toml", "{folder}/mine.toml"])
def test_resuming_the_interview_of_a_file(shell: Shell, name: str) -> None:
    """A compass given as a file is found again, from any folder, whatever way the file is named."""
    path = shell.write("mine.toml", COMPASS)
    name = name.format(folder=shell.folder)
    shell.plain(name, lines=["1"])
    assert drafts()[0].saved.compass_file == str(path.resolve())
    assert "Question 2 of 7" in shell.plain(name, "--resume").err
    assert "Question 2 of 7" in shell.plain(name, lines=[""], terminal=True).err


def test_resuming_from_another_folder(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The line that resumes works wherever it is typed: a compass of the folder left is found again."""
    shell.plain("essai", lines=["1"])
    monkeypatch.chdir(tmp_path)
    assert "Question 2 of 7" in shell.plain("--resume").err


def test_resuming_with_the_catalogue_of_an_option(shell: Shell) -> None:
    """The line that resumes names the catalogue that the interview was held with."""
    shell.write("other/my medoc.toml", CATALOGUE)
    (shell.folder / "medoc.toml").unlink()
    ran = shell.plain("essai", "--catalogue", "other/my medoc.toml", lines=["1"])
    wanted = shell.folder / "other" / "my medoc.toml"
    assert ran.err.endswith(f"type: boussole ask --resume --lang en --plain --catalogue '{wanted}'\n")
    assert "Question 2 of 7" in shell.plain("--resume", "--catalogue", str(wanted)).err


def test_resuming_under_an_edited_compass(shell: Shell) -> None:
    """Answers that the compass no longer takes are named; the others hold, and what is left is asked."""
    shell.plain("essai", lines=["1", "eau,climat", "1"])
    edited = COMPASS.replace("max = 2\n", "max = 1\n", 1).replace('id = "confiance"', 'id = "foi"', 1)
    shell.write("compasses/essai.toml", edited.replace("{ confiance = 1 }", "{ foi = 1 }").replace('"3"', '"4"', 1))
    ran = shell.plain("--resume")
    assert ran.err.startswith(
        "These answers were saved with version 3 of the compass; what no longer holds is left out:\n"
        "A101 compass “essai” has no question “confiance”.\n"
    )
    assert 'A104 question "domain": choose at most 1.\n    You chose 2.\n' in ran.err
    assert "Question 2 of 7\nWhich fields?" in ran.err


def test_resuming_a_compass_that_is_gone(shell: Shell) -> None:
    """A compass that is no longer there is named, and the draft stays."""
    shell.plain("essai", lines=["1"])
    (shell.folder / "compasses" / "essai.toml").unlink()
    ran = shell.plain("--resume")
    assert ran.code == 2
    assert "essai" in ran.err
    assert len(drafts()) == 1


def test_forgetting(shell: Shell) -> None:
    """`forget` deletes what unfinished interviews left, and the folder."""
    shell.plain("essai", lines=["1"])
    assert shell("forget", "--lang", "en").err == "1 unfinished interview deleted.\n"
    assert not drafts_folder().exists()


# --- Saving ----------------------------------------------------------------------------------------------------------


def test_saving_a_path_and_opening_it_again(shell: Shell) -> None:
    """The file saved from the menu gives the same situation to `recommend`, and says the name only if one is typed."""
    ran = shell.plain("essai", lines=[*FULL, "save", "out.md", "Zoé", "save", "", "", "leave"])
    assert ran.code == 0
    assert f"Written: {shell.folder / 'out.md'}\n" in ran.err
    saved = load_answers(shell.folder / "out.md")
    assert saved.answers == {key: tuple(one) if isinstance(one, list) else one for key, one in FULL_ANSWERS.items()}
    assert saved.name == "Zoé"
    assert load_answers(shell.folder / "essai-2026-11-22.html").name is None


@pytest.mark.parametrize("name", ["out.html", "out.md", "out.toml"])
def test_a_table_says_how_many_it_is(shell: Shell, name: str) -> None:
    """`--people` is in the file that is saved, kept with the interview, and asked of the next table."""
    ran = shell.plain("essai", "--people", "8", lines=[*FULL[:1]])
    assert (ran.code, [draft.saved.people for draft in drafts()]) == (130, [8])
    ran = shell.plain(
        "--resume",
        lines=[*FULL[1:], "save", name, "", "again", "0", "huit", "5", "", *FULL, "save", f"b{name}", "", "leave"],
    )
    assert [load_answers(shell.folder / one).people for one in (name, f"b{name}")] == [8, 5]
    assert ran.err.count("Write a whole number, 1 or more.") == 2


def test_how_many_a_table_is_must_be_a_number(shell: Shell) -> None:
    """Nothing is asked where `--people` is no number."""
    ran = shell.plain("essai", "--people", "huit", lines=FULL)
    assert (ran.code, ran.out) == (2, "")
    assert "--people: “huit” is not accepted." in ran.err


@pytest.mark.parametrize(
    ("name", "why"),
    [("out.doc", "says no known form"), ("no/out.md", "Make this folder first, or choose another one.")],
)
def test_a_file_that_cannot_be_saved_is_told_at_once(shell: Shell, name: str, why: str) -> None:
    """A wrong ending or a missing folder is told where the name is typed, before anything else is asked."""
    ran = shell.plain("essai", lines=[*FULL, "save", name, "out.json", "", "leave"])
    assert ran.code == 0
    assert why in ran.err
    assert ran.err.count("Your name") == 1
    assert (shell.folder / "out.json").exists()


# --- One owner -------------------------------------------------------------------------------------------------------


def test_an_interview_going_on_is_nobody_elses(shell: Shell) -> None:
    """A draft held by another window is neither offered nor taken; a new one is begun beside it."""
    shell.plain("essai", lines=FULL[:2])
    held = claimed(drafts()[0].path)
    assert held is not None
    ran = shell.plain("essai", lines=["Table 2", "3"], terminal=True)
    assert "Go on with it?" not in ran.err
    assert sorted(len(draft.saved.answers) for draft in drafts()) == [1, 2]
    held.release()
    assert "Table 2: Trial compass, 1 answer" in shell.plain("--resume", lines=[""], terminal=True).err


def test_only_interviews_going_on_elsewhere(shell: Shell) -> None:
    """There is nothing to resume while another window is at it."""
    shell.plain("essai", lines=FULL[:2])
    held = claimed(drafts()[0].path)
    assert held is not None
    ran = shell.plain("--resume")
    assert (ran.code, "is going on in another window" in ran.err) == (2, True)
    held.release()
    assert "Question 3 of 7" in shell.plain("--resume").err


def test_two_interviews_begun_in_the_same_second(shell: Shell) -> None:
    """Each has its own draft, from the first answer on."""
    first = own_new_draft("essai", now())
    second = own_new_draft("essai", now())
    assert first.path != second.path
    first.release()
    second.release()
    assert list(drafts_folder().iterdir()) == []
    assert shell.plain("essai", lines=FULL[:2]).code == 130
    assert len(list(drafts_folder().iterdir())) == 1


def test_the_name_of_a_table_goes_into_names_of_files(shell: Shell) -> None:
    """It is given with `--name`, kept with the draft, and begins the names of files."""
    shell.plain("essai", "--name", "Table n° 3", lines=FULL[:2])
    assert drafts()[0].saved.name == "Table n° 3"
    ran = shell.plain("--resume", lines=[*FULL[2:], "save", "", "", "leave"])
    assert ran.code == 0
    assert (shell.folder / "table-n-3-essai-2026-11-22.html").exists()


# --- A disk that fails -----------------------------------------------------------------------------------------------


def test_a_disk_that_fails_is_told_each_time_until_it_does_not(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, at each answer, and where it stops; nothing is said to be kept that is not."""
    failing = [OSError(errno.ENOSPC, "x"), OSError(errno.ENOSPC, "x")]

    def keep(path: Path, saved: Saved) -> None:
        if len(saved.answers) > 1 and failing:
            error = failing.pop()
            raise BoussoleError(cannot_write(path, error), remedy_of(error)) from error
        put_on_disk(path, saved)

    monkeypatch.setattr(keeper, "keep", keep)
    ran = shell.plain("essai", lines=FULL[:3])
    assert ran.err.count("the disk is full") == 3
    assert ran.err.count("Free some space, or choose another disk.") == 3
    assert ran.err.count("nothing is kept if it stops") == 1
    assert "What you answered is kept" not in ran.err
    assert "Your last answers are not kept. To go on from those before, type: boussole ask --resume" in ran.err
    assert len(drafts()[0].saved.answers) == 1
    again = shell.plain("--resume", lines=FULL[1:4])
    assert "What you answered is kept." in again.err


def test_a_disk_that_works_again(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once answers are kept again, it is said, and they all are."""
    failing = [OSError(errno.EROFS, "x")]

    def keep(path: Path, saved: Saved) -> None:
        if failing:
            error = failing.pop()
            raise BoussoleError(cannot_write(path, error), remedy_of(error)) from error
        put_on_disk(path, saved)

    monkeypatch.setattr(keeper, "keep", keep)
    ran = shell.plain("essai", lines=FULL[:3])
    assert "Your answers are kept again." in ran.err
    assert RESUME in ran.err
    assert len(drafts()[0].saved.answers) == 3


def test_a_folder_that_vanished_is_made_again(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody cleaned up: the next answer is kept all the same."""

    def keep(path: Path, saved: Saved) -> None:
        if len(saved.answers) == 2:
            shutil.rmtree(path.parent)
        put_on_disk(path, saved)

    monkeypatch.setattr(keeper, "keep", keep)
    ran = shell.plain("essai", lines=FULL[:3])
    assert "cannot be written" not in ran.err
    assert len(drafts()[0].saved.answers) == 3


# --- The screen ------------------------------------------------------------------------------------------------------

STARTS = (":", ";", "!", "?", "»")


@pytest.mark.parametrize("width", range(23, 80, 3))
def test_lines_never_begin_with_a_sign(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    """Lines are cut between words, never at the no-break spaces of French, and keep their indents."""
    monkeypatch.setenv("COLUMNS", str(width))
    line = f"Pourquoi{NB}: «{NB}un mot et encore un mot{NB}»{NNB}; est-ce bien juste{NNB}? oui{NNB}! " * 3
    show_lines(["x", f"  {line}", "", "[bold]x[/bold]:smile:"])
    out = capsys.readouterr().out.split("\n")
    assert out[:2] == ["", "x"]
    assert out[-4:-2] == ["", "[bold]x[/bold]:smile:"]
    wrapped = [row for row in out if row.startswith("  ")]
    assert " ".join(row.strip(" ") for row in wrapped) == line.strip(" ")
    assert [row for row in out if len(row) > width or row.strip().startswith(STARTS)] == []


@pytest.mark.parametrize("width", [24, 31, 40, 57, 80, 120])
def test_a_result_on_a_screen(width: int) -> None:
    """The position, the list, then the rest; no row is wider than the screen or begins with a sign."""
    screens = result_screens(ranked({**FEW_ANSWERS}), "fr", dt.date(2026, 11, 22), ["À quel point c’est sûr"])
    position, listed, rest = ([Text.from_ansi(row).plain for row in draw(width, 24)] for draw in screens)
    assert "Ma position" in position[1 if position[0] == "" else 0]
    assert "MEDOC" in listed[0]
    assert "À trouver" in "\n".join(rest)
    assert rest[-2:] == ["À quel point c’est sûr", ""]
    rows = [*position, *listed, *rest]
    assert [row for row in rows if len(row) > width] == []
    assert [row for row in rows if row.strip().startswith(STARTS)] == []


def test_a_list_on_a_screen() -> None:
    """The list alone, followed by a blank line, with nothing in it read as markup."""
    ranking = ranked(FULL_ANSWERS)
    rows = list_screen(ranking, "en", dt.date(2026, 11, 22), ranking.top(1))(80, 24)
    assert "Offer [beta] R&D" in "\n".join(rows)
    assert rows[-1] == ""


# --- The clock -------------------------------------------------------------------------------------------------------


def test_a_fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH stands in for the clock."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)
    assert now() == MOMENT


@pytest.mark.parametrize("fixed", ["", "soon", "-1", "1.5", "٣", "9" * 17, "9" * 5000])
def test_the_clock(monkeypatch: pytest.MonkeyPatch, fixed: str) -> None:
    """Otherwise, or where it holds no moment, it is the local time, to the second, with its offset."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", fixed)
    moment = now()
    assert moment.tzinfo is not None
    assert moment.microsecond == 0
    assert abs(moment - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=60)
