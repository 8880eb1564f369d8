"""Numbers out of the ordinary: outside where an indicator usually lies, far from its own years, a step too large."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from planreview.catalogue import Catalogue, texts
from planreview.quality.issues import about, correction, counted, issue, left_blank, number, number_at
from planreview.quality.lines import Column, Line, Table

RANGE, OUTLIER, JUMP, ZERO = "check.range", "check.outlier", "check.jump", "check.zero"
UNIT = "unit.range"
CODES = (RANGE, OUTLIER, JUMP, ZERO, UNIT)

_BEYOND = 2.0
_LARGEST = 700.0  # the logarithm of the largest number
_POWERS = (-3, -2, -1, 1, 2, 3)
_YEARS = 5  # of a row that can tell what is usual
_DEVIATIONS, _MAD = 6.0, 1.4826  # robust standard deviations that a year is off
_FAR, _FAR_POINTS = math.log(1.35), 12.0  # and at least so far
_EDGE = 2.2  # times farther in the first and the last year, where a new course may begin, and of flows
_FLOOR, _FLOOR_POINTS = 0.02, 1.0  # a row that hardly moves still has some noise
_DOUBLED = 3.0  # a level's step that is worth a question
_POINTS = 30.0
_SMALL = 30  # counts below this jump
_STEADY = 1.5  # largest by smallest of the other years: a zero among them is no number
_COUNTS = 5  # there may well be none of what there are only a few
_ZEROS = 3  # of one column that were numbers elsewhere
_LOOK = "Hãy xem lại ô này; nếu số đúng, không cần sửa"


def unusual(table: Table, catalogue: Catalogue, known: set[int]) -> Iterator[dict]:
    """Issues about numbers of a table that are not what their indicator or their own row lets expect.

    ``known``: ids of the observations that another check already explains; they say nothing about the others either.
    """
    zeros = [found for line in table.lines.values() for found in _zeros(line)]
    yield from _as_zeros(zeros)
    for line in table.lines.values():
        expected = catalogue.expected(line.indicator.code)
        outside = {}
        for row in line.cells.values():
            if id(row) not in known and (found := _outside(line, row, expected.low, expected.high)):
                outside[id(row)] = found
        whole_row = len(outside) >= _YEARS - 1 and len(outside) == len([c for c in line.cells.values() if c["value"]])
        for found in outside.values():
            yield found | ({"severity": "error"} if whole_row and found["code"] == UNIT else {})
        if table.published:
            continue
        years = {y: r for y, r in line.results.items() if id(r) not in known and id(r) not in outside}
        far = _outliers(line, years, expected.jump)
        yield from far.values()
        yield from _jumps(line, {y: r for y, r in years.items() if y not in far}, expected.jump)


def _outside(line: Line, row: dict, low: float | None, high: float | None) -> dict | None:
    value = row["value"]
    if value == 0 or ((low is None or value >= low) and (high is None or value <= high)):
        return None
    limits = " đến ".join("…" if v is None else texts.number(v, 0 if v == int(v) else 1) for v in (low, high))
    bounded = low is not None and high is not None and low > 0
    # far outside: a number just beyond the border is no other unit
    bounded = bounded and not low / _BEYOND <= value <= high * _BEYOND
    powers = [p for p in _POWERS if bounded and low <= value * 10.0**p <= high]
    power = powers[0] if len(powers) == 1 else None  # where two fit, nothing is told
    words = f"{about(line.indicator, row)}: {number_at(row)} ngoài khoảng thường gặp ({limits} {line.indicator.unit})"
    if power is None:
        return issue(row, "warning", RANGE, words, _LOOK)
    mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** power)
    times = f"{'nhỏ' if power > 0 else 'lớn'} hơn khoảng {texts.number(10 ** abs(power), 0)} lần"
    fraction = line.indicator.unit.startswith("%") and row["value"] <= 1
    return issue(
        row,
        "warning",
        UNIT,
        f"{words}; có vẻ {'là phân số dưới dấu %' if fraction else f'{times} do ghi sai đơn vị tính'}",
        f"Hãy xem lại đơn vị tính. Nếu đúng là sai, thêm vào corrections.csv: “{mend}”; nếu số đúng, thay scale bằng "
        "confirm và để trống cột value",
    )


def _outliers(line: Line, years: dict[int, dict], jump: float | None) -> dict[int, dict]:
    """Years far from the line that the other years lie on (median of slopes, median of deviations)."""
    if len(years) < _YEARS or line.indicator.measure in ("", "growth", "index"):
        return {}  # growth jumps
    values = {y: r["value"] for y, r in years.items()}
    ratio = not line.rate and min(values.values()) > 0
    if not ratio and not line.rate:
        return {}
    if ratio and max(values.values()) < _SMALL and all(r["digits"] == 0 for r in years.values()):
        return {}
    scaled = {y: math.log(v) if ratio else v for y, v in values.items()}
    far, floor = (_FAR, _FLOOR) if ratio else (_FAR_POINTS, _FLOOR_POINTS)
    if max(scaled.values()) - min(scaled.values()) <= far:
        return {}
    found = {}
    for year in scaled:
        others = {y: v for y, v in scaled.items() if y != year}
        slope = median((others[b] - others[a]) / (b - a) for a in others for b in others if a < b)
        level = median(v - slope * y for y, v in others.items())
        noise = max(floor, _MAD * median(abs(v - slope * y - level) for y, v in others.items()))
        off = scaled[year] - slope * year - level
        calm = max(abs(v - slope * y - level) for y, v in others.items()) <= far / 2
        edge = year in (min(scaled), max(scaled))
        if edge and (line.indicator.measure == "cumulative" or _as_usual(line, years, year, jump)):
            continue
        edge = edge or line.indicator.five_year_rule == "sum"
        if calm and abs(off) > max(far * (_EDGE if edge else 1), _DEVIATIONS * noise):
            usual = math.exp(min(slope * year + level, _LARGEST)) if ratio else slope * year + level
            found[year] = _outlier(line, years, year, usual)
    return found


def _as_usual(line: Line, years: dict[int, dict], year: int, jump: float | None) -> bool:
    """Whether the step between the first or last year and the one beside it is one that the catalogue knows."""
    beside = min((y for y in years if y != year), key=lambda y: abs(y - year))
    one, other = (years[y] for y in sorted((year, beside)))
    return jump is not None and not _step(line, one, other, jump)


def _outlier(line: Line, years: dict[int, dict], year: int, usual: float) -> dict:
    row = years[year]
    others = "; ".join(number(r) for y, r in sorted(years.items()) if y != year)
    shown = counted(usual, row["digits"])
    return issue(
        row,
        "warning",
        OUTLIER,
        f"{about(line.indicator, row)}: {number_at(row)} khác hẳn các năm khác của dòng ({others}); theo các năm đó "
        f"khoảng {shown} {line.indicator.unit}",
        _LOOK,
    )


def _jumps(line: Line, years: dict[int, dict], limit: float | None) -> Iterator[dict]:
    """A step from one year to the next larger than the indicator takes."""
    for year, row in sorted(years.items()):
        before = years.get(year - 1)
        if before is None:
            continue
        step = _step(line, before, row, limit)
        if step:
            yield issue(
                row,
                "warning",
                JUMP,
                f"{about(line.indicator, row)}: {number_at(row)} so với {number_at(before)} của năm trước, {step}",
                _LOOK,
            )


def _step(line: Line, before: dict, row: dict, limit: float | None) -> str:
    """How the number moved, '' where it moved as it may."""
    a, b = before["value"], row["value"]
    if line.rate:
        allowed = _POINTS if limit is None else limit
        points = b - a
        if line.indicator.measure == "growth" or abs(points) <= allowed:
            return ""
        return f"{'tăng' if points > 0 else 'giảm'} {counted(abs(points), row['digits'])} điểm phần trăm"
    if a <= 0 or b <= 0 or (row["digits"] == 0 and max(a, b) < _SMALL):
        return ""
    percent = (b / a - 1) * 100
    if limit is not None and abs(percent) <= limit:
        return ""
    if limit is None and (line.indicator.measure in ("cumulative", "") or 1 / _DOUBLED <= b / a <= _DOUBLED):
        return ""
    return f"{'tăng' if percent > 0 else 'giảm'} {counted(abs(percent), 1)}%"


def _zeros(line: Line) -> list[tuple[Line, dict, list[dict], bool]]:
    """Zeros among years of clear numbers: (line, zero, the other numbers, sure)."""
    found = []
    for column, row in line.cells.items():
        if row["value"] != 0 or line.indicator.measure == "growth":
            continue
        others = [c for other, c in line.cells.items() if c["value"] and other.result == column.result]
        values = [abs(c["value"]) for c in others]
        few = len(values) < _YEARS - 2 or (max(c["digits"] for c in others) == 0 and min(values) < _COUNTS)
        if few or line.indicator.measure == "cumulative":
            continue
        sure = max(values) / min(values) <= _STEADY and min(values) >= _SMALL
        if _falls_to_zero(line, column) or (_begins_with_zero(line, column) and not sure):
            continue
        found.append((line, row, others, sure))
    return found


def _falls_to_zero(line: Line, column: Column) -> bool:
    """A row that falls step by step may end at zero: its last number is small beside its first."""
    series = line.results if column.result else line.plans
    values = [series[y]["value"] for y in sorted(series) if y < column.last]
    return len(values) >= 2 and values[-1] <= 0.25 * max(values)


def _begins_with_zero(line: Line, column: Column) -> bool:
    """What had not begun yet was zero."""
    series = line.results if column.result else line.plans
    return not any(series[y]["value"] for y in series if y < column.last)


def _as_zeros(zeros: list[tuple[Line, dict, list[dict], bool]]) -> Iterator[dict]:
    columns: dict[tuple, int] = {}
    for _, row, _, _ in zeros:
        column = row["period"], row["kind"], row["plan"]
        columns[column] = columns.get(column, 0) + 1
    for line, row, others, sure in zeros:
        same = columns[row["period"], row["kind"], row["plan"]]
        yield issue(
            row,
            "error" if sure or same >= _ZEROS else "warning",
            ZERO,
            f"{about(line.indicator, row)}: ghi {number_at(row)} trong khi các năm khác là "
            f"{'; '.join(number(c) for c in others[:4])} ({line.indicator.unit})"
            + (f"; cột này có {same} dòng như vậy" if same > 1 else "")
            + "; có thể ô trống bị ghi thành 0",
            left_blank(row),
        )
