"""Opening answers, whatever file holds them: an answers file, or a path exported by boussole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from boussole.errors import DefinitionError
from boussole.files.answers.blocks import in_html, in_markdown, shown_text
from boussole.files.answers.decoding import text_of
from boussole.files.answers.saved import Saved, no_answers, read_answers, tuples
from boussole.files.answers.share_code import from_code, holds_code
from boussole.files.toml.parsing import read_bytes
from boussole.limits.table import ANSWERS_BYTES

if TYPE_CHECKING:
    from pathlib import Path


PDF = b"%PDF-"
"""How a PDF begins."""
ZIP = b"PK\3\4"
"""How a document of Word or LibreOffice begins."""
_HTML = {".html", ".htm", ".xhtml"}
_TEXTS = {*_HTML, ".md", ".markdown", ".txt", ".eml"}
HOLDERS = {*_TEXTS, ".pdf", ".docx", ".odt", ".json"}
"""The endings of files that hold answers in something else, or a code."""
_PAGE = re.compile(r"(?i)^\s*(?:<!doctype html|<html\b|<\?xml)")
_LOOKED_AT = 1000


def load_answers(path: Path) -> Saved:
    """Return the answers in `path`: an answers file, or whatever holds a path or a code that boussole made.

    A path exported as Markdown, HTML, PDF, Word or JSON, as it was or edited; a text in which a code stands.

    Raises:
        DefinitionError: when what it holds is not an answers file; BoussoleError: when it cannot be read.

    """
    content = read_bytes(path, ANSWERS_BYTES)
    suffix = path.suffix.lower()
    if content.startswith(PDF) or suffix == ".pdf":
        return _of_pdf(content, path)
    if suffix in {".docx", ".odt"} or content.startswith(ZIP):
        from boussole.files.answers.in_docx import text_in

        return _of_code(text_in(content, path), path)
    if suffix == ".json":
        return _of_json(content, path)
    if suffix == ".toml":
        return read_answers(content, str(path))
    text = text_of(content, path)
    html = suffix in _HTML or _PAGE.search(text[:_LOOKED_AT]) is not None
    held = in_html(text) if html else in_markdown(text)
    if held is not None:
        try:
            return read_answers(held.encode(errors="replace"), str(path), text)
        except DefinitionError:
            if not holds_code(text):
                raise
    shown = shown_text(text) if html else text
    if suffix in _TEXTS or holds_code(shown):
        return _of_code(shown, path)
    return read_answers(content, str(path))


def holds_answers(text: str) -> bool:
    """Tell whether a path, or a code, stands in a text that is no page."""
    return holds_code(text) or in_markdown(text) is not None


def _of_pdf(content: bytes, path: Path) -> Saved:
    from boussole.files.answers.in_pdf import attached, text_in

    found = attached(content, path)
    if found is None:  # printed again, or saved by a program that keeps nothing attached
        return _of_code(text_in(content, path), path)
    return read_answers(found.answers, str(path), found.sealed.decode(errors="replace"))


def _of_code(text: str, path: Path) -> Saved:
    if not holds_code(text):
        raise no_answers(path)
    return from_code(text)


def _of_json(content: bytes, path: Path) -> Saved:
    """Return the answers in a result exported as JSON; what they hold is checked by their questions."""
    import json

    try:
        found: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise no_answers(path) from None
    document = found if isinstance(found, dict) else {}
    compass, catalogue, answers = (
        part if isinstance(part := document.get(key), dict) else None for key in ("compass", "catalogue", "answers")
    )
    if compass is None or catalogue is None or answers is None or not isinstance(compass.get("id"), str):
        raise no_answers(path)
    told = {
        f"{name}{ending}": definition[key]
        for name, definition in (("compass", compass), ("catalogue", catalogue))
        for ending, key in (("", "id"), ("_version", "version"), ("_digest", "digest"))
        if isinstance(definition.get(key), str)
    }
    return Saved(answers=tuples(answers), **told)
