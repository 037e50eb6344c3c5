"""Templates of pages and pictures, which escape all they are given; nothing in them is marked as safe.

Those of TOML do not: ids and comments alone are put into them, made so that they cannot break out.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the environment that all templates share."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=("toml",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # a template is filled once: making it faster costs more than it saves
    )


def style_digest(style: str) -> str:
    """Return what a Content-Security-Policy calls this style, and no other."""
    return f"sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
