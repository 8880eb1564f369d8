"""What an analyst would say of a cell, of small sheets with the habits of real ones."""

from decimal import Decimal

import pytest

from planreview.reading import read_sheet
from planreview.workbooks import GridCell
from tests.reading.grids import fate, grid, items


def said(item):
    return (float(item.value), item.unit, " > ".join(item.rows), " > ".join(item.columns))


def test_a_header_over_merged_columns_and_broken_lines():
    read = items(
        grid("""
        | Thực hiện | > | Cơ cấu (%)
        | 11 tháng | tháng 12 | ^
        | năm 2000 | năm 2000 | ^
 Tổng số | 1300 | 120 | 100
    Nông nghiệp | 300 | 20 | 25
""")
    )
    assert said(read["B5"]) == (300, "", "Tổng số > Nông nghiệp", "Thực hiện > 11 tháng năm 2000")
    assert read["B5"].period == "2000-M11"
    assert read["B5"].kind == "actual"
    assert said(read["D5"])[1:] == ("%", "Tổng số > Nông nghiệp", "Cơ cấu (%)")


def test_numbers_may_stand_right_of_their_header():
    read = items(grid("STT | Chỉ tiêu | Quyết toán 2009 | >\n 1 | Thu nội địa | | 236435\n 2 | Thu dầu thô | | 61137"))
    assert said(read["D2"]) == (236435, "", "Thu nội địa", "Quyết toán 2009")


def test_units_of_a_column_with_ditto_marks():
    read = items(
        grid("""
 Chỉ tiêu | ĐVT | TH 2019 | Năm 2019 so với năm 2018 (%)
 Than sạch | Nghìn tấn | 10857 | 112.4
 - Trung ương | " | 10400 | 111.7
 Bia | Triệu lít | 727 | 106.5
""")
    )
    assert [read[a].unit for a in ("C2", "C3", "C4", "D3")] == ["Nghìn tấn", "Nghìn tấn", "Triệu lít", "%"]
    assert read["D2"].fate == "derived"


def test_units_in_mid_table():
    read = items(
        grid("""
        | Quý I năm 2018 | Quý II năm 2018

        | Nghìn người | >
 Lao động | 55099 | 55122
 Nam | 28778 | 28830

        | Cơ cấu - % | >

 Lao động | 100 | 100
 Nam | 52.2 | 52.3
""")
    )
    assert [read[a].unit for a in ("B4", "C5", "B9", "C10")] == ["Nghìn người", "Nghìn người", "%", "%"]
    assert said(read["C10"])[2:] == ("Cơ cấu - % > Nam", "Quý II năm 2018")


def test_two_units_in_a_corner_go_where_their_words_say():
    read = items(
        grid("""
 1. Hàng hoá xuất khẩu
        |   |   |   | Nghìn tấn; Triệu USD
        | Ước tính năm 2018 | > | So với cùng kỳ (%) | >
        | Lượng | Trị giá | Lượng | Trị giá
 Hạt điều | 374 | 3376 | 106.2 | 96.1
 Gạo | 6087 | 3053 | 104.6 | 115.9
""")
    )
    assert [read[f"{c}5"].unit for c in "BCDE"] == ["Nghìn tấn", "Triệu USD", "%", "%"]


def test_a_name_over_two_rows_and_a_total_whose_numbers_stand_one_row_lower():
    read = items(
        grid("""
 Chỉ tiêu | 2019 | 2020
 TỔNG SỐ
        | 700 | 800
 Xây dựng | 300 | 310
 Sản xuất và phân phối điện, khí đốt, nước nóng,
 hơi nước và điều hoà không khí | 104.4 | 100.5
 Vận tải kho bãi | 12.5 | 13.5
 Khai khoáng | 22.5 | 23.5
""")
    )
    assert read["B3"].rows[-1] == "TỔNG SỐ"
    assert read["B6"].rows[-1] == "Sản xuất và phân phối điện, khí đốt, nước nóng, hơi nước và điều hoà không khí"


def test_of_which_and_breakdowns():
    read = items(
        grid("""
 Chỉ tiêu | 2019 | 2020
 Dân số trung bình (Nghìn người) | 93677 | 94666
 Phân theo giới tính
    Nam | 46266 | 46785
    Nữ | 47411 | 47880
 Phân bón | 3662 | 3982
 Trong đó: Urê | 1931 | 2151
 Gạo | 450 | 460
""")
    )
    assert said(read["B5"])[1:3] == ("Nghìn người", "Dân số trung bình (Nghìn người) > Phân theo giới tính > Nữ")
    assert read["B7"].rows == ("Phân bón", "Trong đó: Urê")
    assert read["B8"].rows == ("Gạo",)


def test_numbering_tells_what_belongs_where():
    read = items(
        grid("""
 STT | Chỉ tiêu | TH 2019
 I | KINH TẾ | 10
 1 | Nông nghiệp | 11
   | - Lúa | 12
 2 | Công nghiệp | 13
 II | XÃ HỘI | 14
 1 | Giáo dục | 15
""")
    )
    assert read["C4"].rows == ("KINH TẾ", "Nông nghiệp", "- Lúa")
    assert read["C5"].rows == ("KINH TẾ", "Công nghiệp")
    assert read["C7"].rows == ("XÃ HỘI", "Giáo dục")


def test_tables_below_and_beside_each_other():
    read = items(
        grid("""
 Bảng 1
 Chỉ tiêu | TH 2019 |   | Địa phương | TH 2018
 Thu ngân sách | 10 |   | Mộc Châu | 70
 Chi ngân sách | 20 |   | Yên Châu | 80
        |   |   | Phù Yên | 90
 Bảng 2
        | KH 2021 |   | Bắc Yên | 60
 Xuất khẩu | 30
""")
    )
    assert said(read["B8"])[2:] == ("Xuất khẩu", "KH 2021")
    assert said(read["E5"])[2:] == ("Phù Yên", "TH 2018")
    assert said(read["E7"])[2:] == ("Bắc Yên", "TH 2018")


def test_headers_that_reach_over_columns_without_merging():
    read = items(
        grid("""
 STT | Tên đơn vị | I. Chi đầu tư |   |   | II. Chi thường xuyên
        |   | Tổng số | Xây dựng cơ bản |   | ^
        |   |   | Vốn trong nước | Vốn ngoài nước | ^
 1 | Bộ Y tế | 100 | 60 | 40 | 300
 2 | Bộ Tài chính | 200 | 150 | 50 | 400
""")
    )
    assert read["E4"].columns == ("I. Chi đầu tư", "Xây dựng cơ bản", "Vốn ngoài nước")
    assert read["C4"].columns == ("I. Chi đầu tư Tổng số",)
    assert read["F4"].columns == ("II. Chi thường xuyên",)


def test_rows_that_describe_columns():
    lines = "\n".join(f" {2000 + n} | {n}1.5 | {n}2.5" for n in range(1, 9))
    read = items(
        grid(f"        | Giá lúa | Giá ngô\n Đơn vị | Nghìn đồng | %\n Số quan sát | 282 | 278\n Mã | A1 | A2\n{lines}")
    )
    assert (read["B6"].unit, read["C6"].unit) == ("Nghìn đồng", "%")
    assert "Giá ngô" in read["C6"].columns[0]


def test_years_down():
    read = items(grid("Năm | Dân số (Nghìn người) | Sản lượng (Tấn)\n 2018 | 1248 | 90000\n 2019 | 1252 | 91000"))
    assert said(read["C3"]) == (91000, "Tấn", "2019", "Sản lượng (Tấn)")
    assert read["C3"].period == "2019"


@pytest.mark.parametrize(
    ("typed", "value", "upper", "qualifier"),
    [
        ("' 13 112.6'", "13112.6", None, ""),
        ("12,5 (ước)", "12.5", None, "~"),
        ("60-65", "60", "65", "range"),
        ("Trên 95", "95", None, ">="),
        ("Xuất siêu", None, None, "text"),
        ("Tăng 11-12%", None, None, "text"),
    ],
)
def test_targets_keep_their_meaning(typed, value, upper, qualifier):
    sheet = grid("Chỉ tiêu | KH 2020\n Thu | 77\n Chi | 88")
    sheet.cells[4, 1] = GridCell(4, 1, "Cán cân", "Cán cân")
    sheet.cells[4, 2] = GridCell(4, 2, typed.strip("'"), typed.strip("'"))
    item = items(sheet)["B4"]
    assert item.fate == "value"
    assert (item.value, item.upper, item.qualifier) == (
        None if value is None else Decimal(value),
        None if upper is None else Decimal(upper),
        qualifier,
    )


def test_nothing_is_not_zero():
    account = read_sheet(grid("Chỉ tiêu | TH 2019 | TH 2020\n Thu | - | 0\n Chi | … | 5\n Vay | x | 7"))
    assert [fate(account, a) for a in ("B2", "B3", "B4", "C2")] == ["blank_mark"] * 3 + ["value"]


def test_a_text_number_of_two_readings_is_settled_by_its_neighbours_or_rejected():
    near = grid('Chỉ tiêu | Tỷ lệ 2018 (%) | Tỷ lệ 2019 (%) | Tỷ lệ 2020 (%)\n Nghèo | 1.311 | 1.287 | "1.234"')
    assert items(near)["D2"].value == Decimal("1.234")
    far = grid('Chỉ tiêu | TH 2018 | TH 2019 | TH 2020\n Thu | 1311 | 1287 | "1.234"')
    assert items(far)["D2"].value == Decimal(1234)
    alone = items(grid('Chỉ tiêu | Tỷ lệ 2019 (%) | Tỷ lệ 2020 (%)\n Nghèo | "1.234" | \n Cận nghèo | x | x'))["B2"]
    assert (alone.fate, alone.value) == ("rejected", None)


def test_a_percent_format_and_a_ratio_under_a_percent_sign():
    shown = grid("Chỉ tiêu | Tỷ lệ 2020\n Nghèo | 0.125\n Cận nghèo | 0.5", B2={"number_format": "0.0%"})
    assert (items(shown)["B2"].value, items(shown)["B2"].unit) == (Decimal("12.5"), "%")
    ratio = items(
        grid("""
 Chỉ tiêu | KH 2020 | TH 2020 | So sánh % TH2020/KH2020
 Ngô | 162 | 133.5 | 0.824
 Lúa | 88 | 68.7 | 0.781
 Chè | 10 | 15 | 1.5
""")
    )["D2"]
    assert (float(ratio.value), ratio.unit) == (0.824, "lần")
    assert "tỷ số" in ratio.detail


def test_a_hidden_column_in_another_unit():
    rows = "\n".join(f" Ngành {n} | {n}37000 | {n}37.2" for n in range(1, 8))
    hidden = {f"B{r}": {"hidden": True} for r in range(1, 10)}
    read = items(grid(f"        |   | Nghìn người\n        | 1996 | 1999\n{rows}", **hidden))
    assert (read["B3"].unit, read["C3"].unit) == ("Người", "Nghìn người")
    assert "độ lớn" in read["B3"].detail


def test_what_cannot_be_named_is_said():
    account = read_sheet(grid("Chỉ tiêu | TH 2019 |\n Thu | 10 | 99\n Chi | 20 | 98\n Vay | 30 | 55"))
    assert account.fate(account.sheet.cells[2, 3]) == ("unmatched", "cột không có tiêu đề")


def test_formulas_and_errors():
    sheet = grid("Chỉ tiêu | TH 2019 | TH 2020\n Thu | 10 | 11\n Chi | 20 | 21")
    sheet.cells[3, 2] = GridCell(3, 2, None, "#DIV/0!", is_formula=True)
    sheet.cells[3, 3] = GridCell(3, 3, None, "=VLOOKUP(A2,B:C,2)", is_formula=True)
    read = items(sheet)
    assert (read["B3"].fate, read["C3"].fate) == ("rejected", "rejected")
    assert "không có kết quả" in read["C3"].detail


def test_every_cell_has_a_fate_and_words_below_are_notes():
    account = read_sheet(
        grid("""
 SỞ CÔNG THƯƠNG
 Biểu số 1. Kết quả thực hiện
        |   | Tỷ đồng
 STT | Chỉ tiêu | TH 2019
 (1) | (2) | (3)
 1 | Thu | 10
 2 | Chi | 20
        | Ghi chú: số sơ bộ

        | NGƯỜI LẬP BIỂU
""")
    )
    fates = [fate(account, a) for a in ("A2", "C3", "B4", "C5", "A6", "B6", "C6", "B8", "B10")]
    assert fates == ["title", "unit", "header", "header", "ordinal", "label", "value", "note", "note"]
    assert len(account.fates) == len(account.sheet.cells)


def test_a_plan_period_among_values_is_said_and_stops_nothing():
    found = items(
        grid("""
 Chỉ tiêu | ĐVT | TH 2018 | TH 2019
 Thu | tỷ đồng | 10 | 12
 Chi | tỷ đồng | 20 | 2016-2020
 Nợ | tỷ đồng | 30 | 31
""")
    )
    assert found["D2"].value == 12
    assert (found["D3"].fate, found["D3"].value) == ("rejected", None)


def test_a_line_of_which_nothing_is_known_is_no_header():
    found = items(
        grid("""
 Chỉ tiêu | TH 2018 | TH 2019 | ĐVT
 Tổng sản phẩm | x | | nt
 Trồng trọt | 75,5 | 344,2 | tỷ đồng
 Chăn nuôi | 33,1 | 21,7 | tỷ đồng
""")
    )
    assert found["B3"].columns == ("TH 2018",) and found["C3"].columns == ("TH 2019",)
    assert found["B2"].fate == "blank_mark"


def test_a_commune_counted_in_mid_table_is_no_header():
    """ "Xã" heads names, or is the unit of its line: one table goes on, its numbers keep their columns."""
    found = items(
        grid("""
 TT | Chỉ tiêu | ĐVT | TH 2018 | TH 2019 | Ghi chú
 1 | Diện tích | ha | 10 | |
 2 | Số xã đạt chuẩn | Xã | | | theo rà soát
 3 | Sản lượng | tấn | | 31 |
""")
    )
    assert found["E4"].columns == ("TH 2019",) and found["E4"].rows == ("Sản lượng",)


@pytest.mark.parametrize(
    ("who", "unit"),
    [
        ("Đơn vị: Sở Tài chính (mã STC)", "tỷ đồng"),
        ("Đơn vị: UBND huyện Mai Sơn", "tỷ đồng"),
        ("Đơn vị: nghìn con", "nghìn con"),
    ],
)
def test_who_reports_is_no_unit_of_measure(who, unit):
    read = items(
        grid(f"{who}\n | | Đơn vị tính: tỷ đồng\n Chỉ tiêu | TH 2019 | TH 2020\n Thu | 12 | 13\n Chi | 14 | 15")
    )
    assert read["B4"].unit == unit


def test_a_unit_of_measure_may_hold_a_number():
    read = items(
        grid(
            "Đơn vị tính: bé trai/100 bé gái\n Chỉ tiêu | TH 2019 | TH 2020\n Tỷ số giới tính | 114 | 113\n Nam | 1 | 2"
        )
    )
    assert read["B3"].unit == "bé trai/100 bé gái"


def test_who_answers_for_a_line_does_not_name_it():
    read = items(
        grid("""
 Chỉ tiêu | ĐVT | Đơn vị phụ trách | TH 2019 | TH 2020
 Thu ngân sách | tỷ đồng | Phòng TC-KH | 12 | 13
 Số trường học | trường | Phòng GD&ĐT | 14 | 15
 Số giường bệnh | giường | Trung tâm y tế | 16 | 17
""")
    )
    assert said(read["D2"]) == (12, "tỷ đồng", "Thu ngân sách", "TH 2019")
