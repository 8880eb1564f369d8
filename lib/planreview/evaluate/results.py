"""Figures judged against targets: the table ``results``, every input kept."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from planreview import tables
from planreview.catalogue import Catalogue, Cycle, periods
from planreview.evaluate import attainment, five_year, opinions, pace, targets
from planreview.evaluate.ambition import ambition, best_past, outside
from planreview.evaluate.continuity import BEGINS, ENDS, GOES_ON, changed_definitions
from planreview.evaluate.panel import GROUP, Panel, blocks

_FORECAST_WORDS = {
    attainment.EXCEEDED: "dự kiến đạt", attainment.MET: "dự kiến đạt", attainment.MISSED: "dự kiến không đạt",
}  # fmt: skip
METHOD_VERSION = "2"  # of docs/methods: raised where a formula or a word changes its meaning
NO_DATA, NO_TARGET, NOT_JUDGED = "thiếu số liệu", "chưa có mục tiêu", "không đánh giá được"
ON_PATH, OFF_PATH = "chưa đạt", "nguy cơ không đạt"
NO_TARGET_REASON = "chưa có mục tiêu công bố"
_NO_TARGET_NUMBER = {
    "tie": "các nguồn đưa mục tiêu khác nhau",
    "contested": "mục tiêu bị nghi ngờ, chưa được xác nhận hay hiệu chỉnh",
}


def evaluate(figures: pd.DataFrame, catalogue: Catalogue, cycle: Cycle, *, as_of: str) -> pd.DataFrame:
    """Results of a cycle (table ``results``) from the figures known as of a round.

    One row per target of the review period (period = its last year or the whole of it), and one row without a target
    where no plan that counts has one: master-plan and annual targets stand beside it, never in its place. Sorted by
    provenance, area, indicator, and there by the cycle file's order of plans and by act.
    """
    known_in = catalogue.round(as_of).deadline.year
    parts = [_of_block(Panel(block, catalogue), catalogue, cycle, as_of, known_in) for block in blocks(figures)]
    whole = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    del parts
    parents = {u.code: u.parent for u in catalogue.units.values() if u.is_area}
    has_next = whole["main"] & whole["achieved_pace"].notna()
    beside = outside(whole.loc[has_next, [*GROUP, "achieved_pace"]], parents)
    whole.loc[has_next, ["outside_pace", "outside_areas"]] = beside
    whose = whole["provenance"]
    return whole if whose.is_monotonic_increasing else whole.sort_values("provenance", kind="stable", ignore_index=True)


def _of_block(panel: Panel, catalogue: Catalogue, cycle: Cycle, as_of: str, known_in: int) -> pd.DataFrame:
    rows = _Judging(panel, cycle, known_in).rows()
    rows = rows.assign(cycle=cycle.code, as_of=as_of, method_version=METHOD_VERSION)
    rows["continuity"] = changed_definitions(rows, catalogue)
    return tables.shaped("results", rows)


class _Judging:
    """The rows of one block of areas."""

    def __init__(self, panel: Panel, cycle: Cycle, known_in: int) -> None:
        self.panel, self.cycle, self.known_in = panel, cycle, known_in
        self.last, self.whole = str(cycle.review_last), cycle.review_period
        self.found = {p: five_year.of_period(panel, p) for p in (self.last, self.whole)}
        self.earlier = five_year.latest_before(panel, cycle.review_last, cycle.review_first)
        self.start = five_year.at(panel, str(cycle.baseline_year))
        inside = [p for p in panel.known_periods if self._in_review(p)]
        places = [panel.place(p) >= 0 for p in inside]
        self.has_result = np.any(places, axis=0) if places else np.zeros(len(panel), bool)
        # another definition at the baseline than at the period's end, or at that than at the next plan's
        self.broken = panel.defined_since(cycle.review_last) > cycle.baseline_year
        self.breaks_ahead = panel.defined_since(cycle.plan_last) > cycle.review_last

    def _in_review(self, period: str) -> bool:
        first, last = periods.years(period)
        return self.cycle.review_first <= first and last <= self.cycle.review_last

    def rows(self) -> pd.DataFrame:
        """Rows of the results table; none of a group of which neither plan nor results of the cycle's years are
        known."""
        cycle, panel = self.cycle, self.panel
        due = targets.due(panel, cycle.review_last, self.whole, (*cycle.main_plans, *cycle.context_plans))
        counts = (due["rank"] < len(cycle.main_plans)).to_numpy()
        due["main"] = False
        due.loc[counts, "main"] = targets.main(due[counts])
        ahead = targets.due(panel, cycle.plan_last, cycle.plan_period, cycle.next_plans)
        ahead = ahead[targets.main(ahead)].set_index("group")
        groups = np.arange(len(panel))
        has_main = np.isin(groups, due.loc[due["main"], "group"])
        wanted = self.has_result | np.isin(groups, due["group"]) | np.isin(groups, ahead.index)
        without = self._without_target(groups[~has_main & wanted])
        rows = pd.concat([without, self._with_target(due)], ignore_index=True)
        rows = rows.sort_values(["group", "order"], kind="stable", ignore_index=True)
        rows["target_figure"] = rows["target_figure"].fillna("")
        group = rows["group"].to_numpy()
        rows[GROUP] = panel.groups[GROUP].take(group).set_axis(rows.index)
        is_known = ~np.isnan(self._baseline[group])
        rows["baseline"] = self._baseline[group]
        rows["break_note"] = panel.break_notes(cycle.baseline_year, cycle.plan_last)[group]
        rows["baseline_period"] = np.where(is_known, str(cycle.baseline_year), "")
        rows["baseline_figure"] = np.where(is_known, take(self.start["figures"].to_numpy(object), group), "")
        return pd.concat([rows, self._ahead(rows, ahead)], axis="columns")

    @cached_property
    def _baseline(self) -> np.ndarray:
        """Exact values of the baseline year by group, NaN also where a break of definition parts it from the period."""
        return np.where(self.broken, np.nan, self.panel.values(str(self.cycle.baseline_year)))

    def _without_target(self, group: np.ndarray) -> pd.DataFrame:
        """What is known of the last year and the whole period, by the five-year rule first, else the latest year."""
        by_last = (self.panel.groups["rule"] == "end_value").to_numpy()[group]
        knows = {p: (self.panel.place(p) >= 0)[group] for p in (self.last, self.whole)}
        last_first = np.where(by_last, knows[self.last] | ~knows[self.whole], ~knows[self.whole] & knows[self.last])
        found = _pick(last_first, self.found[self.last].take(group), self.found[self.whole].take(group))
        nothing = (found["value"].isna() & (found["figures"] == "")).to_numpy()
        found = _pick(nothing, self.earlier.take(group), found)
        rows = _result_columns(found)
        return rows.assign(group=group, order=-1, main=True, status=NO_TARGET, reason=NO_TARGET_REASON)

    def _with_target(self, due: pd.DataFrame) -> pd.DataFrame:
        group = due["group"].to_numpy()
        of_last = (due["period"] == self.last).to_numpy()
        found = _pick(of_last, self.found[self.last].take(group), self.found[self.whole].take(group))
        rows = pd.DataFrame(
            {
                "target_plan": due["plan"],
                "target_act": due["act"],
                "target_period": due["period"],
                "target": due["value"],
                "target_upper": due["value_upper"],
                "target_qualifier": due["qualifier"],
                "target_provenance": due["target_provenance"],
                "target_figure": due["figure_id"],
                "digits": due["digits"],
                "baseline": self._baseline[group],
            }
        )
        about = self.panel.groups.take(group).drop(columns=GROUP).set_axis(rows.index)
        full = pd.concat([rows, _result_columns(found), about], axis="columns")
        full["missing"] = found["reason"].astype(object).to_numpy()
        judged = self._judged(full, found, due)
        rows = rows.assign(**judged, group=group, order=np.arange(len(due)), main=due["main"])
        return pd.concat(
            [rows, self._pace(rows.assign(sign=about["sign"], multiplicative=about["multiplicative"]))], axis=1
        )

    def _pace(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Where the straight path stood in the result's year, and what other methods say; of indicators that are known
        by where a period ends, and no plan of one year."""
        walks = (self.panel.groups["rule"] == "end_value") & ~self.panel.groups["is_itself_a_pace"]
        walked = walks.to_numpy()[rows["group"]] & (rows["target_plan"] != "annual").to_numpy()
        walked &= (rows["status"] != NOT_JUDGED).to_numpy() & rows["result_upper"].isna().to_numpy()
        walked &= rows["result_qualifier"].isin(["", "~"]).to_numpy()
        years = {p: float(p) for p in rows["result_period"].unique() if p and periods.is_year(p)}
        year = rows["result_period"].map(years | {"": np.nan}).to_numpy(float)
        rows = rows.assign(year=np.where(walked, year, np.nan), target_year=float(self.cycle.review_last))
        path = pace.expected(rows, rows["year"].to_numpy(), self.cycle.baseline_year, rows["target_year"].to_numpy())
        found = opinions.opinions(rows, self.cycle).assign(path=path)
        found["divergence_year"] = self._divergence(rows)
        return found.assign(second_opinion=opinions.disagreements(found.assign(status=rows["status"]), self.cycle))

    def _divergence(self, rows: pd.DataFrame) -> np.ndarray:
        """The first year, as text, from which every year known lay behind the straight path, up to the result's own
        year; '' where the result does not lie behind it (methods §9)."""
        cycle, group = self.cycle, rows["group"].to_numpy()
        since = np.full(len(rows), "", dtype=object)
        lasting = np.ones(len(rows), dtype=bool)
        for year in range(cycle.review_last, cycle.baseline_year, -1):
            value = self.panel.values(str(year))[group]
            path = pace.expected(rows, np.full(len(rows), year), cycle.baseline_year, rows["target_year"].to_numpy())
            seen = ~np.isnan(value) & ~np.isnan(path) & (rows["year"].to_numpy() >= year)
            behind = ~pace.on_path(rows.assign(result=value), path, attainment.tolerances(rows))
            lasting &= ~seen | behind
            since[seen & lasting] = str(year)
        return since

    def _judged(self, rows: pd.DataFrame, found: pd.DataFrame, due: pd.DataFrame) -> dict[str, pd.Series]:
        """Status, its reason and the numbers behind it, by column."""
        no_number = rows["target"].isna().to_numpy()
        known, has_figures = rows["result"].notna().to_numpy(), (rows["result_figures"] != "").to_numpy()
        open_ = ~no_number & ~known & ~has_figures
        judgement = attainment.judge(rows, self.cycle)
        status, reason = (judgement[c].to_numpy(dtype=object, copy=True) for c in ("status", "reason"))
        estimate = known & (rows["result_kind"] == "estimate").to_numpy()
        status[estimate] = [_FORECAST_WORDS.get(word, "") for word in status[estimate]]
        status[(status == "") | no_number] = NOT_JUDGED
        unsettled = ~no_number & ~known & has_figures
        reason[unsettled] = rows["missing"].to_numpy()[unsettled]
        reason[no_number] = [
            _NO_TARGET_NUMBER.get(rule, "mục tiêu ghi bằng chữ") for rule in due["selection_rule"][no_number]
        ]
        judged = known & ~no_number
        out = pd.DataFrame({"status": status, "reason": reason, "near": judgement["near"] & judged & ~estimate})
        for column in ("near_band", "deviation", "percent_of_plan", "share_of_change"):
            out[column] = judgement[column].where(judged)
        out["tolerance"] = judgement["tolerance"].where(judged | open_)
        result = rows[_RESULT].copy()
        if open_.any():
            late = self._without_result(rows[open_], due[open_])
            for column in ("status", "reason"):
                out.loc[open_, column] = late[column].to_numpy()
            result = _pick_rows(open_, late[_RESULT].set_axis(result.index[open_]), result)
        return {c: out[c] for c in out} | {c: result[c] for c in result}

    def _without_result(self, rows: pd.DataFrame, due: pd.DataFrame) -> pd.DataFrame:
        """No figure of the target's own period: an earlier year tells the pace, while the period is not over.

        A straight line means nothing for a growth rate, a sum of years or a plan of one year, and one year is no part
        of a sum or an average that a reader could hold against the whole.
        """
        cycle, missing = self.cycle, rows["missing"].to_numpy()
        undirected = rows["never_judged"].astype(object).to_numpy()
        end_value = (rows["rule"] == "end_value").to_numpy()
        of_years = (rows["target_period"] != self.last).to_numpy() & ~end_value
        hidden = (undirected != "") | of_years
        earlier = self.earlier.take(due["group"].to_numpy())
        result = _result_columns(earlier)
        result = _pick_rows(hidden, _result_columns(five_year.nothing(len(rows))), result)
        known = result["result"].notna().to_numpy()
        said = {p: periods.words(p) if p else "" for p in result["result_period"].unique()}
        behind = missing + "; số gần nhất là " + result["result_period"].map(said).to_numpy(object)
        walked = (
            known
            & (cycle.review_last >= self.known_in)
            & end_value
            & ~rows["is_itself_a_pace"].to_numpy(bool)
            & (rows["target_plan"] != "annual").to_numpy()
            & (rows["sign"] != 0).to_numpy()
        )
        exact, based = earlier["exact"].to_numpy(bool), rows["baseline"].notna().to_numpy()
        seen = rows.assign(result=result["result"].to_numpy())
        years = pd.to_numeric(result["result_period"], errors="coerce").to_numpy(float)
        path = pace.expected(seen, years, cycle.baseline_year, np.full(len(rows), cycle.review_last))
        good = pace.on_path(seen, path, attainment.tolerances(rows))
        no_start = f"; thiếu số gốc {periods.words(str(cycle.baseline_year))} nên không so được với tiến độ"
        cases = [undirected != "", ~known, ~walked, ~exact, ~based, good]
        status = np.select(cases, [NOT_JUDGED, NO_DATA, NO_DATA, NOT_JUDGED, NOT_JUDGED, ON_PATH], OFF_PATH)
        vague = behind + ", chỉ biết trong một khoảng"
        reasons = [undirected + "; " + missing, missing, behind, vague, behind + no_start, behind]
        reason = np.select(cases, reasons, behind)
        return result.assign(status=status, reason=reason)

    def _ahead(self, rows: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
        """The next plan's target beside the pace so far."""
        group = rows["group"].to_numpy()
        has_target = (rows["target_figure"] != "").to_numpy()
        next_ = ahead.reindex(group).set_axis(rows.index)
        has_next = next_["figure_id"].notna().to_numpy()
        past = has_target | self.has_result[group]
        out = pd.DataFrame(
            {
                "continuity": np.select([has_next & past, has_next, has_target], [GOES_ON, BEGINS, ENDS], ""),
                "next_target_plan": next_["plan"],
                "next_target_act": next_["act"],
                "next_target_period": next_["period"],
                "next_target": next_["value"],
                "next_target_upper": next_["value_upper"],
                "next_target_qualifier": next_["qualifier"],
                "next_target_figure": next_["figure_id"].fillna(""),
            }
        )
        end = five_year.at(self.panel, self.last).take(group).set_axis(rows.index)
        shown = has_next & end["exact"].to_numpy(bool)
        out["last"] = end["value"].where(shown)
        out["last_kind"] = np.where(shown, end["kind"].astype(object), "")
        out["last_figure"] = np.where(shown, end["figures"].astype(object), "")
        return pd.concat([out, self._paces(out, group)], axis="columns")

    def _paces(self, rows: pd.DataFrame, group: np.ndarray) -> pd.DataFrame:
        """Required and achieved change a year; an early estimate of the baseline is no start of a pace."""
        cycle, about = self.cycle, self.panel.groups
        kinds = [about[c].to_numpy(float)[group] for c in ("multiplicative", "is_itself_a_pace")]
        last, goal = rows["last"].to_numpy(float), rows["next_target"].to_numpy(float)
        single = (rows["next_target_period"] == str(cycle.plan_last)).to_numpy()
        required = pace.yearly(last, goal, cycle.plan_last - cycle.review_last, kinds[0], kinds[1] > 0)
        required = np.where(single, required, np.nan)
        required = np.where(self.breaks_ahead[group], np.nan, required)
        begun = np.where((self.start["kind"] == "actual").to_numpy(), self._baseline, np.nan)[group]
        achieved = pace.yearly(begun, last, cycle.review_last - cycle.baseline_year, kinds[0], kinds[1] > 0)
        achieved = np.where(single & ~np.isnan(goal), achieved, np.nan)
        sign = about["sign"].to_numpy(float)[group]
        best, until, highest = (found[group] for found in self._best)
        asked = ~np.isnan(required)
        with np.errstate(invalid="ignore"):
            at_limit = sign * (goal - about["limit"].to_numpy(float)[group]) >= 0
            was_reached = highest >= sign * goal
        return pd.DataFrame(
            {
                "required_pace": required,
                "achieved_pace": achieved,
                "ambition": ambition(required, achieved, best, sign, at_limit, was_reached, cycle),
                "best_pace": np.where(asked, best, np.nan),
                "best_pace_until": np.where(asked, until, ""),
            },
            index=rows.index,
        )

    @cached_property
    def _best(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The best pace of any past stretch as long as the next plan, its last year as text, and the best level of any
        past year (times the sign of the good direction), by group."""
        cycle, about = self.cycle, self.panel.groups
        years = [year for year in self.panel.known_years if year <= cycle.review_last]
        values = self.panel.series(years, only="actual")
        since = self.panel.defined_since(cycle.review_last)
        values = np.where(np.array(years, int)[None, :] >= since[:, None], values, np.nan) if years else values
        kinds = [about[c].to_numpy(float) for c in ("multiplicative", "is_itself_a_pace")]
        stretch = cycle.plan_last - cycle.review_last
        sign = about["sign"].to_numpy(float)
        best, place = best_past(values, stretch, sign, kinds[0], kinds[1] > 0)
        highest = np.fmax.reduce(sign[:, None] * values, axis=1, initial=-np.inf)
        return best, np.array([*map(str, years), ""], dtype=object)[place], highest


_RESULT = [
    "result_period", "result", "result_upper", "result_kind", "result_qualifier", "result_method", "result_figures",
]  # fmt: skip
_SOURCE = ["period", "value", "upper", "kind", "qualifier", "method", "figures"]


def _result_columns(found: pd.DataFrame) -> pd.DataFrame:
    """What is shown of a value (columns of ``five_year``): where there is none, only figures that were unsettled."""
    rows = found[_SOURCE].set_axis(_RESULT, axis="columns").reset_index(drop=True)
    none = rows["result"].isna().to_numpy()
    rows["result_upper"] = rows["result_upper"].where(~none)
    for column in ("result_period", "result_kind", "result_qualifier", "result_method"):
        rows[column] = np.where(none, "", rows[column].astype(object))
    return rows


def _pick(mask: np.ndarray, chosen: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    return five_year.choose(mask, chosen.reset_index(drop=True), other.reset_index(drop=True))


def _pick_rows(mask: np.ndarray, chosen: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """``other`` with the rows of ``chosen`` in place of those that the mask marks (``chosen``: all rows, or those)."""
    out = other.copy()
    part = chosen if len(chosen) == int(mask.sum()) else chosen[mask]
    for column in out:
        values = out[column].to_numpy(dtype=object if out[column].dtype.kind not in "fib" else None, copy=True)
        values[mask] = part[column].to_numpy(values.dtype)
        out[column] = values
    return out
