"""The account of a file: every non-empty cell has one fate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planreview.tables import FATES, Columns
from planreview.workbooks import GridCell, Sheet, Stretch

COLUMNS = ("sheet", "cell", "raw", "fate", "hidden", "detail")
_Claims = tuple[Stretch, Sequence[str], Sequence[str]]


class Ledger:
    """Fates of one sheet's cells. Closed by construction: a cell that nobody claims is a note."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._fates: dict[tuple[int, int], tuple[str, str]] = {}
        self._stretches: dict[int, list[_Claims]] = {}  # by row

    def set(self, cell: GridCell, fate: str, detail: str = "") -> None:
        """Claim a cell. A cell is claimed once: claiming it again is a fault of ours."""
        position = (cell.row, cell.column)
        if fate not in FATES or self.is_claimed(cell) or self._sheet.find(*position) is None:
            raise ValueError(f"cannot give {self._sheet.name}!{cell.address} the fate {fate!r}")
        self._fates[position] = (fate, detail)

    def set_stretch(self, stretch: Stretch, fates: Sequence[str], details: Sequence[str]) -> None:
        """Claim all cells of a stretch, as ``set`` does each of them."""
        parts = self._sheet.rows.get(stretch.row, ())
        free = not any(map(self._is_claimed, [stretch.row] * len(fates), stretch.shape.columns))
        if free and any(part is stretch for part in parts) and set(fates).issubset(FATES):
            self._stretches.setdefault(stretch.row, []).append((stretch, fates, details))
            return
        for cell, fate, detail in zip(stretch.cells, fates, details, strict=True):
            self.set(cell, fate, detail)

    def is_claimed(self, cell: GridCell) -> bool:
        return self._is_claimed(cell.row, cell.column)

    def _is_claimed(self, row: int, column: int) -> bool:
        if (row, column) in self._fates:
            return True
        return row in self._stretches and any(column in s.shape.places for s, _, _ in self._stretches[row])

    def unclaimed(self) -> Iterator[GridCell]:
        """The cells without a fate, row by row."""
        for row, parts in self._sheet.rows.items():
            for part in parts:
                if type(part) is not Stretch:
                    if (row, part.column) not in self._fates:
                        yield part
                elif self._claims(part) is None:
                    yield from [cell for cell in part.cells if not self.is_claimed(cell)]

    def _claims(self, stretch: Stretch) -> _Claims | None:
        """The claims of a stretch that was claimed as a whole."""
        return next((claims for claims in self._stretches.get(stretch.row, ()) if claims[0] is stretch), None)

    def rows(self) -> Columns:
        """One row per non-empty cell: sheet, cell, raw, fate, hidden, detail."""
        unseen, told = self._sheet.hidden, Columns(COLUMNS)
        _, cells, raws, fates, hiddens, details = told.lists()
        for row, parts in self._sheet.rows.items():
            for part in parts:
                claims = self._claims(part) if type(part) is Stretch else None
                if claims is not None:
                    stretch, its_fates, its_details = claims
                    cells += [f"{letters}{row}" for letters in stretch.shape.letters]
                    raws += stretch.raws
                    fates += its_fates
                    details += its_details
                    hiddens += [look[0] or unseen for look in stretch.shape.looks]
                    continue
                for cell in part.cells if type(part) is Stretch else (part,):
                    fate, detail = self._fates.get((row, cell.column), ("note", ""))
                    cells.append(cell.address)
                    raws.append(cell.raw)
                    fates.append(fate)
                    details.append(detail)
                    hiddens.append(cell.hidden or unseen)
        told.fill("sheet", self._sheet.name)
        return told
