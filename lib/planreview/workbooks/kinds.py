"""What a file is, told by its content: names and extensions are often wrong."""

from __future__ import annotations

import io
import re
import zipfile

OLE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
# What people attach instead of a workbook, in the words that they use for it.
_OTHERS = (
    (b"%PDF", "tệp PDF"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"\x89PNG", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"BM", "ảnh"),
    (b"II*\x00", "ảnh"),
    (b"MM\x00*", "ảnh"),
    (b"{\\rtf", "văn bản RTF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "chương trình"),
    (b"\x7fELF", "chương trình"),
)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)([^>]*)")


def begins_as(content: bytes) -> str:
    """ole, zip, biff, html, mht, spreadsheetml, fods, sylk, dif or text; of what is no table ``: `` and its name."""
    if content.startswith(OLE):
        return "ole"
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_BIFF):
        return "biff"
    for beginning, name in _OTHERS:
        if content.startswith(beginning) and not (beginning in (b"BM", b"MZ") and b"\x00" not in content[:64]):
            return f": {name}"
    head = _text_head(content)
    if head.startswith(b"id;") and b"\n" in head.replace(b"\r", b"\n"):
        return "sylk"
    if re.match(rb"table\r?\n0,1\r?\n", head):
        return "dif"
    if re.match(rb"(mime-version|from|message-id|date|content-type|x-[\w-]+):", head) and b"content-type:" in head:
        return "mht"
    if head.startswith(b"<"):
        return _markup(head)
    return "text"


def _text_head(content: bytes) -> bytes:
    """The beginning in lower case ASCII, whichever encoding of Unicode it is in."""
    head = content[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _markup(head: bytes) -> str:
    bare = re.sub(rb"<!--.*?-->", b"", head, flags=re.S)
    root = _ROOT.search(bare)
    if root is None:
        return "html" if b"<!doctype html" in bare else "text"
    name = root[1]
    if name == b"workbook" and b"urn:schemas-microsoft-com:office:spreadsheet" in bare:
        return "spreadsheetml"
    if name == b"document" and b"opendocument" in bare:
        return "fods"
    if name in (b"html", b"table", b"body", b"head", b"div", b"meta", b"style", b"center", b"font", b"p", b"tr"):
        return "html"
    return ": tệp XML" if bare.startswith(b"<?xml") else "text"


def zip_kind(names: list[str], mimetype: bytes) -> str:
    """xlsx, xlsb or ods by the parts of a package (their names in lower case); what is no table as in begins_as."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return ": văn bản OpenDocument"
    if any(re.fullmatch(r"xl/workbook\d*\.bin", name) for name in names):
        return "xlsb"
    if "word/document.xml" in names:
        return ": văn bản Word"
    if "ppt/presentation.xml" in names:
        return ": bản trình chiếu PowerPoint"
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return "ods"
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in names:
        return "xlsx"
    return ": tệp nén"


def is_workbook(content: bytes) -> bool:
    """Whether the content is an Office Open XML workbook, whatever its file is called."""
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
