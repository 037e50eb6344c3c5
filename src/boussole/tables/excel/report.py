"""A report out as an Excel workbook of several sheets: headers fixed, widths, links, nothing reckoned."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Protocol

import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.escape import NOT_IN_XML, plain_text, web_address
from boussole.tables.excel.writing import LONG_AGO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NARROWEST, _WIDEST = 8, 60
_LONGEST_NAME = 31
_NOT_IN_NAME = r"[\[\]:*?/\\]"


class ReportSheet(Protocol):
    """What a sheet is made of: see `render.group.sheets`."""

    @property
    def name(self) -> str: ...  # noqa: D102 - as said above

    @property
    def columns(self) -> Sequence[str]: ...  # noqa: D102 - likewise

    @property
    def rows(self) -> Sequence[Sequence[str | int | None]]: ...  # noqa: D102 - likewise


def to_workbook(sheets: Iterable[ReportSheet]) -> bytes:
    """Return the workbook; the same sheets give the same bytes."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": LONG_AGO})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format()
    for given in sheets:
        sheet = book.add_worksheet(re.sub(_NOT_IN_NAME, " ", given.name)[:_LONGEST_NAME])
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(given.columns):
            texts = [name, *(str(row[place]) for row in given.rows if row[place] is not None)]
            sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in texts))))
            _write_text(sheet, (0, place), _text(name), plain, bold)
        for number, row in enumerate(given.rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value is not None and (address := web_address(value)) is not None:
                    sheet.write_url(number, place, address, string=_text(value))
                elif value is not None:
                    _write_text(sheet, (number, place), _text(value), plain)
    book.close()
    return made.getvalue()


def _write_text(sheet: Any, place: tuple[int, int], text: str, plain: Any, *form: Any) -> None:  # noqa: ANN401 - no types
    """Write a text; one that looks like XlsxWriter's rich text, in two parts: it would not be escaped."""
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(*place, text[:1], plain, text[1:], *form)
    else:
        sheet.write_string(*place, text, *form)


def _text(text: str) -> str:
    return re.sub(NOT_IN_XML, "", plain_text(text))
