"""What a table tells in one of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planreview.reading import Account, Item, Line
from planreview.reading.account import Run
from planreview.workbooks import GridCell, Stretch


@dataclass(slots=True)
class LineValues:
    """``parts``: items and runs of plain numbers, left to right. Most of a workbook is such runs, and of a line that
    nobody knows no number is looked at by itself: they become items where somebody asks for these."""

    line: Line
    parts: list[Item | Run]

    @classmethod
    def of(cls, line: Line, account: Account) -> LineValues:
        """What the account says of the values of a line."""
        runs = account.runs.get(line.row, ())
        parts: list[Item | Run] = []
        for part in line.parts:
            if type(part) is not Stretch:
                parts += _items([part], account)
            elif run := next((run for run in runs if run.stretch is part), None):
                parts.append(run)
            else:
                parts += _items(part.cells, account)
        return cls(line, parts)

    @property
    def items(self) -> list[Item]:
        """Its values, each as an item of its own from now on."""
        self.parts = [i for part in self.parts for i in (part.items() if type(part) is Run else (part,))]
        return self.parts

    @property
    def singles(self) -> list[Item]:
        """The items outside runs: all words, marks, errors and results that were worked out among them."""
        return [part for part in self.parts if type(part) is not Run]

    @property
    def runs(self) -> list[Run]:
        return [part for part in self.parts if type(part) is Run]

    @property
    def count(self) -> int:
        return sum(len(part.stretch.shape.columns) if type(part) is Run else 1 for part in self.parts)

    @property
    def first(self) -> GridCell:
        """The leftmost cell."""
        part = self.parts[0]
        if type(part) is not Run:
            return part.cell
        stretch = part.stretch
        return stretch.within(frozenset(stretch.shape.columns[:1])).cells[0]

    @property
    def unit(self) -> str:
        """The first unit that one of its values has, '' for none."""
        units = (u for part in self.parts for u in (part.said.units if type(part) is Run else (part.unit,)))
        return next(filter(None, units), "")

    def fates(self) -> Iterator[tuple[int, str]]:
        """Column and fate of each value."""
        for part in self.parts:
            if type(part) is Run:
                yield from zip(part.stretch.shape.columns, part.said.fates, strict=True)
            else:
                yield part.cell.column, part.fate


def _items(cells: list[GridCell], account: Account) -> list[Item]:
    return [item for cell in cells if (item := account.told(cell)[1]) is not None]
