"""Numbers as they are typed into forms: read exactly, or rejected, never another number."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from planreview.reading.values import Habits, read_value
from planreview.workbooks import GridCell

NO_HABIT = Habits(False, False)


def read(value, *, unit="tỷ đồng", is_target=True, habits=NO_HABIT, number_format="General"):
    cell = GridCell(1, 1, value, str(value), number_format=number_format)
    return read_value(cell, unit=unit, is_target=is_target, habits=habits)


@pytest.mark.parametrize(
    ("typed", "value", "upper", "qualifier", "digits"),
    [
        ("12,5", "12.5", None, "", 1),
        ("1.154.433", "1154433", None, "", 0),
        ("6.065,2", "6065.2", None, "", 1),
        ("1 154 433,5", "1154433.5", None, "", 1),
        ("Khoảng 3.200-3.500", "3200", "3500", "range", 0),
        ("6,5-7", "6.5", "7", "range", 1),
        ("07 - 09", "7", "9", "range", 0),
        ("≥ 95", "95", None, ">=", 0),
        (">2.300", "2300", None, ">", 0),
        ("Trên 26,5", "26.5", None, ">=", 1),
        ("Dưới 4", "4", None, "<=", 0),
        ("khoảng 30", "30", None, "~", 0),
        ("12,5 (ước)", "12.5", None, "~", 1),
        ("10 trở lên", "10", None, ">=", 0),
        ("-0,4", "-0.4", None, "", 1),
        ("0.123", "0.123", None, "", 3),
    ],
)
def test_text_numbers(typed, value, upper, qualifier, digits):
    reading = read(typed)
    assert reading.fate == "value"
    assert (reading.value, reading.upper) == (Decimal(value), Decimal(upper) if upper else None)
    assert (reading.qualifier, reading.digits) == (qualifier, digits)


def test_a_percent_says_its_own_unit():
    reading = read("12,5%", unit="%")
    assert (reading.value, reading.unit) == (Decimal("12.5"), "%")
    assert read("12,5%", unit="xã").code == "unit.percent_format"


def test_a_percent_format_is_never_read_as_a_fraction():
    assert read(0.125, unit="%", number_format="0.0%").value == Decimal("12.5")
    assert read(12.5, unit="%", number_format="0.0").value == Decimal("12.5")
    assert read(0.125, unit="tỷ đồng", number_format="0.0%").code == "unit.percent_format"
    assert read(12.5, unit="%", number_format='0.0"%"').value == Decimal("12.5")  # a quoted sign multiplies nothing
    assert read(0.824, unit="%").value == Decimal("0.824")  # another number of its row is plainly a percent
    assert read(0.75, unit="%", number_format="0.00").value == Decimal("0.75")


@pytest.mark.parametrize("typed", ["-", "…", "...", "x", "–", "chưa có", "Đang tổng hợp"])
def test_blank_marks(typed):
    assert read(typed).fate == "blank_mark"


def test_a_target_in_words_is_kept_and_a_result_in_words_rejected():
    assert read("Xuất siêu", is_target=True).qualifier == "text"
    assert read("tăng nhẹ", is_target=False).code == "number.not_a_number"


@pytest.mark.parametrize(
    "typed",
    [
        "1,234",
        "12 15",
        "45 50",
        "40/84 trường",
        "12,5 abc 3",
        "1.2.3",
        "7-6",
        "Tăng 11-12%",
        "2016-2020",
        "2015 – 2016",
    ],
)
def test_what_can_be_read_in_two_ways_is_rejected(typed):
    assert read(typed).fate == "rejected"


def test_a_range_too_wide_for_a_period_is_a_range():
    assert (read("1990-2000").value, read("1990-2000").upper) == (1990, 2000)


def test_the_other_numbers_of_a_table_settle_how_it_writes():
    vietnamese, english = Habits.of(["6.065,2"]), Habits.of(["6,065.2"])
    assert read("45.799", habits=Habits.of(["12.5"])).code == "number.ambiguous"
    assert read("1.234", habits=vietnamese).value == Decimal(1234)
    assert read("1.234", habits=english).value == Decimal("1.234")
    assert read("1,234", habits=english).value == Decimal(1234)
    assert read("3.125", unit="%").code == "number.ambiguous"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([1, 2]))
def test_a_number_written_the_vietnamese_way_reads_back(number, places):
    number = round(number, places)
    written = format_decimal(number, format="#,##0." + "0" * places, locale="vi_VN")
    reading = read(written, habits=Habits.of([written]))
    assert reading.fate == "value"
    assert reading.value == number


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused_never_a_crash(text):
    assert read(text or "a").fate in ("value", "blank_mark", "rejected")
