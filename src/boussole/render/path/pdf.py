"""A personal path as a PDF: tagged, with bookmarks and links, and with its answers attached to reopen it."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache, reduce
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from boussole.errors import need
from boussole.render.path.content import path_content
from boussole.render.path.missing_glyphs import stand_ins, undrawn
from boussole.render.path.rose_svg import LINE, draw_rose
from boussole.render.qr import qr_code, svg
from boussole.render.theme import KIND_COLOURS, SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from typst import Compiler, Fonts

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.render.path.model import PathContent, PathMetadata

    Standard = Literal["a-3a", "ua-1"]

_TEMPLATES = Path(__file__).parents[1] / "templates"
_SANS = "fontpkg_source_sans_3"
_FAMILIES = ("Source Sans 3", "Libertinus Serif", "DejaVu Sans Mono")  # typst brings the other two
_STANDARDS: tuple[Standard, ...] = ("a-3a", "ua-1")  # kept for years, with a file attached; read aloud
_TRIES = 3


def to_pdf(
    ranking: Ranking,
    language: str,
    keepsake: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    seal: Callable[[str, bytes], str] | None = None,
) -> bytes:
    """Return the whole document: the same content gives the same bytes.

    `seal` closes the answers file over a document: it is given the file, and the document that holds it open.

    Raises:
        BoussoleError: when what it takes is not installed.

    """
    need("pdf", "PDF", "typst", _SANS)
    path = path_content(ranking, language, keepsake, shown=shown, left_out=left_out)
    document = _document(path, keepsake.today)
    if seal is None:
        return document
    return _document(path._replace(answers_file=seal(path.answers_file, document)), keepsake.today)


def _document(path: PathContent, day: dt.date) -> bytes:
    """Return the document by the standards; a letter that no font draws is said by others."""
    from typst import Compiler, TypstError

    compiler = Compiler(root=_TEMPLATES, font_paths=_fonts())
    tables: list[dict[int, str]] = []
    while True:
        told = _told(path, day, tables)
        try:
            return _compiled(compiler, told, day, _STANDARDS)
        except TypstError as error:
            letters = undrawn(error.diagnostic)
        if not letters or len(tables) == _TRIES:
            return _compiled(compiler, told, day, ())
        tables.append(stand_ins(letters))


def _compiled(compiler: Compiler, told: str, day: dt.date, standards: Sequence[Standard]) -> bytes:
    made = compiler.compile(
        (_TEMPLATES / "path.typ").read_bytes(),
        format="pdf",
        sys_inputs={"told": told},
        pdf_standards=[*standards],
        timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
    )
    if not isinstance(made, bytes):  # only pictures come as several
        raise TypeError
    return made


@cache
def _fonts() -> Fonts:
    """Return the fonts of the extra: those of the machine would make another document on each."""
    from typst import Fonts

    spec = find_spec(_SANS)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Fonts(include_system_fonts=False, font_paths=[Path(folder) / "files" for folder in folders])


def _told(path: PathContent, day: dt.date, tables: Sequence[Mapping[int, str]]) -> str:
    """Return all that the template lays out, as JSON; each table replaces letters in what is shown."""
    drawing = None if path.rose is None else draw_rose(path.rose)
    shown = {"path": path._replace(answers_block="", answers_file=""), "rose": drawing}
    told = {
        **{name: _plain(part, tables) for name, part in shown.items()},
        "answers": path.answers_file,
        "day": [day.year, day.month, day.day],
        "shapes": _plain(SHAPES, ()),
        "colours": [colours.light for colours in KIND_COLOURS],
        "fonts": _FAMILIES,
        "rose-line": LINE,
        "qr": _qr(path.code),
    }
    return json.dumps(told)


def _plain(value: object, tables: Sequence[Mapping[int, str]]) -> object:
    """Return named tuples as tables, whole, with letters replaced."""
    if isinstance(value, str):
        return reduce(str.translate, tables, value)
    if isinstance(value, tuple):
        parts = [_plain(one, tables) for one in value]
        fields: Sequence[str] | None = getattr(value, "_fields", None)
        return parts if fields is None else dict(zip(fields, parts, strict=True))
    return value


def _qr(code: str) -> str | None:
    """Return the code to share as a picture; nothing but numbers goes into it."""
    made = qr_code(code)
    return None if made is None else svg(made)
