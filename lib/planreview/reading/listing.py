"""What was read of a file as one table: the values with their names, or every cell with its fate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa

from planreview.errors import UsageError
from planreview.reading.account import Account, Item

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
_TEXT = pa.large_string()
SCHEMA = pa.schema([(name, pa.bool_() if name == "hidden" else _TEXT) for name in COLUMNS])
LEDGER_SCHEMA = SCHEMA.append(pa.field("fate", _TEXT)).append(pa.field("detail", _TEXT))
SUFFIXES = (".csv", ".parquet")
_LISTED = ("value", "derived", "blank_mark", "rejected")


def listing(accounts: list[Account], *, ledger: bool = False) -> pd.DataFrame:
    """One row per cell among the values of tables, or with ``ledger`` per non-empty cell, in order of sheet and cell.

    Columns as in ``COLUMNS``, all text but ``hidden`` (bool); with ``ledger`` also ``fate`` and ``detail``. ``value``
    has a decimal point, or is what stands in the cell where that is a mark, an error or a target in words; it is empty
    where the number is not certain.
    """
    joined: dict[tuple[str, ...], str] = {}
    rows = [row for account in accounts for row in _rows(account, joined, ledger=ledger)]
    schema = LEDGER_SCHEMA if ledger else SCHEMA
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(LEDGER_SCHEMA)
    table = pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=False)], schema=schema)
    return table.to_pandas()


def _rows(account: Account, joined: dict[tuple[str, ...], str], *, ledger: bool) -> Iterator[tuple]:
    """Values in the order of COLUMNS, fate and detail; ``joined`` remembers paths as one text."""
    sheet, items, fates = account.sheet, account.items, account.fates
    for place in sorted(sheet.cells):
        item = items.get(place)
        if not ledger and (item is None or item.fate not in _LISTED):
            continue
        cell = sheet.cells[place]
        hidden = cell.hidden or sheet.hidden
        fate, detail = fates.get(place, ("note", ""))
        if item is None:
            yield sheet.name, cell.address, "", "", "", "", "", "", "", "", cell.raw, hidden, fate, detail
            continue
        reading, rows, columns = item.reading, item.line.path, item.columns
        if rows not in joined:
            joined[rows] = " > ".join(rows)
        if columns not in joined:
            joined[columns] = " > ".join(columns)
        yield (
            sheet.name,
            cell.address,
            joined[rows],
            joined[columns],
            item.unit,
            _value(item) if reading.value is None else _number(reading.value),
            "" if reading.upper is None else _number(reading.upper),
            reading.qualifier,
            item.period,
            item.kind,
            cell.raw,
            hidden,
            fate,
            detail,
        )


def _value(item: Item) -> str:
    """What stands for a number where there is none."""
    as_it_stands = item.fate == "blank_mark" or item.qualifier == "text" or item.cell.is_error
    return " ".join(item.cell.raw.split()) if as_it_stands else ""


def _number(value: Decimal) -> str:
    text = str(value)
    return format(value, "f") if "E" in text else text


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
