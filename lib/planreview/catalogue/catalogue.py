"""Everything kept by hand under ``data/reference``, loaded and checked once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Container, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from planreview.catalogue import periods
from planreview.catalogue.corrections import load_corrections
from planreview.catalogue.cycles import Cycle, load_cycles
from planreview.catalogue.expectations import NOTHING, Expectation, load_expectations
from planreview.catalogue.indicators import Indicator, load_indicators
from planreview.catalogue.reference import read_csv
from planreview.catalogue.rounds import Round, last_moment, load_rounds
from planreview.catalogue.units import AREA_KINDS, Unit, find_unit, load_units, parts_of
from planreview.errors import ReferenceDataError, UsageError


class Catalogue:
    """``indicators``, ``aliases``, ``units``, ``sources`` as frames and typed look-ups; ``rounds``; ``cycles``."""

    @classmethod
    def of(cls, reference: Path) -> Catalogue:
        """The catalogue of a folder, loaded once for as long as its files say the same. Raises as ``__init__``."""
        digest = hashlib.sha256()
        for path in sorted(p for p in reference.rglob("*") if p.suffix in (".csv", ".toml")):
            digest.update(path.as_posix().encode() + path.read_bytes())
        return _loaded(reference, digest.hexdigest())

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
        self._indicator_table, self.indicators = load_indicators(reference / "indicators.csv")
        self._expectations = load_expectations(reference / "checks.csv", self.indicators)
        self.units: Mapping[str, Unit] = load_units(reference / "units.csv")
        self.sources = read_csv(
            reference / "sources.csv", "source_id title issuer date date_note url", key="source_id"
        ).set_index("source_id", drop=False)
        self.aliases = read_csv(reference / "aliases.csv", "name indicator_code")
        self.corrections = load_corrections(reference / "corrections.csv")
        # what the forms call a group of indicators, by the beginning of their codes ("KT.06")
        groups = read_csv(reference / "groups.csv", "code name_vi", key="code", optional=True)
        self.groups: Mapping[str, str] = dict(zip(groups["code"], groups["name_vi"], strict=True))
        # what a rule cannot find: a doubt about a published number, in words
        self.doubts = read_csv(
            reference / "doubts.csv",
            "area_code indicator_code period source_id message_vi suggestion_vi",
            optional=True,
        )
        # the first year of another definition under the same code: no series is drawn, compared or forecast across it
        breaks = read_csv(reference / "breaks.csv", "indicator_code first_year reason_vi source", optional=True)
        self._refuse_unknown("breaks.csv", breaks["indicator_code"], self.indicators)
        if wrong := [y for y in breaks["first_year"] if not periods.is_year(y)]:
            raise ReferenceDataError(
                f"Cột first_year phải là một năm (đang ghi “{wrong[0]}”)", place=str(reference / "breaks.csv")
            )
        self.breaks = breaks.assign(first_year=breaks["first_year"].astype(int))
        # where areas lie on a schematic map: row and column, from the north-west
        tiles = read_csv(reference / "maps" / "tiles.csv", "unit_code row column", key="unit_code", optional=True)
        self._refuse_unknown("maps/tiles.csv", tiles["unit_code"], self.units)
        if wrong := [v for v in (*tiles["row"], *tiles["column"]) if not v.isdecimal()]:
            raise ReferenceDataError(
                f"Cột row, column phải là số nguyên từ 0 (đang ghi “{wrong[0]}”)",
                place=str(reference / "maps" / "tiles.csv"),
            )
        self.tiles: Mapping[str, tuple[int, int]] = {
            unit: (int(row), int(column))
            for unit, row, column in tiles[["unit_code", "row", "column"]].itertuples(index=False)
        }
        # words by which the causes and successes that units write are sorted
        axes = {"side": ("cản trở", "thuận lợi"), "axis": ("khách quan", "chủ quan")}
        self.causes = read_csv(
            reference / "causes.csv", "side theme axis words", key="theme", allowed=axes, optional=True
        )
        published = read_csv(reference / "published.csv", "sha256", optional=True)
        self.published_digests = frozenset(published["sha256"])
        # the shipped simulated example, file by file: path relative to data/raw, and sha256
        self.simulated = read_csv(reference / "simulated.csv", "stored_path sha256", optional=True)
        self.confirmed = read_csv(reference / "confirmed.csv", "sha256 unit_code who when reason", optional=True)
        self._refuse_unknown("aliases.csv", self.aliases["indicator_code"], self.indicators)
        for column, known in (("indicator_code", self.indicators), ("area_code", self.units)):
            self._refuse_unknown("doubts.csv", self.doubts[column], known)
        self._refuse_unknown("doubts.csv", self.doubts["source_id"], self.sources.index)
        for column, known in (
            ("indicator_code", self.indicators),
            ("unit_code", self.units),
            ("area_code", {"", *self.units}),
            ("round", self.rounds),
        ):
            self._refuse_unknown("corrections.csv", [getattr(c, column) for c in self.corrections], known)
        agencies = [(i.code, *pair) for i in self.indicators.values() for pair in i.agency.items()]
        for code, kind, agency in agencies:
            if kind not in AREA_KINDS or agency not in self.units:
                raise ReferenceDataError(
                    f"Chỉ tiêu {code}: cột agency ghi “{kind}:{agency}”, không phải một cấp và mã đơn vị đã khai báo",
                    place=str(reference / "indicators.csv"),
                )

    @cached_property
    def simulated_digests(self) -> frozenset[str]:
        return frozenset(self.simulated["sha256"])

    def _refuse_unknown(self, file: str, codes: Iterable[str], known: Container[str]) -> None:
        for line, code in enumerate(codes, 2):  # one for the header, one because people count from 1
            if code not in known:
                raise ReferenceDataError(f"Dòng {line} trỏ tới mã không có: {code}", place=str(self.folder / file))

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
        """The unit of a code. Raises UnknownUnit, naming like codes."""
        return find_unit(self.units, code)

    def parts_of(self, area_code: str, period: str) -> tuple[str, ...]:
        """The areas that made up an area at the end of a period; empty where units.csv does not list all of them."""
        return parts_of(self.units, area_code, periods.last_day(period))

    def agency(self, indicator_code: str, area_code: str) -> str:
        """The unit responsible for an indicator of an area, '' where the catalogue names none."""
        area = self.units.get(area_code)
        return self.indicators[indicator_code].agency.get(area.kind, "") if area else ""

    def asked(self, form: str, unit: Unit) -> list[Indicator]:
        """What a form asks a unit for: Appendix I an office for the indicators it answers for, II a place for all."""
        asked = [i for i in self.indicators.values() if form in i.forms]
        if form == "I":
            asked = [i for i in asked if self.agency(i.code, unit.area_code) == unit.code]
        return asked

    def forms_due(self, round_: Round, unit: Unit) -> tuple[str, ...]:
        """The forms that a unit owes in a round: of those that the round expects of its kind all that ask it for
        anything (III asks everybody for proposals)."""
        if not unit.existed_on(round_.deadline.date()):
            return ()
        return tuple(f for f in round_.expects.get(unit.kind, ()) if f == "III" or self.asked(f, unit))

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Every name of an indicator with its code: those of the catalogue, then the aliases."""
        own = [(i.name, i.code) for i in self.indicators.values()]
        return own + list(self.aliases[["name", "indicator_code"]].itertuples(index=False, name=None))

    def expected(self, indicator_code: str) -> Expectation:
        """What checks.csv says of an indicator's numbers; nothing where it has no line."""
        return self._expectations.get(indicator_code, NOTHING)

    def source_date(self, source_id: str) -> dt.date | None:
        """The last day that a source's date can mean (only a year known = 31 December); None where it has none."""
        written = self.sources["date"].get(source_id, "")
        return last_moment(written).date() if written else None


@lru_cache(maxsize=4)
def _loaded(reference: Path, digest: str) -> Catalogue:
    return Catalogue(reference)
