"""The unit of a line against its indicator's."""

from __future__ import annotations

from planreview.catalogue import Indicator
from planreview.reading import Line
from planreview.reading.values import Reading


def compares(line: Line, indicator: Indicator) -> bool:
    """Whether a % over a column is another measure than the line's own, which fits its indicator."""
    own = line.unit or line.own_unit
    return (
        bool(own)
        and not own.startswith("%")
        and indicator.factor_from(own) is not None
        and indicator.factor_from("%") is None
    )


def wrong_unit(unit: str, indicator: Indicator) -> Reading:
    if not unit:
        return Reading("rejected", code="unit.missing", message="Dòng không ghi đơn vị tính")
    return Reading("rejected", code="unit.unknown", message=f"Không đổi được đơn vị “{unit}” sang “{indicator.unit}”")
