"""A sheet of words: what stands under a heading of a topic, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planreview.catalogue.texts import folded
from planreview.intake.ledger import Ledger
from planreview.intake.topics import heading_topic, is_dated, is_signature, words
from planreview.reading.values import BLANK_MARKS
from planreview.workbooks import GridCell, Sheet

_MARKER = re.compile(r"^(?:[-+*•–]|\d+(?:\.\d+)*[.)]?|[a-zđ][.)]?|[ivx]+[.)]?)$", re.I)
_POINT = re.compile(r"^(?:[-+*•–]|\d+(?:\.\d+)*[.)]|[a-zđ][.)])\s+")
_SURE = 2  # headings that make a sheet one of words, whatever its name


@dataclass(frozen=True)
class Narrative:
    """Words of one cell, the topic and the heading (as typed) that they stand under."""

    topic: str
    heading: str
    text: str
    cell: GridCell


def read_narratives(sheet: Sheet, ledger: Ledger) -> list[Narrative]:
    """The words of a sheet that has no table, under their topics; claims headings, ordinals and words in ``ledger``.

    Headings stand one below the other in one column, with the words under or beside them, or side by side in one row
    over columns of words, or with their words in the lines of one cell. A sheet without such headings gives nothing
    and claims nothing.
    """
    found = _in_lines(sheet, ledger)
    told = {(n.cell.row, n.cell.column): (n.topic, n.heading) for n in found}
    free = [cell for cell in sheet.cells.values() if not ledger.is_claimed(cell)]
    headings = {cell: topic for cell in free if (topic := heading_topic(_head(cell)))}
    rest = _under_headings(sheet, ledger, headings, told)
    return sorted([*found, *rest], key=lambda n: (n.cell.row, n.cell.column)) if found else rest


def _under_headings(
    sheet: Sheet, ledger: Ledger, headings: dict[GridCell, str], told: dict[tuple[int, int], tuple[str, str]]
) -> list[Narrative]:
    """The words under ``headings``. ``told``: places of cells that hold whole sections, with the last one's topic and
    heading, under which the lines below go on."""
    rows = [cell.row for cell in headings]
    side_by_side = next((row for row in sorted(set(rows)) if rows.count(row) > 1), 0)
    if side_by_side:
        over = {cell.column: (topic, words(cell)) for cell, topic in headings.items() if cell.row == side_by_side}
        for cell in sheet.row(side_by_side):
            if not ledger.is_claimed(cell):
                ledger.set(cell, "header")
        return _read(sheet, ledger, side_by_side + 1, min(over), over, {}, told)
    column = min((cell.column for cell in headings), default=0)
    own = {cell.row: (topic, cell) for cell, topic in headings.items() if cell.column == column}
    if not own or (len(own) + len(told) < _SURE and "thuyet minh" not in folded(sheet.name)):
        return []
    first = min([*own, *(row for row, c in told if c == column)])
    return _read(sheet, ledger, first, column, {}, own, told)


def _in_lines(sheet: Sheet, ledger: Ledger) -> list[Narrative]:
    """Words of cells that hold whole sections: a heading in a line of its own, points in the lines below it."""
    found: list[Narrative] = []
    for cell in sorted(sheet.cells.values(), key=lambda c: (c.row, c.column)):
        lines = [line.strip() for line in words(cell).splitlines() if line.strip()] if cell.text else []
        if len(lines) < _SURE or not heading_topic(lines[0]):
            continue
        topic = heading = ""
        for line in lines:
            if named := heading_topic(line):
                topic, heading = named, line
            else:
                found.append(Narrative(topic, heading, _POINT.sub("", line), cell))
        ledger.set(cell, "narrative")
    return found


def _head(cell: GridCell) -> str:
    return words(cell).partition(":")[0].strip() if cell.text else ""


def _read(
    sheet: Sheet,
    ledger: Ledger,
    first: int,
    column: int,
    over: dict[int, tuple[str, str]],
    headings: dict[int, tuple[str, GridCell]],
    told: dict[tuple[int, int], tuple[str, str]],
) -> list[Narrative]:
    """From row ``first`` to whoever signs. ``over``: topics by column; ``headings``: topics by row, in ``column``;
    ``told`` as in ``_under_headings``."""
    found: list[Narrative] = []
    topic = heading = ""
    for row in range(first, sheet.last_row + 1):
        cells = sheet.row(row)
        if any(c.column <= column and is_signature(c.text) for c in cells):
            break
        for cell in cells:
            if ledger.is_claimed(cell):
                if cell.column == column:
                    topic, heading = told.get((row, column), (topic, heading))
            elif row in headings and cell is headings[row][1]:
                topic, heading = headings[row][0], _head(cell)
                said = words(cell).partition(":")[2].strip()  # "Khó khăn: giá vật tư tăng" is heading and words in one
                ledger.set(cell, "narrative" if said else "header")
                if said:
                    found.append(Narrative(topic, heading, said, cell))
            elif cell.column < column or (cell.column == column and not over and _MARKER.match(words(cell))):
                ledger.set(cell, "ordinal")
            elif not cell.text or is_dated(cell.text) or (over and cell.column not in over):
                continue  # a number among words, a date, a column of something else: said elsewhere or a note
            elif cell.text.strip() in BLANK_MARKS:
                ledger.set(cell, "blank_mark")
            else:
                ledger.set(cell, "narrative")
                found.append(Narrative(*(over.get(cell.column) or (topic, heading)), words(cell), cell))
    return found
