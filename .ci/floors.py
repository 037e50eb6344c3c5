"""Print the lowest version of each library that pyproject.toml allows, as constraints to install and test with."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

_FLOOR = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?>=([^,;\s]+)")


def floors() -> dict[str, str]:
    """Return the floor by name, of what people install; the tools of developers have theirs for the record."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for name in extras if name != "dev" for line in extras[name])]
    return {found[1]: found[2] for line in lines if (found := _FLOOR.match(line))}


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name}=={floor}\n" for name, floor in floors().items()))
