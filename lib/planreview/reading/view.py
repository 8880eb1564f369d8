"""A part of a sheet, a rectangle of columns, as rows of cells with their looks."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from itertools import groupby
from operator import attrgetter

from planreview.reading.kinds import (
    LONGEST_ORDINAL_HEADING,
    NUMERIC,
    TIME_HEADING,
    Kind,
    is_ordinal,
    kind_of,
    kinds_of,
    may_head_labels,
    may_head_ordinals,
    may_head_units,
)
from planreview.reading.text import plain_cell
from planreview.reading.units import DITTO, is_unit
from planreview.workbooks import GridCell, Sheet


class View:
    """Cells of columns ``left`` to ``right`` by row; a merged area is its top left cell with its extent."""

    def __init__(self, sheet: Sheet, left: int, right: int) -> None:
        self.sheet, self.left, self.right = sheet, left, right
        mine = [sheet.cells[place] for place in sorted(sheet.cells) if left <= place[1] <= right]
        self.rows: dict[int, list[GridCell]] = {r: list(line) for r, line in groupby(mine, key=attrgetter("row"))}
        kinds = kinds_of(mine)
        self.kinds = {(c.row, c.column): kind for c, kind in zip(mine, kinds, strict=True)}
        self._texts: dict[tuple[int, int], str] = {}
        self.spans = extents(sheet)
        self._ordinals = self._find_ordinals(mine)
        self.counted_columns = {column for _, column in self._ordinals}
        self._numbers = self._find_numbers(mine, kinds)

    def kind(self, cell: GridCell) -> Kind:
        return self.kinds[cell.row, cell.column]

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that shows there, merged areas included."""
        return self.sheet.at(row, column)

    def last_column(self, cell: GridCell) -> int:
        """The last column that a cell covers."""
        return self.spans.get((cell.row, cell.column), (cell.row, cell.column))[1]

    def last_row(self, cell: GridCell) -> int:
        return self.spans.get((cell.row, cell.column), (cell.row, cell.column))[0]

    def text(self, cell: GridCell | None) -> str:
        if cell is None:
            return ""
        place = (cell.row, cell.column)
        text = self._texts.get(place)
        if text is None:
            text = self._texts[place] = plain_cell(cell)
        return text

    def _find_numbers(self, cells: list[GridCell], kinds: list[Kind]) -> dict[int, list[GridCell]]:
        looks = [c for c, kind in zip(cells, kinds, strict=True) if kind in NUMERIC]
        if self._ordinals:
            counted = self.counted_columns
            looks = [c for c in looks if c.column not in counted or (c.row, c.column) not in self._ordinals]
        return {row: list(line) for row, line in groupby(looks, key=attrgetter("row"))}

    def numbers(self, row: int) -> list[GridCell]:
        """The cells of a row that look like numbers and do not count its lines."""
        return self._numbers.get(row, [])

    def counts(self, cell: GridCell) -> bool:
        """Whether a cell is the number or the code of its line."""
        return (cell.row, cell.column) in self._ordinals

    def _find_ordinals(self, cells: list[GridCell]) -> set[tuple[int, int]]:
        """Cells that number the lines: below a heading such as STT, or small numbers left of words."""
        texts = (c for c in cells if type(c.value) is str and len(c.value) <= LONGEST_ORDINAL_HEADING)
        headings = {(c.row, c.column) for c in texts if self.heads_ordinals(c)}
        headed_columns = {column for _, column in headings}
        found: set[tuple[int, int]] = set()
        worded: set[int] = set()  # rows with names further left
        valued: set[int] = set()  # rows with numbers further left: right of them nothing counts lines
        here = self.sheet.cells
        for column in sorted({c.column for c in cells}):
            open_rows = self.rows.keys() - worded - valued
            if column not in headed_columns and not any((row, column) in here for row in open_rows):
                continue
            down = [here[row, column] for row in self.rows if (row, column) in here]
            run: list[GridCell] = []
            headed = False
            for cell in [*down, None]:
                if cell is not None and (is_ordinal(cell) or self._is_code(cell)):
                    if cell.row not in valued and (headed or cell.row not in worded):
                        run.append(cell)
                    continue
                found |= self._counting(run, headed)
                run = []
                headed = cell is not None and (cell.row, column) in headings
            for cell in down:
                if (cell.row, column) in found:
                    continue
                kind = self.kinds[cell.row, column]
                if kind is Kind.WORD:
                    worded.add(cell.row)
                elif kind is Kind.NUMBER or kind is Kind.FIGURE:
                    valued.add(cell.row)
        return found

    def _counting(self, run: list[GridCell], headed: bool) -> set[tuple[int, int]]:
        named = [c for c in run if self._names_follow(c)]
        enough = bool(named) if headed else len(named) >= max(2, 0.7 * len(run))
        return {(c.row, c.column) for c in named} if enough else set()

    def _names_follow(self, cell: GridCell) -> bool:
        """Whether words stand right of a cell, other numbers of the line aside."""
        line = self.rows[cell.row]
        place = bisect_right(line, cell.column, key=attrgetter("column"))
        right = line[place : place + 3]
        return next((self.kind(c) == Kind.WORD for c in right if not (is_ordinal(c) or self._is_code(c))), False)

    def heads_ordinals(self, cell: GridCell) -> bool:
        """A heading such as STT or Mã số, beside the heading of names."""
        if not isinstance(cell.value, str) or not may_head_ordinals(self.text(cell)):
            return False
        right = self._right_of(cell)
        below = [c for r in range(cell.row + 1, cell.row + 12) for c in self.rows.get(r, ()) if c.column == cell.column]
        codes = [c for c in below if self.kind(c) != Kind.DATE and (c.is_number or len(self.text(c)) <= 16)]
        return right is not None and self.kind(right) == Kind.WORD and len(codes) == len(below)

    def _is_code(self, cell: GridCell) -> bool:
        return cell.is_number and self.kind(cell) == Kind.NUMBER and cell.value == int(cell.value)

    def _right_of(self, cell: GridCell) -> GridCell | None:
        return next((c for c in self.rows[cell.row] if c.column > cell.column), None)

    def heads_labels(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and may_head_labels(self.text(cell))

    def heads_units(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and may_head_units(self.text(cell))


def extents(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """The bottom right position of each merged area by its top left one."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), anchor in sheet.merges.items():
        bottom, right = spans.get(anchor, anchor)
        spans[anchor] = (max(bottom, row), max(right, column))
    return spans


def regions(sheet: Sheet) -> list[tuple[int, int]]:
    """The column ranges of a sheet that hold tables of their own, side by side with an empty column between.

    What stands right of an empty column is its own table only if it begins with names of its own.
    """
    used = sorted({column for _, column in sheet.cells})
    if not used:
        return []
    starts = [used[0]]
    for before, column in itertools.pairwise(used):
        if column - before > 1 and _has_names(sheet, column, used):
            starts.append(column)
    return [(start, following - 1) for start, following in zip(starts, [*starts[1:], used[-1] + 1], strict=True)]


def _is_unit(cell: GridCell) -> bool:
    text = plain_cell(cell)
    return text in DITTO or is_unit(text)


def _column(sheet: Sheet, column: int) -> list[GridCell]:
    return [cell for (_, c), cell in sheet.cells.items() if c == column]


def _has_names(sheet: Sheet, column: int, used: list[int]) -> bool:
    """Whether a column right of a gap (or the one beside it) names lines whose numbers stand to its right."""
    block = used[used.index(column) :]
    timed = any(isinstance(c.value, str) and TIME_HEADING.match(c.value.strip()) for c in _column(sheet, column))
    named = numbers = 0
    for row in {r for r, c in sheet.cells if c >= column}:
        cells = [sheet.cells[row, c] for c in block if (row, c) in sheet.cells]
        if not any(kind_of(c) in (Kind.NUMBER, Kind.FIGURE) for c in cells):
            continue
        numbers += 1
        lead = next((c for c in cells if not (c.column == column and is_ordinal(c))), cells[0])
        if timed and cells[0].column == column and kind_of(cells[0]) in (Kind.YEAR, Kind.DATE):
            named += 1
        named += kind_of(lead) == Kind.WORD and not _is_unit(lead)
    return numbers >= 2 and named >= 0.6 * numbers
