"""An area beside larger ones and its like: the value of the area above, of the nation, the median of all like it."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "provenance", "indicator_code", "result_period", "result", "result_kind", "result_figures",
    "above", "above_figures", "nation", "nation_figures", "median", "n",
]  # fmt: skip
ENOUGH = 5  # of fewer areas a median comes close to telling one's number
_KEYS = ["provenance", "indicator_code", "result_period"]
_SIMULATED = "simulated"


def standing(own: pd.DataFrame, above: pd.DataFrame, nation: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Main rows of results of an area (``own``) with the values of others for the same period.

    ``above``: main rows of the area that it is a part of; ``nation``: of the nation; ``like``: of all areas of the same
    parent, its own among them. Added: above, nation (values), above_figures, nation_figures (ids), median and n of the
    areas alike, the median only of five or more. Only exact numbers of the same provenance are set beside each other;
    a published number of the nation also beside a submitted one, simulated beside nothing else.
    """
    rows = _exact(own)[["provenance", "indicator_code", "result_period", "result", "result_kind", "result_figures"]]
    rows = rows.merge(_values(above, "above"), on=_KEYS, how="left")
    known = _values(nation, "nation")
    same = rows.merge(known, on=_KEYS, how="left")
    published = known[known["provenance"] == "published"].drop(columns="provenance")
    other = rows.merge(published, on=_KEYS[1:], how="left")
    for column in ("nation", "nation_figures"):
        missing = same[column].isna() & (same["provenance"] != _SIMULATED)
        same[column] = same[column].where(~missing, other[column])
    medians = _exact(like).groupby(_KEYS)["result"].agg(median="median", n="size").reset_index()
    found = same.merge(medians, on=_KEYS, how="left")
    found["median"] = found["median"].where(found["n"] >= ENOUGH)
    ids = ["above_figures", "nation_figures"]
    found[ids] = found[ids].fillna("")
    return found.astype({"n": "float64"})[COLUMNS]


def _exact(rows: pd.DataFrame) -> pd.DataFrame:
    exact = rows["result"].notna() & rows["result_upper"].isna() & rows["result_qualifier"].isin(["", "~"])
    return rows[rows["main"] & exact]


def _values(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    found = _exact(rows)[[*_KEYS, "result", "result_figures"]]
    return found.rename(columns={"result": name, "result_figures": f"{name}_figures"})
