"""The sheet of Appendix III: tasks that a unit proposes for the action programme."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Cycle, Round, Unit
from planreview.forms.letterhead import write_head, write_signatures
from planreview.forms.styles import GREY, HEAD, TEXT, Look, grow_from, protect, put, set_page, set_widths

HEADINGS = {
    "TT": 6,
    "Nhóm nhiệm vụ": 22,
    "Nội dung nhiệm vụ (đề án, chương trình, văn bản)": 48,
    "Cơ quan chủ trì": 20,
    "Cơ quan phối hợp": 26,
    "Thời gian hoàn thành": 15,
    "Kinh phí, nguồn vốn": 22,
    "Sản phẩm": 24,
    "Ghi chú": 18,
}
OPEN_ROWS = 40
_LINE_HEIGHT = 33


def write_proposal_sheet(sheet: Worksheet, unit: Unit, round_: Round, cycle: Cycle) -> None:
    width = len(HEADINGS)
    set_widths(sheet, list(HEADINGS.values()))
    header = write_head(sheet, width, "III", unit, round_, cycle)
    for number, heading in enumerate(HEADINGS, 1):
        put(sheet, header, number, heading, Look(across="center", bold=True, fill=HEAD))
    sheet.row_dimensions[header].height = 36
    for n in range(1, OPEN_ROWS + 1):
        put(sheet, header + n, 1, n, Look(across="center", fill=GREY))
        for number in range(2, width + 1):
            put(sheet, header + n, number, None, Look(open=True, size=11, number_format=TEXT, down="top"))
        grow_from(sheet, header + n, _LINE_HEIGHT)
    end = header + OPEN_ROWS
    write_signatures(sheet, end + 2, (1, 3), (6, width))
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    set_page(sheet, header_rows=(header, header))
    protect(sheet, more_rows=True)
