"""What Excel says when a cell of a form is filled in wrongly, and how it shows more decimals than a line expects."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Indicator

_NUMBER = (
    "Ô này chỉ nhận một số, dấu phẩy cho phần thập phân, không kèm đơn vị tính (ví dụ: 1234,5). "
    "Không có số liệu thì để trống."
)
_TARGET = (
    "Ô này nên ghi một số. Chỉ ghi chữ khi mục tiêu đúng là như vậy (ví dụ: trên 90; 60-65; khoảng 30). "
    "Vẫn giữ nội dung vừa gõ?"
)
_SHARE = (
    "Chỉ tiêu này tính bằng %, thường từ 0 đến 100. Ghi 12,5 chứ không ghi 0,125 hay 12,5%. Vẫn giữ nội dung vừa gõ?"
)
_HUGE = 10**15
_MORE_DECIMALS, _MORE_DECIMALS_ID = "#,##0.0###", 190


def number_format(indicator: Indicator) -> str:
    """Numbers as the line expects them: ``#,##0`` or with its decimals."""
    return "#,##0." + "0" * indicator.digits if indicator.digits else "#,##0"


def add_checks(sheet: Worksheet, rows: dict[int, Indicator], results: list[str], targets: list[str]) -> None:
    """Checks of value cells. ``rows``: the indicator of each row; ``results``, ``targets``: letters of value columns.

    A result is a number (stop); a target may be words, and a percentage beyond its limits may be right (warning).
    """
    shares = {row for row, i in rows.items() if i.unit.startswith("%") and (i.limit_low, i.limit_high) == (0, 100)}
    for columns, where, check in (
        (results, sorted(set(rows) - shares), _check("stop", -_HUGE, _HUGE, "Cần một số", _NUMBER)),
        (targets, sorted(set(rows) - shares), _check("warning", -_HUGE, _HUGE, "Không phải một số", _TARGET)),
        (results + targets, sorted(shares), _check("warning", 0, 100, "Ngoài khoảng 0-100", _SHARE)),
    ):
        for first, last in runs(where):
            for left, right in spans(columns):
                check.add(f"{left}{first}:{right}{last}")
        if where:
            sheet.add_data_validation(check)


def show_all_decimals(sheet: Worksheet, rows: dict[int, Indicator], columns: list[str]) -> None:
    """A number typed with more decimals than its line expects is shown with them, not rounded on the screen."""
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=_MORE_DECIMALS_ID, formatCode=_MORE_DECIMALS))
    for digits in sorted({i.digits for i in rows.values()}):
        for first, last in runs(row for row, i in rows.items() if i.digits == digits):
            for left, right in spans(columns):
                cell = f"{left}{first}"
                formula = f"AND(ISNUMBER({cell}),{cell}<>ROUND({cell},{digits}))"
                sheet.conditional_formatting.add(
                    f"{cell}:{right}{last}", Rule(type="expression", dxf=style, formula=[formula])
                )


def _check(style: str, low: int, high: int, heading: str, message: str) -> DataValidation:
    return DataValidation(
        type="decimal",
        operator="between",
        formula1=str(low),
        formula2=str(high),
        allow_blank=True,
        errorStyle=style,
        errorTitle=heading,
        error=message,
        showErrorMessage=True,
    )


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in a row as first and last: 3, 4, 5, 8 → (3, 5), (8, 8)."""
    found = [[n for _, n in group] for _, group in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0])]
    return [(run[0], run[-1]) for run in found]


def spans(letters: list[str]) -> list[tuple[str, str]]:
    """Column letters (of one or two letters) in order as first and last of each unbroken stretch."""
    numbers = runs(column_index_from_string(letter) for letter in letters)
    return [(get_column_letter(first), get_column_letter(last)) for first, last in numbers]
