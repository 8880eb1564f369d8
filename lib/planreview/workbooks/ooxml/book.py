"""What .xlsx and .xlsb have in common: which parts belong to the workbook, and what is said of them."""

from __future__ import annotations

from planreview.workbooks import messages
from planreview.workbooks.grid import Note
from planreview.workbooks.ooxml.properties import custom_properties
from planreview.workbooks.package import Package, Relation
from planreview.workbooks.raw import RawBook

_SHEETS = ("worksheet",)
_WITHOUT_CELLS = ("chartsheet", "dialogsheet")


def main_part(package: Package, default: str) -> str:
    """The workbook part's name."""
    named = [r.target for r in package.relations("").values() if r.kind == "officeDocument" and r.target in package]
    return named[0] if named else default


def new_book(kind: str, package: Package, relations: dict[str, Relation]) -> RawBook:
    """A book without sheets; links to other files are named, never followed."""
    book = RawBook(kind, properties=custom_properties(package))
    if any(r.kind == "externalLink" for r in relations.values()):
        book.notes.append(
            Note(
                "read.links",
                "Tệp có công thức lấy số từ tệp khác; chỉ dùng kết quả đã lưu trong tệp, liên kết không được mở",
                "Hãy kiểm tra các ô lấy số từ tệp khác",
            )
        )
    return book


def part_of(relations: dict[str, Relation], kind: str) -> str:
    """The part of that kind, '' where there is none."""
    return next((r.target for r in relations.values() if r.kind == kind and not r.external), "")


def sheet_part(book: RawBook, relation: Relation | None, package: Package, name: str) -> str:
    """A sheet's part; '' for what has no table in it. Raises UnreadableFile for a sheet that should be there."""
    if relation is not None and relation.kind in _WITHOUT_CELLS:
        return ""
    if relation is not None and "macrosheet" in relation.kind.lower():
        book.notes.append(Note("read.macro_sheet", "Trang tính macro không được đọc, macro không được chạy", "", name))
        return ""
    if relation is None or relation.kind not in _SHEETS or relation.target not in package:
        raise messages.damaged(f"trang tính {name}")
    return relation.target
