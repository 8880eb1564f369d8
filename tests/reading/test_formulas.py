"""Formulas that a file holds without their results, as programs other than Excel write them."""

from decimal import Decimal

import pytest

from planreview.workbooks import GridCell
from tests.reading.grids import grid, items


def worked_out(formula: str, **more: str):
    """The item of C5, which holds a formula over the numbers above it."""
    sheet = grid("""
 Chỉ tiêu | ĐVT | TH 2018 | TH 2019
 Trồng trọt | tỷ đồng | 0.1 | 3
 Chăn nuôi | tỷ đồng | 0.2 | 4
 Thủy sản | tỷ đồng | - |
 Tổng | tỷ đồng | 0 | 9
""")
    for at, text in {"C5": formula, **more}.items():
        row, column = int(at[1:]), ord(at[0]) - 64
        sheet.cells[row, column] = GridCell(row, column, None, text, is_formula=True, number_format="General")
    return items(sheet)["C5"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(C2:C4)", "0.3"),
        ("=sum($C$2,C3)", "0.3"),
        ("=C2+C3", "0.3"),
        ("=C2+C3+D4", "0.3"),
        ("=-C2+(D2*D3)/2", "5.9"),
        ("=D2/D3*100", "75"),
        ("=C2/D2", "0.0333333333333333"),
        ("=SUM(C2:C3)/SUM(D2:D3)", "0.0428571428571429"),
    ],
)
def test_a_plain_sum_or_ratio_is_worked_out_and_said(formula, value):
    item = worked_out(formula)
    assert (item.fate, item.value) == ("value", Decimal(value))
    assert item.cell.raw == formula
    assert "recomputed" in item.reading.rules and "tính lại" in item.detail


def test_a_formula_of_formulas():
    assert worked_out("=D5/2", D5="=SUM(D2:D4)").value == Decimal("3.5")


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(E2:E4)",  # of empty cells
        "=C2/D4",
        "=C2/0",
        "=C4+C2",  # a dash is no number
        "=SUM(C2:C5)",  # of itself
        "=Biểu2!C2+1",
        "='Biểu 2'!C2",
        "=SUM('[1]Sổ khác'!C2:C4)",
        "=IF(C2>1,C2,C3)",
        "=C2^2",
        "=__import__(1)",
        "=SUM(C1:XFD1048576)",
        "=" + "(" * 300 + "C2" + ")" * 300,
    ],
)
def test_any_other_formula_stays_without_a_result(formula):
    item = worked_out(formula)
    assert (item.fate, item.reading.code) == ("rejected", "number.no_result")


def test_a_text_that_looks_like_a_number_is_not_passed_over():
    sheet = grid("""
 Chỉ tiêu | TH 2018 | TH 2019
 Trồng trọt | 10 | 3
 Chăn nuôi | "1.234" | 4
 Tổng | 0 | 9
""")
    sheet.cells[4, 2] = GridCell(4, 2, None, "=SUM(B2:B3)", is_formula=True)
    assert items(sheet)["B4"].fate == "rejected"
