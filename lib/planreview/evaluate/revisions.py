"""How do numbers change from round to round? (methods §10) The table ``revisions``, and whose estimates lean which way.

Source: revision analysis of statistical offices (mean and mean absolute revision, their relative forms, share of upward
revisions; OECD/Eurostat guidelines on revisions policy and analysis).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.evaluate.panel import DIRECTIONS

_QUESTION = ["provenance", "unit_code", "area_code", "indicator_code", "period"]
_PLACE = {"source_file": "file", "sheet": "sheet", "cell": "cell"}


def revisions(observations: pd.DataFrame, catalogue: Catalogue, *, as_of: str) -> pd.DataFrame:
    """Table ``revisions``: each number beside the one that the same unit gave of the same question next, by round, and
    in a round an estimate before an actual, and published sources by their date.

    Of one round, kind and source only an answer without a rival counts (visible cells, one exact value, no months so
    far); sources of the same date, or without one, are a clash and no revision. revision = later − earlier, in the
    indicator's unit; relative_revision = revision / |earlier| · 100, null where the earlier one is 0; rosy: the earlier
    number looked better than the later one. Pairs that did not change are kept: a mean without them would lie.
    """
    order = {code: n for n, code in enumerate(catalogue.rounds_until(as_of))}
    data = observations[observations["round"].isin(order) & (observations["kind"] != "target")]
    exact = data["value"].notna() & data["value_upper"].isna() & data["qualifier"].isin(["", "~"])
    data = data[exact & ~data["hidden"] & ~data["period"].str.contains("-M") & data["indicator_code"].isin(
        list(catalogue.indicators))]  # fmt: skip
    dates = {s: catalogue.source_date(s) for s in data["source_id"].unique()}
    days = {s: (d.toordinal() if d else -1) for s, d in dates.items()}
    data = data.assign(
        of_round=data["round"].map(order).astype(int),
        is_actual=(data["kind"] == "actual").astype(int),
        day=np.where(data["provenance"] == "published", data["source_id"].map(days).astype(float), 0.0),
    )
    moment = ["of_round", "day", "is_actual"]
    data = data[data["day"] >= 0]
    rivals = data.groupby([*_QUESTION, *moment])["value"].transform("nunique") > 1
    data = data[~rivals].sort_values([*_QUESTION, *moment, "source_file", "sheet", "cell"], kind="stable")
    data = data.drop_duplicates([*_QUESTION, *moment])
    later = data.groupby(_QUESTION, sort=False)[["round", "kind", "value", "source_id", *_PLACE]].shift(-1)
    pairs = pd.concat([data, later.add_prefix("to_")], axis="columns")[later["round"].notna()]
    pairs = pairs.rename(
        columns={"round": "from_round", "kind": "from_kind", "value": "from_value", "source_id": "from_source"}
        | {"to_source_id": "to_source", "to_source_file": "to_file"}
        | {c: f"from_{short}" for c, short in _PLACE.items()}
    )
    signs = {i.code: DIRECTIONS.get(i.direction, 0.0) for i in catalogue.indicators.values()}
    sign = pairs["indicator_code"].map(signs).astype(float)
    change = (pairs["to_value"] - pairs["from_value"]).round(9)
    base = pairs["from_value"].abs()
    pairs = pairs.assign(
        as_of=as_of,
        revision=change,
        relative_revision=(change / base * 100).where(base > 0),
        rosy=(sign * change < 0).astype(bool),
    )
    return tables.shaped("revisions", pairs.reset_index(drop=True))


def bias(pairs: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How numbers lean, by unit, group, round … (columns of ``revisions``), the most often rosy first.

    Columns: ``by``; n (pairs), n_changed, mean_relative_revision and mean_absolute_relative_revision (percent, of pairs
    whose earlier number is not 0), share_upward and share_rosy (of those that changed, null where none did).
    """
    changed = pairs["revision"] != 0
    data = pairs.assign(
        changed=changed,
        upward=(pairs["revision"] > 0).where(changed),
        looked_better=pairs["rosy"].where(changed),
        size=pairs["relative_revision"].abs(),
    )
    found = data.groupby(list(by), as_index=False, observed=True).agg(
        n=("revision", "size"),
        n_changed=("changed", "sum"),
        mean_relative_revision=("relative_revision", "mean"),
        mean_absolute_relative_revision=("size", "mean"),
        share_upward=("upward", lambda s: s.astype(float).mean()),
        share_rosy=("looked_better", lambda s: s.astype(float).mean()),
    )
    return found.sort_values("share_rosy", ascending=False, kind="stable", ignore_index=True)
