"""The sheet "Phiếu xác nhận số liệu": every figure that was read, with its cell, for the unit to confirm or object."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Catalogue, periods, texts
from planreview.feedback.issue_sheet import offer
from planreview.feedback.letter import ANSWER, BODY, MIDDLE, Letter, Pen, place_of, write_head
from planreview.forms.styles import HEAD, Look, grow_from, height, protect, set_page, set_widths
from planreview.intake.returned import CONFIRMATIONS, MOST_RAW, OVERALL, RECEIPT, RECEIPT_COLUMNS

KINDS = {"actual": "thực hiện", "estimate": "ước thực hiện", "target": "mục tiêu"}
PLANS = {
    "five_year": "kế hoạch 5 năm",
    "council": "nghị quyết HĐND",
    "congress": "nghị quyết Đại hội Đảng bộ",
    "master_plan": "quy hoạch",
    "annual": "kế hoạch năm",
    "proposed": "đơn vị dự kiến",
    "assigned": "chỉ tiêu được giao",
}
_WIDTHS = [5, 10, 36, 13, 10, 23, 11, 8, 11, 11, 6, 10, 16]
_CELL = RECEIPT_COLUMNS.index("Ô") + 1
_NUMBER = Look(size=11, down="top", across="right")
_HOW = (
    "Dưới đây là các số đã đọc được từ tệp, đổi về đơn vị tính của danh mục chỉ tiêu. Đề nghị đơn vị kiểm tra; nếu "
    "tất cả đúng, chọn “đúng” ở dòng Xác nhận chung; số nào sai thì chọn “không đúng” ở dòng của số đó và ghi số "
    "đúng ở cột “Ý kiến”, hoặc sửa ngay trong ô."
)


def write_receipt_sheet(sheet: Worksheet, letter: Letter, names: Mapping[str, str], catalogue: Catalogue) -> None:
    """One line per figure, in order of the cells. ``names`` as for the sheet of issues."""
    set_widths(sheet, _WIDTHS)
    lines = [_counted(letter), _HOW]
    row = write_head(sheet, len(_WIDTHS), RECEIPT.upper(), letter, lines)
    pen = Pen(sheet)
    pen.write(row - 1, 1, OVERALL, Look(bold=True, size=11, bordered=False))
    sheet.merge_cells(start_row=row - 1, start_column=1, end_row=row - 1, end_column=2)
    pen.write(row - 1, 3, None, ANSWER)
    offer(sheet, f"C{row - 1}", list(CONFIRMATIONS))
    _write_table(sheet, row + 1, letter, names, catalogue)
    set_page(sheet, header_rows=(row + 1, row + 1))
    protect(sheet)
    sheet.protection.autoFilter = sheet.protection.formatCells = False


def _write_table(sheet: Worksheet, header: int, letter: Letter, names: Mapping[str, str], catalogue: Catalogue) -> None:
    pen = Pen(sheet)
    for column, heading in enumerate(RECEIPT_COLUMNS, 1):
        pen.write(header, column, heading, Look(across="center", bold=True, size=11, fill=HEAD))
    sheet.row_dimensions[header].height = 32
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    for row, figure in enumerate(letter.observations, header + 1):
        indicator = catalogue.indicators[figure["indicator_code"]]
        value = texts.target(
            figure["value"], figure["value_upper"], figure["qualifier"], figure["digits"], figure["raw"]
        )
        area = catalogue.units.get(figure["area_code"])
        said = [
            row - header, indicator.code, indicator.name, area.name if area else figure["area_code"],
            periods.short(figure["period"]), kind_words(figure), value, indicator.unit, figure["raw"][:MOST_RAW],
            figure["sheet"], figure["cell"], None, None,
        ]  # fmt: skip
        looks = [MIDDLE, BODY, BODY, BODY, MIDDLE, BODY, _NUMBER, BODY, _NUMBER, BODY, BODY, ANSWER, ANSWER]
        for column, (text, look) in enumerate(zip(said, looks, strict=True), 1):
            linked = column == _CELL and figure["sheet"] in names
            place = place_of(names[figure["sheet"]], figure["cell"]) if linked else ""
            pen.write(row, column, text, look, link=place)
        grow_from(sheet, row, max(height(t, _WIDTHS[n] - 1, 11) for n, t in enumerate(said) if isinstance(t, str)))
    if not letter.observations:
        return
    last = header + len(letter.observations)
    sheet.auto_filter.ref = f"A{header}:M{last}"
    offer(sheet, f"L{header + 1}:L{last}", list(CONFIRMATIONS))


def kind_words(figure: Mapping) -> str:
    """``mục tiêu (kế hoạch 5 năm)``, ``ước thực hiện``."""
    plan = PLANS.get(figure["plan"], "")
    return f"{KINDS[figure['kind']]} ({plan})" if plan else KINDS[figure["kind"]]


def _counted(letter: Letter) -> str:
    """What was read and what was not."""
    lost = letter.fates.get("unmatched", 0) + letter.fates.get("rejected", 0)
    words = letter.fates.get("narrative", 0), letter.fates.get("proposal", 0)
    said = f"Đã đọc {texts.number(len(letter.observations), 0)} số liệu"
    said += f", {texts.number(words[0], 0)} ô thuyết minh" if words[0] else ""
    said += f", {texts.number(words[1], 0)} ô đề xuất nhiệm vụ" if words[1] else ""
    return said + (f"; {texts.number(lost, 0)} ô chưa dùng được, xem trang trước." if lost else "; không ô nào bị bỏ.")
