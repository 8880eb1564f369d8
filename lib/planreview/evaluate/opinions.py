"""Is the pace enough, by other accepted methods? Second opinions beside the straight-line path (methods §3, §5).

Each looks at where a result stands between the baseline y0 (year t0) and the target T (year tT) in year t. All are
defined only where the target lies on the good side of the baseline, and the result is a single year's after t0.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview.catalogue import Cycle

STATUS_INDEX, PACE_RATIO, GROWTH = "chỉ số hiện trạng ESCAP", "tỷ số nhịp độ Philippines", "tỷ số tăng trưởng Open SDG"
_FULL = 10.0
_TOP = {STATUS_INDEX: "đúng hướng", PACE_RATIO: "khả năng cao", GROWTH: "tiến bộ rõ"}
_GOOD = ("vượt", "đạt", "dự kiến đạt", "chưa đạt")
_BAD = ("không đạt", "dự kiến không đạt", "nguy cơ không đạt")


def opinions(rows: pd.DataFrame, cycle: Cycle) -> pd.DataFrame:
    """What the other methods say of each row.

    ``rows``: baseline, result, target, target_upper (the indicator's unit; a range counts by its easy end), year (of
    the result, NaN where it is not a single year's), target_year, sign, multiplicative. y0 is of
    ``cycle.baseline_year``.

    Columns, NaN where not defined:
    status_index: 10·(y − y0)/(T − y0), 10 once the target is reached (ESCAP current status index; text A, code B);
    pace_ratio: ((y − y0)/(t − t0)) / ((T − y0)/(tT − t0)) (Philippine statistics board, MDG watch);
    growth_ratio: d·CAGR_observed/|CAGR_required|, CAGR = (end/start)^(1/years) − 1, of multiplicative indicators and
    positive levels only (Statistics Canada, Open SDG; A, B);
    growth_score: 5 once the target is reached; else 7,1429·R − 4,2857 from R = 0,6 on, below 4,1667·R − 2,5, within
    −5 … 5.
    """
    y0, y, target, upper, sign = (
        rows[c].to_numpy(float) for c in ("baseline", "result", "target", "target_upper", "sign")
    )
    goal = np.where((sign < 0) & ~np.isnan(upper), upper, target)
    gone = rows["year"].to_numpy(float) - cycle.baseline_year
    whole = rows["target_year"].to_numpy(float) - cycle.baseline_year
    reached = sign * (y - goal) >= 0
    with np.errstate(all="ignore"):
        defined = (sign * (goal - y0) > 0) & (gone > 0) & (whole > 0) & np.isfinite(y)
        share = (y - y0) / (goal - y0)
        pace = share * whole / gone
        observed, required = (y / y0) ** (1 / gone) - 1, (goal / y0) ** (1 / whole) - 1
        ratio = sign * observed / np.abs(required)
    grows = defined & (rows["multiplicative"].to_numpy(float) == 1) & (y0 > 0) & (y > 0) & (goal > 0)
    score = np.where(ratio >= 0.6, 7.1429 * ratio - 4.2857, 4.1667 * ratio - 2.5)
    score = np.where(reached, 5.0, np.clip(score, -5.0, 5.0))
    found = pd.DataFrame(
        {
            "status_index": np.where(defined, np.where(reached, _FULL, _FULL * share), np.nan),
            "pace_ratio": np.where(defined, pace, np.nan),
            "growth_ratio": np.where(grows, ratio, np.nan),
            "growth_score": np.where(grows, score, np.nan),
        },
        index=rows.index,
    )
    return found.where(np.isfinite(found))


def classes(rows: pd.DataFrame, cycle: Cycle) -> pd.DataFrame:
    """The class that each method gives, in Vietnamese, '' where it gives none; columns by the method's name.

    ``rows``: columns of ``opinions``. Thresholds of the cycle file: the index above ``status_index_on_track`` is đúng
    hướng, above 0 chậm, else đi ngược; the pace ratio above ``pace_high`` is khả năng cao, from ``pace_low`` trung
    bình, below thấp; the growth ratio from ``growth_on_track`` is tiến bộ rõ (as is a target reached), from
    ``growth_moderate`` vừa, from 0 ít, below đi ngược.
    """
    index, pace, growth = (rows[c].to_numpy(float) for c in ("status_index", "pace_ratio", "growth_ratio"))
    reached = rows["growth_score"].to_numpy(float) >= 5
    found = {
        STATUS_INDEX: np.select(
            [np.isnan(index), index > cycle.status_index_on_track, index > 0],
            ["", _TOP[STATUS_INDEX], "chậm"],
            "đi ngược",
        ),
        PACE_RATIO: np.select(
            [np.isnan(pace), pace > cycle.pace_high, pace >= cycle.pace_low],
            ["", _TOP[PACE_RATIO], "khả năng trung bình"],
            "khả năng thấp",
        ),
        GROWTH: np.select(
            [
                np.isnan(growth),
                reached | (growth >= cycle.growth_on_track),
                growth >= cycle.growth_moderate,
                growth >= 0,
            ],
            ["", _TOP[GROWTH], "tiến bộ vừa", "tiến bộ ít"],
            "đi ngược",
        ),
    }
    return pd.DataFrame(found, index=rows.index)


def disagreements(rows: pd.DataFrame, cycle: Cycle) -> np.ndarray:
    """In words, where another method is of another mind than the status: ``tỷ số nhịp độ Philippines: khả năng cao``.

    A good status and no top class, or a bad status and a top class. ``rows``: status and the columns of ``opinions``.
    """
    said = np.full(len(rows), "", dtype=object)
    good, bad = (rows["status"].isin(words).to_numpy() for words in (_GOOD, _BAD))
    for method, given in classes(rows, cycle).items():
        top = (given == _TOP[method]).to_numpy()
        other = (given != "").to_numpy() & ((good & ~top) | (bad & top))
        joint = np.where(said[other] == "", "", "; ")
        said[other] += joint + f"{method}: " + given[other].to_numpy(object)
    return said
