"""What stands beside a result: the same indicator of the areas above, and the middle of the areas of one parent."""

from __future__ import annotations

from collections.abc import Container, Mapping

import pandas as pd

from planreview.catalogue import Indicator

COLUMNS = [
    "provenance", "indicator_code", "result_period", "area_code", "areas", "of_provenance", "result", "result_kind",
    "result_figures",
]  # fmt: skip
_QUESTION = ["indicator_code", "result_period"]
ENOUGH_AREAS = 5  # of fewer a median comes close to telling one area's number
_RELATIVE = ("rate", "share", "growth", "index")


def comparable(indicator: Indicator) -> bool:
    """Whether areas of any size can be held beside one another: a rate, a share, a pace, or something per something;
    no total such as tons a day."""
    if indicator.additive:
        return False
    return indicator.measure in _RELATIVE or indicator.ratio is not None or "/" in indicator.unit


def beside(
    own: pd.DataFrame, above: Mapping[str, pd.DataFrame], siblings: pd.DataFrame, codes: Container[str]
) -> pd.DataFrame:
    """Yardsticks of the results ``own``, one row each (COLUMNS, ``result`` in the indicator's unit).

    ``own``, the values of ``above`` (by area) and ``siblings`` (areas of the same parent, the own one among them) are
    rows of ``results``; only main rows with one exact result count, of the indicators ``codes``. An area above has its
    code in ``area_code``; the middle of the siblings, of five or more, has '' and their number in ``areas``. Simulated
    numbers stand beside simulated ones only; of the others published ones are taken first.
    """
    mine = _exact(own, codes)
    found = [_of(code, mine, _exact(rows, codes)) for code, rows in above.items()]
    rows = _exact(siblings, codes)
    middle = rows.groupby(["provenance", *_QUESTION], as_index=False, observed=True).agg(
        result=("result", "median"), areas=("area_code", "nunique")
    )
    middle = middle[middle["areas"] >= ENOUGH_AREAS].assign(
        area_code="", of_provenance=middle["provenance"], result_kind="", result_figures=""
    )
    found.append(mine[["provenance", *_QUESTION]].merge(middle, on=["provenance", *_QUESTION]))
    parts = [part[COLUMNS] for part in found if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _exact(rows: pd.DataFrame, codes: Container[str]) -> pd.DataFrame:
    exact = rows["result"].notna() & rows["result_upper"].isna() & rows["result_qualifier"].isin(["", "~"])
    known = pd.Series([code in codes for code in rows["indicator_code"]], index=rows.index, dtype=bool)
    return rows[rows["main"] & exact & known].astype(dict.fromkeys(["provenance", "area_code", *_QUESTION], object))


def _of(code: str, mine: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    theirs = theirs.assign(of_provenance=theirs["provenance"]).sort_values("provenance", kind="stable")
    columns = [*_QUESTION, "of_provenance", "result", "result_kind", "result_figures"]
    both = mine[["provenance", *_QUESTION]].merge(theirs[columns], on=_QUESTION)
    alike = (both["provenance"] == "simulated") == (both["of_provenance"] == "simulated")
    return both[alike].drop_duplicates(["provenance", *_QUESTION]).assign(area_code=code, areas=0)
