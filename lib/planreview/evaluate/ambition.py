"""Is the next target realistic? (methods §6) Required against achieved pace. The classes are the suite's own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview.catalogue import Cycle
from planreview.evaluate.pace import yearly

BELOW, IN_LINE, STRETCHING, BEYOND = "thấp hơn xu thế", "theo xu thế", "phấn đấu cao", "chưa có tiền lệ"


def ambition(
    required: np.ndarray, achieved: np.ndarray, best: np.ndarray, sign: np.ndarray, cycle: Cycle
) -> np.ndarray:
    """The class of required/achieved pace (both as of ``pace.yearly``), '' where one is not known or sign is 0.

    With r and a in the good direction (sign +1 or −1): r ≤ 0 → thấp hơn xu thế (the target asks for nothing more);
    a ≤ 0 → chưa có tiền lệ; else r/a below the cycle's ``ambition_below_trend`` → thấp hơn xu thế, to
    ``ambition_in_line`` → theo xu thế, to ``ambition_stretching`` → phấn đấu cao, beyond → chưa có tiền lệ. What a
    past stretch of as many years already reached (``best``, as of ``best_past``; NaN = not known) has a precedent, and
    is at most phấn đấu cao.
    """
    required, achieved, best = sign * required, sign * achieved, sign * best
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = required / achieved
    unknown = np.isnan(required) | np.isnan(achieved) | (sign == 0)
    return np.select(
        [
            unknown,
            required <= 0,
            (achieved <= 0) & (best >= required),
            achieved <= 0,
            ratio < cycle.ambition_below_trend,
            ratio <= cycle.ambition_in_line,
            (ratio <= cycle.ambition_stretching) | (best >= required),
        ],
        ["", BELOW, STRETCHING, BEYOND, BELOW, IN_LINE, STRETCHING],
        BEYOND,
    )


def best_past(
    values: np.ndarray, stretch: int, sign: np.ndarray, multiplicative: np.ndarray, is_itself_a_pace: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The best pace of any ``stretch`` consecutive years known (as of ``pace.yearly``, best in the direction ``sign``),
    and the place of the year in which it ended; NaN and −1 where none is known.

    ``values``: series × consecutive years, exact actuals in the indicator's unit, NaN = not known.
    """
    best, when = np.full(len(values), np.nan), np.full(len(values), -1)
    for end in range(stretch, values.shape[1]):
        pace = yearly(values[:, end - stretch], values[:, end], stretch, multiplicative, is_itself_a_pace)
        with np.errstate(invalid="ignore"):
            better = ~np.isnan(pace) & (np.isnan(best) | (sign * pace > sign * best))
        best, when = np.where(better, pace, best), np.where(better, end, when)
    return best, when


def outside(rows: pd.DataFrame, parents: dict[str, str]) -> pd.DataFrame:
    """A yardstick from elsewhere for the achieved pace: the middle of the areas of the same parent (three or more),
    else the parent's own.

    ``rows``: provenance, area_code, indicator_code, achieved_pace, one row per question; ``parents``: area → the area
    that it is a part of. Columns: outside_pace (median, as of ``pace.yearly``), outside_areas (how many; 0 = the
    parent). Areas are only held against areas of the same provenance.
    """
    data = rows.assign(parent=rows["area_code"].astype(object).map(parents).fillna(""))
    keys = ["provenance", "indicator_code"]
    known = data[data["achieved_pace"].notna()]
    siblings = known[known["parent"] != ""].groupby([*keys, "parent"], observed=True)["achieved_pace"]
    middle = siblings.agg(["median", "count"]).rename(columns={"median": "outside_pace", "count": "outside_areas"})
    found = data[[*keys, "parent"]].merge(middle.reset_index(), on=[*keys, "parent"], how="left").set_axis(data.index)
    above = known.drop_duplicates([*keys, "area_code"]).rename(columns={"area_code": "of", "achieved_pace": "above"})
    of_parent = data[[*keys, "parent"]].merge(
        above[[*keys, "of", "above"]].astype({"of": object}),
        left_on=[*keys, "parent"],
        right_on=[*keys, "of"],
        how="left",
    )
    enough = (found["outside_areas"] >= 3).to_numpy()
    return pd.DataFrame(
        {
            "outside_pace": np.where(enough, found["outside_pace"], of_parent["above"]),
            "outside_areas": np.where(enough, found["outside_areas"].fillna(0), 0).astype(np.int64),
        },
        index=rows.index,
    )
