"""Any spreadsheet file, safely, as grids of cells. Knows nothing of indicators."""

from planreview.workbooks import marks
from planreview.workbooks.grid import GridCell, Note, Run, Sheet, Style, Workbook
from planreview.workbooks.kinds import is_workbook
from planreview.workbooks.reader import SPREADSHEETS, read_workbook
from planreview.workbooks.safely import read_workbook_safely

__all__ = [
    "SPREADSHEETS",
    "GridCell",
    "Note",
    "Run",
    "Sheet",
    "Style",
    "Workbook",
    "is_workbook",
    "marks",
    "read_workbook",
    "read_workbook_safely",
]
