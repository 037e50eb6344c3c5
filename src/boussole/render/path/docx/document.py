"""A personal path as a DOCX, for those who must edit it: real headings, lists, links and tables."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from boussole.errors import need
from boussole.render.path.content import path_content
from boussole.render.path.typesetting import SANS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.render.path.model import PathMetadata

_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows


def to_docx(
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
) -> bytes:
    """Return the whole document: the same content gives the same bytes.

    Raises:
        BoussoleError: when what it takes is not installed.

    """
    need("docx", "DOCX", "docx", "typst", SANS)
    from boussole.render.path.docx.writer import written

    path = path_content(ranking, language, metadata, shown=shown, left_out=left_out)
    made = io.BytesIO()
    written(path, metadata.today).save(made)
    return _undated(made.getvalue())


def _undated(packed: bytes) -> bytes:
    """Return a zip file with the same parts, that does not say when they were packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as parts, zipfile.ZipFile(made, "w") as undated:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _NO_DAY)
            part.external_attr = 0o600 << 16
            undated.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
