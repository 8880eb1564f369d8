"""Was the plan met: the words, their edges, and what never gets a word."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.evaluate.attainment import judge, near_bands
from tests.evaluate.rows import row, rows


def judged(result, target, direction="up", *, cycle, **changes) -> dict:
    """The judgement of one row."""
    return judge(row(result, target, direction, **changes), cycle).astype({"status": str, "reason": str}).iloc[0]


def word(*arguments, **changes) -> str:
    return judged(*arguments, **changes)["status"]


@pytest.mark.parametrize(
    ("result", "target", "direction", "extra", "expected"),
    [
        (49, 23, "up", {"digits": 0}, "vượt"),
        (2750, 3200, "up", {"upper": 3500, "qualifier": "range", "digits": 0}, "không đạt"),
        (9, 9, "up", {"upper": 10, "qualifier": "range", "digits": 0}, "đạt"),
        (10, 9, "up", {"upper": 10, "qualifier": "range", "digits": 0}, "đạt"),
        (11, 9, "up", {"upper": 10, "qualifier": "range", "digits": 0}, "vượt"),
        (33.1, 40, "down", {"digits": 0, "qualifier": "~"}, "vượt"),
        (4.1, 4, "down", {"digits": 0, "qualifier": "<="}, "đạt"),
        (4.6, 4, "down", {"digits": 0, "qualifier": "<="}, "không đạt"),
        (3.1, 2, "down", {"upper": 3, "qualifier": "range", "digits": 0}, "đạt"),
        (2, 2, "down", {"upper": 3, "qualifier": "range", "digits": 0}, "đạt"),
        (1.4, 2, "down", {"upper": 3, "qualifier": "range", "digits": 0}, "vượt"),
        (8.55, 8.5, "up", {}, "đạt"),  # exactly half a unit of the last digit
        (8.56, 8.5, "up", {}, "vượt"),
        (8.44, 8.5, "up", {}, "không đạt"),
        (100, 100, "up", {"qualifier": ">", "digits": 0}, "không đạt"),  # more than, not equal to
        (0, 0, "down", {"digits": 0}, "đạt"),
    ],
)
def test_words(catalogue, result, target, direction, extra, expected):
    assert word(result, target, direction, cycle=catalogue.default_cycle, **extra) == expected


def test_no_direction_no_word_but_the_difference(catalogue):
    judgement = judged(30, 28.5, "none", cycle=catalogue.default_cycle)
    assert (judgement["status"], judgement["deviation"]) == ("", 1.5)
    assert "không có chiều" in judgement["reason"]


def test_a_band_is_met_inside(catalogue):
    band = {"band_low": 104.0, "band_high": 108.0, "cycle": catalogue.default_cycle}
    assert word(106, 105, "band", **band) == "đạt"
    assert word(112, 105, "band", **band) == "không đạt"
    assert judged(106, 105, "band", cycle=catalogue.default_cycle)["reason"]


def test_a_target_against_the_direction_gets_no_word(catalogue):
    judgement = judged(40, 45, "up", qualifier="<=", cycle=catalogue.default_cycle)
    assert (judgement["status"], judgement["deviation"]) == ("", -5)
    assert "ngược với chiều tốt" in judgement["reason"]


def test_near_is_the_smallest_of_three_bounds(catalogue):
    cycle = catalogue.default_cycle

    def band(target, **changes):
        return near_bands(row(0, target, **changes), cycle)[0]

    assert band(90, is_rate=True) == 1  # a point of a rate
    assert band(90, baseline=85, is_rate=True) == 0.5  # a tenth of the planned change
    assert band(1000) == 50  # 5 % of the target
    assert band(1000, near_band_own=7.0) == 7
    assert judged(89.3, 90, digits=0, is_rate=True, cycle=cycle)["near"]
    assert not judged(88, 90, digits=0, is_rate=True, cycle=cycle)["near"]
    assert not judged(91, 90, digits=0, is_rate=True, cycle=cycle)["near"]


def test_shares_and_percents(catalogue):
    cycle = catalogue.default_cycle
    assert judged(97, 99, baseline=95, cycle=cycle)["share_of_change"] == 0.5
    assert math.isnan(judged(97, 95, baseline=95, cycle=cycle)["share_of_change"])
    assert judged(49, 23, cycle=cycle)["percent_of_plan"] == pytest.approx(213.04, abs=0.01)
    assert math.isnan(judged(3, 4, "down", cycle=cycle)["percent_of_plan"])


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
digits = st.integers(0, 3)
many = st.lists(st.tuples(numbers, numbers, digits), min_size=1, max_size=30)


@given(many)
def test_mirroring_direction_mirrors_the_word(catalogue, cases):
    cycle = catalogue.default_cycle
    up = judge(rows([row(y, round(t, d), "up", digits=d) for y, t, d in cases]), cycle)
    down = judge(rows([row(-y, -round(t, d), "down", digits=d) for y, t, d in cases]), cycle)
    assert up["status"].tolist() == down["status"].tolist()
    assert up["near"].tolist() == down["near"].tolist()


@given(many, numbers, st.sampled_from(["up", "down"]))
def test_a_better_result_never_gets_a_worse_word(catalogue, cases, goal, direction):
    rank = {"không đạt": 0, "đạt": 1, "vượt": 2}
    results = sorted((y for y, _, _ in cases), reverse=direction == "down")
    words = judge(rows([row(y, goal, direction, digits=1) for y in results]), catalogue.default_cycle)["status"]
    ranks = [rank[w] for w in words]
    assert ranks == sorted(ranks)


@given(many, st.sampled_from([-3, -1, 1, 2, 4]))
def test_another_unit_of_measure_changes_nothing(catalogue, cases, shift):
    """Tỷ đồng or triệu đồng: the same word, as long as digits say the same precision."""
    factor = 10.0**shift
    plain = [(round(y, d), round(t, d), d + 4) for y, t, d in cases]
    one = judge(rows([row(y, t, digits=d) for y, t, d in plain]), catalogue.default_cycle)
    other = judge(rows([row(y * factor, t * factor, digits=d - shift) for y, t, d in plain]), catalogue.default_cycle)
    assert one["status"].tolist() == other["status"].tolist()


@given(many, st.sampled_from(["up", "down", "band", "none"]))
def test_no_nan_and_no_infinity_reaches_a_word(catalogue, cases, direction):
    strange = [math.nan, math.inf, -math.inf, 1e308, -1e308]
    data = [row(y, t, direction, digits=d) for y, t, d in cases]
    data += [row(y, t, direction, baseline=b) for y in strange for t in (0.0, 5.0) for b in strange]
    judgement = judge(rows(data), catalogue.default_cycle)
    assert set(judgement["status"]) <= {"", "vượt", "đạt", "không đạt"}
    for column in ("percent_of_plan", "share_of_change"):
        assert not judgement[column].isin([math.inf, -math.inf]).any()
    unknown = pd.Series([r["result"].iloc[0] for r in data]).abs().isin([math.inf]) | judgement["deviation"].isna()
    assert (judgement.loc[unknown.to_numpy(), "status"] == "").all()
