"""Page 01's first screen: what to settle first, what changed since the last round, which corrections hold."""

import csv
import re

import pytest
from tests.conftest import NTM

from planreview.narrative import corrections, submissions
from planreview.narrative.changes import since_last_round
from planreview.narrative.priorities import ranked
from planreview.pipeline import clean
from planreview.review import Review

HEADER = [
    "STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "Năm 2015", "TH 2016", "TH 2017", "TH 2018", "TH 2019", "ƯTH 2020",
]  # fmt: skip
CREDIT = "Dư nợ tín dụng chính sách xã hội"
HOUSEHOLDS = "Tổng số hộ"
ROWS = [
    [1, NTM, "xã", 30, 4, 10, 18, 25, 32, 38],
    [2, CREDIT, "tỷ đồng", 400, 239, 267, 302, 340, 385, 432],
    [3, HOUSEHOLDS, "hộ", None, 34498, 35158, 35817, 36487, 37222, 37942],
]


@pytest.fixture
def sent(sandbox):
    """A function that sends forms of rounds and reads them: ``sent(late=rows, early=rows)`` → Review."""

    def send(late, early=None) -> Review:
        for code, rows in (("2020-06", early), ("2020-11", late)):
            if rows:
                sandbox.workbook(f"{code}/119", [["BIỂU CHỈ TIÊU"], HEADER, *rows])
        clean(sandbox.project)
        p = sandbox.project
        return Review("119", raw=p.raw, processed=p.processed, reference=p.reference)

    return send


def changed(row, column, value):
    """The rows with one cell of them changed."""
    return [[*r[:column], value, *r[column + 1 :]] if r[0] == row else r for r in ROWS]


def text(blocks):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", "".join(b.to_html() for b in blocks)))


def test_an_error_in_a_year_that_decides_comes_before_one_that_does_not(sent):
    rows = changed(2, 7, 340_000)
    rows[2] = [3, HOUSEHOLDS, "hộ", None, 34498, 35158, 35817, 0, 37222, 37942]
    rows[0] = [1, NTM, "xã", 30, 4, 10, 18, 25, 32, "38 hoặc 40"]
    found = ranked(sent(rows))
    assert (found[0].issue["indicator_code"], found[0].effect) == ("XH.07.01", 1)
    assert {p.issue["code"] for p in found[1:]} == {"unit.scale", "check.zero"}
    assert all(p.effect == 0 for p in found[1:])  # 2018 decides nothing


def test_a_contested_result_is_one_result_less(sent):
    review = sent(changed(2, 9, 432_000))
    (first,) = ranked(review)
    assert (first.issue["code"], first.results) == ("unit.scale", {"KT.05.04"})
    assert "1 kết quả của kỳ đánh giá phụ thuộc" in text(submissions.first(review))
    figure = review.figure("KT.05.04", 2020)
    assert figure["value"].isna().all() and set(figure["selection_rule"]) == {"contested"}


def test_a_file_that_cannot_be_read_comes_first(sandbox, sent):
    folder = sandbox.root / "data/raw/2020-11/119"
    folder.mkdir(parents=True)
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04 cut")
    found = ranked(sent(changed(2, 9, 432_000)))
    assert found[0].issue["code"] == "read.unreadable" and found[0].effect > 100


def test_a_row_of_errors_is_one_thing_to_settle(sent):
    review = sent([[2, CREDIT, "tỷ đồng", *(1000 * v for v in ROWS[1][3:])]], early=ROWS)
    (only,) = ranked(review)
    assert (only.issue["code"], only.count, only.effect) == ("unit.rounds", 7, 1)
    assert "và 6 ô khác của dòng" in text(submissions.first(review))


def test_a_clean_form_leaves_nothing_to_settle(sent):
    assert "Không có lỗi hay cảnh báo nào" in text(submissions.first(sent(ROWS)))


def test_what_changed_is_split_in_three(sent):
    late = changed(2, 8, 391)
    late[2] = [3, "Số hộ nghèo (chuẩn nghèo đa chiều 2021–2025)", "hộ", None, 900, 800, 700, 600, 500, 400]
    late.append([4, "Tỷ lệ che phủ rừng", "%", 50, 42, 42.5, 43, 43.5, 44, 45])
    early = [*ROWS[:2], [3, "Số hộ nghèo (chuẩn nghèo đa chiều 2016–2020)", "hộ", None, 990, 880, 770, 660, 550, 440]]
    changes = since_last_round(sent(late, early))
    assert [(old["raw"], new["raw"]) for old, new in changes.corrected] == [("385", "391")]
    assert {new["indicator_code"] for _, new in changes.redefined} == {"XH.03.18"}
    assert {row["indicator_code"] for row in changes.new} == {"MT.01.01"}
    assert changes.gone == []


def test_one_round_has_nothing_to_be_compared_with(sent):
    review = sent(ROWS)
    assert since_last_round(review) is None
    assert "mới có số liệu của một đợt" in text(submissions.changed(review))


def test_corrections_in_force_and_set_aside_are_listed_with_their_reasons(sandbox, sent):
    path = sandbox.root / "data/reference/corrections.csv"
    header = path.read_text("utf-8").strip().split(",")
    line = {
        "correction_id": "HC1", "action": "scale", "unit_code": "119", "indicator_code": "KT.05.04", "period": "2020",
        "kind": "estimate", "round": "2020-11", "value": "0.001", "expect": "432000", "reason": "ghi bằng triệu đồng",
        "who": "Nguyễn Văn A", "when": "2020-12-01",
    }  # fmt: skip
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writerow(line)
        writer.writerow(line | {"correction_id": "HC2", "period": "2019", "kind": "actual", "expect": "386"})
    review = sent(changed(2, 9, 432_000))
    said = text(corrections.table(review))
    assert "1 hiệu chỉnh đang có hiệu lực, 1 bị gác lại" in said
    assert "432000 432,000 ghi bằng triệu đồng Nguyễn Văn A, 2020-12-01 đang hiệu lực" in said
    assert "gác lại ô nay ghi “385”" in said
    (settled,) = [i for i in review.issues().to_dict("records") if i["code"] == "unit.scale"]
    assert settled["severity"] == "info"
    assert "“HC1” (scale, “Nguyễn Văn A: ghi bằng triệu đồng”)" in settled["suggestion_vi"]
    assert list(review.figure("KT.05.04", 2020)["value"]) == [432.0]
