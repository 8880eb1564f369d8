"""The source line that stands under every table and chart."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Cell
from planreview.narrative import words
from planreview.review import Review

_FIGURES = ("baseline_figure", "result_figures", "target_figure", "next_target_figure", "last_figure", "figures")
_MOST = 5  # sources named under a table; all of them stand in the list of origins


def known_as(review: Review) -> str:
    """The round up to which the page knows, as part of a sentence."""
    return words.lower_first(review.catalogue.round(review.as_of).title)


def cells_of(review: Review, rows: pd.DataFrame) -> tuple[Cell, ...]:
    """The cells behind all figures that the rows name."""
    found = [
        cell for row in rows.to_dict("records") for column in _FIGURES for cell in review.cells(row.get(column, ""))
    ]
    return tuple(dict.fromkeys(found))


def sources_of(review: Review, rows: pd.DataFrame, *others: Cell, most: int = _MOST) -> str:
    """``[N15], [N50]``: the sources of the figures that the rows name, and of others. Of many the first ones, and how
    many more there are."""
    named = sorted({f"[{c.source_id}]" if c.source_id else c.file for c in (*cells_of(review, rows), *others)})
    if len(named) > most:
        return f"{', '.join(named[: most - 1])} và {len(named) - most + 1} nguồn khác"
    return ", ".join(named)


def source_line(review: Review, rows: pd.DataFrame, *others: Cell) -> str:
    """``Nguồn: [N15], [N50] (xem Nguồn gốc số liệu); số liệu đến …``"""
    return f"Nguồn: {sources_of(review, rows, *others)} (xem Nguồn gốc số liệu); số liệu đến {known_as(review)}"
