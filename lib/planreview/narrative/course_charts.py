"""Charts of one indicator's years, and of the ways of two plans side by side."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure
from planreview.catalogue import Indicator, periods, texts
from planreview.charts import Course, Fan, PlanTarget, Point, Slope, slope_chart
from planreview.charts import path_chart as draw_path
from planreview.narrative import focus, words
from planreview.narrative.chart_parts import breaks_of, sign_of, text_of, value
from planreview.narrative.numbers import Numbers, shown_digits
from planreview.narrative.sources import cells_of, source_line
from planreview.narrative.trends import years_of
from planreview.review import Review

_PANELS = 8  # slopes that a page holds


def path_chart(review: Review, row: dict, provenance: str) -> list[Block]:
    """One indicator over the years with the targets of both plans, where its trend leads, and cut where its definition
    changed; none where fewer than two years are known."""
    n = Numbers(review, row)
    if n.indicator.five_year_rule == "sum" and not periods.is_year(row["target_period"]):
        return []  # years drawn beside the sum of five would look like a failure
    best = _years(review, row["indicator_code"], provenance)
    if len(best) < 2:
        return []
    points = points_of(best, n.indicator)
    goals = [g for g in (_goal(review, row, n), _next_goal(review, row, n)) if g]
    ahead = _forecast(review, row, provenance)
    last = max([points[-1].year, *(g.year for g in goals)])
    breaks = [b for b in breaks_of(review, n.indicator.code) if points[0].year < b.first_year <= last]
    course = Course(points, goals, row["unit"], n.indicator.digits, fan=_fan(ahead, points, n), breaks=breaks)
    finding = _finding(row, points[-1], goals)
    svg = draw_path(
        finding,
        f"Kết quả qua các năm và mục tiêu của hai kỳ ({row['unit']})",
        course,
        simulated=provenance == "simulated",
    )
    said = "; ".join(f"năm {p.year}: {p.text}" for p in points)
    aims = "; ".join(f"mục tiêu {g.year}: {g.text}" for g in goals)
    fan = course.fan
    trend = f" Xu thế đến {fan.year}: {fan.text}, khoảng 80% {fan.range_text}." if fan else ""
    cut = "".join(f" Từ {b.first_year} cách tính khác: {b.words}." for b in course.breaks)
    ids = [*best["figure_id"], row["target_figure"], row["next_target_figure"]]
    cells = pd.DataFrame({"figures": ids})
    alt = f"{row['indicator']} ({row['unit']}). {said}. {aims}.{trend}{cut}"
    return [Figure(finding, alt, svg, source_line(review, cells), cells_of(review, cells))]


def _finding(row: dict, last: Point, goals: list[PlanTarget]) -> str:
    if row["status"] in words.JUDGED:
        return f"{row['indicator']}: {row['status']} mục tiêu {periods.short(row['target_period'])}"
    value = f"{row['indicator']}: {texts.with_unit(last.text, row['unit'])} năm {last.year}"
    named = next((g for g in reversed(goals) if g.text), None)
    return f"{value}, mục tiêu {named.year} là {named.text}" if named else value


def _years(review: Review, code: str, provenance: str) -> pd.DataFrame:
    """Exact figures of single years from the baseline on, an actual before an estimate, in order."""
    figures = review.figures()
    mine = figures[(figures["indicator_code"] == code) & (figures["provenance"] == provenance)]
    return years_of(mine, review.cycle.baseline_year)


def points_of(years: pd.DataFrame, indicator: Indicator) -> list[Point]:
    """Figures of years (``years_of``) as a chart draws and says them."""
    return [
        Point(
            int(f["period"]),
            f["value"],
            f["kind"] == "estimate",
            texts.number(f["value"], shown_digits(f["value"], f["digits"], indicator)),
        )
        for f in years.to_dict("records")
    ]


def _forecast(review: Review, row: dict, provenance: str) -> dict | None:
    """The row of ``forecasts`` that leads furthest ahead."""
    data = review.forecasts()
    data = data[(data["provenance"] == provenance) & (data["indicator_code"] == row["indicator_code"])]
    data = data[data["forecast"].notna()].sort_values("target_period")
    return None if data.empty else data.tail(1).to_dict("records")[0]


def _fan(ahead: dict | None, points: list[Point], n: Numbers) -> Fan | None:
    start = next((p for p in points if ahead and str(p.year) == ahead["last_year"]), None)
    if start is None:
        return None
    digits = n.indicator.digits
    low, high = (texts.number(ahead[bound], digits) for bound in ("low80", "high80"))
    likely = f"khả năng đạt mục tiêu: {ahead['likelihood']}" if ahead["likelihood"] else ""
    return Fan(
        since=(start.year, start.value),
        year=int(ahead["target_period"]),
        value=ahead["forecast"],
        **{bound: ahead[bound] for bound in ("low50", "high50", "low80", "high80")},
        text=texts.number(ahead["forecast"], digits),
        range_text=f"{low} đến {high}",
        note="; ".join(filter(None, (likely, ahead["reason"]))),
    )


def _goal(review: Review, row: dict, n: Numbers) -> PlanTarget | None:
    if not row["target_plan"]:
        return None
    baseline = value(row["baseline"])
    several_years = not periods.is_year(row["target_period"])
    stock = n.indicator.five_year_rule == "end_value"  # a straight way means nothing for growth rates and sums
    return PlanTarget(
        first_year=review.cycle.review_first if several_years else None,
        year=review.cycle.review_last,
        value=value(row["target"]),
        upper=value(row["target_upper"]),
        text=text_of(n.target()),
        plan=words.plan(row["target_plan"], row["target_act"]),
        since=(review.cycle.baseline_year, baseline) if baseline is not None and stock else None,
    )


def _next_goal(review: Review, row: dict, n: Numbers) -> PlanTarget | None:
    if value(row["next_target"]) is None:
        return None
    several_years = not periods.is_year(row["next_target_period"])
    return PlanTarget(
        first_year=review.cycle.plan_first if several_years else None,
        year=review.cycle.plan_last,
        value=row["next_target"],
        upper=value(row["next_target_upper"]),
        text=text_of(n.next_target()),
        plan=words.plan(row["next_target_plan"], row["next_target_act"]),
        ahead=True,
    )


def two_plans_chart(review: Review, rows: pd.DataFrame, provenance: str) -> list[Block]:
    """Slopes: baseline, target, result and the next target of each indicator that is known by where a period ends; of
    more than a page holds those with the largest step ahead. ``rows``: main rows of ``Review.results()``."""
    known = review.catalogue.indicators
    stock = rows["indicator_code"].map(lambda code: known[code].five_year_rule == "end_value").astype(bool)
    numbers = rows[["target", "last", "next_target"]].notna().all(axis="columns")
    rows = rows[stock & numbers & rows["target_upper"].isna() & rows["next_target_upper"].isna()]
    if rows.empty:
        return []
    signs = rows["indicator_code"].map(lambda code: sign_of(known[code]))
    paced = rows[["required_pace", "achieved_pace"]].notna().all(axis="columns") & (signs != 0)
    faster = int((signs * (rows["required_pace"] - rows["achieved_pace"]) > 0)[paced].sum())
    drawn = focus.largest_steps(rows, _PANELS)
    cycle = review.cycle
    first, second = periods.short(cycle.review_period), cycle.plan_last
    finding = f"{review.unit.name}: mục tiêu của hai kỳ kế hoạch và kết quả {first}"
    if paced.any():
        finding = (
            f"{review.unit.name}: {faster}/{int(paced.sum())} mục tiêu {second} đòi hỏi mỗi năm nhiều hơn mức đã làm "
            f"được {first}"
        )
    subtitle = (
        f"Từ {cycle.baseline_year} đến kết quả và mục tiêu {cycle.review_last}, rồi đến mục tiêu {second}; mỗi ô một "
        "thang đo"
    )
    if len(drawn) < len(rows):
        subtitle += f". Vẽ {len(drawn)} trong {len(rows)} chỉ tiêu, thay đổi cần có lớn nhất"
    slopes = [_slope(review, row) for row in drawn.to_dict("records")]
    years = (cycle.baseline_year, cycle.review_last, cycle.plan_last)
    svg = slope_chart(finding, subtitle, slopes, years, simulated=provenance == "simulated")
    alt = "; ".join(
        f"{s.label} ({s.unit}): {years[0]} {s.start_text or '–'}, mục tiêu {years[1]} {s.target_text}, kết quả "
        f"{s.result_text}, mục tiêu {years[2]} {s.ahead_text}"
        for s in slopes
    )
    return [Figure(finding, alt, svg, source_line(review, drawn), cells_of(review, drawn))]


def _slope(review: Review, row: dict) -> Slope:
    n = Numbers(review, row)
    start = value(row["baseline"])
    return Slope(
        label=row["indicator"],
        unit=row["unit"],
        digits=n.indicator.digits,
        direction=n.indicator.direction,
        start=start,
        target=value(row["target"]),
        result=value(row["last"]),
        ahead=value(row["next_target"]),
        start_text="" if start is None else text_of(n.baseline()),
        target_text=text_of(n.target()),
        result_text=text_of(n.last()),
        ahead_text=text_of(n.next_target()),
        estimate=row["last_kind"] == "estimate",
        breaks=breaks_of(review, row["indicator_code"]),
    )
