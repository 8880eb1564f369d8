"""What offices make of a form that nobody here wrote: the truth comes of it, or an issue."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from tests.forms.forms import read
from tests.intake.test_layouts import DISTRICT, ROUND, book, said, told

DEPARTMENT = "SLDTBXH"
COLUMNS = ["STT", "Chỉ tiêu", "ĐVT", "TH 2018", "TH 2019"]


def values(content: bytes, unit: str = DISTRICT) -> dict[str, float]:
    return {cell: row[-1] for cell, row in told(content, unit).items()}


@pytest.mark.parametrize(
    ("typed", "unit", "name"),
    [
        ("3.240 m3", "m3", "Sản lượng gỗ khai thác"),
        ("3.240 m3", "", "Sản lượng gỗ khai thác"),
        ("3.240¹", "m3", "Sản lượng gỗ khai thác"),
        ("3.240 [2]", "m3", "Sản lượng gỗ khai thác"),
        ("3.240 nghìn m3", "nghìn m3", "Sản lượng đá các loại"),
    ],
)
def test_a_unit_or_a_footnote_mark_behind_a_number_is_read(typed, unit, name):
    content = book(COLUMNS, [1, name, unit, typed, "3.100" if unit else "3.100 m3"])
    assert values(content)["D2"] == 3240
    assert said(content) == []


def test_a_mark_in_brackets_is_a_footnote_where_a_note_explains_it():
    line = [1, "Đàn lợn", "con", "51.230 (1)", 52000]
    assert values(book(COLUMNS, line, [], ["(1) Số sơ bộ"]))["D2"] == 51230
    assert values(book(COLUMNS, line)).keys() == {"E2"}
    assert said(book(COLUMNS, line)) == ["number.not_a_number"]


def test_percents_a_year_are_numbers_and_no_header():
    content = book(
        COLUMNS,
        [1, "Tỷ lệ che phủ rừng", "%", 48.1, 48.6],
        [2, "Tốc độ tăng giá trị sản xuất", "%", "7,1%/năm", "7,4 %/năm"],
        [3, "Đàn lợn", "con", 51230, 52000],
    )
    assert values(content) == {"D2": 48.1, "E2": 48.6, "D3": 7.1, "E3": 7.4, "D4": 51230, "E4": 52000}


def test_what_is_crossed_out_is_not_read_and_said():
    workbook = openpyxl.load_workbook(
        io.BytesIO(
            book(COLUMNS, [1, "Đàn trâu", "con", 900, 910], [2, "Đàn lợn", "con", 1, 2], ["", "Đàn lợn", "con", 5, 6])
        )
    )
    for cell in workbook.active[3]:
        cell.font = Font(strike=True)
    workbook.active["D2"] = CellRichText(TextBlock(InlineFont(strike=True), "90 "), TextBlock(InlineFont(), "900"))
    out = io.BytesIO()
    workbook.save(out)
    assert values(out.getvalue()) == {"D2": 900, "E2": 910, "D4": 5, "E4": 6}
    (issue,) = [i for i in read(out.getvalue(), ROUND, DISTRICT).issues if i["severity"] != "info"]
    assert (issue["code"], issue["cell"]) == ("read.struck_out", "D3")


def test_a_table_of_points_groups_thousands_with_commas():
    rows = [[i, name, "ha", f"{i}.5", "4,065"] for i, name in enumerate(["Chè", "Mía", "Sắn", "Ngô", "Cà phê"], 1)]
    content = book(COLUMNS, *([i, f"{name} - Diện tích", unit, a, b] for i, name, unit, a, b in rows))
    assert {v for cell, v in values(content).items() if cell.startswith("E")} == {4065}


@pytest.mark.parametrize("typed", ["không có", "o", "theo báo cáo của ngành", "Không phát sinh"])
def test_words_for_nothing_are_no_target(typed):
    content = book(["STT", "Chỉ tiêu", "ĐVT", "KH 2021", "TH 2019"], [1, "Đàn lợn", "con", typed, 52000])
    assert values(content) == {"E2": 52000}
    assert said(content) == ["number.not_a_number"]


def test_a_form_typed_without_accents_is_read():
    content = book(
        ["STT", "Chi tieu", "DVT", "Nam 2015", "Thuc hien 2019", "Uoc TH 2020", "Ghi chu"],
        [1, "Tong so ho", "ho", 11000, 11400, 11500, "tang"],
        [2, "Ty le lao dong nong nghiep trong tong lao dong xa hoi", "%", 75.2, 70.4, 69.9],
        [3, "Dân so là người dân tộc thiểu số", "người", 41000, 42343, 42500],
    )
    found = told(content)
    assert {row[1] for row in found.values()} == {"XH.01.04", "XH.02.05", "XH.01.01.3"}
    assert [found[c][2:4] for c in ("D2", "E2", "F2")] == [("2015", "actual"), ("2019", "actual"), ("2020", "estimate")]


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("Dự kiến 2021", ("2021", "target", "proposed")),
        ("Dự kiến 2020", ("2020", "estimate", "")),
        ("MT NQ 2016-2020", ("2016-2020", "target", "five_year")),
        ("Mục tiêu NQ Đại hội Đảng bộ huyện 2016-2020", ("2016-2020", "target", "congress")),
        ("Ước T.Hiện 2020", ("2020", "estimate", "")),
        ("Kết quả thực hiện đến hết năm 2020 (ước)", ("2020", "estimate", "")),
        ("TH 9T/2020", ("2020-M9", "actual", "")),
    ],
)
def test_headers_as_offices_word_them(head, meant):
    content = book(["STT", "Chỉ tiêu", "ĐVT", "TH 2019", head], [1, "Đàn lợn", "con", 51230, 52000])
    assert told(content)["E2"][2:5] == meant
    assert said(content) == []


def test_a_title_tells_what_the_bare_years_of_a_plan_are():
    content = book(
        ["KẾ HOẠCH PHÁT TRIỂN 5 NĂM 2021-2025"],
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2019", "2021", "2025"],
        [1, "Đàn lợn", "con", 51230, 52000, 60000],
    )
    assert [told(content)[c][2:5] for c in ("E3", "F3")] == [
        ("2021", "target", "proposed"),
        ("2025", "target", "proposed"),
    ]


def test_a_transposed_form_keeps_each_lines_own_period_and_growth_is_an_indicator():
    content = book(
        ["Chỉ tiêu", "Đàn lợn", "Tốc độ tăng giá trị sản xuất", "Đàn trâu"],
        ["Đơn vị tính", "con", "%", "con"],
        ["KH NQ 2016-2020", 53000, 7.5, 900],
        ["Năm 2015", 50100, 7.1, 880],
        ["TH 2019", 52000, 7.4, 890],
    )
    found = told(content)
    assert [found[c][2:4] for c in ("B3", "B4", "C5")] == [
        ("2016-2020", "target"), ("2015", "actual"), ("2019", "actual")
    ]  # fmt: skip
    assert {row[1] for row in found.values()} == {"KT.06.14", "KT.02.04", "KT.06.12"}


def test_places_down_and_an_indicator_over_its_years_across():
    name = "Tỷ lệ hộ nghèo (chuẩn nghèo đa chiều 2016-2020)"
    content = book(
        ["TT", "Huyện, thành phố", name, None, "Đàn lợn", None],
        [None, None, "TH 2019 (%)", "ƯTH 2020 (%)", "TH 2019 (con)", "ƯTH 2020 (con)"],
        [1, "Huyện Thuận Châu", 25.49, 20.1, 900, 950],
        [2, "Huyện Mường La", 26.27, 22, 800, 850],
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
    )
    found = told(content, DEPARTMENT)
    assert found["D3"] == ("119", "XH.03.02", "2020", "estimate", "", 20.1)
    assert found["E4"] == ("120", "KT.06.14", "2019", "actual", "", 800)


def test_a_line_of_measures_speaks_of_the_crop_right_above_it():
    content = book(
        COLUMNS,
        ["I", "Lúa cả năm"],
        [1, "Lúa mùa"],
        ["-", "Diện tích", "ha", 10, 11],
        [2, "Lúa nương"],
        ["-", "Diện tích", "ha", 1, 2],
        ["II", "Cây ngô"],
        ["-", "Diện tích gieo trồng", "ha", 20, 21],
    )
    assert {cell: row[1] for cell, row in told(content).items() if cell[0] == "D"} == {
        "D4": "KT.06.03.7", "D8": "KT.06.04.1"
    }  # fmt: skip
    assert said(content) == ["match.unknown"]


def test_a_unit_over_the_table_against_the_column_of_units_is_said():
    table = (COLUMNS, [1, "Tổng chi ngân sách địa phương", "tỷ đồng", 310000, 320000], [2, "Đàn lợn", "con", 5, 6])
    assert said(book(["Đơn vị tính: triệu đồng"], *table)) == ["unit.contradiction"]
    assert said(book(["Đơn vị tính: tỷ đồng"], *table)) == []


def test_the_year_of_a_key_block_is_that_of_the_columns():
    content = book(
        ["Địa bàn", "Huyện Thuận Châu"],
        ["Năm nhập biểu mẫu", 2018],
        [],
        ["Tên chỉ tiêu", "Kế hoạch năm", "Thực hiện năm", "Đơn vị"],
        ["Đàn lợn", 50000, 51230, "con"],
        ["Đàn trâu", 900, 910, "con"],
    )
    assert {cell: row[2:5] for cell, row in told(content).items() if cell.endswith("5")} == {
        "B5": ("2018", "target", "annual"), "C5": ("2018", "actual", "")
    }  # fmt: skip
    assert said(content) == []


def test_numbered_lines_without_numbers_above_a_repeated_header_are_lines():
    content = book(
        COLUMNS, [1, "Đàn trâu", "con", 900, 910], [2, "Chăn nuôi khác"], COLUMNS, [3, "Đàn lợn", "con", 5, 6]
    )
    assert values(content) == {"D2": 900, "E2": 910, "D5": 5, "E5": 6}
    assert said(content) == []
