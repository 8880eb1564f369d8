"""Is the next target realistic? (methods §6) Required against achieved pace. The classes are the suite's own."""

from __future__ import annotations

import numpy as np

from planreview.catalogue import Cycle

BELOW, IN_LINE, STRETCHING, BEYOND = "thấp hơn xu thế", "theo xu thế", "phấn đấu cao", "chưa có tiền lệ"


def ambition(required: np.ndarray, achieved: np.ndarray, sign: np.ndarray, cycle: Cycle) -> np.ndarray:
    """The class of required/achieved pace (both as of ``pace.yearly``), '' where one is not known or sign is 0.

    With r and a in the good direction (sign +1 or −1): r ≤ 0 → thấp hơn xu thế (the target asks for nothing more);
    a ≤ 0 → chưa có tiền lệ; else r/a below the cycle's ``ambition_below_trend`` → thấp hơn xu thế, to
    ``ambition_in_line`` → theo xu thế, to ``ambition_stretching`` → phấn đấu cao, beyond → chưa có tiền lệ.
    """
    required, achieved = sign * required, sign * achieved
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = required / achieved
    unknown = np.isnan(required) | np.isnan(achieved) | (sign == 0)
    return np.select(
        [
            unknown,
            required <= 0,
            achieved <= 0,
            ratio < cycle.ambition_below_trend,
            ratio <= cycle.ambition_in_line,
            ratio <= cycle.ambition_stretching,
        ],
        ["", BELOW, BEYOND, BELOW, IN_LINE, STRETCHING],
        BEYOND,
    )
