""".xlsx and .xlsm, transitional or strict, from their XML."""

from __future__ import annotations

import re

from planreview.errors import UnreadableFile
from planreview.workbooks import messages, xml
from planreview.workbooks.column_names import column_number
from planreview.workbooks.grid import PLAIN, Note
from planreview.workbooks.ooxml.book import main_part, new_book, note_comments, part_of, sheet_part
from planreview.workbooks.ooxml.cells import CellMaker
from planreview.workbooks.ooxml.strings import Text, read_strings, text_of
from planreview.workbooks.ooxml.styles import Looks, read_styles
from planreview.workbooks.ooxml.tokens import sheet_rows
from planreview.workbooks.package import Package, Relation
from planreview.workbooks.raw import MOST_COLUMNS, MOST_ROWS, Area, RawBook, RawSheet

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


def read_xlsx(package: Package) -> RawBook:
    """All worksheets. Raises UnreadableFile."""
    main = main_part(package, "xl/workbook.xml")
    root = xml.parse(package.read(main), main)
    relations = package.relations(main)
    book = new_book("xlsx", package, relations)
    settings = next(root.iter("{*}workbookPr"), None)
    book.date1904 = settings is not None and xml.is_on(settings.get("date1904"))
    looks = _looks(book, package, part_of(relations, "styles"))
    strings = _strings(package, part_of(relations, "sharedStrings"))
    for element in root.iter("{*}sheet"):
        name = element.get("name", "")
        part = sheet_part(book, relations.get(_relation_id(element)), package, name)
        if part:
            hidden = element.get("state", "visible") != "visible"
            book.sheets.append(_sheet(book, package, part, name, hidden, strings, looks))
            book.check_size()
    return book


def _relation_id(element: xml.Element) -> str:
    return next((v for k, v in element.attrib.items() if k.endswith("}id")), "")


def _looks(book: RawBook, package: Package, part: str) -> Looks:
    if not part or part not in package:
        return Looks([("General", PLAIN)])  # a workbook without styles has none but the default
    try:
        return read_styles(package.read(part), part)
    except UnreadableFile:
        note = "Phần định dạng của tệp bị hỏng: không biết ô nào hiện theo phần trăm, ô nào là ngày"
        book.notes.append(
            Note("read.no_formats", note, "Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại", "", "warning")
        )
        return Looks()


def _strings(package: Package, part: str) -> list[Text]:
    content = package.read_if_there(part) if part else None
    return read_strings(content, part) if content else []


def _sheet(
    book: RawBook, package: Package, part: str, name: str, hidden: bool, strings: list[Text], looks: Looks
) -> RawSheet:
    comments = _comments(package, package.relations(part))
    frame, rows = sheet_rows(package.read(part), part)
    maker = CellMaker(
        strings,
        looks,
        date1904=book.date1904,
        hidden=hidden,
        hidden_columns=frame.hidden_columns,
        place=name,
    )
    sheet = RawSheet(name, hidden)
    maker.fill(sheet, rows, comments)
    note_comments(book, name, comments)  # those that stand on no cell
    sheet.merges = [area for text in frame.merges if (area := _area(text))]
    return sheet


def _area(text: str) -> Area | None:
    """``A1:B2`` → top, left, bottom, right; None for a single cell or what is no area."""
    found = _AREA.fullmatch(text)
    if not found or not found[3]:
        return None
    rows = sorted((int(found[2]), int(found[4])))
    columns = sorted((column_number(found[1]), column_number(found[3])))
    return rows[0], columns[0], min(rows[1], MOST_ROWS), min(columns[1], MOST_COLUMNS)


def _comments(package: Package, relations: dict[str, Relation]) -> dict[str, str]:
    """Address → words of the notes on cells."""
    found = {}
    for part in (r.target for r in relations.values() if r.kind == "comments" and not r.external):
        content = package.read_if_there(part)
        if not content:
            continue
        try:
            for element in xml.elements(content, "comment", part):
                text = xml.child(element, "text")
                if text is not None:
                    found[element.get("ref", "")] = text_of(text).text
        except UnreadableFile:
            raise messages.damaged(f"ghi chú, {part}") from None
    return found
