"""What a unit answers on the two sheets that `feedback` put before its own: read as answers, never as numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planreview.catalogue.texts import plain
from planreview.intake.issues import IssueLog
from planreview.intake.ledger import Ledger
from planreview.tables import Columns
from planreview.workbooks import GridCell, Sheet, Workbook, marks

ISSUES, RECEIPT = "Vấn đề cần xem lại", "Phiếu xác nhận số liệu"  # names of the sheets, and their titles in capitals
FILE_LINE, OVERALL = "Tệp đã gửi:", "Xác nhận chung:"
ISSUE_COLUMNS = (
    "STT", "Mức", "Vấn đề", "Cách xử lý", "Trang tính", "Ô", "Nội dung ô", "Trả lời", "Nội dung trả lời", "Mã",
)  # fmt: skip
RECEIPT_COLUMNS = (
    "STT", "Mã chỉ tiêu", "Chỉ tiêu", "Địa bàn", "Kỳ", "Loại số liệu", "Giá trị", "ĐVT", "Ghi trong ô", "Trang tính",
    "Ô", "Xác nhận", "Ý kiến",
)  # fmt: skip
ANSWERS = {"giữ nguyên": "keep", "sửa thành": "change", "giải thích": "explain"}
CONFIRMATIONS = {"đúng": "confirm", "không đúng": "object"}
MOST_RAW = 300  # letters of a cell's text that the sheets show
_TOP = 40  # rows among which a header is looked for


@dataclass
class Returned:
    """``workbook`` is without our sheets; ``replaces`` the submission that it gives back, '' where it is none.

    answers and ledger (sheet by sheet) lack the columns round, unit_code and (ledger) source_file.
    """

    workbook: Workbook
    replaces: str = ""
    answers: list[dict] = field(default_factory=list)
    ledger: list[Columns] = field(default_factory=list)
    only_answers: bool = False


def take_returned(workbook: Workbook, log: IssueLog) -> Returned:
    """Part a workbook into the unit's own sheets and ours, which are known by their header or, in a workbook that still
    carries the mark of ``feedback``, by their names. What a person has to act on is an issue."""
    of = workbook.properties.get(marks.FEEDBACK, "").strip()
    ours = {sheet.name: found for sheet in workbook.sheets if (found := _Ours.of(sheet, marked=bool(of)))}
    if not ours:
        return Returned(workbook)
    own = [sheet for sheet in workbook.sheets if sheet.name not in ours]
    result = Returned(replace(workbook, sheets=own), of or next(filter(None, (o.file for o in ours.values())), ""))
    result.only_answers = not any(sheet.rows for sheet in own)
    by_name = {sheet.name: sheet for sheet in own}
    for sheet in ours.values():
        result.ledger.append(sheet.ledger())
        for row in sheet.answers(log):
            row["source_file"] = result.replaces
            result.answers.append(row)
            _say_wishes(row, by_name.get(row["sheet"]), log)
    return result


def is_ours(sheet: Sheet, *, marked: bool) -> bool:
    """Whether `feedback` wrote a sheet; ``marked``: the workbook carries its mark."""
    return _Ours.of(sheet, marked=marked) is not None


def _say_wishes(row: dict, sheet: Sheet | None, log: IssueLog) -> None:
    """A number is never changed by an answer: that the unit wants another one is said to whoever can correct it."""
    cell = next((c for c in sheet.cells.values() if c.address == row["cell"]), None) if sheet and row["cell"] else None
    where = f"ô {row['cell']} trang “{row['sheet']}”" if row["cell"] else "tệp đã gửi"
    how = "Hãy đề nghị đơn vị sửa ngay trong ô, hoặc ghi một dòng vào data/reference/corrections.csv"
    unchanged = cell is None or cell.raw[:MOST_RAW] == row["raw"]
    if row["answer"] == "change" and unchanged:
        message = f"Đơn vị trả lời sửa {where} thành “{row['text']}” nhưng chưa sửa trong ô"
        log.add("warning", "source.change_asked", message, how, sheet=sheet.name if sheet else "", cell=cell)
    elif row["answer"] == "object" and unchanged:
        said = f": “{row['text']}”" if row["text"] else ""
        message = f"Đơn vị không xác nhận số đã đọc ở {where}{said}"
        log.add("warning", "source.objected", message, how, sheet=sheet.name if sheet else "", cell=cell)


def _is_title(text: str, name: str) -> bool:
    # lengths first: all cells of all files are looked at; decomposed letters make a text up to twice as long
    return len(name) <= len(text) <= 2 * len(name) and plain(text).casefold() == name.casefold()


@dataclass
class _Ours:
    """One of our sheets. ``header`` is the row of its headings, 0 where that is gone."""

    sheet: Sheet
    columns: tuple[str, ...]
    header: int
    places: dict[str, int]

    @classmethod
    def of(cls, sheet: Sheet, *, marked: bool) -> _Ours | None:
        """None for a sheet of the unit."""
        for name, columns in ((ISSUES, ISSUE_COLUMNS), (RECEIPT, RECEIPT_COLUMNS)):
            titled = marked and plain(sheet.name).startswith(name)
            for row in range(1, _TOP + 1):
                cells = sheet.texts(row)
                titled = titled or any(_is_title(c.text, name) for c in cells)
                headed = {plain(c.text): c.column for c in cells} if titled else {}
                if set(columns) <= set(headed):
                    return cls(sheet, columns, row, headed)
            if titled and marked:
                return cls(sheet, columns, 0, {})
        return None

    @property
    def file(self) -> str:
        """The submission that the sheet speaks of, as its own line says."""
        lines = (plain(cell.text) for cell in self.sheet.cells.values())
        return next((t.removeprefix(FILE_LINE).strip() for t in lines if t.startswith(FILE_LINE)), "")

    def ledger(self) -> Columns:
        """Every cell is a note, but for the headings."""
        ledger = Ledger(self.sheet)
        for cell in self.sheet.row(self.header):
            ledger.set(cell, "header", "read.feedback")
        for cell in ledger.unclaimed():
            ledger.set(cell, "note", "read.feedback")
        return ledger.rows()

    def answers(self, log: IssueLog) -> list[dict]:
        """One row per line that says anything. A word that was not offered is kept in ``text``, and said."""
        if not self.header:
            log.add(
                "warning",
                "read.answers_lost",
                f"Trang “{self.sheet.name}” không còn dòng tiêu đề nên không đọc được câu trả lời của đơn vị",
                "Hãy xem trang này trong tệp, hoặc đề nghị đơn vị trả lời lại trên tệp phản hồi mới",
            )
            return []
        receipt = self.columns == RECEIPT_COLUMNS
        word, words = ("Xác nhận", "Ý kiến") if receipt else ("Trả lời", "Nội dung trả lời")
        known = CONFIRMATIONS if receipt else ANSWERS
        rows = [self._overall(log)] if receipt else []
        for number in range(self.header + 1, self.sheet.last_row + 1):
            if answer := self._answer(self._at(number, word), self._at(number, words), known, log):
                said = {"issue_code": "" if receipt else self._text(number, "Mã")}
                said |= {"sheet": self._text(number, "Trang tính"), "cell": self._text(number, "Ô")}
                said["raw"] = self._raw(number, "Ghi trong ô" if receipt else "Nội dung ô")
                rows.append(said | answer)
        return [row for row in rows if row]

    def _overall(self, log: IssueLog) -> dict:
        """The answer beside "Xác nhận chung:", which is about the whole file."""
        for row in range(1, self.header):
            cells = self.sheet.row(row)
            if cells and plain(cells[0].text) == OVERALL:
                answer = self._answer(cells[1] if len(cells) > 1 else None, None, CONFIRMATIONS, log)
                return {"issue_code": "", "sheet": "", "cell": "", "raw": ""} | answer if answer else {}
        return {}

    def _answer(self, chosen: GridCell | None, text: GridCell | None, known: dict[str, str], log: IssueLog) -> dict:
        choice, said = (plain(cell.raw) if cell else "" for cell in (chosen, text))
        if not choice and not said:
            return {}
        answer = known.get(choice.casefold(), "")
        if choice and not answer:
            said = f"{choice}: {said}" if said else choice
            log.add(
                "info",
                "read.answer_unknown",
                f"Không hiểu câu trả lời “{choice}” của đơn vị ở trang “{self.sheet.name}”, ô {chosen.address}",
                f"Câu trả lời dùng các từ: {', '.join(known)}. Hãy đọc câu này và xử lý như ý kiến của đơn vị",
            )
        place = chosen or text
        found = {"answer": answer, "text": said}
        return found | {"answered_sheet": self.sheet.name, "answered_cell": place.address if place else ""}

    def _at(self, row: int, heading: str) -> GridCell | None:
        return self.sheet.cells.get((row, self.places[heading]))

    def _raw(self, row: int, heading: str) -> str:
        cell = self._at(row, heading)
        return cell.raw if cell else ""

    def _text(self, row: int, heading: str) -> str:
        return self._raw(row, heading).strip()
