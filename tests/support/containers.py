"""Small containers, honest and hostile: workbooks, archives and documents made byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{ns}">{head}<sheetData>{data}</sheetData></worksheet>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def archive(entries: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as parts:
        for name, content in entries.items():
            parts.writestr(name, content)
    return made.getvalue()


def lying(packed: bytes, *, size: int) -> bytes:
    """Return a zip file of one entry that declares `size` bytes unpacked, whatever it holds."""
    start = packed.rindex(b"PK\1\2")
    return b"".join([packed[: start + 24], struct.pack("<I", size), packed[start + 28 :]])


def overlapping(entries: int, unpacked: int) -> bytes:
    """Return a zip file whose `entries` all hold the same `unpacked` bytes: few on disk, many in memory."""
    one = archive({"word/document.xml": bytes(unpacked)})
    start = one.index(b"PK\1\2")
    end = one.index(b"PK\5\6")
    directory = b"".join(
        one[start : start + 46] + f"{number:017}".encode() for number in range(entries)
    )  # each name is as long as the first
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, entries, entries, len(directory), start, 0)
    assert len(one[start + 46 : end]) == len("word/document.xml")
    return one[:start] + directory + tail


def workbook(data: str, *, head: str = "", sheet: str | bytes | None = None) -> bytes:
    """Return a workbook of one sheet called S; `data` holds its rows, `head` what stands before, `sheet` all of it."""
    return archive(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet or _SHEET.format(ns=_MAIN, head=head, data=data),
        }
    )


def stray_cell(corner: str = "XFD1048576") -> bytes:
    """Return a workbook with an honest header and row, and one cell far away: a kilobyte."""
    row = corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>profil</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>commune</t></is></c></row>'
        f'<row r="{row}"><c r="{corner}"><v>1</v></c></row>'
    )


class Bad(NamedTuple):
    """A cell of a binary workbook that holds an error, by its number; as the value of a formula too."""

    number: int
    formula: bool = False


Cell = str | float | bool | Bad | None


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of BIFF12."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = bytearray(), len(content)
    while True:
        length.append(size & 0x7F | (0x80 if size >> 7 else 0))
        size >>= 7
        if not size:
            return head + bytes(length) + content


def wide(text: str) -> bytes:
    """Return a text of BIFF12."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_cell(column: int, value: Cell) -> bytes:
    """Return a cell, its column counted from 0; what is empty has a style only."""
    place = struct.pack("<II", column, 0)
    match value:
        case None:
            return record(1, place)
        case bool():
            return record(4, place + bytes([value]))
        case Bad():
            return record(11 if value.formula else 3, place + bytes([value.number]))
        case int() | float():
            return record(5, place + struct.pack("<d", value))
        case _:
            return record(6, place + wide(value))


def binary_row(number: int, *cells: Cell) -> bytes:
    """Return a row, its number counted from 0."""
    return record(0, struct.pack("<I", number) + bytes(13)) + b"".join(
        binary_cell(column, one) for column, one in enumerate(cells)
    )


def binary_sheet(rows: bytes) -> bytes:
    """Return a sheet of a binary workbook that holds `rows`."""
    size = record(0x94, struct.pack("<4I", 0, 1, 0, 1))
    return record(0x81) + size + record(0x91) + rows + record(0x92) + record(0x82)


def binary_workbook(
    sheets: dict[str, bytes], *, states: dict[str, int] | None = None, parts: dict[str, bytes] | None = None
) -> bytes:
    """Return an .xlsb workbook of `sheets`, their rows by their names; `states` of 1 are hidden, `parts` stand beside.

    A sheet whose name begins with Graphe is one of charts.
    """
    folders = {name: "chartsheets" if name.startswith("Graphe") else "worksheets" for name in sheets}
    paths = {name: f"{folders[name]}/sheet{number}.bin" for number, name in enumerate(sheets, 1)}
    said = b"".join(
        record(0x9C, struct.pack("<II", (states or {}).get(name, 0), number) + wide(f"r{number}") + wide(name))
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{folders[name][:-1]}" Target="{paths[name]}"/>'
        for number, name in enumerate(sheets, 1)
    )
    book = record(0x83) + record(0x99, bytes(12)) + record(0x8F) + said + record(0x90) + record(0x9D) + record(0x84)
    return archive(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{relations}</Relationships>",
            **{f"xl/{paths[name]}": binary_sheet(rows) for name, rows in sheets.items()},
            **(parts or {}),
        }
    )


def ods(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet of one sheet called S that holds `rows`."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'{_XML}<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
            "content.xml": f'{_XML}<office:document-content xmlns:office="{office}:office:1.0"'
            f' xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def old_record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of an old workbook (.xls)."""
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(cells: bytes, before: bytes = b"") -> bytes:
    """Return an .xls workbook of one sheet called S that holds the records `cells`; `before` are of the workbook."""
    start, end = old_record(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0)), old_record(0x0A)
    place = len(start) + len(before) + 4 + 9 + len(end)
    said = old_record(0x85, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"S")
    sheet = old_record(0x809, struct.pack("<HHHH", 0x600, 0x10, 0, 0)) + cells + end
    return ole(start + before + said + end + sheet)


def ole(stream: bytes) -> bytes:
    """Return an OLE container of one stream called Workbook, of at most 62 kB."""
    held = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(held) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = (name + "\0").encode("utf-16-le") if name else b""
        tree = struct.pack("<BB3I", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            written.ljust(64, b"\0")
            + struct.pack("<H", len(written))
            + tree
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    none = 0xFFFFFFFF
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, none, 2, len(held))
    return head + table + folder + entry("", 0, none, 0, 0) * 2 + held


def gzip_of(size: int) -> bytes:
    """Return `size` bytes of zeros, packed by gzip without ever being held."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    piece = bytes(1 << 20)
    return b"".join([*(pack.compress(piece) for _ in range(size >> 20)), pack.flush()])


def pdf(streams: list[bytes], parameters: str = "", attachment: bytes | None = b"format = 1\n") -> bytes:
    """Return a PDF with a page for each of `streams`, packed; `parameters` say how they were packed besides."""
    objects = ["<</Type/Catalog/Pages 2 0 R{names}>>"]
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(streams)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>")
    written = [one.encode() for one in objects]
    for number, stream in enumerate(streams):
        packed = zlib.compress(stream, 9)
        written.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents {4 + 2 * number} 0 R>>".encode())
        head = f"<</Length {len(packed)}/Filter/FlateDecode{parameters}>>stream\n"
        written.append(head.encode() + packed + b"\nendstream")
    names = ""
    if attachment is not None:
        place = len(written) + 1
        written.append(
            f"<</Type/EmbeddedFile/Length {len(attachment)}>>stream\n".encode() + attachment + b"\nendstream"
        )
        written.append(f"<</Type/Filespec/F(boussole-answers.toml)/EF<</F {place} 0 R>>>>".encode())
        names = f"/Names<</EmbeddedFiles<</Names[(boussole-answers.toml){place + 1} 0 R]>>>>"
    written[0] = written[0].replace(b"{names}", names.encode())
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(written, start=1):
        places.append(len(made))
        made += f"{number} 0 obj".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(written) + 1}\n0000000000 65535 f \n{table}".encode()
    made += f"trailer<</Size {len(written) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)
