"""Review: the one object that an analyst or a notebook opens. It only reads."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import pandas as pd

from planreview import store, tables
from planreview.blocks import Cell, Heading, Paragraph, Table
from planreview.catalogue import Catalogue, Cycle, Lookup, Unit, texts
from planreview.errors import StaleTables
from planreview.figures.aggregate import Parts
from planreview.figures.corrections import corrections_of
from planreview.project import Project

_PLACE = ["source_file", "sheet", "cell"]
_TRACE = [
    "chosen", "round", "area_code", "kind", "plan", "act", "value", "value_upper", "qualifier", "raw", *_PLACE,
    "source_id", "provenance",
]  # fmt: skip


class Review:
    """What is known of one unit, in one cycle, as of one round.

    >>> r = Review("14")                        # doctest: +SKIP
    >>> r.results()                             # doctest: +SKIP
    >>> r.find("nong thon moi")                 # doctest: +SKIP
    >>> r.candidates("XH.07.01", 2020)          # doctest: +SKIP

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

    def _repr_html_(self) -> str:
        """What JupyterLab shows: for whom, as of when, and how many indicators came out how."""
        try:
            lead = f"{self.cycle.title}; số liệu đến {self.catalogue.round(self.as_of).title.lower()}."
            main = self.results()[lambda r: r["main"]]
        except StaleTables as stale:
            return Heading(self.unit.name).to_html() + Paragraph(str(stale)).to_html()
        counts = main.groupby(["provenance", "status"], sort=False).size()
        table = Table(
            caption="Số chỉ tiêu theo đánh giá",
            columns=("Nguồn số liệu", "Đánh giá", "Số chỉ tiêu"),
            rows=[[texts.PROVENANCES[p], status, str(n)] for (p, status), n in counts.items()],
            source="Nguồn: bảng results",
            align="llr",
            note="r.results(), r.find(…), r.figure(…), r.candidates(…), r.trace(…), r.issues()",
        )
        return "".join(block.to_html() for block in (Heading(self.unit.name), Paragraph(lead), table))

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
        return self._about(self._until(tables.read("observations", self.project.processed / "observations")))

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

    def find(self, text: str) -> pd.DataFrame:
        """Indicators whose code, name or alias holds the words typed, capitals and diacritics or not; else the most
        alike. Columns: code, indicator, unit, field, definition."""
        found = [self.catalogue.indicators[c] for c in self._lookup.find(text)]
        rows = [(i.code, i.name, i.unit, i.field, i.definition) for i in found]
        return pd.DataFrame(rows, columns=["code", "indicator", "unit", "field", "definition"])

    def figure(self, indicator: str, period: str | int) -> pd.DataFrame:
        """The number chosen for an indicator (code, or name with or without diacritics) of the unit's area in a period:
        one row per provenance, kind, plan and act, with how it was chosen (table ``figures``).

        Raises UsageError, naming what may have been meant, for an indicator that nobody knows.
        """
        code, figures = self._lookup.code(indicator), self.figures()
        return figures[(figures["indicator_code"] == code) & (figures["period"] == str(period))].reset_index(drop=True)

    def candidates(self, indicator: str, period: str | int) -> pd.DataFrame:
        """Every number that anyone gave for an indicator of the unit's area in a period, the chosen ones marked.

        Columns: those of ``trace``, then unit_code, hidden, source (title, issuer, date), corrections. Raises as
        ``figure``.
        """
        code, chosen = self._lookup.code(indicator), self.figure(indicator, period)
        seen = self.observations()
        seen = seen[(seen["indicator_code"] == code) & (seen["period"] == str(period))]
        settled = set(chosen[chosen["value"].notna() | (chosen["qualifier"] == "text")][_PLACE].itertuples(index=False))
        return seen.assign(
            chosen=[tuple(p) in settled for p in seen[_PLACE].itertuples(index=False)],
            source=[self._source_title(s) for s in seen["source_id"]],
            corrections=[self._corrections_of(row) for row in seen.to_dict("records")],
        )[[*_TRACE, "unit_code", "hidden", "source", "corrections"]].reset_index(drop=True)

    def trace(self, indicator: str, period: str | int) -> pd.DataFrame:
        """The cells behind the numbers chosen for an indicator of the unit's area in a period; of a sum, its parts'.

        Columns: chosen (bool), round, area_code, kind, plan, act, value, value_upper, qualifier, raw, source_file,
        sheet, cell, source_id, provenance. Raises as ``figure``.
        """
        figures = [p for f in tables.records(self.figure(indicator, period)) for p in self._with_parts(f)]
        places = {tuple(f[c] for c in _PLACE) for f in figures}
        everyone = self._until(tables.read("observations", self.project.processed / "observations"))
        behind = everyone[[tuple(p) in places for p in everyone[_PLACE].itertuples(index=False)]]
        return behind.assign(chosen=True)[_TRACE].reset_index(drop=True)

    def whole(self, indicator: str, period: str | int) -> pd.DataFrame:
        """The unit's area from its parts: what the sum or the ratio would be, or the reason why there is none.

        Columns: provenance, kind, value (None where refused), rule, n_parts, reason (Vietnamese). Raises as ``figure``.
        """
        code = self._lookup.code(indicator)
        parts = Parts(tables.records(self._figures), self.catalogue)
        asked = [q for q in dict.fromkeys(parts.questions()) if q[1] == code and q[2] == str(period)]
        rows = []
        for question in asked:
            total = parts.whole(self.unit.area_code, question)
            value = None if total.value is None else float(total.value)
            rows.append((question[0], question[3], value, total.rule, len(total.parts), total.reason))
        return pd.DataFrame(rows, columns=["provenance", "kind", "value", "rule", "n_parts", "reason"])

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.catalogue)

    def _corrections_of(self, observation: dict) -> str:
        said = [f"{c.id} ({c.action}, {c.who}: {c.reason})" for c in corrections_of(observation, self.catalogue)]
        return "; ".join(said)

    def provenances(self) -> list[str]:
        """The provenances of the unit's results; each is shown in a part of its own."""
        return sorted(self._about(self._results)["provenance"].unique())

    def figure_row(self, figure_id: str) -> dict:
        """One row of ``figures`` by its id."""
        return self._figure_rows[figure_id]

    @cached_property
    def _figure_rows(self) -> dict[str, dict]:
        return {row["figure_id"]: row for row in tables.records(self._figures)}

    def _with_parts(self, figure: dict) -> list[dict]:
        """A figure, or the figures that it was added up from."""
        if not figure["parts"]:
            return [figure]
        return [p for part in figure["parts"].split(";") for p in self._with_parts(self.figure_row(part))]

    def cells(self, figure_ids: str) -> tuple[Cell, ...]:
        """The cells behind figures (ids joined by ``;``, as results keep them)."""
        figures = [p for f in figure_ids.split(";") if f for p in self._with_parts(self.figure_row(f))]
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

    def fingerprint(self) -> str:
        """A digest of all that a report on this review can read: its rows, and what the catalogue says of them."""
        figures, results = self.figures(), self.results(named=False)
        parts = [p for f in tables.records(figures) if f["parts"] for p in self._with_parts(f)]
        codes = {c for code in {*figures["indicator_code"]} for c in (code, *self.catalogue.indicators[code].related)}
        indicators, sources = self.catalogue.indicator_table, self.catalogue.sources
        frames = [
            figures,
            results,
            tables.frame("figures", parts),
            self.observations(),
            *(self._parts(table) for table in store.UNIT_TABLES if table not in ("observations", "ledger")),
            indicators[indicators["code"].isin(codes)],
            sources[sources["source_id"].isin({*figures["source_id"]})],
        ]
        rounds = [self.catalogue.rounds[r] for r in self.catalogue.rounds_until(self.as_of)]
        said = [repr((self.unit, self.cycle, rounds)), *(frame.to_csv(index=False) for frame in frames)]
        return hashlib.sha256("".join(said).encode()).hexdigest()

    def _about(self, data: pd.DataFrame) -> pd.DataFrame:
        """Rows of the unit's area; of an office those of the indicators that it answers for or submitted itself."""
        mine = data["area_code"] == self.unit.area_code
        if self.unit.area_code != self.unit.code:
            mine &= data["indicator_code"].isin(self._answered_for)
        return data[mine].reset_index(drop=True)

    @cached_property
    def _answered_for(self) -> set[str]:
        everyone = self._until(tables.read("observations", self.project.processed / "observations"))
        sent = everyone[everyone["unit_code"] == self.unit.code]["indicator_code"]
        area = self.unit.area_code
        responsible = {c for c in self.catalogue.indicators if self.catalogue.agency(c, area) == self.unit.code}
        return responsible | set(sent)

    def _parts(self, table: str) -> pd.DataFrame:
        data = tables.read(table, self.project.processed / table)
        return self._until(data[data["unit_code"] == self.unit.code])

    def _until(self, data: pd.DataFrame) -> pd.DataFrame:
        return data[data["round"].isin(self.catalogue.rounds_until(self.as_of))].reset_index(drop=True)
