"""Finding the tables of a sheet by neighbourhood: what stands above a cell and to its left says what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planreview.catalogue import Cycle
from planreview.catalogue.texts import plain
from planreview.intake.headers import Column, column_of, period_of
from planreview.workbooks import GridCell, Sheet

_LABEL = re.compile(
    r"^((tên|danh mục|nội dung) )?(các )?chỉ tiêu( chủ yếu| kinh tế.*)?( ?\(.*\))?:?$|^(nội dung|danh mục|mục):?$", re.I
)
_ROLES = {
    "unit": re.compile(r"^(đvt|đ/v tính|đơn vị( tính)?|đv tính)$", re.I),
    "code": re.compile(r"^mã( số)?( chỉ tiêu)?$", re.I),
    "ordinal": re.compile(r"^(stt|tt|số tt|số thứ tự)$", re.I),
    "note": re.compile(r"^ghi chú.*$", re.I),
    "narrative": re.compile(
        r"^(nguyên nhân|giải pháp|thuận lợi|khó khăn|tồn tại|hạn chế|trách nhiệm|bài học|kiến nghị)\b.*$", re.I
    ),
}
_ABOVE = re.compile(r"^\(?(đơn vị|đvt|biểu|phụ lục|mẫu|kèm theo|cộng hòa|độc lập)", re.I)
_MAX_BAND = 4
_SIGNATURE = re.compile(r"^(người lập|lập biểu|thủ trưởng|nơi nhận|kế toán|giám đốc|chủ tịch|tm\.|kt\.)", re.I)
_DITTO = {'"', "''", "”", "“", "nt", "-nt-"}


@dataclass
class Line:
    """One row of a table: its label, unit and code as typed, and its cells by column."""

    row: int
    label: str
    unit: str
    code: str
    cells: dict[int, GridCell]


@dataclass
class TableLayout:
    """A table: its header rows, the role of each column, its lines."""

    first_row: int
    band_end: int
    roles: dict[int, str]
    columns: dict[int, Column]
    headers: dict[int, str]
    lines: list[Line] = field(default_factory=list)
    end_row: int = 0
    number_row: int = 0


def find_tables(sheet: Sheet, cycle: Cycle, asked_in: int) -> list[TableLayout]:
    """The tables of a sheet, top to bottom; ``asked_in`` is the year of the round's deadline."""
    starts = sorted(
        {
            cell.row
            for cell in sheet.cells.values()
            if _LABEL.match(plain(cell.text)) and _is_header(sheet, cell.row, cycle)
        }
    )
    limits = [following - 1 for following in starts[1:]] + [sheet.last_row]
    return [_table(sheet, start, limit, cycle, asked_in) for start, limit in zip(starts, limits, strict=False)]


def _is_header(sheet: Sheet, row: int, cycle: Cycle) -> bool:
    """A label heading alone may be a sentence or a unit: a header also names a unit column or a period, and the only
    numbers in it are years."""
    if any(c.is_number and not (1900 < c.value < 2100) for c in sheet.row(row)):
        return False
    return any(
        _ROLES["unit"].match(plain(c.text)) or period_of(c.raw, cycle) for r in (row, row + 1) for c in sheet.row(r)
    )


def _table(sheet: Sheet, first: int, limit: int, cycle: Cycle, asked_in: int) -> TableLayout:
    labels = [c.column for c in sheet.row(first) if _LABEL.match(plain(c.text))]
    label_column, beside = labels[0], labels[1] if len(labels) > 1 else sheet.last_column + 1
    band_end = _band_end(sheet, first, label_column, limit, cycle)
    top = _band_top(sheet, first, label_column)
    roles, columns, headers = {label_column: "label"}, {}, {}
    for column in range(1, beside):  # what stands beside under a label heading of its own is another table's
        texts: list[str] = []
        for row in range(top, band_end + 1):
            cell = sheet.at(row, column)
            if cell is not None and cell.raw not in texts:
                texts.append(plain(cell.raw))
        headers[column] = " > ".join(texts)
        if column == label_column or not texts:
            continue
        role = next((name for name, pattern in _ROLES.items() if pattern.match(texts[-1])), None)
        if role:
            roles[column] = role
        elif column > label_column:
            roles[column] = "value"
            columns[column] = column_of(texts, cycle, asked_in)
    table = TableLayout(top, band_end, roles, columns, headers)
    table.number_row = _number_row(sheet, band_end + 1, roles)
    _read_lines(sheet, table, limit)
    return table


def _band_top(sheet: Sheet, first: int, label_column: int) -> int:
    """The header's first row: rows above the label heading that head value columns only ("Kế hoạch" over years)."""
    top = first
    while top > 1 and first - top < _MAX_BAND - 1:
        above = sheet.row(top - 1)
        over_values = [c for c in above if c.column > label_column and not _ABOVE.match(plain(c.text))]
        if not over_values or len(over_values) < len(above) or sheet.at(top - 1, label_column) is not None:
            break
        top -= 1
    return top


def _band_end(sheet: Sheet, first: int, label_column: int, limit: int, cycle: Cycle) -> int:
    """The header's last row: as far as its label heading is merged, or as rows without a label go on naming periods."""
    end = first
    while end + 1 <= min(limit, first + _MAX_BAND - 1):
        below = end + 1
        merged = sheet.merges.get((below, label_column), (below, label_column))[0] <= first
        bare = sheet.at(below, label_column) is None and any(
            period_of(c.raw, cycle) or c.text for c in sheet.row(below) if c.column > label_column
        )
        if not (merged or bare):
            break
        end = below
    return end


def _number_row(sheet: Sheet, row: int, roles: dict[int, str]) -> int:
    """The row of column numbers (1, 2, 3 or (1), (2), 3=1+2) under a header; 0 where there is none."""
    cells = [c for c in sheet.row(row) if c.column in roles]
    named = [c for c in cells if roles[c.column] == "label" and not re.fullmatch(r"\(?[\dA-Z]\)?", plain(c.raw))]
    if len(cells) < 3 or named:
        return 0
    numbers = [re.match(r"^\(?(\d+)\)?(\s*=.*)?$", plain(c.raw)) for c in cells]
    counted = [int(m[1]) for m in numbers if m]
    in_order = counted == sorted(counted) and len(set(counted)) == len(counted)
    return row if in_order and len(counted) >= len(cells) - 1 and max(counted, default=99) <= len(roles) + 2 else 0


def _read_lines(sheet: Sheet, table: TableLayout, limit: int) -> None:
    by_role = {role: column for column, role in reversed(table.roles.items())}
    above_unit = ""
    table.end_row = table.number_row or table.band_end
    for row in range(table.end_row + 1, limit + 1):
        cells = {c.column: c for c in sheet.row(row)}
        label = sheet.at(row, by_role["label"])
        values = [c for c in cells.values() if table.roles.get(c.column) == "value"]
        if label is None or not label.text:
            if not values:
                continue  # an empty line or one of words only: may be between groups, or below the table
            label_text = ""
        else:
            label_text = plain(label.text)
        if label is not None and label.column != by_role["label"]:
            continue  # a line merged across the table: a note, a title
        unit_cell = cells.get(by_role.get("unit", -1))
        unit = plain(unit_cell.raw) if unit_cell else ""
        unit = above_unit if unit in _DITTO else unit
        above_unit = unit or above_unit
        if not unit and _is_note(label_text) and not any(c.is_number for c in values):
            if _SIGNATURE.match(label_text):
                break  # who signs ends the table; numbers further down are said to lie outside
            continue
        code_cell = cells.get(by_role.get("code", -1))
        code = plain(code_cell.raw) if code_cell else ""
        if not (label_text or unit or code) and not any(c.is_number for c in values):
            continue  # words without a name, such as who signs; a number among them is said to lie outside
        table.lines.append(Line(row, label_text, unit, code, cells))
        table.end_row = row


def _is_note(text: str) -> bool:
    return bool(re.match(r"^\(?(ghi chú|nguồn|ngày)\b", text, re.I) or _SIGNATURE.match(text))
