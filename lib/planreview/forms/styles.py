"""How a form looks: Times New Roman, thin borders, grey where nothing is to be filled in; its page and protection."""

from __future__ import annotations

import math
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
BODY = 12
PREFILLED = "1F4E9E"  # blue: filled in beforehand, for the unit to check
_DIGIT = 13.4  # size of letters of which as many fit as the column is wide
_THIN = Side(style="thin", color="808080")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
GREY = PatternFill("solid", fgColor="EDEDED")
HEAD = PatternFill("solid", fgColor="D9E2EC")
TEXT = "@"  # words that begin with - or + stay words


@dataclass(frozen=True)
class Look:
    """How one cell looks and whether it may be filled in."""

    across: str = "left"
    size: float = BODY
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    fill: PatternFill | None = None
    bordered: bool = True
    open: bool = False
    indent: int = 0
    number_format: str = "General"
    down: str = "center"


def put(sheet: Worksheet, row: int, column: int, value: str | float | None, look: Look) -> Cell:
    """Write a cell and all of its look."""
    cell = sheet.cell(row, column, value)
    cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.colour)
    cell.alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=True, indent=look.indent)
    if look.bordered:
        cell.border = BORDER
    if look.fill:
        cell.fill = look.fill
    cell.protection = Protection(locked=not look.open)
    cell.number_format = look.number_format
    return cell


def across(sheet: Worksheet, row: int, first: int, last: int, text: str | None, look: Look) -> Cell:
    """A text over several columns, its row high enough for it."""
    cell = put(sheet, row, first, text, look)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    width = sum(sheet.column_dimensions[get_column_letter(c)].width for c in range(first, last + 1))
    needed = height(text or "", width, look.size)
    sheet.row_dimensions[row].height = max(needed, sheet.row_dimensions[row].height or 0)
    return cell


def height(text: str, width: float, size: float = BODY) -> float:
    """Points that a wrapped text needs in a column of this width ."""
    letters = width * _DIGIT / size
    lines = sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))
    return lines * (size + 3.5) + 2


class _Growing(RowDimension):
    """A row of this height for now: it grows with what is typed into it."""

    @property
    def customHeight(self) -> bool:
        return False


def grow_from(sheet: Worksheet, row: int, points: float) -> None:
    """Give a row a height that its words may still make larger (openpyxl otherwise fixes it for good)."""
    sheet.row_dimensions[row] = _Growing(sheet, index=row, ht=points)


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def set_page(sheet: Worksheet, *, header_rows: tuple[int, int] | None = None) -> None:
    """A4 landscape, one page wide, the header on every page, "Trang n/N" at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.55, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "Trang &P/&N"
    sheet.oddFooter.center.font, sheet.oddFooter.center.size = f"{FONT},Regular", 10
    if header_rows:
        sheet.print_title_rows = "{}:{}".format(*header_rows)


def protect(sheet: Worksheet, *, more_rows: bool = False) -> None:
    """No password: it keeps labels and codes from slips, not from people. Widths and heights may be changed, and rows
    added where ``more_rows``."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.insertRows = not more_rows
