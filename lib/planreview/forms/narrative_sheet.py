"""The sheet "Thuyết minh": what a unit says of its results, a line for each point under fixed headings."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Cycle, Round, Unit
from planreview.forms.letterhead import when, whose
from planreview.forms.styles import GREY, TEXT, Look, across, grow_from, protect, put, set_page, set_widths

NAME = "Thuyết minh"
# (heading, lines under it); each heading is one that the reader knows as a topic, but for the one over two causes
HEADINGS = (
    ("I. THÀNH TỰU NỔI BẬT", 6),
    ("II. TỒN TẠI, HẠN CHẾ", 6),
    ("III. NGUYÊN NHÂN CỦA TỒN TẠI, HẠN CHẾ", 0),
    ("a) Nguyên nhân khách quan", 4),
    ("b) Nguyên nhân chủ quan", 4),
    ("IV. TRÁCH NHIỆM CỦA TẬP THỂ, CÁ NHÂN", 3),
    ("V. BÀI HỌC KINH NGHIỆM", 4),
    ("VI. THUẬN LỢI", 4),
    ("VII. KHÓ KHĂN, VƯỚNG MẮC", 4),
    ("VIII. GIẢI PHÁP", 6),
    ("IX. ĐỀ XUẤT, KIẾN NGHỊ", 3),
)
_WIDTHS = [6.5, 150]
_LINE_HEIGHT = 33


def write_narrative_sheet(sheet: Worksheet, unit: Unit, round_: Round, cycle: Cycle) -> None:
    set_widths(sheet, _WIDTHS)
    head = Look(across="center", bordered=False, bold=True, size=14)
    small = Look(across="center", bordered=False, size=12)
    across(sheet, 1, 1, 2, f"THUYẾT MINH KẾT QUẢ THỰC HIỆN KẾ HOẠCH GIAI ĐOẠN {cycle.review_period}", head)
    across(sheet, 2, 1, 2, whose(unit), Look(across="center", bordered=False, bold=True, size=12))
    across(sheet, 3, 1, 2, when(round_), small)
    across(
        sheet,
        4,
        1,
        2,
        "(Mỗi ý ghi một dòng; thiếu dòng thì chèn thêm)",
        Look(across="center", bordered=False, italic=True),
    )
    row = 6
    for heading, count in HEADINGS:
        across(sheet, row, 1, 2, heading, Look(bold=True, fill=GREY, size=12))
        put(sheet, row, 2, None, Look(fill=GREY))
        sheet.row_dimensions[row].height = 20
        row += 1
        for number in range(1, count + 1):
            put(sheet, row, 1, number, Look(across="center", fill=GREY))
            put(sheet, row, 2, None, Look(open=True, size=12, number_format=TEXT))
            grow_from(sheet, row, _LINE_HEIGHT)
            row += 1
    sheet.freeze_panes = "A6"
    set_page(sheet)
    protect(sheet, more_rows=True)
