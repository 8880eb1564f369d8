"""Pieces of WordprocessingML as text: a table built so takes a tenth of the time that one takes cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_MINUS = re.compile(r"(?<![\w)])-(?=\d)")
_EMU = 36000  # a millimetre
_SIDES = {"l": "left", "r": "right", "c": "center", "j": "both"}


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def root(content: str) -> str:
    """A body that can be parsed alone."""
    return f"<w:body {_NAMESPACES}>{content}</w:body>"


def run(text: str, **look) -> str:
    """Text that looks as its paragraph does but for what is said here (``_look``)."""
    return f"<w:r>{_look(**look)}{_letters(text)}</w:r>"


def _look(*, bold: bool = False, italic: bool = False, size: float = 0, color: str = "", caps: bool = False) -> str:
    """A run's properties; ``size`` in points, ``color`` in six hexadecimal digits."""
    half_points = round(size * 2)
    wanted = (
        ("<w:b/>", bold),
        ("<w:i/>", italic),
        ("<w:caps/>", caps),
        (f'<w:color w:val="{color}"/>', color),
        (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>', half_points),
    )
    properties = "".join(said for said, given in wanted if given)
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def _letters(text: str) -> str:
    """Text whose minus signs are not parted from their numbers at the end of a line."""
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in _MINUS.split(text))
    return "<w:noBreakHyphen/>".join(pieces)


def field(instruction: str, shown: str, **look) -> str:
    """A field that Word can bring up to date, with what it shows until then."""
    properties = _look(**look)
    begin, separate, end = (
        f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return f"{begin}{code}{separate}{run(shown, **look)}{end}"


def paragraph(
    content: str, style: str = "", *, align: str = "", keep: bool = False, new_page: bool = False,
    before: float | None = None, after: float | None = None, extra: str = "",
) -> str:  # fmt: skip
    """``before`` and ``after`` in points; ``extra`` ends the paragraph's properties."""
    spacing = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("before", before), ("after", after))
        if points is not None
    )
    properties = "".join(
        said
        for said, wanted in (
            (f'<w:pStyle w:val="{style}"/>', style),
            ("<w:keepNext/>", keep),
            ("<w:pageBreakBefore/>", new_page),
            (f"<w:spacing{spacing}/>", spacing),
            (f'<w:jc w:val="{_SIDES.get(align, "")}"/>', align),
            (extra, extra),
        )
        if wanted
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def cell(content: str, width: float, *, span: int = 1, fill: str = "", high: bool = False) -> str:
    """A table's cell of paragraphs, ``width`` in millimetres; ``high``: they stand at its upper edge."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + ("" if high else '<w:vAlign w:val="center"/>')
        + f"</w:tcPr>{content}</w:tc>"
    )


def row(cells: str, *, header: bool = False, long: bool = False) -> str:
    """A row that does not break over pages unless it is ``long``; a ``header`` is repeated on each."""
    whole, repeated = "" if long else "<w:cantSplit/>", "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{cells}</w:tr>"


def table(rows: str, widths: Sequence[float], *, style: str = "", title: str = "", padding: float = 1.4) -> str:
    """``widths`` and ``padding`` in millimetres; ``title`` for those who cannot see the table."""
    sides = "".join(f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side in ("left", "right"))
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        "<w:tbl><w:tblPr>"
        + (f'<w:tblStyle w:val="{style}"/>' if style else "")
        + f'<w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        + f"<w:tblCellMar>{sides}</w:tblCellMar>"
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        ' w:noVBand="1"/>'
        + (f'<w:tblCaption w:val="{escape(title)}"/>' if title else "")
        + f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def picture(relation: str, number: int, name: str, alt: str, width: float, height: float) -> str:
    """A picture in the line, ``width`` and ``height`` in millimetres."""
    cx, cy = round(width * _EMU), round(height * _EMU)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name="{escape(name)}" descr="{escape(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{escape(name)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def section(*, turned: bool, first: bool = False, headers: str = "", brief: bool = False) -> str:
    """The properties of a section's pages: A4 with the margins of Decree 30/2020/NĐ-CP; ``first``: its first page has a
    header of its own."""
    short, long = twips(210), twips(297)
    size = f'w:w="{long}" w:h="{short}" w:orient="landscape"' if turned else f'w:w="{short}" w:h="{long}"'
    top, bottom = (20, 18) if brief else (22, 20)
    left = 20 if turned else 30
    return (
        f'<w:sectPr>{headers}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(20)}" w:bottom="{twips(bottom)}" w:left="{twips(left)}"'
        f' w:header="{twips(10)}" w:footer="{twips(10)}" w:gutter="0"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )
