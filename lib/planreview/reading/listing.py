"""What was read of a file as one table: the values with their names, or every cell with its fate."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planreview.errors import UsageError
from planreview.reading.account import Account, Item, Run, Said
from planreview.workbooks import GridCell, Shape, Stretch, column_letters

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


def listing(accounts: Iterable[Account], *, ledger: bool = False) -> pd.DataFrame:
    """One row per cell among the values of tables, or with ``ledger`` per non-empty cell, in order of sheet and cell.

    Columns as in ``COLUMNS``, all text but ``hidden`` (bool); with ``ledger`` also ``fate`` and ``detail``. ``value``
    has a decimal point, or is what stands in the cell where that is a mark, an error or a target in words; it is empty
    where the number is not certain.
    """
    rows = _Rows()
    for account in accounts:
        rows.add(account, ledger=ledger)
    schema = LEDGER_SCHEMA if ledger else SCHEMA
    columns = rows.columns()
    return pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema).to_pandas()


# what a place says of a cell: the same for all cells alike, and told once for them
_FACTS = ("letters", "col_label", "unit", "qualifier", "period", "kind", "fate", "detail", "hidden")
_Facts = tuple[str, str, str, str, str, str, str, str, bool]


class _Rows:
    """The rows to be. Of each cell the number of its facts; of what stands side by side in a line (single cells, or the
    stretch of a run) the line's row and names; of single cells what is their own."""

    def __init__(self) -> None:
        self._facts: dict[_Facts, int] = {}
        self._of_fate: dict[tuple[int, tuple[str, str], bool], int] = {}
        self._of_said: dict[tuple[Said, Shape, bool], array[int]] = {}
        self._numbers = array("i")
        self._sheets: list[tuple[str, int]] = []  # name, cells
        self._lines: list[tuple[str, str, int, bool]] = []  # row, row_label, cells, whether they are a run
        self._texts: list[str] = []  # of runs: their numbers
        self._raws: list[str] = []
        self._values: list[str] = []
        self._uppers: dict[int, str] = {}  # by place among all cells, for hardly any has one

    def add(self, account: Account, *, ledger: bool) -> None:
        """Add the cells of a sheet."""
        before = len(self._numbers)
        unseen = account.sheet.hidden
        for row, parts in account.sheet.rows.items():
            address = str(row)
            runs = account.runs.get(row, ())
            for part in parts:
                if type(part) is not Stretch:
                    self._add_cell(address, part, account, unseen, ledger=ledger)
                    continue
                for run in runs:
                    if run.stretch is part:
                        self._add_run(address, run, unseen)
                        break
                else:
                    for cell in part.cells:
                        self._add_cell(address, cell, account, unseen, ledger=ledger)
        self._sheets.append((account.sheet.name, len(self._numbers) - before))

    def _add_cell(self, row: str, cell: GridCell, account: Account, unseen: bool, *, ledger: bool) -> None:
        fate, item = account.told(cell)
        if item is not None:
            if ledger or item.fate in _LISTED:
                self._add_item(row, item, fate, unseen)
        elif ledger:
            key = (cell.column, fate, cell.hidden or unseen)
            number = self._of_fate.get(key)
            if number is None:
                facts = (column_letters(cell.column), "", "", "", "", "", *fate, cell.hidden or unseen)
                number = self._of_fate[key] = self._facts.setdefault(facts, len(self._facts))
            self._lines.append((row, "", 1, False))
            self._numbers.append(number)
            self._values.append("")
            self._raws.append(cell.raw)

    def _add_item(self, row: str, item: Item, fate: tuple[str, str], unseen: bool) -> None:
        cell, reading = item.cell, item.reading
        said = (" > ".join(item.columns), item.unit, reading.qualifier, item.period, item.kind)
        facts = (column_letters(cell.column), *said, *fate, cell.hidden or unseen)
        if reading.upper is not None:
            self._uppers[len(self._numbers)] = _number(reading.upper)
        self._lines.append((row, " > ".join(item.line.path), 1, False))
        self._numbers.append(self._facts.setdefault(facts, len(self._facts)))
        self._values.append(_value(item) if reading.value is None else _number(reading.value))
        self._raws.append(cell.raw)

    def _add_run(self, row: str, run: Run, unseen: bool) -> None:
        key = (run.said, run.stretch.shape, unseen)
        numbers = self._of_said.get(key)
        if numbers is None:
            numbers = self._of_said[key] = self._told(*key)
        self._lines.append((row, " > ".join(run.line.path), len(numbers), True))
        self._numbers += numbers
        self._texts.append(run.stretch.text)

    def _told(self, said: Said, shape: Shape, unseen: bool) -> array[int]:
        """The numbers of the facts of a run's cells."""
        hidden = [look[0] or unseen for look in shape.looks]
        each = zip(shape.letters, said.columns, said.units, said.periods, said.kinds, said.fates, hidden, strict=True)
        facts = [(letters, " > ".join(path), unit, "", *place, "", h) for letters, path, unit, *place, h in each]
        return array("i", [self._facts.setdefault(fact, len(self._facts)) for fact in facts])

    def columns(self) -> dict[str, pa.Array]:
        """All columns by name."""
        numbers = pa.array(np.frombuffer(self._numbers, dtype=np.int32))
        facts = zip(*self._facts, strict=True) if self._facts else ((),) * len(_FACTS)
        types = {"hidden": pa.bool_()}
        columns = {
            name: _picked(values, numbers, types.get(name, _TEXT)) for name, values in zip(_FACTS, facts, strict=True)
        }
        columns["sheet"] = _repeated([name for name, _ in self._sheets], [count for _, count in self._sheets])
        rows, labels, counts, in_runs = zip(*self._lines, strict=True) if self._lines else ((),) * 4
        columns["row_label"] = _repeated(labels, counts)
        columns["cell"] = pc.binary_join_element_wise(columns["letters"], _repeated(rows, counts), pa.scalar("", _TEXT))
        # a plain number is its own shortest decimal: value and raw are the same text
        joined = pc.split_pattern(pa.array([" ".join(self._texts)] if self._texts else [], _TEXT), " ").flatten()
        in_run = np.repeat(np.array(in_runs, dtype=np.bool_), np.array(counts, dtype=np.int64))
        places = pa.array(np.where(in_run, np.cumsum(in_run), np.cumsum(~in_run) + len(joined)) - 1)
        for name, own in (("raw", self._raws), ("value", self._values)):
            columns[name] = pa.concat_arrays([joined, pa.array(own, _TEXT)]).take(places)
        uppers = np.zeros(len(in_run), dtype=np.int32)
        uppers[list(self._uppers)] = range(1, len(self._uppers) + 1)
        columns["value_upper"] = _picked(["", *self._uppers.values()], pa.array(uppers))
        return columns


def _picked(values: Sequence[str] | Sequence[bool], places: pa.Array, type_: pa.DataType = _TEXT) -> pa.Array:
    """The value at each place."""
    array = pa.array(values, type_)
    return pa.repeat(array[0], len(places)) if len(set(values)) == 1 else array.take(places)


def _repeated(texts: Sequence[str], counts: Sequence[int]) -> pa.Array:
    """Each text so many times."""
    places = np.repeat(np.arange(len(counts), dtype=np.int32), np.array(counts, dtype=np.int64))
    return pa.array(texts, _TEXT).take(pa.array(places))


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
