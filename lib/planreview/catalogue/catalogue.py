"""Everything kept by hand under ``data/reference``, loaded and checked once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from planreview.catalogue.cycles import Cycle, load_cycles
from planreview.catalogue.reference import read_csv
from planreview.catalogue.rounds import Round, load_rounds
from planreview.errors import ReferenceDataError, UnknownUnit, UsageError

_INDICATORS = [
    "code",
    "parent_code",
    "name_vi",
    "name_en",
    "unit",
    "measure",
    "direction",
    "band_low",
    "band_high",
    "five_year_rule",
    "additive",
    "multiplicative",
    "limit_low",
    "limit_high",
    "digits",
    "near_band",
    "near_reason",
    "sdg_target",
    "agency",
    "forms",
    "levels",
    "field",
    "related",
    "definition",
    "source_id",
]
_YES_NO = ("yes", "no", "")


@dataclass(frozen=True)
class Indicator:
    """One line of indicators.csv. Numbers are None where the file leaves them blank: not known."""

    code: str
    name: str
    unit: str
    measure: str
    direction: str
    band_low: float | None
    band_high: float | None
    five_year_rule: str
    multiplicative: bool | None
    digits: int
    near_band: float | None
    field: str
    agency: str


@dataclass(frozen=True)
class Unit:
    """Who reports: ``area_code`` is what it speaks about."""

    code: str
    name: str
    kind: str
    area_code: str


class Catalogue:
    """``indicators``, ``aliases``, ``units``, ``sources`` as frames and typed look-ups; ``rounds``; ``cycles``."""

    def __init__(self, reference: Path) -> None:
        """Load all files of ``reference``. Raises ReferenceDataError for a slip in any of them."""
        self.folder = reference
        self.rounds: Mapping[str, Round] = load_rounds(reference / "rounds.toml")
        self.cycles: Mapping[str, Cycle] = load_cycles(reference / "cycles")
        for r in self.rounds.values():
            if r.cycle not in self.cycles:
                raise ReferenceDataError(
                    f"Đợt {r.code} thuộc chu kỳ {r.cycle} nhưng không có tệp cycles/{r.cycle}.toml",
                    place=str(reference / "rounds.toml"),
                )
        self._indicator_table = read_csv(
            reference / "indicators.csv",
            _INDICATORS,
            key="code",
            allowed={
                "measure": ("level", "rate", "share", "growth", "index", "cumulative", ""),
                "direction": ("up", "down", "band", "none", ""),
                "five_year_rule": ("end_value", "sum", "average", "average_growth", "none", ""),
                "additive": _YES_NO,
                "multiplicative": _YES_NO,
            },
        )
        self.indicators = {row["code"]: self._indicator(row) for row in self._indicator_table.to_dict("records")}
        units = read_csv(
            reference / "units.csv", ["unit_code", "name_vi", "kind", "parent_code", "area_code"], key="unit_code"
        )
        self.units = {
            row["unit_code"]: Unit(row["unit_code"], row["name_vi"], row["kind"], row["area_code"])
            for row in units.to_dict("records")
        }
        self.sources = read_csv(
            reference / "sources.csv", ["source_id", "title", "issuer", "date", "date_note", "url"], key="source_id"
        ).set_index("source_id", drop=False)
        self.aliases = read_csv(reference / "aliases.csv", ["name", "indicator_code"])
        unknown = self.aliases[~self.aliases["indicator_code"].isin(list(self.indicators))]
        if not unknown.empty:
            raise ReferenceDataError(
                f"Dòng {unknown.index[0] + 2} trỏ tới mã chỉ tiêu không có: {unknown.iloc[0]['indicator_code']}",
                place=str(reference / "aliases.csv"),
            )
        published = read_csv(reference / "published.csv", ["sha256"], optional=True)
        self.published_digests = frozenset(published["sha256"])
        self.confirmed = read_csv(
            reference / "confirmed.csv", ["sha256", "unit_code", "who", "when", "reason"], optional=True
        )

    def _indicator(self, row: dict[str, str]) -> Indicator:
        def number_or_none(column: str) -> float | None:
            try:
                return float(row[column]) if row[column] else None
            except ValueError:
                raise ReferenceDataError(
                    f"Chỉ tiêu {row['code']}: cột {column} không phải số (đang ghi “{row[column]}”)",
                    place=str(self.folder / "indicators.csv"),
                ) from None

        return Indicator(
            code=row["code"],
            name=row["name_vi"],
            unit=row["unit"],
            measure=row["measure"],
            direction=row["direction"],
            band_low=number_or_none("band_low"),
            band_high=number_or_none("band_high"),
            five_year_rule=row["five_year_rule"],
            multiplicative={"yes": True, "no": False, "": None}[row["multiplicative"]],
            digits=int(number_or_none("digits") or 0),
            near_band=number_or_none("near_band"),
            field=row["field"],
            agency=row["agency"],
        )

    @property
    def indicator_table(self) -> pd.DataFrame:
        """indicators.csv as it stands, all text."""
        return self._indicator_table.copy()

    @cached_property
    def default_cycle(self) -> Cycle:
        return next(c for c in self.cycles.values() if c.default)

    def cycle(self, code: str | None) -> Cycle:
        """The cycle named, or the default one. Raises UsageError where there is none of that name."""
        if code is None:
            return self.default_cycle
        if code not in self.cycles:
            raise UsageError(f"Không có chu kỳ “{code}”", remedy=f"Hãy chọn một trong: {', '.join(self.cycles)}")
        return self.cycles[code]

    def round(self, code: str) -> Round:
        """The round named. Raises UsageError where rounds.toml does not declare it."""
        if code not in self.rounds:
            raise UsageError(f"Không có đợt báo cáo “{code}”", remedy=f"Hãy chọn một trong: {', '.join(self.rounds)}")
        return self.rounds[code]

    def rounds_until(self, code: str) -> list[str]:
        """The rounds that ``as_of = code`` may know of, of any cycle, in order of deadlines."""
        last = self.round(code).deadline
        return [r.code for r in self.rounds.values() if r.deadline <= last]

    def unit(self, code: str | int) -> Unit:
        """The unit of a code. An integer (papermill turns 14 and 03646 into numbers) resolves only to the one
        code that equals it as a number. Raises UnknownUnit, naming like codes."""
        if isinstance(code, int) and not isinstance(code, bool):
            alike = [u for u in self.units if u.isdigit() and int(u) == code]
            if len(alike) == 1:
                return self.units[alike[0]]
        if isinstance(code, str) and code in self.units:
            return self.units[code]
        names = {**{u.name: u.code for u in self.units.values()}, **{c: c for c in self.units}}
        close = difflib.get_close_matches(str(code), list(names), n=3, cutoff=0.6)
        hint = (
            f"Có phải là: {', '.join(f'{names[c]} ({self.units[names[c]].name})' for c in close)}"
            if close
            else ("Mã đơn vị phải có trong data/reference/units.csv")
        )
        raise UnknownUnit(f"Không có đơn vị nào mang mã “{code}”", remedy=hint)
