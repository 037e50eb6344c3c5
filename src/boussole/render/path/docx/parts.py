"""What a DOCX is made of and python-docx does not write by itself: styles, links, fields; a document without a past."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table
    from docx.text.paragraph import Paragraph

CAPTION, SMALL, CODE = "Boussole Caption", "Boussole Small", "Boussole Code"
CELL, TABLE = "Boussole Cell", "Boussole Table"
"""Styles of our own: under a title, reasons, the code to share, in a table, tables."""
_FONT, _MONO = "Calibri", "Consolas"
_INK, _SOFT, _LINK = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x4A, 0x5A, 0x68), RGBColor(0x1D, 0x5B, 0x86)
_LOCALES = {"fr": "fr-FR", "en": "en-GB"}
_PAST = ("/extended-properties", "/thumbnail", "/stylesWithEffects", "/customXml")
"""Ends of the relationships to what the empty document brings of its own past."""
_LINE, _HEAD = "B9C4CD", "EEF2F5"
_RULE = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="12" w:space="4" w:color="17212B"/></w:pBdr>'
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
_TABLE_STYLE = f"""\
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BoussoleTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_LINE}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{_HEAD}"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>"""


def blank(language: str) -> Document:
    """Return an empty A4 document in our styles, whose texts are in `language`."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for part in (document.part.package, document.part):
        for id_ in [id_ for id_, one in part.rels.items() if one.reltype.endswith(_PAST)]:
            del part.rels[id_]
    _restyle(document)
    _speak(document, _LOCALES.get(language, language))
    return document


def _restyle(document: Document) -> None:
    styles = document.styles
    for style in [one for one in styles if one.type == WD_STYLE_TYPE.TABLE and one.name != "Normal Table"]:
        style.delete()  # a hundred tables that nobody asked for
    styles.element.append(parse_xml(_TABLE_STYLE))
    for name, size, before, after in (
        ("Normal", 10.5, 0, 4),
        ("Title", 22, 0, 2),
        ("Heading 1", 14.5, 18, 6),
        ("Heading 2", 12.5, 12, 4),
        ("Heading 3", 11, 9, 1),
    ):
        _shape(styles[name], size, before, after)
    styles["Heading 1"].element.get_or_add_pPr().insert_element_before(parse_xml(_RULE), *_AFTER_BORDERS)
    for name, size in ((CAPTION, 10), (SMALL, 9), (CODE, 8)):
        made: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.font.size, made.font.color.rgb = styles["Normal"], Pt(size), _SOFT
        made.paragraph_format.keep_with_next = name == CAPTION
        made.paragraph_format.keep_together = True
    styles[CODE].font.name = _MONO
    cell: Any = styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.paragraph_format.space_after = styles["Normal"], Pt(1)
    cell.paragraph_format.space_before = Pt(1)
    link: Any = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _LINK, True


def _shape(style: Any, size: float, before: float, after: float) -> None:  # noqa: ANN401 - python-docx says BaseStyle
    for borders in style.element.xpath("w:pPr/w:pBdr"):
        borders.getparent().remove(borders)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):  # those of the theme would win
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), _FONT)
    style.font.size, style.font.color.rgb = Pt(size), _INK
    if style.name != "Normal":  # a bold that it refuses, no table could give its headings
        style.font.bold = True
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.08


def _speak(document: Document, locale: str) -> None:
    """Say the language of the texts where word processors look for it."""
    for lang in document.styles.element.xpath("w:docDefaults//w:lang"):
        lang.set(qn("w:val"), locale)
    for lang in document.settings.element.xpath("w:themeFontLang"):
        lang.set(qn("w:val"), locale)


def add_link(paragraph: Paragraph, text: str, url: str) -> None:
    """Add a link at the end of a paragraph."""
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(_xml(run))
    _xml(paragraph).append(link)


def add_symbol(paragraph: Paragraph, symbol: str, colour: str) -> None:
    """Add a character in a colour (`#rrggbb`), and a space after it."""
    run = paragraph.add_run(f"{symbol}\N{NO-BREAK SPACE}")
    run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def add_footer(document: Document, title: str) -> None:
    """Put the title and “page / pages” at the foot of each page."""
    section = document.sections[0]
    paragraph = section.footer.paragraphs[0]
    paragraph.style = document.styles[SMALL]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(17.4), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{title}\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, name: str) -> None:
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(_xml(paragraph.add_run("1")))
    _xml(paragraph).append(field)


def set_heading_row(table: Table, *, there: bool) -> None:
    """Say whether the first row holds headings: then they stand on each page where the table goes on."""
    parts = _xml(table)
    for look in parts.xpath("w:tblPr/w:tblLook"):
        for name in list(look.attrib):
            del look.attrib[name]
        look.set(qn("w:val"), "0020" if there else "0000")
        look.set(qn("w:firstRow"), "1" if there else "0")
    if there:
        parts.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_row(table: Table) -> list[Paragraph]:
    """Add a row to a table; return the paragraph of each of its cells."""
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    _xml(row).get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return in_cells(row)


def in_cells(row: Any) -> list[Paragraph]:  # noqa: ANN401 - a row, where python-docx says so
    """Return the paragraph of each cell of a row."""
    paragraphs = [cell.paragraphs[0] for cell in row.cells]
    for paragraph in paragraphs:
        paragraph.style = CELL
    return paragraphs


def add_picture(paragraph: Paragraph, png: bytes, width: Length, text: str) -> None:
    """Add a picture, `width` wide, that `text` says in words to those who do not see it."""
    run = paragraph.add_run()
    run.add_picture(BytesIO(png), width)
    for properties in _xml(run).xpath(".//wp:docPr"):
        properties.set("descr", text)


def _xml(part: Any) -> Any:  # noqa: ANN401 - any part of a document; python-docx does not say its type
    """Return the XML of a part, for what python-docx does not write: links, fields, how rows break, descriptions."""
    return part._element  # noqa: SLF001 - likewise
