"""What the readers of each kind of file hand over, and how it becomes a Workbook.

Cells travel as plain tuples in the order of GridCell's fields: they cross from the worker process that reads a file
in a fraction of the time that objects would take.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

from planreview.memory import without_cycle_search
from planreview.workbooks import messages
from planreview.workbooks.grid import GridCell, Note, Sheet, Workbook

MOST_CELLS = 500_000
_MOST_TEXT = 60_000_000  # characters of all cells
_CUT_AT = 1000
_MOST_MERGED = 2_000_000

# Fixed by the file formats themselves.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

Area = tuple[int, int, int, int]


@dataclass
class RawSheet:
    """``cells``: tuples as GridCell takes them; ``merges``: top, left, bottom, right, counted from 1."""

    name: str
    hidden: bool = False
    cells: list[tuple] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)


@dataclass
class RawBook:
    """A file's content, not yet in the shape that others work with. Fields as in Workbook."""

    kind: str
    sheets: list[RawSheet] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    date1904: bool = False

    def check_size(self) -> None:
        """Raises UnreadableFile where there are more cells than anyone can have typed."""
        if sum(len(sheet.cells) for sheet in self.sheets) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, self.sheets[-1].name)

    def cut_text(self) -> None:
        """Cut long texts, and say so, where there is more than anyone can have typed: a few bytes of a file can repeat
        one text in every cell."""
        if sum(sum(map(len, map(itemgetter(3), sheet.cells))) for sheet in self.sheets) <= _MOST_TEXT:
            return
        for sheet in self.sheets:
            sheet.cells = [_cut(cell) if len(cell[3]) > _CUT_AT else cell for cell in sheet.cells]
        said = f"Tệp có đoạn chữ rất dài lặp lại ở nhiều ô; mỗi ô chỉ giữ {_CUT_AT:,} chữ cái đầu".replace(",", ".")
        self.notes.append(Note("read.long_text", said, "Hãy bỏ các đoạn chữ đó rồi gửi lại", "", "warning"))

    def workbook(self) -> Workbook:
        """Raises UnreadableFile for merged areas beyond measure."""
        with without_cycle_search():
            sheets = [_sheet(raw) for raw in self.sheets]
        return Workbook(sheets, self.properties, self.kind, tuple(self.notes), self.date1904)


def _cut(cell: tuple) -> tuple:
    row, column, value, raw, *rest = cell
    raw = f"{raw[:_CUT_AT]} […]"
    return (row, column, raw if isinstance(value, str) else value, raw, *rest[:7])  # without its runs


def _sheet(raw: RawSheet) -> Sheet:
    cells = {(cell[0], cell[1]): GridCell(*cell) for cell in raw.cells}
    merges = _merges(raw, cells)
    for position in [p for p in merges if p in cells and merges[p] != p]:
        del cells[position]  # what lies under a merge is not shown and counts for nothing
    return Sheet(raw.name, raw.hidden, cells, merges)


def _merges(raw: RawSheet, cells: dict) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered position; beyond the last cell nobody asks, and a merge may cover a whole sheet there."""
    if not raw.merges or not cells:
        return {}
    last_row = max(row for row, _ in cells)
    last_column = max(column for _, column in cells)
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    left_over = _MOST_MERGED
    for top, left, bottom, right in raw.merges:
        bottom, right = min(bottom, last_row), min(right, last_column)
        left_over -= max(0, bottom - top + 1) * max(0, right - left + 1)
        if left_over < 0:
            raise messages.too_many_cells(_MOST_MERGED, f"{raw.name}, vùng gộp ô")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                # of overlapping areas the first one holds: its corner is never covered by another
                merges.setdefault((row, column), (top, left))
    return merges
