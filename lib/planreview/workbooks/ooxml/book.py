"""What .xlsx and .xlsb have in common: which parts belong to the workbook, and what is said of them."""

from __future__ import annotations

from planreview.errors import UnreadableFile
from planreview.workbooks import messages, xml
from planreview.workbooks.grid import Note
from planreview.workbooks.package import Package, Relation
from planreview.workbooks.raw import RawBook

_SHEETS = ("worksheet",)
_WORDS, _SAID = 120, 5  # letters of each comment, and comments, that a note repeats
_WITHOUT_CELLS = ("chartsheet", "dialogsheet")


def main_part(package: Package, default: str) -> str:
    """The workbook part's name."""
    named = [r.target for r in package_relations(package) if r.kind == "officeDocument" and r.target in package]
    return named[0] if named else default


def package_relations(package: Package) -> list[Relation]:
    """What the package itself points to. Where that list is damaged the parts stand where every program puts them."""
    try:
        return list(package.relations("").values())
    except UnreadableFile:
        return []


def new_book(kind: str, package: Package, relations: dict[str, Relation]) -> RawBook:
    """A book without sheets; links to other files are named, never followed."""
    book = RawBook(kind, properties=_custom_properties(package))
    if any(r.kind == "externalLink" for r in relations.values()):
        book.notes.append(
            Note(
                "read.links",
                "Tệp có công thức lấy số từ tệp khác; chỉ dùng kết quả đã lưu trong tệp, liên kết không được mở",
                "Hãy kiểm tra các ô lấy số từ tệp khác",
            )
        )
    return book


def note_comments(book: RawBook, sheet: str, comments: dict[str, str]) -> None:
    """Say what stands in notes on empty cells (by address), which no cell carries."""
    if not comments:
        return
    said = "; ".join(f"{address}: {words[:_WORDS]}" for address, words in list(comments.items())[:_SAID])
    more = f"; và {len(comments) - _SAID} ô khác" if len(comments) > _SAID else ""
    book.notes.append(Note("read.comment", f"Có ghi chú ở ô trống {said}{more}", "", sheet))


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


def _custom_properties(package: Package) -> dict[str, str]:
    """Name → text. A damaged part raises UnreadableFile: a simulated file must not pass for a real one."""
    places = [r.target for r in package_relations(package) if r.kind == "custom-properties" and not r.external]
    found: dict[str, str] = {}
    for place in dict.fromkeys([*places, "docProps/custom.xml"]):
        content = package.read_if_there(place)
        if content is None:
            continue
        for element in xml.parse(content, place).iter("{*}property"):
            found.setdefault(element.get("name", ""), "".join(element.itertext()).strip())
    return found
