"""Print the versions here of all that boussole, its extras and its developers use: names and numbers, no address."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_HEAD = f"""\
# Versions that all of .ci/run passed with, on Linux with Python {sys.version_info.major}.{sys.version_info.minor}.
# .ci/run installs these; boussole itself asks for floors (pyproject.toml). `just constraints` writes them again.
"""


def declared() -> list[Requirement]:
    """Return what pyproject.toml asks for, extras included, but boussole itself."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return [one for line in lines if (one := Requirement(line)).name != project["name"]]


def add_used(one: Requirement, found: dict[str, set[str]]) -> None:
    """Add to `found` what a requirement takes here, itself included: the extras taken of it, by name."""
    name = canonicalize_name(one.name)
    known = found.get(name)
    if known is not None and one.extras <= known:
        return
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return  # not for this system, or not installed here
    extras = found.setdefault(name, set())
    extras |= one.extras
    for below in map(Requirement, lines):
        if below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            add_used(below, found)


if __name__ == "__main__":
    used: dict[str, set[str]] = {}
    for requirement in declared():
        add_used(requirement, used)
    sys.stdout.write(_HEAD + "".join(f"{name}=={version(name)}\n" for name in sorted(used)))
