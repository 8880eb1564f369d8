"""What was read of a file as one table: the values with their names, or every cell with its fate."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pandas as pd
import pyarrow as pa

from planreview.errors import UsageError
from planreview.reading.account import Account, Item, Run
from planreview.workbooks import GridCell, Sheet

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
    rows = _Rows()
    for account in accounts:
        rows.add(account, ledger=ledger)
    schema = LEDGER_SCHEMA if ledger else SCHEMA
    arrays = [pa.array(column, f.type) for column, f in zip(rows.columns, schema, strict=False)]
    return pa.Table.from_arrays(arrays, schema=schema).to_pandas()


class _Rows:
    """The rows to be, as columns in the order of COLUMNS, fate and detail."""

    def __init__(self) -> None:
        self.columns: list[list] = [[] for _ in LEDGER_SCHEMA]

    def add(self, account: Account, *, ledger: bool) -> None:
        """Add the cells of a sheet."""
        sheet = account.sheet
        runs: dict[int, list[Run]] = defaultdict(list)
        for run in account.runs:
            runs[run.line.row].append(run)
        for row, places in groupby(sorted(sheet.cells), key=itemgetter(0)):
            cells = [sheet.cells[place] for place in places]
            mine = runs.get(row, [])
            if len(mine) == 1 and cells[-len(mine[0].cells) :] == mine[0].cells:
                cells = cells[: -len(mine[0].cells)]
                alone: dict[tuple[int, int], Item] = {}
            else:
                alone = {(row, i.cell.column): i for run in mine for i in run.items()}
                mine = []
            for cell in cells:
                item = alone.get((row, cell.column)) or account.singles.get((row, cell.column))
                if ledger or (item is not None and item.fate in _LISTED):
                    self._add_cell(sheet, cell, item, account.fate(cell))
            for run in mine:
                self._add_run(sheet, run)

    def _add_cell(self, sheet: Sheet, cell: GridCell, item: Item | None, fate: tuple[str, str]) -> None:
        said = ("",) * 8 if item is None else _said(item)
        row = (sheet.name, cell.address, *said, cell.raw, cell.hidden or sheet.hidden, *fate)
        for column, value in zip(self.columns, row, strict=True):
            column.append(value)

    def _add_run(self, sheet: Sheet, run: Run) -> None:
        said, row, count = run.said, str(run.line.row), len(run.cells)
        raw, nothing = [c.raw for c in run.cells], [""] * count
        fates, details = zip(*said.fates, strict=True)
        rows = (
            [sheet.name] * count,
            [letters + row for letters in said.letters],
            [" > ".join(run.line.path)] * count,
            said.labels,
            said.units,
            raw,  # a plain number is its own shortest decimal
            nothing,
            nothing,
            said.periods,
            said.kinds,
            raw,
            [True] * count if sheet.hidden else [c.hidden for c in run.cells],
            fates,
            details,
        )
        for column, values in zip(self.columns, rows, strict=True):
            column.extend(values)


def _said(item: Item) -> tuple[str, ...]:
    """What the columns from row_label to kind say of a cell among values."""
    reading = item.reading
    return (
        " > ".join(item.line.path),
        " > ".join(item.columns),
        item.unit,
        _value(item) if reading.value is None else _number(reading.value),
        "" if reading.upper is None else _number(reading.upper),
        reading.qualifier,
        item.period,
        item.kind,
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
