"""The sheet "Vấn đề cần xem lại": all issues of a submission, each with its cell and room for the unit's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import texts
from planreview.feedback.letter import ANSWER, BODY, MIDDLE, Letter, Pen, place_of, write_head
from planreview.forms.styles import HEAD, Look, grow_from, height, protect, set_page, set_widths
from planreview.intake.returned import ANSWERS, ISSUE_COLUMNS, ISSUES, MOST_RAW
from planreview.workbooks.marking import COLOURS

SEVERITIES = {"error": "lỗi", "warning": "cảnh báo", "info": "lưu ý"}
_WIDTHS = [5, 9, 40, 33, 12, 6, 12, 11, 22, 11]
_HOW = (
    "Cách làm: (1) sửa ngay trong ô tô màu ở các trang sau (nội dung cần xem ghi trong ghi chú của ô); hoặc (2) chọn ở "
    "cột “Trả lời”: giữ nguyên (số đã đúng), sửa thành (ghi số đúng ở cột bên), giải thích (ghi lý do ở cột bên). "
    "Xem cả trang “Phiếu xác nhận số liệu”. Lưu dạng .xlsx, giữ nguyên hai trang đầu rồi gửi lại tệp này."
)
_UNREADABLE = "Không đọc được tệp nên chưa có số nào được dùng. Hãy khắc phục theo cột “Cách xử lý” rồi gửi lại biểu."
_COLOURS = "Màu ô: đỏ nhạt là lỗi (số chưa được dùng hoặc chưa chắc đúng), vàng là cảnh báo, xanh nhạt là lưu ý."


def write_issue_sheet(
    sheet: Worksheet, letter: Letter, names: Mapping[str, str] | None, left_out: Sequence[str]
) -> None:
    """Errors first, then in order of the cells; the headings stand there even where there is nothing to say.

    names: of the workbook's sheets by the submission's, None where it could not be read; left_out: what the workbook no
    longer has, sentence by sentence.
    """
    set_widths(sheet, _WIDTHS)
    lines = [_counted(letter.issues), *([_UNREADABLE] if names is None else [])]
    if names is not None and letter.issues:
        lines += [_HOW, _COLOURS]
    header = write_head(sheet, len(_WIDTHS), ISSUES.upper(), letter, [*lines, *left_out])
    _write_table(sheet, header, letter, names or {})
    set_page(sheet, header_rows=(header, header))
    protect(sheet)
    sheet.protection.autoFilter = sheet.protection.formatCells = False  # what is False may be done


def _write_table(sheet: Worksheet, header: int, letter: Letter, names: Mapping[str, str]) -> None:
    pen = Pen(sheet)
    for column, heading in enumerate(ISSUE_COLUMNS, 1):
        pen.write(header, column, heading, Look(across="center", bold=True, size=11, fill=HEAD))
    sheet.row_dimensions[header].height = 32
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    words = {answer: word for word, answer in ANSWERS.items()}
    for row, issue in enumerate(letter.issues, header + 1):
        message = issue["message_vi"]
        if (issue["sheet"], issue["cell"]) in letter.hidden_cells:
            message += " (ô nằm ở trang, dòng hoặc cột đang ẩn)"
        raw = issue["raw"][:MOST_RAW]
        said = [message, issue["suggestion_vi"], issue["sheet"], issue["cell"], raw]
        pen.write(row, 1, row - header, MIDDLE)
        severity = pen.write(row, 2, SEVERITIES[issue["severity"]], MIDDLE)
        severity.fill = PatternFill("solid", fgColor=COLOURS[issue["severity"]])
        linked = ISSUE_COLUMNS.index("Ô" if issue["cell"] else "Trang tính") + 1
        for column, text in enumerate(said, 3):
            there = column == linked and issue["sheet"] in names
            place = place_of(names[issue["sheet"]], issue["cell"] or "A1") if there else ""
            pen.write(row, column, text or None, BODY, link=place)
        pen.write(row, 8, words.get(issue.get("answer", "")), ANSWER)
        pen.write(row, 9, issue.get("said") or None, ANSWER)
        pen.write(row, 10, issue["code"], Look(size=8, down="top", colour="7F7F7F"))
        grow_from(sheet, row, max(height(t, _WIDTHS[n] - 1, 11) for n, t in enumerate(said, 2)))
    if not letter.issues:
        return
    last = header + len(letter.issues)
    sheet.auto_filter.ref = f"A{header}:J{last}"
    offer(sheet, f"H{header + 1}:H{last}", list(ANSWERS))


def offer(sheet: Worksheet, area: str, words: Sequence[str]) -> None:
    """Let the cells of an area be one of a few words, or empty."""
    offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    offer.errorTitle, offer.error = "Câu trả lời", f"Hãy chọn một trong: {', '.join(words)}"
    offer.promptTitle, offer.prompt = "Câu trả lời", f"Chọn: {', '.join(words)}"
    offer.showInputMessage = True
    sheet.add_data_validation(offer)
    offer.add(area)


def _counted(issues: Sequence[Mapping]) -> str:
    if not issues:
        return "Không có vấn đề nào phải xem lại trong tệp này."
    severities = [issue["severity"] for issue in issues]
    found = [f"{texts.number(n, 0)} {word}" for s, word in SEVERITIES.items() if (n := severities.count(s))]
    return f"Có {', '.join(found)}."
