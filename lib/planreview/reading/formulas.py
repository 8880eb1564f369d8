"""Formulas whose result the file does not hold: a plain sum, difference, product or ratio of cells is worked out.

Programs other than Excel write formulas without results. What Excel would show is known only where every cell that a
formula speaks of is a number of its own sheet; a text that looks like a number, an error, a date, or another sheet
leaves it without one, as does a formula of cells that are all empty.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal, DecimalException

from openpyxl.utils.cell import range_boundaries

from planreview.reading.kinds import Kind, kind_of
from planreview.workbooks import GridCell, Sheet

_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?(?![\w(!:])")
_PLAIN = re.compile(r"[A-Z0-9$:.,+\-*/()\s]+", re.I)
_LONGEST, _MOST_CELLS, _DEEPEST = 1000, 10_000, 50
_EXCEL = Context(prec=15)  # significant digits, as Excel keeps them
_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class _Unknown(Exception):
    """The result cannot be known."""


def with_results(sheet: Sheet) -> Sheet:
    """The sheet with the results that could be worked out; such a cell keeps its formula as ``raw``."""
    bare = [c for c in sheet.singles if c.is_formula and c.value is None and c.raw.startswith("=")]
    if not bare:
        return sheet
    results = _Results(sheet)
    found = {}
    for cell in bare:
        try:
            value = results.of(cell, 0)
        except (_Unknown, SyntaxError, DecimalException, ValueError, RecursionError, MemoryError):
            continue
        number = float(value)
        whole = number.is_integer() and abs(number) < 2**53
        found[cell.row, cell.column] = replace(cell, value=int(number) if whole else number)
    return sheet.with_changed(found) if found else sheet


class _Results:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.known: dict[tuple[int, int], Decimal] = {}
        self.left = _MOST_CELLS * 20  # cells that all formulas together may look at

    def of(self, cell: GridCell, depth: int) -> Decimal:
        """The number in a cell. Raises _Unknown and what parsing and reckoning raise."""
        place = (cell.row, cell.column)
        if place in self.known:
            return self.known[place]
        if not (cell.is_formula and cell.value is None and cell.raw.startswith("=")):
            if kind_of(cell) not in (Kind.NUMBER, Kind.YEAR) or not cell.is_number:
                raise _Unknown
            return Decimal(cell.raw)
        formula = cell.raw[1:]
        if depth > _DEEPEST or len(formula) > _LONGEST or not _PLAIN.fullmatch(formula):
            raise _Unknown
        written = _REFERENCE.sub(lambda m: f'_["{m[0].replace("$", "")}"]', formula.strip().upper())
        value = self._number(ast.parse(written, mode="eval").body, depth)
        if value is None:
            raise _Unknown
        self.known[place] = _EXCEL.plus(value)
        return self.known[place]

    def _number(self, node: ast.AST, depth: int) -> Decimal | None:
        """The value of a part of a formula; None for an empty cell."""
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return Decimal(repr(number))
            case ast.Subscript(slice=ast.Constant(value=str() as reference)) if ":" not in reference:
                cells = list(self._cells(reference))
                return self.of(cells[0], depth + 1) if cells else None
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                value = self._number(operand, depth)
                return -value if isinstance(sign, ast.USub) and value is not None else value
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return self._reckoned(self._number(left, depth), op, self._number(right, depth))
            case ast.Call(func=ast.Name(id="SUM"), args=arguments, keywords=[]):
                numbers = [n for a in arguments for n in self._summands(a, depth)]
                return sum(numbers, Decimal(0)) if numbers else None
        raise _Unknown

    @staticmethod
    def _reckoned(left: Decimal | None, op: ast.operator, right: Decimal | None) -> Decimal | None:
        if isinstance(op, ast.Add | ast.Sub):
            if left is None and right is None:
                return None
            left, right = left or Decimal(0), right or Decimal(0)  # Excel counts an empty cell as nothing
        if left is None or right is None:
            raise _Unknown
        return _OPERATORS[type(op)](left, right)

    def _summands(self, node: ast.AST, depth: int) -> list[Decimal]:
        match node:
            case ast.Subscript(slice=ast.Constant(value=str() as reference)):
                # SUM passes over words; what looks like a number and is a text it passes over too, which nobody meant
                cells = [c for c in self._cells(reference) if kind_of(c) not in (Kind.WORD, Kind.MARK)]
                return [self.of(c, depth + 1) for c in cells]
        value = self._number(node, depth)
        return [] if value is None else [value]

    def _cells(self, reference: str) -> Iterator[GridCell]:
        left, top, right, bottom = range_boundaries(reference)
        area = (right - left + 1) * (bottom - top + 1)
        self.left -= area
        if area > _MOST_CELLS or self.left < 0:
            raise _Unknown
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (cell := self.sheet.cells.get((row, column))) is not None:
                    yield cell
