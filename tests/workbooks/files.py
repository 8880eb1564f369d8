"""Small files of every kind, made by hand where no library writes them."""

import io
import struct
import zipfile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: str, *, around: str = "{}", styles: str | None = None, strings: str | None = None, **parts) -> bytes:
    """A workbook of one sheet "S" whose rows are given in XML; ``around`` what stands about them."""
    sheet = around.format(f"<sheetData>{rows}</sheetData>")
    related = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
    }
    if styles is not None:
        related.append(("rId2", "styles", "styles.xml"))
        files["xl/styles.xml"] = styles
    if strings is not None:
        related.append(("rId3", "sharedStrings", "sharedStrings.xml"))
        files["xl/sharedStrings.xml"] = strings
    files["xl/_rels/workbook.xml.rels"] = _relations(related)
    return zipped(files | parts)


def _relations(related: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{i}" Type="{_DOCUMENT}/{kind}" Target="{to}"/>' for i, kind, to in related)
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an .xlsb."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: bytes, *, styles: bytes = b"", strings: bytes = b"") -> bytes:
    """A workbook of one sheet "S" made of those records."""
    related = [("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin")]
    return zipped(
        {
            "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S")),
            "xl/_rels/workbook.bin.rels": _relations([*related, ("rId3", "sharedStrings", "sharedStrings.bin")]),
            "xl/worksheets/sheet1.bin": cells,
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": strings,
        }
    )


def ods(table: str, *, styles: str = "") -> bytes:
    """A document of one table "S" whose rows are given in XML, with automatic styles."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
            ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
