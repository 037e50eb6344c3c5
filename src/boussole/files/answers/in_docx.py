"""The text of a Word document, in which its code to share stands after any editing."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from boussole.i18n import gettext
from boussole.limits.archives import Archive
from boussole.limits.table import DOCUMENT_UNPACKED, refused

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = ("word/document.xml", "content.xml")
"""Where Word keeps the text, and where LibreOffice does."""
_DELETED = re.compile(r"<w:delText\b[^<>]*>[^<>]*")
_HYPHEN = re.compile(r"<w:noBreakHyphen\b[^<>]*>")
_BREAK = re.compile(r"</(?:w:p|text:p)>|<(?:w:br|w:tab|text:line-break|text:s)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


def text_in(content: bytes, path: Path) -> str:
    """Return the text of the document `content`, which was read from `path`, a paragraph a line.

    What was deleted while changes were tracked is no part of it.

    Raises:
        BoussoleError: when it is no document that can be read, or holds more than a document does.

    """
    archive = Archive(io.BytesIO(content), path, DOCUMENT_UNPACKED)
    name = next((name for name in _TEXTS if name in archive.names), None)
    if name is None:
        raise refused(path, gettext("it is no document with a text"))
    written = b"".join(archive.pieces(name)).decode(errors="replace")
    # an editor parts a word anywhere, but never a paragraph from its text
    text = _HYPHEN.sub("-", _DELETED.sub("", written))
    return _TAG.sub("", _BREAK.sub("\n", text))
