"""Units: who reports, what each speaks about, and which areas make up another at a given time."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planreview.catalogue.reference import read_csv
from planreview.catalogue.texts import folded
from planreview.errors import ReferenceDataError, UnknownUnit

_COLUMNS = """
    unit_code name_vi name_en kind parent_code area_code email valid_from valid_to source_id parts_listed merged_from
    note
"""
KINDS = (
    "nation", "province", "district", "city", "commune", "ward", "department", "central_agency", "association",
    "bank_branch", "soe",
)  # fmt: skip
AREA_KINDS = ("nation", "province", "district", "city", "commune", "ward")


@dataclass(frozen=True)
class Unit:
    """Who reports: ``area_code`` is what it speaks about. Days are None where the unit has no known beginning or end.

    ``parts_listed``: all areas that make it up stand in units.csv, so that their values may be added up.
    ``emails``: the addresses that it writes from, in small letters.
    """

    code: str
    name: str
    kind: str
    area_code: str
    parent: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    parts_listed: bool = False
    merged_from: str = ""
    emails: tuple[str, ...] = ()

    @property
    def is_area(self) -> bool:
        """Whether it is a place, and not an office or an enterprise."""
        return self.kind in AREA_KINDS

    def existed_on(self, day: dt.date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


def load_units(path: Path) -> dict[str, Unit]:
    """Units by code. Raises ReferenceDataError for a slip in units.csv."""
    allowed = {"kind": KINDS, "parts_listed": ("yes", "")}
    table = read_csv(path, _COLUMNS, key="unit_code", allowed=allowed)
    units = {row["unit_code"]: _unit(row, path) for row in table.to_dict("records")}
    for unit in units.values():
        if what := _wrong(unit, units):
            raise ReferenceDataError(f"Đơn vị {unit.code}: {what}", place=str(path))
    return units


def _wrong(unit: Unit, units: Mapping[str, Unit]) -> str:
    """What does not hold together in a unit's line, '' where all does."""
    for code in (unit.parent, unit.area_code):
        if code and code not in units:
            return f"trỏ tới mã không có: {code}"
    if unit.parent == unit.code:
        return "cột parent_code trỏ tới chính đơn vị"
    speaks_for_itself = unit.is_area or unit.kind == "soe"
    if speaks_for_itself and unit.area_code != unit.code:
        return "địa bàn và doanh nghiệp phải có area_code là mã của chính mình"
    if not speaks_for_itself and (not unit.area_code or not units[unit.area_code].is_area):
        return "cột area_code phải là mã của một địa bàn"
    if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
        return "cột valid_to trước valid_from"
    return ""


def _unit(row: dict[str, str], path: Path) -> Unit:
    def day(column: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(row[column]) if row[column] else None
        except ValueError:
            raise ReferenceDataError(
                f"Đơn vị {row['unit_code']}: cột {column} phải viết như 2025-06-30 (đang ghi “{row[column]}”)",
                place=str(path),
            ) from None

    return Unit(
        code=row["unit_code"],
        name=row["name_vi"],
        kind=row["kind"],
        area_code=row["area_code"],
        parent=row["parent_code"],
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
        parts_listed=row["parts_listed"] == "yes",
        merged_from=row["merged_from"],
        emails=tuple(row["email"].replace(";", " ").lower().split()),
    )


def parts_of(units: Mapping[str, Unit], area_code: str, day: dt.date) -> tuple[str, ...]:
    """The areas that made up an area on a day; empty where units.csv does not list all of them."""
    if area_code not in units or not units[area_code].parts_listed:
        return ()
    return tuple(
        u.code for u in units.values() if u.parent == area_code and u.is_area and u.area_code == u.code
        and u.existed_on(day)
    )  # fmt: skip


def find_unit(units: Mapping[str, Unit], code: str | int) -> Unit:
    """The unit of a code. An integer (papermill turns 14 and 03646 into numbers) resolves only to the one code that
    equals it as a number. Raises UnknownUnit, naming like codes."""
    if isinstance(code, int) and not isinstance(code, bool):
        alike = [u for u in units if u.isdigit() and int(u) == code]
        if len(alike) == 1:
            return units[alike[0]]
    if isinstance(code, str) and code in units:
        return units[code]
    names = {folded(name): u.code for u in units.values() for name in (u.name, u.code)}
    close = difflib.get_close_matches(folded(str(code)), list(names), n=3, cutoff=0.6)
    hint = (
        f"Có phải là: {', '.join(f'{names[c]} ({units[names[c]].name})' for c in close)}"
        if close
        else "Mã đơn vị phải có trong data/reference/units.csv"
    )
    raise UnknownUnit(f"Không có đơn vị nào mang mã “{code}”", remedy=hint)
