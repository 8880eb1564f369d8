"""A number and its format: what is a day, what is a share, and what was typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.workbooks.values import moment, of_number, raw_of


@pytest.mark.parametrize(
    ("number_format", "what"),
    [
        ("General", ""),
        ("0.0%", ""),
        ('#,##0 "tỷ đồng"', ""),
        ('0 "ngày"', ""),
        ("#,##0.00_);[Red](#,##0.00)", ""),
        ("0.00E+00", ""),
        ("@", ""),
        ("dd/mm/yyyy", "date"),
        ("[$-42A]d mmmm yyyy;@", "date"),
        ("mmm-yy", "date"),
        ("yyyy", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("dd/mm/yyyy h:mm", "datetime"),
        ("[h]:mm:ss", "elapsed"),
        ("[Red]0;[Blue]0", ""),
    ],
)
def test_what_a_format_shows(number_format, what):
    assert moment(number_format) == what


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_is_that_number(number):
    value = of_number(number, "General")
    assert float(Decimal(raw_of(value))) == number
    assert "e" not in raw_of(value)


@given(st.floats(), st.sampled_from(["d/m/yyyy", "h:mm", "[h]:mm", "d/m/yy h:mm", "0", None]), st.booleans())
def test_no_number_is_too_strange_for_a_format(number, number_format, date1904):
    value = of_number(number, number_format, date1904)
    assert value is None or raw_of(value)
