"""What the shell completes, from the definitions in reach."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def completed(folder: Path, line: str) -> list[str]:
    """Return what bash is offered at the end of `line`."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - (not line.endswith(" "))),
        "_BOUSSOLE_COMPLETE": "complete_bash",
    }
    run = subprocess.run(
        [sys.executable, "-m", "boussole"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    return run.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("boussole rec", ["recommend"]),
        ("boussole ask agir", ["agir-ensemble"]),
        ("boussole recommend agir-ensemble --str", ["--strict"]),
        ("boussole why agir-ensemble guide-sa", ["guide-sage"]),
        ("boussole medoc guide-sa", ["guide-sage"]),
        ("boussole recommend agir-ensemble --set doma", ["domain="]),
        ("boussole recommend agir-ensemble --set domain = ea", ["eau"]),
        ("boussole recommend agir-ensemble --set accord = ye", ["yes"]),
    ],
)
def test_what_is_offered(tmp_path: Path, line: str, offered: list[str]) -> None:
    """Commands, compasses, options, MEDOC, what `--set` takes: bash parts it at `=`."""
    assert completed(tmp_path, line) == offered


def test_a_broken_definition_offers_nothing(tmp_path: Path) -> None:
    """And says nothing on the command line that is being typed."""
    (tmp_path / "medoc.toml").write_bytes(b"\xff\x00 id = ")
    assert completed(tmp_path, "boussole medoc guide-sa") == []
