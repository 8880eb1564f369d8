"""Targets ahead: whose they are, the pace that they need beside the one achieved, where the trend leads."""

import re

from tests.conftest import NTM
from tests.narrative.conftest import BEHIND, COLUMNS, POOR, ROWS, lines

from planreview.narrative import ahead, results
from planreview.narrative.continuity import continuity_table

PARTS = (ahead.title, ahead.overview, ahead.whose, ahead.pace, ahead.accelerate, ahead.outlook, ahead.people)
# poverty fell by 1 point a year and is to fall by 2,4
SLOW = [1, POOR, "%", 10, 20, 19, 18, 17, 16, 15, 3]


def everything(text):
    return " ".join(" ".join(text.lines).split())


def test_a_target_that_asks_for_more_than_the_trend_is_named_with_both_paces(opened):
    text = lines(opened("119", {"2021-03/119": [SLOW]}), *PARTS)
    said = everything(text)
    assert f"Phải đẩy nhanh: 1 chỉ tiêu: {POOR} (15 → 3%)." in said
    assert "cần giảm 2,40 điểm phần trăm/năm; 2016–2020: giảm 1,00 điểm phần trăm/năm" in said
    assert not re.search(r"(tăng|giảm) [-−+]", said)


def test_the_forecast_is_said_with_its_interval_and_in_words(opened):
    row = lines(opened("119", {"2021-03/119": [SLOW]}), *PARTS).row(POOR, " đến ", "thấp")
    assert "3" in row and "thấp" in row
    said = everything(lines(opened("119", {"2021-03/119": [SLOW]}), *PARTS))
    assert "không biết đến chính sách mới" in said and "Khoảng 80%" in said


def test_targets_whose_document_is_not_named_are_listed(opened, sandbox):
    header = [*COLUMNS[:10], "KH NQ 2021-2025"]
    sandbox.workbook("2021-03/119", [header, BEHIND[:11]], name="khac.xlsx")
    said = everything(lines(opened("119", {}), *PARTS))
    assert f"Nguồn không nêu văn bản của 1 mục tiêu (số liệu đơn vị gửi): {NTM}." in said
    assert "ghi rõ văn bản của 1 mục tiêu" in said


def test_a_master_plans_target_is_not_the_next_plans(opened, sandbox):
    header = [*COLUMNS[:10], "Quy hoạch đến năm 2025"]
    sandbox.workbook("2021-03/119", [header, BEHIND[:11]], name="khac.xlsx")
    said = everything(lines(opened("119", {}), *PARTS))
    assert "chưa có mục tiêu 2021–2025 nào của đơn vị" in said


def test_a_proposal_waits_for_a_decision(opened):
    said = everything(lines(opened("119", {"2021-03/119": ROWS}), *PARTS))
    assert "Dự kiến, chưa phải nghị quyết" in said
    assert "quyết định 3 mục tiêu 2021–2025 còn là dự kiến" in said


def test_a_unit_without_targets_ahead_says_so(opened):
    said = everything(lines(opened("119", {"2021-03/119": [BEHIND[:10]]}), *PARTS))
    assert said.count("chưa có mục tiêu 2021–2025 nào của đơn vị") >= 2


def test_what_no_row_has_is_said_once_and_stands_in_no_column(opened):
    review = opened("119", {"2021-03/119": [BEHIND[:10], SLOW[:10]]})
    said = everything(lines(review, results.full_table, continuity_table))
    assert "Chưa hàng nào có: mục tiêu 2021–2025." in said
    assert "2 chỉ tiêu có mục tiêu 2016–2020, chưa chỉ tiêu nào có mục tiêu 2021–2025." in said
    assert "không nối tiếp" not in said
    (table,) = results.full_table(review)
    assert "Mục tiêu 2021–2025" not in table.columns and "Mục tiêu 2016–2020" in table.columns
    assert {len(row) for row in table.rows} == {len(table.columns)} == {len(table.align)}


def test_a_column_that_one_row_fills_stays(opened):
    (table,) = results.full_table(opened("119", {"2021-03/119": [BEHIND[:10], SLOW]}))
    assert "Mục tiêu 2021–2025" in table.columns and "Chưa hàng nào" not in str(table.note)
