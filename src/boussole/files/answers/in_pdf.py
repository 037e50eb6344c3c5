"""The answers attached to a PDF path, what of the document their checksum covers, and the text on its last pages."""

from __future__ import annotations

import hashlib
import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError, need
from boussole.files.answers.checksums import fill_checksum
from boussole.i18n import gettext
from boussole.limits.table import PDF_DRAWN, PDF_PAGES, PDF_TEXT, PDF_WORK, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PageObject, PdfReader

NAME = "boussole-answers.toml"
"""What the attached file is called."""


class Attached(NamedTuple):
    """The answers file attached to a document, and the text that its checksum is of."""

    answers: bytes
    sealed: bytes


def attached(content: bytes, path: Path) -> Attached | None:
    """Return the answers attached to the PDF `content`, which was read from `path`; None where nothing is.

    Raises:
        BoussoleError: when it is no PDF that can be read, or holds more than a path does.

    """
    with _opened(content, path) as document:
        held = document.attachments.get(NAME, [])
        if not held:
            return None
        return Attached(held[-1], held[-1] + _pages(document, path).encode())


def text_in(content: bytes, path: Path) -> str:
    """Return the text on the last pages of the PDF `content`, as many as are read in a moment.

    Raises:
        BoussoleError: as `attached` does.

    """
    with _opened(content, path) as document:
        texts: list[str] = []
        size = 0
        for page in reversed(document.pages):
            size += sum(map(len, _drawn(page)))
            if size > PDF_TEXT:
                break
            texts.insert(0, page.extract_text())
        return "\n".join(texts)


def sealed_over(answers: str, content: bytes) -> str:
    """Return an answers file with its checksum closed over the pages of the PDF `content`.

    What is attached is not on a page: the document made anew, with this file attached, has the same pages.
    """
    with _opened(content, NAME) as document:
        pages = _pages(document, NAME)
    return fill_checksum(f"{answers}{pages}").removesuffix(pages)


@contextmanager
def _opened(content: bytes, where: object) -> Iterator[PdfReader]:
    """Give the document, within the limits that its reader knows, and tell what goes wrong as one error."""
    need("pdf", "PDF", "pypdf")
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd in a document is not the reader's business
    try:
        with apply_configuration(None, **PDF_WORK):
            document = PdfReader(io.BytesIO(content))
            PDF_PAGES.check(len(document.pages), where)
            yield document
    except BoussoleError:
        raise
    except LimitReachedError as error:
        raise PDF_DRAWN.refusal(where) from error
    except Exception as error:  # a broken document breaks its reader in many ways
        raise refused(
            where,
            gettext("the PDF is damaged or locked"),
            gettext("Give the file as boussole wrote it, or its code to share."),
        ) from error


def _pages(document: PdfReader, where: object) -> str:
    """Return what stands on the pages, with where their links lead, in short."""
    digest, size = hashlib.sha256(), 0
    for page in document.pages:
        digest.update(b"\f")
        for part in _drawn(page):
            digest.update(part)
            size += len(part)
            PDF_DRAWN.check(size, where)
    return digest.hexdigest()


def _drawn(page: PageObject) -> Iterator[bytes]:
    contents: Any = page["/Contents"].get_object() if "/Contents" in page else []
    for part in contents if isinstance(contents, list) else [contents]:
        yield part.get_object().get_data()
    for note in page.annotations or ():
        yield str(note.get_object().get("/A", {}).get("/URI", "")).encode(errors="replace")
