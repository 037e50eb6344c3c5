"""Whether a path was edited since boussole wrote it: a line of checksums in the answers it holds.

    # checksum answers=0123456789abcdef file=0123456789abcdef

It is a comment of TOML, so that whatever reads answers files reads these. The first sum is of what the answers mean,
the second of the whole text of the file, line ends aside. It finds mistakes; it is no signature.
"""

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from boussole.files.toml.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = 16
_OPEN = "0" * _LENGTH
_SEAL = re.compile(r"^(# checksum answers=)([0-9a-f]{16})( file=)([0-9a-f]{16})[ \t\r]*$", re.MULTILINE)
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Edited(StrEnum):
    """What was edited since boussole wrote a file: nothing (that it can see), something, or the answers themselves."""

    NOTHING = "nothing"
    SOMETHING = "something"
    ANSWERS = "answers"


def add_checksum(toml: str) -> str:
    """Return an answers file with its line of checksums on top, open: the sum of the whole text is still to come."""
    return f"# checksum answers={_answers_sum(parse(toml.encode(), ''))} file={_OPEN}\n{toml}"


def fill_checksum(text: str) -> str:
    """Return a text that holds a sealed answers file, with the sum of the whole in it."""
    found = _last(text)
    if found is None:
        return text
    return f"{text[: found.start(4)]}{_text_sum(text)}{text[found.end(4) :]}"


def edited(text: str, answers: str, document: Mapping[str, Any]) -> Edited:
    """Return what was edited in `text`, which holds the answers file `answers`, which says `document`."""
    found = _last(answers)
    if found is None:
        return Edited.NOTHING
    if found[2] != _answers_sum(document):
        return Edited.ANSWERS
    return Edited.NOTHING if found[4] in {_OPEN, _text_sum(text)} else Edited.SOMETHING


def _last(text: str) -> re.Match[str] | None:
    found = None
    for found in _SEAL.finditer(text):  # noqa: B007 - the last one is meant
        pass
    return found


def _answers_sum(document: Mapping[str, Any]) -> str:
    meaning = json.dumps(document, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(meaning.encode()).hexdigest()[:_LENGTH]


def _text_sum(text: str) -> str:
    """Return the sum of a text as if its own seal were open; how lines and files end does not count."""
    lines = text.removeprefix(_BOM).replace("\r\n", "\n").rstrip()
    found = _last(lines)
    opened = lines if found is None else f"{lines[: found.start(4)]}{_OPEN}{lines[found.end(4) :]}"
    return hashlib.sha256(opened.encode(errors="replace")).hexdigest()[:_LENGTH]
