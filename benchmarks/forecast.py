"""Back-test of the forecasts on all published yearly series that are long enough.

Every series of five consecutive years or more is cut at each year from its third on and forecast up to three years
ahead by the suite's method, the last value, drift, and two models of statsmodels (Theta; exponential smoothing with a
damped trend). Printed: the error in units of the series' own mean yearly change (median, mean), and how often the
intervals held. ``python benchmarks/forecast.py [data/processed/figures/<as_of>.parquet]``
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from planreview.catalogue import Catalogue, periods
from planreview.evaluate.forecast import forecast, scaled, scales, unscaled

ROOT = Path(__file__).parents[1]
SHORTEST, FIRST_CUT, FURTHEST = 5, 3, 3


def published_series(figures: Path) -> dict[tuple[str, str], np.ndarray]:
    """By (area, indicator): the longest run of consecutive years of published actuals, of SHORTEST years or more."""
    data = pd.read_parquet(figures)
    data = data[(data["provenance"] == "published") & (data["kind"] == "actual") & data["value"].notna()]
    data = data[data["qualifier"].isin(["", "~"]) & data["period"].map(periods.is_year)]
    found = {}
    for key, rows in data.groupby(["area_code", "indicator_code"]):
        years = rows.assign(year=rows["period"].astype(int)).set_index("year")["value"].sort_index()
        runs = years.groupby((years.index.to_series().diff() != 1).cumsum())
        longest = max((run.to_numpy() for _, run in runs), key=len)
        if len(longest) >= SHORTEST:
            found[key] = longest
    return found


def of_statsmodels(name: str, x: np.ndarray, ahead: int) -> float:
    """The forecast of one series by a model of the library, on the scale of ``x``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (ConvergenceWarning, RuntimeWarning, FutureWarning))
        if name == "statsmodels Theta":
            return float(np.asarray(ThetaModel(x, period=1, deseasonalize=False).fit().forecast(ahead))[-1])
        model = ExponentialSmoothing(x, trend="add", damped_trend=True, initialization_method="estimated")
        return float(model.fit().forecast(ahead)[-1])


def back_test(series: dict[tuple[str, str], np.ndarray], catalogue: Catalogue) -> pd.DataFrame:
    """One row per series, cut, horizon and method: error over the mean yearly change, whether the intervals held."""
    rows = []
    for (area, code), values in series.items():
        i = catalogue.indicators[code]
        is_pace = i.measure in ("growth", "index")
        kind = [np.array([v]) for v in (i.multiplicative is True, i.unit.startswith("%"), is_pace)]
        for cut in range(FIRST_CUT, len(values)):
            past = values[None, :cut]
            scale = scales(kind[0].astype(float), kind[1], kind[2], past)
            change = np.abs(np.diff(past)).mean()
            for ahead in range(1, min(FURTHEST, len(values) - cut) + 1):
                true, about = values[cut + ahead - 1], {"area": area, "code": code, "n": cut, "ahead": ahead}
                guesses: dict[str, float] = {"last value": past[0, -1]}
                x = scaled(past, scale)[0]
                on_scale = {
                    name: of_statsmodels(name, x, ahead) for name in ("statsmodels Theta", "statsmodels damped")
                }
                on_scale["drift"] = x[-1] + ahead * (x[-1] - x[0]) / (cut - 1)
                guesses |= {name: unscaled(np.array([z]), scale)[0] for name, z in on_scale.items()}
                found = forecast(past, cut + ahead - 1, scale)
                guesses["suite"] = found.value[0]
                about["in50"] = found.low50[0] <= true <= found.high50[0]
                about["in80"] = found.low80[0] <= true <= found.high80[0]
                rows += [
                    about | {"method": m, "error": abs(g - true) / change if change else np.nan}
                    for m, g in guesses.items()
                ]
    return pd.DataFrame(rows)


def _over(error: float, change: float) -> float:
    return error / change if change else np.nan


def main() -> None:
    catalogue = Catalogue(ROOT / "data/reference")
    figures = Path(sys.argv[1]) if len(sys.argv) > 1 else max((ROOT / "data/processed/figures").glob("*.parquet"))
    series = published_series(figures)
    tested = back_test(series, catalogue)
    print(f"{len(series)} series of {min(map(len, series.values()))}–{max(map(len, series.values()))} years")
    errors = tested.groupby(["ahead", "method"])["error"].agg(["median", "mean", "count"])
    print(errors.unstack("ahead").round(2).to_string())
    held = tested[tested["method"] == "suite"].groupby("ahead")[["in50", "in80"]].agg(["mean", "count"])
    print((held.astype(float).round(2)).to_string())


if __name__ == "__main__":
    main()
