"""Indicators: one line of indicators.csv each. What the file leaves blank is not known, and never a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from planreview.catalogue import periods
from planreview.catalogue.measures import factor_between
from planreview.catalogue.reference import read_csv
from planreview.errors import ReferenceDataError

_COLUMNS = """
    code parent_code name_vi name_en unit measure direction band_low band_high five_year_rule additive multiplicative
    limit_low limit_high digits near_band near_reason sdg_target agency forms levels field related definition source_id
    numerator denominator ratio_scale change_of change_base conversions stat_code
"""
_YES_NO = {"yes": True, "no": False, "": None}
_ALLOWED = {
    "measure": ("level", "rate", "share", "growth", "index", "cumulative", ""),
    "direction": ("up", "down", "band", "none", ""),
    "five_year_rule": ("end_value", "sum", "average", "average_growth", "none", ""),
    "additive": tuple(_YES_NO),
    "multiplicative": tuple(_YES_NO),
}
_ADDITIVE_MEASURES = ("level", "cumulative")
_CODES = ("parent_code", "numerator", "denominator", "change_of")
PREVIOUS_TERM = "previous_term"


@dataclass(frozen=True)
class Ratio:
    """The indicator is ``scale · numerator / denominator`` of two others, each in its own unit."""

    numerator: str
    denominator: str
    scale: Decimal


@dataclass(frozen=True)
class Change:
    """The indicator states how much ``of`` changed since ``base``: a year, or the term before (PREVIOUS_TERM)."""

    of: str
    base: str


@dataclass(frozen=True)
class Indicator:
    """One indicator. Numbers, flags, ``ratio`` and ``change`` are None where the file leaves them blank.

    ``agency``: the unit responsible for it, by the kind of area that it is about (``province`` → ``SYT``).
    ``forms``: the appendices that ask for it; ``levels``: the kinds of area that it is known of; ``limit_low``,
    ``limit_high``: no value can lie beyond them.
    """

    code: str
    name: str
    unit: str
    measure: str
    direction: str
    band_low: float | None
    band_high: float | None
    five_year_rule: str
    additive: bool | None
    multiplicative: bool | None
    limit_low: float | None
    limit_high: float | None
    digits: int
    near_band: float | None
    field: str
    definition: str
    parent: str
    related: tuple[str, ...]
    agency: Mapping[str, str]
    ratio: Ratio | None
    change: Change | None
    conversions: Mapping[str, Decimal]
    near_reason: str = ""
    forms: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def factor_from(self, written: str) -> Decimal | None:
        """The exact factor from a written unit to the indicator's own; None where they do not measure the same."""
        return factor_between(written, self.unit, self.conversions)


def load_indicators(path: Path) -> tuple[pd.DataFrame, dict[str, Indicator]]:
    """indicators.csv as it stands (all text), and typed by code. Raises ReferenceDataError for a slip in it."""
    table = read_csv(path, _COLUMNS, key="code", allowed=_ALLOWED)
    indicators = {row["code"]: _indicator(row, path) for row in table.to_dict("records")}
    for row in table.to_dict("records"):
        named = [(c, row[c]) for c in _CODES if row[c]] + [("related", c) for c in row["related"].split()]
        for column, code in named:
            if code not in indicators:
                raise _slip(path, row, column, f"trỏ tới mã không có: {code}")
    return table, indicators


def _indicator(row: dict[str, str], path: Path) -> Indicator:
    def decimal(column: str) -> Decimal | None:
        return _decimal(row[column], row, column, path) if row[column] else None

    def number(column: str) -> float | None:
        found = decimal(column)
        return None if found is None else float(found)

    if row["direction"] == "band" and not (row["band_low"] and row["band_high"]):
        raise _slip(path, row, "direction", "là band nhưng thiếu band_low, band_high")
    if bool(row["near_band"]) != bool(row["near_reason"]):
        raise _slip(path, row, "near_reason", "phải đi cùng near_band: giới hạn gần đạt riêng phải có lý do")
    if row["near_band"] and decimal("near_band") < 0:
        raise _slip(path, row, "near_band", "phải là số không âm, theo đơn vị của chỉ tiêu")
    for low, high in (("band_low", "band_high"), ("limit_low", "limit_high")):
        if row[low] and row[high] and decimal(low) >= decimal(high):
            raise _slip(path, row, low, f"phải nhỏ hơn {high}")
    if row["digits"] and not row["digits"].isdecimal():
        raise _slip(path, row, "digits", f"phải là số nguyên không âm (đang ghi “{row['digits']}”)")
    ratio_parts = [row[c] for c in ("numerator", "denominator", "ratio_scale")]
    if any(ratio_parts) and not all(ratio_parts):
        raise _slip(path, row, "ratio_scale", "phải đi cùng numerator và denominator")
    if row["additive"] == "yes" and (any(ratio_parts) or row["measure"] not in _ADDITIVE_MEASURES):
        raise _slip(path, row, "additive", "là yes nhưng tỷ lệ, tỷ trọng, tốc độ, chỉ số không cộng được")
    if bool(row["change_of"]) != bool(row["change_base"]):
        raise _slip(path, row, "change_base", "phải đi cùng change_of")
    if row["change_base"] not in ("", PREVIOUS_TERM) and not periods.is_year(row["change_base"]):
        raise _slip(path, row, "change_base", f"phải là {PREVIOUS_TERM} hoặc một năm (đang ghi “{row['change_base']}”)")
    conversions = {
        unit: _decimal(factor, row, "conversions", path)
        for unit, factor in _pairs(row, "conversions", "=", row["conversions"].split(";"), path).items()
    }
    for column, factor in (
        ("ratio_scale", decimal("ratio_scale")),
        *(("conversions", f) for f in conversions.values()),
    ):
        if factor is not None and factor <= 0:
            raise _slip(path, row, column, "phải lớn hơn 0")
    return Indicator(
        code=row["code"],
        name=row["name_vi"],
        unit=row["unit"],
        measure=row["measure"],
        direction=row["direction"],
        band_low=number("band_low"),
        band_high=number("band_high"),
        five_year_rule=row["five_year_rule"],
        additive=_YES_NO[row["additive"]],
        multiplicative=_YES_NO[row["multiplicative"]],
        limit_low=number("limit_low"),
        limit_high=number("limit_high"),
        digits=int(row["digits"] or 0),
        near_band=number("near_band"),
        field=row["field"],
        definition=row["definition"],
        parent=row["parent_code"],
        related=tuple(row["related"].split()),
        agency=_pairs(row, "agency", ":", row["agency"].split(), path),
        near_reason=row["near_reason"],
        forms=tuple(row["forms"].split()),
        levels=tuple(row["levels"].split()),
        ratio=Ratio(row["numerator"], row["denominator"], decimal("ratio_scale")) if all(ratio_parts) else None,
        change=Change(row["change_of"], row["change_base"]) if row["change_of"] else None,
        conversions=conversions,
    )


def _pairs(row: dict[str, str], column: str, sign: str, written: list[str], path: Path) -> dict[str, str]:
    pairs = {}
    for pair in filter(None, (w.strip() for w in written)):
        left, found, right = pair.partition(sign)
        if not (left.strip() and found and right.strip()):
            raise _slip(path, row, column, f"phải viết như a{sign}b (đang ghi “{pair}”)")
        pairs[left.strip()] = right.strip()
    return pairs


def _decimal(written: str, row: dict[str, str], column: str, path: Path) -> Decimal:
    try:
        value = Decimal(written)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise _slip(path, row, column, f"không phải số (đang ghi “{written}”)")
    return value


def _slip(path: Path, row: dict[str, str], column: str, what: str) -> ReferenceDataError:
    return ReferenceDataError(f"Chỉ tiêu {row['code']}: cột {column} {what}", place=str(path))
