"""Stretches: plain numbers side by side in a row, kept together, for most of a table is nothing else.

What they share with the numbers of other rows (their columns and looks) is said once, in a shape.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import groupby
from operator import attrgetter

from planreview.workbooks.column_names import column_letters
from planreview.workbooks.grid import GridCell, Style
from planreview.workbooks.values import is_plain_format

Place = tuple[int, int]  # row, column
# whether it is hidden, whether it is a formula, number format, style
Look = tuple[bool, bool, str | None, Style]

# A shortest decimal as Python writes it too, that could be no year; long ones are too many digits for a float.
_NUMBER = r"(?!(?:(?:19|20)[0-9]{2}|2100)(?![0-9.]))-?+(?:[1-9][0-9]{0,14}+|0(?=\.)(?!\.0000))(?:\.[0-9]*[1-9])?+"
_NUMBERS = re.compile(rf"(?:{_NUMBER}|0)(?: (?:{_NUMBER}|0))*+")
_DIGITS = 15  # so many a float holds without fail


class Shape:
    """What stretches alike share. Compared by identity.

    columns:   left to right. letters: as the sheet shows them. numbers: as a set.
    places:    where each column stands among the columns.
    looks:     of each column.
    wholly_in: sets of columns that are known to hold them all.
    """

    __slots__ = ("__weakref__", "_parts", "columns", "letters", "looks", "numbers", "places", "wholly_in")

    def __init__(self, columns: tuple[int, ...], looks: tuple[Look, ...]) -> None:
        self.columns, self.looks = columns, looks
        self.letters = tuple(map(column_letters, columns))
        self.places = {column: place for place, column in enumerate(columns)}
        self.numbers = frozenset(columns)
        self._parts: dict[frozenset[int], Shape | None] = {}
        self.wholly_in: set[frozenset[int]] = set()  # itself it does not hold: nothing would ever free it

    def within(self, columns: frozenset[int]) -> Shape | None:
        """The part of the shape in these columns, always the same one; None where nothing of it is."""
        if columns in self.wholly_in:
            return self
        if columns not in self._parts:
            kept = [(c, look) for c, look in zip(self.columns, self.looks, strict=True) if c in columns]
            if len(kept) == len(self.columns):
                self.wholly_in.add(columns)
                return self
            self._parts[columns] = Shape(*zip(*kept, strict=True)) if kept else None
        return self._parts[columns]


class Stretch:
    """Numbers side by side in a row, or what is looked at of them: each shows no percent and no date, is its own
    shortest decimal, could be no year and has no note. They become cells where somebody asks for them.

    text:     their shortest decimals, joined by blanks.
    formulas: of each cell, as in GridCell, and where it stands; None where there are none.
    """

    __slots__ = ("_cells", "formulas", "row", "shape", "text")

    def __init__(self, row: int, shape: Shape, text: str, formulas: tuple[tuple[str, str], ...] | None = None) -> None:
        self.row, self.shape, self.text, self.formulas = row, shape, text, formulas
        self._cells: list[GridCell] | None = None

    @property
    def raws(self) -> list[str]:
        return self.text.split(" ")

    @property
    def cells(self) -> list[GridCell]:
        """The same objects each time."""
        if self._cells is None:
            formulas = self.formulas or (("", ""),) * len(self.shape.columns)
            each = zip(self.shape.columns, self.raws, self.shape.looks, formulas, strict=True)
            self._cells = [
                GridCell(self.row, column, number(raw), raw, hidden, is_formula, number_format, style, formula, at)
                for column, raw, (hidden, is_formula, number_format, style), (formula, at) in each
            ]
        return self._cells

    def cell(self, column: int) -> GridCell | None:
        place = self.shape.places.get(column)
        return None if place is None else self.cells[place]

    def within(self, columns: frozenset[int]) -> Stretch | None:
        """What of it stands in these columns."""
        shape = self.shape.within(columns)
        if shape is None or shape is self.shape:
            return self if shape else None
        places = [self.shape.places[column] for column in shape.columns]
        formulas = tuple(self.formulas[p] for p in places) if self.formulas else None
        raws = self.raws
        part = Stretch(self.row, shape, " ".join([raws[p] for p in places]), formulas)
        if self._cells is not None:
            part._cells = [self._cells[p] for p in places]
        return part


Part = GridCell | Stretch


def number(raw: str) -> int | float:
    """The value of a cell of a stretch."""
    return float(raw) if "." in raw else int(raw)


def as_shortest(texts: list[str]) -> list[str]:
    """The numbers of texts as a stretch holds them, '' for one that it may not hold."""
    raws = [text if len(text) <= _DIGITS else _shortest(text) for text in texts]
    if _NUMBERS.fullmatch(" ".join(raws)):
        return raws
    return [raw if _NUMBERS.fullmatch(raw) else _shortest(raw) for raw in raws]


def _shortest(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return ""
    raw = str(int(value)) if value.is_integer() and -1e15 < value < 1e15 else repr(value)
    return raw if _NUMBERS.fullmatch(raw) else ""


def _is_plain(cell: GridCell, merged: Container[Place]) -> bool:
    kind = type(cell.value)
    return (
        (kind is int or kind is float)
        and cell.raw == repr(cell.value)
        and (cell.row, cell.column) not in merged
        and not cell.comment
        and is_plain_format(cell.number_format)
        and _NUMBERS.fullmatch(cell.raw) is not None
    )


def gathered(cells: Iterable[GridCell], merged: Container[Place]) -> dict[int, list[Part]]:
    """The rows of cells that stand in order; those that may, and are not ``merged``, are put together in stretches."""
    shapes: dict[tuple, Shape] = {}
    return {row: _gathered(row, list(line), merged, shapes) for row, line in groupby(cells, key=attrgetter("row"))}


def _gathered(row: int, line: list[GridCell], merged: Container[Place], shapes: dict[tuple, Shape]) -> list[Part]:
    parts: list[Part] = []
    for plain, some in groupby(line, key=lambda cell: _is_plain(cell, merged)):
        mine = list(some)
        if not plain or len(mine) < 2:
            parts += mine
            continue
        columns = tuple([c.column for c in mine])
        looks = tuple([(c.hidden, c.is_formula, c.number_format, c.style) for c in mine])
        shape = shapes.get((columns, looks)) or shapes.setdefault((columns, looks), Shape(columns, looks))
        formulas = tuple([(c.formula, c.formula_at) for c in mine]) if any(c.is_formula for c in mine) else None
        parts.append(Stretch(row, shape, " ".join([c.raw for c in mine]), formulas))
        parts[-1]._cells = mine
    return parts


def cells_of(parts: Iterable[Part]) -> list[GridCell]:
    """The cells of a row, left to right."""
    cells: list[GridCell] = []
    for part in parts:
        if type(part) is Stretch:
            cells += part.cells
        else:
            cells.append(part)
    return cells


def parts_within(parts: list[Part], columns: frozenset[int]) -> list[Part]:
    """What of a row stands in these columns."""
    found: list[Part] = []
    for part in parts:
        if type(part) is Stretch:
            if columns in part.shape.wholly_in:
                found.append(part)  # as most do
            elif (inside := part.within(columns)) is not None:
                found.append(inside)
        elif part.column in columns:
            found.append(part)
    return found
