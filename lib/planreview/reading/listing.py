"""What was read of a file as one table: the values with their names, or every cell with its fate."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd

from planreview.errors import UsageError
from planreview.reading.account import Account, Item
from planreview.workbooks import GridCell

COLUMNS = (
    "sheet",
    "cell",
    "row_label",
    "col_label",
    "unit",
    "value",
    "value_upper",
    "qualifier",
    "period",
    "kind",
    "raw",
    "hidden",
)
SUFFIXES = (".csv", ".parquet")
_LISTED = ("value", "derived", "blank_mark", "rejected")


def listing(accounts: list[Account], *, ledger: bool = False) -> pd.DataFrame:
    """One row per cell among the values of tables, or with ``ledger`` per non-empty cell, in order of sheet and cell.

    Columns as in ``COLUMNS``, all text but ``hidden`` (bool); with ``ledger`` also ``fate`` and ``detail``. ``value``
    has a decimal point, or is what stands in the cell where that is a mark, an error or a target in words; it is empty
    where the number is not certain.
    """
    rows = []
    for account in accounts:
        for place, cell in sorted(account.sheet.cells.items()):
            item = account.items.get(place)
            if not ledger and (item is None or item.fate not in _LISTED):
                continue
            fate, detail = account.fate(cell)
            row = _row(account, cell, item)
            rows.append({**row, "fate": fate, "detail": detail} if ledger else row)
    columns = [*COLUMNS, "fate", "detail"] if ledger else list(COLUMNS)
    return pd.DataFrame(rows, columns=columns).astype({"hidden": bool})


def _row(account: Account, cell: GridCell, item: Item | None) -> dict[str, object]:
    return {
        "sheet": account.sheet.name,
        "cell": cell.address,
        "row_label": " > ".join(item.rows) if item else "",
        "col_label": " > ".join(item.columns) if item else "",
        "unit": item.unit if item else "",
        "value": _value(item) if item else "",
        "value_upper": _number(item.upper) if item else "",
        "qualifier": item.qualifier if item else "",
        "period": item.period if item else "",
        "kind": item.kind if item else "",
        "raw": cell.raw,
        "hidden": cell.hidden or account.sheet.hidden,
    }


def _value(item: Item) -> str:
    if item.value is not None:
        return _number(item.value)
    as_it_stands = item.fate == "blank_mark" or item.qualifier == "text" or item.cell.is_error
    return " ".join(item.cell.raw.split()) if as_it_stands else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def check_name(out: Path | None) -> None:
    """Raises UsageError where the name of the file to write says no kind that we write."""
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise UsageError("Chỉ ghi được tệp .csv hoặc .parquet", place=str(out), remedy="Hãy đổi đuôi tệp ở --out")


def write(table: pd.DataFrame, out: Path) -> None:
    """As .csv (UTF-8 with BOM, for Excel) or .parquet."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".csv":
        table.to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    else:
        table.to_parquet(out, index=False)
