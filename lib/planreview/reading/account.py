"""The account of a sheet: every non-empty cell has one fate, and a cell that nobody claims is a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planreview.reading.columns import Column
from planreview.reading.lines import Line
from planreview.reading.values import Reading, plain_number
from planreview.workbooks import GridCell, Sheet, Stretch

_OF_ITEMS = frozenset({"value", "derived", "blank_mark", "rejected", "unmatched"})
_NOTHING: dict[int, tuple[str, str]] = {}


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


@dataclass(frozen=True, eq=False)
class Said:
    """What the places of a stretch say of its cells, one entry a cell; lines alike share one. Fields as in Item."""

    columns: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    fates: tuple[str, ...]
    periods: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(slots=True)
class Run:
    """A stretch of numbers among the values of a line. They become items where somebody asks for them."""

    line: Line
    stretch: Stretch
    said: Said

    def items(self) -> Iterator[Item]:
        said = self.said
        each = zip(self.stretch.cells, said.columns, said.units, said.fates, said.periods, said.kinds, strict=True)
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
    corner: tuple[str, ...] = ()  # the units that a line over the table declares


class Account:
    """Fates by cell, what stands behind the values, and the tables that these stand in.

    Values are ``singles``, items by place, or parts of ``runs``, by row; ``items`` are all of them.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.tables: list[Table] = []
        self.singles: dict[tuple[int, int], Item] = {}
        self.runs: dict[int, list[Run]] = {}
        self._claimed: dict[int, dict[int, tuple[str, str]]] = {}  # by row and column, without the cells of runs

    @property
    def items(self) -> dict[tuple[int, int], Item]:
        """The values by place, each as an item of its own from now on."""
        for item in [item for runs in self.runs.values() for run in runs for item in run.items()]:
            self.put(item)
        self.runs.clear()
        return self.singles

    @property
    def fates(self) -> dict[tuple[int, int], tuple[str, str]]:
        """Fate and its reason by place."""
        fates = {(row, column): fate for row, claimed in self._claimed.items() for column, fate in claimed.items()}
        for run in (run for runs in self.runs.values() for run in runs):
            for column, fate in zip(run.stretch.shape.columns, run.said.fates, strict=True):
                fates[run.line.row, column] = (fate, "")
        return fates

    def claimed(self, row: int) -> Mapping[int, tuple[str, str]]:
        """Fate and its reason by column of what stands in a row, without the cells of runs."""
        return self._claimed.get(row, _NOTHING)

    def claim(self, cell: GridCell | None, fate: str, detail: str = "") -> None:
        """Give a cell its fate; the first claim holds."""
        if cell is None:
            return
        row, column = cell.row, cell.column
        claimed = self._claimed.setdefault(row, {})
        if column not in claimed and (row not in self.runs or self._runs_over(row, column) is None):
            claimed[column] = (fate, detail)

    def add(self, item: Item) -> None:
        if not self.is_claimed(item.cell.row, item.cell.column):
            self.put(item)

    def put(self, item: Item) -> None:
        """Add an item, or put it in the place of the one there."""
        row, column = item.cell.row, item.cell.column
        self._claimed.setdefault(row, {})[column] = (item.fate, item.detail)
        self.singles[row, column] = item

    def add_run(self, run: Run) -> bool:
        """The cells of a run. Where one of them has its fate already each is added by itself; then False."""
        row, columns = run.stretch.row, run.stretch.shape.columns
        taken = not self._claimed.get(row, _NOTHING).keys().isdisjoint(columns)
        if taken or (row in self.runs and any(self._runs_over(row, n) for n in columns)):
            for item in run.items():
                self.add(item)
            return False
        self.runs.setdefault(row, []).append(run)
        return True

    def _runs_over(self, row: int, column: int) -> Run | None:
        """The run that holds the cell there."""
        for run in self.runs.get(row, ()):
            if column in run.stretch.shape.places:
                return run
        return None

    def is_claimed(self, row: int, column: int) -> bool:
        return column in self._claimed.get(row, _NOTHING) or self._runs_over(row, column) is not None

    def fate(self, cell: GridCell) -> tuple[str, str]:
        fate = self._claimed.get(cell.row, _NOTHING).get(cell.column)
        if fate is None and (run := self._runs_over(cell.row, cell.column)) is not None:
            return run.said.fates[run.stretch.shape.places[cell.column]], ""
        return fate or ("note", "")

    def told(self, cell: GridCell) -> tuple[tuple[str, str], Item | None]:
        """A cell's fate, and what stands behind it."""
        fate = self._claimed.get(cell.row, _NOTHING).get(cell.column)
        if fate is None and (run := self._runs_over(cell.row, cell.column)) is not None:
            item = next(item for item in run.items() if item.cell.column == cell.column)
            return (item.fate, ""), item
        if fate is None:
            return ("note", ""), None
        return fate, self.singles.get((cell.row, cell.column)) if fate[0] in _OF_ITEMS else None

    def unclaimed(self) -> Iterator[GridCell]:
        """The cells that have no fate yet."""
        claimed_cells = sum(map(len, self._claimed.values()))
        in_runs = sum(len(run.stretch.shape.columns) for runs in self.runs.values() for run in runs)
        if claimed_cells + in_runs == self.sheet.count:
            return
        for row, parts in self.sheet.rows.items():
            runs, claimed = self.runs.get(row, ()), self._claimed.get(row, _NOTHING)
            for part in parts:
                if type(part) is not Stretch:
                    if part.column not in claimed:
                        yield part
                elif not (runs and any(run.stretch is part for run in runs)):
                    yield from [cell for cell in part.cells if not self.is_claimed(row, cell.column)]
