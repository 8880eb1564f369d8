"""What the numbers of a table say of the units that its words declare: ratios under a percent sign, a hidden column in
another multiple of the same unit. A unit that the numbers contradict is corrected where they prove another, else
withdrawn; both are said."""

from __future__ import annotations

import re
from dataclasses import replace

from planreview.reading.account import Account, Item

_TIMES = "lần"
_THOUSANDS = re.compile(r"^(?:nghìn|ngàn|1[. ]?000)\s+", re.I)
_MANY = 5  # rows that agree before numbers say more than words


def check_units(account: Account, columns: dict[int, list[Item]]) -> None:
    """Judge the units of a table's columns; ``columns`` are its items by column, top to bottom."""
    compared = {n: shown for n, items in columns.items() if (shown := _percents(items))}
    proven = [n for n in compared if _hits(n, compared[n], columns) >= 3]
    for number, shown in compared.items():
        if number in proven or (proven and _hits(number, shown, columns)):
            _change(account, columns[number], _TIMES, "số là tỷ số của hai cột bên trái, không phải phần trăm")
        elif len(shown) >= _MANY and all(abs(v) < 2 for v in shown.values()):
            _change(account, columns[number], "", "không rõ là tỷ số (0,8) hay phần trăm (0,8%)")
    for items in columns.values():
        if all(item.cell.hidden for item in items):
            _hidden(account, items, columns)


def _percents(items: list[Item]) -> dict[int, float]:
    """The numbers of a comparison under %, by row; none where their format shows percents."""
    compared = [i for i in items if i.kind == "derived" and i.unit.startswith("%") and i.value]
    if not compared or any("%" in (i.cell.number_format or "") for i in items):
        return {}
    return {i.cell.row: float(i.value) for i in compared}


def _hits(number: int, shown: dict[int, float], columns: dict[int, list[Item]]) -> int:
    """How many numbers of a column are the ratio of the same two columns to its left, 0 where not nearly all are."""
    left = [n for n in sorted(columns, reverse=True) if n < number][:6]
    values = {n: {i.cell.row: float(i.value) for i in columns[n] if i.value} for n in left}
    best = 0
    for above in left:
        for below in left:
            rows = [r for r in shown if r in values[above] and r in values[below]]
            if above == below or len(rows) < 0.5 * len(shown):
                continue
            near = (
                abs(shown[r] - values[above][r] / values[below][r]) <= max(0.006, 0.002 * abs(shown[r])) for r in rows
            )
            hits = sum(near)
            best = max(best, hits if hits >= 0.8 * len(rows) else 0)
    return best


def _hidden(account: Account, items: list[Item], columns: dict[int, list[Item]]) -> None:
    """A hidden column whose numbers are about a thousand times those beside it under the same declared unit."""
    mine = {i.cell.row: float(i.value) for i in items if i.value}
    for others in columns.values():
        same = [i for i in others if not i.cell.hidden and i.value and i.unit == items[0].unit and i.kind != "derived"]
        times = [abs(mine[i.cell.row] / float(i.value)) for i in same if i.cell.row in mine]
        if len(times) >= _MANY and sum(700 < t < 1400 for t in times) >= 0.8 * len(times):
            smaller = _THOUSANDS.sub("", items[0].unit)
            unit = smaller[:1].upper() + smaller[1:] if smaller != items[0].unit else ""
            _change(account, items, unit, "cột ẩn có số lớn gấp khoảng 1.000 lần cột bên: đơn vị suy từ độ lớn")
            return


def _change(account: Account, items: list[Item], unit: str, why: str) -> None:
    for item in items:
        place = (item.cell.row, item.cell.column)
        if item.value is not None and account.items.get(place) is item:
            account.items[place] = replace(item, unit=unit, detail=why)
            account.fates[place] = (item.fate, why)
