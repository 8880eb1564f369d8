"""The account of a sheet: every non-empty cell has one fate, and a cell that nobody claims is a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from planreview.reading.columns import Column
from planreview.reading.lines import Line
from planreview.reading.values import Reading, plain_number
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


@dataclass(frozen=True)
class Said:
    """What the places of several cells of a line say of them, one entry a cell; lines alike share one.

    numbers: their columns in the sheet, left to right. columns: the names that lead to each. labels: these as one text.
    letters: the columns as the sheet shows them.
    """

    numbers: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    fates: tuple[str, ...]
    periods: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    letters: tuple[str, ...]

    @cached_property
    def without_detail(self) -> tuple[tuple[str, str], ...]:
        """The fates as the account has them."""
        return tuple((fate, "") for fate in self.fates)


@dataclass(slots=True)
class Run:
    """Cells of one line that hold plain numbers: most of a table. They become items where somebody asks for them."""

    line: Line
    cells: list[GridCell]
    said: Said

    def items(self) -> Iterator[Item]:
        said = self.said
        each = zip(self.cells, said.columns, said.units, said.fates, said.periods, said.kinds, strict=True)
        for cell, columns, unit, fate, period, kind in each:
            yield Item(cell, self.line, columns, unit, fate, plain_number(cell), period, kind)


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
    """Fates by cell, what stands behind the values, and the tables that these stand in.

    Values are ``singles``, items by place, or parts of ``runs``; ``items`` are all of them.
    """

    sheet: Sheet
    fates: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    singles: dict[tuple[int, int], Item] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def items(self) -> dict[tuple[int, int], Item]:
        """The values by place, each as an item of its own from now on."""
        for run in self.runs:
            self.singles.update(((i.cell.row, i.cell.column), i) for i in run.items())
        self.runs.clear()
        return self.singles

    def claim(self, cell: GridCell | None, fate: str, detail: str = "") -> None:
        """Give a cell its fate; the first claim holds."""
        if cell is not None:
            self.fates.setdefault((cell.row, cell.column), (fate, detail))

    def add(self, item: Item) -> None:
        place = (item.cell.row, item.cell.column)
        if place not in self.fates:
            self.fates[place] = (item.fate, item.detail)
            self.singles[place] = item

    def add_run(self, run: Run) -> bool:
        """The cells of a run. Where one of them has its fate already each is added by itself; then False."""
        row = run.line.row
        places = [(row, number) for number in run.said.numbers]
        if not self.fates.keys().isdisjoint(places):
            for item in run.items():
                self.add(item)
            return False
        self.fates.update(zip(places, run.said.without_detail, strict=True))
        self.runs.append(run)
        return True

    def fate(self, cell: GridCell) -> tuple[str, str]:
        return self.fates.get((cell.row, cell.column), ("note", ""))
