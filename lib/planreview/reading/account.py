"""The account of a sheet: every non-empty cell has one fate, and a cell that nobody claims is a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from planreview.workbooks import GridCell, Sheet


@dataclass(slots=True)
class Item:
    """A cell among the values of a table, with what its place says of it.

    rows, columns: the names that lead to its line and its column, outermost first.
    value:     in ``unit`` as written; None for words, marks, errors and what was rejected.
    qualifier: '', >=, >, <=, <, ~, range (``value`` to ``upper``), text (a target in words).
    period:    as the contracts write it, '' where no words name one. kind: actual, estimate, target, derived, ''.
    fate:      value, derived, blank_mark, rejected, unmatched. ``detail`` says why, in Vietnamese.
    """

    cell: GridCell
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    unit: str
    fate: str
    value: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str = ""
    period: str = ""
    kind: str = ""
    detail: str = ""


@dataclass
class Account:
    """Fates by cell, and the items behind the values."""

    sheet: Sheet
    fates: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    items: dict[tuple[int, int], Item] = field(default_factory=dict)

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
