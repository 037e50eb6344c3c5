"""Every name of the code that the glossary gives is in the code, and every module that the guides name is a file."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import isclass
from typing import TYPE_CHECKING

import pytest

from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    line.split(" | ")[-1].rstrip(" |\n")
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and " | " in line
]
NAMES = sorted({name for row in ROWS for name in re.findall(r"`([\w.]+)`", row)} - {"boussole"})
GUIDES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "architecture.md",
    ROOT / "docs" / "identity.md",
    ROOT / "SECURITY.md",
]
"""What describes today's code. Decisions tell what was so when they were taken."""


def classes() -> dict[str, list[type]]:
    """Return the classes of the code by name."""
    found: dict[str, list[type]] = {}
    for path in (ROOT / "src").rglob("*.py"):
        if path.name == "__main__.py":
            continue
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        module = import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        for one in vars(module).values():
            if isclass(one) and one.__module__ == module.__name__:
                found.setdefault(one.__name__, []).append(one)
    return found


def test_every_name_of_the_glossary_exists() -> None:
    """A dotted name is a module, or a thing of one; `Medoc.kind` a member of a class; one word a class, or a facet."""
    known = classes()
    members = {name for ones in known.values() for one in ones for name in (*dir(one), *_hinted(one))}
    catalogue = (ROOT / "medoc.toml").read_text("utf-8")
    assert NAMES
    for name in NAMES:
        first, *rest = name.split(".")
        if name[0].isupper():
            assert first in known, name
            assert not rest or any(rest[0] in {*dir(one), *_hinted(one)} for one in known[first]), name
        elif rest:
            assert _resolves(f"boussole.{name}"), name
        else:  # a member named after its class, or the id of a facet
            assert name in members or f'id = "{name}"' in catalogue, name


def _hinted(one: type) -> set[str]:
    return set(getattr(one, "__annotations__", ()))


def _resolves(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        import_module(name)
    except ModuleNotFoundError:
        try:
            return hasattr(import_module(module), attribute)
        except ModuleNotFoundError:
            return False
    return True


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_files_that_guides_name_exist(guide: Path) -> None:
    """A path in code type is there: from the root, from src/boussole, or a module in one of its folders."""
    text = re.sub(r"```.*?```", "", guide.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(r"`([\w./-]+(?:/|\.py|\.md|\.toml|\.txt))`", text)
    assert named
    for name in set(named) - _EXAMPLES:
        tail = name.rstrip("/")
        assert (ROOT / name).exists() or [*ROOT.glob(f"src/boussole/**/{tail}"), *ROOT.glob(f"tests/**/{tail}")], name


_EXAMPLES = {"cli/commands/foo.py", "core/foo/", "render/foo/", "vectorized/foo/"}
"""What a guide says one would add."""


def test_contributing_names_every_folder() -> None:
    """The table of folders has a row for each that stands in src/boussole."""
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("| folder |")[2].partition("\n\n")[0]
    folders = [one.name for one in (ROOT / "src" / "boussole").iterdir() if (one / "__init__.py").exists()]
    modules = [one.name for one in (ROOT / "src" / "boussole").glob("*.py") if not one.name.startswith("__")]
    assert [name for name in folders if f"`{name}/`" not in table] == []
    assert [name for name in modules if f"`{name}`" not in table] == []
