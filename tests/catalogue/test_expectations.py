"""checks.csv: what is expected of indicators, and slips in it named by indicator."""

import pytest

from planreview.catalogue import Catalogue
from planreview.catalogue.expectations import load_expectations
from planreview.errors import ReferenceDataError

HEADER = "code,parts,yearly_change,usual_low,usual_high,yearly_jump,tells_size\n"


def load(tmp_path, line):
    path = tmp_path / "checks.csv"
    path.write_text(HEADER + line, encoding="utf-8")
    return load_expectations(path, {"A", "B", "C"})


def test_blank_means_that_nothing_is_expected(tmp_path, catalogue: Catalogue):
    expected = load(tmp_path, "A,B C,growth B,,40,,\n")["A"]
    assert (expected.parts, expected.change, expected.low, expected.high) == (("B", "C"), ("growth", "B"), None, 40.0)
    assert expected.jump is None
    nothing = catalogue.expected("KH.01.01")
    assert (nothing.parts, nothing.change, nothing.low, nothing.high, nothing.jump) == ((), None, None, None, None)


def test_no_file_expects_nothing(tmp_path):
    assert load_expectations(tmp_path / "checks.csv", {"A"}) == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("X,,,,,,", "mã không có: X"),
        ("A,B D,,,,,", "mã không có: D"),
        ("A,,rise B,,,,", "yearly_change"),
        ("A,,growth,,,,", "yearly_change"),
        ("A,,,x,,,", "usual_low không phải số"),
        ("A,,,5,4,,", "usual_low phải nhỏ hơn usual_high"),
        ("A,,,,,0,", "yearly_jump phải lớn hơn 0"),
        ("A,,,,,,no", "tells_size chỉ nhận yes"),
    ],
)
def test_a_slip_is_named(tmp_path, line, said):
    with pytest.raises(ReferenceDataError, match=said):
        load(tmp_path, line)


def test_parts_are_of_the_whole_in_its_own_unit(catalogue):
    for code in catalogue.indicators:
        for part in catalogue.expected(code).parts:
            assert catalogue.indicators[part].unit == catalogue.indicators[code].unit, (code, part)
