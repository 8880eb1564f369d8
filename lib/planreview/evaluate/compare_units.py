"""How far are areas from their targets, beside one another? (methods §8) Never sums of raw values across indicators."""

from __future__ import annotations

import numpy as np
import pandas as pd

_KEPT = ["provenance", "area_code", "indicator_code", "result_period", "result", "result_kind", "target", "status"]
NEEDED = [*_KEPT, "target_upper", "result_upper", "result_qualifier"]


def distances(rows: pd.DataFrame, sign: float) -> pd.DataFrame:
    """Main rows of ``results`` (columns NEEDED) of one indicator and several areas, with how they stand to one another.

    Added columns: rank (1 = best, areas alike share the better rank; within a provenance and a period of the result),
    median (of these areas), distance = max(0, d·(T − y)/σ), σ the standard deviation of the areas' results: how far
    from its target, 0 once it is reached (OECD, Measuring distance to the SDG targets 2019; wording A, algebra C). NaN
    where there is no single number, no direction, or no two areas that differ. Ranges count by their easy end.
    """
    data = rows[[*_KEPT, "target_upper"]].assign(
        known=rows["result"].where(rows["result_upper"].isna() & rows["result_qualifier"].isin(["", "~"]))
    )
    beside = data.groupby(["provenance", "result_period"])["known"]
    spread = beside.transform("std")
    goal = data["target_upper"].where((sign < 0) & data["target_upper"].notna(), data["target"])
    distance = (sign * (goal - data["known"]) / spread.where(spread > 0)).clip(lower=0)
    return data[_KEPT].assign(
        rank=beside.rank(ascending=sign < 0, method="min") if sign else np.nan,
        median=beside.transform("median").where(data["known"].notna()),
        distance=distance if sign else np.nan,
    )
