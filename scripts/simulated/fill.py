"""A blank form of planreview filled in as a unit would, and the truth of every number put into it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import openpyxl
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet
from scripts.simulated.numbers import LAST, Series, period_target
from scripts.simulated.words import causes, explanations, proposals

from planreview.catalogue import Catalogue, Round, Unit
from planreview.forms import build_form
from planreview.forms.columns import VALUE, FormColumn, columns_of
from planreview.forms.narrative_sheet import NAME as NARRATIVE
from planreview.forms.prefill import Prefill
from planreview.forms.styles import grow_from, height
from planreview.workbooks import marks

MARK = "SỐ LIỆU MÔ PHỎNG để chạy thử, không phải số liệu của đơn vị"


@dataclass
class Number:
    """A number in a cell: what it is, and ``truth``, as it must be read whatever the cell is made to look like."""

    cell: Cell
    code: str
    period: str
    kind: str
    plan: str
    truth: str = ""

    def write(self, value: float) -> None:
        """Put a number into the cell, a whole one as Excel has it."""
        self.cell.value = int(value) if float(value).is_integer() else value
        self.truth = str(self.cell.value)


@dataclass
class Filled:
    """A filled form: its workbook, the table's sheet and rows, its numbers, and the open cells left empty."""

    book: openpyxl.Workbook
    sheet: Worksheet
    columns: list[FormColumn]
    header: int
    series: Mapping[str, Series]
    catalogue: Catalogue
    rows: dict[str, int] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    empty: list[Cell] = field(default_factory=list)

    def column(self, role: str) -> int:
        return next(n for n, c in enumerate(self.columns, 1) if c.role == role)

    def last(self, heading: str) -> int:
        return next(n for n, c in enumerate(self.columns, 1) if c.heading == heading)

    def fill_row(self, row: int, code: str) -> None:
        """Write what the unit's series has of an indicator into a row."""
        series, indicator = self.series.get(code, {}), self.catalogue.indicators[code]
        for column, says in ((n, c.says) for n, c in enumerate(self.columns, 1) if c.role == VALUE):
            cell = self.sheet.cell(row, column)
            value = period_target(series, indicator) if "-" in says.period else series.get(int(says.period))
            if value is None:
                self.empty.append(cell)
                continue
            self.numbers.append(Number(cell, code, says.period, says.kind, says.plan))
            self.numbers[-1].write(value)

    def blank_row(self, row: int) -> None:
        """Take all that was filled into a row out again."""
        self.numbers = [n for n in self.numbers if n.cell.row != row or _emptied(n.cell)]
        for number, column in enumerate(self.columns, 1):
            if column.role == "words":
                self.sheet.cell(row, number).value = None


def _emptied(cell: Cell) -> bool:
    cell.value = None
    return False


def fill_indicators(
    form: str, unit: Unit, round_: Round, catalogue: Catalogue, series: Mapping[str, Series], *, explained: bool = True
) -> Filled:
    """Appendix I or II of a unit with the numbers of ``series``, and causes and solutions beside them."""
    content = build_form(form, unit, round_, catalogue, Prefill(mark=MARK, provenance="simulated"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    columns = columns_of(catalogue.cycle(round_.cycle), round_.deadline.year)
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == columns[0].heading)
    filled = Filled(book, sheet, columns, header, series, catalogue)
    code_column = filled.column("code")
    for row in range(header + 1, sheet.max_row + 1):
        code = sheet.cell(row, code_column).value
        indicator = catalogue.indicators.get(code)
        if indicator is None or not indicator.unit:
            continue
        filled.rows[code] = row
        filled.fill_row(row, code)
        if explained and code in series:
            words = causes(indicator, series[code], unit.code, unit.kind)
            _write_words(filled, row, words)
    _sign(sheet, header)
    return filled


def _write_words(filled: Filled, row: int, words: tuple[str, str]) -> None:
    needed = filled.sheet.row_dimensions[row].height or 0
    places = [n for n, c in enumerate(filled.columns, 1) if c.role == "words"]
    for number, text in zip(places, words, strict=False):
        if text:
            cell = filled.sheet.cell(row, number)
            cell.value = text
            needed = max(needed, height(text, filled.columns[number - 1].width, cell.font.size))
    grow_from(filled.sheet, row, needed)


def explain(filled: Filled, unit: Unit) -> None:
    """The sheet of explanations; its sentences cite only numbers that stand in the table."""
    sheet = filled.book[NARRATIVE]
    cited = {n.code: n.cell.value for n in filled.numbers if n.period == str(LAST)}
    sentences = explanations(unit, cited, filled.catalogue)
    waiting: list[str] = []
    for row in range(1, sheet.max_row + 1):
        waiting = list(sentences.get(sheet.cell(row, 1).value, waiting))
        cell = sheet.cell(row, 2)
        if waiting and not cell.protection.locked:
            cell.value = waiting.pop(0)


def _sign(sheet: Worksheet, header: int) -> None:
    """The line of place and date over the signatures stays as many leave it; who signs is nobody's name."""
    for row in sheet.iter_rows(min_row=header):
        for cell in row:
            if cell.value == "(Ký, đóng dấu, ghi rõ họ tên)":
                sheet.cell(cell.row + 2, cell.column).value = "(Đã ký)"
                return


def fill_proposals(unit: Unit, round_: Round, catalogue: Catalogue) -> openpyxl.Workbook:
    """Appendix III of a unit with its rows of proposals.csv."""
    book = openpyxl.load_workbook(io.BytesIO(build_form("III", unit, round_, catalogue)))
    sheet = book.worksheets[0]
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "TT")
    for row, proposal in enumerate(proposals()[unit.code], header + 1):
        texts = list(proposal.values())
        for column, text in enumerate(texts, 2):
            sheet.cell(row, column).value = text or None
        widths = [sheet.column_dimensions[sheet.cell(row, c).column_letter].width for c in range(2, len(texts) + 2)]
        needed = max(height(t, w, 11) for t, w in zip(texts, widths, strict=True))
        grow_from(sheet, row, max(needed, sheet.row_dimensions[row].height or 0))
    sheet.cell(3, 1).value = f"({MARK})"
    book.custom_doc_props.append(StringProperty(name=marks.PROVENANCE, value="simulated"))
    return book
