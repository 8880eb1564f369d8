"""What stands in a table and is no number: said where it may have been one, left alone where it cannot."""

from __future__ import annotations

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
