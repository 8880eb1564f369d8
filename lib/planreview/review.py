"""Review: the one object that an analyst or a notebook opens. It only reads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from planreview import store, tables
from planreview.blocks import Cell
from planreview.catalogue import Catalogue, Cycle, Unit
from planreview.errors import StaleTables, UsageError
from planreview.project import Project


class Review:
    """What is known of one unit, in one cycle, as of one round.

    >>> r = Review("14")                       # doctest: +SKIP
    >>> r.results()                            # doctest: +SKIP
    >>> r.trace("XH.05.01", "2020")            # doctest: +SKIP

    Raises UnknownUnit and UsageError for a unit, cycle or round that is not declared; the tables are read when they
    are first asked for, and StaleTables names the command that makes them.
    """

    def __init__(
        self,
        unit: str | int | None = None,
        *,
        cycle: str | None = None,
        as_of: str | None = None,
        raw: str | Path | None = None,
        processed: str | Path | None = None,
        reference: str | Path | None = None,
    ) -> None:
        self.project = Project.find(raw=raw, processed=processed, reference=reference)
        self.catalogue = Catalogue(self.project.reference)
        self.cycle: Cycle = self.catalogue.cycle(cycle)
        self.unit: Unit = self.catalogue.unit(self.cycle.default_unit if unit is None else unit)
        if as_of is not None:
            self.catalogue.round(as_of)
        self._as_of = as_of

    def __repr__(self) -> str:
        return f"Review({self.unit.code!r}, cycle={self.cycle.code!r}, as_of={self._as_of or 'đợt mới nhất'!r})"

    @property
    def as_of(self) -> str:
        """The last round that this review may know of (the cycle's last round that has data by default)."""
        if self._as_of is None:
            found = store.default_as_of(self.project, self.catalogue, self.cycle.code)
            if found is None:
                raise StaleTables(
                    "Chưa có số liệu nào được đọc cho chu kỳ này",
                    place=self.cycle.code,
                    remedy="Hãy chạy lệnh: planreview clean",
                )
            self._as_of = found
        return self._as_of

    def register(self) -> pd.DataFrame:
        """Files received from the unit up to as_of (table ``register``)."""
        return self._parts("register")

    def issues(self) -> pd.DataFrame:
        """What must be mended in the unit's files up to as_of (table ``issues``)."""
        return self._parts("issues")

    def ledger(self) -> pd.DataFrame:
        """The fate of every non-empty cell of the unit's files up to as_of (table ``ledger``)."""
        return self._parts("ledger")

    def observations(self) -> pd.DataFrame:
        """Observations about the unit's area up to as_of, whoever sent them (table ``observations``)."""
        data = tables.read("observations", self.project.processed / "observations")
        return self._until(data[data["area_code"] == self.unit.area_code])

    def figures(self) -> pd.DataFrame:
        """One number per question about the unit's area (table ``figures``)."""
        return self._about(self._figures)

    def results(self, *, named: bool = True) -> pd.DataFrame:
        """Results of the unit's area (table ``results``), name, unit and field of the indicator first if ``named``."""
        data = self._about(self._results)
        if not named:
            return data
        known = self.catalogue.indicators
        names = pd.DataFrame(
            {
                "indicator": [known[c].name for c in data["indicator_code"]],
                "unit": [known[c].unit for c in data["indicator_code"]],
                "field": [known[c].field for c in data["indicator_code"]],
            },
            index=data.index,
        )
        return pd.concat([names, data], axis="columns")

    def trace(self, indicator_code: str, period: str | int) -> pd.DataFrame:
        """Every cell that says something about an indicator of the unit's area in a period, the chosen ones marked.

        Columns: chosen (bool), round, kind, plan, act, value, value_upper, qualifier, raw, source_file, sheet, cell,
        source_id, provenance. Raises UsageError for a code that the catalogue does not know.
        """
        if indicator_code not in self.catalogue.indicators:
            raise UsageError(
                f"Không có chỉ tiêu mang mã “{indicator_code}”", remedy="Xem data/reference/indicators.csv"
            )
        seen = self.observations()
        seen = seen[(seen["indicator_code"] == indicator_code) & (seen["period"] == str(period))]
        place = ["source_file", "sheet", "cell"]
        figures = self.figures()
        settled = figures[figures["selection_rule"] != "tie"]
        chosen = set(settled[place].itertuples(index=False, name=None))
        seen = seen.assign(chosen=[p in chosen for p in seen[place].itertuples(index=False, name=None)])
        columns = [
            "chosen",
            "round",
            "kind",
            "plan",
            "act",
            "value",
            "value_upper",
            "qualifier",
            "raw",
            "source_file",
            "sheet",
            "cell",
            "source_id",
            "provenance",
        ]
        return seen[columns].reset_index(drop=True)

    def provenances(self) -> list[str]:
        """The provenances of the unit's results; each is shown in a part of its own."""
        return sorted(self._about(self._results)["provenance"].unique())

    def figure(self, figure_id: str) -> dict:
        """One row of ``figures`` by its id."""
        return self._figure_rows[figure_id]

    @cached_property
    def _figure_rows(self) -> dict[str, dict]:
        return {row["figure_id"]: row for row in tables.records(self._figures)}

    def cells(self, figure_ids: str) -> tuple[Cell, ...]:
        """The cells behind figures (ids joined by ``;``, as results keep them)."""
        figures = [self.figure(f) for f in figure_ids.split(";") if f]
        return tuple(
            Cell(f["source_file"], f["sheet"], f["cell"], f["raw"], f["source_id"], self._source_title(f["source_id"]))
            for f in figures
        )

    def _source_title(self, source_id: str) -> str:
        sources = self.catalogue.sources
        if source_id not in sources.index:
            return ""
        source = sources.loc[source_id]
        return "; ".join(filter(None, (source["title"], source["issuer"], source["date"])))

    @cached_property
    def _figures(self) -> pd.DataFrame:
        return store.read_current(self.project, "figures", store.figures_path(self.project, self.as_of))

    @cached_property
    def _results(self) -> pd.DataFrame:
        path = store.results_path(self.project, self.cycle.code, self.as_of)
        return store.read_current(self.project, "results", path)

    def _about(self, data: pd.DataFrame) -> pd.DataFrame:
        return data[data["area_code"] == self.unit.area_code].reset_index(drop=True)

    def _parts(self, table: str) -> pd.DataFrame:
        data = tables.read(table, self.project.processed / table)
        return self._until(data[data["unit_code"] == self.unit.code])

    def _until(self, data: pd.DataFrame) -> pd.DataFrame:
        return data[data["round"].isin(self.catalogue.rounds_until(self.as_of))].reset_index(drop=True)
