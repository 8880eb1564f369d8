"""Sentences for every status: the right words, and nothing that cannot be shown."""

import json

import pytest
from tests.conftest import HEADER, NTM

from planreview import tables
from planreview.blocks import Block
from planreview.narrative import assessment, results
from planreview.pipeline import clean
from planreview.review import Review

UNEMPLOYED = "Tỷ lệ thất nghiệp khu vực thành thị"


@pytest.fixture
def review(sandbox):
    """A review of one form with the given rows, as of round 2020-11."""

    def make(*rows, header=HEADER, name="14"):
        sandbox.workbook(f"2020-11/{name}", [header, *rows])
        assert clean(sandbox.project).failures == {}
        project = sandbox.project
        return Review("14", raw=project.raw, processed=project.processed, reference=project.reference)

    return make


def words(blocks: list[Block]) -> str:
    for block in blocks:
        json.dumps(block.to_json(), allow_nan=False)
        assert block._repr_mimebundle_()["text/html"]
    parts = [p for b in blocks for p in b.to_json().get("parts", [])]
    return "".join(p["t"] for p in parts)


EARLIER = ["STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "TH 2015", "TH 2018"]


def test_a_result_its_target_and_whose_target(review):
    r = review([1, NTM, "xã", 30, 4, 40, 45])
    said = words(assessment.by_field(r))
    assert f"{NTM}: 45 xã (ước năm 2020), cao hơn 15 xã so với mục tiêu 30 xã cho giai đoạn 2016–2020 (" in said
    assert said.endswith("dự kiến đạt.")


def test_lower_is_better_is_said(review):
    said = words(assessment.by_field(review([1, UNEMPLOYED, "%", 4, 4.5, 4.1, 3.2])))
    assert "thấp hơn 0,8 điểm phần trăm so với mục tiêu 4%" in said
    assert "càng thấp càng tốt" in said and said.endswith("dự kiến đạt.")


def test_an_earlier_year_is_not_measured_against_a_target_that_is_not_due(review):
    header = [*EARLIER[:3], "KH NQ 5 năm: năm 2020", *EARLIER[4:]]
    r = review([1, NTM, "xã", 53, 3, 20], header=header)
    said = words(assessment.by_field(r))
    assert "20 xã (năm 2018), mục tiêu 53 xã cho năm 2020 (" in said
    assert "– nguy cơ không đạt." in said
    assert "giải trình 1 chỉ tiêu" in words(assessment.overview(r))


def test_a_missed_target_asks_for_a_cause(review):
    r = review([1, NTM, "xã", 60, 4, 40, 45])
    assert "cần bổ sung nguyên nhân" in words(assessment.causes(r))
    assert f"{NTM} (45/60 xã)" in words(assessment.shortcomings(r))
    assert "Chưa có chỉ tiêu nào" in words(assessment.achievements(r))


def test_every_block_of_both_pages_can_be_shown_whatever_is_missing(review):
    r = review(
        [1, NTM, "xã", None, None, 40, None], [2, UNEMPLOYED, "%", "Dưới 4", None, None, None],
        [3, "Tổng thu ngân sách nhà nước trên địa bàn", "tỷ đồng", "Tăng trưởng khá", 1, 2, 3],
    )  # fmt: skip
    of_results = (results.coverage, results.judged_table, results.full_table, results.next_table, results.clashes)
    of_assessment = (assessment.overview, assessment.by_field, assessment.courses, assessment.unknown)
    for make in (*of_results, results.context_table, *of_assessment):
        assert words(make(r)) is not None


def test_a_unit_without_any_figure_gets_pages_that_say_so(review, sandbox):
    r = review([1, NTM, "xã", None, None, None, None])
    assert tables.read("observations", sandbox.project.processed / "observations").empty
    assert "Chưa có số liệu nào" in words(results.coverage(r))
