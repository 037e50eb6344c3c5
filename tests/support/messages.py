"""What the program says on its error stream, for the tests that expect it whole."""

from __future__ import annotations

from pathlib import Path


def written(*names: str) -> str:
    """Give the lines that tell which files of the current folder were written, each by its whole path."""
    return "".join(f"Written: {Path.cwd() / name}\n" for name in names)
