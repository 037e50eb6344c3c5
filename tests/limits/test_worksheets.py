"""How far a sheet reaches is known before it is held, however its XML is written."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pytest

from boussole.errors import BoussoleError
from boussole.limits.table import TEXT_IN_CELLS, TEXTS_IN_WORKBOOK, WORKBOOK_UNPACKED, LimitError
from boussole.limits.worksheets import check_workbook
from support.containers import archive, ods, stray_cell, workbook


def checked(content: bytes) -> None:
    check_workbook(io.BytesIO(content), "a.xlsx")


FILLED = "<v>1</v></c></row>"
LONG = f"<v>{' ' * 300_000}</v></c></row>"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f'<row r="1048576"><c r="XFD1048576">{FILLED}', id="as Excel writes it"),
        pytest.param(f'<row r="1048576"><c r="XFD1048576" s="1/>">{FILLED}', id="an attribute that looks like an end"),
        pytest.param(f"<row r='1048576'><c r='XFD1048576'>{FILLED}", id="single quotes"),
        pytest.param(f'<row r="1048576"><c\n\ts="1"  r = "XFD1048576">{FILLED}', id="other spaces, other order"),
        pytest.param(f'<row r="1048576"><c r="xfd1048576">{FILLED}', id="small letters"),
        pytest.param(f'<row r="1048576"><c r="&#88;FD1048576">{FILLED}', id="a letter written as a number"),
        pytest.param(f'<row r="1048575"/><row>{"<c/>" * 40}<c>{FILLED}', id="places that are not written"),
        pytest.param(f'<row r="1"><c r="A1">{LONG}<row r="9"><c r="XFD1048576">{FILLED}', id="after a long text"),
        pytest.param(f'<row r="1"><c r="A9999999">{FILLED}', id="beyond the last row"),
        pytest.param(f'<row r="1"><c r="XFE1">{FILLED}', id="beyond the last column"),
        pytest.param(f'<row r="1"><c r="AAAAAAAA1">{FILLED}', id="far beyond the last column"),
        pytest.param(f'<row r="1"><c r="ZZ1">{FILLED}<row r="1000000"><c r="A1000000">{FILLED}', id="a far corner"),
        pytest.param(f'<row {"x" * 9000}="1"/><row r="1048576"><c r="XFD1048576">{FILLED}', id="after a huge tag"),
    ],
)  # fmt: skip
def test_a_cell_that_reaches_too_far_is_named(data: str) -> None:
    """However the sheet is written, it is refused in a moment, with the part of the file and the corner."""
    with pytest.raises(LimitError, match=r"a\.xlsx › xl/worksheets/sheet1\.xml › [A-Z]+[0-9]+"):
        checked(workbook(data))


def test_a_sheet_with_a_prefix_or_in_another_encoding_is_seen_through() -> None:
    """Names with a prefix, even of other letters, and UTF-16 hide nothing."""
    text = (
        '<?xml version="1.0"?><é:worksheet xmlns:é="urn:x"><é:sheetData><é:row r="9"><é:c r="XFD1048576"><é:v>1</é:v>'
        "</é:c></é:row></é:sheetData></é:worksheet>"
    )
    for sheet in (text.encode(), text.encode("utf-16"), text.encode("utf-16-le")):
        with pytest.raises(BoussoleError):
            checked(workbook("", sheet=sheet))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('<row r="1048576"><c r="XFD1048576" s="1"/></row>', id="a style only"),
        pytest.param("<row r='1048576'><c r='XFD1048576' s='1'/></row>", id="a style only, written otherwise"),
        pytest.param(f'<row r="999999"><c r="AF999999">{FILLED}', id="a full sheet"),
        pytest.param("", id="nothing"),
    ],
)
def test_honest_sheets_pass(data: str) -> None:
    """Styles over whole columns, which people make every day, are no cells; nor is what a sheet declares."""
    checked(workbook(data, head='<dimension ref="A1:XFD1048576"/>'))


def test_what_polars_writes_passes() -> None:
    """A table with more than 26 columns, written by the library that boussole writes with."""
    made = io.BytesIO()
    pl.DataFrame({f"c{number}": ["é", None, "<c r='XFD1'>"] for number in range(60)}).write_excel(made)
    checked(made.getvalue())


def test_a_sheet_may_hide_under_any_name() -> None:
    """The file itself says which entries are sheets: all are looked at."""
    sheet = "<x><c r='XFD1048576'><v>1</v></c></x>"
    for name in ("picture.png", "content.xml", "a/b"):
        with pytest.raises(LimitError):
            checked(archive({name: sheet}))
    checked(archive({"picture.png": b"\x89PNG<c <c "}))


def test_a_document_type_is_refused() -> None:
    """No office program writes one; it may stand for a thousand million letters."""
    with pytest.raises(BoussoleError, match="abîmé"):
        checked(workbook("", sheet="<!DOCTYPE x [<!ENTITY a \"b\">]><x><c r='A1'/></x>"))


def test_a_stray_cell_is_refused_in_ods() -> None:
    """Cells and rows that say they are repeated count as many as they say, up to the last filled one."""
    far = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    text = '<table:table-cell table:number-columns-repeated="99999999"><text:p>x</text:p></table:table-cell>'
    for rows in (f"{far}<table:table-row>{cell}</table:table-row>", f"<table:table-row>{text}</table:table-row>"):
        with pytest.raises(LimitError, match=r"content\.xml › S ›"):
            checked(ods(rows))


def test_honest_ods_passes() -> None:
    """LibreOffice ends each sheet with a million empty rows of 16384 empty cells."""
    checked(
        ods(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>profil</text:p></table:table-cell>'
            '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell'
            ' table:number-columns-repeated="16384"/></table:table-row>'
        )
    )


def test_the_stray_cell_of_the_record() -> None:
    """A kilobyte that made 17 thousand million cells, and aborted the process."""
    content = stray_cell()
    assert len(content) < 2000
    with pytest.raises(LimitError, match="XFD1048576"):
        checked(content)


@pytest.mark.parametrize("text", ["<si/>", "<x:si><x:t/></x:si>", "<si>\n<t>a</t></si>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_too_many_shared_texts_are_refused(monkeypatch: pytest.MonkeyPatch, text: str, encoding: str) -> None:
    """A reader holds all of them: five megabytes took seven gigabytes."""
    monkeypatch.setattr("boussole.limits.worksheets.TEXTS_IN_WORKBOOK", TEXTS_IN_WORKBOOK._replace(most=3))
    few, many = (
        archive({"xl/sharedStrings.xml": f'<sst xmlns="a" xmlns:x="a">{text * number}</sst>'.encode(encoding)})
        for number in (3, 4)
    )
    checked(few)
    with pytest.raises(LimitError):
        checked(many)


def _shared(texts: str, cells: str, encoding: str = "utf-8") -> bytes:
    """Return a workbook whose cells share texts."""
    sheet = f'<worksheet xmlns="a" xmlns:x="a"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    parts = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": f'<sst xmlns="a" xmlns:x="a">{texts}</sst>'}
    return archive({name: text.encode(encoding) for name, text in parts.items()})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("texts", "cell"),
    [
        pytest.param("<si><t>abcde</t></si><si/>", '<c r="A1" t="s"><v>{}</v></c>', id="as Excel writes it"),
        pytest.param("<x:si><x:t>abcde</x:t></x:si><x:si/>", "<x:c t='s'><x:v>{}</x:v></x:c>", id="with a prefix"),
        pytest.param("<si>\n<r><t>abc</t></r><r><t>de</t></r></si>", '<c t="s"><v>0{}</v></c>', id="in several runs"),
    ],
)
def test_a_text_that_many_cells_share_counts_for_each(
    monkeypatch: pytest.MonkeyPatch, texts: str, cell: str, encoding: str
) -> None:
    """It is written once and held for each: 156 kB took 3.9 GB. A long text that few cells share stops nothing."""
    monkeypatch.setattr("boussole.limits.shared_texts.TEXT_IN_CELLS", TEXT_IN_CELLS._replace(most=20))
    checked(_shared(texts, cell.format(0) * 3 + cell.format(1) * 4 + cell.format(7), encoding))
    with pytest.raises(LimitError, match="ensemble"):
        checked(_shared(texts, cell.format(0) * 5, encoding))


def test_a_text_that_is_repeated_counts_for_each_in_ods(monkeypatch: pytest.MonkeyPatch) -> None:
    """As often as its cell and its row say; what stands between cells does not count."""
    monkeypatch.setattr("boussole.limits.worksheets.TEXT_IN_CELLS", TEXT_IN_CELLS._replace(most=100))
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    cell = '<table:table-cell table:number-columns-repeated="5"><text:p>abcde</text:p></table:table-cell>\n  x\n'
    checked(ods(row.format(4, cell)))
    with pytest.raises(LimitError, match="ensemble"):
        checked(ods(row.format(5, cell)))


def test_looking_for_shared_texts_takes_nothing_from_the_limit_of_what_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A workbook that is nearly as large as may be passes, though it is looked through twice."""
    content = _shared("<si><t>a</t></si>", '<c r="A1" t="s"><v>0</v></c>')
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        size = sum(entry.file_size for entry in parts.infolist())
    for module in ("worksheets", "shared_texts"):
        monkeypatch.setattr(f"boussole.limits.{module}.WORKBOOK_UNPACKED", WORKBOOK_UNPACKED._replace(most=size))
    checked(content)
