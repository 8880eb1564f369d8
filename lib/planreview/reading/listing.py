"""What was read of a file as one table: the values with their names, or every cell with its fate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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
_NOTHING = ("",) * 8  # what the columns from row_label to kind say of a cell that is no value
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
        sheet, singles = account.sheet, account.singles
        runs: dict[int, list[Run]] = defaultdict(list)
        for run in account.runs:
            runs[run.line.row].append(run)
        for row, places in groupby(sorted(sheet.cells), key=itemgetter(0)):
            cells = [sheet.cells[place] for place in places]
            mine = runs.get(row, [])
            if len(mine) == 1 and cells[-len(mine[0].cells) :] == mine[0].cells:
                cells = cells[: -len(mine[0].cells)]
                items: list[Item | None] = [singles.get((row, c.column)) for c in cells]
            else:
                inside = {i.cell.column: i for run in mine for i in run.items()}
                items = [inside.get(c.column) or singles.get((row, c.column)) for c in cells]
                mine = []
            if not ledger:
                items = [i for i in items if i is not None and i.fate in _LISTED]
                cells = [i.cell for i in items if i is not None]
            if cells:
                self._add_cells(sheet, cells, items, [account.fate(c) for c in cells])
            for run in mine:
                self._add_run(sheet, run)

    def _add_cells(
        self, sheet: Sheet, cells: list[GridCell], items: list[Item | None], fates: list[tuple[str, str]]
    ) -> None:
        said = [_NOTHING if item is None else _said(item) for item in items]
        self._extend(sheet, cells, [c.address for c in cells], zip(*said, strict=True), zip(*fates, strict=True))

    def _add_run(self, sheet: Sheet, run: Run) -> None:
        said, row, count = run.said, str(run.line.row), len(run.cells)
        nothing = [""] * count
        value = [c.raw for c in run.cells]  # a plain number is its own shortest decimal
        label = [" > ".join(run.line.path)] * count
        tells = (label, said.labels, said.units, value, nothing, nothing, said.periods, said.kinds)
        self._extend(sheet, run.cells, [letters + row for letters in said.letters], tells, (said.fates, nothing))

    def _extend(
        self, sheet: Sheet, cells: list[GridCell], addresses: list[str], said: Iterable, fates: Iterable
    ) -> None:
        """``said``: the columns from row_label to kind; ``fates``: fate and detail."""
        name = [sheet.name] * len(cells)
        hidden = [True] * len(cells) if sheet.hidden else [c.hidden for c in cells]
        for column, values in zip(
            self.columns, (name, addresses, *said, [c.raw for c in cells], hidden, *fates), strict=True
        ):
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
