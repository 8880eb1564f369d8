"""The account of a sheet: every non-empty cell has one fate, and a cell that nobody claims is a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from planreview.reading.columns import Column
from planreview.reading.lines import Line
from planreview.reading.values import Reading
from planreview.workbooks import GridCell, Sheet


@dataclass(slots=True)
class Item:
    """A cell among the values of a table, with what its place says of it.

    line:    the row of names that it belongs to.
    columns: the names that lead to its column, outermost first.
    unit:    as written, wherever the table says it.
    reading: what stands in the cell; its value is told in ``unit``.
    period:  as the contracts write it, '' where no words name one. kind: actual, estimate, target, derived, ''.
    fate:    value, derived, blank_mark, rejected, unmatched. ``detail`` says why, in Vietnamese.
    """

    cell: GridCell
    line: Line
    columns: tuple[str, ...]
    unit: str
    fate: str
    reading: Reading
    period: str = ""
    kind: str = ""
    detail: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The names that lead to its line, outermost first."""
        return self.line.path

    @property
    def value(self) -> Decimal | None:
        """None for words, marks, errors and what was rejected."""
        return self.reading.value

    @property
    def upper(self) -> Decimal | None:
        return self.reading.upper

    @property
    def qualifier(self) -> str:
        """'', >=, >, <=, <, ~, range (``value`` to ``upper``), text (a target in words)."""
        return self.reading.qualifier


@dataclass
class Table:
    """A table as it was understood: its columns by number, and its lines in order, block by block.

    top, head_end: first and last row of its header (of its first line where it has none).
    """

    top: int
    head_end: int
    columns: dict[int, Column]
    lines: list[Line]
    title: str = ""


@dataclass
class Account:
    """Fates by cell, the items behind the values, and the tables that these stand in."""

    sheet: Sheet
    fates: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    items: dict[tuple[int, int], Item] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)

    def claim(self, cell: GridCell | None, fate: str, detail: str = "") -> None:
        """Give a cell its fate; the first claim holds."""
        if cell is not None:
            self.fates.setdefault((cell.row, cell.column), (fate, detail))

    def add(self, item: Item) -> None:
        place = (item.cell.row, item.cell.column)
        if place not in self.fates:
            self.fates[place] = (item.fate, item.detail)
            self.items[place] = item

    def fate(self, cell: GridCell) -> tuple[str, str]:
        return self.fates.get((cell.row, cell.column), ("note", ""))
