"""Was the plan met: the words, their edges, and what never gets a word."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.catalogue import Indicator
from planreview.evaluate.ambition import BELOW, BEYOND, IN_LINE, STRETCHING, ambition, pace
from planreview.evaluate.attainment import Target, judge, near_band, on_path, percent_of_plan, share_of_change


def indicator(direction="up", **changes) -> Indicator:
    plain = Indicator(
        code="X", name="X", unit="%", measure="rate", direction=direction, band_low=None, band_high=None,
        five_year_rule="end_value", additive=False, multiplicative=False, limit_low=None, limit_high=None, digits=1,
        near_band=None, field="",
        definition="", parent="", related=(), agency={}, ratio=None, change=None, conversions={},
    )  # fmt: skip
    return dataclasses.replace(plain, **changes)


def word(result, target, direction="up", *, upper=None, qualifier="", digits=1, cycle=None, **changes):
    goal = Target(target, upper, qualifier, digits)
    return judge(result, goal, None, indicator(direction, **changes), cycle)


@pytest.mark.parametrize(
    ("result", "target", "direction", "extra", "expected"),
    [
        (49, 23, "up", {"digits": 0}, "vượt"),
        (2750, 3200, "up", {"upper": 3500, "qualifier": "range", "digits": 0}, "không đạt"),
        (9, 9, "up", {"upper": 10, "qualifier": "range", "digits": 0}, "đạt"),
        (11, 9, "up", {"upper": 10, "qualifier": "range", "digits": 0}, "vượt"),
        (33.1, 40, "down", {"digits": 0, "qualifier": "~"}, "vượt"),
        (4.1, 4, "down", {"digits": 0, "qualifier": "<="}, "đạt"),
        (4.6, 4, "down", {"digits": 0, "qualifier": "<="}, "không đạt"),
        (3.1, 2, "down", {"upper": 3, "qualifier": "range", "digits": 0}, "đạt"),
        (1.4, 2, "down", {"upper": 3, "qualifier": "range", "digits": 0}, "vượt"),
        (8.55, 8.5, "up", {}, "đạt"),  # exactly half a unit of the last digit
        (8.56, 8.5, "up", {}, "vượt"),
        (8.44, 8.5, "up", {}, "không đạt"),
        (100, 100, "up", {"qualifier": ">", "digits": 0}, "không đạt"),  # more than, not equal to
        (0, 0, "down", {"digits": 0}, "đạt"),
    ],
)
def test_words(catalogue, result, target, direction, extra, expected):
    assert word(result, target, direction, cycle=catalogue.default_cycle, **extra).status == expected


def test_no_direction_no_word_but_the_difference(catalogue):
    judgement = word(30, 28.5, "none", cycle=catalogue.default_cycle)
    assert (judgement.status, judgement.deviation) == ("", 1.5)
    assert "không có chiều" in judgement.reason


def test_a_band_is_met_inside(catalogue):
    band = {"band_low": 104.0, "band_high": 108.0, "cycle": catalogue.default_cycle}
    assert word(106, 105, "band", **band).status == "đạt"
    assert word(112, 105, "band", **band).status == "không đạt"
    assert word(106, 105, "band", cycle=catalogue.default_cycle).reason


def test_near_is_the_smallest_of_three_bounds(catalogue):
    cycle = catalogue.default_cycle
    assert near_band(90, None, indicator(), cycle) == 1  # a point of a rate
    assert near_band(90, 85, indicator(), cycle) == 0.5  # a tenth of the planned change
    assert near_band(1000, None, indicator(unit="xã"), cycle) == 50  # 5 % of the target
    assert near_band(1000, None, indicator(near_band=7.0), cycle) == 7
    assert judge(89.3, Target(90, None, "", 0), None, indicator(), cycle).near
    assert not judge(88, Target(90, None, "", 0), None, indicator(), cycle).near


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
targets = st.builds(lambda v, d: Target(round(v, d), None, "", d), numbers, st.integers(0, 3))


@given(numbers, targets)
def test_mirroring_direction_mirrors_the_word(catalogue, result, goal):
    cycle = catalogue.default_cycle
    up = judge(result, goal, None, indicator("up"), cycle)
    down = judge(-result, Target(-goal.value, None, "", goal.digits), None, indicator("down"), cycle)
    assert (up.status, up.near) == (down.status, down.near)


@given(numbers, numbers, targets)
def test_a_better_result_never_gets_a_worse_word(catalogue, one, other, goal):
    rank = {"không đạt": 0, "đạt": 1, "vượt": 2}
    low, high = sorted((one, other))
    words = [judge(r, goal, None, indicator("up"), catalogue.default_cycle).status for r in (low, high)]
    assert rank[words[0]] <= rank[words[1]]


@given(numbers, targets, st.sampled_from(["up", "down", "none"]))
def test_every_judgement_is_finite(catalogue, result, goal, direction):
    judgement = judge(result, goal, None, indicator(direction), catalogue.default_cycle)
    assert judgement.status in ("", "vượt", "đạt", "không đạt")
    assert math.isfinite(judgement.deviation)


def test_path_and_shares():
    goal = Target(99, None, "", 0)
    assert on_path(97.4, 2018, goal, 2020, 95, 2015, indicator())
    assert not on_path(96, 2018, goal, 2020, 95, 2015, indicator())
    assert share_of_change(97, goal, 95) == 0.5
    assert share_of_change(97, Target(95, None, "", 0), 95) is None
    assert percent_of_plan(49, Target(23, None, "", 0), indicator()) == pytest.approx(213.04, abs=0.01)
    assert percent_of_plan(3, Target(4, None, "", 0), indicator("down")) is None


def test_pace_of_levels_and_of_what_grows():
    assert pace(3, 49, 5, indicator(unit="xã")) == 9.2
    assert pace(100, 161.051, 5, indicator(multiplicative=True)) == pytest.approx(10)
    assert pace(0, 10, 5, indicator(multiplicative=True)) is None
    assert pace(6.5, 7, 5, indicator(measure="growth")) is None
    assert pace(1, 2, 5, indicator(multiplicative=None)) is None


@pytest.mark.parametrize(
    ("required", "achieved", "direction", "expected"),
    [
        (6.8, 9.2, "up", BELOW), (9.2, 9.2, "up", IN_LINE), (15, 9.2, "up", STRETCHING), (30, 9.2, "up", BEYOND),
        (1, -1, "up", BEYOND), (-1, 5, "up", BELOW), (-3, -2, "down", STRETCHING), (1, None, "up", ""),
        (1, 1, "none", ""),
    ],
)  # fmt: skip
def test_ambition(catalogue, required, achieved, direction, expected):
    assert ambition(required, achieved, indicator(direction), catalogue.default_cycle) == expected
