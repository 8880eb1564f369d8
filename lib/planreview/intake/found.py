"""The tables of a sheet by kind: of indicators, of proposed tasks, and whatever else stands in rows and columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from planreview import reading
from planreview.catalogue import Cycle
from planreview.catalogue.texts import folded
from planreview.intake.headers import Column, column_of
from planreview.intake.ledger import Ledger
from planreview.intake.narratives import read_narratives
from planreview.intake.proposals import Paragraph, ProposalTable, find_paragraphs, find_proposals
from planreview.reading import Account, Table
from planreview.reading.text import plain_cell
from planreview.workbooks import Sheet


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


def headed_by(column: reading.Column, cycle: Cycle, asked_in: int) -> Column:
    """What the numbers under a header are: by the texts of its cells, or as one text that is broken over them."""
    by_cells = column_of([plain_cell(cell) for cell in column.heads], cycle, asked_in)
    return by_cells if by_cells.kind else column_of(list(column.path), cycle, asked_in)


def _is_of_indicators(table: Table, cycle: Cycle, asked_in: int) -> bool:
    def tells(column: Column) -> bool:
        return column.kind not in ("", "derived")

    values = [c for c in table.columns.values() if c.role == "value"]
    headed = (headed_by(c, cycle, asked_in) for c in values)
    if any(c.role == "unit" for c in table.columns.values()) or any(tells(c) for c in headed):
        return bool(values)
    lines = [line for line in table.lines if line.path and line.values]
    periods_down = [tells(column_of(list(line.path), cycle, asked_in)) for line in lines]
    return bool(values) and sum(periods_down) > 0.5 * len(periods_down)
