"""Where does the trend lead? (methods §7) Forecasts of short yearly series to the year of a target, always indicative.

Theta method (Assimakopoulos and Nikolopoulos 2000) in the closed form of Hyndman and Billah (2003), the level being the
last value (α = 1, which is what a fitted α of such short series comes to): the last value plus half the trend a year.
From three consecutive years up to the latest one; fewer give none. On logarithms for positive levels that multiply, on
logits for percentages within 0–100. ``benchmarks/forecast.py`` holds it against the last value, drift and the models of
a library on published series, and counts how often the intervals held; docs/methods says what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

METHOD = "theta"
ENOUGH_PACE, FASTER, AWAY = "đủ nhịp độ", "cần đẩy nhanh", "đi ngược"
LIKELY, EVEN, UNLIKELY = "cao", "ngang nhau", "thấp"
ENOUGH = 3
TESTED = 3  # years ahead that the published series are long enough to test
PLAIN, LOG, LOGIT = 0, 1, 2
_LONGEST = 10
# two-sided Student quantiles of the 50 % and the 80 % interval, by degrees of freedom 1, 2, …; the last for all beyond
_T50 = np.array([1.000, 0.816, 0.765, 0.741, 0.727, 0.718, 0.711, 0.706, 0.703, 0.700])
_T80 = np.array([3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372])


@dataclass(frozen=True)
class Forecast:
    """One entry per series, NaN where there is none. ``n``: years used; ``last``: place of the latest year in the
    series, −1 where none is known; bounds of the 50 % and the 80 % interval in the indicator's unit."""

    n: np.ndarray
    last: np.ndarray
    value: np.ndarray
    low50: np.ndarray
    high50: np.ndarray
    low80: np.ndarray
    high80: np.ndarray


def forecast(values: np.ndarray, until: np.ndarray | int, scale: np.ndarray) -> Forecast:
    """Forecasts of all series at once.

    ``values``: series × consecutive years (float, the indicator's unit, NaN = not known exactly); ``until``: place of
    the year asked for, counted from the first column, beyond the latest known year; ``scale``: PLAIN, LOG or LOGIT by
    series.

    With x the values on their scale, n of them, h years ahead, b half the slope of their least-squares line: forecast
    x_n + h·b; variance s²·h·(1 + h/(n − 1)), s² of the one-year errors x_t − x_{t−1} − b with n − 2 degrees of freedom
    (the interval of drift: Hyndman and Athanasopoulos, Forecasting, 3rd ed., §5.5).
    """
    last = _latest(values)
    x, n = _aligned(scaled(values, scale), last)
    h = (until - last).astype(float)
    none = (n < ENOUGH) | (h <= 0) | (last < 0)
    slope = _half_trend(x, n)
    with np.errstate(all="ignore"):
        errors = np.diff(x, axis=1) - slope[:, None]
        freedom = np.maximum(n - 2, 1)
        spread = np.sqrt(np.nansum(errors**2, axis=1) / freedom * h * (1 + h / (n - 1)))
        middle = x[:, -1] + h * slope
        t50, t80 = (table[np.minimum(freedom, len(table)) - 1] * spread for table in (_T50, _T80))
    bounds = (middle, middle - t50, middle + t50, middle - t80, middle + t80)
    return Forecast(n, last, *(unscaled(np.where(none, np.nan, z), scale) for z in bounds))


def likelihood(found: Forecast, target: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """How likely a target is met, in words: ``cao`` where it lies below the good side of the 50 % interval (more than
    three chances in four), ``thấp`` beyond it (less than one in four), ``ngang nhau`` inside; '' where not known."""
    easy, hard = (np.where(sign > 0, a, b) for a, b in ((found.low50, found.high50), (found.high50, found.low50)))
    unknown = np.isnan(found.value) | np.isnan(target) | (sign == 0)
    cases = [unknown, sign * (easy - target) >= 0, sign * (hard - target) < 0]
    return np.select(cases, ["", LIKELY, UNLIKELY], EVEN)


def anticipated(
    values: np.ndarray, until: np.ndarray, scale: np.ndarray, target: np.ndarray, baseline: np.ndarray, sign: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Anticipated progress of ESCAP and UNECE (methods §4; wording A, weights B, algebra of the gap C): the value that
    a time-weighted line through all known years (three or more) gives for the year ``until``, the gap P, its class.

    ``values``, ``until``, ``scale`` as in ``forecast``; ``target`` by its easy end, ``baseline`` y0, in the indicator's
    unit. Weights w_i = (t_T − t_min)/(t_T − t_i): recent years count more. P = |T − Ŷ|/|T − y0|·100, 0 once Ŷ reaches
    the target, NaN without a baseline. Classes: đủ nhịp độ; cần đẩy nhanh (P ≤ 100 %); đi ngược (the line leads away
    from the target, or P above); '' where not known.
    """
    x = scaled(values, np.where(scale == LOG, PLAIN, scale))
    time = np.broadcast_to(np.arange(values.shape[1], dtype=float), values.shape)
    known = ~np.isnan(x)
    n = known.sum(axis=1)
    with np.errstate(all="ignore"):
        first = np.where(known, time, np.inf).min(axis=1)
        weight = np.where(known, (until - first)[:, None] / (until[:, None] - time), 0.0)
        total = weight.sum(axis=1)
        middle, level = (weight * time).sum(axis=1) / total, (weight * np.where(known, x, 0)).sum(axis=1) / total
        apart = time - middle[:, None]
        slope = (weight * apart * np.where(known, x - level[:, None], 0)).sum(axis=1) / (weight * apart**2).sum(axis=1)
        line = unscaled(level + slope * (until - middle), np.where(scale == LOG, PLAIN, scale))
        line = np.where(n >= ENOUGH, line, np.nan)
        met = sign * (line - target) >= 0
        gap = np.where(met, 0.0, np.abs(target - line) / np.abs(target - baseline) * 100)
    gap = np.where(np.isfinite(gap) & ~np.isnan(line), gap, np.nan)
    unknown = np.isnan(line) | np.isnan(target) | (sign == 0)
    away = (sign * slope <= 0) | (gap > 100)
    return line, gap, np.select([unknown, met, away], ["", ENOUGH_PACE, AWAY], FASTER)


def scales(
    multiplicative: np.ndarray, is_rate: np.ndarray, is_itself_a_pace: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """On which scale a series is forecast: LOGIT for percentages strictly within 0–100, LOG for positive levels that
    multiply, PLAIN else (growth rates and indices, levels that add)."""
    lowest = np.where(np.isnan(values), np.inf, values).min(axis=1)
    highest = np.where(np.isnan(values), -np.inf, values).max(axis=1)
    logit = is_rate & ~is_itself_a_pace & (lowest > 0) & (highest < 100)
    log = (multiplicative == 1) & ~is_itself_a_pace & (lowest > 0) & ~logit
    return np.select([logit, log], [LOGIT, LOG], PLAIN)


def _latest(values: np.ndarray) -> np.ndarray:
    known = ~np.isnan(values)
    place = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), place, -1)


def _aligned(x: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The run of consecutive years that ends with the latest one, at the right end of _LONGEST columns; its length."""
    columns = last[:, None] - np.arange(_LONGEST)[None, ::-1]
    run = np.where(columns >= 0, np.take_along_axis(x, np.maximum(columns, 0), axis=1), np.nan)
    known = np.logical_and.accumulate(~np.isnan(run[:, ::-1]), axis=1)[:, ::-1]
    known &= (last >= 0)[:, None]
    return np.where(known, run, np.nan), known.sum(axis=1)


def _half_trend(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    time = np.where(np.isnan(x), np.nan, np.arange(_LONGEST))
    with np.errstate(all="ignore"):
        around = time - (np.nansum(time, axis=1) / n)[:, None]
        return np.nansum(around * x, axis=1) / np.nansum(around**2, axis=1) / 2


def scaled(values: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Series on their scale; NaN where it does not take them."""
    with np.errstate(all="ignore"):
        return np.select(
            [scale[:, None] == LOG, scale[:, None] == LOGIT], [np.log(values), np.log(values / (100 - values))], values
        )


def unscaled(x: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Back from their scale, one value per series; NaN where it is not finite."""
    with np.errstate(all="ignore"):
        found = np.select([scale == LOG, scale == LOGIT], [np.exp(x), 100 / (1 + np.exp(-x))], x)
    return np.where(np.isfinite(found), found, np.nan)
