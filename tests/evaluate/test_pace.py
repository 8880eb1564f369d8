"""Is the pace enough, and what does the next target ask: the straight path, the change a year, and its class."""

import math

import numpy as np
import pytest

from planreview.evaluate.ambition import BELOW, BEYOND, IN_LINE, STRETCHING, ambition
from planreview.evaluate.pace import expected, on_path, yearly
from tests.evaluate.rows import row


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
    ("required", "achieved", "direction", "expected"),
    [
        (6.8, 9.2, 1, BELOW), (9.2, 9.2, 1, IN_LINE), (15, 9.2, 1, STRETCHING), (30, 9.2, 1, BEYOND),
        (1, -1, 1, BEYOND), (-1, 5, 1, BELOW), (-3, -2, -1, STRETCHING), (1, math.nan, 1, ""), (1, 1, 0, ""),
    ],
)  # fmt: skip
def test_ambition(catalogue, required, achieved, direction, expected):
    found = ambition(np.array([required]), np.array([achieved]), np.array([direction]), catalogue.default_cycle)
    assert found.tolist() == [expected]
