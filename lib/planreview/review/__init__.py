"""Review: the one object that an analyst or a notebook opens. It only reads."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import pandas as pd

from planreview import store, tables
from planreview.blocks import Cell, Heading, Paragraph, Table
from planreview.catalogue import Catalogue, Cycle, Lookup, Unit, texts
from planreview.catalogue.commentary import Commentary, load_commentary
from planreview.errors import StaleTables
from planreview.figures import own_values
from planreview.figures.aggregate import Parts
from planreview.figures.corrections import corrections_of, listed
from planreview.figures.select import tie_issue
from planreview.project import Project
from planreview.review.beside import Beside
from planreview.review.choices import choice
from planreview.review.judging import Judging

_PLACE = ["source_file", "sheet", "cell"]
_TRACE = [
    "chosen", "round", "area_code", "kind", "plan", "act", "value", "value_upper", "qualifier", "raw", *_PLACE,
    "source_id", "provenance",
]  # fmt: skip


def _is_settled(figure: dict) -> bool:
    """Whether a number, or a target in words, was chosen."""
    return figure["selection_rule"] not in ("tie", "contested")


class Review(Judging, Beside):
    """What is known of one unit, in one cycle, as of one round.

    >>> r = Review("14")                        # doctest: +SKIP
    >>> r.results()                             # doctest: +SKIP
    >>> r.find("nong thon moi")                 # doctest: +SKIP
    >>> r.candidates("XH.07.01", 2020)          # doctest: +SKIP

    Raises UnknownUnit and UsageError for a unit, cycle or round that is not declared; the tables are read when they
    are first asked for, and StaleTables names the command that makes them. ``shared``: tables that several Reviews
    read, in place of the three folders.
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
        shared: store.CurrentTables | None = None,
    ) -> None:
        if shared is None:
            project = Project.find(raw=raw, processed=processed, reference=reference)
            shared = store.CurrentTables(project, Catalogue.of(project.reference))
        self._tables, self.project, self.catalogue = shared, shared.project, shared.catalogue
        self.cycle: Cycle = self.catalogue.cycle(cycle)
        self.unit: Unit = self.catalogue.unit(self.cycle.default_unit if unit is None else unit)
        if as_of is not None:
            self.catalogue.round(as_of)
        self._as_of = as_of

    def __repr__(self) -> str:
        return f"Review({self.unit.code!r}, cycle={self.cycle.code!r}, as_of={self._as_of or 'đợt mới nhất'!r})"

    def of(self, unit: str | int) -> Review:
        """The same of another unit, on the same tables."""
        return Review(unit, cycle=self.cycle.code, as_of=self._as_of, shared=self._tables)

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
            note="r.results(), r.explain(…), r.find(…), r.figure(…), r.candidates(…), r.trace(…), r.issues()",
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

    def ties(self) -> pd.DataFrame:
        """What stays open between several units (rows as of ``issues``, code ``check.tie``, no cell): no part of that
        table can know it, since parts are made unit by unit."""
        figures = [f for f in tables.records(self.figures()) if f["selection_rule"] == "tie"]
        several = [f for f in figures if len({*self._behind([f])["unit_code"]}) > 1]
        return tables.frame("issues", [tie_issue(f, self.unit.code, self.catalogue) for f in several])

    def corrections(self, *, below: bool = True) -> list[dict]:
        """What became of each line of corrections.csv about the unit's numbers (``figures.corrections.listed``); in
        the province's review also of those about its units, unless not ``below``."""
        several = below and self.unit.kind == "province"
        units = {self.unit.code, *(self._units_below if several else ())}
        seen = self._until(self._tables.whole("observations")) if several else self._parts("observations")
        named = seen["indicator_code"].isin({c.indicator_code for c in self.catalogue.corrections})
        return listed(tables.records(seen[named]), self.catalogue, units)

    def cross_checks(self) -> pd.DataFrame:
        """What the unit's numbers contradict of other units' (table ``cross_checks``); the province's review knows what
        is said of its units too."""
        data = self._tables.cross_checks(self.as_of)
        seen = {self.unit.code, *(self._units_below if self.unit.kind == "province" else ())}
        return data[data["unit_code"].isin(seen)].reset_index(drop=True)

    @property
    def _units_below(self) -> set[str]:
        units = self.catalogue.units.values()
        return {u.code for u in units if self.unit.code in (u.parent, u.area_code) and u.code != self.unit.code}

    def ledger(self) -> pd.DataFrame:
        """The fate of every non-empty cell of the unit's files up to as_of (table ``ledger``)."""
        return self._parts("ledger")

    def observations(self) -> pd.DataFrame:
        """Observations about the unit's area up to as_of, whoever sent them (table ``observations``)."""
        return self._about(self._until(self._tables.about("observations", self.unit.area_code)))

    def figures(self) -> pd.DataFrame:
        """One number per question about the unit's area (table ``figures``)."""
        return self._about(self._tables.figures(self.as_of, self.unit.area_code))

    def results(self, *, named: bool = True) -> pd.DataFrame:
        """Results of the unit's area (table ``results``), name, unit and field of the indicator first if ``named``."""
        data = self._about(self._tables.results(self.cycle.code, self.as_of, self.unit.area_code))
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

    def narratives(self) -> pd.DataFrame:
        """What the unit wrote of its causes, solutions, lessons … in the rounds of the cycle up to as_of (table
        ``narratives``, and ``received_at`` of its file). Words have no period: they speak of their round's cycle."""
        return self._dated(self._parts("narratives"), self.register())

    def narratives_of_units(self) -> pd.DataFrame:
        """What the units of a province wrote (table ``narratives``): of other units' words only the province's report
        knows, so that these are no rows for any other unit."""
        data = self._until(self._tables.whole("narratives"))
        data = data[data["unit_code"].isin(self._units_below if self.unit.kind == "province" else ())]
        return self._dated(data, self._tables.whole("register"))

    def _dated(self, data: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
        arrivals = dict(zip(register["source_file"], register["received_at"], strict=True))
        of_cycle = [self.catalogue.round(r).cycle == self.cycle.code for r in data["round"]]
        mine = data[pd.Series(of_cycle, index=data.index, dtype=bool)]
        return mine.assign(received_at=mine["source_file"].map(arrivals)).reset_index(drop=True)

    @cached_property
    def commentary(self) -> Commentary:
        """What people wrote on the unit in this cycle (files of ``data/reference/commentary``)."""
        return load_commentary(self.project.reference, self.cycle.code, self.unit.code)

    def own_values(self) -> pd.DataFrame:
        """What the unit itself said of its area beside the number chosen, which may be another's or a corrected one:
        one row per question (provenance, indicator, period, kind, plan, act), ``differs`` where the two are not the
        same. Only numbers of one provenance are ever compared.

        Columns: indicator (name), unit (of measure), then those of ``figures.own_values``.
        """
        data, known = self._own_values, self.catalogue.indicators
        codes = data["indicator_code"]
        names = {"indicator": [known[c].name for c in codes], "unit": [known[c].unit for c in codes]}
        return pd.concat([pd.DataFrame(names, index=data.index), data], axis="columns")

    @cached_property
    def _own_values(self) -> pd.DataFrame:
        seen = self.observations()
        register = self.register()
        return own_values(
            seen[seen["unit_code"] == self.unit.code],
            self.figures(),
            self.catalogue,
            as_of=self.as_of,
            received=dict(zip(register["source_file"], register["received_at"], strict=True)),
        )

    @cached_property
    def not_own(self) -> frozenset[str]:
        """Ids of the figures in whose place the unit itself gave another number."""
        data = self._own_values
        return frozenset(data[data["differs"]]["figure_id"]) - {""}

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
        settled = {tuple(f[c] for c in _PLACE) for f in tables.records(chosen) if _is_settled(f)}
        return seen.assign(
            chosen=[tuple(p) in settled for p in seen[_PLACE].itertuples(index=False)],
            source=[self.source_title(s) for s in seen["source_id"]],
            corrections=[self._corrections_of(row) for row in seen.to_dict("records")],
        )[[*_TRACE, "unit_code", "hidden", "source", "corrections"]].reset_index(drop=True)

    def trace(self, indicator: str, period: str | int) -> pd.DataFrame:
        """The cells behind the numbers chosen for an indicator of the unit's area in a period: of a sum its parts', and
        where none was chosen (a tie, a contested number) all that were given, none of them marked.

        Columns: chosen (bool), round, area_code, kind, plan, act, value, value_upper, qualifier, raw, source_file,
        sheet, cell, source_id, provenance. Raises as ``figure``.
        """
        found = [p for f in tables.records(self.figure(indicator, period)) for p in self._with_parts(f)]
        behind = self._behind(found)
        settled = {tuple(f[c] for c in _PLACE) for f in found if _is_settled(f)}
        chosen = [tuple(p) in settled for p in behind[_PLACE].itertuples(index=False)]
        return behind.assign(chosen=chosen)[_TRACE].reset_index(drop=True)

    def _behind(self, figures: list[dict]) -> pd.DataFrame:
        """Observations behind figures: the chosen cell of each, or where none was chosen all that were given."""
        chosen = {tuple(f[c] for c in _PLACE) for f in figures if _is_settled(f)}
        open_ = {tuple(f[c] for c in tables.KEYS["figures"]) for f in figures if not _is_settled(f)}
        by_place, by_key = self._index
        found = {n for place in chosen for n in by_place.get(place, ())} | {n for k in open_ for n in by_key.get(k, ())}
        return self.everyone.iloc[sorted(found)]

    @cached_property
    def everyone(self) -> pd.DataFrame:
        """What all units submitted up to as_of (table ``observations``)."""
        return self._until(self._tables.whole("observations"))

    @cached_property
    def _index(self) -> tuple[dict[tuple, list[int]], dict[tuple, list[int]]]:
        """Where the observations of a cell, and those that answer a question, stand in ``everyone``."""
        found: tuple[dict, dict] = ({}, {})
        for index, columns in zip(found, (_PLACE, tables.KEYS["figures"]), strict=True):
            for n, key in enumerate(self.everyone[columns].itertuples(index=False, name=None)):
                index.setdefault(key, []).append(n)
        return found

    def whole(self, indicator: str, period: str | int) -> pd.DataFrame:
        """The unit's area from its parts: what the sum or the ratio would be, or the reason why there is none.

        Columns: provenance, kind, value (None where refused), rule, n_parts, reason (Vietnamese). Raises as ``figure``.
        """
        code = self._lookup.code(indicator)
        parts = Parts(tables.records(self._tables.figures(self.as_of)), self.catalogue)
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
        return sorted(self.results(named=False)["provenance"].unique())

    def figure_row(self, figure_id: str) -> dict:
        """One row of ``figures`` by its id."""
        return self._own_figures.get(figure_id) or self._all_figures[figure_id]

    @cached_property
    def _own_figures(self) -> dict[str, dict]:
        return {row["figure_id"]: row for row in tables.records(self.figures())}

    @cached_property
    def _all_figures(self) -> dict[str, dict]:
        return {row["figure_id"]: row for row in tables.records(self._tables.figures(self.as_of))}

    def _with_parts(self, figure: dict) -> list[dict]:
        """A figure, or the figures that it was added up from."""
        if not figure["parts"]:
            return [figure]
        return [p for part in figure["parts"].split(";") for p in self._with_parts(self.figure_row(part))]

    def cells(self, figure_ids: str) -> tuple[Cell, ...]:
        """The cells behind figures (ids joined by ``;``, as results keep them)."""
        figures = [p for f in figure_ids.split(";") if f for p in self._with_parts(self.figure_row(f))]
        decided = {tuple(f[c] for c in _PLACE): choice(f, self.catalogue) for f in figures}
        if not all(map(_is_settled, figures)):
            figures = tables.records(self._behind(figures))
        return tuple(
            Cell(
                f["source_file"],
                f["sheet"],
                f["cell"],
                f["raw"],
                f["source_id"],
                self.source_title(f["source_id"]),
                decided.get(tuple(f[c] for c in _PLACE), ""),
            )
            for f in figures
        )

    def source_title(self, source_id: str) -> str:
        """Title, issuer and date of a source, '' where there is none."""
        sources = self.catalogue.sources
        if source_id not in sources.index:
            return ""
        source = sources.loc[source_id]
        return "; ".join(filter(None, (source["title"], source["issuer"], source["date"])))

    def fingerprint(self, *, cleaning: bool = False) -> str:
        """A digest of all that a report on this review can read: its rows, and what the catalogue says of them.
        ``own_values`` follow from these rows.

        Of the ``cleaning`` of the unit's files only what came of these: it runs before figures and results are made.
        """
        rounds = [self.catalogue.rounds[r] for r in self.catalogue.rounds_until(self.as_of)]
        said: list[object] = [self.unit, self.catalogue.units[self.unit.area_code], self.cycle, rounds]
        said += self.corrections(below=not cleaning)
        frames = [
            self._parts(table) for table in store.UNIT_TABLES if cleaning or table not in ("observations", "ledger")
        ]
        if not cleaning:
            figures, others = self.figures(), self.narratives_of_units()
            parts = [p for f in tables.records(figures[figures["parts"] != ""]) for p in self._with_parts(f)]
            known = self.catalogue.indicators
            codes = {c for code in {*figures["indicator_code"]} for c in (code, *known[code].related)}
            indicators, sources = self.catalogue.indicator_table, self.catalogue.sources
            said += [self.catalogue.units[u].name for u in others["unit_code"].unique()]
            said.append(self.commentary.digest)
            said += [(self.catalogue.units[a].name, self.catalogue.tiles.get(a)) for a in self.areas_below]
            breaks = self.catalogue.breaks
            frames += [
                figures,
                self.results(named=False),
                self.cross_checks(),
                self.forecasts(),
                self.contributions(),
                self.revisions(),
                self.yardsticks(),
                self.results_below(),
                self.figures_below(),
                breaks[breaks["indicator_code"].isin(codes)],
                self.catalogue.causes,
                tables.frame("figures", parts),
                self.observations(),
                others,
                indicators[indicators["code"].isin(codes)],
                sources[sources["source_id"].isin({*figures["source_id"]})],
            ]
        digest = hashlib.sha256(repr(said).encode())
        for frame in frames:
            digest.update(f"{len(frame)} {list(frame.columns)}".encode())
            digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        return digest.hexdigest()

    def _about(self, data: pd.DataFrame) -> pd.DataFrame:
        """Rows of the unit's area: of an office those of the indicators that it answers for or submitted itself."""
        if self.unit.area_code != self.unit.code:
            data = data[data["indicator_code"].isin(self.answers_for)]
        return data.reset_index(drop=True)

    @cached_property
    def answers_for(self) -> set[str]:
        """Codes of the indicators that an office is responsible for, or that it submitted up to as_of."""
        area = self.unit.area_code
        responsible = {c for c in self.catalogue.indicators if self.catalogue.agency(c, area) == self.unit.code}
        return responsible | set(self._parts("observations")["indicator_code"])

    def submitted(self) -> pd.DataFrame:
        """What the unit itself sent up to as_of, whatever it is about (table ``observations``)."""
        return self._parts("observations")

    def _parts(self, table: str) -> pd.DataFrame:
        return self._until(self._tables.parts(table, self.unit.code))

    def _until(self, data: pd.DataFrame) -> pd.DataFrame:
        return data[data["round"].isin(self.catalogue.rounds_until(self.as_of))].reset_index(drop=True)
