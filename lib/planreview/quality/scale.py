"""Numbers in the wrong unit: ten, a hundred, a thousand … times what the rest of the row, or another round, says.

The factor is told, with the line of corrections.csv that would mend it; nothing is changed without that line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

from planreview.catalogue import Catalogue, texts
from planreview.quality.identities import as_index
from planreview.quality.issues import about, correction, issue, number_at
from planreview.quality.lines import Column, Line, Table, log10

SCALE, FRACTION, ROUNDS = "unit.scale", "unit.fraction", "unit.rounds"
CODES = (SCALE, FRACTION, ROUNDS)

_NEAR = 0.15  # how far from a power of ten a factor may be, in powers of ten: 0,7 to 1,4 times
_DRIFT, _FARTHEST = 0.03, 0.3  # and farther for each year to the nearest of the rest
_STEP = 0.3  # the rest of the row is steady: no year more than twice the one before
_GAP = 0.7  # numbers further apart than five times are of two kinds
_REST = 3  # numbers of the row that must agree with each other
_SMALL = 20  # counts below this may well grow ten times
_COLUMN = 3  # rows of one column that are off by one factor
_SURE = 2  # powers of ten that no year's change explains
_INDEX = (85.0, 130.0)  # where an index of growth lies, and growth in per cent does not
_GROWTH = 40.0


def wrong_units(table: Table, before: Table | None, catalogue: Catalogue, known: set[int]) -> Iterator[dict]:
    """Issues about numbers of a table that are in another unit than the rest. ``known``: ids of the observations that
    another check explains."""
    off: list[_Off] = []
    for line in table.lines.values():
        if _scaled(line):
            off += [found for found in _in_row(line, before) if id(found.row) not in known]
    columns = Counter((found.column, found.power) for found in off)
    for found in off:
        sure = abs(found.power) >= _SURE or columns[found.column, found.power] >= _COLUMN or found.confirmed
        yield _issue(found, "error" if sure else "warning")
    if before is not None:
        done = known | {id(found.row) for found in off}
        for code, line in table.lines.items():
            if _scaled(line) and (earlier := before.lines.get(code)):
                yield from _other_round(line, earlier, catalogue, done)
    for line in table.lines.values():
        if line.indicator.measure == "growth" and line.indicator.unit.startswith("%"):
            yield from _indices(line, catalogue)


@dataclass(frozen=True)
class _Off:
    """A number that is ``power`` powers of ten away from ``rest``, other numbers of its row; what the round before said
    in its place."""

    line: Line
    column: Column
    power: int
    rest: tuple[Column, ...]
    elsewhere: dict | None

    @property
    def row(self) -> dict:
        return self.line.cells[self.column]

    @property
    def confirmed(self) -> bool:
        """Whether the other round has the same number without the factor."""
        size, other = log10(self.row), log10(self.elsewhere)
        return size is not None and other is not None and abs(size - other - self.power) <= _NEAR


def _scaled(line: Line) -> bool:
    return line.indicator.measure not in ("growth", "index", "")


def _in_row(line: Line, before: Table | None) -> list[_Off]:
    """The numbers of a row that are a power of ten away from what the rest of it says."""
    sizes = [
        (column, size - _years_added(line, column))
        for column, row in line.cells.items()
        if (size := log10(row)) is not None
    ]
    if len(sizes) <= _REST:
        return []
    ordered = sorted(size for _, size in sizes)
    widest, n = max((b - a, n) for n, (a, b) in enumerate(pairwise(ordered), 1))
    if widest < _GAP:
        return []
    border = (ordered[n - 1] + ordered[n]) / 2
    sides = [[s for s in sizes if (s[1] > border) is above] for above in (False, True)]
    few, rest = sorted(sides, key=lambda side: _trusted(side, line, before))
    if len(rest) < _REST or not _steady(rest) or _tiny(line):
        return []
    powers = {column: size - _around(column, rest) for column, size in few}
    whole = {round(p) for p in powers.values()}
    if len(whole) != 1 or 0 in whole or any(abs(p - round(p)) > _within(c, rest) for c, p in powers.items()):
        return []
    columns = tuple(column for column, _ in rest)
    return [
        _Off(line, column, round(power), columns, before.cell(line.indicator.code, column) if before else None)
        for column, power in powers.items()
    ]


def _years_added(line: Line, column: Column) -> float:
    """The size that a sum of years has over one of them."""
    summed = not column.yearly and line.indicator.five_year_rule == "sum"
    return math.log10(column.last - column.first + 1) if summed else 0.0


def _trusted(side: list[tuple[Column, float]], line: Line, before: Table | None) -> tuple[int, int, int]:
    """How far to believe one half of a row: what the round before says too, the larger half, results before plans."""
    said = 0
    for column, _ in side:
        size, other = log10(line.cells[column]), log10(before.cell(line.indicator.code, column) if before else None)
        said += other is not None and abs(size - other) <= _NEAR
    return said, len(side), sum(column.result for column, _ in side)


def _steady(rest: list[tuple[Column, float]]) -> bool:
    in_order = [size for _, size in sorted(rest, key=lambda s: (s[0].last, s[0].first))]
    return all(abs(b - a) <= _STEP for a, b in pairwise(in_order))


def _tiny(line: Line) -> bool:
    """Counts so small that a factor of ten is a few more of them."""
    values = [row["value"] for row in line.cells.values() if row["value"] > 0]
    whole = all(row["digits"] == 0 for row in line.cells.values())
    return whole and max(values) < _SMALL * 10 and min(values) < _SMALL


def _around(column: Column, rest: list[tuple[Column, float]]) -> float:
    """The size that the nearest years of the rest of the row say."""
    near = sorted(rest, key=lambda s: (abs(s[0].last - column.last), not s[0].result))[:2]
    return sum(size for _, size in near) / len(near)


def _within(column: Column, rest: list[tuple[Column, float]]) -> float:
    years = min(abs(other.last - column.last) for other, _ in rest)
    return min(_FARTHEST, _NEAR + _DRIFT * max(0, years - 1))


def _issue(found: _Off, severity: str) -> dict:
    line, row, power = found.line, found.row, found.power
    near = sorted(found.rest, key=lambda column: abs(column.last - found.column.last))[:2]
    evidence = f"các số khác của dòng, ví dụ {' và '.join(number_at(line.cells[column]) for column in near)}"
    if found.confirmed:
        evidence += f"; đợt trước ghi {number_at(found.elsewhere)}"
    fraction = line.indicator.unit.startswith("%") and power == -2 and row["value"] <= 1
    how = f"{'lớn' if power > 0 else 'nhỏ'} hơn khoảng {texts.number(10 ** abs(power), 0)} lần"
    guess = "có vẻ là phân số dưới dấu %" if fraction else "có vẻ ghi sai đơn vị tính hoặc sai dấu thập phân"
    mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** -power)
    return issue(
        row,
        severity,
        FRACTION if fraction else SCALE,
        f"{about(line.indicator, row)}: {number_at(row)} {line.indicator.unit} {how} so với {evidence}; {guess}",
        f"Hãy xem lại đơn vị tính. Nếu đúng là sai, thêm vào corrections.csv: “{mend}”; nếu số đúng, thay scale bằng "
        "confirm và để trống cột value",
    )


def _other_round(line: Line, earlier: Line, catalogue: Catalogue, done: set[int]) -> Iterator[dict]:
    """A whole row that is a power of ten away from the same row of the round before: one of the two is wrong."""
    pairs = [
        (row, other, math.log10(row["value"]) - math.log10(other["value"]))
        for column, row in line.cells.items()
        if id(row) not in done and (other := earlier.cells.get(column)) and row["value"] > 0 and other["value"] > 0
    ]
    if len(pairs) < _REST:
        return
    power = round(median(p for *_, p in pairs))
    agree = [(row, other) for row, other, p in pairs if abs(p - power) <= _NEAR]
    if not power or len(agree) < 0.8 * len(pairs) or len(agree) < _REST:
        return
    low, high = catalogue.expected(line.indicator.code).low, catalogue.expected(line.indicator.code).high
    for row, other in agree:
        usual = [(low is None or low <= v["value"]) and (high is None or v["value"] <= high) for v in (row, other)]
        if usual == [True, False] and (low, high) != (None, None):
            continue  # the round before was wrong, and has been mended
        mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** -power)
        fraction = line.indicator.unit.startswith("%") and power == -2 and row["value"] <= 1
        factor = texts.number(10 ** abs(power), 0)
        times = f"gấp {factor} lần" if power > 0 else f"chỉ bằng 1/{factor}"
        yield issue(
            row,
            "error",
            FRACTION if fraction else ROUNDS,
            f"{about(line.indicator, row)}: {number_at(row)} {line.indicator.unit} {times} "
            f"số của đợt trước {number_at(other)}, và cả dòng đều như vậy; một trong hai "
            "đợt ghi sai đơn vị tính",
            f"Nếu đợt này sai, thêm vào corrections.csv: “{mend}”; nếu đợt này đúng, thay scale bằng confirm và để "
            "trống cột value",
        )


def _indices(line: Line, catalogue: Catalogue) -> Iterator[dict]:
    """Indices (the year before = 100) in a row of growth, told by the row itself."""
    low, high = _INDEX
    usual = catalogue.expected(line.indicator.code).high
    suspects = [row for row in line.cells.values() if low <= row["value"] <= high]
    others = [row for row in line.cells.values() if not low <= row["value"] <= high]
    apart = len(others) >= _REST and all(abs(row["value"]) <= _GROWTH for row in others)
    if not suspects or (usual is not None and usual >= low and not (apart and len(suspects) >= _REST)):
        return
    alone = len(suspects) >= _REST and len(suspects) >= len(others)
    if alone or apart:
        rest = f"; các năm khác của dòng: {'; '.join(map(number_at, others[:2]))}" if others else ""
        for row in suspects:
            yield as_index(line, row, rest)
