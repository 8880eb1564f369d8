"""Corrections: what a named person has decided about a submitted number, and why. Files are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from planreview.catalogue import periods
from planreview.catalogue.reference import read_csv
from planreview.errors import ReferenceDataError
from planreview.tables import KINDS, PLANS

_COLUMNS = """
    correction_id action unit_code area_code indicator_code period kind plan round value expect reason who when
"""
ACTIONS = ("drop", "override", "scale", "flag", "confirm")
_WITH_VALUE = ("override", "scale")
_FILLED = ("unit_code", "indicator_code", "period", "kind", "round", "expect", "reason", "who", "when")


@dataclass(frozen=True)
class Correction:
    """One line of corrections.csv: of the numbers it names, those that still read ``expect`` are meant.

    drop: no candidate any more; override: ``value`` in the catalogue's unit instead; scale: times ``value``;
    flag: doubted, not chosen until confirmed; confirm: stands although doubted. ``area_code`` '' = any area.
    """

    id: str
    action: str
    unit_code: str
    area_code: str
    indicator_code: str
    period: str
    kind: str
    plan: str
    round: str
    value: Decimal | None
    expect: str
    reason: str
    who: str
    when: str


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Corrections in the order of the file; none where there is no file. Raises ReferenceDataError for a slip in it."""
    table = read_csv(path, _COLUMNS, key="correction_id", allowed={"action": ACTIONS}, optional=True)
    return tuple(_correction(row, path) for row in table.to_dict("records"))


def _correction(row: dict[str, str], path: Path) -> Correction:
    def slip(what: str) -> ReferenceDataError:
        return ReferenceDataError(f"Dòng hiệu chỉnh {row['correction_id']}: {what}", place=str(path))

    if empty := [c for c in _FILLED if not row[c]]:
        raise slip(f"để trống cột {', '.join(empty)}")
    try:
        periods.years(row["period"])
    except ValueError:
        raise slip(f"cột period phải viết như 2020, 2016-2020, 2020-M9 (đang ghi “{row['period']}”)") from None
    plans = PLANS if row["kind"] == "target" else ("",)
    for column, words in (("kind", KINDS), ("plan", plans)):
        if row[column] not in words:
            raise slip(f"cột {column} chỉ nhận: {', '.join(words) or 'để trống'} (đang ghi “{row[column]}”)")
    if (row["action"] in _WITH_VALUE) != bool(row["value"]):
        raise slip(f"cột value phải điền khi action là {', '.join(_WITH_VALUE)} và chỉ khi đó")
    try:
        value = Decimal(row["value"]) if row["value"] else None
    except InvalidOperation:
        raise slip(f"cột value không phải số viết bằng dấu chấm thập phân (đang ghi “{row['value']}”)") from None
    if value is not None and (not value.is_finite() or (row["action"] == "scale" and value <= 0)):
        raise slip(f"cột value phải là một số hữu hạn, hệ số phải lớn hơn 0 (đang ghi “{row['value']}”)")
    named = {c: row[c] for c in row if c in Correction.__dataclass_fields__ and c != "value"}
    return Correction(id=row["correction_id"], value=value, **named)
