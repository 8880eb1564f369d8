"""The explanations of a unit in other layouts: words_prose: headings and points down one column, marked; words_columns:
headings side by side over columns of points; words_one_cell: all in one cell."""

from __future__ import annotations

from random import Random

from scripts.simulated.fill import Filled

from planreview.forms.narrative_sheet import HEADINGS, NAME


def _sections(filled: Filled) -> list[tuple[str, list[str]]]:
    """Headings with their points, and a sheet in place of the form's."""
    old = filled.book[NAME]
    heads = {heading for heading, _ in HEADINGS}
    found: list[tuple[str, list[str]]] = []
    for row in range(1, old.max_row + 1):
        first, text = old.cell(row, 1).value, old.cell(row, 2).value
        if first in heads:
            found.append((first, []))
        elif found and text:
            found[-1][1].append(text)
    at = filled.book.index(old)
    del filled.book[NAME]
    filled.book.create_sheet("BC danh gia", at)
    return found


def words_prose(filled: Filled, draw: Random) -> None:
    row = 0
    sections = _sections(filled)
    sheet = filled.book["BC danh gia"]
    for heading, points in sections:
        row += 1
        sheet.cell(row, 1, heading)
        for number, text in enumerate(points, 1):
            row += 1
            sheet.cell(row, 1, f"{number}. {text}" if draw.random() < 0.5 else f"- {text}")
    filled.note("words_prose", "value", [])


def words_columns(filled: Filled, draw: Random) -> None:
    sections = [s for s in _sections(filled) if s[1]]
    sheet = filled.book["BC danh gia"]
    for column, (heading, points) in enumerate(sections, 1):
        for row, text in enumerate((heading, *points), 1):
            sheet.cell(row, column, text)
    filled.note("words_columns", "value", [])


def words_one_cell(filled: Filled, draw: Random) -> None:
    lines = [line for heading, points in _sections(filled) for line in (heading, *(f"- {p}" for p in points))]
    filled.book["BC danh gia"].cell(1, 1, "\n".join(lines))
    filled.note("words_one_cell", "value", [])
