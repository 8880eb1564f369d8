"""A result against its target, small enough for a cell of the indicator table."""

from __future__ import annotations

from planreview.blocks import Gauge, Part
from planreview.narrative import words
from planreview.narrative.chart_parts import text_of, value
from planreview.narrative.numbers import Numbers

_ROOM = 1.06  # of the scale beyond the largest value, so that a mark at its end is seen


def gauge(n: Numbers) -> list[Part]:
    """The gauge of one row of results; none where the result or the target is no number. Each row has a scale of its
    own that begins at zero, or at the smallest value where that is below."""
    row = n.row
    given = {name: value(row[name]) for name in ("result", "target", "target_upper", "baseline")}
    if given["result"] is None or given["target"] is None:
        return []
    values = [v for v in given.values() if v is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    if high == low:
        return []
    length = (high - low) * _ROOM

    def place(name: str) -> float | None:
        at = given[name]
        return None if at is None else round((at - low) / length, 3)

    said = f"kết quả {text_of(n.result())}, mục tiêu {text_of(n.target())}"
    tone = words.TONES.get(row["status"], "none")
    return [Gauge(said, place("result"), place("target"), tone, place("baseline"), place("target_upper"))]
