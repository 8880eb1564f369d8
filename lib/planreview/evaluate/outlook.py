"""The table ``forecasts``: where the trend leads by the year of each target that is still open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue, Cycle
from planreview.evaluate.forecast import ENOUGH, METHOD, TESTED, anticipated, forecast, likelihood, scales
from planreview.evaluate.panel import GROUP, Panel, blocks

_SCALES = np.array(["", "log", "logit"], dtype=object)
_FAR = f"xa hơn {TESTED} năm, chưa kiểm nghiệm được"
_BOUNDS = ("low50", "high50", "low80", "high80")


def outlook(
    figures: pd.DataFrame, results: pd.DataFrame, catalogue: Catalogue, cycle: Cycle, *, as_of: str
) -> pd.DataFrame:
    """Table ``forecasts``: one row per main target of the review's last year that has no result of that year yet, and
    per next target of a single year (methods §7).

    Asked of indicators that are known by where a period ends; sums, averages and indicators without a good side have no
    row. Built on exact yearly actuals, and estimates where there is no actual, since the last break of definition.
    ``likelihood`` cao, ngang nhau, thấp: the target's easy end beside the 50 % interval; '' with its ``reason``, which
    also says where a forecast goes further than any that was tested.
    ``anticipated``, its gap and class: what the UN commissions' method says of the same. ``forecast_without_shock``:
    the same without the cycle file's shock years (a single one between two known years is bridged, others are left
    out). All of it is indicative.
    """
    asked = _asked(results, cycle)
    parts = []
    for block in blocks(figures):
        panel = Panel(block, catalogue)
        lookup = panel.groups[GROUP].astype(object).assign(group=np.arange(len(panel)))
        mine = asked.merge(lookup, on=GROUP)
        mine = mine[(panel.groups["rule"] == "end_value").to_numpy()[mine["group"]]]
        mine = mine[panel.groups["sign"].to_numpy()[mine["group"]] != 0]
        if len(mine) and len(panel.known_years):
            parts.append(tables.shaped("forecasts", _of_block(panel, mine.reset_index(drop=True), cycle)))
    found = pd.concat(parts, ignore_index=True) if parts else tables.frame("forecasts", [])
    return found.assign(cycle=cycle.code, as_of=as_of)


def _asked(results: pd.DataFrame, cycle: Cycle) -> pd.DataFrame:
    main = results[results["main"]]
    open_ = main[main["target"].notna() & (main["result_period"] != str(cycle.review_last))]
    now = open_[[*GROUP, "target_plan", "target_act", "target", "target_upper", "target_qualifier", "target_figure"]]
    names = {f"next_{c}": c for c in ("target_plan", "target_act", "target", "target_upper", "target_qualifier",
                                      "target_figure")}  # fmt: skip
    ahead = main[main["next_target"].notna() & (main["next_target_period"] == str(cycle.plan_last))]
    ahead = ahead[[*GROUP, *names]].rename(columns=names)
    both = pd.concat([now.assign(year=cycle.review_last), ahead.assign(year=cycle.plan_last)], ignore_index=True)
    return both.astype(dict.fromkeys(GROUP, object))


def _of_block(panel: Panel, rows: pd.DataFrame, cycle: Cycle) -> pd.DataFrame:
    years = np.array(panel.known_years)
    group, year = rows["group"].to_numpy(), rows["year"].to_numpy()
    values = panel.series(years)[group]
    values = np.where(years[None, :] < year[:, None], values, np.nan)  # what came later knows too much
    since = np.zeros(len(rows), dtype=int)
    for goal_year in np.unique(year):
        since = np.where(year == goal_year, panel.defined_since(int(goal_year))[group], since)
    values = np.where(years[None, :] >= since[:, None], values, np.nan)
    about = panel.groups.take(group)
    kinds = [about["multiplicative"].to_numpy(float), about["is_rate"].to_numpy(bool)]
    scale = scales(*kinds, about["is_itself_a_pace"].to_numpy(bool), values)
    sign = about["sign"].to_numpy(float)
    goal = np.where((sign < 0) & rows["target_upper"].notna(), rows["target_upper"], rows["target"]).astype(float)
    found = forecast(values, year - years[0], scale)
    begins = np.where(year == cycle.review_last, cycle.baseline_year, cycle.review_last)
    start = np.full(len(rows), np.nan)
    for first in np.unique(begins):
        start = np.where(begins == first, panel.values(str(first))[group], start)
    line, gap, course = anticipated(values, year - years[0], scale, goal, start, sign)
    shaken = np.isin(years, cycle.shock_years)
    calm = forecast(_without(values, shaken), year - years[0], scale)
    has_shock = (~np.isnan(values) & shaken[None, :]).any(axis=1)
    is_made = ~np.isnan(found.value)
    last = np.where(found.last >= 0, years[found.last], 0)
    return rows.assign(
        target_period=year.astype(str),
        method=np.where(is_made, METHOD, ""),
        scale=np.where(is_made, _SCALES[scale], ""),
        n=found.n,
        first_year=np.where(found.n > 0, (last - found.n + 1).astype(str), ""),
        last_year=np.where(found.n > 0, last.astype(str), ""),
        last_kind=_kind_of(panel, group, years, found.last),
        forecast=found.value,
        **{bound: getattr(found, bound) for bound in _BOUNDS},
        likelihood=likelihood(found, goal, sign),
        anticipated=line,
        anticipated_gap=gap,
        anticipated_class=course,
        shock_years=np.where(has_shock, ", ".join(map(str, cycle.shock_years)), ""),
        forecast_without_shock=np.where(has_shock, calm.value, np.nan),
        likelihood_without_shock=np.where(has_shock, likelihood(calm, goal, sign), ""),
        reason=np.where(is_made, np.where(year - last > TESTED, _FAR, ""), _reasons(found.n)),
        figures=_figures(panel, group, years, found.last, found.n),
    )


def _without(values: np.ndarray, shaken: np.ndarray) -> np.ndarray:
    """The series without some years; one year between two known ones lies half-way between them."""
    calm = np.where(shaken[None, :], np.nan, values)
    bridged = calm.copy()
    bridged[:, 1:-1] = np.where(
        shaken[None, 1:-1] & ~np.isnan(values[:, 1:-1]), (calm[:, :-2] + calm[:, 2:]) / 2, calm[:, 1:-1]
    )
    return bridged


def _reasons(n: np.ndarray) -> np.ndarray:
    return np.array([f"mới có {k} năm liên tục, cần ít nhất {ENOUGH} năm" for k in range(ENOUGH)], dtype=object)[
        np.minimum(n, ENOUGH - 1)
    ]


def _kind_of(panel: Panel, group: np.ndarray, years: np.ndarray, last: np.ndarray) -> np.ndarray:
    kinds = np.full(len(group), "", dtype=object)
    for place in np.unique(last[last >= 0]):
        rows = last == place
        column = np.asarray(panel.column("kind", panel.place(str(years[place]))[group[rows]]), dtype=object)
        kinds[rows] = column
    return kinds


def _figures(panel: Panel, group: np.ndarray, years: np.ndarray, last: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Ids of the figures of the years that a forecast stands on, joined by ``;``."""
    joined = np.full(len(group), "", dtype=object)
    for place, year in enumerate(years):
        used = (place <= last) & (place > last - n)
        ids = np.asarray(panel.column("figure_id", panel.place(str(year))[group[used]]), dtype=object)
        joined[used] = joined[used] + np.where(joined[used] == "", "", ";") + ids
    return joined
