"""This round's form against the one before: results of closed years that changed, estimates that moved much."""

from __future__ import annotations

from collections.abc import Iterator

from planreview.quality.issues import about, differ, issue, issue_of_sheet, number_at, percent, said
from planreview.quality.lines import Line, Table

REVISED, MOVED = "check.revised", "check.moved"
CODES = (REVISED, MOVED)

_REVISED, _REVISED_POINTS = 0.1, 5.0  # how far a closed year's result is revised without a question
_MOVED, _MOVED_POINTS = 0.3, 15.0
_SMALL = 30  # counts below this may move by a few
_FEW = 3
_ASK = "Hãy hỏi đơn vị vì sao thay đổi; số của đợt sau được dùng"


def changes(table: Table, before: Table, known: set[int]) -> Iterator[dict]:
    """Issues about results that are not what the round before said. ``known``: ids that another check explains."""
    slight = []
    for code, line in table.lines.items():
        for column, row in line.cells.items():
            other = before.cell(code, column)
            if not column.result or other is None or id(row) in known or not differ(row, other):
                continue
            both_actual = row["kind"] == other["kind"] == "actual"
            both_estimates = row["kind"] == other["kind"] == "estimate"
            if (both_actual or both_estimates) and _far(line, row, other, actual=both_actual):
                yield _issue(line, row, other, actual=both_actual)
            elif both_actual:
                slight.append(row)
    if slight:
        yield issue_of_sheet(
            slight,
            "info",
            REVISED,
            f"{len(slight)} số thực hiện các năm trước được sửa nhẹ so với đợt trước",
            "Số của đợt sau được dùng",
        )


def _far(line: Line, row: dict, other: dict, *, actual: bool) -> bool:
    off = abs(row["value"] - other["value"])
    if line.rate or line.indicator.measure == "growth":
        return off > (_REVISED_POINTS if actual else _MOVED_POINTS)
    largest = max(abs(row["value"]), abs(other["value"]))
    if row["digits"] == 0 and largest < _SMALL:
        return off > _SMALL / 2
    return off > (_REVISED if actual else _MOVED) * abs(other["value"])


def _issue(line: Line, row: dict, other: dict, *, actual: bool) -> dict:
    kind = "số thực hiện đã khác đợt trước" if actual else "số ước thay đổi nhiều so với đợt trước"
    return issue(
        row,
        "warning",
        REVISED if actual else MOVED,
        f"{about(line.indicator, row)}: {kind}, nay {number_at(row)}, đợt trước {said(other)}"
        f"{percent(row['value'] - other['value'], other['value'])}",
        _ASK,
    )
