"""What a Review says of judgements: reasoning, other methods' opinions, forecasts, where a shortfall came from, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from planreview.blocks import Block, Heading, Paragraph
from planreview.catalogue import texts
from planreview.evaluate import explain, opinions
from planreview.evaluate.causes import causes, successes
from planreview.evaluate.compare_units import NEEDED, distances
from planreview.evaluate.panel import DIRECTIONS
from planreview.evaluate.revisions import bias
from planreview.evaluate.shortfall import AREA
from planreview.evaluate.yardstick import beside, comparable

if TYPE_CHECKING:
    from planreview.review import Review

_OPINIONS = ("status_index", "pace_ratio", "growth_ratio", "growth_score")


@dataclass(frozen=True)
class Explanation:
    """Sentences by heading; prints as text, shows as blocks in JupyterLab."""

    parts: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        return "\n\n".join("\n".join((heading, *(f"- {s}" for s in said))) for heading, said in self.parts)

    __repr__ = __str__

    @property
    def blocks(self) -> list[Block]:
        """The same as blocks."""
        return [b for heading, said in self.parts for b in (Heading(heading, 3), Paragraph(" ".join(said)))]

    def _repr_html_(self) -> str:
        return "".join(block.to_html() for block in self.blocks)


class Judging:
    """Part of ``Review``."""

    def explain(self: Review, indicator: str) -> Explanation:
        """Why an indicator (code, or name with or without diacritics) got its word: the target, the result, the rule
        and the numbers, in Vietnamese sentences; one part for each target, the main one first.

        Raises UsageError, naming what may have been meant, for an indicator that nobody knows.
        """
        code = self._lookup.code(indicator)
        known = self.catalogue.indicators[code]
        rows = self._results_of(code)
        parts = [
            (_heading(row, several=len(rows) > 1), tuple(explain.sentences(row, known, self.cycle)))
            for row in rows.to_dict("records")
        ]
        nothing = f"{known.name}: không có mục tiêu hay kết quả nào của {self.unit.name} trong kỳ này."
        return Explanation(tuple(parts) or ((known.name, (nothing,)),))

    def second_opinions(self: Review, *, only_where_they_differ: bool = False) -> pd.DataFrame:
        """What other accepted methods say of the pace, beside the status (docs/methods): one row per results row of
        which any of them says something.

        Columns: indicator, unit, then provenance, indicator_code, target_plan, target_act, main, result_period, result,
        target, status, status_index, pace_ratio, growth_ratio, growth_score, one column per method with its class, and
        second_opinion (where they are of another mind).
        """
        data = self.results()
        data = data[data[list(_OPINIONS)].notna().any(axis="columns")]
        if only_where_they_differ:
            data = data[data["second_opinion"] != ""]
        keys = ["indicator", "unit", "provenance", "indicator_code", "target_plan", "target_act", "main"]
        shown = data[[*keys, "result_period", "result", "target", "status", *_OPINIONS]]
        given = opinions.classes(data, self.cycle)
        return pd.concat([shown, given, data[["second_opinion"]]], axis="columns").reset_index(drop=True)

    def forecasts(self: Review) -> pd.DataFrame:
        """Where the trend leads by the year of each open target of the unit's area (table ``forecasts``)."""
        return self._about(self._tables.judged("forecasts", self.cycle.code, self.as_of, self.unit.area_code))

    def contributions(self: Review) -> pd.DataFrame:
        """The parts of each deviation of the unit's area whose parts add up (table ``contributions``); an office sees
        no areas among them: their numbers are none of its business."""
        data = self._about(self._tables.judged("contributions", self.cycle.code, self.as_of, self.unit.area_code))
        return data if self.unit.is_area else data[data["axis"] != AREA].reset_index(drop=True)

    def revisions(self: Review) -> pd.DataFrame:
        """How numbers about the unit's area changed from round to round (table ``revisions``), whoever sent them."""
        return self._about(self._tables.judged("revisions", "", self.as_of, self.unit.area_code))

    def revision_bias(self: Review, by: str = "unit_code") -> pd.DataFrame:
        """Whose numbers lean which way from round to round, by ``unit_code``, ``group`` (of indicators) or any column
        of ``revisions``; provenances apart. Columns: docs of ``evaluate.revisions.bias``."""
        data = self.revisions()
        groups = self.catalogue.groups
        named = [
            groups.get(code.rpartition(".")[0]) or groups.get(code[:5]) or code[:5] for code in data["indicator_code"]
        ]
        return bias(data.assign(group=pd.Series(named, index=data.index, dtype=str)), ["provenance", by])

    def causes(self: Review) -> pd.DataFrame:
        """What the unit wrote of causes of its shortfalls, by theme and axis, the matched words shown (columns:
        ``evaluate.causes.causes``)."""
        return causes(self._latest_words(), self.results(named=False), self.catalogue.causes)

    def successes(self: Review) -> pd.DataFrame:
        """What the unit says helped where it exceeded its targets (columns: ``evaluate.causes.successes``)."""
        return successes(self._latest_words(), self.results(named=False), self.catalogue.causes)

    def _latest_words(self: Review) -> pd.DataFrame:
        """The unit's words of the latest round in which it wrote on an indicator and a topic: older ones are older."""
        data = self.narratives()
        order = data["round"].map({r: n for n, r in enumerate(self.catalogue.rounds_until(self.as_of))})
        of = [data["provenance"], data["indicator_code"], data["topic"]]
        return data[order == order.groupby(of).transform("max")].reset_index(drop=True)

    def compare_units(self: Review, indicator: str) -> pd.DataFrame:
        """The areas of the same parent beside each other on one indicator: result, target, rank, median and the
        distance to the target in standard deviations (columns: ``evaluate.compare_units.distances``). The area that
        they make up sees them all, any other unit its own row: others' numbers are none of its business. For an
        analyst's questions: no page shows it, and ``fingerprint`` does not know of it.

        Raises as ``explain``.
        """
        code, units = self._lookup.code(indicator), self.catalogue.units
        parent, data = self._compared()
        data = data[data["indicator_code"] == code].reset_index(drop=True)
        sign = DIRECTIONS.get(self.catalogue.indicators[code].direction, 0.0)
        names = pd.DataFrame({"area": [units[a].name for a in data["area_code"]]}, index=data.index)
        found = pd.concat([names, distances(data, sign)], axis="columns")
        return found if self.unit.code == parent else found[found["area_code"] == self.unit.code].reset_index(drop=True)

    def yardsticks(self: Review) -> pd.DataFrame:
        """The results of the areas above (district: province and nation) beside those of the unit's area, and the
        middle of the areas of the same parent, of indicators that do not grow with an area's size (columns:
        ``evaluate.yardstick.beside``). No other area is named."""
        units, own = self.catalogue.units, self.results(named=False)
        area = units[self.unit.area_code]
        above, parent = {}, area.parent if area.is_area else ""
        while parent in units:
            above[parent] = self._tables.results(self.cycle.code, self.as_of, parent)
            parent = units[parent].parent
        like = self._areas_of(area.parent) if area.is_area else ()
        siblings = self._results_beside(like if area.code in like else ())
        codes = {c for c, indicator in self.catalogue.indicators.items() if comparable(indicator)}
        return beside(own, above, siblings, codes)

    def _compared(self: Review) -> tuple[str, pd.DataFrame]:
        """The area that the unit's own is compared within, and what is compared of the areas that make it up."""
        area = self.catalogue.units[self.unit.area_code]
        parent = area.code if area.parts_listed else area.parent
        data = self._results_beside(self._areas_of(parent))
        return parent, data.loc[data["main"], NEEDED].reset_index(drop=True)

    def _areas_of(self: Review, parent: str) -> tuple[str, ...]:
        return self.catalogue.parts_of(parent, str(self.cycle.review_last))

    def _results_beside(self: Review, areas: tuple[str, ...]) -> pd.DataFrame:
        found = [self._tables.results(self.cycle.code, self.as_of, area) for area in areas]
        return pd.concat([*found, self.results(named=False).iloc[:0]], ignore_index=True)

    def _results_of(self: Review, code: str) -> pd.DataFrame:
        data = self.results(named=False)
        data = data[data["indicator_code"] == code]
        return data.sort_values(["provenance", "main"], ascending=[True, False], kind="stable")


def _heading(row: dict, *, several: bool) -> str:
    whose = f"so với {texts.plan(row['target_plan'], row['target_act'])}" if row["target_plan"] else "chưa có mục tiêu"
    kind = texts.sentence(texts.PROVENANCES[row["provenance"]])
    return f"{kind}: {whose}{' (chính)' if several and row['main'] and row['target_plan'] else ''}"
