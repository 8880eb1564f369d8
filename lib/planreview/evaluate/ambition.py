"""Is the next target realistic? (methods §6) Required against achieved pace. The classes are the suite's own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview.catalogue import Cycle
from planreview.evaluate.pace import yearly

BELOW, IN_LINE, STRETCHING, BEYOND = "thấp hơn xu thế", "theo xu thế", "phấn đấu cao", "chưa có tiền lệ"
SLOWER = "lùi chậm hơn xu thế"
BEST = "mức tốt nhất có thể"
ENOUGH_AREAS = 3  # of one parent, for a middle that says something


def ambition(
    required: np.ndarray,
    achieved: np.ndarray,
    best: np.ndarray,
    sign: np.ndarray,
    at_limit: np.ndarray,
    was_reached: np.ndarray,
    cycle: Cycle,
) -> np.ndarray:
    """The class of required/achieved pace (both as of ``pace.yearly``), '' where one is not known or sign is 0.

    With r and a in the good direction (sign +1 or −1), and r/a against the cycle's thresholds: both positive → below
    ``ambition_below_trend`` thấp hơn xu thế, to ``ambition_in_line`` theo xu thế, to ``ambition_stretching`` phấn đấu
    cao, beyond chưa có tiền lệ. r > 0 ≥ a → chưa có tiền lệ. r ≤ 0 ≤ a → thấp hơn xu thế (theo xu thế where nothing
    moved and nothing is to). Both negative, the target gives way and so did the results → by the same thresholds lùi
    chậm hơn xu thế, theo xu thế, thấp hơn xu thế (faster). What a past stretch of as many years already reached
    (``best``, as of ``best_past``; NaN = not known) has a precedent, and so has a target whose level some past year had
    (``was_reached``): at most phấn đấu cao. A target at the indicator's own limit (``at_limit``: 100 %) is never lower
    than a trend: mức tốt nhất có thể.
    """
    required, achieved, best = sign * required, sign * achieved, sign * best
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = required / achieved
    backwards = (required <= 0) & (achieved < 0)
    still = (required == 0) & (achieved == 0)
    has_precedent, same_way = (best >= required) | was_reached, required * achieved > 0
    low, middle, high = cycle.ambition_below_trend, cycle.ambition_in_line, cycle.ambition_stretching
    cases = {
        "": np.isnan(required) | np.isnan(achieved) | (sign == 0),
        SLOWER: backwards & (ratio < low),
        IN_LINE: still | (same_way & (ratio >= low) & (ratio <= middle)),
        BEST: at_limit & (ratio < low) & (achieved > 0),
        BELOW: (required <= 0) | ((achieved > 0) & (ratio < low)),
        STRETCHING: has_precedent | ((achieved > 0) & (ratio <= high)),
    }
    return np.select(list(cases.values()), list(cases), BEYOND)


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
    area, areas = pd.factorize(rows["area_code"].astype(object))
    above = np.array([parents.get(a, "") for a in areas], dtype=object)
    places = {label: n for n, label in enumerate(dict.fromkeys([*areas, *above]))}
    question = pd.factorize(rows["provenance"])[0] * len(rows) + pd.factorize(rows["indicator_code"])[0]
    own = question * len(places) + np.array([places[a] for a in areas], np.int64)[area]
    beside = question * len(places) + np.array([places[a] for a in above], np.int64)[area]
    pace = rows["achieved_pace"].to_numpy(float)
    known, has_parent = ~np.isnan(pace), (above != "")[area]
    siblings = pd.Series(pace[known & has_parent]).groupby(beside[known & has_parent])
    middle, count = (found.reindex(beside).to_numpy() for found in (siblings.median(), siblings.size()))
    of_parent = pd.Series(pace[known], index=own[known]).groupby(level=0).first().reindex(beside).to_numpy()
    enough = has_parent & (np.nan_to_num(count) >= ENOUGH_AREAS)
    return pd.DataFrame(
        {
            "outside_pace": np.where(enough, middle, np.where(has_parent, of_parent, np.nan)),
            "outside_areas": np.where(enough, np.nan_to_num(count), 0).astype(np.int64),
        },
        index=rows.index,
    )
