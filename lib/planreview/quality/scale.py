"""Numbers in the wrong unit: ten, a hundred, a thousand … times what the rest of the row, or another round, says.

The factor is told, with the line of corrections.csv that would mend it; nothing is changed without that line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from planreview.catalogue import Catalogue
from planreview.quality.identities import as_index
from planreview.quality.issues import about, correction, issue, number_at
from planreview.quality.lines import Column, Line, Table, log10

SCALE, FRACTION, ROUNDS = "unit.scale", "unit.fraction", "unit.rounds"
CODES = (SCALE, FRACTION, ROUNDS)

_NEAR = 0.15  # how far from a power of ten a factor may be, in powers of ten: 0,7 to 1,4 times
_STEP = 0.3  # the rest of the row is steady: no year more than twice the one before
_GAP = 0.7  # numbers further apart than five times are of two kinds
_REST = 3  # numbers of the row that must agree with each other
_SMALL = 20  # counts below this may well grow ten times
_COLUMN = 3  # rows of one column that are off by one factor
_SURE = 2  # powers of ten that no year's change explains
_INDEX = (85.0, 130.0)  # where an index of growth lies, and growth in per cent does not
_GROWTH = 40.0


def wrong_units(table: Table, before: Table | None, catalogue: Catalogue) -> Iterator[dict]:
    """Issues about numbers of a table that are in another unit than the rest."""
    off = [(line, *found) for line in table.lines.values() if _scaled(line) for found in _in_row(line)]
    columns = Counter((column, power) for _, column, power in off)
    for line, column, power in off:
        row = line.cells[column]
        elsewhere = before.cell(line.indicator.code, column) if before else None
        sure = abs(power) >= _SURE or columns[column, power] >= _COLUMN or _confirms(row, elsewhere, power)
        yield _issue(line, row, power, "error" if sure else "warning", _evidence(line, column, elsewhere, power))
    if before is not None:
        done = {id(line.cells[column]) for line, column, _ in off}
        for code, line in table.lines.items():
            if _scaled(line) and (earlier := before.lines.get(code)):
                yield from _other_round(line, earlier, catalogue, done)
    for line in table.lines.values():
        if line.indicator.measure == "growth" and line.indicator.unit.startswith("%"):
            yield from _indices(line, catalogue)


def _scaled(line: Line) -> bool:
    return line.indicator.measure not in ("growth", "index", "")


def _in_row(line: Line) -> list[tuple[Column, int]]:
    """Columns whose number is a power of ten away from what the rest of the row says, with that power."""
    rule = line.indicator.five_year_rule
    sizes = [
        (column, size - (math.log10(column.last - column.first + 1) if not column.yearly and rule == "sum" else 0.0))
        for column, row in line.cells.items()
        if (size := log10(row)) is not None
    ]
    if len(sizes) <= _REST:
        return []
    ordered = sorted(size for _, size in sizes)
    gaps = [(b - a, n) for n, (a, b) in enumerate(zip(ordered, ordered[1:], strict=False), 1)]
    widest, n = max(gaps)
    if widest < _GAP or 2 * min(n, len(ordered) - n) > len(ordered):
        return []
    border = (ordered[n - 1] + ordered[n]) / 2
    lower, upper = ([s for s in sizes if (s[1] > border) is above] for above in (False, True))
    if len(lower) == len(upper):  # the results of past years are the more certain half
        lower, upper = sorted((lower, upper), key=lambda side: sum(c.result for c, _ in side))
        few, rest = lower, upper
    else:
        few, rest = sorted((lower, upper), key=len)
    if len(rest) < _REST or not _steady(rest) or _tiny(line, few, rest):
        return []
    powers = {column: size - _around(column, rest) for column, size in few}
    whole = {round(p) for p in powers.values()}
    if len(whole) != 1 or 0 in whole or any(abs(p - round(p)) > _NEAR for p in powers.values()):
        return []
    return [(column, round(power)) for column, power in powers.items()]


def _steady(rest: list[tuple[Column, float]]) -> bool:
    in_order = [size for _, size in sorted(rest, key=lambda s: (s[0].last, s[0].first))]
    return all(abs(b - a) <= _STEP for a, b in zip(in_order, in_order[1:], strict=False))


def _tiny(line: Line, few: list, rest: list) -> bool:
    """Counts so small that a factor of ten is a few more of them."""
    largest = max(line.cells[column]["value"] for column, _ in (*few, *rest))
    whole = all(line.cells[column]["digits"] == 0 for column, _ in (*few, *rest))
    return whole and largest < _SMALL * 10 and min(line.cells[c]["value"] for c, _ in (*few, *rest)) < _SMALL


def _around(column: Column, rest: list[tuple[Column, float]]) -> float:
    """The size that the nearest years of the rest of the row say."""
    near = sorted(rest, key=lambda s: (abs(s[0].last - column.last), not s[0].result))[:2]
    return sum(size for _, size in near) / len(near)


def _confirms(row: dict, elsewhere: dict | None, power: int) -> bool:
    """Whether the other round has the same number without the factor."""
    if elsewhere is None or elsewhere["value"] <= 0:
        return False
    return abs(math.log10(row["value"] / elsewhere["value"]) - power) <= _NEAR


def _evidence(line: Line, column: Column, elsewhere: dict | None, power: int) -> str:
    rest = [c for other, c in line.cells.items() if other != column and c["value"] > 0]
    rest.sort(key=lambda c: abs(int(c["period"][:4]) - column.last))
    words = f"các số khác của dòng, ví dụ {' và '.join(number_at(c) for c in rest[:2])}"
    if _confirms(line.cells[column], elsewhere, power):
        words += f"; đợt trước ghi {number_at(elsewhere)}"
    return words


def _issue(line: Line, row: dict, power: int, severity: str, evidence: str) -> dict:
    factor = Decimal(10) ** abs(power)
    percent = line.indicator.unit.startswith("%")
    fraction = percent and power == -2 and row["value"] <= 1
    how = f"lớn hơn khoảng {factor:f} lần" if power > 0 else f"nhỏ hơn khoảng {factor:f} lần"
    guess = "có vẻ là phân số dưới dấu %" if fraction else "có vẻ ghi sai đơn vị tính hoặc sai dấu thập phân"
    mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** -power)
    return issue(
        row,
        severity,
        FRACTION if fraction else SCALE,
        f"{about(line.indicator, row)}: {number_at(row)} {line.indicator.unit} {how} so với {evidence}; {guess}",
        f"Hãy xem lại đơn vị tính. Nếu đúng là sai, thêm vào corrections.csv: {mend}; nếu số đúng, thay scale bằng "
        "confirm và để trống cột value",
    )


def _other_round(line: Line, earlier: Line, catalogue: Catalogue, done: set[int]) -> Iterator[dict]:
    """A whole row that is a power of ten away from the same row of the round before: one of the two is wrong."""
    pairs = [
        (row, other, math.log10(row["value"] / other["value"]))
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
        usual = [
            (low is None or low <= v["value"]) and (high is None or v["value"] <= high) for v in (row, other)
        ]
        if usual == [True, False] and (low, high) != (None, None):
            continue  # the round before was wrong, and has been mended
        mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** -power)
        fraction = line.indicator.unit.startswith("%") and power == -2 and row["value"] <= 1
        times = f"{'gấp' if power > 0 else 'chỉ bằng 1/'}{' ' if power > 0 else ''}{Decimal(10) ** abs(power):f}"
        yield issue(
            row,
            "error",
            FRACTION if fraction else ROUNDS,
            f"{about(line.indicator, row)}: {number_at(row)} {line.indicator.unit} {times} "
            f"{'lần ' if power > 0 else ''}số của đợt trước {number_at(other)}, và cả dòng đều như vậy; một trong hai "
            "đợt ghi sai đơn vị tính",
            f"Nếu đợt này sai, thêm vào corrections.csv: {mend}; nếu đợt này đúng, thay scale bằng confirm và để trống "
            "cột value",
        )


def _indices(line: Line, catalogue: Catalogue) -> Iterator[dict]:
    """Indices (the year before = 100) in a row of growth, told by the row itself."""
    low, high = _INDEX
    usual = catalogue.expected(line.indicator.code).high
    suspects = [row for row in line.cells.values() if low <= row["value"] <= high]
    others = [row for row in line.cells.values() if not low <= row["value"] <= high]
    if not suspects or (usual is not None and usual >= low):
        return
    alone = len(suspects) >= _REST and len(suspects) >= len(others)
    if alone or (len(others) >= _REST and all(abs(row["value"]) <= _GROWTH for row in others)):
        rest = f"; các năm khác của dòng: {'; '.join(map(number_at, others[:2]))}" if others else ""
        for row in suspects:
            yield as_index(line, row, rest)
