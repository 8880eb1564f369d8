"""Is the pace enough? (methods §2, §6) The straight-line path, and the change a year."""

from __future__ import annotations

import numpy as np
import pandas as pd

_DUST = 1e-9


def expected(rows: pd.DataFrame, year: np.ndarray, start_year: int, target_year: np.ndarray) -> np.ndarray:
    """Straight-line path: e(t) = y0 + (T − y0)(t − t0)/(tT − t0), in the indicator's unit; NaN without a baseline.

    Columns: baseline, target, target_upper (a range is walked to its easy end), sign. Source: methods §2, the path that
    planning offices draw.
    """
    baseline, target, upper = (rows[c].to_numpy(float) for c in ("baseline", "target", "target_upper"))
    goal = np.where((rows["sign"].to_numpy(float) < 0) & ~np.isnan(upper), upper, target)
    with np.errstate(divide="ignore", invalid="ignore"):
        return baseline + (goal - baseline) * (year - start_year) / (target_year - start_year)


def on_path(rows: pd.DataFrame, path: np.ndarray, tolerance: np.ndarray) -> np.ndarray:
    """d·(y − e) ≥ 0, within the tolerance of the target. Columns: result, sign; False where the path is not known."""
    ahead = rows["sign"].to_numpy(float) * (rows["result"].to_numpy(float) - path)
    return ahead >= -tolerance * (1 + _DUST)


def yearly(
    start: np.ndarray,
    end: np.ndarray,
    years: np.ndarray | int,
    multiplicative: np.ndarray,
    is_itself_a_pace: np.ndarray,
) -> np.ndarray:
    """Change a year in the indicator's unit, (end − start)/n; of a multiplicative indicator the yearly growth rate in
    percent, ((end/start)^(1/n) − 1)·100 (methods §6).

    NaN where it is not defined: an indicator that is itself a growth rate or an index, a level that is not positive,
    or one of which the catalogue does not know whether it multiplies (``multiplicative`` NaN).
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        steps = (end - start) / years
        growth = ((end / start) ** (1 / np.asarray(years, float)) - 1) * 100
    growth = np.where((start > 0) & (end > 0), growth, np.nan)
    found = np.select([multiplicative == 0, multiplicative == 1], [steps, growth], np.nan)
    return np.where(is_itself_a_pace | ~np.isfinite(found) | (np.asarray(years) <= 0), np.nan, found)
