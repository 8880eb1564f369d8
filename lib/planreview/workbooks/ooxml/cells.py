"""The tokens of an .xlsx sheet → cells as GridCell takes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from planreview.workbooks import messages
from planreview.workbooks.column_names import column_number
from planreview.workbooks.moving import moved
from planreview.workbooks.ooxml.strings import Text, unescape
from planreview.workbooks.ooxml.styles import Looks
from planreview.workbooks.ooxml.tokens import Form, Row, xml_text
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawSheet
from planreview.workbooks.stretches import Look, as_shortest
from planreview.workbooks.stretches import number as number_of
from planreview.workbooks.values import is_blank, is_plain_format, of_number, raw_of

_SHARED = re.compile(r'\bsi="(\d+)"')
_NUMBER = ("", "n")
_WORDS = ("inlineStr", "str")


@dataclass(slots=True)
class _Cell:
    """What a row's form says of one of its cells. ``text`` and ``formula`` are places among the row's texts, -1 for
    none; ``may_join``: a number here may be part of a stretch."""

    letters: str
    column: int
    kind: str
    start: str
    formula: int
    text: int
    look: Look
    may_join: bool


class _Piece(NamedTuple):
    """Cells of a row: a stretch of the shape, a number alone, or (``shape`` -1, ``first`` -1) any other cell.

    first, end: of the numbers that may join, its own.
    """

    shape: int
    first: int
    end: int
    cells: list[_Cell]
    has_formulas: bool


@dataclass
class _Plan:
    """How the rows of a form become cells. ``numbers``: the places of the texts of cells that may join, ``all`` which
    of them do where all do; ``parts`` by which of them do."""

    cells: list[_Cell]
    numbers: list[int]
    in_order: bool
    all: tuple[bool, ...]
    pieces: dict[tuple[bool, ...], list[_Piece]] = field(default_factory=dict)


class CellMaker:
    """Makes the cells of one sheet. ``hidden`` and ``hidden_columns`` are of the sheet."""

    def __init__(
        self, strings: list[Text], looks: Looks, *, date1904: bool, hidden: bool, hidden_columns: set[int], place: str
    ) -> None:
        self._strings, self._looks, self._date1904 = strings, looks, date1904
        self._hidden, self._hidden_columns, self._place = hidden, hidden_columns, place
        self._shared: dict[str, tuple[str, str]] = {}
        self._words: dict[str, tuple[str | None, str, None]] = {}
        self._shapes: dict[tuple[tuple[int, ...], tuple[Look, ...]], int] = {}

    def fill(self, sheet: RawSheet, rows: Iterable[Row], comments: dict[str, str]) -> None:
        """Put in all cells that hold a value, an error or a formula. Raises UnreadableFile."""
        plans: dict[tuple[Form, bool], _Plan] = {}
        last, add = 0, sheet.cells.append
        sheet.in_order = True
        for number, row_hidden, form, texts in rows:
            plan = plans.get((form, row_hidden))
            if plan is None:
                plan = plans[form, row_hidden] = self._plan(form, hidden=self._hidden or row_hidden)
            if not plan.cells:
                continue
            row = int(number)
            if row > MOST_ROWS:
                raise messages.damaged(f"{self._place}: ô {plan.cells[0].letters}{number}")
            sheet.in_order &= plan.in_order and row > last
            last = row
            raws, joins = self._numbers(plan, texts, noted=bool(comments))
            pieces = plan.pieces.get(joins)
            if pieces is None:
                pieces = plan.pieces[joins] = self._pieces(plan, joins)
            for shape, first, end, cells, has_formulas in pieces:
                if shape >= 0:
                    if has_formulas:
                        formulas = tuple([self._formula_of(cell, texts, number) for cell in cells])
                        sheet.formulas[len(sheet.cells)] = formulas
                    sheet.joined += end - first - 1
                    add((row, shape, " ".join(raws[first:end])))
                    continue
                (cell,) = cells
                if first >= 0:
                    raw = raws[first]
                    add((row, cell.column, number_of(raw), raw, *cell.look))
                elif (made := self._cell(cell, row, number, texts, comments)) is not None:
                    add(made)
            if sheet.count > MOST_CELLS:
                raise messages.too_many_cells(MOST_CELLS, self._place)
        sheet.shapes = list(self._shapes)

    def _plan(self, form: Form, *, hidden: bool) -> _Plan:
        cells: list[_Cell] = []
        at = 0
        for letters, style_number, kind, start, has_formula, has_value in form.cells:
            formula, text = at if has_formula else -1, at + has_formula if has_value else -1
            at += has_formula + has_value
            if not has_value and not start:
                continue
            column = column_number(letters)
            if column > MOST_COLUMNS:
                raise messages.damaged(f"{self._place}: cột {letters}")
            number_format, style = self._looks.of(style_number)
            may_join = kind in _NUMBER and has_value and is_plain_format(number_format)
            look = hidden or column in self._hidden_columns, bool(start), number_format, style
            cells.append(_Cell(letters, column, kind, start, formula, text, look, may_join))
        columns = [cell.column for cell in cells]
        in_order = all(a < b for a, b in pairwise(columns))
        numbers = [cell.text for cell in cells if cell.may_join]
        return _Plan(cells, numbers, in_order, (True,) * len(numbers))

    @staticmethod
    def _numbers(plan: _Plan, texts: list, *, noted: bool) -> tuple[list[str], tuple[bool, ...]]:
        """The texts of the cells that may join as a stretch holds them, and which of them do."""
        raws = [texts[place] for place in plan.numbers]
        if noted:
            return raws, (False,) * len(raws)
        raws = as_shortest(raws)
        return raws, plan.all if all(raws) else tuple(map(bool, raws))

    def _pieces(self, plan: _Plan, joins: tuple[bool, ...]) -> list[_Piece]:
        """The cells of a row, those that stand side by side and join as one: which they are ``joins`` tells of those
        that may."""
        pieces: list[_Piece] = []
        told = iter(joins)
        at = 0
        for joined, group in groupby(plan.cells, key=lambda cell: cell.may_join and next(told)):
            cells = list(group)
            first, at = at, at + sum(cell.may_join for cell in cells)
            if joined and len(cells) > 1:
                shape = tuple([cell.column for cell in cells]), tuple([cell.look for cell in cells])
                shape_number = self._shapes.setdefault(shape, len(self._shapes))
                pieces.append(_Piece(shape_number, first, at, cells, any(cell.start for cell in cells)))
            elif joined and not cells[0].start:
                pieces.append(_Piece(-1, first, at, cells, False))
            else:
                pieces += [_Piece(-1, -1, -1, [cell], False) for cell in cells]
        return pieces

    def _cell(self, cell: _Cell, row: int, number: str, texts: list, comments: dict[str, str]) -> tuple | None:
        """One cell as GridCell takes it, None where nothing stands in it."""
        stored = texts[cell.text] if cell.text >= 0 else ""
        value, raw, text = self._value(cell.kind, stored, cell.look[2])
        start, style = cell.start, cell.look[3]
        if not start and not comments and (text is None or not text.pieces):
            if value is None and not raw:
                return None
            return row, cell.column, value, raw, *cell.look
        address = cell.letters + number
        formula, formula_at = self._formula_of(cell, texts, number)
        if value is None and not raw:
            if not start:
                return None
            raw = _own(formula, formula_at, address)
        comment = comments.pop(address, "") if comments else ""
        runs = text.runs(style) if text is not None and text.pieces else ()
        return row, cell.column, value, raw, *cell.look, formula, formula_at, comment, runs

    def _formula_of(self, cell: _Cell, texts: list, number: str) -> tuple[str, str]:
        if not cell.start:
            return "", ""
        return self._formula(cell.start, texts[cell.formula] if cell.formula >= 0 else "", cell.letters + number)

    def _value(self, kind: str, stored: str | Text, number_format: str | None):
        """Value, raw and the text with its fonts; value None and raw '' for nothing."""
        if isinstance(stored, Text):
            return (*_text(stored.text), stored)
        if kind in _WORDS:
            known = self._words.get(stored)
            if known is None:  # a few stand in many cells: each is one object everywhere
                known = self._words[stored] = (*_text(unescape(xml_text(stored))), None)
            return known
        stored = xml_text(stored)
        match kind:
            case "s":
                if not stored.strip():
                    return None, "", None
                index = int(stored) if stored.strip().isdecimal() else -1
                if not 0 <= index < len(self._strings):
                    raise messages.damaged(f"{self._place}: chuỗi số {stored[:20]}")
                text = self._strings[index]
                return (*_text(text.text), text)
            case "" | "n":
                if not stored.strip():
                    return None, "", None
                try:
                    number = float(stored)
                except ValueError:
                    return (*_text(unescape(stored)), None)
                value = of_number(number, number_format, self._date1904)
                return value, stored if value is None else raw_of(value), None
            case "b":
                value = stored.strip() in ("1", "true")
                return value, raw_of(value), None
            case "e":
                return None, stored, None
            case "d":
                value = _iso(stored)
                return value, raw_of(value), None
            case _:
                return (*_text(unescape(stored)), None)

    def _formula(self, start: str, formula: str, address: str) -> tuple[str, str]:
        """The formula with "=" and where it stands in the file as it is written."""
        text = xml_text(formula)
        shared = _SHARED.search(start) if "shared" in start else None
        if shared and text:
            self._shared[shared[1]] = (f"={text}", address)
        if shared:
            return self._shared.get(shared[1], ("", ""))
        return (f"={text}" if text else ""), ""


def _text(text: str) -> tuple[str | None, str]:
    return (None, "") if is_blank(text) else (text, text)


def _own(formula: str, formula_at: str, address: str) -> str:
    """What stands for a formula that has no result."""
    if not formula or not formula_at or formula_at == address:
        return formula or "="
    return moved(formula, formula_at, address) or formula


def _iso(text: str) -> dt.date | dt.datetime | dt.time | str:
    """A day as ISO 8601 writes it, the text where it is none."""
    for kind in (dt.date, dt.datetime, dt.time):
        try:
            return kind.fromisoformat(text.removesuffix("Z"))
        except ValueError:
            continue
    return text
