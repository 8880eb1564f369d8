"""The account of a file: every non-empty cell has one fate."""

from __future__ import annotations

from planreview.tables import FATES
from planreview.workbooks import GridCell, Sheet


class Ledger:
    """Fates of one sheet's cells. Closed by construction: a cell that nobody claims is a note."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._fates: dict[tuple[int, int], tuple[str, str]] = {}

    def set(self, cell: GridCell, fate: str, detail: str = "") -> None:
        """Claim a cell. A cell is claimed once: claiming it again is a fault of ours."""
        position = (cell.row, cell.column)
        if fate not in FATES or position in self._fates or position not in self._sheet.cells:
            raise ValueError(f"cannot give {self._sheet.name}!{cell.address} the fate {fate!r}")
        self._fates[position] = (fate, detail)

    def is_claimed(self, cell: GridCell) -> bool:
        return (cell.row, cell.column) in self._fates

    def rows(self) -> list[dict]:
        """One row per non-empty cell: sheet, cell, raw, fate, hidden, detail."""
        rows = []
        for position, cell in sorted(self._sheet.cells.items()):
            fate, detail = self._fates.get(position, ("note", ""))
            rows.append(
                {
                    "sheet": self._sheet.name,
                    "cell": cell.address,
                    "raw": cell.raw,
                    "fate": fate,
                    "hidden": cell.hidden or self._sheet.hidden,
                    "detail": detail,
                }
            )
        return rows
