"""Pages and pictures by typst, with the fonts of the extra alone; a letter without a drawing is said by others."""

from __future__ import annotations

import datetime as dt
from functools import cache, reduce
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from boussole.render.path.missing_glyphs import stand_ins, undrawn
from boussole.render.templating import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typst import Compiler, Fonts

    Standard = Literal["a-3a", "ua-1"]
    Tables = Sequence[Mapping[int, str]]
    """What stands for letters without a drawing, as `str.translate` takes it, to be applied one after the other."""

SANS = "fontpkg_source_sans_3"
FAMILIES = ("Source Sans 3", "Libertinus Serif", "DejaVu Sans Mono")  # typst brings the other two
_STANDARDS: tuple[Standard, ...] = ("a-3a", "ua-1")  # kept for years, with a file attached; read aloud
_TRIES = 3
_DOTS_PER_INCH = 288


class Data(Protocol):
    """What gives all that a template lays out."""

    def __call__(self, tables: Tables) -> str:
        """Return it as JSON, letters replaced by `tables` in what is shown."""


def pdf(template: str, data: Data, day: dt.date) -> bytes:
    """Return the document that a template makes of `data`, dated `day`: by the standards, unless it cannot be."""
    return _typeset(_compiler(), template, data, day)[0]


def png(template: str, data: Data, day: dt.date) -> bytes:
    """Return the one page that a template makes of `data` as a picture."""
    compiler = _compiler()
    _, told = _typeset(compiler, template, data, day)  # only a document by the standards says what has no drawing
    return _page(compiler.compile(_source(template), format="png", ppi=_DOTS_PER_INCH, sys_inputs={"told": told}))


def plain(value: object, tables: Tables = ()) -> object:
    """Return named tuples as tables, whole, with letters replaced."""
    if isinstance(value, str):
        return reduce(str.translate, tables, value)
    if isinstance(value, tuple):
        parts = [plain(one, tables) for one in value]
        fields: Sequence[str] | None = getattr(value, "_fields", None)
        return parts if fields is None else dict(zip(fields, parts, strict=True))
    return value


def _typeset(compiler: Compiler, template: str, data: Data, day: dt.date) -> tuple[bytes, str]:
    """Return a document, and the data in which every letter has a drawing."""
    from typst import TypstError

    tables: list[dict[int, str]] = []
    while True:
        told = data(tables)
        try:
            return _document(compiler, template, told, day, _STANDARDS), told
        except TypstError as error:
            letters = undrawn(error.diagnostic)
        if not letters or len(tables) == _TRIES:
            return _document(compiler, template, told, day, ()), told
        tables.append(stand_ins(letters))


def _document(compiler: Compiler, template: str, told: str, day: dt.date, standards: Sequence[Standard]) -> bytes:
    made = compiler.compile(
        _source(template),
        format="pdf",
        sys_inputs={"told": told},
        pdf_standards=[*standards],
        timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
    )
    return _page(made)


def _page(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):  # only pictures of several pages come as a list
        raise TypeError
    return made


def _source(template: str) -> bytes:
    return (TEMPLATES / template).read_bytes()


def _compiler() -> Compiler:
    from typst import Compiler

    return Compiler(root=TEMPLATES, font_paths=_fonts())


@cache
def _fonts() -> Fonts:
    """Return the fonts of the extra: those of the machine would make another document on each."""
    from typst import Fonts

    spec = find_spec(SANS)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Fonts(include_system_fonts=False, font_paths=[Path(folder) / "files" for folder in folders])
