"""Figures judged against targets: the table ``results``, every input kept."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue, Cycle, Indicator, periods
from planreview.evaluate.ambition import ambition, pace
from planreview.evaluate.attainment import (
    Target,
    judge_uncertain,
    never_judged,
    on_path,
    percent_of_plan,
    share_of_change,
)
from planreview.evaluate.continuity import BEGINS, ENDS, GOES_ON, with_changed_definitions
from planreview.evaluate.five_year import Found, Results

_FORECAST_WORDS = {"vượt": "dự kiến đạt", "đạt": "dự kiến đạt", "không đạt": "dự kiến không đạt"}
NO_TARGET = "chưa có mục tiêu công bố"
_NO_TARGET_NUMBER = {
    "tie": "các nguồn đưa mục tiêu khác nhau",
    "contested": "mục tiêu bị nghi ngờ, chưa được xác nhận hay hiệu chỉnh",
}


def evaluate(figures: pd.DataFrame, catalogue: Catalogue, cycle: Cycle, *, as_of: str) -> pd.DataFrame:
    """Results of a cycle (table ``results``) from the figures known as of a round.

    One row per target of the review period (period = its last year or the whole of it), and one row without a target
    where no plan that counts has one: master-plan and annual targets stand beside it, never in its place.
    """
    known_in = catalogue.round(as_of).deadline.year
    known = [f for f in tables.records(figures) if f["indicator_code"] in catalogue.indicators]
    known.sort(key=_question)
    groups = {question: list(group) for question, group in groupby(known, key=_question)}
    rows: list[dict] = []
    for (provenance, area, code), group in groups.items():
        targets = _targets(groups, provenance, area, code)
        judged = _Judging(group, targets, catalogue.indicators[code], cycle, known_in=known_in)
        rows += [
            row
            | {"cycle": cycle.code, "as_of": as_of, "provenance": provenance, "area_code": area, "indicator_code": code}
            for row in judged.rows()
        ]
    return tables.frame("results", with_changed_definitions(rows, catalogue))


def _question(figure: dict) -> tuple[str, str, str]:
    return figure["provenance"], figure["area_code"], figure["indicator_code"]


def _targets(groups: dict[tuple, list[dict]], provenance: str, area: str, code: str) -> list[dict]:
    """The targets that results of one provenance may be judged by: submitted ones also by published ones."""
    allowed = ("published", "submitted") if provenance == "submitted" else (provenance,)
    found = {
        (f["period"], f["plan"], f["act"]): f  # a unit's own wording of a target goes before the published one
        for p in allowed
        for f in groups.get((p, area, code), [])
        if f["kind"] == "target"
    }
    return list(found.values())


class _Judging:
    """One (provenance, area, indicator)."""

    def __init__(
        self, figures: list[dict], targets: list[dict], indicator: Indicator, cycle: Cycle, *, known_in: int
    ) -> None:
        self.indicator, self.cycle, self.known_in = indicator, cycle, known_in
        self.results = Results(figures, indicator)
        self.targets = targets
        start = self.results.at(str(cycle.baseline_year))
        self.baseline = start if start.is_exact else Found(start.period, reason=start.reason)

    def rows(self) -> list[dict]:
        """Rows of the results table; none where neither plan nor results of the cycle's years are known."""
        due = self._due(self.cycle.review_last, self.cycle.review_period)
        main_plans, context = self.cycle.main_plans, self.cycle.context_plans
        ahead = self._next_target()
        main = self._best(due, main_plans)
        rows = [
            self._row(target, ahead) | {"main": main is not None and target["figure_id"] == main["figure_id"]}
            for plan in (*main_plans, *context)
            for target in self._one_per_act([t for t in due if t["plan"] == plan])
        ]
        has_result = any(self._in_review(p) for p in self.results.known_periods)
        if main is None and (rows or ahead or has_result):
            rows.insert(0, self._row(None, ahead) | {"main": True})
        return rows

    def _in_review(self, period: str) -> bool:
        first, last = periods.years(period)
        return self.cycle.review_first <= first and last <= self.cycle.review_last

    def _due(self, last_year: int, whole: str) -> list[dict]:
        return [t for t in self.targets if t["period"] in (str(last_year), whole)]

    def _one_per_act(self, targets: list[dict]) -> list[dict]:
        """Of an act's targets for the last year and for the whole period, the one that the five-year rule points to."""
        by_act: dict[str, dict] = {}
        for target in sorted(targets, key=lambda t: (t["act"], self._fits_rule(t), t["period"])):
            by_act[target["act"]] = target
        return list(by_act.values())

    def _fits_rule(self, target: dict) -> bool:
        return periods.is_year(target["period"]) == (self.indicator.five_year_rule in ("end_value", "none", ""))

    def _best(self, targets: list[dict], plans: tuple[str, ...]) -> dict | None:
        """The target of the first plan that has one; of several acts the latest by its date, else by its round."""
        for plan in plans:
            if found := self._one_per_act([t for t in targets if t["plan"] == plan]):
                return max(found, key=lambda t: (periods.act_date(t["act"]), t["round"], t["act"]))
        return None

    def _next_target(self) -> dict | None:
        return self._best(self._due(self.cycle.plan_last, self.cycle.plan_period), self.cycle.next_plans)

    def _row(self, target: dict | None, ahead: dict | None) -> dict:
        period = target["period"] if target else self._shown_period()
        result = self.results.of_period(period, self.baseline)
        row = self._ahead(ahead, has_target=target is not None)
        if self.baseline.value is not None:
            row |= {
                "baseline_period": self.baseline.period,
                "baseline": self.baseline.value,
                "baseline_figure": self.baseline.figures[0],
            }
        if target is None:
            if result.value is None and not result.figures:
                result = self.results.latest_before(period, self.cycle.review_first)
            return (
                row
                | _result_columns(result)
                | {
                    "status": "chưa có mục tiêu",
                    "reason": NO_TARGET,
                }
            )
        row |= {
            "target_plan": target["plan"],
            "target_act": target["act"],
            "target_period": period,
            "target": target["value"],
            "target_upper": target["value_upper"],
            "target_qualifier": target["qualifier"],
            "target_provenance": target["provenance"],
            "target_figure": target["figure_id"],
            "digits": target["digits"],
        }
        return row | self._judge(target, result)

    def _shown_period(self) -> str:
        """Without a target: what is known of the last year and the whole period, by the five-year rule first."""
        whole, last = self.cycle.review_period, str(self.cycle.review_last)
        by_rule = (last, whole) if self.indicator.five_year_rule == "end_value" else (whole, last)
        return next((p for p in by_rule if p in self.results), by_rule[0])

    def _judge(self, target: dict, result: Found) -> dict:
        if target["value"] is None:
            why = _NO_TARGET_NUMBER.get(target["selection_rule"], "mục tiêu ghi bằng chữ")
            return _result_columns(result) | {"status": "không đánh giá được", "reason": why}
        goal = Target(target["value"], target["value_upper"], target["qualifier"], target["digits"])
        if result.value is None and not result.figures:
            return self._without_result(goal, target, result)
        if result.value is None:
            return _result_columns(result) | {"status": "không đánh giá được", "reason": result.reason}
        judgement = judge_uncertain(
            result.value, result.upper, result.qualifier, goal, self.baseline.value, self.indicator, self.cycle
        )
        status = judgement.status
        if status and result.kind == "estimate":
            status = _FORECAST_WORDS[status]
        return _result_columns(result) | {
            "status": status or "không đánh giá được",
            "reason": judgement.reason,
            "near": judgement.near and status == "không đạt",
            "near_band": judgement.near_band,
            "deviation": judgement.deviation,
            "tolerance": goal.tolerance,
            "percent_of_plan": percent_of_plan(result.value, goal, self.indicator),
            "share_of_change": share_of_change(result.value, goal, self.baseline.value),
        }

    def _without_result(self, goal: Target, target: dict, missing: Found) -> dict:
        """No figure of the target's own period: an earlier year tells the pace, while the period is not over.

        A straight line means nothing for a growth rate, a sum of years or a plan of one year.
        """
        last_year = periods.years(target["period"])[1]
        if undirected := never_judged(self.indicator):
            reason = f"{undirected}; {missing.reason}"
            return {"status": "không đánh giá được", "reason": reason, "tolerance": goal.tolerance}
        if not periods.is_year(target["period"]) and self.indicator.five_year_rule != "end_value":
            # one year is no part of a sum or an average that a reader could hold against the whole
            return {"status": "thiếu số liệu", "reason": missing.reason, "tolerance": goal.tolerance}
        earlier = self.results.latest_before(target["period"], self.cycle.review_first)
        row = _result_columns(earlier) | {"status": "thiếu số liệu", "tolerance": goal.tolerance}
        if earlier.value is None:
            return row | {"reason": missing.reason}
        behind = f"{missing.reason}; số gần nhất là {periods.words(earlier.period)}"
        over = last_year < self.known_in
        stock = self.indicator.five_year_rule == "end_value" and self.indicator.measure not in ("growth", "index")
        if over or not stock or target["plan"] == "annual" or self.indicator.direction not in ("up", "down"):
            return row | {"reason": behind}
        if not earlier.is_exact:
            return row | {"status": "không đánh giá được", "reason": f"{behind}, chỉ biết trong một khoảng"}
        if self.baseline.value is None:
            why = f"{behind}; thiếu số gốc {periods.words(str(self.cycle.baseline_year))} nên không so được với tiến độ"
            return row | {"status": "không đánh giá được", "reason": why}
        good = on_path(
            earlier.value,
            int(earlier.period),
            goal,
            last_year,
            self.baseline.value,
            self.cycle.baseline_year,
            self.indicator,
        )
        return row | {"status": "chưa đạt" if good else "nguy cơ không đạt", "reason": behind}

    def _ahead(self, ahead: dict | None, *, has_target: bool) -> dict:
        """The next plan's target beside the pace so far."""
        found = self.results.at(str(self.cycle.review_last))
        last = found if found.is_exact else Found(found.period)
        has_past = has_target or any(self._in_review(p) for p in self.results.known_periods)
        if ahead is None:
            return {"continuity": ENDS if has_target else ""}
        row = {
            "continuity": GOES_ON if has_past else BEGINS,
            "next_target_plan": ahead["plan"],
            "next_target_act": ahead["act"],
            "next_target_period": ahead["period"],
            "next_target": ahead["value"],
            "next_target_upper": ahead["value_upper"],
            "next_target_qualifier": ahead["qualifier"],
            "next_target_figure": ahead["figure_id"],
        }
        if last.value is not None:
            row |= {"last": last.value, "last_kind": last.kind, "last_figure": last.figures[0]}
        single_year = periods.is_year(ahead["period"])
        if not single_year or ahead["value"] is None or last.value is None:
            return row
        required = pace(last.value, ahead["value"], int(ahead["period"]) - self.cycle.review_last, self.indicator)
        achieved = None
        if self.baseline.value is not None and self.baseline.kind == "actual":  # an early estimate is no pace
            years = self.cycle.review_last - self.cycle.baseline_year
            achieved = pace(self.baseline.value, last.value, years, self.indicator)
        return row | {
            "required_pace": required,
            "achieved_pace": achieved,
            "ambition": ambition(required, achieved, self.indicator, self.cycle),
        }


def _result_columns(result: Found) -> dict:
    if result.value is None:
        return {"result_figures": ";".join(result.figures)}
    return {
        "result_period": result.period,
        "result": result.value,
        "result_upper": result.upper,
        "result_kind": result.kind,
        "result_qualifier": result.qualifier,
        "result_method": result.method,
        "result_figures": ";".join(result.figures),
    }
