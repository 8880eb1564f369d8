"""A department finds its own number beside the one that was chosen instead, and nobody else's name."""

import csv

import pytest
from tests.conftest import HEADER, NTM
from tests.figures.test_corrections import LINE
from tests.pages import Text

from planreview.narrative import assessment, own, results
from planreview.pipeline import clean, write_results
from planreview.publish.html import Page, render_page
from planreview.review import Review

INSURED = "Tỷ lệ dân số tham gia bảo hiểm y tế"  # BHXH answers for it
BEDS = "Số giường bệnh trên 10.000 dân (không tính giường trạm y tế xã)"  # SYT does
SIMULATED = ["(SỐ LIỆU MÔ PHỎNG)"]


@pytest.fixture
def review(sandbox):
    """A review of a unit, of the forms ``{place: rows}``."""

    def make(unit, forms, *, as_of=None):
        for place, rows in forms.items():
            marked = rows[0] == SIMULATED
            sandbox.workbook(place, [*([rows[0]] if marked else []), HEADER, *rows[marked:]])
        assert clean(sandbox.project).failures == {}
        project = sandbox.project
        return Review(unit, raw=project.raw, processed=project.processed, reference=project.reference, as_of=as_of)

    return make


def page(review, *blocks) -> str:
    return render_page(
        [b.to_json() for b in blocks],
        Page("T", "SYT", "Sở", "c", "Chu kỳ", "a", "Đợt", "số liệu", "index.html"),
    )


def test_the_own_number_stands_beside_the_chosen_one(review):
    r = review("SYT", {
        "2020-11/SYT": [[1, INSURED, "%", 90, 88.5, 91.2, 92.4], [2, BEDS, "giường/10.000 dân", 26, 24, 27, 28]],
        "2020-11/BHXH": [[1, INSURED, "%", 95, 88.5, 91.2, 93.1]],
    })  # fmt: skip
    differing = r.own_values()[lambda d: d["differs"]].set_index(["period", "kind"])
    assert differing.index.tolist() == [("2016-2020", "target"), ("2020", "estimate")]
    row = differing.loc[("2020", "estimate")]
    assert (row["own"], row["chosen"], row["chosen_unit"], row["difference"]) == (92.4, 93.1, "BHXH", -0.7)
    assert (row["own_source_file"], row["own_cell"]) == ("2020-11/SYT/bieu.xlsx", "G2")

    html = page(r, *results.title(r), *own.section(r), *results.judged_table(r), *results.full_table(r))
    text = Text(html)
    shown = text.row(INSURED, "92,4", "93,1")
    assert "ước năm 2020" in shown and "-0,7" in shown
    assert "cơ quan chịu trách nhiệm về chỉ tiêu; đợt tháng 11/2020" in shown
    assert "93,1*" in text.row(INSURED, "93,1*") and "28*" not in html
    assert "* Số được chọn khác số của đơn vị" in " ".join(text.lines)
    assert "Bảo hiểm xã hội" not in html, "another office's name"
    for office, typed in (("SYT", "92.4"), ("BHXH", "93.1")):
        assert f">2020-11/{office}/bieu.xlsx</code>" in html and f'"G2","{typed}"' in html


def test_the_assessment_says_the_own_number_in_its_sentence(review):
    r = review("SYT", {
        "2020-11/SYT": [[1, INSURED, "%", 90, 88.5, 91.2, 92.4]],
        "2020-11/14": [[1, INSURED, "%", 90, 88.5, 91.2, 93.1]],
    })  # fmt: skip
    text = " ".join(Text(page(r, *results.title(r), *assessment.overview(r), *assessment.by_field(r))).lines)
    assert "Số của đơn vị khác số được chọn ở 1 trường hợp (1 số liệu đơn vị gửi)" in text
    assert "93,1%* (ước năm 2020), cao hơn 3,1 điểm phần trăm" in text
    assert "Số của đơn vị: 92,4% (ước năm 2020)." in text


def test_where_all_agree_an_office_is_told_and_an_area_needs_no_words(review):
    rows = [[1, INSURED, "%", 90, 88.5, 91.2, 92.4]]
    r = review("SYT", {"2020-11/SYT": rows, "2020-11/BHXH": rows})
    said = [part for block in own.section(r) for part in block.to_json().get("parts", [])]
    assert [p["t"] for p in said] == ["Cả 4 số của đơn vị (số liệu đơn vị gửi) đều trùng với số được chọn."]
    assert own.section(review("125", {"2020-11/125": rows})) == []


def test_the_later_round_is_the_units_word_unless_it_is_not_known_yet(review):
    forms = {
        "2020-06/SYT": [[1, INSURED, "%", 90, 88.5, 91.2, 92]],
        "2020-11/SYT": [[1, INSURED, "%", 90, 88.5, 91.2, 92.4]],
        "2020-06/BHXH": [[1, INSURED, "%", 90, 88.5, 91.2, 92]],
    }
    now = review("SYT", forms).own_values()
    assert now[now["differs"]][["own", "own_round", "chosen"]].values.tolist() == [[92.4, "2020-11", 92]]
    in_june = review("SYT", forms, as_of="2020-06")
    write_results(in_june.project, as_of={"2016-2025": "2020-06"})
    assert not in_june.own_values()["differs"].any()


def test_simulated_and_submitted_numbers_never_meet_in_a_row(review):
    r = review("SYT", {
        "2020-11/SYT": [SIMULATED, [1, INSURED, "%", 90, 88.5, 91.2, 92.4]],
        "2020-11/BHXH": [[1, INSURED, "%", 95, 88.5, 91.2, 93.1]],
    })  # fmt: skip
    assert not r.own_values()["differs"].any()
    text = " ".join(Text(page(r, *results.title(r), *own.section(r))).lines)
    assert "Cả 4 số của đơn vị (số liệu mô phỏng) đều trùng với số được chọn." in text
    assert (
        "4 số của đơn vị là số liệu mô phỏng, trong khi cùng câu hỏi có cả số liệu đơn vị gửi: hai loại đứng ở phần "
        "riêng của trang, không so với nhau." in text
    )


def test_a_tie_and_a_correction_leave_the_own_number_standing(review, sandbox):
    corrections = sandbox.root / "data/reference/corrections.csv"
    lines = [
        {"correction_id": "HC1", "unit_code": "SYT", "indicator_code": "XH.05.01", "kind": "estimate", "expect": "280",
         "action": "override", "value": "28"},
        {"correction_id": "HC2", "unit_code": "SYT", "indicator_code": "XH.05.01", "period": "2019", "expect": "27",
         "action": "drop"},
    ]  # fmt: skip
    with corrections.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(LINE))
        writer.writeheader()
        writer.writerows(LINE | line for line in lines)
    r = review("SYT", {
        "2020-11/SYT": [[1, NTM, "xã", 30, 4, 40, 45], [2, BEDS, "giường/10.000 dân", 26, 24, 27, 280]],
        "2020-11/BHXH": [[1, NTM, "xã", 30, 4, 40, 49]],
    })  # fmt: skip
    text = Text(page(r, *results.title(r), *own.section(r)))
    tie = text.row(NTM, "45")
    assert "từ 45 đến 49" in tie and "chưa chọn số nào: các số gửi về khác nhau" in tie
    corrected = text.row(BEDS, "280")
    assert "+252" in corrected and "số của chính đơn vị, sau hiệu chỉnh HC1" in corrected
    assert "không có số: số của đơn vị đã bị bỏ theo hiệu chỉnh" in text.row(BEDS, "thực hiện năm 2019")


def test_an_actual_of_another_replaces_the_own_estimate(review, sandbox):
    sandbox.workbook("2021-03/BHXH", [[*HEADER[:6], "TH 2020"], [1, INSURED, "%", None, None, None, 93.1]])
    r = review("SYT", {"2020-11/SYT": [[1, INSURED, "%", 90, 88.5, 91.2, 92.4]]})
    (row,) = r.own_values()[lambda d: d["differs"]].to_dict("records")
    assert (row["kind"], row["chosen_kind"], row["own"], row["chosen"]) == ("estimate", "actual", 92.4, 93.1)
    assert "số thực hiện thay số ước" in Text(page(r, *results.title(r), *own.section(r))).row(INSURED, "93,1")
