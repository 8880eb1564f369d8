"""Is the next target realistic? Required against achieved pace (methods §6)."""

from __future__ import annotations

from planreview.catalogue import Cycle, Indicator

BELOW, IN_LINE, STRETCHING, BEYOND = "thấp hơn xu thế", "theo xu thế", "phấn đấu cao", "chưa có tiền lệ"


def pace(start: float, end: float, years: int, indicator: Indicator) -> float | None:
    """Change a year in the indicator's unit; of a multiplicative indicator the yearly growth rate in percent.

    None where it is not defined: an indicator that is itself a growth rate, a level that is not positive, or one of
    which the catalogue does not know whether it multiplies.
    """
    if years <= 0 or indicator.measure in ("growth", "index") or indicator.multiplicative is None:
        return None
    if not indicator.multiplicative:
        return (end - start) / years
    if start <= 0 or end <= 0:
        return None
    return ((end / start) ** (1 / years) - 1) * 100


def ambition(required: float | None, achieved: float | None, indicator: Indicator, cycle: Cycle) -> str:
    """The class of required/achieved pace, '' where one of them is not known or direction is none."""
    if required is None or achieved is None or indicator.direction not in ("up", "down"):
        return ""
    sign = 1 if indicator.direction == "up" else -1
    required, achieved = sign * required, sign * achieved
    if required <= 0:
        return BELOW
    if achieved <= 0:
        return BEYOND
    ratio = required / achieved
    if ratio < cycle.ambition_below_trend:
        return BELOW
    if ratio <= cycle.ambition_in_line:
        return IN_LINE
    return STRETCHING if ratio <= cycle.ambition_stretching else BEYOND
