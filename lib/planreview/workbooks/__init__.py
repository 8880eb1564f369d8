"""Any spreadsheet file, safely, as grids of cells. Knows nothing of indicators."""

from planreview.workbooks import marks
from planreview.workbooks.column_names import column_letters
from planreview.workbooks.grid import GridCell, Note, Run, Style
from planreview.workbooks.kinds import is_workbook
from planreview.workbooks.reader import SPREADSHEETS, read_workbook
from planreview.workbooks.safely import read_workbook_safely
from planreview.workbooks.sheet import Sheet, Workbook
from planreview.workbooks.stretches import Part, Shape, Stretch, cells_of, number, parts_within
from planreview.workbooks.values import shows_percent

__all__ = [
    "SPREADSHEETS",
    "GridCell",
    "Note",
    "Part",
    "Run",
    "Shape",
    "Sheet",
    "Stretch",
    "Style",
    "Workbook",
    "cells_of",
    "column_letters",
    "is_workbook",
    "marks",
    "number",
    "parts_within",
    "read_workbook",
    "read_workbook_safely",
    "shows_percent",
]
