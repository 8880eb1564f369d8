"""Lessons: what happened, evidence, the cause that the unit states with its place, what it means for the next plan."""

from tests.conftest import NTM
from tests.narrative.conftest import BEHIND, INSURED, ROWS, WATER, lines

from planreview.narrative import lessons

FORMS = {"2021-03/119": ROWS}


def lesson(text, name):
    """The four answers on an indicator, as one line."""
    joined = " ".join(" ".join(text.lines).split())
    start = joined.index(name)
    return joined[start : joined.index("Ý nghĩa", start) + 400]


def test_a_failure_with_its_cause_and_where_it_is_written(opened):
    said = lesson(lines(opened("119", FORMS), lessons.title, lessons.from_failures), NTM)
    assert "45 xã (năm 2020), thấp hơn 15 xã so với mục tiêu 60 xã" in said and "không đạt" in said
    assert "từ 4 (năm 2015) lên 45 (năm 2020), bình quân tăng 8,2 xã/năm" in said.replace("Từ 4", "từ 4")
    assert "Thiếu vốn; dịch bệnh (khách quan; 2021-03/119/bieu.xlsx › Sheet › L2)" in said
    assert "Mục tiêu năm 2025: 60 xã" in said and "cần tăng 3,0 xã/năm, kỳ này đã tăng 8,2 xã/năm" in said


def test_a_red_indicator_without_a_cause_is_asked_for_one(opened):
    said = lesson(lines(opened("119", FORMS), lessons.title, lessons.from_failures), WATER)
    assert "cần bổ sung chưa ai nêu nguyên nhân" in said.replace("  ", " ")


def test_a_success_teaches_too(opened):
    said = lesson(lines(opened("119", FORMS), lessons.title, lessons.from_successes), INSURED)
    assert "vượt" in said and "Chính sách hỗ trợ của Trung ương" in said and "chính sách hỗ trợ" in said
    assert NTM not in said


def test_an_indicator_without_a_next_target_says_so(opened):
    row = [*BEHIND[:10], None, *BEHIND[11:]]
    said = lesson(lines(opened("119", {"2021-03/119": [row]}), lessons.title, lessons.from_failures), NTM)
    assert "chưa có mục tiêu 2021–2025 cho chỉ tiêu này" in said


def test_a_unit_with_nothing_to_learn_from_says_so(opened):
    r = opened("119", {"2021-03/119": [[1, NTM, "xã", None, None, None, None, None, None, None]]})
    parts = (lessons.overview, lessons.in_short, lessons.from_failures, lessons.from_successes)
    text = " ".join(lines(r, lessons.title, *parts, lessons.from_estimates, lessons.stated).lines)
    assert "Chưa có số liệu nào của đơn vị" in text and "không đạt đủ căn cứ" in text
    assert "cần bổ sung" not in text
