"""A sheet as a grid of cells, whatever file it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.utils import get_column_letter

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True)
class GridCell:
    """One non-empty cell. ``row`` and ``column`` count from 1.

    value:         what the cell holds (a formula's cached result); None for an error or a formula without a result.
    raw:           the text as typed: of a number its shortest decimal, of an error its code, of a bare formula itself.
    number_format: the format code, None where the file's reader gives none (not known).
    """

    row: int
    column: int
    value: Value | None
    raw: str
    hidden: bool = False
    is_formula: bool = False
    number_format: str | None = None

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The words of a text cell, '' for any other."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


@dataclass
class Sheet:
    """``cells`` by (row, column); ``merges`` maps each covered position to the top left one of its merged area."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], GridCell]
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell there, or the one that a merged area shows there."""
        return self.cells.get(self.merges.get((row, column), (row, column)))

    def row(self, row: int) -> list[GridCell]:
        """The cells of a row, left to right."""
        return self._rows.get(row, [])

    @cached_property
    def _rows(self) -> dict[int, list[GridCell]]:
        rows: dict[int, list[GridCell]] = {}
        for (r, _), cell in sorted(self.cells.items()):
            rows.setdefault(r, []).append(cell)
        return rows

    @property
    def last_row(self) -> int:
        return max((r for r, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((c for _, c in self.cells), default=0)


@dataclass(frozen=True)
class Workbook:
    """``properties`` are the file's custom document properties."""

    sheets: list[Sheet]
    properties: dict[str, str]
