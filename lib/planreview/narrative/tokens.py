"""Indicators in a sentence: result and target in one token, ``A (29,5/≥ 26,5 giường); B (…)``."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Part
from planreview.catalogue import periods, texts
from planreview.narrative.numbers import Numbers
from planreview.review import Review


def of(review: Review, rows: pd.DataFrame) -> list[Part]:
    """The rows' tokens, joined by semicolons."""
    parts: list[Part] = []
    for row in rows.to_dict("records"):
        n = Numbers(review, row)
        unit = texts.with_unit("", row["unit"]) + whole_period(n)
        parts += [f"{'; ' if parts else ''}{row['indicator']} (", *result_over_target(n), f"{unit})"]
    return parts


def result_over_target(n: Numbers) -> list[Part]:
    """``45*/60``: marked where the unit itself gave another number."""
    found = [n.result(), n.mark("result_figures"), "/", n.target(), n.mark("target_figure")]
    return [part for part in found if part]


def whole_period(n: Numbers) -> str:
    """``, cả kỳ`` behind a sum over the years, which stands beside targets of a single year."""
    of_years = n.row["result_period"] and not periods.is_year(n.row["result_period"])
    return ", cả kỳ" if of_years and n.indicator.five_year_rule == "sum" else ""
