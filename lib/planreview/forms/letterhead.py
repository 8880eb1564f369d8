"""What every form begins and ends with: appendix and title, whose it is and by when, and who signs."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Cycle, Round, Unit, texts
from planreview.forms.styles import Look, across

TITLES = {
    "I": "BIỂU SỐ LIỆU KẾT QUẢ THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI {years} NĂM {review} "
    "VÀ DỰ KIẾN KẾ HOẠCH {next_years} NĂM {plan}",
    "III": "BIỂU ĐỀ XUẤT NHIỆM VỤ ĐƯA VÀO CHƯƠNG TRÌNH HÀNH ĐỘNG THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI "
    "{next_years} NĂM {plan}",
}
ACCOMPANIES = "(Kèm theo Văn bản số ……………… ngày …… tháng …… năm ……… của ………………………………)"
_PLACE_AND_DATE = "…………………, ngày …… tháng …… năm ………"


def title(form: str, cycle: Cycle) -> str:
    """The title of an appendix; the tables of indicators of all kinds of units have the same."""
    return TITLES.get(form, TITLES["I"]).format(
        years=cycle.review_last - cycle.review_first + 1,
        next_years=cycle.plan_last - cycle.plan_first + 1,
        review=cycle.review_period,
        plan=cycle.plan_period,
    )


def whose(unit: Unit) -> str:
    """The line by which the reader knows whose form it is."""
    return f"Đơn vị: {unit.name} (mã {unit.code})"


def when(round_: Round) -> str:
    return f"{round_.title}; hạn gửi: {texts.date(round_.deadline)}"


def write_head(sheet: Worksheet, width: int, form: str, unit: Unit, round_: Round, cycle: Cycle, mark: str = "") -> int:
    """Lines over ``width`` columns from row 1; ``mark`` is one more line that says what the numbers are. Gives the next
    free row."""
    middle = Look(across="center", bordered=False)
    lines = [
        (f"Phụ lục {form}", Look(across="center", bordered=False, bold=True, size=14)),
        (title(form, cycle), Look(across="center", bordered=False, bold=True, size=14)),
        (ACCOMPANIES, Look(across="center", bordered=False, italic=True, size=12, open=True)),
        (whose(unit), Look(across="center", bordered=False, bold=True, size=12)),
        (when(round_), Look(across="center", bordered=False, size=12)),
        *([(mark, middle)] if mark else []),
    ]
    for row, (text, look) in enumerate(lines, 1):
        across(sheet, row, 1, width, text, look)
    sheet.row_dimensions[len(lines) + 1].height = 6
    return len(lines) + 2


def write_signatures(sheet: Worksheet, row: int, left: tuple[int, int], right: tuple[int, int]) -> None:
    """From ``row``: place and date, who made the form and who answers for it, room to sign and to write names."""
    plain = Look(across="center", bordered=False, italic=True, size=12, open=True)
    bold = Look(across="center", bordered=False, bold=True, size=12)
    small = Look(across="center", bordered=False, italic=True)
    names = Look(across="center", bordered=False, bold=True, size=12, open=True)
    across(sheet, row, *right, _PLACE_AND_DATE, plain)
    across(sheet, row + 1, *left, "NGƯỜI LẬP BIỂU", bold)
    across(sheet, row + 1, *right, "THỦ TRƯỞNG ĐƠN VỊ", bold)
    across(sheet, row + 2, *left, "(Ký, ghi rõ họ tên)", small)
    across(sheet, row + 2, *right, "(Ký, đóng dấu, ghi rõ họ tên)", small)
    sheet.row_dimensions[row + 3].height = 54
    across(sheet, row + 4, *left, None, names)
    across(sheet, row + 4, *right, None, names)
