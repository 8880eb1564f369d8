"""What stands in a table and is no number: said where it may have been one, left alone where it cannot."""

from __future__ import annotations

import pytest

from planreview import tables
from planreview.pipeline import clean_units

PLACE = "2020-11/119"
HEALTH, GROWTH = "Tỷ lệ dân số tham gia bảo hiểm y tế", "Tỷ lệ tăng dân số tự nhiên"


def read(sandbox, rows: list[list], table: str) -> list[dict]:
    sandbox.workbook(PLACE, rows)
    assert clean_units(sandbox.project, units=["119"]).failures == {}
    return tables.records(tables.read(table, sandbox.project.processed / table))


def test_a_number_within_words_of_a_target_is_kept_in_words_and_said(sandbox, form):
    form[3][3] = "84/119"
    said = [i for i in read(sandbox, form, "issues") if i["code"] == "number.in_words"]
    assert [(i["cell"], i["severity"]) for i in said] == [("D4", "warning")]


def test_numbers_in_a_column_without_a_heading_are_said(sandbox, form):
    form[2] += [None, None, 55.5]
    form[3] += [None, None, 66.5]
    issues = read(sandbox, form, "issues")
    ledger = tables.records(tables.read("ledger", sandbox.project.processed / "ledger"))
    assert {r["cell"]: r["fate"] for r in ledger if r["cell"][0] == "K"} == {"K3": "unmatched", "K4": "unmatched"}
    assert {i["code"] for i in issues} == {"read.outside_table"}


def test_who_signs_side_by_side_is_no_line(sandbox, form):
    rows = [*form, [], [None, "PHÒNG TC-KH", None, None, None, "CHI CỤC THỐNG KÊ"]]
    assert [i for i in read(sandbox, rows, "issues") if i["severity"] == "error"] == []


def test_a_small_percentage_is_doubted_only_where_it_may_be_a_ratio(sandbox, form):
    form[3] = [2, GROWTH, "%", 1.1, 1.31, 1.25, 1.2, None]
    values = {o["indicator_code"]: o["value"] for o in read(sandbox, form, "observations") if o["cell"] == "G4"}
    assert list(values.values()) == [1.2]
    form[3] = [2, HEALTH, "%", 0.9, 0.885, 0.912, 0.924, None]
    assert {i["code"] for i in read(sandbox, form, "issues")} == {"number.ambiguous"}


def test_a_percent_column_beside_levels_is_a_comparison(sandbox, form):
    form[1].insert(7, "KH 2016-2020 (%)")
    for row in form[2:]:
        row.insert(7, 104.5)
    form[2][2] = "xã"
    ledger = [r for r in read(sandbox, form, "ledger") if r["cell"] == "H3"]
    assert [r["fate"] for r in ledger] == ["derived"]


PROGRAMME = [
    ["ĐỀ XUẤT NHIỆM VỤ"],
    ["A. Quy hoạch"],
    ["1. Lập quy hoạch tỉnh. Cơ quan chủ trì: Sở KH&ĐT. Cơ quan phối hợp: các sở, ngành. Thời gian: quý IV/2022."],
    ["2. Rà soát đất lâm nghiệp. Chủ trì: Sở NN&PTNT. Kinh phí: 1.500 triệu đồng.\n3. Đo đạc. Chủ trì: Sở TN&MT."],
]


def test_proposals_written_as_text(sandbox):
    found = read(sandbox, PROGRAMME, "proposals")
    assert [(p["seq"], p["group"], p["task"], p["lead"], p["partners"], p["deadline"]) for p in found] == [
        (1, "Quy hoạch", "Lập quy hoạch tỉnh", "Sở KH&ĐT", "các sở, ngành", "quý IV/2022"),
        (2, "Quy hoạch", "Rà soát đất lâm nghiệp", "Sở NN&PTNT", "", ""),
        (3, "Quy hoạch", "Đo đạc", "Sở TN&MT", "", ""),
    ]
    assert found[1]["funding"] == "1.500 triệu đồng"


def test_a_whole_report_in_one_cell(sandbox):
    text = "I. THÀNH TỰU NỔI BẬT\n- Kinh tế tăng khá\n- Hộ nghèo giảm\nII. TỒN TẠI, HẠN CHẾ\n1. Thiếu vốn"
    said = read(sandbox, [["BÁO CÁO"], [text]], "narratives")
    assert [(n["topic"], n["text"], n["cell"]) for n in said] == [
        ("achievement", "Kinh tế tăng khá", "A2"),
        ("achievement", "Hộ nghèo giảm", "A2"),
        ("shortcoming", "Thiếu vốn", "A2"),
    ]


def test_a_line_that_says_who_leads_makes_no_sheet_of_words_a_list_of_tasks(sandbox):
    rows = [["Nguyên nhân"], ["- Giá vật tư tăng"], ["Giải pháp"]]
    rows += [["- Đẩy nhanh giải ngân. Cơ quan chủ trì: Sở Tài chính"], ["Bài học"], ["- Bám sát cơ sở"]]
    said = read(sandbox, rows, "narratives")
    assert [(n["topic"], n["cell"]) for n in said] == [("cause", "A2"), ("solution", "A4"), ("lesson", "A6")]
    processed = sandbox.project.processed
    assert tables.read("proposals", processed / "proposals").empty
    assert "III" not in set(tables.read("register", processed / "register")["form"])


def test_tasks_below_headings_stay_tasks(sandbox):
    rows = [["I. Giải pháp"], *PROGRAMME[2:], ["II. Kiến nghị"], ["4. Bổ sung vốn. Chủ trì: Sở Tài chính."]]
    assert [p["seq"] for p in read(sandbox, rows, "proposals")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "task", "deadline", "product"),
    [
        (
            "1. Nâng cao tiến độ: giải ngân vốn; kết quả: 95%. Cơ quan chủ trì: Sở KHĐT",
            "Nâng cao tiến độ: giải ngân vốn; kết quả: 95%", "", "",
        ),
        ("1. Tiến độ: giải ngân 95%. Cơ quan chủ trì: Sở KHĐT", "Tiến độ: giải ngân 95%", "", ""),
        ("1. Lập đề án. Chủ trì: Sở KHĐT; kết quả: đề án; tiến độ: quý I", "Lập đề án", "quý I", "đề án"),
        ("1. Lập đề án Chủ trì: Sở KHĐT - Sản phẩm: đề án, tiến độ: quý I", "Lập đề án", "quý I", "đề án"),
        ("1. Nêu vai cơ quan chủ trì: gương mẫu. Chủ trì: Sở KHĐT", "Nêu vai cơ quan chủ trì: gương mẫu", "", ""),
        ("1. Lập đề án (sản phẩm: đề án), chủ trì: Sở KHĐT\nHoàn thành: 2022", "Lập đề án", "2022", "đề án"),
    ],
)  # fmt: skip
def test_a_label_stands_at_a_beginning_and_never_within_a_sentence(sandbox, text, task, deadline, product):
    (found,) = read(sandbox, [["NHIỆM VỤ"], [text]], "proposals")
    assert (found["task"], found["lead"]) == (task, "Sở KHĐT")
    assert (found["deadline"], found["product"]) == (deadline, product)


def test_a_cell_with_a_section_of_its_own_hides_no_other_section(sandbox):
    rows = [["Khó khăn"], ["- Giá tăng"], ["Nguyên nhân:\n- Thiếu vốn"], ["- Dịch bệnh"], ["Hạn chế"], ["- Nợ đọng"]]
    said = read(sandbox, rows, "narratives")
    assert [(n["topic"], n["text"], n["cell"]) for n in said] == [
        ("difficulty", "- Giá tăng", "A2"),
        ("cause", "Thiếu vốn", "A3"),
        ("cause", "- Dịch bệnh", "A4"),
        ("shortcoming", "- Nợ đọng", "A6"),
    ]


def test_a_cell_with_a_section_of_its_own_below_headings_side_by_side(sandbox):
    rows = [["Khó khăn", "Hạn chế"], ["Giá tăng", "Nợ đọng"], ["Nguyên nhân:\n- Thiếu vốn", "Nhân lực"]]
    said = read(sandbox, rows, "narratives")
    assert [(n["topic"], n["cell"]) for n in said] == [
        ("difficulty", "A2"), ("shortcoming", "B2"), ("cause", "A3"), ("shortcoming", "B3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "read_as"),
    [
        ([0.55, 0.58, 0.61], None),  # usually up to 60: one year above it proves nothing
        ([0.65, 0.68, 0.71], [0.65, 0.68, 0.71]),
        ([0.55, 0.58, 1.2], [0.55, 0.58, 1.2]),  # never above 100
        ([0, 0.65, 0.71], [0, 0.65, 0.71]),
    ],
)
def test_one_number_above_the_usual_does_not_settle_a_line(sandbox, form, values, read_as):
    form[3] = [2, "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi", "%", None, *values, None]
    seen = [o["value"] for o in read(sandbox, form, "observations") if o["indicator_code"] == "XH.05.06"]
    issues = tables.read("issues", sandbox.project.processed / "issues")
    assert ("number.ambiguous" in set(issues["code"])) == (read_as is None)
    assert sorted(seen) == (read_as or [])
