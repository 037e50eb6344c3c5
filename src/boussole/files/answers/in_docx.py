"""The code to share that stands in the text of a Word document, by which a path reopens after any editing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.answers.saved import no_answers
from boussole.i18n import gettext

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = "word/document.xml"
_MOST = 1 << 25
"""Bytes of text: a packed file may hold far more than its size says."""
_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"</w:p>")
_CODE = re.compile(r"boussole-\d{1,9}:[\w\s-]+")


def code_in(content: bytes, path: Path) -> str:
    """Return the last code that the document `content`, which was read from `path`, shows.

    Raises:
        BoussoleError: when it is no Word document that can be read, or shows no code.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(_TEXT) as text:
            written = text.read(_MOST).decode(errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BoussoleError(
            gettext("“{path}” cannot be read: {reason}.", path=path, reason=gettext("the Word document is damaged")),
            gettext("Give the file as boussole wrote it, or its code to share."),
        ) from error
    # an editor parts a word anywhere, but never a paragraph from its text
    paragraphs = (_TAG.sub("", part) for part in _END.split(written))
    found: list[str] = [code for one in paragraphs for code in _CODE.findall(one)]
    if not found:
        raise no_answers(path)
    return found[-1]
