"""Which of many indicators to draw and to name first: a chart that shows them all shows nobody anything."""

from __future__ import annotations

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


def hardest(rows: pd.DataFrame, classes: list[str], most: int = A_PAGE) -> pd.DataFrame:
    """Rows of results whose next target asks for most: ``classes`` of ambition from the highest down, within one by how
    many times the pace achieved is required. Rows of no class come last."""
    order = rows["ambition"].map({name: n for n, name in enumerate(classes)}).fillna(len(classes))
    times = (rows["required_pace"] / rows["achieved_pace"].where(rows["achieved_pace"] != 0)).abs().fillna(0)
    ranked = rows.assign(_class=order, _times=-times).sort_values(["_class", "_times"], kind="stable")
    return ranked.drop(columns=["_class", "_times"]).head(most)
