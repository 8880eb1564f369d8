"""Numbers of one table that must agree: totals and their parts, shares, rates, growth, the years of a five-year figure.

Which of the numbers is wrong no identity tells: all stay, and the person who filled in the form is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from planreview.catalogue import Catalogue
from planreview.catalogue.expectations import GROWTH
from planreview.quality.issues import about, correction, counted, issue, number_at, rounding
from planreview.quality.lines import Column, Line, Table

TOTAL, PART, SHARES, RATIO = "check.total", "check.part", "check.shares", "check.ratio"
GROWN, YEARS, INDEX = "check.growth", "check.five_year", "unit.index"
CODES = (TOTAL, PART, SHARES, RATIO, GROWN, YEARS, INDEX)

_WHOLE = 100.0
_PLANNED = 0.02  # targets are planned in round numbers: so far apart they still agree
_SLIGHT = 0.005  # a difference of a total from its parts that matters to nobody's conclusion
_ASK = "Hãy xem lại các ô này và sửa ô ghi sai; các số được giữ nguyên cho đến khi đơn vị xác nhận"


def disagreements(table: Table, catalogue: Catalogue) -> Iterator[dict]:
    """Issues about the numbers of a table that contradict each other."""
    for code, line in table.lines.items():
        expected = catalogue.expected(code)
        if expected.parts:
            yield from _parts(table, line, expected.parts, catalogue)
        if line.indicator.parent:
            yield from _part_of(table, line, catalogue)
        if line.indicator.ratio is not None and not table.published:  # of published ones: source.ratio
            yield from _ratio(table, line, catalogue)
        if expected.change is not None:
            yield from _change(table, line, *expected.change)
        if not table.published:
            yield from _years(line)
    yield from _shares(table, catalogue)


def _parts(table: Table, line: Line, parts: tuple[str, ...], catalogue: Catalogue) -> Iterator[dict]:
    """A total that is not the sum of its parts; where a part was not given, one that is smaller than the others."""
    asked = [p for p in parts if _asked(p, table, catalogue)]
    for column, total in line.cells.items():
        given = [cell for p in asked if (cell := table.cell(p, column))]
        if not given or (line.rate and not column.yearly and not column.result and len(given) < len(asked)):
            continue
        added = sum(cell["value"] for cell in given)
        tolerance = rounding(total) + sum(map(rounding, given)) + _slack(column, total)
        off = total["value"] - added
        if len(given) == len(asked) and abs(off) <= tolerance * (1 + 1e-9):
            continue
        if len(given) < len(asked) and (off >= -tolerance or min(c["value"] for c in given) < 0):
            continue
        missing = "" if len(given) == len(asked) else f" (mới có {len(given)}/{len(asked)} phần)"
        unit = line.indicator.unit
        listed = "; ".join(f"{catalogue.indicators[c['indicator_code']].name} {number_at(c)}" for c in given)
        slight = abs(off) <= _SLIGHT * abs(total["value"])
        yield issue(
            total,
            "info" if slight else "warning",
            TOTAL,
            f"{about(line.indicator, total)}: {number_at(total)} khác tổng các phần "
            f"{counted(added, total['digits'])}{missing}, chênh {counted(off, total['digits'])} {unit}. "
            f"Các phần: {listed}",
            _ASK,
        )


def _asked(code: str, table: Table, catalogue: Catalogue) -> bool:
    kind = catalogue.units[table.place.area_code].kind if table.place.area_code in catalogue.units else ""
    levels = catalogue.indicators[code].levels
    return (kind if kind in ("nation", "province") else "district") in levels


def _part_of(table: Table, line: Line, catalogue: Catalogue) -> Iterator[dict]:
    """A part that is larger than the whole that the catalogue puts it under."""
    whole = table.lines.get(line.indicator.parent)
    if whole is None or not _comparable(line, whole):
        return
    for column, part in line.cells.items():
        total = whole.cells.get(column)
        if total is None or total["value"] < 0:
            continue
        if part["value"] - total["value"] > rounding(part) + rounding(total) + _slack(column, total):
            yield issue(
                part,
                "warning",
                PART,
                f"{about(line.indicator, part)}: {number_at(part)} lớn hơn {whole.indicator.name} "
                f"{number_at(total)} ({line.indicator.unit})",
                _ASK,
            )


def _comparable(line: Line, whole: Line) -> bool:
    measures = {line.indicator.measure, whole.indicator.measure}
    return line.indicator.unit == whole.indicator.unit and measures in ({"level"}, {"cumulative"}, {"share"})


def _slack(column: Column, cell: dict) -> float:
    return 0.0 if column.result else _PLANNED * abs(cell["value"])


def _shares(table: Table, catalogue: Catalogue) -> Iterator[dict]:
    """Shares of a whole that nobody wrote down: they make up 100 %; where some were not given, the others no more."""
    wholes = {line.indicator.parent for line in table.lines.values() if line.indicator.measure == "share"}
    for code in sorted(wholes - {""}):
        parts = [p for p in catalogue.expected(code).parts if _asked(p, table, catalogue)]
        lines = [table.lines[p] for p in parts if p in table.lines]
        if catalogue.indicators[code].measure != "share":
            continue
        for column in dict.fromkeys(column for line in lines for column in line.cells):
            given = [line.cells[column] for line in lines if column in line.cells]
            if len(given) < 2 or table.cell(code, column):
                continue
            off = sum(cell["value"] for cell in given) - _WHOLE
            tolerance = sum(map(rounding, given)) + (0.0 if column.result else _PLANNED * _WHOLE)
            if (off if len(given) < len(parts) else abs(off)) <= tolerance * (1 + 1e-9):
                continue
            listed = "; ".join(f"{catalogue.indicators[c['indicator_code']].name} {number_at(c)}" for c in given)
            yield issue(
                given[0],
                "warning",
                SHARES,
                f"{about(catalogue.indicators[code], given[0])}: các tỷ trọng cộng lại là "
                f"{counted(off + _WHOLE, given[0]['digits'])}%, không phải 100%. Gồm: {listed}",
                _ASK,
            )


def _ratio(table: Table, line: Line, catalogue: Catalogue) -> Iterator[dict]:
    """A rate that its own numerator and denominator do not give, whatever was rounded."""
    ratio = line.indicator.ratio
    above, below = table.lines.get(ratio.numerator), table.lines.get(ratio.denominator)
    if above is None or below is None:
        return
    scale = float(ratio.scale)
    for column, row in line.cells.items():
        top, bottom = above.cells.get(column), below.cells.get(column)
        if not column.yearly or top is None or bottom is None or bottom["value"] <= rounding(bottom):
            continue
        low = scale * (top["value"] - rounding(top)) / (bottom["value"] + rounding(bottom))
        high = scale * (top["value"] + rounding(top)) / (bottom["value"] - rounding(bottom))
        slack = rounding(row) + _slack(column, row)
        if low - slack <= row["value"] <= high + slack:
            continue
        exact = scale * top["value"] / bottom["value"]
        yield issue(
            row,
            "warning",
            RATIO,
            f"{about(line.indicator, row)}: ghi {number_at(row)}, nhưng {above.indicator.name} {number_at(top)} trên "
            f"{below.indicator.name} {number_at(bottom)} cho {counted(exact, row['digits'])} ({line.indicator.unit})",
            _ASK,
        )


def _change(table: Table, line: Line, how: str, of: str) -> Iterator[dict]:
    """Growth (or a fall) that the levels of two years do not give; an index in its place is told apart."""
    levels = table.lines.get(of)
    if levels is None:
        return
    for series, known in ((line.results, levels.results), (line.plans, levels.results | levels.plans)):
        for year, row in series.items():
            now, before = known.get(year), known.get(year - 1)
            if now is None or before is None or before["value"] <= rounding(before):
                continue
            low, high = _bounds(now, before, how)
            slack = rounding(row) + (0.0 if row["kind"] != "target" else 0.5)
            if low - slack <= row["value"] * (1 + 1e-12) <= high + slack:
                continue
            yield _changed_otherwise(line, levels, row, now, before, (low, high, slack), how)


def _bounds(now: dict, before: dict, how: str) -> tuple[float, float]:
    a, b = now["value"], before["value"]
    ra, rb = rounding(now), rounding(before)
    if how == GROWTH:
        return ((a - ra) / (b + rb) - 1) * 100, ((a + ra) / (b - rb) - 1) * 100
    return b - a - ra - rb, b - a + ra + rb


def _changed_otherwise(
    line: Line, levels: Line, row: dict, now: dict, before: dict, bounds: tuple[float, float, float], how: str
) -> dict:
    low, high, slack = bounds
    shown = counted((low + high) / 2, row["digits"])
    if how == GROWTH and low - slack <= row["value"] - _WHOLE <= high + slack:
        return as_index(
            line, row, f"; {levels.indicator.name} {number_at(before)} và {number_at(now)} cho mức tăng {shown}%"
        )
    return issue(
        row,
        "warning",
        GROWN,
        f"{about(line.indicator, row)}: ghi {number_at(row)}, nhưng {levels.indicator.name} {number_at(before)} năm "
        f"trước và {number_at(now)} năm nay cho {shown} ({line.indicator.unit})",
        _ASK,
    )


def as_index(line: Line, row: dict, evidence: str) -> dict:
    """An index (the year before = 100) where growth is asked for: it cannot be right as it stands."""
    grown = Decimal(repr(row["value"])) - 100
    mend = correction(row, "override", "chỉ số (năm trước = 100) ghi vào tốc độ tăng", grown)
    return issue(
        row,
        "error",
        INDEX,
        f"{about(line.indicator, row)}: {number_at(row)} có vẻ là chỉ số (năm trước = 100), không phải tốc độ "
        f"tăng{evidence}",
        f"Hãy ghi tốc độ tăng, hoặc thêm vào corrections.csv: “{mend}”",
    )


def _years(line: Line) -> Iterator[dict]:
    """A figure of several years that the years beside it do not give, by the indicator's own rule."""
    rule = line.indicator.five_year_rule
    for column, row in line.cells.items():
        if column.yearly or rule not in _RULES:
            continue
        if not column.result and column.plan != "proposed":
            continue
        if column.result and rule == "end_value" and line.indicator.measure == "level":
            continue  # of a level some give the last year, some the mean or the sum
        years = range(column.first, column.last + 1)
        series = line.results if column.result else line.plans
        given = [series[y] for y in years if y in series]
        if len(given) < len(years):
            continue
        low, high = _RULES[rule]([c["value"] for c in given])
        slack = rounding(row) + _spread(rule, given) + _slack(column, row)
        if low - slack <= row["value"] <= high + slack:
            continue
        shown = " hoặc ".join(dict.fromkeys(counted(v, row["digits"]) for v in (low, high)))
        yield issue(
            row,
            "warning",
            YEARS,
            f"{about(line.indicator, row)}: ghi {number_at(row)}, nhưng số từng năm "
            f"({'; '.join(map(number_at, given))}) {_WORDS[rule]} là {shown} ({line.indicator.unit})",
            _ASK,
        )


def _average_growth(values: list[float]) -> tuple[float, float]:
    """From the mean of the years' growth to the compound one: units write either."""
    mean = sum(values) / len(values)
    product = 1.0
    for value in values:
        product *= max(0.0, 1 + value / 100)
    compound = (product ** (1 / len(values)) - 1) * 100
    return min(mean, compound), max(mean, compound)


_RULES = {
    "sum": lambda values: (sum(values),) * 2,
    "average": lambda values: (sum(values) / len(values),) * 2,
    "end_value": lambda values: (values[-1],) * 2,
    "average_growth": _average_growth,
}
_WORDS = {
    "sum": "cộng lại", "average": "bình quân", "end_value": "ở năm cuối", "average_growth": "bình quân",
}  # fmt: skip


def _spread(rule: str, given: list[dict]) -> float:
    """How far rounding the years can move the figure."""
    if rule == "sum":
        return sum(map(rounding, given))
    return max(map(rounding, given))
