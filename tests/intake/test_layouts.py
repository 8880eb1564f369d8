"""Layouts that no form of ours has: places and years in other directions, titles that say what headers do not."""

import io

import openpyxl
import pytest
from tests.forms.forms import read

ROUND, DISTRICT, DEPARTMENT = "2020-11", "119", "SNNPTNT"


def book(*rows: list, merges: tuple[str, ...] = (), title: str = "Biểu") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    for area in merges:
        workbook.active.merge_cells(area)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def told(content: bytes, unit: str = DISTRICT) -> dict[str, tuple]:
    """Area, indicator, period, kind, plan and value by cell."""
    keys = ("area_code", "indicator_code", "period", "kind", "plan", "value")
    return {o["cell"]: tuple(o[k] for k in keys) for o in read(content, ROUND, unit).observations}


def said(content: bytes, unit: str = DISTRICT) -> list[str]:
    return [i["code"] for i in read(content, ROUND, unit).issues if i["severity"] != "info"]


def test_a_form_by_commune_tells_of_the_district_and_says_once_which_places_have_no_code():
    content = book(
        ["BIỂU TỔNG HỢP THEO XÃ"],
        ["STT", "Chỉ tiêu", "ĐVT", "Toàn huyện", None, "Xã Bản A", None, "Thị trấn C", None],
        [None, None, None, "TH 2019", "ƯTH 2020", "TH 2019", "ƯTH 2020", "TH 2019", "ƯTH 2020"],
        [1, "Lúa cả năm - Năng suất bình quân", "tạ/ha", 41.2, 41.9, 40, 41, 42, 43],
        [2, "Đàn lợn", "con", 51230, 52000, 1200, 1300, 900, 950],
        merges=("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"),
    )
    assert told(content) == {
        "D4": (DISTRICT, "KT.06.03.2", "2019", "actual", "", 41.2),
        "E4": (DISTRICT, "KT.06.03.2", "2020", "estimate", "", 41.9),
        "D5": (DISTRICT, "KT.06.14", "2019", "actual", "", 51230),
        "E5": (DISTRICT, "KT.06.14", "2020", "estimate", "", 52000),
    }
    assert said(content) == ["match.area"]


def test_a_departments_table_of_one_year_is_about_the_districts_across():
    content = book(
        ["KẾT QUẢ CHĂN NUÔI NĂM 2019 PHÂN THEO HUYỆN, THÀNH PHỐ"],
        ["STT", "Chỉ tiêu", "ĐVT", "Toàn tỉnh", "TP. Sơn La", "Quỳnh Nhai", "Huyện Thuận Châu"],
        [1, "Đàn trâu", "con", 130000, 2100, 9800, 21000],
        [2, "Đàn lợn", "con", 650000, 30100, 41000, 90500],
    )
    found = told(content, DEPARTMENT)
    assert [found[c][0] for c in ("D3", "E3", "F3", "G3")] == ["14", "116", "118", "119"]
    assert found["G4"] == ("119", "KT.06.14", "2019", "actual", "", 90500)


def test_districts_down_a_table_whose_title_names_the_indicator():
    content = book(
        ["Bảng 12. ĐÀN LỢN PHÂN THEO HUYỆN, THÀNH PHỐ"],
        ["ĐVT: nghìn con"],
        ["STT", "Huyện, thành phố", "Năm 2018", "Năm 2019", "Ước TH 2020"],
        [None, "Tổng số", 640, 650, 655],
        [1, "Thành phố Sơn La", 30, 30.1, 31],
        [2, "Mường La", 55, 56, 57.5],
    )
    found = told(content, DEPARTMENT)
    assert found["C4"] == ("14", "KT.06.14", "2018", "actual", "", 640000)
    assert found["E6"] == ("120", "KT.06.14", "2020", "estimate", "", 57500)
    assert len(found) == 9


def test_a_district_does_not_speak_for_its_neighbours():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "Năm 2019", "Năm 2019"],
        [None, None, None, "Huyện Thuận Châu", "Huyện Mai Sơn"],
        [1, "Đàn lợn", "con", 90500, 99000],
        [2, "Đàn trâu", "con", 20500, 9000],
    )
    assert {found[0] for found in told(content).values()} == {DISTRICT}
    assert "match.area" in said(content)


def test_years_down_and_indicators_across_are_each_their_own():
    content = book(
        ["Năm", "Lúa cả năm - Diện tích", "Lúa cả năm - Năng suất bình quân", "Đàn lợn"],
        ["ĐVT", "ha", "tạ/ha", "nghìn con"],
        ["TH 2018", 5120, 41.2, 51],
        ["TH 2019", 5125, 41.9, 52],
        ["Ước TH 2020", 5130, 42.1, 53],
    )
    found = told(content)
    assert found["C4"] == (DISTRICT, "KT.06.03.2", "2019", "actual", "", 41.9)
    assert found["D5"] == (DISTRICT, "KT.06.14", "2020", "estimate", "", 53000)
    assert len(found) == 9


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("BÁO CÁO NĂM 2018", "Thực hiện", ("2018", "actual", "")),
        ("BÁO CÁO NĂM 2018", "Kế hoạch", ("2018", "target", "annual")),
        ("BÁO CÁO NĂM 2018", "Thực hiện 6 tháng", ("2018-M6", "actual", "")),
        ("BÁO CÁO NĂM 2018, KẾ HOẠCH NĂM 2019", "Thực hiện", None),  # of two years none is meant
        ("BÁO CÁO GIAI ĐOẠN 2016-2020", "Thực hiện", None),
        ("KẾ HOẠCH NĂM 2018", "Thực hiện", None),  # the result of the year before, as like as not
        ("BÁO CÁO NĂM 2018", "Cùng kỳ", None),
    ],
)
def test_a_title_lends_its_year_only_where_it_can_be_no_other(title, heading, expected):
    content = book(
        [title], [], ["STT", "Chỉ tiêu", "ĐVT", heading], [1, "Đàn lợn", "con", 5], [2, "Đàn trâu", "con", 7]
    )
    found = {values[2:5] for values in told(content).values()}
    assert found == ({expected} if expected else set())
    assert expected or "period.unknown" in said(content)


def test_two_plans_and_years_below_one_another_in_the_header():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "Mục tiêu giai đoạn 2016-2020", None, "Thực hiện", None, "Kế hoạch 2021-2025", None],
        [None, None, None, "NQ Đại hội Đảng bộ huyện", "NQ HĐND huyện", "2019", "Ước 2020", 2021, 2022],
        [1, "Đàn lợn", "con", 60000, 59000, 52000, 53000, 54000, 55000],
        merges=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:I1"),
    )
    assert [values[2:5] for values in told(content).values()] == [
        ("2016-2020", "target", "congress"), ("2016-2020", "target", "council"), ("2019", "actual", ""),
        ("2020", "estimate", ""), ("2021", "target", "proposed"), ("2022", "target", "proposed"),
    ]  # fmt: skip


def test_columns_under_one_header_that_tells_them_not_apart_are_not_read():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2021-2025", None],
        [1, "Đàn lợn", "con", 54000, 55000],
        [2, "Đàn trâu", "con", 9000, 8900],
        merges=("D1:E1",),
    )
    assert told(content) == {}
    assert set(said(content)) == {"period.unknown"}


def test_a_total_of_ones_own_over_many_lines_is_not_the_last_of_them():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2018", "TH 2019"],
        [1, "Thu nội địa", "tỷ đồng", 79.3, 85.1],
        [2, "Tỷ lệ hộ dân được sử dụng điện lưới quốc gia", "%", 91.2, 92.5],
        [None, "Tổng cộng", None, 170.5, 177.6],
    )
    assert {cell[1:] for cell in told(content)} == {"2", "3"}
    assert said(content) == ["match.unknown"]


def test_english_headings_and_names_without_diacritics():
    content = book(
        ["No.", "Indicator", "Unit", "Plan 2016-2020", "Actual 2019", "Estimate 2020"],
        [1, "Dan lon", "nghin con", 60, 52, 53],
        [2, "Tong thu ngan sach nha nuoc tren dia ban", "ty dong", 95, 88.5, 90.1],
    )
    found = told(content)
    assert found["D2"] == (DISTRICT, "KT.06.14", "2016-2020", "target", "five_year", 60000)
    assert found["F3"] == (DISTRICT, "KT.04.01", "2020", "estimate", "", 90.1)


def test_men_are_no_year():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "Nam", "Nu", "Thuc hien nam"],
        [None, None, None, 2019, 2019, 2019],
        [1, "Dân số trung bình", "người", 5000, 5100, 10100],
        [2, "Tổng số hộ", "hộ", 1000, 1100, 2100],
    )
    assert {cell[0] for cell in told(content)} <= {"F"}


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("5'120", 5120, ""), ("+812", 812, ""), ("812.", 812, ""), ("812*", 812, ""), ("812 con", 812, ""),
        ("xấp xỉ 812", 812, "~"), ("≈812", 812, "~"), ("đạt 812 trở lên", 812, ">="), ("800÷812", 800, "range"),
        ("812 (số Chi cục Thống kê)", 812, ""), ("812 (ước cả năm)", 812, "~"),
    ],
)  # fmt: skip
def test_what_is_typed_around_a_number_is_understood(typed, value, qualifier):
    content = book(["STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "TH 2018"], [1, "Đàn lợn", "con", typed, 800])
    (found,) = [o for o in read(content, ROUND, DISTRICT).observations if o["cell"] == "D2"]
    assert (found["value"], found["qualifier"], found["raw"]) == (value, qualifier, typed)


@pytest.mark.parametrize("typed", ["812 (nghìn con)", "812 nghìn", "8l2", "812 (820)", "không có", "?"])
def test_what_contradicts_its_unit_or_is_no_number_gives_none(typed):
    content = book(["STT", "Chỉ tiêu", "ĐVT", "TH 2017", "TH 2018"], [1, "Đàn lợn", "con", typed, 800])
    assert list(told(content)) == ["E2"]
    assert said(content)


@pytest.mark.parametrize("typed", ["chưa có số liệu", "kxđ", "Đang rà soát"])
def test_words_for_no_number_are_blanks(typed):
    content = book(["STT", "Chỉ tiêu", "ĐVT", "TH 2017", "TH 2018"], [1, "Đàn lợn", "con", typed, 800])
    assert (list(told(content)), said(content)) == (["E2"], [])


def test_who_signs_is_no_unknown_indicator():
    content = book(
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2017", "TH 2018"],
        [1, "Đàn lợn", "con", 810, 800],
        [None, "NGƯỜI LẬP BIỂU", None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, None, None, "Thuận Châu, ngày 25 tháng 11 năm 2020"],
    )
    assert said(content) == []
