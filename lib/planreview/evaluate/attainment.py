"""Was the plan met? (methods §1) Results beside targets, whole columns at a time.

Source: deviation, percent of plan and share of the planned change are common practice of monitoring (indicator
performance tracking tables). The words vượt, đạt, không đạt are contracts §3; no law fixes them, nor the near band.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview.catalogue import Cycle

EXCEEDED, MET, MISSED = "vượt", "đạt", "không đạt"
_WORDS = ["", EXCEEDED, MET, MISSED]
_AGAINST = "mục tiêu ghi chiều ngược với chiều tốt của chỉ tiêu"
_NO_BAND = "danh mục chưa ghi khoảng hợp lý của chỉ tiêu"
_NO_NUMBER = "kết quả hoặc mục tiêu không phải là một con số"
_UNCERTAIN = "kết quả chỉ biết trong một khoảng nên chưa rõ đạt hay không"
_DUST = 1e-9


def judge(rows: pd.DataFrame, cycle: Cycle) -> pd.DataFrame:
    """The word of a closed plan for every row that has a result and a target.

    ``rows``: result, result_upper, target, target_upper, baseline (float, the indicator's unit, NaN = not known),
    result_qualifier, target_qualifier, digits (decimals of the target as typed), and the columns of the indicator
    (``Panel.groups``): sign, is_band, never_judged, band_low, band_high, near_band_own, is_rate.

    s = d·(y − T), d = +1 where up is good and −1 where down is good; tolerance τ = half a unit of the target's last
    digit. s > τ → vượt; |s| ≤ τ → đạt; else không đạt, ``near`` where the shortfall lies within the near band. A range
    T–U is met from its easy end on and exceeded beyond the other; "hơn T" is not met by T itself; a band indicator
    is met inside its band and never exceeded. A result that is itself a range or a bound gets a word only where every
    value that it may be earns a good one, or every one a bad one.

    Columns: status ('' where no word can be given, with its ``reason``), near (bool), reason (Vietnamese), deviation
    (y − T; of a range to its nearer end, 0 inside), tolerance, near_band (NaN unless missed), percent_of_plan,
    share_of_change. No error is raised: what cannot be judged has no word.
    """
    data = rows
    y, target, upper = (data[c].to_numpy(float) for c in ("result", "target", "target_upper"))
    sign, qualifier = data["sign"].to_numpy(float), data["target_qualifier"]
    deviation = _deviation(y, target, upper)
    tolerance = tolerances(data)
    word, shortfall = _word(y, data, tolerance)
    reason = np.full(len(data), "", dtype=object)

    other = data["result_upper"].to_numpy(float)
    ranged = ~np.isnan(other)
    bound_up, bound_down = (data["result_qualifier"].isin(q).to_numpy() for q in ((">=", ">"), ("<=", "<")))
    word_of_other, _ = _word(np.where(ranged, other, y), data, tolerance)
    good = (word == 1) | (word == 2)
    by_bound = (bound_up | bound_down) & (sign != 0) & (good != (bound_up == (sign > 0)))
    uncertain = np.where(ranged, word != word_of_other, by_bound)

    against = (((sign > 0) & qualifier.isin(["<=", "<"])) | ((sign < 0) & qualifier.isin([">=", ">"]))).to_numpy()
    is_band = data["is_band"].to_numpy(bool)
    no_band = is_band & (data["band_low"].isna() | data["band_high"].isna()).to_numpy()
    undirected = (data["never_judged"] != "").to_numpy()
    reason[uncertain.astype(bool)] = _UNCERTAIN
    reason[word == 0] = _NO_NUMBER
    reason[against] = _AGAINST
    reason[no_band] = _NO_BAND
    reason[undirected] = data["never_judged"].astype(object).to_numpy()[undirected]
    word = np.where(reason == "", word, 0)
    missed = (word == 3) & ~is_band
    band = np.where(missed, near_bands(data, cycle), np.nan)
    return pd.DataFrame(
        {
            "status": pd.Categorical.from_codes(word, _WORDS),
            "near": missed & (shortfall <= band * (1 + _DUST)),
            "reason": pd.Categorical(reason),
            "deviation": deviation,
            "tolerance": tolerance,
            "near_band": band,
            "percent_of_plan": percent_of_plan(data),
            "share_of_change": share_of_change(data),
        },
        index=data.index,
    )


def tolerances(rows: pd.DataFrame) -> np.ndarray:
    """Half a unit of the target's last reported digit, and never less than the dust of its float. Columns: target,
    digits."""
    return np.maximum(0.5 * 10.0 ** -rows["digits"].to_numpy(float), np.abs(rows["target"].to_numpy(float)) * _DUST)


def near_bands(rows: pd.DataFrame, cycle: Cycle) -> np.ndarray:
    """How small a shortfall is "gần đạt": the indicator's own band, else the smallest of the cycle's bounds: a share of
    |T|, some points of a rate, a share of the planned change |T − y0|. Columns: target, baseline, near_band_own,
    is_rate; in the indicator's unit."""
    target, baseline = rows["target"].to_numpy(float), rows["baseline"].to_numpy(float)
    with np.errstate(all="ignore"):
        change = np.abs(target - baseline) * cycle.near_percent_of_change / 100
    bounds = [
        np.abs(target) * cycle.near_percent_of_target / 100,
        np.where(rows["is_rate"].to_numpy(bool), cycle.near_points_for_rates, np.inf),
        np.where(change > 0, change, np.inf),
    ]
    own = rows["near_band_own"].to_numpy(float)
    return np.where(np.isnan(own), np.minimum.reduce(bounds), own)


def percent_of_plan(rows: pd.DataFrame) -> np.ndarray:
    """y / T · 100 where up is good and T is positive, NaN elsewhere: of "càng thấp càng tốt" it would mislead."""
    y, target = rows["result"].to_numpy(float), rows["target"].to_numpy(float)
    with np.errstate(all="ignore"):
        return _finite(np.where((rows["sign"].to_numpy(float) > 0) & (target > 0), y / target * 100, np.nan))


def share_of_change(rows: pd.DataFrame) -> np.ndarray:
    """(y − y0)/(T − y0): the share of the planned change that was achieved, in both directions; NaN where there is no
    baseline or no change was planned."""
    y, target, baseline = (rows[c].to_numpy(float) for c in ("result", "target", "baseline"))
    with np.errstate(all="ignore"):
        return _finite(np.where(target != baseline, (y - baseline) / (target - baseline), np.nan))


def _word(y: np.ndarray, rows: pd.DataFrame, tolerance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Index into ``_WORDS`` of each value, and how far it falls short of the target's easy end."""
    target, upper = rows["target"].to_numpy(float), rows["target_upper"].to_numpy(float)
    sign = np.where(rows["sign"].to_numpy(float) < 0, -1.0, 1.0)
    ends = np.sort(np.column_stack([sign * target, sign * np.where(np.isnan(upper), target, upper)]), axis=1)
    shortfall, excess = ends[:, 0] - sign * y, sign * y - ends[:, 1]
    tolerance = tolerance * (1 + _DUST)  # a difference of exactly half a unit is met, float dust or not
    strict = rows["target_qualifier"].isin([">", "<"]).to_numpy() & (excess <= 0)
    word = np.select([excess > tolerance, (shortfall <= tolerance) & ~strict], [1, 2], 3)
    low, high = rows["band_low"].to_numpy(float), rows["band_high"].to_numpy(float)
    inside = np.where((low <= y) & (y <= high), 2, 3)
    word = np.where(rows["is_band"].to_numpy(bool), inside, word)
    return np.where(np.isfinite(y) & np.isfinite(target), word, 0), shortfall


def _deviation(y: np.ndarray, target: np.ndarray, upper: np.ndarray) -> np.ndarray:
    simple = y - target
    return np.where(np.isnan(upper) | (y <= target), simple, np.where(y > upper, y - upper, 0.0))


def _finite(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)
