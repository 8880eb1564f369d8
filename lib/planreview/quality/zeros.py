"""Rows of zeros that nobody filled in: what cannot be zero or was not elsewhere, and many of which nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planreview.catalogue import Catalogue
from planreview.quality.issues import about, issue, issue_of_sheet, left_blank, number_at
from planreview.quality.lines import Line, Table

ZERO_ROW = "check.zero_row"
CODES = (ZERO_ROW,)

_CELLS = 2  # of a row or of a side of it, to call it one of zeros
_ROWS, _SHARE = 3, 0.1  # of a table that are zeros throughout, before it is asked about
_COLUMN = 3  # rows that have zeros as their targets and numbers as results, or the other way round
_WHOLE_COLUMN = 10  # so many, and what falls to zero was not filled in either
_FALLEN = 0.25  # what is left of a row that falls to zero

Known = Mapping[tuple[str, str], dict]


def published_numbers(observations: Iterable[dict]) -> dict[tuple[str, str], dict]:
    """A published number other than zero by area and indicator, which says that there is such a thing at all."""
    return {
        (o["area_code"], o["indicator_code"]): o
        for o in observations
        if o["provenance"] == "published" and o["value"] and o["kind"] != "target"
    }


def zero_rows(table: Table, before: Table | None, published: Known, catalogue: Catalogue) -> Iterator[dict]:
    """Issues about zeros of whole rows, of all results of a row or all its targets.

    An error where the number cannot be zero, was none in the round before or elsewhere, or where a column has many
    zeros beside numbers; one warning for a sheet where nothing tells whether its rows of zeros were counted.
    """
    unknown: list[dict] = []
    halves: list[tuple[Line, list[dict], dict]] = []
    for code, line in table.lines.items():
        if line.indicator.measure == "growth":
            continue  # what did not grow grew by nothing
        sides = [[c for column, c in line.cells.items() if column.result is result] for result in (True, False)]
        zeros = [c for c in line.cells.values() if c["value"] == 0]
        if len(zeros) == len(line.cells) >= _CELLS:
            why = _impossible(table, line, catalogue) or _elsewhere(code, line, before, published, table)
            if why:
                yield from (_issue(line, row, why) for row in zeros)
            elif line.indicator.measure != "cumulative":
                unknown.append(zeros[0])
            continue
        for side, other in (sides, sides[::-1]):
            numbers = [c for c in other if c["value"]]
            if side and numbers and not any(c["value"] for c in side):
                halves.append((line, side, numbers[-1]))
    yield from _half_rows(halves)
    if len(unknown) >= _ROWS and len(unknown) >= _SHARE * len(table.lines):
        yield issue_of_sheet(
            unknown,
            "warning",
            ZERO_ROW,
            f"{len(unknown)}/{len(table.lines)} dòng của trang tính toàn số 0, không rõ là bằng 0 hay chưa điền",
            "Nếu chưa có số, hãy để trống ô hoặc ghi dấu …; nếu đúng bằng 0, hãy ghi rõ ở cột ghi chú",
        )


def _impossible(table: Table, line: Line, catalogue: Catalogue) -> str:
    """Why an indicator's numbers cannot all be zero, by the catalogue or by the rows beside."""
    low = catalogue.expected(line.indicator.code).low
    if low is not None and low > 0:
        return "chỉ tiêu này không thể bằng 0"
    ratio = line.indicator.ratio
    parts = [c for c, other in catalogue.indicators.items() if other.parent == line.indicator.code and other.unit]
    told = [ratio.numerator] if ratio is not None else []
    told += [p for p in parts if catalogue.indicators[p].unit == line.indicator.unit] if not line.rate else []
    for code in told:
        found = table.lines.get(code)
        if found is not None and (number := next((c for c in found.cells.values() if c["value"] > 0), None)):
            return f"trong khi {about(found.indicator, number)} là {number_at(number)}"
    return ""


def _elsewhere(code: str, line: Line, before: Table | None, published: Known, table: Table) -> str:
    """Which number other than zero the unit sent before, or was published."""
    for column in line.cells:
        earlier = before.cell(code, column) if before is not None else None
        if earlier is not None and earlier["value"]:
            return f"trong khi đợt trước ghi {number_at(earlier)}"
    known = published.get((table.place.area_code, code))
    return f"trong khi số công bố là {number_at(known)}" if known is not None else ""


def _falls(line: Line) -> bool:
    """Whether a row falls step by step, so that its plan may well be none."""
    values = [line.results[year]["value"] for year in sorted(line.results)]
    return line.indicator.direction == "down" or (len(values) > 1 and values[-1] <= _FALLEN * max(values))


def _half_rows(halves: list[tuple[Line, list[dict], dict]]) -> Iterator[dict]:
    """Zeros on one side of a row with numbers on the other, in columns where many rows are so."""
    rows: dict[tuple, int] = {}
    for line, side, _ in halves:
        for row in [] if _falls(line) else side:
            rows[_column(row)] = rows.get(_column(row), 0) + 1
    for line, side, number in halves:
        for row in side:
            if (same := rows.get(_column(row), 0)) >= (_WHOLE_COLUMN if _falls(line) else _COLUMN):
                what = "kết quả" if row["kind"] == "target" else "mục tiêu"
                yield _issue(line, row, f"trong khi {what} là {number_at(number)}; cột này có {same} dòng như vậy")


def _column(row: Mapping) -> tuple:
    return row["period"], row["kind"], row["plan"]


def _issue(line: Line, row: dict, why: str) -> dict:
    return issue(
        row,
        "error",
        ZERO_ROW,
        f"{about(line.indicator, row)}: các ô của dòng đều ghi 0, {why}; có thể là ô chưa điền",
        left_blank(row),
    )
