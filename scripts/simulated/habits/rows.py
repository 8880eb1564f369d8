"""What happens to the rows of a table."""

from __future__ import annotations

from random import Random

from openpyxl.utils import get_column_letter
from scripts.simulated.fill import Filled
from scripts.simulated.habits.choosing import codes
from scripts.simulated.numbers import LAST, rounded

_OWN = (
    ("Diện tích mắc ca trồng xen", "ha"),
    ("Số mô hình trồng dâu nuôi tằm", "mô hình"),
    ("Số tổ tự quản bản, tiểu khu", "tổ"),
    ("Số hộ nuôi cá lồng trên sông Đà", "hộ"),
    ("Sản lượng mật ong rừng", "lít"),
    ("Số nhà vệ sinh hợp chuẩn làm mới", "nhà"),
    ("Số buổi chiếu phim lưu động ở bản vùng cao", "buổi"),
    ("Số điểm bán hàng lưu động ngày chợ phiên", "điểm bán"),
)
_OTHERS = "XH.02.01"  # the labour force, which the statistics office answers for


def own(filled: Filled, draw: Random) -> None:
    """A line of the unit's own under the table, which no catalogue knows."""
    sheet = filled.sheet
    row = max(name.row for name in filled.names.values() if name.parent is sheet) + 1
    _write_own(filled, sheet, row, _OWN[0], draw)


def new(filled: Filled, draw: Random) -> None:
    """Lines of the unit's own between the others."""
    rows = max(3, round(len({n.code for n in filled.numbers}) / 20))
    chosen = [filled.names[code] for code in codes(filled, draw)][:rows]
    for turn, name in enumerate(chosen):
        name.parent.insert_rows(name.row)
        row = name.row - 1
        text, unit = _OWN[turn % len(_OWN)]
        again = turn // len(_OWN)
        _write_own(filled, name.parent, row, (f"{text} (cụm {again + 1})" if again else text, unit), draw)
    filled.note("new_rows", "value", [n for n in filled.numbers if n.cell.row in {c.row + 1 for c in chosen}])


def _write_own(filled: Filled, sheet, row: int, own_line: tuple[str, str], draw: Random) -> None:
    name = next(c for c in filled.names.values() if c.parent is sheet)
    sheet.cell(row, name.column).value = own_line[0]
    unit = filled.unit_column()
    cells = [sheet.cell(row, c) for c in sorted({n.cell.column for n in filled.numbers if n.cell.parent is sheet})]
    if unit:
        sheet.cell(row, unit).value = own_line[1]
    for cell in cells:
        cell.value = draw.randrange(20, 400)
    filled.note("own_row", "rejected", [], cells)


def others(filled: Filled, draw: Random) -> None:
    """A line under the table for an indicator that another office answers for, this year's estimate a little higher."""
    row = max(name.row for name in filled.names.values()) + 1
    indicator = filled.catalogue.indicators[_OTHERS]
    for role, text in (("code", indicator.code), ("label", indicator.name), ("unit", indicator.unit)):
        filled.sheet.cell(row, filled.column(role)).value = text
    filled.names[indicator.code] = filled.sheet.cell(row, filled.column("label"))
    filled.fill_row(row, indicator.code)
    estimate = next(n for n in filled.numbers if n.code == indicator.code and n.period == str(LAST))
    estimate.write(rounded(estimate.cell.value * draw.uniform(1.01, 1.02), indicator))
    filled.note("others_row", "value", [n for n in filled.numbers if n.code == indicator.code])


def lost(filled: Filled, draw: Random) -> None:
    """Rows deleted: what stood there is not in the file."""
    chosen = codes(filled, draw)
    for code in chosen:
        name = filled.names.pop(code)
        filled.numbers = [n for n in filled.numbers if n.code != code]
        filled.empty = [c for c in filled.empty if c.row != name.row or c.parent is not name.parent]
        name.parent.delete_rows(name.row)
    filled.note("lost_rows", "value", list(filled.numbers))


def swapped(filled: Filled, draw: Random) -> None:
    """Rows that changed places, whole ones, numbers and names together."""
    chosen = codes(filled, draw)
    touched = []
    for one, other in zip(chosen[::2], chosen[1::2], strict=False):
        a, b = filled.names[one], filled.names[other]
        if a.parent is not b.parent or filled.level(one) != filled.level(other):
            continue
        _swap(filled, a.parent, a.row, b.row)
        touched += [one, other]
    filled.note("swapped_rows", "value", [n for n in filled.numbers if n.code in touched])


def _swap(filled: Filled, sheet, one: int, other: int) -> None:
    held = {}
    for column in range(1, sheet.max_column + 1):
        a, b = sheet.cell(one, column), sheet.cell(other, column)
        a.value, b.value = b.value, a.value
        a.number_format, b.number_format = b.number_format, a.number_format
        held[a], held[b] = b, a
    for number in filled.numbers:
        number.cell = held.get(number.cell, number.cell)
    filled.names = {code: held.get(cell, cell) for code, cell in filled.names.items()}
    filled.empty = [held.get(cell, cell) for cell in filled.empty]


def merged_groups(filled: Filled, draw: Random) -> None:
    """Group rows merged over the whole table, their names in the first cell."""
    merged = []
    named = {(c.parent.title, c.row) for c in filled.names.values()}
    for sheet in dict.fromkeys(c.parent for c in filled.names.values()):
        label = next(c.column for c in filled.names.values() if c.parent is sheet)
        rows = [c.row for c in filled.names.values() if c.parent is sheet]
        width = max(n.cell.column for n in filled.numbers if n.cell.parent is sheet)
        for row in range(min(rows) - 2, max(rows)):
            name = sheet.cell(row, label)
            if (sheet.title, row) in named or not name.value or sheet.cell(row, width).value is not None:
                continue
            first = sheet.cell(row, 1)
            first.value = " ".join(str(v) for v in (first.value, name.value) if v is not None)
            if label != 1:
                name.value = None
            sheet.merge_cells(f"A{row}:{get_column_letter(width)}{row}")
            merged.append(first)
    filled.note("merged_groups", "value", list(filled.numbers), merged)


def hidden(filled: Filled, draw: Random) -> None:
    """Rows hidden and forgotten."""
    chosen = codes(filled, draw)
    for code in chosen:
        filled.names[code].parent.row_dimensions[filled.names[code].row].hidden = True
    filled.note("hidden_rows", "value", [n for n in filled.numbers if n.code in chosen])
