"""What the shell may complete: commands, options, and the ids of the definitions in reach, read as little as can be."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from typer._click.shell_completion import CompletionItem

from boussole.cli.language import current_language
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.files.toml.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping
    from pathlib import Path

    from typer._click import Context, Parameter

    Complete = Callable[[Context, Parameter, str], list[CompletionItem]]

_ID = re.compile(r"(?m)^id\s*=\s*[\"']([^\"'\n]{1,80})[\"']")
_SPLIT = "_BOUSSOLE_SPLIT"
_ENTRY = re.compile(r"(?m)^\[\[medoc\]\]")
_DONE = "    return 0"
_NO_SPACE = "    [[ $COMPREPLY == *= ]] && compopt -o nospace 2>/dev/null"
"""What keeps bash from ending a word that goes on: after `--set domain=` comes an answer."""


def _library(ctx: Context) -> Library:
    settings = ctx.find_root().obj
    return Library(settings.catalogue, settings.compasses)


def _compass_files(ctx: Context) -> Iterator[tuple[str, Path]]:
    for found in _library(ctx).compass_files():
        declared = _ID.search(found.path.read_text(encoding="utf-8", errors="replace"))
        yield declared[1] if declared else found.path.stem, found.path


def _catalogue_text(ctx: Context) -> str:
    found = _library(ctx).catalogue_file()
    return "" if found is None else found.path.read_text(encoding="utf-8", errors="replace")


def compasses(ctx: Context, _param: Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a compass; nothing in a folder hides a file, which the shell completes where no id fits."""
    ids = [id_ for id_, _ in _compass_files(ctx) if id_.startswith(incomplete)]
    return [CompletionItem(id_) for id_ in dict.fromkeys(ids)]


def medoc(ctx: Context, _param: Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a MEDOC."""
    ids = (found[1] for entry in _ENTRY.split(_catalogue_text(ctx))[1:] if (found := _ID.search(entry)))
    return [CompletionItem(id_) for id_ in ids if id_.startswith(incomplete)]


def settings(ctx: Context, _param: Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete `--set`: the id of a question of the compass, then `=`, then the ids of its options."""
    words = os.environ.get("COMP_WORDS", "").split()  # an option without its value leaves nothing parsed
    path = next((path for id_, path in _compass_files(ctx) if not {id_, str(path)}.isdisjoint(words)), None)
    if path is None:
        return []
    document = parse(path.read_bytes(), str(path))
    questions = {one["id"]: one for one in document.get("question", [])}
    id_, sign, written = incomplete.partition("=")
    if not sign:
        return [CompletionItem(f"{one}=") for one in questions if one.startswith(id_)]
    before, comma, last = written.rpartition(",")
    offered = [one for one in _options(ctx, questions.get(id_, {})) if one.startswith(last)]
    start = "" if _SPLIT in os.environ else f"{id_}="
    return [CompletionItem(f"{start}{before}{comma}{one}") for one in offered]


def join_words(environment: MutableMapping[str, str]) -> None:
    """Put back together what bash parts at `=`, a word a line, and note that it completes only what follows."""
    words = environment.get("COMP_WORDS", "")
    joined = re.sub(r"\s=\s?", "=", words)
    if joined != words:
        fewer = len(re.split(r"\s", words)) - len(re.split(r"\s", joined))
        place = int(environment.get("COMP_CWORD", "0")) - fewer
        environment.update({"COMP_WORDS": joined, "COMP_CWORD": str(place), _SPLIT: "1"})


def _options(ctx: Context, question: dict[str, Any]) -> list[str]:
    options = [one["id"] for one in question.get("options", [])]
    if question.get("type") == "yes-no":
        options = options or ["yes", "no"]
    elif question.get("type") == "scale":
        options = [str(place) for place in range(len(question.get("labels", [])))]
    elif question.get("facet") and not options:
        head = _ENTRY.split(_catalogue_text(ctx))[0]
        facets = {one["id"]: one for one in parse(head.encode(), "").get("facet", [])}
        options = [one["id"] for one in facets.get(question["facet"], {}).get("terms", [])]
    return options if question.get("required", True) else [*options, "?"]


_COMPLETE: dict[str, Complete] = {"compass": compasses, "medoc": medoc, "set_": settings, "id_": medoc}
"""What completes a parameter, by its name in the functions of the commands."""


def complete_with(name: str) -> Complete | None:
    """Return what completes the parameter `name`; None where the shell does it."""
    complete = _COMPLETE.get(name)
    if complete is None:
        return None

    def harmless(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return complete(ctx, param, incomplete)
        except (BoussoleError, OSError, ValueError, KeyError, TypeError, AttributeError):
            return []  # a definition that is broken completes nothing, and must not fill the command line

    return harmless


def _going_on(bash: str) -> str:
    """Return the script for bash (others have no such line) with no space after what is not a whole word."""
    return bash.replace(_DONE, f"{_NO_SPACE}\n{_DONE}")


def script(arguments: list[str], *, install: bool) -> str:
    """Return the script that makes a shell complete, or what was done to `install` it.

    Raises:
        BoussoleError: when the shell is not known.

    """
    from typer._completion_classes import completion_init
    from typer._completion_shared import _get_shell_name, get_completion_script
    from typer._completion_shared import install as install_for

    from boussole.fuzzy import suggest
    from boussole.i18n import gettext

    completion_init()
    shells = ("bash", "fish", "powershell", "pwsh", "zsh")
    shell = next(iter(arguments), None) or _get_shell_name() or ""
    if shell not in shells:
        raise BoussoleError(
            gettext("There is no completion for the shell “{shell}”.", shell=shell), suggest(shell, shells)
        )
    if not install:
        return _going_on(get_completion_script(prog_name="boussole", complete_var="_BOUSSOLE_COMPLETE", shell=shell))
    _, path = install_for(shell=shell, prog_name="boussole", complete_var="_BOUSSOLE_COMPLETE")
    if shell == "bash":
        path.write_text(_going_on(path.read_text(encoding="utf-8")), encoding="utf-8")
    done = gettext("Completion for {shell} is in “{path}”: open another terminal to have it.", shell=shell, path=path)
    return done.in_(current_language())
