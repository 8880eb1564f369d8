"""A part of a sheet, a rectangle of columns, as rows of cells with their looks."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from planreview.reading.kinds import (
    LONGEST_ORDINAL_HEADING,
    NUMERIC,
    TIME_HEADING,
    Kind,
    is_ordinal,
    kind_of,
    may_head_labels,
    may_head_ordinals,
    may_head_units,
)
from planreview.reading.text import plain_cell
from planreview.reading.units import DITTO, is_unit
from planreview.workbooks import GridCell, Part, Shape, Sheet, Stretch, cells_of, parts_within

_NEAR = 3  # cells right of a number among which the name stands


class CellsByRow(Mapping[int, list[GridCell]]):
    """The cells of each row, left to right, made where somebody asks for them."""

    def __init__(self, parts: dict[int, list[Part]]) -> None:
        self._parts = parts
        self._made: dict[int, list[GridCell]] = {}

    def __getitem__(self, row: int) -> list[GridCell]:
        cells = self._made.get(row)
        if cells is None:
            cells = self._made[row] = cells_of(self._parts[row])
        return cells

    def get(self, row: int, default: Sequence[GridCell] = ()) -> Sequence[GridCell]:
        return self[row] if row in self._parts else default

    def __contains__(self, row: object) -> bool:
        return row in self._parts

    def __iter__(self) -> Iterator[int]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


class View:
    """Cells of columns ``left`` to ``right`` by row; a merged area is its top left cell with its extent.

    parts: the rows as the sheet has them: cells, and stretches of numbers, of which none could be a year.
    """

    kind = staticmethod(kind_of)
    text = staticmethod(plain_cell)

    def __init__(self, sheet: Sheet, left: int, right: int) -> None:
        self.sheet, self.left, self.right = sheet, left, right
        self.parts = _parts(sheet, left, right)
        self.rows = CellsByRow(self.parts)
        self._numbers: dict[int, list[GridCell]] = {}
        self.spans = extents(sheet)
        self.ordinals = self._find_ordinals()
        self.counted_columns = {column for _, column in self.ordinals}

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that shows there, merged areas included."""
        return self.sheet.at(row, column)

    def last_column(self, cell: GridCell) -> int:
        """The last column that a cell covers."""
        return self.spans.get((cell.row, cell.column), (cell.row, cell.column))[1]

    def last_row(self, cell: GridCell) -> int:
        return self.spans.get((cell.row, cell.column), (cell.row, cell.column))[0]

    def each(self, row: int) -> Iterator[GridCell]:
        """The cells of a row, left to right; of its stretches only those that are asked for are made."""
        for part in self.parts[row]:
            if type(part) is Stretch:
                yield from part.cells
            else:
                yield part

    def _after(self, cell: GridCell) -> Iterator[GridCell]:
        """The cells right of one in its row."""
        for part in self.parts[cell.row]:
            if type(part) is Stretch:
                if part.shape.columns[-1] > cell.column:
                    yield from [c for c in part.cells if c.column > cell.column]
            elif part.column > cell.column:
                yield part

    def numbers(self, row: int) -> list[GridCell]:
        """The cells of a row that look like numbers and do not count its lines."""
        if row not in self._numbers:
            looks = [c for c in self.rows.get(row, ()) if kind_of(c) in NUMERIC]
            self._numbers[row] = [c for c in looks if not self.counts(c)]
        return self._numbers[row]

    def has_stretch(self, row: int) -> bool:
        """Whether two numbers side by side do not count the row's lines: so much is known without their cells."""
        for part in self.parts[row]:
            if type(part) is Stretch and len(part.shape.columns) > 1:
                if part.shape.numbers.isdisjoint(self.counted_columns):
                    return True
                if sum((row, column) not in self.ordinals for column in part.shape.columns) > 1:
                    return True
        return False

    def counts(self, cell: GridCell) -> bool:
        """Whether a cell is the number or the code of its line."""
        return (cell.row, cell.column) in self.ordinals

    def _find_ordinals(self) -> set[tuple[int, int]]:
        """Cells that number the lines: below a heading such as STT, or small numbers left of words."""
        columns = _Columns(self.parts)
        texts = {c.value for c in columns.singles if type(c.value) is str and len(c.value) <= LONGEST_ORDINAL_HEADING}
        heading = {text for text in texts if may_head_ordinals(" ".join(text.split()))}
        headings = {(c.row, c.column) for c in columns.singles if c.value in heading and self.heads_ordinals(c)}
        headed_columns = {column for _, column in headings}
        found: set[tuple[int, int]] = set()
        worded: set[int] = set()  # rows with names further left
        valued: set[int] = set()  # rows with numbers further left: right of them nothing counts lines
        told: set[int] = set()  # both
        for column in columns.numbers():
            if column not in headed_columns and columns.stand_in(column, told):
                continue
            down = columns.cells(column)
            run: list[GridCell] = []
            headed = False
            for cell in down:
                if not _may_count(cell):
                    if run:
                        found |= self._counting(run, headed)
                        run = []
                    headed = (cell.row, column) in headings
                elif cell.row not in valued and (headed or cell.row not in worded):
                    run.append(cell)
            found |= self._counting(run, headed)
            for cell in down:
                if (cell.row, column) in found:
                    continue
                kind = kind_of(cell)
                if kind is Kind.WORD:
                    worded.add(cell.row)
                elif kind is Kind.NUMBER or kind is Kind.FIGURE:
                    valued.add(cell.row)
            told = worded | valued
        return found

    def _counting(self, run: list[GridCell], headed: bool) -> set[tuple[int, int]]:
        named = [c for c in run if self._names_follow(c)]
        enough = bool(named) if headed else len(named) >= max(2, 0.7 * len(run))
        return {(c.row, c.column) for c in named} if enough else set()

    def _names_follow(self, cell: GridCell) -> bool:
        """Whether words stand right of a cell, other numbers of the line aside."""
        for right in itertools.islice(self._after(cell), _NEAR):
            if not _may_count(right):
                return kind_of(right) is Kind.WORD
        return False

    def heads_ordinals(self, cell: GridCell) -> bool:
        """A heading such as STT or Mã số, beside the heading of names."""
        if not isinstance(cell.value, str) or not may_head_ordinals(self.text(cell)):
            return False
        right = self._right_of(cell)
        rows = range(cell.row + 1, cell.row + 12)
        below = [c for row in rows if (c := self.sheet.find(row, cell.column)) is not None]
        codes = [c for c in below if self.kind(c) != Kind.DATE and (c.is_number or len(self.text(c)) <= 16)]
        return right is not None and self.kind(right) == Kind.WORD and len(codes) == len(below)

    def _right_of(self, cell: GridCell) -> GridCell | None:
        return next(self._after(cell), None)

    def heads_labels(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and may_head_labels(self.text(cell))

    def heads_units(self, cell: GridCell) -> bool:
        return isinstance(cell.value, str) and may_head_units(self.text(cell))


def _may_count(cell: GridCell) -> bool:
    """Whether a cell could be the number or the code of a line."""
    if is_ordinal(cell):
        return True
    return cell.is_number and kind_of(cell) is Kind.NUMBER and cell.value == int(cell.value)


class _Columns:
    """What stands in each column, top to bottom."""

    def __init__(self, parts: dict[int, list[Part]]) -> None:
        self.singles: list[GridCell] = []
        self._stretches: dict[Shape, list[Stretch]] = defaultdict(list)
        self._known_rows: dict[Shape, set[int]] = {}
        self._singles: dict[int, list[GridCell]] = defaultdict(list)
        for line in parts.values():
            for part in line:
                if type(part) is Stretch:
                    self._stretches[part.shape].append(part)
                else:
                    self.singles.append(part)
                    self._singles[part.column].append(part)

    def numbers(self) -> list[int]:
        """The columns that hold anything."""
        return sorted(self._singles.keys() | {column for shape in self._stretches for column in shape.columns})

    def stand_in(self, column: int, rows: set[int]) -> bool:
        """Whether nothing stands there in other rows."""
        shapes = (shape for shape in self._stretches if column in shape.places)
        return all(c.row in rows for c in self._singles.get(column, ())) and all(self._rows(s) <= rows for s in shapes)

    def _rows(self, shape: Shape) -> set[int]:
        if shape not in self._known_rows:
            self._known_rows[shape] = {stretch.row for stretch in self._stretches[shape]}
        return self._known_rows[shape]

    def cells(self, column: int) -> list[GridCell]:
        joined = [s.cell(column) for shape, some in self._stretches.items() if column in shape.places for s in some]
        singles = self._singles.get(column, [])
        return sorted(singles + joined, key=attrgetter("row")) if joined else singles


def _parts(sheet: Sheet, left: int, right: int) -> dict[int, list[Part]]:
    """The rows of a sheet between two columns."""
    columns = frozenset(range(left, right + 1))
    if sheet.columns <= columns:
        return sheet.rows
    rows = {row: parts_within(parts, columns) for row, parts in sheet.rows.items()}
    return {row: parts for row, parts in rows.items() if parts}


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
    used = sorted(sheet.columns)
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
