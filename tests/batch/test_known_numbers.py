"""A number of a report that stands in no table, or says something else than its value, is found."""

import copy

import pytest

from planreview.batch.facts import Facts
from planreview.narrative import assessment, results
from planreview.review import Review


@pytest.fixture(scope="module")
def review(shipped) -> Review:
    return Review("14", raw=shipped.raw, processed=shipped.processed, reference=shipped.reference)


@pytest.fixture(scope="module")
def blocks(review) -> list[dict]:
    made = [*results.coverage(review), *results.judged_table(review), *assessment.overview(review)]
    return [block.to_json() for block in [*made, *results.full_table(review)]]


@pytest.fixture(scope="module")
def facts(review) -> Facts:
    return Facts(review)


def numbers(blocks: list[dict]) -> list[dict]:
    cells = [part for b in blocks for row in b.get("rows", ()) for cell in row for part in cell]
    return [p for p in cells if p.get("cells") and p["value"] is not None]


def test_what_the_notebooks_say_stands_in_the_tables(facts, blocks):
    assert len(numbers(blocks)) > 50
    assert facts.check(blocks) == []


@pytest.mark.parametrize("place", [0, 20, -1])
def test_a_value_from_nowhere_is_found(facts, blocks, place):
    wrong = copy.deepcopy(blocks)
    part = numbers(wrong)[place]
    part["t"], part["value"] = "987.654,3", 987654.3
    assert facts.check(wrong) == [
        "số “987.654,3” (987654) không có trong bảng số liệu của đơn vị và không tính được từ các ô đã dẫn"
    ]


def test_a_text_that_is_not_its_value_is_found(facts, blocks):
    wrong = copy.deepcopy(blocks)
    part = numbers(wrong)[0]
    part["t"] = f"9{part['t']}"
    (fault,) = facts.check(wrong)
    assert part["t"] in fault and "làm tròn" in fault


@pytest.mark.parametrize(("printed", "faults"), [("7,5", 0), ("987.654,3", 1)])
def test_a_charts_finding_says_numbers_of_the_tables(facts, printed, faults):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    caption = f"GRDP: mục tiêu {printed}"
    figure = {"type": "figure", "caption": caption, "alt": "Cột", "svg": svg, "source": "Nguồn", "cells": []}
    assert len(facts.check([figure])) == faults
    assert facts.check([{"type": "paragraph", "parts": [{"t": caption}]}])  # elsewhere a number has its cells


@pytest.mark.parametrize("said", ["tăng 12,7 điểm", "Đánh giá được 99.999/156 chỉ tiêu", "cao hơn 3 lần rưỡi hay 41"])
def test_a_number_in_words_needs_a_rule(facts, said):
    assert facts.check([{"type": "paragraph", "parts": [{"t": said}]}])


@pytest.mark.parametrize(
    "said",
    [
        "Đánh giá được 5/43 chỉ tiêu: 3 vượt, 1 đạt, 1 dự kiến không đạt.",
        "Nghị quyết 142/2016/QH13 ngày 12/04/2016, giai đoạn 2016–2020 (xem Bảng 2, mục 3), số liệu đến tháng 9/2020",
        "Số bác sĩ trên 10.000 dân",
        "Vẽ 12 trong 85 chỉ tiêu; Huyện Vân Hồ 4; Thành phố Sơn La 5.",
        "Khoảng dự báo 80%: kế hoạch 5 năm, [N15], XH.03.02",
    ],
)
def test_words_that_follow_a_rule_pass(facts, said):
    assert facts.check([{"type": "paragraph", "parts": [{"t": said}]}]) == []
