"""An analyst types what comes to mind; the answer is the indicator, or what may have been meant."""

import pytest

from planreview.catalogue import Lookup
from planreview.errors import UsageError


@pytest.fixture(scope="module")
def lookup(catalogue):
    return Lookup(catalogue)


@pytest.mark.parametrize(
    "typed",
    [
        "XH.07.01",
        "xh.07.01",
        "Số xã đạt chuẩn nông thôn mới (lũy kế)",
        "so xa dat chuan nong thon moi (luy ke)",
        "SỐ XÃ ĐẠT CHUẨN NÔNG THÔN MỚI (LŨY KẾ)",
        "Số xã đạt chuẩn nông thôn mới",  # an alias
    ],
)
def test_a_code_a_name_or_an_alias_in_any_spelling(lookup, typed):
    assert lookup.code(typed) == "XH.07.01"


def test_words_in_any_order_find_all_that_hold_them(lookup):
    found = lookup.find("moi thon nong xa")
    assert "XH.07.01" in found and "XH.07.02" in found
    assert found == sorted(found, key=list(lookup._indicators).index)


def test_what_is_not_clear_is_asked_back(lookup):
    with pytest.raises(UsageError, match=r"Có phải là: .*XH\.07\.0"):
        lookup.code("nông thôn mới")


def test_a_slip_of_the_pen_is_asked_back_too(lookup):
    with pytest.raises(UsageError, match=r"Có phải là: .*hộ nghèo"):
        lookup.code("Tỷ lê hộ ngheof đa chiêu")


def test_nothing_alike(lookup):
    with pytest.raises(UsageError, match="Không có chỉ tiêu nào giống “qqqq”"):
        lookup.code("qqqq")
