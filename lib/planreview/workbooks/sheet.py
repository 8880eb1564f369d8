"""A sheet as a grid of cells, whatever file it came from, and the workbook that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from planreview.memory import without_cycle_search
from planreview.workbooks.grid import GridCell, Note
from planreview.workbooks.stretches import Part, Place, Stretch, cells_of, gathered


class Sheet:
    """Made from ``cells`` by (row, column), or from ``rows`` of parts, ascending, or what makes these; each is made of
    the other where somebody asks for it, and from then on nobody may change the sheet.

    merges: each covered position → the top left one of its merged area.
    """

    def __init__(
        self,
        name: str,
        hidden: bool,
        cells: dict[Place, GridCell] | None = None,
        merges: dict[Place, Place] | None = None,
        *,
        rows: dict[int, list[Part]] | None = None,
        make_rows: Callable[[], dict[int, list[Part]]] | None = None,
    ) -> None:
        self.name, self.hidden = name, hidden
        self.merges = merges if merges is not None else {}
        self._make_rows = make_rows
        if rows is not None:
            self.rows = rows
        elif make_rows is None:
            self.cells = cells if cells is not None else {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sheet):
            return NotImplemented
        mine, its = ((s.name, s.hidden, s.cells, s.merges) for s in (self, other))
        return mine == its

    __hash__ = None

    @cached_property
    def cells(self) -> dict[Place, GridCell]:
        return {(c.row, c.column): c for parts in self.rows.values() for c in cells_of(parts)}

    @cached_property
    def rows(self) -> dict[int, list[Part]]:
        """The parts of each row, left to right: cells, and stretches of plain numbers."""
        if (make_rows := self._make_rows) is not None:
            self._make_rows = None  # it holds all that they are made of
            with without_cycle_search():
                return make_rows()
        return gathered((self.cells[place] for place in sorted(self.cells)), self.merges)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return sum(len(p.shape.columns) if type(p) is Stretch else 1 for parts in self.rows.values() for p in parts)

    def find(self, row: int, column: int) -> GridCell | None:
        """The cell there."""
        for part in self.rows.get(row, ()):
            if type(part) is Stretch:
                if column in part.shape.places:
                    return part.cell(column)
            elif part.column == column:
                return part
        return None

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell there, or the one that a merged area shows there."""
        if self.merges:
            row, column = self.merges.get((row, column), (row, column))
        return self.find(row, column)

    def row(self, row: int) -> list[GridCell]:
        """The cells of a row, left to right."""
        return cells_of(self.rows.get(row, ()))

    def texts(self, row: int) -> list[GridCell]:
        """The cells of a row that hold words, left to right."""
        return [p for p in self.rows.get(row, ()) if type(p) is not Stretch and isinstance(p.value, str)]

    @cached_property
    def columns(self) -> frozenset[int]:
        """The columns that hold anything."""
        shapes = {part.shape for parts in self.rows.values() for part in parts if type(part) is Stretch}
        return frozenset([c.column for c in self.singles] + [column for shape in shapes for column in shape.columns])

    @cached_property
    def singles(self) -> list[GridCell]:
        """The cells that stand in no stretch: all texts, errors and formulas without a result among them."""
        return [part for parts in self.rows.values() for part in parts if type(part) is not Stretch]

    def with_changed(self, changed: Mapping[Place, GridCell]) -> Sheet:
        """The sheet with other cells for some of its singles."""
        rows = {
            row: [p if type(p) is Stretch else changed.get((row, p.column), p) for p in parts]
            for row, parts in self.rows.items()
        }
        return Sheet(self.name, self.hidden, merges=self.merges, rows=rows)

    def without_rows(self, rows: set[int]) -> Sheet:
        kept = {row: parts for row, parts in self.rows.items() if row not in rows}
        return Sheet(self.name, self.hidden, merges=self.merges, rows=kept)

    @property
    def last_row(self) -> int:
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        return max(self.columns, default=0)


@dataclass(frozen=True)
class Workbook:
    """``properties`` are the file's custom document properties.

    kind:     what the file is, by its content: xlsx, xlsb, xls, ods, csv, html, xml, sylk, dif.
    notes:    what was not read or only read with doubt (macro sheets, links to other files, a guessed encoding).
    date1904: whether its dates count from 1904; dates in cells are already right.
    """

    sheets: list[Sheet]
    properties: dict[str, str]
    kind: str = ""
    notes: tuple[Note, ...] = ()
    date1904: bool = False
