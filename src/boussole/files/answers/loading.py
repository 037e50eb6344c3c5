"""Opening answers, whatever file holds them: an answers file, or a path exported by boussole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from boussole.files.answers.saved import FENCE, FENCE_END, HTML_ID, Saved, no_answers, read_answers, tuples
from boussole.files.toml.parsing import read_bytes

if TYPE_CHECKING:
    from pathlib import Path


PDF = b"%PDF-"
"""How a PDF begins."""


def load_answers(path: Path) -> Saved:
    """Return the answers in `path`: an answers file, or what boussole exported as Markdown, HTML, PDF, Word or JSON.

    Of a Word document, which is there to be edited, they are those of the code in its text.

    Raises:
        DefinitionError: when what it holds is not an answers file; BoussoleError: when it cannot be read.

    """
    content = read_bytes(path)
    if content.startswith(PDF):
        from boussole.files.answers.in_pdf import attached

        found = attached(content, path)
        return read_answers(found.answers, str(path), found.sealed)
    if path.suffix.lower() == ".docx":
        from boussole.files.answers.in_docx import code_in
        from boussole.files.answers.share_code import from_code

        return from_code(code_in(content, path))
    if path.suffix.lower() == ".json":
        return _of_json(content, path)
    find = _HOLDERS.get(path.suffix.lower())
    held = content if find is None else find(content, path)
    return read_answers(held, str(path), content)


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


def _block(content: bytes, path: Path) -> bytes:
    """Return the answers block of an exported Markdown path, kept on the same lines so that problems point at it."""
    lines = content.split(b"\n")
    marks = [index for index, line in enumerate(lines) if line.strip() == FENCE.encode()]
    if not marks:
        raise no_answers(path)
    start = marks[-1] + 1
    ends = (index for index, line in enumerate(lines[start:], start) if line.strip() == FENCE_END.encode())
    end = next(ends, len(lines))
    return b"\n" * start + b"\n".join(lines[start:end]) + b"\n"


def _element(content: bytes, path: Path) -> bytes:
    """Return the answers that an exported HTML path holds, kept on the same lines so that problems point at them."""
    from html import unescape

    page = content.decode(errors="replace")
    start = max((found.end() for found in re.finditer(_ELEMENT, page)), default=None)
    if start is None:
        raise no_answers(path)
    end = page.find("</pre>", start)
    held = page[start : len(page) if end < 0 else end]
    return ("\n" * page.count("\n", 0, start) + unescape(held)).encode(errors="replace")


_ELEMENT = f"(?i)<pre\\b[^<>]*\\bid=[\"']?{HTML_ID}\\b[^<>]*>"


_HOLDERS = {".md": _block, ".markdown": _block, ".html": _element, ".htm": _element}
