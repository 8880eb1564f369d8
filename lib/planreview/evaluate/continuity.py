"""Does the next plan go on where this one ends? Indicators dropped, new, or under another definition."""

from __future__ import annotations

import pandas as pd

from planreview.catalogue import Catalogue

GOES_ON = "tiếp tục"
ENDS = "chưa có mục tiêu kỳ sau"
BEGINS = "mục tiêu mới, chưa có số kỳ trước"
CHANGED = "đổi định nghĩa"
_AREA = ["provenance", "area_code"]


def changed_definitions(rows: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """The column ``continuity`` of results, where an indicator that ends and a related one that begins are a changed
    definition.

    Related (column of indicators.csv): the same idea under another standard, price base or concept. It counts only
    where the one has a target of this plan alone and the other of the next plan alone, in main rows.
    """
    here, ahead = (rows["main"] & (rows[c] != "") for c in ("target_figure", "next_target_figure"))
    only_now, only_next = rows[here & ~ahead], rows[ahead & rows["main"] & ~here]
    said = rows["continuity"].astype(object)
    for these, those, when in ((only_now, only_next, "kỳ sau"), (only_next, only_now, "kỳ này")):
        found = _related(these, those, catalogue)
        said.loc[found.index] = [f"{CHANGED}: {when} dùng {codes}" for codes in found]
    return said


def _related(rows: pd.DataFrame, others: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """By index of ``rows``: the codes of related indicators that stand among ``others`` of the same area."""
    related = [(code, other) for code, i in catalogue.indicators.items() for other in i.related]
    pairs = pd.DataFrame(related, columns=["indicator_code", "other"], dtype=object)
    mine = rows[[*_AREA, "indicator_code"]].astype(object).reset_index().merge(pairs, on="indicator_code")
    theirs = others[[*_AREA, "indicator_code"]].astype(object).rename(columns={"indicator_code": "other"})
    both = mine.merge(theirs, on=[*_AREA, "other"])
    return both.groupby("index", sort=False)["other"].agg(", ".join)
