"""A part of a sheet, a rectangle of columns, as rows of cells with their looks."""

from __future__ import annotations

from collections import defaultdict

from planreview.reading.kinds import (
    LABEL_HEADING,
    NUMERIC,
    ORDINAL_HEADING,
    UNIT_HEADING,
    Kind,
    is_ordinal,
    kind_of,
)
from planreview.reading.text import plain_cell
from planreview.workbooks import GridCell, Sheet


class View:
    """Cells of columns ``left`` to ``right`` by row; a merged area is its top left cell with its extent."""

    def __init__(self, sheet: Sheet, left: int, right: int) -> None:
        self.sheet, self.left, self.right = sheet, left, right
        self.rows: dict[int, list[GridCell]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if left <= column <= right:
                self.rows.setdefault(row, []).append(cell)
        self.kinds = {(c.row, c.column): kind_of(c) for line in self.rows.values() for c in line}
        self._texts: dict[tuple[int, int], str] = {}
        self.spans = _spans(sheet)
        self.ordinals = self._ordinal_columns()

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

    def numbers(self, row: int) -> list[GridCell]:
        """The cells of a row that look like numbers and do not count its lines."""
        return [c for c in self.rows.get(row, ()) if self.kind(c) in NUMERIC and c.column not in self.ordinals]

    def _ordinal_columns(self) -> frozenset[int]:
        """Columns that number the lines: by their heading, or by their small numbers left of words."""
        by_column: dict[int, list[GridCell]] = defaultdict(list)
        for line in self.rows.values():
            for cell in line:
                by_column[cell.column].append(cell)
        found: set[int] = set()
        for column in sorted(by_column):
            cells = by_column[column]
            if any(self._heads_ordinals(c) for c in cells):
                found.add(column)
                continue
            counting = [c for c in cells if is_ordinal(c) or self._is_code(c)]
            if len(counting) >= 2 and len(counting) >= 0.7 * len([c for c in cells if len(c.raw) < 30]):
                beside = [self._right_of(c) for c in counting]
                if sum(b is not None and self.kind(b) == Kind.WORD for b in beside) >= 0.8 * len(counting):
                    found.add(column)  # no numbers of a table stand left of its names
            if any(self.kind(c) in (Kind.NUMBER, Kind.FIGURE) for c in cells) and column not in found:
                break  # right of the first numbers no column counts lines without saying so
        return frozenset(found)

    def _heads_ordinals(self, cell: GridCell) -> bool:
        """A heading such as STT or Mã số, with the heading of names beside it or lines to count below."""
        text = self.text(cell)
        if not isinstance(cell.value, str) or len(text) > 20 or not ORDINAL_HEADING.match(text):
            return False
        below = [c for r in range(cell.row + 1, cell.row + 12) for c in self.rows.get(r, ()) if c.column == cell.column]
        short = [c for c in below if self.kind(c) != Kind.DATE and (c.is_number or len(self.text(c)) <= 16)]
        if not below or len(short) < len(below):
            return False
        right = self._right_of(cell)
        heading = right is not None and self.kind(right) == Kind.WORD
        return heading and all(not c.is_number or c.value == int(c.value) for c in below)

    def _is_code(self, cell: GridCell) -> bool:
        return cell.is_number and self.kind(cell) == Kind.NUMBER and cell.value == int(cell.value)

    def _right_of(self, cell: GridCell) -> GridCell | None:
        line = self.rows[cell.row]
        return next((c for c in line if c.column > cell.column), None)

    def heads_labels(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and bool(LABEL_HEADING.match(self.text(cell)))

    def heads_units(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and bool(UNIT_HEADING.match(self.text(cell)))


def _spans(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
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
    for before, column in zip(used, used[1:], strict=False):
        if column - before > 1 and _has_names(sheet, column, used):
            starts.append(column)
    return [(start, following - 1) for start, following in zip(starts, [*starts[1:], used[-1] + 1], strict=True)]


def _has_names(sheet: Sheet, column: int, used: list[int]) -> bool:
    """Whether a column right of a gap (or the one beside it) names lines whose numbers stand to its right."""
    block = [column]
    for following in used[used.index(column) + 1 :]:
        if following - block[-1] > 1:
            break
        block.append(following)
    named = numbers = 0
    for row in {r for r, c in sheet.cells if c in block}:
        cells = [sheet.cells[row, c] for c in block if (row, c) in sheet.cells]
        words = [c for c in cells if kind_of(c) == Kind.WORD]
        figures = [c for c in cells if kind_of(c) in (Kind.NUMBER, Kind.FIGURE)]
        if figures:
            numbers += 1
            named += bool(words) and words[0].column < figures[-1].column and not is_ordinal(words[0])
    return numbers >= 2 and named >= 0.6 * numbers
