"""What a Review knows of other areas: of those that make its area up everything, of others a few values only."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from planreview import tables
from planreview.evaluate.beside import standing
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
        """The unit's own results beside the values of the area above, of the nation and the median of areas like it
        (columns: ``evaluate.beside.standing``): all that a page may show of other areas. Empty for an office."""
        units, unit = self.catalogue.units, self.unit
        if not unit.is_area or not unit.parent:
            nothing = self._results_of_areas(())
            return standing(nothing, nothing, nothing, nothing)
        like = self.catalogue.parts_of(unit.parent, str(self.cycle.review_last))
        nations = [u.code for u in units.values() if u.kind == "nation"]
        own, above, nation = ([unit.code], [unit.parent], nations)
        return standing(*(self._results_of_areas(areas) for areas in (own, above, nation, like)))

    def _results_of_areas(self: Review, areas: tuple[str, ...] | list[str]) -> pd.DataFrame:
        found = [self._tables.results(self.cycle.code, self.as_of, area) for area in areas]
        data = pd.concat(found, ignore_index=True) if found else tables.frame("results", [])
        return data[data["main"]].reset_index(drop=True)
