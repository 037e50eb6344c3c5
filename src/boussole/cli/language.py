"""Which language this run of the command line speaks, and its help in it."""

from __future__ import annotations

import os
import re
import shutil
from gettext import bindtextdomain, textdomain
from typing import TYPE_CHECKING

from typer._click.formatting import HelpFormatter

from boussole.i18n import DEFAULT_LANGUAGE, DOMAIN, LANGUAGES, LOCALES, Message, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from typer._click import Context
    from typer.core import TyperOption

    from boussole.i18n import Localised

# Typer's own words, which it looks up in the current gettext domain: ours.
TYPER_WORDS = (
    gettext("Arguments"),
    gettext("Options"),
    gettext("required"),
    gettext("default: {default}"),
    gettext("env var: {var}"),
)

PLACEHOLDERS = (
    gettext("ADDRESS"),
    gettext("COLUMN"),
    gettext("COMPASS"),
    gettext("DIR"),
    gettext("FACET"),
    gettext("FILE"),
    gettext("FOLDER"),
    gettext("KIND"),
    gettext("NAME"),
    gettext("NEW"),
    gettext("OLD"),
    gettext("PERCENT"),
    gettext("SIGN"),
    gettext("STAGE"),
    gettext("TABLE"),
    gettext("TERM"),
    gettext("VALUE"),
    gettext("WORDS"),
)
"""What stands in the help for what one types; a word that is not there is the same in all languages."""
_PLACEHOLDER = r"[A-Z]{2,}"
_WIDEST, _NARROWEST = 80, 20
"""Columns of the help."""

_chosen = DEFAULT_LANGUAGE


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language: `--lang`, else `BOUSSOLE_LANG`, else the locale; French where that says nothing."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return _spoken(argument.removeprefix("--lang="))
        if argument == "--lang" and index + 1 < len(arguments):
            return _spoken(arguments[index + 1])
    if asked := environment.get("BOUSSOLE_LANG"):
        return _spoken(asked)
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    code = locale.replace("-", "_").split("_")[0].split(".")[0].lower()
    if code in {"", "c", "posix"}:
        return DEFAULT_LANGUAGE
    return code if code in LANGUAGES else "en"


def _spoken(asked: str) -> str:
    """Return a language that boussole speaks; a wrong word is refused later, in French."""
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def use_language(language: str) -> None:
    """Speak `language` from now on, Typer's own words included."""
    global _chosen  # noqa: PLW0603 - one command line runs in one process, in one language
    _chosen = language
    os.environ["LANGUAGE"] = language
    bindtextdomain(DOMAIN, LOCALES)
    textdomain(DOMAIN)


def current_language() -> str:
    """Return the language of this run."""
    return _chosen


def placeholder(written: str) -> str:
    """Return a placeholder such as `QUESTION=COLUMN` in the language of this run."""
    return re.sub(_PLACEHOLDER, lambda word: speak(Message(word[0])), written)


def speak(text: Localised) -> str:
    """Return `text` in the language of this run."""
    return text.in_(_chosen)


class SpokenHelp:
    """The help of a command, or of the list of them: in the user's language, as wide as the screen."""

    collect_usage_pieces: Callable[[Context], list[str]]
    format_help: Callable[[Context, HelpFormatter], None]

    def get_help(self, ctx: Context) -> str:
        """Return the whole help."""
        formatter = _Formatter()
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the first line; what must be given stands without the braces that nobody types."""
        pieces = " ".join(re.sub(r"^\{([^|]*)\}$", r"\1", piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=speak(gettext("Usage: ")))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return `--help`, itself with its help in the user's language."""
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = speak(gettext("Show this message and exit."))
        return option


class _Formatter(HelpFormatter):
    """Lays help out, on narrow screens too, where what is explained may stand above what is said of it."""

    def __init__(self) -> None:
        super().__init__(width=max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST))

    def write_heading(self, heading: str) -> None:
        """Write a title; French has a space before its colon."""
        colon = speak(gettext(": ")).rstrip(" ")
        self.write(f"{'':>{self.current_indent}}{heading}{colon}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write what is explained beside what is said of it."""
        super().write_dl(rows, col_max if self.width >= 2 * col_max else self.width // 3, col_spacing)
