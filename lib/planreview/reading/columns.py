"""The columns of a table: what each is for, and what its header says, outermost words first."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from planreview.reading.bands import Band
from planreview.reading.kinds import (
    NOTE_HEADING,
    NUMERIC,
    PERIOD_WORD,
    TIME_HEADING,
    WORDS_HEADING,
    Kind,
    may_head_units,
)
from planreview.reading.periods import said_by
from planreview.reading.text import plain_cell
from planreview.reading.units import DITTO, is_measure, is_unit, unit_line
from planreview.reading.view import View
from planreview.workbooks import GridCell, Stretch


@dataclass
class Column:
    """``role`` is ordinal, label, unit, value or note. ``block`` counts the tables that stand side by side in the same
    rows: the names of a block stand left of its values. ``heads`` are the header cells behind ``path``."""

    number: int
    role: str
    path: tuple[str, ...] = ()
    block: int = 0
    heads: tuple[GridCell, ...] = ()
    unit: str = ""  # where a header cell is nothing else


@dataclass
class _Filled:
    figures: int = 0
    words: int = 0
    texts: list[GridCell] = field(default_factory=list)  # those that may be units
    marks: int = 0
    counts: int = 0
    ranges: int = 0  # years, dates and ranges, which may name lines

    @cached_property
    def units(self) -> int:
        return sum(text in DITTO or is_unit(text) for text in map(plain_cell, self.texts))

    @property
    def all(self) -> int:
        return self.figures + self.words + self.marks


def find_columns(view: View, band: Band) -> dict[int, Column]:
    """The columns of a table by number."""
    filled = _filled(view, band)
    numbers = sorted(set(filled) | {c.column for r in band.header for c in view.rows.get(r, ())})
    covered = [n for n in numbers if view.left <= n <= view.right]
    parallel, reaching = _parallel(view, band, covered), _Reach(view, band)
    heads = {number: _head_cells(view, band, number, parallel, reaching) for number in covered}
    paths = {number: _path(view, cells) for number, cells in heads.items()}
    columns: dict[int, Column] = {}
    block = 0
    first = band.first_value
    main_names = {" ".join(paths.get(n, ())) for n in numbers if n < first} - {""}
    seen_value = named = False
    for number in sorted(heads):
        stats = filled.get(number, _Filled())
        role = _role(view, band, number, paths[number], heads[number], stats, first, seen_value, main_names)
        if role == "label" and number < first and named and _tells_of_lines(paths[number], stats):
            role = "note"
        named |= role == "label" and any(view.heads_labels(c) for c in heads[number])
        if role == "label" and seen_value:
            rest = [n for n in sorted(heads) if n > number]
            if not any(filled.get(n, _Filled()).figures > filled.get(n, _Filled()).words for n in rest):
                role = "note"  # names of nothing: no numbers stand to their right
            else:
                block += 1
                seen_value = False
        seen_value |= role == "value"
        mine = block + (role == "ordinal" and seen_value)  # what counts the lines stands left of their names
        columns[number] = Column(
            number, role, paths[number], mine, heads[number], _bare_unit(view, band, number, heads[number])
        )
    _lend_headers(columns, filled)
    return columns


def _filled(view: View, band: Band) -> dict[int, _Filled]:
    """What stands in each column of a table's body."""
    parts = [part for row in band.body for part in view.parts[row]]
    cells = [part for part in parts if type(part) is not Stretch]
    looks = [view.kind(c) for c in cells]
    filled: dict[int, _Filled] = defaultdict(_Filled)
    for shape, count in Counter([part.shape for part in parts if type(part) is Stretch]).items():
        for column in shape.columns:
            filled[column].figures += count
    for (column, kind), count in Counter(zip([c.column for c in cells], looks, strict=True)).items():
        stats = filled[column]
        stats.figures += count * (kind in NUMERIC)
        stats.marks += count * (kind is Kind.MARK)
        stats.ranges += count * (kind is Kind.YEAR or kind is Kind.FIGURE)
    wordless = {*NUMERIC, Kind.MARK}
    for cell, kind in zip(cells, looks, strict=True):
        if kind in wordless or (view.spans and view.last_column(cell) != cell.column):
            continue
        stats = filled[cell.column]
        stats.words += 1
        if kind is Kind.WORD:
            stats.texts.append(cell)
    body = set(band.body)
    for column in [column for row, column in view.ordinals if row in body]:
        filled[column].counts += 1
    return dict(filled)


def _tells_of_lines(path: tuple[str, ...], stats: _Filled) -> bool:
    """Whether a column beside the names says who answers for a line, or on what ground, and names none."""
    return bool(path) and NOTE_HEADING.match(path[-1]) is not None and stats.figures <= stats.words


def _counts_on(view: View, band: Band, number: int, figures: int) -> bool:
    """Whether the numbers down a column are whole and rise as the numbers of lines do."""
    cells = [c for row in band.body for c in view.rows[row] if c.column == number and view.kind(c) is Kind.NUMBER]
    whole = [int(c.value) for c in cells if c.value == int(c.value)]
    return len(whole) == figures > 4 and all(0 < b - a <= 3 for a, b in itertools.pairwise(whole))


def _role(
    view: View,
    band: Band,
    number: int,
    path: tuple[str, ...],
    heads: tuple[GridCell, ...],
    stats: _Filled,
    first: int,
    seen_value: bool,
    main_names: set[str],
) -> str:
    said = " ".join(path)
    last = path[-1] if path else ""
    if (not seen_value and 2 * stats.counts > stats.all) or any(view.heads_ordinals(c) for c in heads):
        return "ordinal"
    units_said = any(view.heads_units(c) for c in heads) or may_head_units(said)
    if units_said and stats.figures <= stats.words:
        return "unit"
    if number < first:
        said_of = said_by(path)
        if said_of.period and (said_of.kind or not stats.words) and not view.heads_labels(heads[0]):
            return "value"
        may_be = not stats.figures and number > view.left and not any(view.heads_labels(c) for c in heads)
        if may_be and stats.units >= 2 and stats.units >= 0.8 * max(1, stats.words):
            return "unit"
        if stats.figures > stats.words and path and not TIME_HEADING.match(said) and not stats.ranges:
            return "value"
        if stats.figures and not stats.words and not path and not stats.ranges:
            return "ordinal"  # codes of the lines
        return "label"
    if WORDS_HEADING.match(last) or (NOTE_HEADING.match(last) and stats.figures <= stats.words):
        return "note"
    if not seen_value and TIME_HEADING.match(said):
        return "label"
    if not path and _counts_on(view, band, number, stats.figures):
        return "ordinal"  # numbers of lines beside the table
    if stats.figures:
        heading = bool(path) and not PERIOD_WORD.search(said) and (said in main_names)
        return "label" if heading and stats.words > stats.figures else "value"
    if seen_value and stats.words >= 3 and (not path or said in main_names or any(view.heads_labels(c) for c in heads)):
        return "label"
    if stats.units >= 2 and stats.units == stats.words and not path:
        return "unit"
    if path and (PERIOD_WORD.search(said) or stats.marks or not stats.all):
        return "value"
    return "note" if seen_value or stats.words else "label"


def _parallel(view: View, band: Band, numbers: list[int]) -> dict[tuple[int, int], GridCell]:
    """Which unmerged header text stands over which columns, where columns beside repeat what stands below a merged one:
    {(row, column): the text}."""
    found: dict[tuple[int, int], GridCell] = {}
    values = [n for n in numbers if n >= band.first_value]

    def below(row: int, first: int, last: int) -> tuple[tuple[str, ...], ...]:
        rows = [r for r in band.header if r > row]
        columns = [n for n in values if first <= n <= last]
        return tuple(tuple(view.text(view.at(r, n)) for r in rows) for n in columns)

    for row in band.header[:-1]:
        cells = [c for c in view.rows.get(row, ()) if c.column >= band.first_value]
        wide = [c for c in cells if view.last_column(c) > c.column]
        patterns = [p for p in (below(row, c.column, view.last_column(c)) for c in wide) if any(map(any, p))]
        for cell in cells:
            if cell in wide:
                continue
            for pattern in patterns:
                for start in range(len(values) - len(pattern) + 1):
                    block = values[start : start + len(pattern)]
                    alone = not any(view.at(row, n) not in (None, cell) for n in block)
                    if cell.column in block and alone and below(row, block[0], block[-1]) == pattern:
                        found |= {(row, n): cell for n in block}
    return found


def unit_rows(view: View, band: Band) -> list[int]:
    """Header rows whose name says that they hold the units of the columns."""
    names = {r: [c for c in view.rows.get(r, ()) if c.column < band.first_value] for r in band.header[1:]}
    return [r for r, cells in names.items() if len(cells) == 1 and view.heads_units(cells[0])]


def _bare_unit(view: View, band: Band, number: int, cells: tuple[GridCell, ...]) -> str:
    for row in unit_rows(view, band):
        if (cell := view.at(row, number)) is not None:
            return view.text(cell)
    return next((view.text(c) for c in reversed(cells) if is_measure(view.text(c))), "")


def _head_cells(
    view: View,
    band: Band,
    number: int,
    parallel: dict[tuple[int, int], GridCell],
    reaching: _Reach,
) -> tuple[GridCell, ...]:
    """The header cells over a column, top to bottom; an unmerged text reaches over the columns to its right that have
    words of their own only further down."""
    found: list[GridCell] = []
    for row in band.header:
        if row in unit_rows(view, band):
            continue
        cell = view.at(row, number) or parallel.get((row, number)) or reaching.over(row, number)
        if cell is None or cell in found or cell.row < band.header[0]:
            continue
        if unit_line(view.text(cell)) and row == band.header[0] and len(view.rows.get(row, ())) == 1:
            continue
        found.append(cell)
    return tuple(found)


class _Reach:
    """Which unmerged text of a header row reaches over a column, each worked out once."""

    def __init__(self, view: View, band: Band) -> None:
        self.view, self.band = view, band
        self.known: dict[tuple[int, int], GridCell | None] = {}

    def over(self, row: int, number: int) -> GridCell | None:
        if (row, number) not in self.known:
            self.known[row, number] = self._over(row, number)
        return self.known[row, number]

    def _over(self, row: int, number: int) -> GridCell | None:
        view, first_value = self.view, self.band.first_value
        left = [c for c in view.rows.get(row, ()) if c.column < number]
        if not left or number < first_value:
            return None
        cell = left[-1]
        if cell.column < first_value or view.last_column(cell) > cell.column:
            return None
        own, its = self._below(row, number), self._below(row, cell.column)
        between = all(self._below(row, n) for n in range(cell.column, number + 1))
        if not own or not its or not between or own[0] in its:
            return None
        if its[0].row != own[0].row or all(view.text(t).startswith("(") for t in its):
            return None
        return cell

    def _below(self, row: int, column: int) -> list[GridCell]:
        """The header texts that show below a row in a column."""
        found = (self.view.at(r, column) or self.over(r, column) for r in self.band.header if r > row)
        return [c for c in found if c is not None]


def _path(view: View, cells: tuple[GridCell, ...]) -> tuple[str, ...]:
    """Texts of header cells as a path: texts that reach equally far are one text broken over lines."""
    path: list[str] = []
    extent: tuple[int, int] | None = None
    named = [c for c in cells if not is_measure(view.text(c)) or view.text(c).startswith("(")]
    for cell in named or cells:  # a unit on a line of its own is no name
        text = view.text(cell)
        reach = (cell.column, view.last_column(cell))
        if path and reach == extent:
            joined = path[-1][:-1] + text if path[-1].endswith("-") and text[:1].islower() else f"{path[-1]} {text}"
            path[-1] = joined
        else:
            path.append(text)
        extent = reach
    return tuple(path)


def _lend_headers(columns: dict[int, Column], filled: dict[int, _Filled]) -> None:
    """A column of numbers without a header takes that of a neighbour which has a header and no numbers."""
    for number, column in columns.items():
        if column.role != "value" or column.path:
            continue
        for beside in (number - 1, number + 1):
            other = columns.get(beside)
            if other and other.role == "value" and other.path and not filled.get(beside, _Filled()).all:
                column.path, column.heads = other.path, other.heads
                break
