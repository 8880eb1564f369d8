"""The workbook that goes back: the unit's own with its cells marked, or one made anew from what was read."""

from __future__ import annotations

from collections.abc import Mapping

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Catalogue, texts
from planreview.feedback.issue_sheet import SEVERITIES, write_issue_sheet
from planreview.feedback.letter import Letter
from planreview.feedback.receipt_sheet import write_receipt_sheet
from planreview.intake.returned import ISSUES, RECEIPT, is_ours
from planreview.workbooks import GridCell, Sheet, Workbook, marks, read_workbook_safely
from planreview.workbooks.kept import CannotKeep, lost_when_saved, open_kept, saved
from planreview.workbooks.marking import mark_cell, take_off_marks
from planreview.workbooks.outward import first_reaching_out
from planreview.workbooks.rebuilt import free_name, rebuild
from planreview.workbooks.saving import same_bytes

_OWN_KIND = "xlsx"
_MOST_TEXT = 20_000_000  # letters
_TOO_MUCH = "Tệp có quá nhiều chữ nên không được trả lại ở đây; các ô cần xem lại nằm trong tệp của đơn vị."
_REBUILT = (
    "Tệp gửi dạng .{kind} được trả lại dạng .xlsx: giữ nội dung ô, cách hiện số và ô gộp; không giữ màu, kẻ khung, "
    "hình vẽ; ô có công thức có thể chỉ còn kết quả."
)
_NOT_KEPT = (
    "Không giữ được định dạng của tệp ({why}); các trang sau được dựng lại từ nội dung ô đã đọc, không còn màu, "
    "kẻ khung, hình vẽ."
)


def build_feedback(content: bytes, letter: Letter, catalogue: Catalogue) -> bytes:
    """The workbook for one submission, whose bytes are ``content``. The same input gives the same bytes.

    Nothing in it reaches out of it, and what the unit's cells hold is, cell by cell, what was submitted.
    """
    if letter.register["status"] == "unreadable":
        return _alone(letter, None, [])
    grid = read_workbook_safely(content)
    marked = bool(grid.properties.get(marks.FEEDBACK))
    grid.sheets[:] = [sheet for sheet in grid.sheets if not is_ours(sheet, marked=marked)]
    if sum(len(cell.raw) for sheet in grid.sheets for cell in sheet.cells.values()) > _MOST_TEXT:
        return _alone(letter, {}, [_TOO_MUCH], catalogue)
    said = _REBUILT.format(kind=grid.kind)
    for drawings in (True, False) if grid.kind == _OWN_KIND else ():
        try:
            return _own(content, grid, letter, catalogue, drawings=drawings)
        except CannotKeep as reason:
            said = _NOT_KEPT.format(why=reason)
    book, names = rebuild(grid)
    _finish(book, names, letter, catalogue, [said])
    return same_bytes(book, {names[sheet.name]: _by_address(sheet) for sheet in grid.sheets})


def _own(content: bytes, grid: Workbook, letter: Letter, catalogue: Catalogue, *, drawings: bool) -> bytes:
    """Raises CannotKeep where the unit's workbook would not come back whole and harmless."""
    kept = open_kept(content, grid, drawings=drawings)
    left_out = [f"Đã bỏ khỏi tệp vì an toàn: {'; '.join(kept.taken)}."] if kept.taken else []
    if lost := lost_when_saved(content, grid, drawings=drawings) + kept.lost:
        left_out.append(f"Tệp trả lại không còn: {'; '.join(lost)}. Bản gốc của đơn vị vẫn còn nguyên.")
    _finish(kept.book, {sheet.name: sheet.name for sheet in grid.sheets}, letter, catalogue, left_out)
    made = saved(kept.book, {sheet.name: _by_address(sheet) for sheet in grid.sheets})
    if part := first_reaching_out(made):
        raise CannotKeep(f"phần {part} trỏ ra ngoài tệp")
    again = {sheet.name: sheet for sheet in read_workbook_safely(made).sheets}
    for sheet in grid.sheets:
        cells = {place: (c.raw, c.is_number, c.hidden) for place, c in again[sheet.name].cells.items()}
        if cells != {place: (c.raw, c.is_number, c.hidden) for place, c in sheet.cells.items()}:
            raise CannotKeep(f"nội dung ô ở trang “{sheet.name}” không còn như đã gửi")
    return made


def _by_address(sheet: Sheet) -> dict[str, GridCell]:
    return {cell.address: cell for cell in sheet.cells.values()}


def _finish(
    book: openpyxl.Workbook, names: dict[str, str], letter: Letter, catalogue: Catalogue, left_out: list[str]
) -> None:
    """Mark the cells, and put our sheets first. ``names``: of the book's sheets by the submission's."""
    for name in names.values():
        take_off_marks(book[name])
    found: dict[tuple[str, str], list] = {}
    for issue in letter.issues:
        if issue["cell"] and issue["sheet"] in names:
            found.setdefault((issue["sheet"], issue["cell"]), []).append(issue)
    for (sheet, cell), issues in found.items():
        severity = min((issue["severity"] for issue in issues), key=list(SEVERITIES).index)
        mark_cell(book[names[sheet]], cell, severity, [_words(issue) for issue in issues])
    write_issue_sheet(_new_sheet(book, ISSUES, 0), letter, names, left_out)
    write_receipt_sheet(_new_sheet(book, RECEIPT, 1), letter, names, catalogue)
    _sign(book, letter)


def _words(issue: Mapping) -> str:
    said = f"{texts.sentence(SEVERITIES[issue['severity']])}: {issue['message_vi']}."
    return f"{said} Cách xử lý: {issue['suggestion_vi']}." if issue["suggestion_vi"] else said


def _new_sheet(book: openpyxl.Workbook, name: str, index: int) -> Worksheet:
    return book.create_sheet(free_name(name, {s.title for s in book._sheets}), index)


def _alone(
    letter: Letter, names: Mapping[str, str] | None, left_out: list[str], catalogue: Catalogue | None = None
) -> bytes:
    """Only what is said of a submission that cannot be given back; with ``catalogue`` the receipt of what was read."""
    book = openpyxl.Workbook()
    book.active.title = ISSUES
    write_issue_sheet(book.active, letter, names, left_out)
    if catalogue:
        write_receipt_sheet(book.create_sheet(RECEIPT), letter, {}, catalogue)
    _sign(book, letter)
    return same_bytes(book)


def _sign(book: openpyxl.Workbook, letter: Letter) -> None:
    """Say in the file what it is and whose, so that it is known when it comes back; open at the first sheet."""
    own = {
        marks.UNIT: letter.unit.code,
        marks.ROUND: letter.round.code,
        marks.FORM: letter.register["form"],
        marks.PROVENANCE: "simulated" if letter.simulated else "",
    }
    properties = book.custom_doc_props
    if marks.FEEDBACK in properties.names:
        del properties[marks.FEEDBACK]
    properties.append(StringProperty(name=marks.FEEDBACK, value=letter.register["source_file"]))
    for name, value in own.items():
        if value and name not in properties.names:
            properties.append(StringProperty(name=name, value=value))
    moment = letter.received or letter.round.deadline
    book.properties.created = moment.replace(tzinfo=None, microsecond=0)  # the same input, the same bytes
    book.properties.modified = book.properties.created
    book.active = 0
    book.active.sheet_view.tabSelected = True
    for view in book.views:
        view.firstSheet = 0
