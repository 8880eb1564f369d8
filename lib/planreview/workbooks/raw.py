"""What the readers of each kind of file hand over, and how it becomes a Workbook.

Cells travel as plain tuples in the order of GridCell's fields, stretches as shorter ones: they cross from the worker
process that reads a file in a fraction of the time that objects would take. Each sheet travels packed by itself and is
unpacked when its rows are asked for, so that what is then done with them finds them in the processor's cache.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import partial

from planreview.memory import without_cycle_search
from planreview.workbooks import messages
from planreview.workbooks.grid import GridCell, Note
from planreview.workbooks.sheet import Place, Sheet, Workbook
from planreview.workbooks.stretches import Look, Part, Shape, Stretch, cells_of

MOST_CELLS = 500_000
_MOST_TEXT = 60_000_000  # characters of all cells
_CUT_AT = 1000
_MOST_MERGED = 2_000_000

# Fixed by the file formats themselves.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

Area = tuple[int, int, int, int]
_STRETCH = 3  # entries of a stretch's tuple; a cell's has more


@dataclass
class RawSheet:
    """``cells``: tuples as GridCell takes them, and stretches: row, number of the shape, raws joined by blanks.

    merges:   top, left, bottom, right, counted from 1.
    shapes:   columns and looks. formulas: those of stretches that have any, by their place in ``cells``.
    in_order: whether the cells stand row by row, left to right, no place twice.
    joined:   how many cells the stretches hold beyond one each.
    packed:   cells, shapes and formulas on their way to another process, while these are empty.
    """

    name: str
    hidden: bool = False
    cells: list[tuple] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    shapes: list[tuple[tuple[int, ...], tuple[Look, ...]]] = field(default_factory=list)
    formulas: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    in_order: bool = False
    joined: int = 0
    packed: bytes = b""

    @property
    def count(self) -> int:
        """How many cells there are, while they are not packed."""
        return len(self.cells) + self.joined

    def cut_merges(self) -> None:
        """Beyond the last cell nobody asks, and a merge may cover a whole sheet there."""
        if not self.merges:
            return
        last_row = max([cell[0] for cell in self.cells], default=0)
        columns = [self.shapes[cell[1]][0][-1] if len(cell) == _STRETCH else cell[1] for cell in self.cells]
        last_column = max(columns, default=0)
        self.merges = [
            (top, left, min(bottom, last_row), min(right, last_column)) for top, left, bottom, right in self.merges
        ]

    def pack(self) -> None:
        self.packed = pickle.dumps((self.cells, self.shapes, self.formulas), pickle.HIGHEST_PROTOCOL)
        self.cells, self.shapes, self.formulas = [], [], {}

    def unpack(self) -> None:
        if self.packed:
            self.cells, self.shapes, self.formulas = pickle.loads(self.packed)
            self.packed = b""


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
        if sum(sheet.count for sheet in self.sheets) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, self.sheets[-1].name)

    def cut_text(self) -> None:
        """Cut long texts, and say so, where there is more than anyone can have typed: a few bytes of a file can repeat
        one text in every cell."""
        if sum(len(cell[3]) for sheet in self.sheets for cell in sheet.cells if len(cell) != _STRETCH) <= _MOST_TEXT:
            return
        for sheet in self.sheets:
            sheet.cells = [
                _cut(cell) if len(cell) != _STRETCH and len(cell[3]) > _CUT_AT else cell for cell in sheet.cells
            ]
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
    merges = _merges(raw)
    if raw.in_order:
        return Sheet(raw.name, raw.hidden, merges=merges, make_rows=partial(_rows, raw, merges))
    cells = {(c.row, c.column): c for c in cells_of(_parts(raw))}
    for position in [p for p in merges if p in cells and merges[p] != p]:
        del cells[position]  # what lies under a merge is not shown and counts for nothing
    return Sheet(raw.name, raw.hidden, cells, merges)


def _parts(raw: RawSheet) -> list[Part]:
    raw.unpack()
    shapes = [Shape(columns, looks) for columns, looks in raw.shapes]
    return [
        Stretch(cell[0], shapes[cell[1]], cell[2], raw.formulas.get(n)) if len(cell) == _STRETCH else GridCell(*cell)
        for n, cell in enumerate(raw.cells)
    ]


def _rows(raw: RawSheet, merges: dict[Place, Place]) -> dict[int, list[Part]]:
    rows: dict[int, list[Part]] = {}
    for part in _parts(raw):
        if part.row in rows:
            rows[part.row].append(part)
        else:
            rows[part.row] = [part]
    for row in {r for r, _ in merges} & rows.keys():
        if shown := _shown(rows[row], merges):
            rows[row] = shown
        else:
            del rows[row]
    return rows


def _shown(parts: list[Part], merges: dict[Place, Place]) -> list[Part]:
    """A row without what lies under a merge; a stretch that touches one falls into its cells."""
    shown: list[Part] = []
    for part in parts:
        if type(part) is Stretch and not any((part.row, c) in merges for c in part.shape.columns):
            shown.append(part)
        else:
            places = ((c, (c.row, c.column)) for c in cells_of([part]))
            shown += [cell for cell, place in places if merges.get(place, place) == place]
    return shown


def _merges(raw: RawSheet) -> dict[Place, Place]:
    """Each covered position."""
    merges: dict[Place, Place] = {}
    left_over = _MOST_MERGED
    for top, left, bottom, right in raw.merges:
        left_over -= max(0, bottom - top + 1) * max(0, right - left + 1)
        if left_over < 0:
            raise messages.too_many_cells(_MOST_MERGED, f"{raw.name}, vùng gộp ô")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                # of overlapping areas the first one holds: its corner is never covered by another
                merges.setdefault((row, column), (top, left))
    return merges
