"""Which of many indicators to draw and to name first: a chart that shows them all shows nobody anything."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

A_PAGE = 12  # rows that a chart on one page holds, and charts that a reader looks at
NAMED = 5  # names that a sentence bears


def few(rows: pd.DataFrame) -> bool:
    """Whether all of these indicators can be drawn."""
    return len(rows) <= A_PAGE


def furthest(rows: pd.DataFrame, most: int = A_PAGE) -> pd.DataFrame:
    """Rows of results whose deviation is largest as a share of their target (any unit), first the largest.

    A target of zero has no share: its row comes last.
    """
    share = (rows["deviation"] / rows["target"].where(rows["target"] != 0)).abs()
    return rows.loc[share.sort_values(ascending=False, kind="stable", na_position="last").index[:most]]


def largest_steps(rows: pd.DataFrame, most: int = A_PAGE) -> pd.DataFrame:
    """Rows of results from whose last value it is furthest to the next target, as a share of that value (any unit),
    first the furthest. Of a last value of zero nothing is a share: its row comes last."""
    step = ((rows["next_target"] - rows["last"]) / rows["last"].where(rows["last"] != 0)).abs()
    return rows.loc[step.sort_values(ascending=False, kind="stable", na_position="last").index[:most]]


def names(indicators: Iterable[str]) -> str:
    """Names in a sentence; of more than a page holds the first ones and how many more there are."""
    listed = list(indicators)
    if len(listed) <= A_PAGE:
        return "; ".join(listed)
    return f"{'; '.join(listed[:A_PAGE])}; và {len(listed) - A_PAGE} chỉ tiêu khác"
