"""Paths to lay out as documents, and what texts look like once they were drawn."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.files.answers.saved import answers_block, checksummed_file, save
from boussole.files.answers.share_code import to_code
from boussole.render.path.model import PathMetadata
from support.samples import MOMENT, TODAY, catalogue, compass

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_SHOWN = {
    *(
        "id",
        "url",
        "source",
        "letter",
        "rose",
        "language",
        "code",
        "answers_block",
        "answers_file",
        "reopen",
        "reopen_file",
    ),
    *("headings", "labels", "why_line", "score_text"),  # each stands where there is what it names, or is said otherwise
}


def keepsake(answers: dict[str, object], name: str | None = None) -> PathMetadata:
    """Return what a path of these answers says besides the result."""
    saved = save(compass(), catalogue(), accepted(compass(), Answers.given(answers)), saved=MOMENT, name=name)
    return PathMetadata(TODAY, answers_block(saved), name, answers_file=checksummed_file(saved), code=to_code(saved))


def shown_texts(content: object, field: str = "") -> Iterator[str]:
    """Yield the texts of a content, as far as every form shows them."""
    if isinstance(content, tuple):
        names = getattr(content, "_fields", [field] * len(content))
        for name, part in zip(names, content, strict=True):
            if name not in _NOT_SHOWN:
                yield from shown_texts(part, name)
    elif isinstance(content, str):
        yield content


def letters(text: str) -> str:
    """Return a text without spaces, marks and what joins letters: what any reader of a document finds again."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LNPS")


def left_to_right(text: str) -> bool:
    """Tell whether a text is written in the order in which it is drawn."""
    return not any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)
