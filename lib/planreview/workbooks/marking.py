"""Remarks on cells: a colour by severity and a comment, which a later round of remarks takes off again."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {"error": "F8C9AE", "warning": "FFE59A", "info": "D9EAF8"}  # told from one another in grey as well
BEGINS = "[Cần xem lại]"
_AUTHOR = "planreview"
_MOST_COMMENT = 8000


def mark_cell(sheet: Worksheet, address: str, severity: str, words: Sequence[str]) -> None:
    """Colour a cell and write what is said of it below what stands in its comment already; it may be changed even where
    the sheet is protected."""
    cell = _shown(sheet, address)
    cell.fill = PatternFill("solid", fgColor=COLOURS[severity])
    cell.protection = Protection(locked=False, hidden=cell.protection.hidden)
    own = cell.comment.text.rstrip() if cell.comment else ""
    ours = ILLEGAL_CHARACTERS_RE.sub("", "\n".join([BEGINS, *words]))[:_MOST_COMMENT]
    comment = Comment(f"{own}\n\n{ours}" if own else ours, (cell.comment.author if own else None) or _AUTHOR)
    lines = sum(1 + len(line) // 45 for line in comment.text.split("\n"))
    comment.width, comment.height = 320, min(60 + 17 * lines, 420)
    cell.comment = comment


def take_off_marks(sheet: Worksheet) -> None:
    """Remove the colours and words of earlier remarks; a unit's own stay."""
    ours = {f"00{colour}" for colour in COLOURS.values()} | {f"FF{colour}" for colour in COLOURS.values()}
    for cell in list(sheet._cells.values()):
        if not isinstance(cell, Cell):
            continue
        if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in ours:
            cell.fill = PatternFill()
        if cell.comment and BEGINS in cell.comment.text:
            own = cell.comment.text.partition(BEGINS)[0].rstrip()
            cell.comment = Comment(own, cell.comment.author) if own else None


def _shown(sheet: Worksheet, address: str) -> Cell:
    """The cell there, or the one that a merged area shows there."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        area = next(a for a in sheet.merged_cells.ranges if address in a)
        return sheet.cell(area.min_row, area.min_col)
    return cell
