"""The answers attached to a PDF path, and what of the document their checksum covers."""

from __future__ import annotations

import hashlib
import io
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError, need
from boussole.files.answers.checksums import fill_checksum
from boussole.files.answers.saved import no_answers
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PageObject, PdfReader

NAME = "boussole-answers.toml"
"""What the attached file is called."""
_MOST = 1 << 28
"""Bytes drawn on the pages of a document: a few packed ones can hold days of work for whoever unpacks them."""


class Attached(NamedTuple):
    """The answers file attached to a document, and the text that its checksum is of."""

    answers: bytes
    sealed: bytes


def attached(content: bytes, path: Path) -> Attached:
    """Return the answers attached to the PDF `content`, which was read from `path`.

    Raises:
        BoussoleError: when it is no PDF that can be read, or holds no answers.

    """
    need("pdf", "PDF", "pypdf")
    try:
        document = _opened(content)
        held = document.attachments.get(NAME, [])
        pages = _pages(document)
    except Exception as error:  # a broken document breaks its reader in many ways
        raise BoussoleError(
            gettext("“{path}” cannot be read: {reason}.", path=path, reason=gettext("the PDF is damaged or locked")),
            gettext("Give the file as boussole wrote it, or its code to share."),
        ) from error
    if not held:
        raise no_answers(path)
    return Attached(held[-1], held[-1] + pages.encode())


def sealed_over(answers: str, content: bytes) -> str:
    """Return an answers file with its checksum closed over the pages of the PDF `content`.

    What is attached is not on a page: the document made anew, with this file attached, has the same pages.
    """
    need("pdf", "PDF", "pypdf")
    pages = _pages(_opened(content))
    return fill_checksum(f"{answers}{pages}").removesuffix(pages)


def _opened(content: bytes) -> PdfReader:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd in a document is not the reader's business
    return PdfReader(io.BytesIO(content))


def _pages(document: PdfReader) -> str:
    """Return what stands on the pages, with where their links lead, in short; ValueError where it is too much."""
    digest, size = hashlib.sha256(), 0
    for page in document.pages:
        digest.update(b"\f")
        for part in _drawn(page):
            digest.update(part)
            size += len(part)
            if size > _MOST:
                raise ValueError
    return digest.hexdigest()


def _drawn(page: PageObject) -> Iterator[bytes]:
    contents: Any = page["/Contents"].get_object() if "/Contents" in page else []
    for part in contents if isinstance(contents, list) else [contents]:
        yield part.get_object().get_data()
    for note in page.annotations or ():
        yield str(note.get_object().get("/A", {}).get("/URI", "")).encode(errors="replace")
