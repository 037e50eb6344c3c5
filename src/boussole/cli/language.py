"""Which language this run of the command line speaks."""

from __future__ import annotations

import os
import re
from gettext import bindtextdomain, textdomain
from typing import TYPE_CHECKING

from boussole.i18n import DEFAULT_LANGUAGE, DOMAIN, LANGUAGES, LOCALES, Message, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
