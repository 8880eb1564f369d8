"""SpreadsheetML 2003: the workbook as one XML file that Excel 2003 and many report programs write, often as .xls."""

from __future__ import annotations

import datetime as dt

from planreview.workbooks import messages, xml
from planreview.workbooks.grid import PLAIN, Style
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawBook, RawSheet
from planreview.workbooks.values import is_blank, moment, of_number, raw_of
from planreview.workbooks.xml import Element, attribute, is_on, local

_NAMED = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00", "Scientific": "0.00E+00", "General Date": "dd/mm/yyyy h:mm",
    "Long Date": "d mmmm yyyy",
    "Medium Date": "dd-mmm-yy", "Short Date": "dd/mm/yyyy", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
}  # fmt: skip


def read_spreadsheetml(content: bytes) -> RawBook:
    """All worksheets. Raises UnreadableFile."""
    root = xml.parse(content, "SpreadsheetML")
    book = RawBook("xml")
    book.date1904 = any(True for _ in root.iter("{*}Date1904"))
    looks = _looks(root)
    for holder in root.iter("{*}CustomDocumentProperties"):
        book.properties |= {local(e): (e.text or "").strip() for e in holder}
    for worksheet in root.iter("{*}Worksheet"):
        visible = next((e.text for e in worksheet.iter("{*}Visible")), "")
        sheet = RawSheet(
            attribute(worksheet, "Name"), (visible or "").startswith("SheetHidden") or visible == "SheetVeryHidden"
        )
        for table in worksheet.iter("{*}Table"):
            _read_table(table, sheet, looks, book.date1904)
        book.sheets.append(sheet)
        book.check_size()
    return book


def _looks(root: Element) -> dict[str, tuple[str, Style]]:
    """Number format and style by a style's id; a style's parent stands before it."""
    looks: dict[str, tuple[str, Style]] = {"Default": ("General", PLAIN)}
    for element in root.iter("{*}Style"):
        number_format, style = looks.get(attribute(element, "Parent"), looks["Default"])
        for part in element:
            if local(part) == "NumberFormat":
                code = attribute(part, "Format", "General")
                number_format = _NAMED.get(code, code)
            elif local(part) == "Font":
                style = Style(
                    attribute(part, "FontName", style.font),
                    is_on(attribute(part, "Bold")),
                    is_on(attribute(part, "Italic")),
                    is_on(attribute(part, "StrikeThrough")),
                    attribute(part, "VerticalAlign") == "Superscript",
                    style.indent,
                    style.centred,
                )
            elif local(part) == "Alignment":
                indent = attribute(part, "Indent", "0")
                centred = attribute(part, "Horizontal") in ("Center", "CenterAcrossSelection", "Distributed")
                steps = int(indent) if indent.isdecimal() and len(indent) < 4 else 0
                style = Style(style.font, style.bold, style.italic, style.struck, style.raised, steps, centred)
        looks[attribute(element, "ID")] = number_format, style
    return looks


def _read_table(table: Element, sheet: RawSheet, looks: dict[str, tuple[str, Style]], date1904: bool) -> None:
    row = column = 0
    hidden_columns: set[int] = set()
    column_styles: dict[int, str] = {}
    for element in table:
        if local(element) == "Column":
            first = _number(element, "Index", column + 1, MOST_COLUMNS)
            column = min(first + _number(element, "Span", 0, MOST_COLUMNS), MOST_COLUMNS)
            if is_on(attribute(element, "Hidden")) or attribute(element, "Width") in ("0", "0.0"):
                hidden_columns.update(range(first, column + 1))
            if style := attribute(element, "StyleID"):
                column_styles |= dict.fromkeys(range(first, column + 1), style)
        elif local(element) == "Row":
            row = _number(element, "Index", row + 1, MOST_ROWS)
            hidden = sheet.hidden or is_on(attribute(element, "Hidden")) or attribute(element, "Height") in ("0", "0.0")
            at = 0
            for cell in element:
                if local(cell) != "Cell":
                    continue
                at = first = _number(cell, "Index", at + 1, MOST_COLUMNS)
                across, down = (_number(cell, n, 0, MOST_ROWS) for n in ("MergeAcross", "MergeDown"))
                if across or down:
                    sheet.merges.append((row, at, min(row + down, MOST_ROWS), min(at + across, MOST_COLUMNS)))
                    at = min(at + across, MOST_COLUMNS)
                style = attribute(cell, "StyleID") or attribute(element, "StyleID") or column_styles.get(first, "")
                unseen = hidden or first in hidden_columns
                _read_cell(cell, sheet, row, first, unseen, looks.get(style or "Default", (None, PLAIN)), date1904)
            row += _number(element, "Span", 0, MOST_ROWS)
        if len(sheet.cells) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, sheet.name)


def _read_cell(
    cell: Element, sheet: RawSheet, row: int, column: int, hidden: bool, look: tuple[str | None, Style], date1904: bool
) -> None:
    data, formula = xml.child(cell, "Data"), attribute(cell, "Formula")
    value, raw = _value(data, look[0], date1904) if data is not None else (None, "")
    if value is None and not raw:
        if not formula:
            return
        raw = formula
    note = xml.child(cell, "Comment")
    words = "" if note is None else "".join(note.itertext()).strip()
    sheet.cells.append((row, column, value, raw, hidden, bool(formula), look[0], look[1], formula, "", words))


def _value(data: Element, number_format: str | None, date1904: bool):
    text = "".join(data.itertext())
    match attribute(data, "Type"):
        case "Number":
            try:
                value = of_number(float(text), number_format, date1904)
            except ValueError:
                return text, text
            return value, text.strip() if value is None else raw_of(value)
        case "DateTime":
            try:
                value = dt.datetime.fromisoformat(text.strip())
            except ValueError:
                return text, text
            if moment(number_format) != "datetime" and value.time() == dt.time():
                return value.date(), str(value.date())
            return value, str(value)
        case "Boolean":
            return is_on(text), raw_of(is_on(text))
        case "Error":
            return None, text.strip()
    return (None, "") if is_blank(text) else (text, text)


def _number(element: Element, name: str, default: int, most: int) -> int:
    text = attribute(element, name)
    if not text:
        return default
    if not text.isdecimal() or int(text[:12]) > most:
        raise messages.damaged(f"{name}={text[:20]}")
    return int(text)
