"""The reasoning in sentences: every number that decided stands in them, as a Vietnamese reader writes it."""

import pytest

from planreview import Review, tables
from planreview.evaluate import evaluate
from planreview.evaluate.explain import sentences


def explained(catalogue, code, *figures, as_of="2022-12") -> str:
    rows = [
        {"as_of": as_of, "provenance": "submitted", "area_code": "14", "indicator_code": code, "n_candidates": 1,
         "selection_rule": "only", "figure_id": f"f{n}", "round": "2020-06"} | figure
        for n, figure in enumerate(figures)
    ]  # fmt: skip
    cycle = catalogue.default_cycle
    results = evaluate(tables.frame("figures", rows), catalogue, cycle, as_of=as_of)
    return " ".join(s for row in results.to_dict("records") for s in sentences(row, catalogue.indicators[code], cycle))


def goal(value, **more):
    return {"period": "2020", "kind": "target", "plan": "council", "value": value, "act": "Nghị quyết 1 (2016)"} | more


def result(value, period="2020", kind="actual"):
    return {"period": period, "kind": kind, "value": value}


def test_target_result_rule_and_word(catalogue):
    text = explained(catalogue, "XH.07.01", goal(23), result(49), result(3, "2015"))
    for part in (
        "càng cao càng tốt", "Mục tiêu năm 2020: 23 xã, của Nghị quyết 1 (2016)", "49 xã (số thực hiện)", "+26 xã",
        "sai số làm tròn 0,5", "Đánh giá: vượt", "Năm gốc 2015: 3 xã", "đã làm được 230,0%",
    ):  # fmt: skip
        assert part in text


def test_near_names_its_band_and_the_other_methods_their_numbers(catalogue):
    text = explained(catalogue, "XH.07.01", goal(100), result(96), result(50, "2015"))
    assert "trong giới hạn 5 xã" in text and "gần đạt" in text
    assert "chỉ số hiện trạng ESCAP 9,20 (đúng hướng)" in text and "trái với đánh giá trên" in text


def test_a_refusal_says_why(catalogue):
    assert "Đánh giá: thiếu số liệu, vì chưa có số liệu năm 2020." in explained(catalogue, "XH.07.01", goal(23))
    text = explained(catalogue, "KT.01.04.3", goal(40.5, digits=1), result(42))
    assert "+1,5 điểm phần trăm. Đánh giá: không đánh giá được, vì chỉ tiêu cơ cấu" in text
    assert "đã làm được" not in text


def test_an_earlier_year_names_the_path(catalogue):
    text = explained(catalogue, "XH.07.01", goal(53), result(3, "2015"), result(20, "2018"), as_of="2020-06")
    assert "Đường thẳng từ năm 2015 (3 xã) tới mục tiêu đòi hỏi 33 xã ở năm 2018" in text


@pytest.mark.parametrize("unit", ["14", "VN"])
def test_every_indicator_of_the_shipped_data_can_be_explained(shipped, unit):
    review = Review(unit, raw=shipped.raw, processed=shipped.processed)
    for code in review.results()["indicator_code"].unique():
        text = str(review.explain(code))
        assert "nan" not in text.split() and "None" not in text
        assert review.catalogue.indicators[code].name in text
