"""Golden files: what a render gives, kept beside the tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Return the comparison of a text with a golden file.

    `BOUSSOLE_GOLDEN=write pytest tests/render` writes the files anew: read their difference before keeping it.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("BOUSSOLE_GOLDEN") == "write":
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return compare
