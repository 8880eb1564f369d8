"""The tables under ``data/processed``: one Arrow schema and one set of checks each, used by whoever writes them.

Every part holds all of its columns, an empty part too, so that a folder of parts always reads back with the
same dtypes (unit codes are strings; there are no ``key=value`` folders).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from planreview.errors import StaleTables

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

FATES = (
    "value", "label", "header", "unit", "ordinal", "title", "note", "narrative", "proposal",
    "derived", "blank_mark", "unmatched", "rejected",
)  # fmt: skip
KINDS = ("actual", "estimate", "target")
PLANS = ("five_year", "council", "congress", "master_plan", "annual", "proposed", "assigned")
QUALIFIERS = ("", ">=", ">", "<=", "<", "~", "range", "text")
PROVENANCES = ("published", "submitted", "simulated")
SEVERITIES = ("error", "warning", "info")
ISSUE_FAMILIES = ("read", "match", "number", "unit", "period", "source", "check")
FILE_STATUSES = ("on_time", "late", "undated", "missing", "unreadable", "duplicate", "attachment")
TOPICS = (
    "achievement", "shortcoming", "cause", "responsibility", "solution", "lesson", "advantage", "difficulty", "note",
)  # fmt: skip
ANSWERS = ("keep", "change", "explain", "confirm", "object")
SELECTION_RULES = (
    "only", "equal", "own_area", "agency", "later_round", "later_file", "tie", "contested", "correction",
    "bound_satisfied", "sum_of_parts", "ratio_of_parts",
)  # fmt: skip
STATUSES = (
    "vượt", "đạt", "không đạt", "dự kiến đạt", "dự kiến không đạt", "chưa đạt", "nguy cơ không đạt",
    "thiếu số liệu", "chưa có mục tiêu", "không đánh giá được",
)  # fmt: skip

LIKELIHOODS = ("", "cao", "ngang nhau", "thấp")  # of meeting a target, by a forecast

_TEXT, _FLOAT, _INT, _BOOL = pa.string(), pa.float64(), pa.int64(), pa.bool_()


def _schema(text: str, **others: pa.DataType) -> pa.Schema:
    """Columns in order; those not named in ``others`` are text."""
    return pa.schema([(name, others.get(name, _TEXT)) for name in text.split()])


SCHEMAS: dict[str, pa.Schema] = {
    "observations": _schema(
        "round unit_code area_code indicator_code period kind plan act value value_upper qualifier digits "
        "submitted_unit form source_id source_file sheet cell raw hidden rules provenance",
        value=_FLOAT, value_upper=_FLOAT, digits=_INT, hidden=_BOOL,
    ),
    "ledger": _schema("round unit_code source_file sheet cell raw fate hidden detail", hidden=_BOOL),
    "issues": _schema(
        "round unit_code severity code message_vi suggestion_vi source_file sheet cell raw indicator_code"
    ),
    "cross_checks": _schema(
        "as_of round unit_code severity code message_vi suggestion_vi source_file sheet cell raw indicator_code"
    ),
    "register": _schema(
        "round unit_code form source_file sha256 received_at sender status n_values n_errors n_warnings "
        "provenance replaces",
        n_values=_INT, n_errors=_INT, n_warnings=_INT,
    ),
    "narratives": _schema(
        "round unit_code area_code indicator_code topic text source_file sheet cell heading provenance"
    ),
    "proposals": _schema(
        "round unit_code seq group task lead partners deadline funding product note source_file sheet cell", seq=_INT
    ),
    "answers": _schema(
        "round unit_code issue_code source_file sheet cell raw answer text answered_file answered_sheet answered_cell"
    ),
    "figures": _schema(
        "as_of provenance area_code indicator_code period kind plan act value value_upper qualifier digits "
        "round unit_code source_id source_file sheet cell selection_rule n_candidates min max correction_id "
        "figure_id raw parts",
        value=_FLOAT, value_upper=_FLOAT, digits=_INT, n_candidates=_INT, min=_FLOAT, max=_FLOAT,
    ),
    "results": _schema(
        "cycle as_of provenance area_code indicator_code target_plan target_act main baseline_period baseline target "
        "target_upper target_qualifier target_provenance result_period result result_kind deviation percent_of_plan "
        "share_of_change status near reason next_target_plan next_target required_pace achieved_pace ambition "
        "continuity next_target_upper next_target_qualifier next_target_act next_target_period target_period "
        "result_qualifier result_method digits tolerance near_band baseline_figure target_figure result_figures "
        "next_target_figure result_upper last last_kind last_figure path status_index pace_ratio growth_ratio "
        "growth_score second_opinion method_version divergence_year best_pace best_pace_until outside_pace "
        "outside_areas break_note",
        main=_BOOL, near=_BOOL, baseline=_FLOAT, target=_FLOAT, target_upper=_FLOAT, result=_FLOAT, deviation=_FLOAT,
        percent_of_plan=_FLOAT, share_of_change=_FLOAT, next_target=_FLOAT, next_target_upper=_FLOAT,
        required_pace=_FLOAT, achieved_pace=_FLOAT, digits=_INT, tolerance=_FLOAT, near_band=_FLOAT,
        result_upper=_FLOAT, last=_FLOAT, path=_FLOAT, status_index=_FLOAT, pace_ratio=_FLOAT, growth_ratio=_FLOAT,
        growth_score=_FLOAT, best_pace=_FLOAT, outside_pace=_FLOAT, outside_areas=_INT,
    ),
    "forecasts": _schema(
        "cycle as_of provenance area_code indicator_code target_plan target_act target_period target target_upper "
        "target_qualifier method scale n first_year last_year last_kind forecast low50 high50 low80 high80 likelihood "
        "shock_years forecast_without_shock likelihood_without_shock reason target_figure figures "
        "anticipated anticipated_gap anticipated_class",
        target=_FLOAT, target_upper=_FLOAT, n=_INT, forecast=_FLOAT, low50=_FLOAT, high50=_FLOAT, low80=_FLOAT,
        high80=_FLOAT, forecast_without_shock=_FLOAT, anticipated=_FLOAT, anticipated_gap=_FLOAT,
    ),
    "contributions": _schema(
        "cycle as_of provenance area_code indicator_code target_plan target_act axis basis part part_target "
        "part_result part_baseline contribution share whole reason figures",
        part_target=_FLOAT, part_result=_FLOAT, part_baseline=_FLOAT, contribution=_FLOAT, share=_FLOAT, whole=_FLOAT,
    ),
    "revisions": _schema(
        "as_of provenance unit_code area_code indicator_code period from_round from_kind from_value from_source "
        "to_round to_kind to_value to_source revision relative_revision rosy from_file from_sheet from_cell "
        "to_file to_sheet to_cell",
        from_value=_FLOAT, to_value=_FLOAT, revision=_FLOAT, relative_revision=_FLOAT, rosy=_BOOL,
    ),
}  # fmt: skip

KEYS: dict[str, list[str]] = {
    "observations": ["round", "unit_code", "source_file", "sheet", "cell"],
    "ledger": ["round", "unit_code", "source_file", "sheet", "cell"],
    "figures": ["provenance", "area_code", "indicator_code", "period", "kind", "plan", "act"],
    "results": ["provenance", "area_code", "indicator_code", "target_plan", "target_act"],
    "forecasts": ["provenance", "area_code", "indicator_code", "target_plan", "target_act", "target_period"],
    "contributions": [
        "provenance", "area_code", "indicator_code", "target_plan", "target_act", "axis", "basis", "part",
    ],
    "revisions": [
        "provenance", "unit_code", "area_code", "indicator_code", "period", "from_round", "from_kind", "from_source",
        "to_round", "to_kind", "to_source",
    ],
}  # fmt: skip

# columns that may be null; every other text column is empty rather than null
_NULLABLE = {"received_at"}
_PERIOD = r"^\d{4}(-\d{4}|-M\d{1,2})?$"


@cache
def _checks(table: str) -> DataFrameSchema:
    import pandera.pandas as pandera  # a second of a notebook's start, for those who only read

    check = pandera.Check
    issue = {
        "severity": check.isin(SEVERITIES),
        "code": check.str_matches(rf"^({'|'.join(ISSUE_FAMILIES)})\.[a-z_]+$"),
        "message_vi": check.str_length(min_value=1),
    }
    allowed = {
        "observations": {
            "kind": check.isin(KINDS), "plan": check.isin(("", *PLANS)), "qualifier": check.isin(QUALIFIERS),
            "provenance": check.isin(PROVENANCES), "period": check.str_matches(_PERIOD),
            "form": check.isin(("I", "II", "III", "")), "digits": check.ge(0),
        },
        "ledger": {"fate": check.isin(FATES)},
        "issues": issue,
        "cross_checks": issue,
        "register": {"status": check.isin(FILE_STATUSES), "provenance": check.isin(("", *PROVENANCES))},
        "narratives": {"topic": check.isin(TOPICS), "provenance": check.isin(PROVENANCES)},
        "proposals": {},
        "answers": {"answer": check.isin(("", *ANSWERS))},
        "figures": {
            "kind": check.isin(KINDS), "plan": check.isin(("", *PLANS)), "provenance": check.isin(PROVENANCES),
            "selection_rule": check.isin(SELECTION_RULES), "n_candidates": check.ge(1),
        },
        "results": {"status": check.isin(STATUSES), "provenance": check.isin(PROVENANCES)},
        "forecasts": {"likelihood": check.isin(LIKELIHOODS), "provenance": check.isin(PROVENANCES)},
        "contributions": {
            "axis": check.isin(("area", "component")), "basis": check.isin(("shortfall", "change")),
            "provenance": check.isin(PROVENANCES),
        },
        "revisions": {"from_kind": check.isin(KINDS[:2]), "to_kind": check.isin(KINDS[:2])},
    }[table]  # fmt: skip
    columns = {
        field.name: pandera.Column(
            checks=allowed.get(field.name),
            nullable=field.type == _FLOAT or field.name in _NULLABLE,
        )
        for field in SCHEMAS[table]
    }
    return pandera.DataFrameSchema(columns, unique=KEYS.get(table), strict=True)


class Columns:
    """Rows kept column by column, for they may be a hundred thousand: a list of values for each of ``names``, all of
    one length. Iterated over as dicts."""

    def __init__(self, names: Iterable[str]) -> None:
        self.values: dict[str, list] = {name: [] for name in names}

    def __len__(self) -> int:
        return len(next(iter(self.values.values()), ()))

    def __iter__(self) -> Iterator[dict]:
        return (dict(zip(self.values, row, strict=True)) for row in zip(*self.values.values(), strict=True))

    def extend(self, other: Columns, **same: object) -> None:
        """Append the rows of another one; ``same``: the columns that it lacks, with the one value of each."""
        for name, values in self.values.items():
            values += [same[name]] * len(other) if name in same else other.values[name]

    def lists(self) -> tuple[list, ...]:
        """The lists themselves, in the order of the columns."""
        return tuple(self.values.values())

    def fill(self, name: str, value: object) -> None:
        """Give each row one value in a column (which is added where it is not there)."""
        self.values[name] = [value] * max(map(len, self.values.values()), default=0)

    def where(self, name: str, value: object) -> Columns:
        """The rows that have a value in a column."""
        kept, found = [v == value for v in self.values[name]], Columns(self.values)
        found.values = {column: list(compress(values, kept)) for column, values in self.values.items()}
        return found

    def clear(self) -> None:
        for values in self.values.values():
            values.clear()


def frame(table: str, rows: Iterable[Mapping[str, object]] | Columns) -> pd.DataFrame:
    """Rows as a frame with exactly the columns and dtypes of ``table`` (missing text = '', missing number = NaN)."""
    return arrow(table, rows).to_pandas()


def arrow(table: str, rows: Iterable[Mapping[str, object]] | Columns, order: Sequence[str] = ()) -> pa.Table:
    """The same as an Arrow table, in the order of some of its columns; rows that are alike in these stay as they are
    given."""
    schema = SCHEMAS[table]
    if not isinstance(rows, Columns):
        rows = _by_columns(schema, list(rows))
    made = pa.table([_array(rows.values[f.name], f.type) for f in schema], schema=schema)
    if not order or len(rows) < 2:
        return made
    return made.take(pc.sort_indices(made, [(name, "ascending") for name in order]))


def _array(values: Sequence, kind: pa.DataType) -> pa.Array:
    """The values of a column; of text that is the same in all rows (a file's name) they are not looked at again."""
    if values and kind == _TEXT and values.count(values[0]) == len(values):
        return pa.repeat(pa.scalar(values[0], kind), len(values))
    return pa.array(values, kind)


def _by_columns(schema: pa.Schema, rows: list[Mapping[str, object]]) -> Columns:
    found = Columns(schema.names)
    if rows and all(len(row) == len(schema) for row in rows):  # observations and issues: all at once
        each = zip(*map(itemgetter(*schema.names), rows), strict=True)
        found.values = dict(zip(schema.names, each, strict=True))
        return found
    empty = {_TEXT: "", _BOOL: False, _INT: 0, _FLOAT: None}
    for field in schema:
        name, absent = field.name, None if field.name in _NULLABLE else empty[field.type]
        found.values[name] = [row.get(name, absent) for row in rows]
    return found


def shaped(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """A frame of any column types as one with exactly the columns and dtypes of ``table``: others are dropped, absent
    ones filled as in ``frame``."""
    empty = {_TEXT: "", _BOOL: False, _INT: 0, _FLOAT: None}
    columns = []
    for field in SCHEMAS[table]:
        if field.name not in data:
            columns.append(pa.repeat(pa.scalar(empty[field.type], type=field.type), len(data)))
            continue
        column = pa.array(data[field.name], from_pandas=True)
        if pa.types.is_dictionary(column.type):
            column = column.cast(field.type)
        column = column.cast(field.type)
        columns.append(column if field.type == _FLOAT else pc.fill_null(column, empty[field.type]))
    return pa.table(columns, schema=SCHEMAS[table]).to_pandas()


def records(data: pd.DataFrame) -> list[dict]:
    """Rows as dicts, a missing number as None."""
    return pa.Table.from_pandas(data, preserve_index=False).to_pylist()


def columns(table: str, data: pd.DataFrame) -> Columns:
    """A frame of a table's rows column by column."""
    found = Columns(SCHEMAS[table].names)
    found.values = pa.Table.from_pandas(data, schema=SCHEMAS[table], preserve_index=False).to_pydict()
    return found


def check(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """The frame itself, if it keeps the contract of ``table``; raises pandera's SchemaErrors (all at once) if not."""
    if data.empty and list(data.columns) == SCHEMAS[table].names:
        return data  # most parts of units that sent nothing
    return _checks(table).validate(data, lazy=True)


def write(table: str, data: pd.DataFrame | pa.Table, path: Path, *, made_from: str = "") -> bool:
    """Write one part, atomically and only where its bytes changed. Returns whether it was written.

    ``made_from`` is kept in the file's metadata: a digest of the inputs, by which a reader knows a stale table.
    """
    if isinstance(data, pd.DataFrame):
        check(table, data)
        data = pa.Table.from_pandas(data, schema=SCHEMAS[table], preserve_index=False)
    elif len(data):
        check(table, data.to_pandas())
    data = data.replace_schema_metadata({"planreview.made_from": made_from})
    buffer = io.BytesIO()
    pq.write_table(data, buffer, compression="zstd")
    content = buffer.getvalue()
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
    return True


def read(table: str, path: Path, *, only: str = "*.parquet", command: str = "planreview clean") -> pd.DataFrame:
    """A part, or a folder of parts (``only`` those so named), as a frame with the table's columns.

    Raises StaleTables, naming the command that makes it, where there is none.
    """
    if not path.exists():
        raise StaleTables(f"Chưa có bảng “{table}”", place=str(path), remedy=f"Hãy chạy lệnh: {command}")
    parts = sorted(p for p in path.glob(only) if not p.name.startswith(".")) if path.is_dir() else [path]
    read_parts = [pq.ParquetFile(p).read() for p in parts]
    if not read_parts:
        return frame(table, [])
    return pa.concat_tables([p.cast(SCHEMAS[table]) for p in read_parts]).to_pandas()


def count(path: Path) -> int:
    """How many rows a part has."""
    return pq.read_metadata(path).num_rows


def made_from(path: Path) -> str:
    """The digest kept by ``write``, or '' where there is none."""
    metadata = pq.read_schema(path).metadata or {}
    return metadata.get(b"planreview.made_from", b"").decode()
