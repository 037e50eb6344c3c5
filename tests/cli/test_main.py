"""What all commands share: language, errors, exit codes, streams, pipes that close, what is imported."""

from __future__ import annotations

import errno
import os
import re
import shlex
import subprocess
import sys
from gettext import textdomain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer._click import Context

from boussole.cli.app import COMMANDS, EXAMPLES, load_command, make_app
from boussole.cli.clock import now
from boussole.cli.commands import forget as forget_command
from boussole.cli.language import PLACEHOLDERS, TYPER_WORDS, chosen_language, use_language
from boussole.cli.main import HUNG_UP, main, run
from boussole.errors import BoussoleError
from boussole.i18n import LANGUAGES, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cli.conftest import Done

    Boussole = Callable[..., Done]


# --- The language -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "fr"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en-US"}, "en"),
        ([], {"LC_ALL": "C"}, "fr"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        ([], {"LANG": "POSIX"}, "fr"),
        ([], {"LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_IE"}, "en"),
        ([], {"LC_ALL": "fr_CA", "LANG": "en_CA"}, "fr"),
        ([], {"BOUSSOLE_LANG": "fr", "LC_ALL": "en_GB.UTF-8"}, "fr"),
        ([], {"BOUSSOLE_LANG": "en"}, "en"),
        ([], {"BOUSSOLE_LANG": "", "LC_ALL": "en_GB"}, "en"),
        (["list", "--lang", "en"], {"BOUSSOLE_LANG": "fr"}, "en"),
        (["--lang=fr", "list"], {"LC_ALL": "en_GB.UTF-8"}, "fr"),
        (["list", "--lang"], {}, "fr"),
        (["list", "--", "--lang", "en"], {}, "fr"),
        (["--lang", "xx"], {"LC_ALL": "en_GB.UTF-8"}, "fr"),
    ],
)
def test_which_language(arguments: list[str], environment: dict[str, str], expected: str) -> None:
    """The option, else `BOUSSOLE_LANG`, else the locale; French where the locale says nothing, English for others."""
    assert chosen_language(arguments, environment) == expected


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("LC_ALL", "en_GB.UTF-8", "en"),
    ("BOUSSOLE_LANG", "en", "en"),
    ("LC_ALL", "C", "fr"),
    ("BOUSSOLE_LANG", "fr", "fr"),
])  # fmt: skip
def test_a_run_speaks_it(
    boussole: Boussole, monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    """Errors are told in that language."""
    monkeypatch.setenv(name, value)
    told = boussole("recommend", "x-y-z", lang=None).err
    assert told.startswith(gettext("There is no compass “{name}”.", name="x-y-z").in_(expected))


@pytest.mark.parametrize("arguments", [["--lang", "de", "list"], ["list", "--lang", "de"], ["list", "--lang="]])
def test_a_language_that_boussole_does_not_speak(boussole: Boussole, arguments: list[str]) -> None:
    """Another language is refused, with those there are."""
    done = boussole(*arguments, lang=None)
    assert (done.code, done.out) == (2, "")
    assert "fr ou en" in done.err


# --- Usage errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["recomend"], ["no command “recomend”", "Did you mean “recommend”?"]),
        (["zzzz"], ["no command “zzzz”", "recommend"]),
        (["it's"], ["no command “it's”"]),
        (["recommend"], ["COMPASS is missing", "boussole recommend --help"]),
        (["recommend", "x", "--stric"], ["no option --stric", "Did you mean “--strict”?"]),
        (["list", "--compases", "x"], ["no option --compases", "Did you mean “--compasses”?"]),
        (["list", "--zzzz"], ["no option --zzzz", "--catalogue"]),
        (["--vresion"], ["no option --vresion", "Did you mean “--version”?"]),
        (["recommend", "x", "--top"], ["--top", "--help"]),
        (["recommend", "x", "y"], ["boussole recommend --help"]),
        (["forget", "x"], ["boussole forget --help"]),
        (["list", "--debug=x"], ["--debug", "--help"]),
    ],
)
def test_what_is_not_understood(boussole: Boussole, arguments: list[str], told: list[str]) -> None:
    """A wrong command, option or argument exits 2 and says what to type, without a traceback."""
    done = boussole(*arguments)
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []
    assert "Traceback" not in done.err


def test_a_hostile_word_never_drives_the_terminal(boussole: Boussole) -> None:
    """What was typed is told without its control characters."""
    for arguments in (["\x1b[31mx\x9b"], ["recommend", "\x1b]0;x\x07"], ["list", "--\x1b[2J"], ["list", "\udcff\x1b"]):
        done = boussole(*arguments)
        assert done.code == 2
        assert not set(done.err) & set("\x1b\x9b\x07\udcff")


# --- Errors at the border -----------------------------------------------------------------------------


def _fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(forget_command, "forget", fail)


def test_a_refusal_is_a_message(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """What boussole refuses is told with its hint, on stderr, with its exit code."""
    _fails(monkeypatch, BoussoleError(gettext("No.\x1b"), gettext("Do this.")))
    done = boussole("forget")
    assert (done.code, done.out, done.err) == (2, "", "No.\nDo this.\n")


def test_the_unexpected_is_told_without_a_traceback(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect exits 70, names the error and how to report it; a traceback only with `--debug`."""
    _fails(monkeypatch, ZeroDivisionError("\x1b[31moh"))
    done = boussole("forget")
    assert done.code == 70
    assert done.err.splitlines()[0] == "Something unexpected happened: ZeroDivisionError: [31moh."
    assert "--debug" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("where", ["before", "after"])
def test_debug_raises_what_is_unexpected(boussole: Boussole, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """With `--debug`, before or after the command, a defect is raised as it is."""
    _fails(monkeypatch, ZeroDivisionError("oh"))
    with pytest.raises(ZeroDivisionError):
        boussole(*(["--debug", "forget"] if where == "before" else ["forget", "--debug"]))


def test_debug_shows_where_a_refusal_comes_from(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--debug`, a refusal shows its traceback too, and the exit code stays the same."""
    _fails(monkeypatch, BoussoleError(gettext("No.")))
    done = boussole("forget", "--debug")
    assert done.code == 2
    assert "Traceback" in done.err


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full.\nFree some space, or choose another disk."),
        (errno.EBADF, "the output is closed.\nWrite it with -o FILE."),
        (errno.EIO, "the disk does not answer."),
    ],
)
def test_a_result_that_cannot_be_written(
    boussole: Boussole, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """What befalls stdout is told, with what to do where that is known, and exits 2."""
    _fails(monkeypatch, OSError(number, "in the system's words"))
    done = boussole("forget", "--lang", "en")
    assert (done.code, done.err) == (2, f"The result cannot be written: {said}\n")


def test_a_file_that_the_system_refuses_is_named(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the result that cannot be written."""
    _fails(monkeypatch, PermissionError(13, "Permission denied", "medoc.toml"))
    done = boussole("forget", "--lang", "en")
    assert (done.code, done.err) == (2, "“medoc.toml” cannot be used: you are not allowed to.\n")


def test_plain_alone_is_ask(boussole: Boussole) -> None:
    """`boussole --plain` is `boussole ask --plain`."""
    done = boussole("--plain", "--lang", "en")
    assert "Which compass?" in done.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_interrupted(boussole: Boussole, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Control-C, or the end of what is typed, exits 130 without a message about a defect."""
    _fails(monkeypatch, error)
    done = boussole("forget")
    assert done.code == 130
    assert done.err.strip() == ""


def test_main_exits_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry point exits with the code of the run, whether it is given arguments or takes those of the process."""
    with pytest.raises(SystemExit) as given:
        main(["forget"])
    assert given.value.code == 0
    monkeypatch.setattr(sys, "argv", ["boussole", "zzzz"])
    with pytest.raises(SystemExit) as taken:
        main()
    assert taken.value.code == 2


# --- Commands without a module of tests of their own -------------------------------------------------------------


def test_forget(boussole: Boussole, here: Path) -> None:
    """`forget` deletes every unfinished interview, and says how many there were."""
    assert boussole("forget").err == "0 unfinished interviews deleted.\n"
    folder = here.parent / "boussole-home" / "state" / "boussole" / "interviews"
    folder.mkdir(parents=True)
    (folder / "a.draft.toml").write_text("format = 1", encoding="utf-8")
    done = boussole("forget")
    assert (done.code, done.out, done.err) == (0, "", "1 unfinished interview deleted.\n")
    assert not folder.exists()


def test_the_clock_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """`SOURCE_DATE_EPOCH` stands in for the clock; anything else is ignored, and the time has no fraction."""
    assert now().isoformat() == "2026-11-22T14:03:00+00:00"
    for written in ("", "hier", "-1", "٣"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
        assert now().microsecond == 0
        assert now().tzinfo is not None
        assert now().year >= 2025


# --- Help -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_help_text(boussole: Boussole, name: str, language: str) -> None:
    """In both languages, a command says what it does, and so does each of its options and arguments."""
    use_language(language)
    command = load_command(name)
    assert command.help
    with Context(command) as context:
        silent = [param.name for param in command.get_params(context) if not getattr(param, "help", None)]
    assert silent == []
    done = boussole(name, "--help", lang=language)
    assert (done.code, done.err) == (0, "")
    assert " ".join(command.help.split()) in " ".join(done.out.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_commands(boussole: Boussole, language: str) -> None:
    """`--help` names every command with its line of help, and the options that all take."""
    done = boussole("--help", lang=language)
    assert (done.code, done.err) == (0, "")
    told = " ".join(done.out.split())
    for name, help_ in COMMANDS.items():
        assert f"{name} {help_.in_(language)}" in told
    file, folder = {"fr": ("FICHIER", "DOSSIER"), "en": ("FILE", "DIR")}[language]
    options = ("--lang fr|en", f"--catalogue {file}", f"--compasses {folder}", "--debug", "--version", "--help")
    for option in options:
        assert option in told


@pytest.mark.parametrize("name", COMMANDS)
def test_placeholders_are_in_the_language(boussole: Boussole, name: str) -> None:
    """What stands for what one types is French in French help, in usage, options and sentences."""
    told = boussole(name, "--help", lang="fr").out
    english = {word.text for word in PLACEHOLDERS} - {word.in_("fr") for word in PLACEHOLDERS}
    assert english.isdisjoint(re.findall("[A-Z]{2,}", told))
    assert english & set(re.findall("[A-Z]{2,}", boussole(name, "--help", lang="en").out))


@pytest.mark.parametrize("columns", ["30", "40", "80", "200"])
@pytest.mark.parametrize("name", ["", "ask", "recommend", "batch", "group", "list"])
def test_help_is_as_wide_as_the_screen(
    boussole: Boussole, monkeypatch: pytest.MonkeyPatch, name: str, columns: str
) -> None:
    """Its words are whole on a narrow one, French colons have their space, and nobody is shown braces to type."""
    monkeypatch.setenv("COLUMNS", "200")
    words = set(boussole(*filter(None, [name]), "--help", lang="fr").out.split())
    monkeypatch.setenv("COLUMNS", columns)
    told = boussole(*filter(None, [name]), "--help", lang="fr").out
    rows = [row for row in told.split("\n") if "|" not in row and not row.strip().startswith("boussole ")]  # to type
    wide = [row for row in rows if len(row) > int(columns)]
    assert wide == []
    assert [word for word in told.split() if word not in words] == []
    assert re.findall("[^ \xa0]:$", told, re.MULTILINE) == []
    assert re.findall("[{}]|COMMAND |ARGS", told) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example_that_is_understood(boussole: Boussole, name: str, language: str) -> None:
    """It stands on one line, and the command reads it; a compass or a MEDOC that it names is one that ships."""
    line = EXAMPLES[name].in_(language)
    assert boussole(name, "--help", lang=language).out.endswith(f":\n    {line}\n")
    words = shlex.split(line.partition(" >")[0])
    assert words[:2] == ["boussole", name]
    command = load_command(name)
    with make_app().make_context("boussole", [], resilient_parsing=True) as parent:
        command.make_context(name, words[2:], parent=parent)
    named = [word for word in words[3:] if not word.startswith("-")]
    assert "vigicrues" not in named or boussole("medoc", "vigicrues").code == 0
    assert "agir-ensemble" not in words or boussole("list", "agir-ensemble").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_parser_are_in_the_language(boussole: Boussole, language: str) -> None:
    """The headings and notes that Typer adds to help are said in the language of the run."""
    told = boussole("recommend", "--help", lang=language).out
    for word in TYPER_WORDS:
        assert word.in_(language) in told or "{" in word.text
    assert textdomain() == "boussole"


def test_the_app_lists_its_commands() -> None:
    """The group knows its commands in the order of the help, and no other."""
    app = make_app()
    with Context(app) as context:
        assert app.list_commands(context) == list(COMMANDS)
        assert app.get_command(context, "zzzz") is None


@pytest.mark.parametrize("option", ["--version"])
def test_the_version(boussole: Boussole, option: str) -> None:
    """`--version` gives the name and the version, whatever the language."""
    done = boussole(option, lang=None)
    assert done.code == 0
    assert done.out.startswith("boussole 0.")


def test_no_command_asks(boussole: Boussole) -> None:
    """Without a command boussole asks; where there is no terminal it says what to use instead."""
    done = boussole(lang="en")
    assert (done.code, done.out) == (2, "")
    assert "recommend" in done.err
    assert "--plain" in done.err


# --- Real processes -----------------------------------------------------------------------------

_HEAVY = ("questionary", "prompt_toolkit", "pydantic", "rich", "tree_sitter", "polars", "numpy", "jinja2", "starlette")
_LOADED = """
import sys
from boussole.cli.main import run
code = run(sys.argv[1:])
print("\\n#", code, *sorted({name.split(".")[0] for name in sys.modules}))
"""


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--version"], _HEAVY),
        (["--help"], _HEAVY),
        (["list", "--help"], _HEAVY),
        (["recommend", "--help"], _HEAVY),
        (["recommend", "agir-ensemble", "--to", "json"], _HEAVY[:5]),
        (["recommend", "agir-ensemble", "--to", "md"], _HEAVY[:5]),
        (["list"], _HEAVY[:3]),
    ],
)
def test_what_a_command_imports(arguments: Sequence[str], heavy: Sequence[str]) -> None:
    """In a fresh interpreter, a command that asks and draws nothing loads none of the heavy libraries."""
    done = _python("-c", _LOADED, *arguments)
    last = done.stdout.splitlines()[-1].split()
    assert last[:2] == ["#", "0"], done.stderr
    assert set(last) & set(heavy) == set()


def test_as_a_module() -> None:
    """`python -m boussole` is the command line, and writes UTF-8 whatever the locale."""
    done = subprocess.run(
        [sys.executable, "-m", "boussole", "medoc", "--search", "etat"],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0
    assert "État" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("to", ["csv", "jsonl"])
def test_a_table_into_a_closed_pipe(to: str, tmp_path: Path) -> None:
    """The same for tables, however the library that writes them takes it."""
    table = tmp_path / "table.csv"
    table.write_text("profile\n" + "collectivites\n" * 1_000, "utf-8")
    _hang_up(["batch", "agir-ensemble", str(table), "--to", to, "--quiet"])


@pytest.mark.parametrize(
    "arguments", [["medoc"], ["recommend", "agir-ensemble", "--to", "csv", "--top", "1"], ["list"]]
)
def test_a_closed_pipe_is_no_error(arguments: list[str]) -> None:
    """When what reads the output stops early, boussole stops in silence."""
    told = _hang_up(arguments)
    assert told == "" or arguments[0] == "recommend"  # which says on stderr what is without an answer


def _hang_up(arguments: list[str]) -> str:
    """Run boussole into a pipe that nobody reads; return what it says on stderr."""
    out, into = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "boussole", *arguments, "--lang", "en"], stdout=into, stderr=subprocess.PIPE, text=True
    )
    os.close(into)
    os.close(out)
    _, told = process.communicate(timeout=60)
    assert process.returncode == HUNG_UP
    assert "written" not in told
    assert "rror" not in told
    assert "unexpected" not in told
    return told


def test_two_processes_give_the_same_bytes() -> None:
    """The JSON of two processes, with other hash seeds, is the same byte for byte."""
    command = [sys.executable, "-m", "boussole", "recommend", "agir-ensemble", "--to", "json", "--all", "--left-out"]
    first, second = (
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert len(first) > 10_000


def test_run_may_be_called_again(here: Path) -> None:
    """A run leaves nothing behind that changes the next one."""
    assert (Path.cwd(), [run(["list", "--lang", "en"]) for _ in range(2)]) == (here, [0, 0])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["recommend", "agir-ensemble", "--top"], "--top needs a value."),
        (["list", "--debug=yes"], "--debug takes no value."),
        (["list", "these", "words"], "Nothing more is expected here: words"),
    ],
)
def test_what_is_missing_or_too_much(boussole: Boussole, arguments: list[str], told: str) -> None:
    """An option without its value, with one it does not take, and a word too many are told in our own words."""
    done = boussole(*arguments, "--lang=en") if "--top" not in arguments else boussole("--lang=en", *arguments)
    assert done.code == 2
    assert told in done.err
    assert "--help" in done.err
