"""What a Review says of judgements: their reasoning, other methods' opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from planreview.blocks import Block, Heading, Paragraph
from planreview.catalogue import texts
from planreview.evaluate import explain, opinions

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

    def _results_of(self: Review, code: str) -> pd.DataFrame:
        data = self.results(named=False)
        data = data[data["indicator_code"] == code]
        return data.sort_values(["provenance", "main"], ascending=[True, False], kind="stable")


def _heading(row: dict, *, several: bool) -> str:
    whose = f"so với {texts.plan(row['target_plan'], row['target_act'])}" if row["target_plan"] else "chưa có mục tiêu"
    kind = texts.sentence(texts.PROVENANCES[row["provenance"]])
    return f"{kind}: {whose}{' (chính)' if several and row['main'] and row['target_plan'] else ''}"
