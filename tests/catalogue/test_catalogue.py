"""The reference files: slips are named with their line; codes given as numbers find their unit."""

import shutil

import pandas as pd
import pytest

from planreview.catalogue import Catalogue
from planreview.errors import ReferenceDataError, UnknownUnit


@pytest.fixture
def reference(catalogue, tmp_path):
    return shutil.copytree(catalogue.folder, tmp_path / "reference")


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("indicators.csv", ",level,up,", ",level,lên,", "Dòng 2 sai: cột direction"),
        ("indicators.csv", "direction", "chiều", "thiếu cột direction"),
        ("units.csv", "14,Tỉnh", "VN,Tỉnh", "cột unit_code bị lặp"),
        ("aliases.csv", ",KT.", ",ZZ.", "trỏ tới mã không có"),
        ("cycles/2016-2025.toml", '"council", "five_year"', '"council", "five-year"', "loại kế hoạch lạ: five-year"),
        ("cycles/2016-2025.toml", "default = true", "default = false", "đúng một chu kỳ"),
        ("cycles/2016-2025.toml", "in_line = 1.2", "in_line = 0.7", "mục ambition phải dương và tăng dần"),
        ("cycles/2016-2025.toml", "percent_of_target = 5.0", "percent_of_target = -5", "Mục near phải là số không âm"),
        ("cycles/2016-2025.toml", "pace_low = 0.5", "pace_low = 0.95", "tỷ số nhịp độ) phải dương và tăng dần"),
        ("cycles/2016-2025.toml", "pace_low = 0.5", "pace_slow = 0.5", "ngưỡng lạ: pace_slow"),
        ("cycles/2016-2025.toml", "pace_low = 0.5", 'pace_low = "0,5"', "không đúng kiểu"),
        ("cycles/2016-2025.toml", "shock_years = [2020]", 'shock_years = ["2020"]', "chỉ nhận các năm"),
        ("breaks.csv", ",2016,", ",năm 2016,", "first_year phải là một năm"),
        ("breaks.csv", "XH.03.03,", "XH.99,", "trỏ tới mã không có"),
        ("causes.csv", "khách quan", "khách-quan", "cột axis chỉ nhận"),
        ("causes.csv", "dịch bệnh,khách", "thiên tai và thời tiết,khách", "cột theme bị lặp"),
        ("rounds.toml", 'cycle = "2016-2025"', 'cycle = "2016-2052"', "thuộc chu kỳ 2016-2052"),
    ],
)
def test_a_slip_is_named(reference, file, old, new, said):
    replace(reference / file, old, new)
    with pytest.raises(ReferenceDataError) as problem:
        Catalogue(reference)
    assert said in str(problem.value)
    assert reference.name in problem.value.place


def test_what_a_cycle_file_may_leave_out_has_defaults(reference, catalogue):
    """A cycle file of before the second opinions still loads, with their sources' own thresholds."""
    path = reference / "cycles/2016-2025.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[second_opinions]")], encoding="utf-8")
    cycle = Catalogue(reference).cycles["2016-2025"]
    assert (cycle.pace_high, cycle.pace_low, cycle.growth_on_track, cycle.shock_years) == (0.9, 0.5, 0.95, ())
    for file in ("breaks.csv", "causes.csv"):
        (reference / file).unlink()
    bare = Catalogue(reference)
    assert bare.breaks.empty and bare.causes.empty


def test_an_indicators_own_near_band_needs_its_reason(reference):
    table = pd.read_csv(reference / "indicators.csv", dtype=str, keep_default_na=False)
    table.loc[0, "near_band"] = "5"
    table.to_csv(reference / "indicators.csv", index=False)
    with pytest.raises(ReferenceDataError, match="near_reason phải đi cùng near_band"):
        Catalogue(reference)
    table.loc[0, "near_reason"] = "sai số của điều tra"
    table.to_csv(reference / "indicators.csv", index=False)
    own = Catalogue(reference).indicators[table.loc[0, "code"]]
    assert (own.near_band, own.near_reason) == (5, "sai số của điều tra")


@pytest.mark.parametrize("code", ["14", 14])
def test_a_unit_by_its_code_or_the_number_papermill_makes_of_it(catalogue, code):
    assert catalogue.unit(code).name == "Tỉnh Sơn La"


@pytest.mark.parametrize("code", ["03646", 3646])
def test_a_ward_keeps_its_leading_zero(catalogue, code):
    assert catalogue.unit(code).code == "03646"


@pytest.mark.parametrize("code", ["99999", 99999, 140, "sơn la", True, None, "../14"])
def test_an_unknown_unit_is_refused_in_one_sentence(catalogue, code):
    with pytest.raises(UnknownUnit) as problem:
        catalogue.unit(code)
    assert "Không có đơn vị nào mang mã" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_an_integer_that_fits_two_codes_is_refused(reference):
    with (reference / "units.csv").open("a", encoding="utf-8") as file:
        file.write("0014,Đơn vị khác,,commune,14,0014,,,,\n")
    with pytest.raises(UnknownUnit):
        Catalogue(reference).unit(14)
