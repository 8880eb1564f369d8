"""Words and proposed tasks as people write them, in our forms and in their own."""

import datetime as dt

import openpyxl
import pytest
from tests.conftest import HEADER, NTM

from planreview import tables
from planreview.intake.topics import heading_topic, is_signature
from planreview.pipeline import clean_units


def read_all(sandbox, table):
    """The rows of the one unit that a test wrote; read once."""
    if not sandbox.project.processed.exists():
        (unit,) = {path.parent.name for path in sandbox.project.raw.glob("*/*/*")}
        assert clean_units(sandbox.project, units=[unit]).failures == {}
    return tables.read(table, sandbox.project.processed / table)


def fates(sandbox):
    return read_all(sandbox, "ledger").set_index("cell")["fate"].to_dict()


def test_causes_and_solutions_belong_to_their_indicator(sandbox):
    header = [*HEADER[:7], "Nguyên nhân chưa đạt", "Giải pháp", "Ghi chú"]
    rows = [
        header,
        [None, "LĨNH VỰC NÔNG THÔN", None, None, None, None, None, "Vốn ít", None, None],
        [1, NTM, "xã", 30, 4, 40, 45, "- Thiếu vốn\n- Dịch bệnh", "-", "ước"],
    ]
    sandbox.workbook("2020-11/119", rows)
    said = read_all(sandbox, "narratives")
    assert said[["area_code", "indicator_code", "topic", "heading", "text", "cell"]].values.tolist() == [
        ["119", "", "cause", "Nguyên nhân chưa đạt", "Vốn ít", "H2"],
        ["119", "XH.07.01", "cause", "Nguyên nhân chưa đạt", "- Thiếu vốn\n- Dịch bệnh", "H3"],
    ]
    fate = fates(sandbox)
    assert [fate[c] for c in ("H3", "I3", "J3")] == ["narrative", "blank_mark", "note"]
    assert read_all(sandbox, "issues").empty


PARAGRAPHS = [
    ["BÁO CÁO ĐÁNH GIÁ"],
    ["I. Kết quả nổi bật"],
    ["- Kinh tế tăng trưởng khá"],
    ["2. Tồn tại, hạn chế"],
    ["Hạn chế về vốn đầu tư"],
    ["Khó khăn, vướng mắc: giá vật tư tăng"],
    ["Bài học kinh nghiệm:"],
    ["Giám đốc sở chịu trách nhiệm trước tỉnh"],
    ["…………, ngày …… tháng …… năm ……"],
    ["KT. GIÁM ĐỐC"],
    ["PHÓ GIÁM ĐỐC"],
]


def test_paragraphs_under_headings(sandbox):
    sandbox.workbook("2020-11/SYT", PARAGRAPHS)
    said = read_all(sandbox, "narratives")
    assert said[["topic", "text", "cell"]].values.tolist() == [
        ["achievement", "- Kinh tế tăng trưởng khá", "A3"],
        ["shortcoming", "Hạn chế về vốn đầu tư", "A5"],
        ["difficulty", "giá vật tư tăng", "A6"],
        ["lesson", "Giám đốc sở chịu trách nhiệm trước tỉnh", "A8"],
    ]
    fate = fates(sandbox)
    assert [fate[f"A{n}"] for n in (1, 2, 9, 10, 11)] == ["title", "header", "note", "note", "note"]
    assert read_all(sandbox, "issues").empty


def test_topics_side_by_side(sandbox):
    rows = [
        ["TT", "Tồn tại, hạn chế", "Nguyên nhân", "Giải pháp"],
        [1, "Thu không đạt", "Dịch bệnh", "Khai thác nguồn thu"],
    ]
    sandbox.workbook("2020-11/SYT", rows)
    assert read_all(sandbox, "narratives")[["topic", "text"]].values.tolist() == [
        ["shortcoming", "Thu không đạt"],
        ["cause", "Dịch bệnh"],
        ["solution", "Khai thác nguồn thu"],
    ]


@pytest.mark.parametrize(
    "text", ["Hạn chế về vốn", "Nguyên nhân do mưa lũ kéo dài", "Giải pháp là xã hội hóa", "12,5", ""]
)
def test_a_sentence_is_no_heading(text):
    assert heading_topic(text) == ""
    assert not is_signature(text)


OWN = [
    ["DANH MỤC NHIỆM VỤ"],
    ["STT", "Nội dung nhiệm vụ", "Văn bản giao", "Chủ trì", "Phối hợp", "Thời hạn hoàn thành", "Dự toán kinh phí"],
    ["A", "Nông nghiệp"],
    [1, "Xây dựng đề án cây ăn quả", "NQ 08", "Sở NN&PTNT", "Các huyện", dt.date(2021, 12, 31), 1500],
    [2, "Rà soát quy hoạch", None, "Chủ trì: Sở Xây dựng.\nPhối hợp: Sở TN&MT, các huyện.", None, 2022, "-"],
    ["B", "Xã hội"],
    [3, "Đề án giảm nghèo bền vững", None, "Sở LĐ-TB&XH", None, "hằng năm"],
    [None, None, None, None, None, "Sơn La, ngày 5 tháng 6 năm 2020"],
    ["Người lập biểu"],
]  # fmt: skip


def test_a_table_of_tasks_that_people_made(sandbox):
    sandbox.workbook("2020-11/SYT", OWN)
    got = read_all(sandbox, "proposals")
    assert got[["seq", "group", "task", "lead", "partners", "deadline", "funding", "cell"]].values.tolist() == [
        [1, "Nông nghiệp", "Xây dựng đề án cây ăn quả", "Sở NN&PTNT", "Các huyện", "31/12/2021", "1.500", "B4"],
        [2, "Nông nghiệp", "Rà soát quy hoạch", "Sở Xây dựng", "Sở TN&MT, các huyện", "2022", "", "B5"],
        [3, "Xã hội", "Đề án giảm nghèo bền vững", "Sở LĐ-TB&XH", "", "hằng năm", "", "B7"],
    ]
    assert "III" in set(read_all(sandbox, "register")["form"])
    assert read_all(sandbox, "issues").empty
    fate = fates(sandbox)
    assert [fate[c] for c in ("A1", "A2", "B3", "A4", "B4", "C4", "G5", "F8", "A9")] == [
        "title", "header", "label", "ordinal", "proposal", "note", "blank_mark", "note", "note",
    ]  # fmt: skip


def test_a_header_of_two_rows(sandbox):
    def merge(sheet):
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(area)

    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan thực hiện", None, "Tiến độ"],
        [None, None, "Chủ trì", "Phối hợp", None],
        [1, "Ban hành kế hoạch", "Sở Y tế", "Các sở", "quý I/2021"],
    ]
    sandbox.workbook("2020-11/SYT", rows, edit=merge)
    assert read_all(sandbox, "proposals")[["task", "lead", "partners", "deadline"]].values.tolist() == [
        ["Ban hành kế hoạch", "Sở Y tế", "Các sở", "quý I/2021"]
    ]


def test_a_table_of_indicators_that_names_who_leads_stays_one(sandbox):
    sandbox.workbook("2020-11/14", [[*HEADER, "Cơ quan chủ trì"], [1, NTM, "xã", 30, 4, 40, 45, None, "Sở NN&PTNT"]])
    assert read_all(sandbox, "proposals").empty
    assert len(read_all(sandbox, "observations")) == 4


def test_an_error_among_the_words_is_said_and_not_taken(sandbox):
    sandbox.workbook("2020-11/SYT", [OWN[1], [1, "=#REF!", None, "Sở Y tế", None, "quý I"]])
    assert read_all(sandbox, "issues")["code"].tolist() == ["read.outside_table"]


def test_words_and_tasks_of_another_unit_are_refused(sandbox):
    path = sandbox.workbook("2020-11/SYT", [["Đơn vị: Sở Tài chính (mã STC)"], *OWN])
    book = openpyxl.load_workbook(path)
    words = book.create_sheet("Thuyết minh")
    for row in PARAGRAPHS:
        words.append(row)
    book.save(path)
    assert read_all(sandbox, "proposals").empty and read_all(sandbox, "narratives").empty
    assert read_all(sandbox, "issues")["code"].tolist() == ["read.other_unit"]
    assert not {"narrative", "proposal"} & set(read_all(sandbox, "ledger")["fate"])
