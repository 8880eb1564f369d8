"""Values of a column that stand one or two rows off: they are the numbers of the rows above or below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from planreview.quality.issues import about, issue, number_at
from planreview.quality.lines import Column, Line, Table, position

SLID = "check.slid"
CODES = (SLID,)

_SHIFTS = (1, -1, 2, -2)
_RUN = 4  # numbers in a column that fit another row and not their own
_FIT, _UNFIT = math.log(1.25), math.log(1.5)
_STEADY = 1.49  # times as much: closer than what counts as unfit
_MOSTLY = 0.6
_NEAREST = 3

Expected = Callable[[Line, Column], dict | None]


def slid_values(table: Table, before: Table | None) -> Iterator[dict]:
    """An error for each number that stands in another row's place: against the other years of the rows, and against
    the same column of the round before."""
    rows: dict[int, Line] = {}
    columns: dict[Column, dict[int, dict]] = {}
    for line in table.lines.values():
        for column, row in line.cells.items():
            if row["value"] > 0 and (at := position(row["cell"])):
                rows[at[0]] = line
                columns.setdefault(column, {})[at[0]] = row
    spans = {at: (_span(line.results), _span(line.plans | line.results)) for at, line in rows.items()}
    references: list[Expected] = [_of_the_row]
    if before is not None:
        references.append(lambda line, column: before.cell(line.indicator.code, column))
    for column, cells in columns.items():
        for expected in references:
            if expected is _of_the_row and not _may_be_slid(column, cells, rows, spans):
                continue
            usual = {at: found["value"] for at, line in rows.items() if (found := expected(line, column))}
            if hits := _hits(cells, usual, rows):
                yield from (_issue(rows[at], cells[at], shift, rows[at - shift]) for at, shift in hits)
                break


def _span(series: dict[int, dict]) -> tuple[float, float]:
    """The least and the greatest of two or more numbers; of fewer none lies between."""
    values = [row["value"] for row in series.values()]
    return (min(values), max(values)) if len(values) > 1 else (0.0, math.inf)


def _may_be_slid(
    column: Column, cells: dict[int, dict], rows: dict[int, Line], spans: dict[int, tuple[tuple[float, float], ...]]
) -> bool:
    """Whether enough numbers of a column do not fit their own rows. Those of a row whose numbers are all alike do; of
    figures of several years nothing is said."""
    if not column.yearly:
        return True
    unfit = 0
    for at, row in cells.items():
        low, high = spans[at][0 if column.result else 1]
        if 0 < max(high, row["value"]) < _STEADY * min(low, row["value"]):
            continue
        found = _of_the_row(rows[at], column)
        unfit += not _fits(row["value"], found["value"] if found else None, _UNFIT)
    return unfit >= _RUN


def _of_the_row(line: Line, column: Column) -> dict | None:
    """The middle one of the row's three numbers of the years nearest to the column's: one slid column misleads none."""
    if not column.yearly and line.indicator.five_year_rule == "sum":
        return None
    own = line.cells.get(column)
    series = line.results if column.result else line.plans | line.results
    others = sorted((abs(year - column.last), year) for year, row in series.items() if row is not own)[:_NEAREST]
    near = sorted((series[year] for _, year in others), key=lambda row: row["value"])
    return near[len(near) // 2] if near else None


def _hits(cells: dict[int, dict], usual: dict[int, float], rows: dict[int, Line]) -> list[tuple[int, int]]:
    """(row, shift) of the numbers that fit the row ``shift`` above and not their own, where many in a run do."""
    unfit = [at for at, row in cells.items() if not _fits(row["value"], usual.get(at), _UNFIT)]
    if len(unfit) < _RUN:
        return []
    best: list[tuple[int, int]] = []
    for shift in _SHIFTS:
        hits = [at for at in unfit if _fits(cells[at]["value"], usual.get(at - shift), _FIT)]
        if len(hits) < _RUN:
            continue
        first, last = min(hits), max(hits)
        tried = [at for at in cells if first <= at <= last and usual.get(at - shift, 0) > 0]
        if len(hits) >= _MOSTLY * len(tried) and len(hits) > len(best):
            best = [(at, shift) for at in hits if at - shift in rows]
    return best


def _fits(value: float, usual: float | None, within: float) -> bool:
    return usual is not None and usual > 0 and abs(math.log(value) - math.log(usual)) <= within


def _issue(line: Line, row: dict, shift: int, owner: Line) -> dict:
    off = f"{abs(shift)} dòng {'xuống dưới' if shift > 0 else 'lên trên'}"
    return issue(
        row,
        "error",
        SLID,
        f"{about(line.indicator, row)}: {number_at(row)} có vẻ là số của dòng “{owner.indicator.name}”, các số của cột "
        f"này bị lệch {off}",
        "Hãy dán lại cột này đúng dòng rồi gửi lại; khi chưa sửa, các số lệch không được dùng",
    )
