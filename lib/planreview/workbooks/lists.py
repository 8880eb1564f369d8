"""A list as a workbook of one sheet, ready to be printed and forwarded."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planreview.workbooks.saving import same_bytes

_FONT = "Times New Roman"
_SIDE = Side(style="thin")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEADING = PatternFill("solid", start_color="E7E6E6")
_LINE = 15.5  # points
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """``width`` in characters; ``align``: left, center or right."""

    heading: str
    width: float
    align: str = "left"


@dataclass(frozen=True)
class ListSheet:
    """A title, lines above, a table, lines below. Cells are text, numbers, days or None."""

    name: str
    title: str
    above: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | float | dt.date | None]]
    below: Sequence[str] = ()


def list_workbook(content: ListSheet, day: dt.date) -> bytes:
    """The workbook, A4 upright; the same content and ``day`` give the same bytes.

    Text never becomes a formula, whatever it begins with.
    """
    workbook = Workbook()
    workbook.properties.creator = ""
    workbook.properties.title = f"{content.title} - {content.above[0]}" if content.above else content.title
    workbook.properties.language = "vi-VN"
    workbook.properties.created = dt.datetime.combine(day, dt.time())
    sheet = workbook.active
    sheet.title = content.name
    row = 1
    _line(sheet, row, content.title, content, size=14, bold=True, align="center")
    for text in content.above:
        row += 1
        _line(sheet, row, text, content, align="center")
    row = header = row + 2
    for number, column in enumerate(content.columns, 1):
        cell = _cell(sheet, row, number, column.heading, "center", bold=True)
        cell.fill = _HEADING
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 2 * _LINE + 2
    for values in content.rows:
        row += 1
        for number, (column, value) in enumerate(zip(content.columns, values, strict=True), 1):
            _cell(sheet, row, number, value, column.align)
        lines = [_lines(v, c.width) for c, v in zip(content.columns, values, strict=True) if isinstance(v, str)]
        sheet.row_dimensions[row].height = max(lines, default=1) * _LINE + 2
    row += 1
    for text in content.below:
        row += 1
        _line(sheet, row, text, content, italic=True)
    _page(sheet, header)
    return same_bytes(workbook)


def put_text(cell: Cell, text: str) -> None:
    """Write words as words: what looks like a formula is quoted, what no workbook can hold is left out."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


def _cell(sheet: Worksheet, row: int, column: int, value, align: str, *, bold: bool = False) -> Cell:
    cell = sheet.cell(row, column)
    cell.font = Font(name=_FONT, size=12, bold=bold)
    indent = 1 if align == "left" else 0
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
    cell.border = _BORDER
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "d/m/yyyy"
    return cell


def _line(
    sheet: Worksheet, row: int, text: str, content: ListSheet, *, size=12, bold=False, italic=False, align="left"
):
    """A line over the whole width of the table."""
    cell = sheet.cell(row, 1)
    put_text(cell, text)
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(content.columns))
    width = sum(column.width for column in content.columns)
    sheet.row_dimensions[row].height = _lines(text, width) * _LINE * size / 12 + 2


def _lines(text: str, width: float) -> int:
    """Lines that a wrapped text needs; words are not broken, so a little less than the width is used."""
    return max(1, math.ceil(len(text) * 1.05 / width))


def _page(sheet: Worksheet, header: int) -> None:
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.6, right=0.4, top=0.7, bottom=0.7)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "Trang &P/&N"
