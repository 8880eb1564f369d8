"""Which target counts: the cycle file orders the plans; of one plan the latest act is the main one, all are shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planreview.catalogue import periods
from planreview.evaluate.panel import Panel


def due(panel: Panel, last_year: int, whole: str, plans: Sequence[str]) -> pd.DataFrame:
    """The targets of some plans for a last year or for the whole period that it ends, one row per group, plan and act.

    Where an act has both, the one that the five-year rule points to. Columns: those of ``Panel.targets``, ``rank``
    (place of the plan in ``plans``), ``act_order`` (by the date in the act's name). Sorted by group, rank, act.
    """
    found = panel.targets
    found = found[found["period"].isin([str(last_year), whole]) & found["plan"].isin(plans)]
    order = {plan: n for n, plan in enumerate(plans)}
    dates = sorted({*found["act"].unique()}, key=lambda act: (periods.act_date(act), act))
    by_date = _dense([periods.act_date(act) for act in dates])
    rule = panel.groups["rule"].isin(["end_value", "none", ""]).to_numpy()
    single = found["period"].map({p: periods.is_year(p) for p in found["period"].cat.categories}).astype(bool)
    found = found.assign(
        rank=found["plan"].map(order).astype(int),
        act_order=found["act"].map(dict(zip(dates, by_date, strict=True))).astype(int),
        fits=single.to_numpy() == rule[found["group"].to_numpy()],
    )
    for column in ("act", "period", "round"):
        found[column] = found[column].astype(object)
    found = found.sort_values(["group", "rank", "act", "fits", "period"], kind="stable")
    return found.drop_duplicates(["group", "plan", "act"], keep="last").reset_index(drop=True)


def main(found: pd.DataFrame) -> np.ndarray:
    """Which of the targets (rows as of ``due``) is the main one of its group: the first plan that has one, of its acts
    the latest by its date, else by its round."""
    order = found.sort_values(
        ["group", "rank", "act_order", "round", "act"], ascending=[True, False, True, True, True], kind="stable"
    )
    best = order.drop_duplicates("group", keep="last").index
    return found.index.isin(best)


def _dense(keys: list[tuple]) -> list[int]:
    """0, 0, 1, …: equal keys share a number."""
    numbers: list[int] = []
    for n, key in enumerate(keys):
        numbers.append(0 if n == 0 else numbers[-1] + (key != keys[n - 1]))
    return numbers
