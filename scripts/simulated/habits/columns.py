"""What happens to the columns of a table."""

from __future__ import annotations

import re
from random import Random

from openpyxl.utils import get_column_letter
from scripts.simulated.fill import Filled

_REWORDED = (
    (r"^TH (\d{4})$", (r"Thực hiện năm \1", r"TH năm \1", r"Thực hiện \1", r"TH\1")),
    (r"^ƯTH (\d{4})$", (r"Ước thực hiện năm \1", r"Ước TH \1", r"Uoc năm \1", r"Ước TH năm \1")),
    (r"^KH (\d{4})$", (r"Kế hoạch \1", r"K.H \1", r"KH\1", r"Dự kiến KH \1")),
    (r"^Năm (\d{4})$", (r"TH \1", r"Thực hiện năm \1")),
    (r"^KH NQ (\d{4}-\d{4})$", (r"Kế hoạch theo NQ giai đoạn \1", r"Mục tiêu NQ \1", r"KH NQ giai đoạn \1")),
)


def headings(filled: Filled, draw: Random) -> None:
    """Other words for the same columns."""
    changed = []
    for cell in filled.headings:
        for pattern, others in _REWORDED:
            if re.match(pattern, str(cell.value)):
                cell.value = re.sub(pattern, draw.choice(others), str(cell.value))
                changed.append(cell)
                break
    filled.note("headings", "value", list(filled.numbers), changed)


def others(filled: Filled, draw: Random) -> None:
    """Columns of the office's own between the form's: who is in charge, and a comparison in percent."""
    first = filled.headings[0]
    sheet, header = first.parent, first.row
    last = max(c.column for c in filled.headings if c.parent is sheet)
    new = []
    for at, heading in ((last + 1, "So sánh 2020/2019 (%)"), (first.column, "Đơn vị phụ trách")):
        sheet.insert_cols(at)
        new.append(sheet.cell(header, at, heading))
        for name in filled.names.values():
            if name.parent is sheet and any(n.cell.row == name.row for n in filled.numbers):
                value = round(draw.uniform(90, 120), 1) if "%" in heading else "Phòng TC-KH"
                new.append(sheet.cell(name.row, at, value))
    filled.note("other_columns", "none", [], new)
    filled.note("other_columns", "value", list(filled.numbers))


def moved(filled: Filled, draw: Random) -> None:
    """Two columns of years change places, headings and numbers together."""
    cells = [c for c in filled.headings if c.parent is filled.sheet and re.match(r"^(TH|KH) \d{4}$", str(c.value))]
    a, b = sorted(draw.sample(range(len(cells)), 2))
    one, other = cells[a].column, cells[b].column
    sheet = cells[a].parent
    other_cell = {}
    for row in range(cells[a].row, max(n.cell.row for n in filled.numbers if n.cell.parent is sheet) + 1):
        left, right = sheet.cell(row, one), sheet.cell(row, other)
        left.value, right.value = right.value, left.value
        left.number_format, right.number_format = right.number_format, left.number_format
        other_cell[left], other_cell[right] = right, left
    for number in filled.numbers:
        number.cell = other_cell.get(number.cell, number.cell)
    filled.note("moved_columns", "value", [n for n in filled.numbers if n.cell.column in (one, other)])


def hidden(filled: Filled, draw: Random) -> None:
    """Columns of past years hidden."""
    chosen = [c for c in filled.headings if str(c.value).startswith("TH") and draw.random() < 0.6]
    for cell in chosen:
        cell.parent.column_dimensions[get_column_letter(cell.column)].hidden = True
    places = {(c.parent.title, c.column) for c in chosen}
    filled.note("hidden", "value", [n for n in filled.numbers if (n.cell.parent.title, n.cell.column) in places])
