""".xlsb from its binary records: libraries that read it leave out formats, fonts and what is hidden."""

from __future__ import annotations

from planreview.workbooks import messages
from planreview.workbooks.column_names import column_letters
from planreview.workbooks.grid import PLAIN, Style
from planreview.workbooks.ooxml.book import main_part, new_book, note_comments, part_of, sheet_part
from planreview.workbooks.ooxml.records import compact_number, numbers, records, rich_text, text, u32
from planreview.workbooks.ooxml.strings import Text
from planreview.workbooks.ooxml.styles import Looks
from planreview.workbooks.package import Package, Relation
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawBook, RawSheet
from planreview.workbooks.values import BUILT_IN, is_blank, of_number, raw_of

# Types of records, [MS-XLSB] §2.3
_ROW, _COLUMN, _MERGE = 0, 60, 176
_BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _STRING, _SHARED = range(1, 8)
_FORMULAS = {8: _STRING, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
_SHORT = {12 + n: kind for n, kind in enumerate((_BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _STRING, _SHARED))}
_RICH = 62
_ITEM, _FONT, _FORMAT, _XF, _XFS_BEGIN, _XFS_END = 19, 43, 44, 47, 617, 618
_BOOK_PROPERTIES, _SHEET = 153, 156
_COMMENT, _COMMENT_TEXT = 635, 637
_CENTRED = (2, 6, 7)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#N/A"}


def read_xlsb(package: Package) -> RawBook:
    """All worksheets. Raises UnreadableFile."""
    main = main_part(package, "xl/workbook.bin")
    relations = package.relations(main)
    book = new_book("xlsb", package, relations)
    fonts, looks = _looks(package, part_of(relations, "styles"))
    strings = _strings(package, part_of(relations, "sharedStrings"), fonts)
    for kind, data in records(package.read(main), main):
        if kind == _BOOK_PROPERTIES:
            book.date1904 = bool(u32(data)[0] & 1)
        elif kind == _SHEET:
            relation_id, end = text(data, 8)
            name, _ = text(data, end)
            if part := sheet_part(book, relations.get(relation_id), package, name):
                sheet = RawSheet(name, hidden=u32(data)[0] != 0)
                _read_sheet(book, sheet, package, part, strings, looks)
                book.sheets.append(sheet)
                book.check_size()
    return book


def _looks(package: Package, part: str) -> tuple[list[Style], Looks]:
    """The fonts, and the looks by style number."""
    fonts: list[Style] = []
    formats = dict(BUILT_IN)
    looks: list[tuple[str | None, Style]] = []
    inside = False
    for kind, data in records(package.read_if_there(part) or b"" if part else b"", part):
        if kind == _FORMAT:
            formats[numbers("H", data)[0]] = text(data, 2)[0]
        elif kind == _FONT:
            _, flags, weight, script = numbers("HHHH", data)
            fonts.append(Style(text(data, 21)[0], weight >= 600, bool(flags & 2), bool(flags & 8), script == 1))
        elif kind in (_XFS_BEGIN, _XFS_END):
            inside = kind == _XFS_BEGIN
        elif kind == _XF and inside:
            _, number_format, font = numbers("HHH", data)
            indent, alignment = numbers("xBH", data, 10)
            style = fonts[font] if font < len(fonts) else PLAIN
            centred = alignment & 7 in _CENTRED
            if indent or centred:
                style = Style(style.font, style.bold, style.italic, style.struck, style.raised, indent, centred)
            looks.append((formats.get(number_format), style))
    return fonts, Looks(looks if part and part in package else [("General", PLAIN)])


def _strings(package: Package, part: str, fonts: list[Style]) -> list[Text]:
    content = package.read_if_there(part) if part else None
    return [_text(*rich_text(data), fonts) for kind, data in records(content or b"", part) if kind == _ITEM]


def _text(words: str, starts: list[tuple[int, int]], fonts: list[Style]) -> Text:
    pieces: list[tuple[str, Style | None]] = []
    at, style = 0, None
    for start, font in [*starts, (len(words), 0)]:
        if words[at:start]:
            pieces.append((words[at:start], style))
        at, style = max(at, start), fonts[font] if font < len(fonts) else None
    return Text(words, tuple(pieces) if starts else ())


def _read_sheet(book: RawBook, sheet: RawSheet, package: Package, part: str, strings: list[Text], looks: Looks) -> None:
    comments = _comments(package, package.relations(part))
    row, column, hidden_row, hidden_columns = 0, 0, False, set()
    for kind, data in records(package.read(part), part):
        if kind == _ROW:
            row, hidden_row, column = u32(data)[0] + 1, bool(numbers("B", data, 11)[0] & 0x10), 0
            continue
        if kind == _COLUMN:
            first, last, width, _, flags = numbers("IIIIH", data)
            if flags & 1 or width == 0:
                hidden_columns.update(range(first + 1, min(last, MOST_COLUMNS - 1) + 2))
            continue
        if kind == _MERGE:
            top, bottom, left, right = numbers("IIII", data)
            sheet.merges.append((top + 1, left + 1, min(bottom + 1, MOST_ROWS), min(right + 1, MOST_COLUMNS)))
            continue
        if kind not in range(_BLANK, 19) and kind != _RICH:
            continue
        short = kind in _SHORT
        column = column + 1 if short else u32(data)[0] + 1
        at = 4 if short else 8
        is_formula = kind in _FORMULAS
        basic = _SHORT.get(kind) or _FORMULAS.get(kind) or kind
        if basic == _BLANK:
            continue
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise messages.damaged(f"{sheet.name}: ô nằm ngoài trang tính")
        number_format, style = looks.of(u32(data, at - 4)[0] & 0xFFFFFF)
        value, raw, words = _value(basic, data, at, number_format, strings, book.date1904)
        if value is None and not raw:
            if not is_formula:
                continue
            raw = "="
        hidden = sheet.hidden or hidden_row or column in hidden_columns
        comment = comments.pop((row, column), "")
        runs = words.runs(style) if words is not None and words.pieces else ()
        sheet.cells.append((row, column, value, raw, hidden, is_formula, number_format, style, "", "", comment, runs))
        if len(sheet.cells) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, sheet.name)
    note_comments(book, sheet.name, {f"{column_letters(c)}{r}": words for (r, c), words in comments.items()})


def _value(kind: int, data: bytes, at: int, number_format: str | None, strings: list[Text], date1904: bool):
    """Value, raw, and the text with its fonts."""
    if kind in (_RK, _REAL):
        number = compact_number(u32(data, at)[0]) if kind == _RK else numbers("d", data, at)[0]
        value = of_number(number, number_format, date1904)
        return value, str(number) if value is None else raw_of(value), None
    if kind == _ERROR:
        return None, _ERRORS.get(numbers("B", data, at)[0], "#N/A"), None
    if kind == _BOOLEAN:
        value = bool(numbers("B", data, at)[0])
        return value, raw_of(value), None
    if kind == _SHARED:
        (number,) = u32(data, at)
        if number >= len(strings):
            raise messages.damaged(f"chuỗi số {number}")
        words = strings[number]
    else:
        words = Text(rich_text(data, at)[0] if kind == _RICH else text(data, at)[0])
    return (None, "", None) if is_blank(words.text) else (words.text, words.text, words)


def _comments(package: Package, relations: dict[str, Relation]) -> dict[tuple[int, int], str]:
    """Row and column → words of the notes on cells."""
    found, place = {}, (0, 0)
    for part in (r.target for r in relations.values() if r.kind == "comments" and r.target in package):
        for kind, data in records(package.read(part), part):
            if kind == _COMMENT:
                _, row, _, column = numbers("IIII", data)
                place = (row + 1, min(column, MOST_COLUMNS - 1) + 1)
            elif kind == _COMMENT_TEXT:
                found[place] = rich_text(data)[0]
    return found
