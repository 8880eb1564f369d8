"""The reference files: slips are named with their line; codes given as numbers find their unit."""

import shutil

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
        ("rounds.toml", 'cycle = "2016-2025"', 'cycle = "2016-2052"', "thuộc chu kỳ 2016-2052"),
    ],
)
def test_a_slip_is_named(reference, file, old, new, said):
    replace(reference / file, old, new)
    with pytest.raises(ReferenceDataError) as problem:
        Catalogue(reference)
    assert said in str(problem.value)
    assert reference.name in problem.value.place


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
