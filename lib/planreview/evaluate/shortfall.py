"""Where did a shortfall come from? (methods §9) The table ``contributions``: parts of a whole beside its deviation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue, Cycle

AREA, COMPONENT = "area", "component"
SHORTFALL, CHANGE = "shortfall", "change"
ROUNDING = ""
_TARGET = ["target_plan", "target_act"]
_NO_TARGETS = (
    "các đơn vị hợp thành không có mục tiêu cộng lại bằng mục tiêu chung: phân rã mức thay đổi, không phải phần hụt"
)


def contributions(results: pd.DataFrame, catalogue: Catalogue, cycle: Cycle) -> pd.DataFrame:
    """Table ``contributions``, of the main rows of ``results`` whose whole is the sum of known parts.

    Axis ``area``: the areas that made up the area at the period's end; ``component``: the indicators whose parent is
    the indicator. Only additive indicators, and only where the parts' results (and targets) add up to the whole's
    within rounding: half a unit of the last digit of each part and of the whole.

    Basis ``shortfall``: contribution_i = y_i − T_i, of parts with targets; ``change``: y_i − y0_i, where they have
    none, with ``reason``. The row of the part '' is what rounding leaves, so that contributions add up to ``whole``
    (y − T, or y − y0, in the indicator's unit); share = contribution / whole, null where the whole is 0.
    """
    main = results[results["main"] & results["result"].notna() & results["result_upper"].isna()]
    main = main[main["result_qualifier"].isin(["", "~"])].astype(dict.fromkeys(("area_code", "indicator_code"), object))
    pairs = pd.concat([_areas(main, catalogue, cycle), _components(main, catalogue)], ignore_index=True)
    if pairs.empty:
        return tables.frame("contributions", [])
    pairs = pairs[_complete(pairs)]
    digits = pd.Series({i.code: i.digits for i in catalogue.indicators.values()})
    found = [_decomposed(pairs, digits, basis) for basis in (SHORTFALL, CHANGE)]
    by_targets = set(found[0]["whole_row"])
    rows = pd.concat([found[0], found[1][~found[1]["whole_row"].isin(by_targets)]], ignore_index=True)
    rows = rows.sort_values(["whole_row", "axis", "place"], kind="stable", ignore_index=True)
    return tables.shaped("contributions", rows.assign(cycle=cycle.code, as_of=results["as_of"].iloc[0]))


def _areas(main: pd.DataFrame, catalogue: Catalogue, cycle: Cycle) -> pd.DataFrame:
    parts = [
        (unit.code, part)
        for unit in catalogue.units.values()
        if unit.parts_listed
        for part in catalogue.parts_of(unit.code, str(cycle.review_last))
    ]
    additive = {i.code for i in catalogue.indicators.values() if i.additive}
    of = pd.DataFrame(parts, columns=["area_code", "part"], dtype=object)
    return _paired(main[main["indicator_code"].isin(additive)], main, of, "area_code", AREA)


def _components(main: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    known = catalogue.indicators
    parts = [
        (i.parent, i.code)
        for i in known.values()
        if i.parent and i.unit == known[i.parent].unit and i.measure == known[i.parent].measure == "level"
    ]
    of = pd.DataFrame(parts, columns=["indicator_code", "part"], dtype=object)
    return _paired(main, main, of, "indicator_code", COMPONENT)


def _paired(wholes: pd.DataFrame, rows: pd.DataFrame, of: pd.DataFrame, key: str, axis: str) -> pd.DataFrame:
    """Each whole with each of its parts (null where a part has no result of the same period)."""
    other = "indicator_code" if key == "area_code" else "area_code"
    columns = ["target", "target_upper", "result", "baseline", "digits", "result_figures"]
    mine = wholes.reset_index(names="whole_row")[
        ["whole_row", "provenance", "area_code", "indicator_code", "result_period", *_TARGET, *columns]
    ].merge(of, on=key)
    theirs = rows[["provenance", key, other, "result_period", *_TARGET, *columns]].rename(
        columns={key: "part"} | {c: f"part_{c}" for c in (*_TARGET, *columns)}
    )
    both = mine.merge(theirs, on=["provenance", "part", other, "result_period"], how="left")
    return both.assign(axis=axis, place=both.groupby("whole_row").cumcount())


def _complete(pairs: pd.DataFrame) -> np.ndarray:
    """Wholes of which every part has a result, and more than one part."""
    by = [pairs["axis"], pairs["whole_row"]]
    known = pairs["part_result"].notna().groupby(by).transform("all")
    return (known & (pairs["part"].groupby(by).transform("size") > 1)).to_numpy()


def _decomposed(pairs: pd.DataFrame, digits: pd.Series, basis: str) -> pd.DataFrame:
    start = "target" if basis == SHORTFALL else "baseline"
    same = pairs[pairs[start].notna() & (pairs["target_upper"].isna() if basis == SHORTFALL else True)]
    if basis == SHORTFALL:
        agreed = (same["part_target_plan"] == same["target_plan"]) & same["part_target_upper"].isna()
        same = same.assign(part_target=same["part_target"].where(agreed))
    by = ["axis", "whole_row"]
    groups = same.groupby(by)
    sums = groups[["part_result", f"part_{start}"]].sum(min_count=1)
    counts = groups[["part_result", f"part_{start}"]].count()
    first = groups[["result", start, "indicator_code"]].first()
    half = 0.5 * 10.0 ** -digits.reindex(first["indicator_code"]).to_numpy(float)
    room = half * (groups.size().to_numpy() + 1) * (1 + 1e-9)
    fits = (counts[f"part_{start}"] == groups.size()).to_numpy()
    for whole, part in (("result", "part_result"), (start, f"part_{start}")):
        fits = fits & ((sums[part] - first[whole]).abs().to_numpy() <= room)
    kept = same.set_index(by).loc[first.index[fits]].reset_index() if fits.any() else same.iloc[:0]
    kept = kept.assign(
        basis=basis,
        contribution=kept["part_result"] - kept[f"part_{start}"],
        whole=kept["result"] - kept[start],
        reason="" if basis == SHORTFALL else _NO_TARGETS,
        figures=kept["part_result_figures"],
    )
    left = kept.groupby(by, as_index=False).agg(
        dict.fromkeys(("provenance", "area_code", "indicator_code", *_TARGET, "whole", "basis", "reason"), "first")
        | {"contribution": "sum"}
    )
    left["contribution"] = left["whole"] - left["contribution"]
    rows = pd.concat([kept, left.assign(part=ROUNDING, place=len(pairs))], ignore_index=True)
    rows["contribution"] = rows["contribution"].round(9)
    rows["share"] = (rows["contribution"] / rows["whole"]).where(rows["whole"].abs() > 1e-9)
    return rows
