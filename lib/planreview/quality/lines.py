"""A unit's observations as the lines and columns of its tables: what the checks of one table compare."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from planreview.catalogue import Catalogue, periods
from planreview.catalogue.indicators import Indicator

_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_OF_QUESTION = itemgetter("round", "source_file", "area_code", "indicator_code", "period", "kind", "plan")
_OF_PLACE = itemgetter("round", "source_file", "sheet", "area_code")
_EXACT = ("", "~")


class Column(NamedTuple):
    """What a column of a table tells: a result (actual or estimate) or a target, of years ``first`` to ``last``."""

    result: bool
    first: int
    last: int
    plan: str

    @property
    def yearly(self) -> bool:
        return self.first == self.last


class Place(NamedTuple):
    """Where a table stands: one sheet of one file of a round, and the area that its lines are about."""

    round: str
    source_file: str
    sheet: str
    area_code: str


@dataclass
class Line:
    """The numbers of one indicator in a table, by column; exact ones only, a hidden one where no visible cell of the
    file gives the figure."""

    indicator: Indicator
    cells: dict[Column, dict] = field(default_factory=dict)
    results: dict[int, dict] = field(default_factory=dict)
    plans: dict[int, dict] = field(default_factory=dict)

    @property
    def rate(self) -> bool:
        """Whether a difference of its numbers is told in points rather than as a part of them."""
        return self.indicator.measure in ("rate", "share", "growth", "index") and self.indicator.unit.startswith("%")


@dataclass
class Table:
    """The lines of a table by indicator."""

    place: Place
    published: bool
    lines: dict[str, Line] = field(default_factory=dict)

    def cell(self, code: str, column: Column) -> dict | None:
        line = self.lines.get(code)
        return None if line is None else line.cells.get(column)


def tables_of(observations: Iterable[Mapping], catalogue: Catalogue) -> list[Table]:
    """The tables of a unit in order of rounds, files and sheets; months so far and ranges stay out."""
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    observations = list(observations)
    hides = any(row["hidden"] for row in observations)
    seen = {_question(row) for row in observations if not row["hidden"]} if hides else set()
    found: dict[Place, Table] = {}
    for row in observations:
        if (row["hidden"] and _question(row) in seen) or row["value"] is None or row["qualifier"] not in _EXACT:
            continue
        column = _column(row["kind"] != "target", row["period"], row["plan"])
        if column is None:
            continue
        table = found.get(_OF_PLACE(row))  # a named tuple is the tuple of its parts
        if table is None:
            place = Place(*_OF_PLACE(row))
            table = found[place] = Table(place, row["provenance"] == "published")
        code = row["indicator_code"]
        line = table.lines.get(code)
        if line is None:
            line = table.lines[code] = Line(catalogue.indicators[code])
        line.cells.setdefault(column, row)
        if column.yearly:
            if column.result:
                line.results.setdefault(column.first, row)
            elif column.plan == "proposed":
                line.plans.setdefault(column.first, row)
    return sorted(found.values(), key=lambda t: (order.get(t.place.round, -1), t.place))


def _question(row: Mapping) -> tuple:
    """What a cell of a file answers; hidden cells count where no visible one does."""
    return _OF_QUESTION(row)


def previous(tables: Iterable[Table]) -> dict[Place, Table]:
    """For each submitted table the fullest one about its area in the last round before it that has any."""
    before: dict[Place, Table] = {}
    fullest: dict[str, Table] = {}
    current: dict[str, Table] = {}
    round_code = None
    for table in tables:
        if table.published:
            continue
        if table.place.round != round_code:
            fullest, current, round_code = fullest | current, {}, table.place.round
        area = table.place.area_code
        if area in fullest:
            before[table.place] = fullest[area]
        if area not in current or len(table.lines) >= len(current[area].lines):
            current[area] = table
    return before


@cache
def _column(result: bool, period: str, plan: str) -> Column | None:
    """None for months so far."""
    return None if periods.is_months(period) else Column(result, *periods.years(period), plan)


@cache
def position(cell: str) -> tuple[int, str] | None:
    """Row number and column letters of a cell."""
    match = _CELL.match(cell)
    return (int(match[2]), match[1]) if match else None


def log10(row: Mapping | None) -> float | None:
    """The order of magnitude of a number, None of one that has none."""
    return math.log10(row["value"]) if row is not None and row["value"] > 0 else None
