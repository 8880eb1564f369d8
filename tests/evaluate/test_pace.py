"""Is the pace enough, and what does the next target ask: the straight path, the change a year, and its class."""

import math

import numpy as np
import pandas as pd
import pytest

from planreview.evaluate.ambition import (
    BELOW,
    BEST,
    BEYOND,
    IN_LINE,
    SLOWER,
    STRETCHING,
    ambition,
    best_past,
    outside,
)
from planreview.evaluate.pace import expected, on_path, yearly
from tests.evaluate.rows import row

NAN = math.nan


def is_on_path(result, year, target, direction="up", **changes):
    data = row(result, target, direction, **{"digits": 0} | changes)
    path = expected(data, np.array([year]), 2015, np.array([2020]))
    return bool(on_path(data, path, np.array([0.5]))[0])


def test_the_straight_path():
    assert expected(row(0, 99, baseline=95), np.array([2018]), 2015, np.array([2020]))[0] == pytest.approx(97.4)
    assert is_on_path(97.4, 2018, 99, baseline=95)
    assert not is_on_path(96, 2018, 99, baseline=95)
    assert is_on_path(20, 2018, 15, "down", baseline=30)
    assert not is_on_path(22, 2018, 15, "down", baseline=30)


def test_a_range_is_walked_to_its_easy_end():
    assert expected(row(0, 60, baseline=50, upper=65), np.array([2020]), 2015, np.array([2020]))[0] == 60
    assert expected(row(0, 2, "down", baseline=8, upper=3), np.array([2020]), 2015, np.array([2020]))[0] == 3


def per_year(start, end, years=5, multiplicative=0.0, itself=False):
    return yearly(np.array([start]), np.array([end]), years, np.array([multiplicative]), np.array([itself]))[0]


def test_pace_of_levels_and_of_what_grows():
    assert per_year(3.0, 49.0) == 9.2
    assert per_year(100.0, 161.051, multiplicative=1.0) == pytest.approx(10)
    assert math.isnan(per_year(0.0, 10.0, multiplicative=1.0))
    assert math.isnan(per_year(6.5, 7.0, itself=True))
    assert math.isnan(per_year(1.0, 2.0, multiplicative=math.nan))
    assert math.isnan(per_year(1.0, 2.0, years=0))


@pytest.mark.parametrize(
    ("required", "achieved", "best", "direction", "expected"),
    [
        (6.8, 9.2, 9.2, 1, BELOW), (9.2, 9.2, 9.2, 1, IN_LINE), (15, 9.2, 9.2, 1, STRETCHING),
        (30, 9.2, 9.2, 1, BEYOND), (30, 9.2, math.nan, 1, BEYOND), (30, 9.2, 31, 1, STRETCHING),
        (1, -1, -1, 1, BEYOND), (1, -1, 1.5, 1, STRETCHING), (-1, 5, 5, 1, BELOW), (0, 5, 5, 1, BELOW),
        (0, 0, 0, 1, IN_LINE), (0, -1, -1, 1, SLOWER), (-0.6, -5.6, -1, 1, SLOWER), (-5, -5, -1, 1, IN_LINE),
        (-9, -5, -1, 1, BELOW), (0.1, 0, 0, 1, BEYOND), (-3, -2, -2, -1, STRETCHING), (-5, -2, -6, -1, STRETCHING),
        (-5, -2, -4, -1, BEYOND), (1, 5, -1, -1, SLOWER), (1, math.nan, 1, 1, ""), (1, 1, 1, 0, ""),
    ],
)  # fmt: skip
def test_ambition(catalogue, required, achieved, best, direction, expected):
    numbers = [np.array([float(x)]) for x in (required, achieved, best, direction)]
    assert ambition(*numbers, np.array([False]), np.array([False]), catalogue.default_cycle).tolist() == [expected]


def test_a_target_of_all_there_is_is_not_lower_than_a_trend(catalogue):
    """99,7 % → 100 %: no more can be asked; 60 % → 100 % is still a stretch."""
    required, achieved = np.array([0.06, 0, 8, 2.6]), np.full(4, 2.6)
    limits, reached = np.full(4, True), np.full(4, False)
    found = ambition(required, achieved, np.full(4, NAN), np.ones(4), limits, reached, catalogue.default_cycle)
    assert found.tolist() == [BEST, BEST, BEYOND, IN_LINE]


def test_the_best_stretch_of_the_past():
    nan = math.nan
    values = np.array([[1.0, 2, 3, 4, 5, 16, 17, nan], [nan, 1, nan, nan, nan, nan, 3, nan], [9, 8, 7, 6, 5, 1, 0, 0]])
    signs = np.array([1.0, 1.0, -1.0])
    best, when = best_past(values, 5, signs, np.zeros(3), np.zeros(3, bool))
    assert (best.tolist(), when.tolist()) == ([3.0, 0.4, -1.6], [5, 6, 5])
    none, never = best_past(values[1:2, :5], 5, signs[:1], np.zeros(1), np.zeros(1, bool))
    assert math.isnan(none[0]) and never[0] == -1


def test_a_yardstick_from_elsewhere():
    """Of three districts or more their middle, else the area above; nothing across provenances."""
    data = pd.DataFrame(
        [
            ("submitted", area, "X", pace)
            for area, pace in (("A1", 1.0), ("A2", 2.0), ("A3", 9.0), ("B1", 5.0), ("A", 3.0))
        ]
        + [("published", "A1", "X", 100.0)],
        columns=["provenance", "area_code", "indicator_code", "achieved_pace"],
    )
    found = outside(data, {"A1": "A", "A2": "A", "A3": "A", "B1": "A0", "A": "", "A0": ""})
    assert found["outside_pace"].fillna(-1).tolist() == [2, 2, 2, -1, -1, -1]
    assert found["outside_areas"].tolist() == [3, 3, 3, 0, 0, 0]
    alone = outside(data.iloc[[0, 4]], {"A1": "A", "A": ""})
    assert alone["outside_pace"].fillna(-1).tolist() == [3, -1]
