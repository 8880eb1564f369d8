"""Units of measure are exact; numbers are written as Vietnamese readers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.catalogue import periods, texts
from planreview.catalogue.measures import factor_between


@pytest.mark.parametrize(
    ("written", "wanted", "factor"),
    [
        ("Triệu đồng", "tỷ đồng", "0.001"),
        ("nghìn  tỷ đồng", "tỷ đồng", "1000"),
        ("1.000 con", "con", "1000"),
        ("Ngàn lượt", "nghìn lượt", "1"),
        ("%/năm", "%", "1"),
        ("triệu đồng/người/năm", "Triệu đồng/người/năm", "1"),
    ],
)
def test_conversion_is_exact(written, wanted, factor):
    assert factor_between(written, wanted) == Decimal(factor)


@pytest.mark.parametrize(
    ("written", "wanted"), [("tấn", "ha"), ("%", "tỷ đồng"), ("triệu USD", "triệu đồng"), ("", "%")]
)
def test_what_does_not_measure_the_same_has_no_factor(written, wanted):
    assert factor_between(written, wanted) is None


@given(st.sampled_from(["đồng", "ha", "con"]), st.sampled_from(["", "nghìn ", "triệu ", "tỷ ", "nghìn tỷ "]),
       st.sampled_from(["", "nghìn ", "triệu ", "tỷ "]))  # fmt: skip
def test_there_and_back_is_one(base, scale, other):
    there, back = factor_between(scale + base, other + base), factor_between(other + base, scale + base)
    assert there * back == 1


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234.5, 1, "1.234,5"), (49, 0, "49"), (0.05, 1, "0,1"), (-3.14, 1, "-3,1"), (1e6, 0, "1.000.000")],
)
def test_numbers(value, digits, text):
    assert texts.number(value, digits) == text


@pytest.mark.parametrize(("value", "text"), [(3.14, "+3,1"), (-0.4, "-0,4"), (0.01, "0,0"), (-0.01, "0,0")])
def test_differences(value, text):
    assert texts.signed(value, 1) == text


def test_targets_keep_their_meaning():
    assert texts.target(3200, 3500, "range", 0) == "3.200–3.500"
    assert texts.target(26.5, None, ">=", 1) == "≥ 26,5"
    assert texts.target(None, None, "text", 0, "Xuất siêu") == "Xuất siêu"


@pytest.mark.parametrize(
    ("period", "words"), [("2020", "năm 2020"), ("2016-2020", "giai đoạn 2016–2020"), ("2020-M9", "9 tháng năm 2020")]
)
def test_periods_in_words(period, words):
    assert periods.words(period) == words
