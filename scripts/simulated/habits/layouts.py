"""Tables that are none of ours: the same lines in the office's own workbook, in the layouts that were seen.

retyped: the form's columns on plain sheets; office: one sheet per office, header over two rows; banded: a header of
four rows, periods over years; stacked: results and plan in two tables on one sheet; unit_titles: a table per unit of
measure, which stands above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import openpyxl
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet
from scripts.simulated.fill import MARK, Filled, Number
from scripts.simulated.numbers import BASE, LAST, PLANNED

from planreview.forms.narrative_sheet import NAME as NARRATIVE
from planreview.workbooks import marks

_REVIEW, _PLAN = f"{BASE + 1}-{LAST}", f"{LAST + 1}-{PLANNED}"
_OFFICES = ("Biểu 02 TC-KH", "Biểu 03 KT-HT", "Biểu 05 Y tế", "Biểu 07 GD-ĐT", "Biểu 08 NN-PTNT", "Biểu 09 LĐ-TBXH")
_NAME_WIDTH = 45
_AGAIN = 5  # offices that the groups of lines are shared out to


@dataclass
class _Row:
    """A line of the form: a group where it has no code."""

    ordinal: object
    code: str
    label: str
    unit: str
    numbers: dict[str, Number] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def _lines(filled: Filled) -> list[_Row]:
    """The form's lines in order, without those that were left empty and without groups of nothing."""
    sheet, at = filled.sheet, {role: cell.column for role, cell in filled.heads.items()}
    by_row: dict[int, dict[str, Number]] = {}
    for number in filled.numbers:
        by_row.setdefault(number.cell.row, {})[number.period] = number
    codes = {cell.row: code for code, cell in filled.names.items()}
    words = [n for n, c in enumerate(filled.columns, 1) if c.role == "words"]
    found: list[_Row] = []
    last = max(cell.row for cell in filled.names.values())
    for row in range(filled.header + 1, last + 1):
        label = sheet.cell(row, at["label"]).value or ""
        ordinal, unit = sheet.cell(row, at["ordinal"]).value, sheet.cell(row, at["unit"]).value
        said = [str(v) for n in words if (v := sheet.cell(row, n).value)]
        line = _Row(ordinal, codes.get(row, ""), label, unit or "", by_row.get(row, {}), said)
        if line.code and not line.numbers:
            continue
        found.append(line)
    return [x for n, x in enumerate(found) if x.code or any(y.code for y in found[n + 1 : n + 2]) or _heads(found, n)]


def _heads(lines: list[_Row], n: int) -> bool:
    """Whether a group without lines of its own stands over another group that has some."""
    following = lines[n + 1] if n + 1 < len(lines) else None
    return bool(following and not following.code and str(lines[n].ordinal) in "ABC" and any(x.code for x in lines[n:]))


class _Own:
    """A workbook of the office's own being written; each sheet begins with a few lines of title."""

    def __init__(self, filled: Filled, kind: str) -> None:
        self.filled, self.kind, self.lines = filled, kind, _lines(filled)
        self.old, self.book = filled.book, openpyxl.Workbook()
        self.book.remove(self.book.active)
        self.book.custom_doc_props.append(StringProperty(name=marks.PROVENANCE, value="simulated"))
        titles = [
            str(filled.sheet.cell(row, 1).value) for row in range(1, filled.header) if filled.sheet.cell(row, 1).value
        ]
        self.unit_line = next(t for t in titles if t.startswith("Đơn vị:"))
        self.names: dict[str, Cell] = {}
        self.headings: list[Cell] = []
        self.heads: dict[str, Cell] = {}
        self.empty: list[Cell] = []

    def sheet(self, name: str, title: str) -> tuple[Worksheet, int]:
        """A new sheet and the row after its title."""
        sheet = self.book.create_sheet(name)
        for row, text in enumerate((title, self.unit_line, MARK), 1):
            sheet.cell(row, 1, text)
        return sheet, 5

    def head(self, cell: Cell, role: str) -> None:
        if role:
            self.heads.setdefault(role, cell)
        else:
            self.headings.append(cell)

    def put(self, sheet: Worksheet, row: int, column: int, line: _Row, period: str) -> None:
        """The number of a line and period, or a cell left empty."""
        cell = sheet.cell(row, column)
        number = line.numbers.get(period)
        if number is None:
            if line.code:
                self.empty.append(cell)
            return
        cell.value = number.cell.value
        number.cell = cell

    def name(self, cell: Cell, line: _Row) -> None:
        cell.value = line.label
        cell.parent.column_dimensions[cell.column_letter].width = _NAME_WIDTH
        if line.code:
            self.names[line.code] = cell

    def done(self) -> None:
        """The new workbook takes the form's place, its words copied."""
        filled = self.filled
        if NARRATIVE in self.old.sheetnames:
            words = self.book.create_sheet(NARRATIVE)
            for row in self.old[NARRATIVE].iter_rows():
                for cell in row:
                    if cell.value is not None:
                        words.cell(cell.row, cell.column, cell.value)
        filled.book, filled.sheet = self.book, self.book.worksheets[0]
        filled.names, filled.headings, filled.heads, filled.empty = self.names, self.headings, self.heads, self.empty
        filled.note(self.kind, "value", list(filled.numbers))


def _years() -> tuple[list[str], list[str]]:
    return [str(y) for y in range(BASE, LAST + 1)], [str(y) for y in range(LAST + 1, PLANNED + 1)]


def _headings(filled: Filled) -> dict[str, str]:
    """The form's headings by period."""
    return {c.says.period: c.heading for c in filled.columns if c.role == "value"}


def _average(line: _Row, first: str, last: str) -> float | None:
    """BQGĐ as offices work it out: an index, of the last year by the first."""
    ends = [line.numbers[p].cell.value for p in (first, last) if p in line.numbers]
    plain = len(ends) == 2 and all(isinstance(v, int | float) and v > 0 for v in ends)
    return round((ends[1] / ends[0]) ** (1 / 5) * 100, 1) if plain else None


def retyped(filled: Filled, draw: Random) -> None:
    own = _Own(filled, "retyped")
    sheet, top = own.sheet(filled.sheet.title, "BIỂU SỐ LIỆU KINH TẾ - XÃ HỘI")
    for column, spec in enumerate(filled.columns, 1):
        cell = sheet.cell(top, column, spec.heading)
        if spec.role == "value":
            own.head(cell, "")
        elif spec.role not in ("words", "derived"):
            own.head(cell, spec.role)
    own.heads["note"] = sheet.cell(top, len(filled.columns))
    for row, line in enumerate(own.lines, top + 1):
        average = _average(line, str(BASE), str(LAST))
        words = iter(line.words)
        for column, spec in enumerate(filled.columns, 1):
            cell = sheet.cell(row, column)
            if spec.role == "value":
                own.put(sheet, row, column, line, spec.says.period)
            elif spec.role == "label":
                own.name(cell, line)
            else:
                texts = {
                    "ordinal": line.ordinal,
                    "code": line.code or None,
                    "unit": line.unit or None,
                    "derived": average,
                }
                cell.value = next(words, None) if spec.role == "words" else texts[spec.role]
    own.done()


def _write_rows(
    own: _Own, sheet: Worksheet, top: int, lines: list[_Row], periods: list[str], *, unit: bool, averages: bool = False
) -> int:
    """Lines below ``top`` in the columns STT, Chỉ tiêu, (ĐVT,) periods; the row after the last. A column of averages
    follows the period 2020, and another one the last."""
    row = top
    for line in lines:
        row += 1
        sheet.cell(row, 1).value = line.ordinal
        own.name(sheet.cell(row, 2), line)
        column = 3
        if unit:
            sheet.cell(row, column).value = line.unit or None
            column += 1
        for period in periods:
            own.put(sheet, row, column, line, period)
            column += 1
            if averages and period in (str(LAST), str(PLANNED)) and line.code:
                sheet.cell(row, column).value = _average(line, str(BASE if period == str(LAST) else LAST), period)
            column += averages and period in (str(LAST), str(PLANNED))
    return row + 1


def _signed(sheet: Worksheet, row: int) -> None:
    sheet.cell(row + 1, 5, "Ngày   tháng   năm 2020")
    sheet.cell(row + 2, 2, "PHÒNG TC-KH")
    sheet.cell(row + 2, 6, "CHI CỤC THỐNG KÊ")
    sheet.cell(row + 5, 1, "(Ghi chú: các phụ lục đính kèm)")


def office(filled: Filled, draw: Random) -> None:
    own = _Own(filled, "office")
    results, plans = _years()
    words = _headings(filled)
    groups: list[list[_Row]] = []
    for line in own.lines:
        if not line.code or not groups:
            groups.append([])
        groups[-1].append(line)
    size = -(-len(groups) // _AGAIN)
    for turn in range(0, len(groups), size):
        name = _OFFICES[turn // size]
        lines = [line for group in groups[turn : turn + size] for line in group]
        sheet, top = own.sheet(name, f"SỐ LIỆU KT-XH NHIỆM KỲ {_REVIEW} VÀ KẾ HOẠCH NHIỆM KỲ {_PLAN}")
        sheet.cell(top, 1, name.upper())
        top += 2
        periods = [_REVIEW, *results, *plans]
        heads = ["STT", "Chỉ tiêu", "ĐVT"]
        for period in periods:
            heads.append(words[period])
            heads += (
                [f"BQGĐ {_REVIEW if period == str(LAST) else _PLAN}"] if period in (str(LAST), str(PLANNED)) else []
            )
        for column, text in enumerate(heads, 1):
            cell = sheet.cell(top, column, text)
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
            if column > 3 and not text.startswith("BQ"):
                own.head(cell, "")
        for role, column in (("ordinal", 1), ("label", 2), ("unit", 3)):
            own.head(sheet.cell(top, column), role)
        end = _write_rows(own, sheet, top + 1, lines, periods, unit=True, averages=True)
        for n in range(2):
            sheet.cell(end + n, 2, "…")
        _signed(sheet, end + 2)
    own.done()


def banded(filled: Filled, draw: Random) -> None:
    own = _Own(filled, "banded")
    results, plans = _years()
    sheet, top = own.sheet("TONG HOP ", f"BIỂU TỔNG HỢP CHỈ TIÊU {_REVIEW} VÀ {_PLAN}")
    words = _headings(filled)
    estimated = [y for y in results if words[y].startswith("ƯTH")]
    actual = [y for y in results[1:] if y not in estimated]
    for column, (text, role) in enumerate((("TT", "ordinal"), ("Chỉ tiêu", "label"), ("Đơn vị tính", "unit")), 1):
        own.head(sheet.cell(top, column, text), role)
        sheet.merge_cells(start_row=top, end_row=top + 2, start_column=column, end_column=column)
    for column, text in ((4, f"Kế hoạch theo Nghị quyết {_REVIEW}"), (5, f"Thực hiện năm {BASE}")):
        sheet.cell(top, column, text)
        sheet.merge_cells(start_row=top, end_row=top + 2, start_column=column, end_column=column)
    bands = ((f"Giai đoạn {_REVIEW}", (("Thực hiện", actual), ("Ước thực hiện", estimated))),)
    bands += ((f"Giai đoạn {_PLAN}", (("Kế hoạch", plans),)),)
    column, periods = 6, [_REVIEW, str(BASE)]
    for title, parts in bands:
        first = column
        sheet.cell(top, first, title)
        for text, years in parts:
            if not years:
                continue
            sheet.cell(top + 1, column, text)
            if len(years) > 1:
                sheet.merge_cells(
                    start_row=top + 1, end_row=top + 1, start_column=column, end_column=column + len(years) - 1
                )
            for year in years:
                sheet.cell(top + 2, column, draw.choice((f"Năm {year}", int(year))))
                periods.append(year)
                column += 1
        sheet.merge_cells(start_row=top, end_row=top, start_column=first, end_column=column - 1)
    for n in range(1, column):
        sheet.cell(top + 3, n, f"({n})")
    end = _write_rows(own, sheet, top + 3, own.lines, periods, unit=True)
    _signed(sheet, end)
    own.done()


def stacked(filled: Filled, draw: Random) -> None:
    own = _Own(filled, "stacked")
    results, plans = _years()
    sheet, top = own.sheet("Sheet1", "BIỂU SỐ LIỆU")
    words = _headings(filled)
    for title, periods in ((f"I. KẾT QUẢ {_REVIEW}", [_REVIEW, *results]), (f"II. KẾ HOẠCH {_PLAN}", plans)):
        sheet.cell(top, 1, title)
        top += 2
        for column, text in enumerate(("STT", "Chỉ tiêu", "ĐVT", *(words[p] for p in periods)), 1):
            cell = sheet.cell(top, column, text)
            if column > 3:
                own.head(cell, "")
        for role, column in (("ordinal", 1), ("label", 2), ("unit", 3)):
            own.head(sheet.cell(top, column), role)
        top = _write_rows(own, sheet, top, own.lines, periods, unit=True) + 3
    own.done()


def unit_titles(filled: Filled, draw: Random) -> None:
    own = _Own(filled, "unit_titles")
    results, plans = _years()
    sheet, top = own.sheet("Sheet1", "BIỂU SỐ LIỆU THEO ĐƠN VỊ TÍNH")
    words = _headings(filled)
    periods = [_REVIEW, *results, *plans]
    lines = [line for line in own.lines if line.code]
    for turn, unit in enumerate(dict.fromkeys(line.unit for line in lines), 1):
        sheet.cell(top, 1, f"Bảng {turn}")
        sheet.cell(top + 1, 10, f"Đơn vị tính: {unit}")
        top += 2
        for column, text in enumerate(("STT", "Chỉ tiêu", *(words[p] for p in periods)), 1):
            cell = sheet.cell(top, column, text)
            if column > 2:
                own.head(cell, "")
        for role, column in (("ordinal", 1), ("label", 2)):
            own.head(sheet.cell(top, column), role)
        top = _write_rows(own, sheet, top, [line for line in lines if line.unit == unit], periods, unit=False) + 2
    own.done()
