"""The tables of a sheet by kind: of indicators, of proposed tasks, and whatever else stands in rows and columns."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from planreview import reading
from planreview.catalogue import Cycle
from planreview.catalogue.texts import folded
from planreview.intake.headers import Column, column_of
from planreview.intake.ledger import Ledger
from planreview.intake.narratives import read_narratives
from planreview.intake.proposals import Paragraph, ProposalTable, find_paragraphs, find_proposals
from planreview.reading import Account, Table
from planreview.reading.kinds import may_head_units
from planreview.reading.text import plain_cell
from planreview.workbooks import GridCell, Sheet

# typed without accents; "Nam" over "2019" may be who is no woman
_BARE_YEAR = re.compile(r"\bnam(?=\s+(?:19|20)\d\d\b)", re.I)


@dataclass
class FoundTables:
    """``sheet`` as ``reading.prepared``; ``account`` that of its cells outside tables of proposed tasks;
    ``indicators`` those of its tables that tell values by period, or their units."""

    sheet: Sheet
    account: Account
    indicators: list[Table]
    proposals: list[ProposalTable]
    paragraphs: list[Paragraph]  # tasks as text, of a sheet that has no table


def find_tables(sheet: Sheet, cycle: Cycle, asked_in: int) -> FoundTables:
    """Read a sheet's tables; the rows of proposed tasks are never read as indicators.

    asked_in: the year of the round's deadline.
    """
    sheet = reading.prepared(sheet)
    account, proposals = reading.read_prepared(sheet), find_proposals(sheet)
    if proposals:
        starts = tuple(t.top for t in account.tables if _is_of_indicators(t, cycle, asked_in))
        proposals = find_proposals(sheet, starts)
        taken = {row for table in proposals for row in range(table.first_row, table.end_row + 1)}
        account = reading.read_prepared(sheet.without_rows(taken))
    tables = [t for t in account.tables if _is_of_indicators(t, cycle, asked_in)]
    paragraphs = [] if tables or proposals or is_guide(sheet.name) else _tasks_in_words(sheet)
    return FoundTables(sheet, account, tables, proposals, paragraphs)


def _tasks_in_words(sheet: Sheet) -> list[Paragraph]:
    """The tasks of a sheet without tables; none where a reader of words finds more in it than tasks: in "Nguyên nhân",
    "Giải pháp", "Bài học" a line that says who leads is a solution like those beside it."""
    paragraphs = find_paragraphs(sheet)
    if not paragraphs:
        return []
    tasks = {p.cell: len(p.fields) for p in paragraphs}
    said = Counter(narrative.cell for narrative in read_narratives(sheet, Ledger(sheet)))
    return paragraphs if all(n <= tasks.get(cell, 0) for cell, n in said.items()) else []


def is_guide(sheet_name: str) -> bool:
    """A sheet of words and numbers on how to fill in, which nobody reports."""
    return folded(sheet_name).startswith("huong dan")


def headed_by(column: reading.Column, cycle: Cycle, asked_in: int, without: Collection[str] = ()) -> Column:
    """What the numbers under a header are: by the texts of its cells, or as one text that is broken over them.

    without: texts of it that say something else: of which place the numbers are.
    """
    by_cells = column_of(head_texts(column, without), cycle, asked_in)
    return by_cells if by_cells.kind else column_of([t for t in column.path if t not in without], cycle, asked_in)


def told_by_line(line: reading.Line, cycle: Cycle, asked_in: int) -> Column:
    """What the numbers of a line are whose names are periods; "ĐVT" beside a row of units is none of them."""
    return column_of([name for name in line.path if not may_head_units(name)], cycle, asked_in)


def head_texts(column: reading.Column, without: Collection[str] = ()) -> list[str]:
    """The texts of a header's cells, outermost first; a date that shows only its year is that year."""
    texts = [_year(cell) or _BARE_YEAR.sub("Năm", plain_cell(cell)) for cell in column.heads]
    return [t for t in texts if t not in without]


def _year(cell: GridCell) -> str:
    shown = (cell.number_format or "").split(";")[0].lower()
    return str(cell.value.year) if isinstance(cell.value, dt.date) and set(shown) == {"y"} else ""


def _is_of_indicators(table: Table, cycle: Cycle, asked_in: int) -> bool:
    def tells(column: Column) -> bool:
        return column.kind not in ("", "derived")

    values = [c for c in table.columns.values() if c.role == "value"]
    headed = (headed_by(c, cycle, asked_in) for c in values)
    if any(c.role == "unit" for c in table.columns.values()) or any(tells(c) for c in headed):
        return bool(values)
    if sum(len(c.heads) > 1 and tells(column_of(head_texts(c)[-1:], cycle, asked_in)) for c in values) > 1:
        return True  # a name over each period: what the lines are, their own names tell
    lines = [line for line in table.lines if line.path and line.values]
    periods_down = [tells(told_by_line(line, cycle, asked_in)) for line in lines]
    return bool(values) and sum(periods_down) > 0.5 * len(periods_down)
