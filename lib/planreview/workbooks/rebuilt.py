"""A workbook of any kind made anew as .xlsx from its cells: formulas where known, formats, merges, what is hidden."""

from __future__ import annotations

import re

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planreview.workbooks.kept import put_result
from planreview.workbooks.outward import reaches_out
from planreview.workbooks.sheet import Sheet, Workbook

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 9, 42


def rebuild(grid: Workbook) -> tuple[openpyxl.Workbook, dict[str, str]]:
    """The workbook, and the names of its sheets by those in ``grid``, which may be longer than Excel allows."""
    book, names = openpyxl.Workbook(), {}
    book.remove(book.active)
    if grid.date1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for sheet in grid.sheets:
        names[sheet.name] = free_name(sheet.name, set(names.values()))
        _write(book.create_sheet(names[sheet.name]), sheet)
    return book, names


def free_name(name: str, taken: set[str]) -> str:
    """``name`` as Excel allows it, with a number behind it where a sheet is called so already."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", _FORBIDDEN.sub("_", name)).strip("'")[:_LONGEST_NAME] or "Trang"
    used, found, number = {t.casefold() for t in taken}, plain, 1
    while found.casefold() in used:
        number += 1
        found = f"{plain[: _LONGEST_NAME - len(str(number)) - 3]} ({number})"
    return found


def _write(sheet: Worksheet, read: Sheet) -> None:
    for (row, column), source in read.cells.items():
        cell, style = sheet.cell(row, column), source.style
        if (formula := source.own_formula) and not reaches_out(formula):
            cell.value = formula
        else:
            put_result(cell, source, formula)
        if source.number_format:
            cell.number_format = source.number_format
        cell.font = Font(
            name=style.font or "Times New Roman", size=12, bold=style.bold, italic=style.italic, strike=style.struck,
            vertAlign="superscript" if style.raised else None,
        )  # fmt: skip
        cell.alignment = Alignment(
            horizontal="center" if style.centred else "left" if style.indent else None,
            vertical="center", wrap_text=bool(source.text), indent=style.indent,
        )  # fmt: skip
        if source.comment:
            cell.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", source.comment), "")
    _merge(sheet, read)
    _size(sheet, read)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if read.hidden:
        sheet.sheet_state = "hidden"
    else:
        _hide(sheet, read)


def _merge(sheet: Worksheet, read: Sheet) -> None:
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for covered, first in read.merges.items():
        areas.setdefault(first, [first]).append(covered)
    for (top, left), covered in areas.items():
        bottom, right = max(r for r, _ in covered), max(c for _, c in covered)
        if (bottom, right) != (top, left):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _size(sheet: Worksheet, read: Sheet) -> None:
    """Columns as wide as what stands in them, but for texts over several columns."""
    widths: dict[int, int] = {}
    wide = {first for covered, first in read.merges.items() if covered[1] != first[1]}
    for (row, column), cell in read.cells.items():
        if (row, column) not in wide and len(read.row(row)) > 1:
            widths[column] = max(widths.get(column, 0), *(len(line) for line in cell.raw.split("\n")))
    for column in range(1, read.last_column + 1):
        width = min(max(widths.get(column, 0) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in {r for r, _ in read.cells}:
        if len(cells := read.row(row)) == 1 and (cells[0].row, cells[0].column) not in wide:
            sheet.cell(row, cells[0].column).alignment = Alignment(vertical="center")


def _hide(sheet: Worksheet, read: Sheet) -> None:
    """Rows, then columns, of which no cell is to be seen: which of both was hidden the cells alone do not tell."""
    rows = {r for r, _ in read.cells}
    hidden = {r for r in rows if all(cell.hidden for cell in read.row(r))}
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    seen = [cell for cell in read.cells.values() if cell.row not in hidden]
    for column in {c.column for c in seen if c.hidden} - {c.column for c in seen if not c.hidden}:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
