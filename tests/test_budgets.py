"""The sizes that keep the code easy to enter: a module's lines, a function's, the entries of a folder."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = ROOT / "src"
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50
MOST_ENTRIES = 12

LIKE_THINGS = {"boussole/cli/commands"}
"""Folders of one kind of thing, which are found by their name however many they are: a module per command."""

MODULES = sorted(SOURCES.rglob("*.py"))


def sizes() -> Iterator[tuple[str, int, int]]:
    """Yield what has a size: its name from `src`, the size, the budget."""
    for path in MODULES:
        name = path.relative_to(SOURCES).as_posix()
        text = path.read_text("utf-8")
        yield name, len(text.splitlines()), MOST_LINES
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (
                    f"{name}:{node.name}",
                    (node.end_lineno or node.lineno) - node.lineno + 1,
                    MOST_LINES_OF_A_FUNCTION,
                )
    for folder in sorted({path.parent for path in MODULES}):
        name = folder.relative_to(SOURCES).as_posix()
        if name not in LIKE_THINGS:
            yield name, entries(folder), MOST_ENTRIES


def entries(folder: Path) -> int:
    """Return how many entries a folder has to look through.

    Where it holds rooms (the layers of the package, the capabilities of a layer), these are aside: one goes to a room
    by its name, which is the command's own in every layer.
    """
    inside = [one for one in folder.iterdir() if one.name not in {"__init__.py", "__pycache__"}]
    return sum(not (one / "__init__.py").exists() for one in inside)


def test_nothing_is_over_its_budget() -> None:
    """A module has at most 300 lines, a function 50, a folder 12 entries."""
    assert {name: size for name, size, budget in sizes() if size > budget} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_a_module_says_what_it_knows(path: Path) -> None:
    """Its first line is a sentence."""
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said is not None
    assert said.splitlines()[0].endswith((".", ":"))
