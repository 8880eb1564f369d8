"""Any spreadsheet file as grids of cells: told by its content, opened from bytes, nothing in it run or followed.

What takes long to load is loaded by the first file that needs it: most are .xlsx.
"""

from __future__ import annotations

from planreview.errors import UnreadableFile
from planreview.memory import without_cycle_search
from planreview.workbooks import kinds, messages
from planreview.workbooks.delimited import read_delimited
from planreview.workbooks.dif import read_dif
from planreview.workbooks.ods import read_fods, read_ods
from planreview.workbooks.ooxml.xlsb import read_xlsb
from planreview.workbooks.ooxml.xlsx import read_xlsx
from planreview.workbooks.package import Package
from planreview.workbooks.raw import RawBook
from planreview.workbooks.sheet import Workbook
from planreview.workbooks.spreadsheetml import read_spreadsheetml
from planreview.workbooks.sylk import read_sylk

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv")

_OF_TEXT = {
    "spreadsheetml": read_spreadsheetml,
    "fods": read_fods,
    "sylk": read_sylk,
    "dif": read_dif,
    "text": read_delimited,
}


def read_workbook(content: bytes, password: str | None = None) -> Workbook:
    """All sheets of a workbook, told by its content. Raises UnreadableFile with the reason in Vietnamese.

    Runs in this process, with bounds on size but none on time: ``safely.read_workbook_safely`` sets those.
    """
    return read_raw(content, password).workbook()


def read_raw(content: bytes, password: str | None = None) -> RawBook:
    """As ``read_workbook``, before the cells are made. Raises UnreadableFile, and MemoryError where that runs out."""
    try:
        with without_cycle_search():
            book = _read(content, password)
            book.cut_text()
            for sheet in book.sheets:
                sheet.cut_merges()
            return book
    except (UnreadableFile, MemoryError):
        raise
    except RecursionError:
        raise messages.damaged("lồng quá sâu") from None


def _read(content: bytes, password: str | None) -> RawBook:
    if not content:
        raise messages.empty()
    kind = kinds.begins_as(content)
    if kind == "zip":
        return _read_package(content)
    if kind == "ole":
        return _read_ole(content, password)
    if kind.startswith(": "):
        raise messages.not_a_table(kind[2:])
    if kind in ("html", "mht"):
        from planreview.workbooks import html

        return html.read_html(content) if kind == "html" else html.read_mht(content)
    if kind == "biff":
        from planreview.workbooks.xls import read_xls

        return read_xls(content)
    return _OF_TEXT[kind](content)


def _read_ole(content: bytes, password: str | None) -> RawBook:
    from planreview.workbooks import encrypted
    from planreview.workbooks.xls import book_stream, read_xls

    if "EncryptedPackage".encode("utf-16-le") in content:
        plain = encrypted.decrypted(content, password)
        if plain.startswith(kinds.OLE):
            raise messages.damaged_encryption("EncryptedPackage")
        return _read(plain, None)
    records = book_stream(content)
    if encrypted.is_protected_stream(records):
        records = book_stream(encrypted.decrypted(content, password))
    return read_xls(records)


def _read_package(content: bytes) -> RawBook:
    package = Package(content)
    kind = kinds.zip_kind(package.names(), package.read_if_there("mimetype") or b"")
    match kind:
        case "xlsx":
            return read_xlsx(package)
        case "xlsb":
            return read_xlsb(package)
        case "ods":
            return read_ods(package)
        case "numbers":
            raise messages.too_new("Apple Numbers")
    raise messages.not_a_table(kind[2:])
