"""The rose as shapes that a word processor can edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml

from boussole.render.path.rose_svg import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.text.paragraph import Paragraph

    from boussole.render.path.rose_svg import Label, Petal, Place, RoseDrawing

_UNIT = 7600
"""English Metric Units (360,000 to a centimetre) for one unit of the drawing: 400 of them make 8.4 cm."""
_INK, _SOFT, _LINE, _LIGHT, _WHITE = "17212B", "4A5A68", "B9C4CD", "8FBCD9", "FFFFFF"
_THIN, _FIRM = 6350, 10160
_LETTERS = 17
"""Half points of a letter of the labels, which is 15 high in the drawing."""
_TIP = 5
_MIDDLE_ROOM = 280
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def rose_drawing(paragraph: Paragraph, drawing: RoseDrawing, told: str) -> None:
    """Add the rose to a paragraph; `told` says it to those who do not see it.

    What is written into XML here are numbers and words of ours; texts of others are put in as text, afterwards.
    """
    wide, high = _far(drawing.width), _far(drawing.height)
    shapes = list(_shapes(drawing))
    numbered = "".join(shape.replace("ID", str(number), 1) for number, shape in enumerate(shapes, start=1001))
    run: Any = parse_xml(
        f'<w:r {_SPACES}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="1000" name="rose"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/><a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/>'
        f"</a:xfrm></wpg:grpSpPr>{numbered}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"</mc:AlternateContent></w:r>"
    )
    spaces = {"wp": run.nsmap["wp"], "w": run.nsmap["w"]}
    run.find(".//wp:docPr", spaces).set("descr", told)
    lines = (line for label in drawing.labels for line in label.lines)
    for place, line in zip(run.iterfind(".//w:t", spaces), lines, strict=True):
        place.text = line
    paragraph._p.append(run)  # noqa: SLF001 - python-docx draws no shapes


def _far(units: float) -> int:
    return round(units * _UNIT)


def _shapes(drawing: RoseDrawing) -> Iterator[str]:
    for radius in drawing.rings:
        yield _disc(drawing, 0, 0, radius, "", _LINE, _THIN)
    for petal in drawing.petals:
        yield from _petal(drawing, petal)
    for label in drawing.labels:
        yield _label(drawing, label)


def _petal(drawing: RoseDrawing, petal: Petal) -> Iterator[str]:
    yield _kite(drawing, petal.outline, "", _SOFT)
    if petal.reached:
        yield _kite(drawing, petal.dark, _INK, _INK)
        yield _kite(drawing, petal.light, _LIGHT, _INK)
    fill, line = (_INK, _INK) if petal.reached else (_WHITE, _SOFT)
    yield _disc(drawing, petal.mark.x, petal.mark.y, _TIP, fill, line, _FIRM)


def _disc(  # noqa: PLR0913, PLR0917 - a disc is where it is, how large, and two colours
    drawing: RoseDrawing, x: float, y: float, radius: float, fill: str, line: str, thick: int
) -> str:
    box = (x - radius - drawing.left, y - radius - drawing.top, 2 * radius, 2 * radius)
    return _shape(box, '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', _paint(fill, line, thick))


def _kite(drawing: RoseDrawing, points: Sequence[Place], fill: str, line: str) -> str:
    left, top = min(point.x for point in points), min(point.y for point in points)
    wide, high = max(point.x for point in points) - left, max(point.y for point in points) - top
    places = [f'<a:pt x="{_far(point.x - left)}" y="{_far(point.y - top)}"/>' for point in points]
    lines = "".join(f"<a:lnTo>{place}</a:lnTo>" for place in places[1:])
    geometry = (
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{_far(wide)}" h="{_far(high)}"><a:moveTo>{places[0]}</a:moveTo>{lines}<a:close/></a:path>'
        f"</a:pathLst></a:custGeom>"
    )
    return _shape((left - drawing.left, top - drawing.top, wide, high), geometry, _paint(fill, line, _THIN))


def _label(drawing: RoseDrawing, label: Label) -> str:
    """Return a box for the name of a direction; the words come later."""
    x, high = label.at.x - drawing.left, LINE * len(label.lines)
    box, side = {
        "start": ((x, drawing.width - x), "left"),
        "end": ((0.0, x), "right"),
        "middle": ((x - _MIDDLE_ROOM / 2, float(_MIDDLE_ROOM)), "center"),
    }[label.anchor]
    bold = "<w:b/>" if label.strong else '<w:b w:val="0"/>'
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{round(LINE * _UNIT / 635)}" w:lineRule="exact"/>'
    line = (
        f'<w:p><w:pPr>{spacing}<w:jc w:val="{side}"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{_LETTERS}"/>'
        f'</w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
    )
    top = label.at.y - drawing.top - LINE * 0.75
    body = (
        f"<wps:txbx><w:txbxContent>{line * len(label.lines)}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/>'
    )
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape((box[0], top, box[1], high), geometry, "<a:noFill/><a:ln><a:noFill/></a:ln>", body)


def _paint(fill: str, line: str, thick: int) -> str:
    inside = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return f'{inside}<a:ln w="{thick}"><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:ln>'


def _shape(box: Iterable[float], geometry: str, paint: str, body: str = "<wps:bodyPr/>") -> str:
    x, y, wide, high = (_far(value) for value in box)
    return (
        f'<wps:wsp><wps:cNvPr id="ID" name="shape"/><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm>{geometry}{paint}</wps:spPr>{body}</wps:wsp>'
    )
