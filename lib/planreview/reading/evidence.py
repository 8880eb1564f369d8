"""What the numbers of a table say of the units that its words declare: ratios under a percent sign, a hidden column in
another multiple of the same unit. A unit that the numbers contradict is corrected where they prove another, else
withdrawn; both are said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from planreview.reading.account import Account

_TIMES = "lần"
_THOUSANDS = re.compile(r"^(?:nghìn|ngàn|1[. ]?000)\s+", re.I)
_MANY = 5  # rows that agree before numbers say more than words


class Seen(NamedTuple):
    """What is looked at of one cell among the values; ``value`` None or 0 where it holds no number to reckon with."""

    row: int
    value: float | None
    unit: str
    kind: str
    number_format: str | None
    hidden: bool


class Columns:
    """The columns of values of a table: ``numbers`` left to right, ``compared`` those that may hold comparisons under
    %; what is ``seen`` of each, top to bottom, is gathered when it is asked for."""

    def __init__(self, numbers: list[int], compared: list[int], seen: Callable[[int], list[Seen]]) -> None:
        self.numbers, self.compared, self._gather = numbers, compared, seen
        self._seen: dict[int, list[Seen]] = {}

    def seen(self, number: int) -> list[Seen]:
        if number not in self._seen:
            self._seen[number] = self._gather(number)
        return self._seen[number]

    def values(self, number: int) -> dict[int, float]:
        """The numbers of a column by row, zeros left out."""
        return {s.row: s.value for s in self.seen(number) if s.value}


def check_units(account: Account, columns: Columns, hidden: list[int]) -> None:
    """Judge the units of a table's columns; ``hidden`` are those that may be hidden from top to bottom."""
    compared = {n: shown for n in columns.compared if (shown := _percents(columns.seen(n)))}
    changed: set[int] = set()
    proven = [n for n in compared if _hits(n, compared[n], columns) >= 3]
    for number, shown in compared.items():
        if number in proven or (proven and _hits(number, shown, columns)):
            _change(account, columns, number, _TIMES, "số là tỷ số của hai cột bên trái, không phải phần trăm")
            changed.add(number)
        elif len(shown) >= _MANY and all(abs(v) < 2 for v in shown.values()):
            _change(account, columns, number, "", "không rõ là tỷ số (0,8) hay phần trăm (0,8%)")
            changed.add(number)
    for number in hidden:
        if number not in changed and all(cell.hidden for cell in columns.seen(number)):
            _hidden(account, columns, number)


def _percents(column: list[Seen]) -> dict[int, float]:
    """The numbers of a comparison under %, by row; none where their format shows percents."""
    compared = [c for c in column if c.kind == "derived" and c.unit.startswith("%") and c.value]
    if not compared or any("%" in (c.number_format or "") for c in column):
        return {}
    return {c.row: c.value for c in compared}


def _hits(number: int, shown: dict[int, float], columns: Columns) -> int:
    """How many numbers of a column are the ratio of the same two columns to its left, 0 where not nearly all are."""
    left = [n for n in reversed(columns.numbers) if n < number][:6]
    values = {n: columns.values(n) for n in left}
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


def _hidden(account: Account, columns: Columns, number: int) -> None:
    """A hidden column whose numbers are about a thousand times those beside it under the same declared unit."""
    mine, unit = columns.values(number), columns.seen(number)[0].unit
    for other in columns.numbers:
        seen = columns.seen(other)
        same = [c for c in seen if not c.hidden and c.value and c.unit == unit and c.kind != "derived"]
        times = [abs(mine[c.row] / c.value) for c in same if c.row in mine]
        if len(times) >= _MANY and sum(700 < t < 1400 for t in times) >= 0.8 * len(times):
            smaller = _THOUSANDS.sub("", unit)
            smaller = smaller[:1].upper() + smaller[1:] if smaller != unit else ""
            _change(
                account, columns, number, smaller, "cột ẩn có số lớn gấp khoảng 1.000 lần cột bên: đơn vị suy từ độ lớn"
            )
            return


def _change(account: Account, columns: Columns, number: int, unit: str, why: str) -> None:
    items = account.items
    for cell in columns.seen(number):
        item = items[cell.row, number]
        if item.value is not None:
            account.put(replace(item, unit=unit, detail=why))
