"""What a Review knows of other areas: of those that make its area up everything, of others a few values only."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from planreview import tables
from planreview.evaluate.causes import causes

if TYPE_CHECKING:
    from planreview.review import Review


class Beside:
    """Part of ``Review``."""

    @cached_property
    def areas_below(self: Review) -> tuple[str, ...]:
        """The areas that made the unit's area up at the end of the review, '' for an office and for an area whose parts
        are not listed."""
        if not self.unit.is_area:
            return ()
        return self.catalogue.parts_of(self.unit.code, str(self.cycle.review_last))

    def results_below(self: Review) -> pd.DataFrame:
        """Main rows of ``results`` of the areas below, each with the name of its area (column ``area``) first."""
        data = self._results_of_areas(self.areas_below)
        names = pd.DataFrame({"area": [self.catalogue.units[a].name for a in data["area_code"]]}, index=data.index)
        return pd.concat([names, data], axis="columns")

    def figures_below(self: Review) -> pd.DataFrame:
        """``figures`` of the areas below."""
        found = [self._tables.figures(self.as_of, area) for area in self.areas_below]
        return pd.concat(found, ignore_index=True) if found else tables.frame("figures", [])

    def causes_below(self: Review) -> pd.DataFrame:
        """What the units of the areas below wrote of causes, in the latest round in which each wrote (columns:
        ``evaluate.causes.causes``). Of other units' words only the province's report knows."""
        told = self.narratives_of_units()
        told = told[told["area_code"].isin(self.areas_below)]
        order = told["round"].map({r: n for n, r in enumerate(self.catalogue.rounds_until(self.as_of))})
        of = [told["provenance"], told["unit_code"], told["indicator_code"], told["topic"]]
        latest = told[order == order.groupby(of).transform("max")] if len(told) else told
        return causes(latest, self.results_below().drop(columns="area"), self.catalogue.causes)

    def standing(self: Review) -> pd.DataFrame:
        """``yardsticks``, one row for each of the unit's own results that any of them stands beside. Columns:
        provenance, indicator_code, result_period, result, result_kind, result_figures; above, above_figures (of what it
        is a part of), nation, nation_figures, median, n (areas alike). Empty for an office."""
        units, unit = self.catalogue.units, self.unit
        data = self.yardsticks() if unit.is_area and unit.parent else self.yardsticks().iloc[:0]
        keys = ["provenance", "indicator_code", "result_period"]
        own = self._results_of_areas((unit.code,))[[*keys, "result", "result_kind", "result_figures"]]
        nations = [u.code for u in units.values() if u.kind == "nation"]
        for name, areas in (("above", [unit.parent]), ("nation", nations)):
            of = data[data["area_code"].isin(areas)][[*keys, "result", "result_figures"]]
            renamed = of.rename(columns={"result": name, "result_figures": f"{name}_figures"})
            own = own.merge(renamed, on=keys, how="left").fillna({f"{name}_figures": ""})
        middle = data[data["area_code"] == ""][[*keys, "result", "areas"]]
        own = own.merge(middle.rename(columns={"result": "median", "areas": "n"}), on=keys, how="left")
        numbers = dict.fromkeys(("above", "nation", "median", "n"), "float64")
        return own[own[list(numbers)].notna().any(axis="columns")].astype(numbers).reset_index(drop=True)

    def _results_of_areas(self: Review, areas: tuple[str, ...] | list[str]) -> pd.DataFrame:
        found = [self._tables.results(self.cycle.code, self.as_of, area) for area in areas]
        data = pd.concat(found, ignore_index=True) if found else tables.frame("results", [])
        return data[data["main"]].reset_index(drop=True)
