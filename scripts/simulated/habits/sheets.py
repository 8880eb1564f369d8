"""What happens to a workbook and its sheets."""

from __future__ import annotations

import datetime as dt
from random import Random

from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from scripts.simulated.fill import Filled
from scripts.simulated.habits.choosing import codes, numbers


def scratch(filled: Filled, draw: Random) -> None:
    """Sums tried out beside the table and above it."""
    sheet = filled.sheet
    right = max(n.cell.column for n in filled.numbers if n.cell.parent is sheet) + 6
    rows = [n.cell.row for n in numbers(filled, draw) if n.cell.parent is sheet]
    cells = [sheet.cell(row, right + n % 3) for n, row in enumerate(dict.fromkeys(rows))]
    for cell in cells:
        cell.value = round(draw.uniform(10, 900), 1)
    filled.note("scratch", "rejected", [], cells)


def _copy(filled: Filled, title: str, *, hidden: bool) -> list:
    sheet = filled.sheet
    again = filled.book.create_sheet(title)
    again.sheet_state = "hidden" if hidden else "visible"
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            value = filled.results.get(cell, cell.value)
            if value is not None and not (isinstance(value, str) and value.startswith("=")):
                again.cell(cell.row, cell.column, value).number_format = cell.number_format
    for number in filled.numbers:
        if number.cell.parent is sheet:
            cells.append(again.cell(number.cell.row, number.cell.column))
    return cells


def hidden_copy(filled: Filled, draw: Random) -> None:
    """A hidden sheet with the same table, as it was pasted from."""
    filled.note("hidden_copy", "again", list(filled.numbers), _copy(filled, "TINH ", hidden=True))


def copied(filled: Filled, draw: Random) -> None:
    """The sheet twice."""
    title = f"{filled.sheet.title} (2)"
    filled.note("copied", "again", list(filled.numbers), _copy(filled, title, hidden=False))


def empty(filled: Filled, draw: Random) -> None:
    """Empty sheets with the names of a new workbook, stray blanks in the name of the first one."""
    filled.sheet.title = f" {filled.sheet.title.upper()} "
    for name in ("Sheet3", "Sheet4"):
        filled.book.create_sheet(name)
    filled.note("empty_sheets", "value", list(filled.numbers))


def notes(filled: Filled, draw: Random) -> None:
    """Remarks of the person who typed, beside the numbers."""
    chosen = numbers(filled, draw)
    for number in chosen:
        number.cell.comment = Comment("Đã rà soát với phòng chuyên môn", "Người lập")
    filled.note("notes", "value", chosen)


def mac_dates(filled: Filled, draw: Random) -> None:
    """A workbook whose days are counted from 1904, with the days of checking in the column of notes."""
    filled.book.epoch = CALENDAR_MAC_1904
    column = filled.note_column()
    chosen = codes(filled, draw)
    cells = [filled.names[code].parent.cell(filled.names[code].row, column) for code in chosen]
    for cell in cells:
        cell.value = dt.date(2020, draw.randrange(1, 6), draw.randrange(1, 28))
        cell.number_format = "dd/mm/yyyy"
    filled.note("mac_dates", "none", [], cells)
