"""Other methods' opinions: worked examples of published sources, to the printed digit, and where they disagree."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.evaluate.opinions import GROWTH, PACE_RATIO, STATUS_INDEX, classes, disagreements, opinions
from tests.evaluate.rows import row


@pytest.fixture
def cycle(catalogue):
    return catalogue.default_cycle


def said(cycle, y0, y, target, year, *, start=2015, end=2020, direction="up", multiplicative=1.0, **changes) -> dict:
    """Numbers and classes of one case."""
    cycle = dataclasses.replace(cycle, baseline_year=start)
    data = row(y, target, direction, baseline=y0, multiplicative=multiplicative, **changes)
    data = data.assign(year=float(year), target_year=float(end))
    found = opinions(data, cycle)
    return found.iloc[0].to_dict() | classes(found, cycle).iloc[0].to_dict()


def test_check_values_of_the_methods_note(cycle):
    """y0 = 95, T = 99, y = 96 in the third of five years: R = 0,42, CS = 2,5."""
    found = said(cycle, 95, 96, 99, 2018)
    assert (round(found["growth_ratio"], 2), found["status_index"]) == (0.42, 2.5)
    assert (found[GROWTH], found[STATUS_INDEX]) == ("tiến bộ ít", "chậm")
    near_zero = said(cycle, 3, 1.0, 0.001, 2018, direction="down")  # ahead of the straight path, and yet
    assert round(near_zero["growth_ratio"], 2) == 0.38 and near_zero["pace_ratio"] > 1


@pytest.mark.parametrize(
    ("ratio", "score", "word"),
    [(1.3, 5.0, "tiến bộ rõ"), (0.95, 2.5, "tiến bộ rõ"), (0.6, 0.0, "tiến bộ vừa"), (0.3, -1.25, "tiến bộ ít"),
     (0.0, -2.5, "tiến bộ ít"), (-0.6, -5.0, "đi ngược"), (-3, -5.0, "đi ngược")],
)  # fmt: skip
def test_scores_of_statistics_canada(cycle, ratio, score, word):
    """The points at which its classes begin: 5 … 2,5 substantial, … 0 moderate, … −2,5 limited, … −5 deterioration."""
    required = 1.08
    y = 100 * (1 + ratio * (required - 1) + 1e-12) ** 3
    found = said(cycle, 100, y, 100 * required**15, 2018, end=2030)
    assert round(found["growth_score"], 3) == score
    assert found[GROWTH] == word


@pytest.mark.parametrize(
    ("y0", "year0", "y", "year", "target", "direction", "word"),
    [
        (45.3, 1991, 30.0, 2003, 22.65, "down", "khả năng cao"),
        (45.3, 1991, 32.9, 2006, 22.65, "down", "khả năng trung bình"),
        (24.3, 1991, 13.5, 2003, 12.15, "down", "khả năng cao"),
        (24.3, 1991, 14.6, 2006, 12.15, "down", "khả năng cao"),
        (34.5, 1990, 24.6, 2005, 17.25, "down", "khả năng cao"),
        (34.5, 1990, 26.2, 2008, 17.25, "down", "khả năng trung bình"),
        (85.1, 1990, 84.8, 2007, 100, "up", "khả năng thấp"),
        (68.65, 1990, 69.9, 2005, 84.67, "up", "khả năng thấp"),
        (68.65, 1990, 75.4, 2008, 84.67, "up", "khả năng trung bình"),
        (66.5, 1990, 67.99, 2005, 81.04, "up", "khả năng thấp"),
        (66.5, 1990, 73.3, 2008, 81.04, "up", "khả năng trung bình"),
    ],
)
def test_classes_of_the_philippine_progress_reports(cycle, y0, year0, y, year, target, direction, word):
    """Rate of progress in attaining the MDGs, reports of 2007 and 2010: high, medium, low as printed there."""
    found = said(cycle, y0, y, target, year, start=year0, end=2015, direction=direction)
    assert found[PACE_RATIO] == word


def test_nothing_is_said_where_nothing_can_be(cycle):
    for case in (
        said(cycle, 99, 96, 95, 2018),  # the target lies on the bad side of the baseline
        said(cycle, 95, 96, 95, 2018),  # no change was planned
        said(cycle, 95, 96, 99, 2015),  # no year has gone by
        said(cycle, math.nan, 96, 99, 2018),
        said(cycle, 95, 96, 99, math.nan),
        said(cycle, 95, 96, 99, 2018, direction="none"),
    ):
        assert all(v == "" or (isinstance(v, float) and math.isnan(v)) for v in case.values())
    assert math.isnan(said(cycle, 0, 5, 10, 2018)["growth_ratio"])
    assert math.isnan(said(cycle, 95, 96, 99, 2018, multiplicative=0.0)["growth_ratio"])


def test_the_index_stays_at_ten_beyond_the_target_and_the_others_do_not(cycle):
    """ESCAP: 10 once the target is reached; how far beyond it stands in share_of_change."""
    found = said(cycle, 50, 70, 60, 2020)
    assert (found["status_index"], found["pace_ratio"], found["growth_score"]) == (10, 2, 5)


def test_a_range_counts_by_its_easy_end(cycle):
    assert said(cycle, 50, 60, 60, 2020, upper=65)["status_index"] == 10
    assert said(cycle, 10, 3, 2, 2020, upper=3, direction="down")["status_index"] == 10


def test_where_they_are_of_another_mind(cycle):
    data = row(98.9, 99, baseline=95).assign(year=2020.0, target_year=2020.0)
    found = opinions(data, cycle)
    (other,) = disagreements(found.assign(status="không đạt"), cycle)
    assert other == f"{STATUS_INDEX}: đúng hướng; {PACE_RATIO}: khả năng cao"
    assert disagreements(found.assign(status="đạt"), cycle).tolist() == [""]
    assert disagreements(found.assign(status="thiếu số liệu"), cycle).tolist() == [""]


levels = st.floats(1, 1e4).map(lambda x: round(x, 2))


@given(levels, levels, st.integers(1, 4), st.sampled_from(["up", "down"]))
def test_a_further_year_on_the_path_never_lowers_a_class(catalogue, y0, target, year, direction):
    """On the straight path exactly, year after year, no method's class gets worse."""
    cycle = catalogue.default_cycle
    if (target - y0) * (1 if direction == "up" else -1) <= 0.5:
        return
    order = {
        STATUS_INDEX: ["đi ngược", "chậm", "đúng hướng"],
        PACE_RATIO: ["khả năng thấp", "khả năng trung bình", "khả năng cao"],
    }
    path = [y0 + (target - y0) * t / 5 for t in (year, year + 1)]
    now, then = (said(cycle, y0, y, target, 2015 + year + n, direction=direction, digits=2) for n, y in enumerate(path))
    for method, words in order.items():
        assert words.index(then[method]) >= words.index(now[method])
