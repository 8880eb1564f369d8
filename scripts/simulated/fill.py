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
from scripts.simulated.words import TOPICS, causes, explanations, proposals

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
class Mess:
    """What a habit did: ``outcome`` of the ``numbers`` that hang on it (value: read as meant; again: they stand in the
    file once more; rejected: unreadable, to be said; wrong: read as typed, and a check must speak), else of the
    ``cells`` that it touched (none: no number; rejected: to be said)."""

    kind: str
    outcome: str
    numbers: list[Number]
    cells: list[Cell]


@dataclass
class Filled:
    """A filled form: its workbook, the table's sheet, its numbers, and the open cells left empty.

    ``heads``: the header's cells of ordinals, codes, names, units and notes; ``headings``: those over numbers;
    ``names``: the cells of the indicators' names; ``results``: what formulas come to, kept in the file.
    """

    book: openpyxl.Workbook
    sheet: Worksheet
    columns: list[FormColumn]
    header: int
    series: Mapping[str, Series]
    catalogue: Catalogue
    names: dict[str, Cell] = field(default_factory=dict)
    heads: dict[str, Cell] = field(default_factory=dict)
    headings: list[Cell] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    empty: list[Cell] = field(default_factory=list)
    mess: list[Mess] = field(default_factory=list)
    results: dict[Cell, float] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def column(self, role: str) -> int:
        return self.heads[role].column

    def last(self, heading: str) -> int:
        return next(n for n, c in enumerate(self.columns, 1) if c.heading == heading)

    def _beside(self, code: str, role: str) -> Cell | None:
        name = self.names[code]
        return name.parent.cell(name.row, self.column(role)) if role in self.heads else None

    def ordinal_cell(self, code: str) -> Cell | None:
        return self._beside(code, "ordinal")

    def code_cell(self, code: str) -> Cell | None:
        return self._beside(code, "code")

    def unit_cell(self, code: str) -> Cell | None:
        return self._beside(code, "unit")

    def unit_column(self) -> int:
        return self.column("unit") if "unit" in self.heads else 0

    def note_column(self) -> int:
        return self.column("note")

    def label(self, code: str) -> str:
        return str(self.names[code].value)

    def level(self, code: str) -> int:
        return self.catalogue.indicators[code].code.count(".")

    def unit_of(self, code: str) -> str:
        """The unit of a row as the form had it; '' where the table has no column of units."""
        return self.units.get(code, "") if "unit" in self.heads else ""

    def unit(self, number: Number) -> str:
        return self.units.get(number.code, "")

    def note(self, kind: str, outcome: str, numbers: list[Number], cells: list[Cell] | None = None) -> None:
        self.mess.append(Mess(kind, outcome, list(numbers), list(cells or [])))

    def taken(self) -> set[int]:
        """Numbers that another habit has changed, or the row they stand in."""
        whole = len(self.numbers)
        return {id(n) for mess in self.mess if len(mess.numbers) < whole / 2 for n in mess.numbers}

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

    def blank_row(self, code: str) -> None:
        """Take all that was filled into a row out again."""
        row = self.names[code].row
        self.empty += [n.cell for n in self.numbers if n.code == code]
        self.numbers = [n for n in self.numbers if n.code != code or _emptied(n.cell)]
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
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(header, number)
        if column.role == VALUE:
            filled.headings.append(cell)
        elif column.role != "words" and column.role != "derived":
            filled.heads[column.role] = cell
        filled.heads["note"] = cell  # the last one
    for row in range(header + 1, sheet.max_row + 1):
        code = sheet.cell(row, filled.column("code")).value
        indicator = catalogue.indicators.get(code)
        if indicator is None or not indicator.unit:
            continue
        filled.names[code] = sheet.cell(row, filled.column("label"))
        filled.units[code] = sheet.cell(row, filled.column("unit")).value
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


def explain(filled: Filled, unit: Unit) -> list[tuple[str, str]]:
    """The sheet of explanations; its sentences cite only numbers that stand in the table. Returns what was written,
    with its topic."""
    sheet = filled.book[NARRATIVE]
    cited = {n.code: n.cell.value for n in filled.numbers if n.period == str(LAST)}
    sentences = explanations(unit, cited, filled.catalogue)
    waiting: list[str] = []
    topic, said = "", []
    for row in range(1, sheet.max_row + 1):
        heading = sheet.cell(row, 1).value
        waiting = list(sentences.get(heading, waiting))
        topic = TOPICS.get(heading, topic)
        cell = sheet.cell(row, 2)
        if waiting and not cell.protection.locked:
            cell.value = waiting.pop(0)
            said.append((topic.partition("_")[0], cell.value))
    return said


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
