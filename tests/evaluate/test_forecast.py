"""Forecasts of short series: what they say, when they say nothing, and that they are what a library fits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.forecasting.theta import ThetaModel

from planreview import tables
from planreview.evaluate import evaluate, outlook
from planreview.evaluate.forecast import LOG, LOGIT, PLAIN, anticipated, forecast, likelihood, scales

NAN = math.nan


def one(values, until, scale=PLAIN):
    return forecast(np.array([values], float), until, np.array([scale]))


def test_half_the_trend_by_hand():
    """10, 12, 14, 16, 18: slope 2, half of it a year: 19, 20, 21 …; no error, no spread beyond the trend's half."""
    assert one([10, 12, 14, 16, 18], 5).value[0] == pytest.approx(19)
    assert one([10, 12, 14, 16, 18], 9).value[0] == pytest.approx(23)


def test_the_library_fits_the_same_where_its_level_is_the_last_value():
    """statsmodels' Theta with the α = 1 that it estimates for trending series."""
    series = [3.0, 5.5, 9.0, 13.5, 19.0, 26.0]
    fitted = ThetaModel(np.array(series), period=1, deseasonalize=False).fit()
    assert fitted._alpha == pytest.approx(1, abs=1e-3)
    assert one(series, 8).value[0] == pytest.approx(float(np.asarray(fitted.forecast(3))[-1]), rel=1e-3)


def test_only_the_consecutive_years_up_to_the_latest_count():
    gap = one([900, NAN, 10, 12, 14, NAN], 6)
    assert (gap.n[0], gap.last[0], gap.value[0]) == (3, 4, pytest.approx(16))
    assert math.isnan(one([10, 12, NAN, NAN], 4).value[0])
    assert math.isnan(one([10, NAN, 12, 13], 4).value[0])
    assert math.isnan(one([10, 12, 14, 16], 3).value[0])  # known already


def test_percentages_stay_percentages_and_levels_positive():
    high = one([90, 95, 97, 99], 9, LOGIT)
    assert 99 < high.value[0] < 100 and high.high80[0] < 100
    low = one([100, 30, 10, 2], 9, LOG)
    assert 0 < low.low80[0] < low.value[0] < 2
    is_rate, is_pace = np.array([True, False, False, True]), np.array([False, False, True, False])
    kinds = scales(np.array([0, 1, 1, 0.0]), is_rate, is_pace, np.array([[90, 95], [1, 2], [1, 2], [0, 5.0]]))
    assert kinds.tolist() == [LOGIT, LOG, PLAIN, PLAIN]


def course(values, until, target, baseline, sign=1.0, scale=PLAIN):
    found = anticipated(
        np.array([values], float), np.array([until]), np.array([scale]), np.array([target], float),
        np.array([baseline], float), np.array([sign]),
    )  # fmt: skip
    return tuple(x[0] for x in found)


def test_anticipated_progress_of_the_un_commissions():
    """On a straight line weights change nothing: 10, 12, 14 → 20 in the sixth year; of 10 → 30 half is missing."""
    assert course([10, 12, 14], 5, 30, 10) == (pytest.approx(20), pytest.approx(50), "cần đẩy nhanh")
    assert course([10, 12, 14], 5, 20, 10)[1:] == (0, "đủ nhịp độ")
    assert course([14, 12, 10], 5, 20, 14)[2] == "đi ngược"
    assert course([14, 12, 10], 5, 0, 14, sign=-1.0)[2] == "cần đẩy nhanh"
    assert course([14, 12, 10], 7, 0, 14, sign=-1.0)[:2] == (pytest.approx(0), 0)
    assert course([10, 12], 5, 30, 10)[2] == "" and course([10, NAN, 12, 13], 6, 20, NAN)[1] != 0


def test_recent_years_weigh_more():
    """By hand: years 0, 1, 2 to year 4, weights 1, 4/3, 2; values 0, 0, 3."""
    w, t, x = np.array([1, 4 / 3, 2]), np.arange(3), np.array([0, 0, 3])
    mean_t, mean_x = (w * t).sum() / w.sum(), (w * x).sum() / w.sum()
    slope = (w * (t - mean_t) * (x - mean_x)).sum() / (w * (t - mean_t) ** 2).sum()
    assert course([0, 0, 3], 4, 9, 0)[0] == pytest.approx(mean_x + slope * (4 - mean_t))
    assert slope > 1.5  # what an unweighted line gives


def test_likelihood_in_words():
    found = one([10, 12, 13, 16, 18], 6)
    ends = found.low50[0], found.high50[0]
    words = [likelihood(found, np.array([t]), np.array([1.0]))[0] for t in (ends[0] - 1, sum(ends) / 2, ends[1] + 1)]
    assert words == ["cao", "ngang nhau", "thấp"]
    words = [likelihood(found, np.array([t]), np.array([-1.0]))[0] for t in (ends[0] - 1, sum(ends) / 2, ends[1] + 1)]
    assert words == ["thấp", "ngang nhau", "cao"]
    assert likelihood(found, np.array([NAN]), np.array([1.0]))[0] == ""


@given(
    st.lists(st.floats(0.5, 99.5) | st.just(NAN), min_size=3, max_size=9), st.integers(1, 6), st.sampled_from([0, 1, 2])
)
def test_bounds_enclose_and_are_finite(values, ahead, scale):
    found = one(values, len(values) - 1 + ahead, scale)
    bounds = [b[0] for b in (found.low80, found.low50, found.value, found.high50, found.high80)]
    if math.isnan(found.value[0]):
        return
    known = [b for b in bounds if not math.isnan(b)]
    assert known == sorted(known) and all(map(math.isfinite, known))


def table(catalogue, code, *figures, as_of="2022-12"):
    rows = [
        {"as_of": as_of, "provenance": "submitted", "area_code": "14", "indicator_code": code, "n_candidates": 1,
         "selection_rule": "only", "round": "2020-06", "figure_id": f"{f['period']}{f['kind']}"} | f
        for f in figures
    ]  # fmt: skip
    cycle = catalogue.default_cycle
    frame = tables.frame("figures", rows)
    found = outlook(frame, evaluate(frame, catalogue, cycle, as_of=as_of), catalogue, cycle, as_of=as_of)
    return tables.check("forecasts", found)


def year(period, value, kind="actual", **more):
    return {"period": str(period), "kind": kind, "value": value} | more


def test_the_next_target_beside_the_trend_with_and_without_the_shock(catalogue):
    years = [year(2015 + n, v) for n, v in enumerate((3, 9, 17, 26, 38, 41))]
    found = table(catalogue, "XH.07.01", *years, year(2025, 83, "target", plan="council")).iloc[0]
    assert (found["n"], found["first_year"], found["last_year"]) == (6, "2015", "2020")
    assert found["forecast"] < found["forecast_without_shock"]
    assert found["likelihood"] == "thấp" and found["shock_years"] == "2020"
    assert found["figures"].count(";") == 5
    assert "chưa kiểm nghiệm" in found["reason"]


def test_too_few_years_say_so_and_other_indicators_have_no_row(catalogue):
    goal = year(2025, 83, "target", plan="council")
    few = table(catalogue, "XH.07.01", year(2019, 3), year(2020, 5), goal).iloc[0]
    assert math.isnan(few["forecast"]) and few["reason"] == "mới có 2 năm liên tục, cần ít nhất 3 năm"
    assert table(catalogue, "KT.01.03", *(year(2015 + n, 6) for n in range(6)), goal).empty
    assert table(catalogue, "KT.01.04.3", *(year(2015 + n, 40) for n in range(6)), goal).empty


def test_what_came_later_is_not_used(catalogue):
    """A forecast for the review's last year knows nothing of that year."""
    goal = year(2020, 83, "target", plan="council")
    early = [year(2016 + n, v) for n, v in enumerate((3, 9, 17))]
    found = table(catalogue, "XH.07.01", *early, year(2022, 70), goal, as_of="2020-06").iloc[0]
    assert (found["target_period"], found["last_year"], found["n"]) == ("2020", "2018", 3)
