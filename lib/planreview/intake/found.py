"""The tables of a sheet by kind: of indicators, of proposed tasks, and whatever else stands in rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planreview import reading
from planreview.catalogue import Cycle
from planreview.intake.headers import column_of
from planreview.intake.proposals import ProposalTable, find_proposals
from planreview.reading import Account, Table
from planreview.workbooks import Sheet


@dataclass
class FoundTables:
    """``sheet`` is in Unicode; ``account`` that of its cells outside tables of proposed tasks; ``indicators`` those of
    its tables that tell values by period, or their units."""

    sheet: Sheet
    account: Account
    indicators: list[Table]
    proposals: list[ProposalTable]


def find_tables(sheet: Sheet, cycle: Cycle, asked_in: int) -> FoundTables:
    """Read a sheet's tables; the rows of proposed tasks are never read as indicators.

    asked_in: the year of the round's deadline.
    """
    sheet = reading.unicode_sheet(sheet)
    account, proposals = reading.read_sheet(sheet), find_proposals(sheet)
    if proposals:
        starts = tuple(t.top for t in account.tables if _is_of_indicators(t, cycle, asked_in))
        proposals = find_proposals(sheet, starts)
        taken = {row for table in proposals for row in range(table.first_row, table.end_row + 1)}
        cells = {place: cell for place, cell in sheet.cells.items() if place[0] not in taken}
        account = reading.read_sheet(replace(sheet, cells=cells))
    tables = [t for t in account.tables if _is_of_indicators(t, cycle, asked_in)]
    return FoundTables(sheet, account, tables, proposals)


def _is_of_indicators(table: Table, cycle: Cycle, asked_in: int) -> bool:
    def tells(path: tuple[str, ...]) -> bool:
        return column_of(list(path), cycle, asked_in).kind not in ("", "derived")

    values = [c for c in table.columns.values() if c.role == "value"]
    if any(c.role == "unit" for c in table.columns.values()) or any(tells(c.path) for c in values):
        return bool(values)
    periods_down = [tells(line.path) for line in table.lines if line.path and line.values]
    return bool(values) and sum(periods_down) > 0.5 * len(periods_down)
