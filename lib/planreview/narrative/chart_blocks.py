"""Charts of the results, each with its finding, its words for those who cannot see it, and its source."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure, Number, Part
from planreview.catalogue import periods, texts
from planreview.charts import AheadRow, BulletRow, Course, PlanTarget, Point, Tally, bullet_chart, tally_chart
from planreview.charts import ahead_chart as draw_ahead
from planreview.charts import path_chart as draw_path
from planreview.evaluate.ambition import BEYOND, STRETCHING
from planreview.narrative import focus, words
from planreview.narrative.numbers import NONE, Numbers
from planreview.narrative.sources import cells_of, source_line
from planreview.review import Review


def attainment_chart(review: Review, judged: pd.DataFrame, provenance: str) -> list[Block]:
    """Result against target for every judged indicator; of more than a page holds how many met it by field, and those
    furthest below it."""
    said = words.counted(list(judged["status"]))
    finding = f"{review.unit.name}: {said} trong {len(judged)} chỉ tiêu đánh giá được"
    if focus.few(judged):
        return _bullets(review, judged, finding, provenance)
    missed = judged[judged["status"].map(words.TONES) == "bad"]
    blocks = _tally(review, judged, finding, provenance)
    if missed.empty:
        return blocks
    shown = focus.furthest(missed)
    which = f"{len(missed)} chỉ tiêu chưa tới mục tiêu"
    if len(shown) < len(missed):
        which = f"{len(shown)} chỉ tiêu cách mục tiêu xa nhất trong {which}"
    return [*blocks, *_bullets(review, shown, f"{review.unit.name}: {which}", provenance)]


def _tally(review: Review, judged: pd.DataFrame, finding: str, provenance: str) -> list[Block]:
    tones = judged["status"].map(words.TONES)
    names = {
        tone: ", ".join(s for s in words.JUDGED if words.TONES[s] == tone and (judged["status"] == s).any())
        for tone in ("good", "open", "bad")
    }
    names = {tone: said for tone, said in names.items() if said}
    rows = [
        Tally(texts.sentence(field), [(tone, int((tones[judged["field"] == field] == tone).sum())) for tone in names])
        for field in dict.fromkeys(judged["field"])
    ]
    svg = tally_chart(
        finding,
        f"Số chỉ tiêu đánh giá được theo lĩnh vực, {periods.short(review.cycle.review_period)}",
        rows,
        names,
        simulated=provenance == "simulated",
    )
    alt = "; ".join(
        f"{row.label}: " + ", ".join(f"{count} {names[tone]}" for tone, count in row.counts if count) for row in rows
    )
    return [Figure(finding, alt, svg, source_line(review, judged), cells_of(review, judged))]


def _bullets(review: Review, judged: pd.DataFrame, finding: str, provenance: str) -> list[Block]:
    rows = [_bullet(review, row) for row in judged.to_dict("records")]
    subtitle = (
        f"Kết quả (thanh) so với mục tiêu (vạch) {periods.short(review.cycle.review_period)}; mỗi dòng một thang đo"
    )
    svg = bullet_chart(finding, subtitle, rows, simulated=provenance == "simulated")
    alt = "; ".join(f"{r.label}: kết quả {r.result_text} {r.unit}, mục tiêu {r.target_text}, {r.status}" for r in rows)
    return [Figure(finding, alt, svg, source_line(review, judged), cells_of(review, judged))]


def _bullet(review: Review, row: dict) -> BulletRow:
    n = Numbers(review, row)
    return BulletRow(
        label=row["indicator"],
        unit=row["unit"],
        digits=n.indicator.digits,
        result=_value(row["result"]),
        result_text=text_of(n.result()),
        result_note=n.chart_note(),
        provisional=row["result_kind"] == "estimate",
        target=_value(row["target"]),
        target_upper=_value(row["target_upper"]),
        target_text=text_of(n.target()),
        direction=n.indicator.direction,
        tone=words.TONES.get(row["status"], "none"),
        status=row["status"],
        baseline=_value(row["baseline"]),
        baseline_text=f"{review.cycle.baseline_year}: {text_of(n.baseline())}",
    )


def ahead_chart(review: Review, rows: pd.DataFrame, provenance: str) -> list[Block]:
    """From the last result to the next plan's target; of more than a page holds those furthest from it that ask for
    more than the trend."""
    above = rows[rows["ambition"].isin((STRETCHING, BEYOND))]
    every, not_all = len(above), not focus.few(rows)
    if not focus.few(rows):
        if above.empty:
            return []
        rows = focus.largest_steps(above)
    drawn = [_ahead(review, row) for row in rows.to_dict("records")]
    if not drawn:
        return []
    cycle = review.cycle
    finding = f"{review.unit.name}: từ kết quả {cycle.review_last} đến mục tiêu {cycle.plan_last}"
    if not_all:
        finding = f"{review.unit.name}: {every} mục tiêu {cycle.plan_last} đòi hỏi cao hơn xu thế"
    subtitle = "Chấm rỗng là kết quả, hình thoi là mục tiêu; mỗi dòng một thang đo"
    if not_all and len(drawn) < every:
        subtitle += f". Vẽ {len(drawn)} mục tiêu cách kết quả xa nhất (tính theo % của kết quả)"
    svg = draw_ahead(finding, subtitle, drawn, simulated=provenance == "simulated")
    alt = "; ".join(
        f"{r.label}: {r.last_text} {r.unit} năm {r.last_year}, mục tiêu {r.target_text} năm {r.target_year}"
        for r in drawn
    )
    return [Figure(finding, alt, svg, source_line(review, rows), cells_of(review, rows))]


def _ahead(review: Review, row: dict) -> AheadRow:
    n = Numbers(review, row)
    change = text_of(pace_text(n, "required_pace")[0])
    return AheadRow(
        label=row["indicator"],
        unit=row["unit"],
        digits=n.indicator.digits,
        last=_value(row["last"]),
        last_year=str(review.cycle.review_last),
        last_text=text_of(n.last()),
        last_estimate=row["last_kind"] == "estimate",
        target=_value(row["next_target"]),
        target_upper=_value(row["next_target_upper"]),
        target_text=text_of(n.next_target()),
        target_year=row["next_target_period"],
        direction=n.indicator.direction,
        change="" if change == NONE else change if change.endswith("/năm") else f"mỗi năm {change}",
    )


def path_chart(review: Review, row: dict, provenance: str) -> list[Block]:
    """One indicator over the years with the targets of both plans; none where fewer than two years are known."""
    n = Numbers(review, row)
    if n.indicator.five_year_rule == "sum" and not periods.is_year(row["target_period"]):
        return []  # years drawn beside the sum of five would look like a failure
    figures = review.figures()
    mine = figures[(figures["indicator_code"] == row["indicator_code"]) & (figures["provenance"] == provenance)]
    exact = mine["value"].notna() & mine["qualifier"].isin(("", "~"))  # an end of a range is no point
    known = mine[(mine["kind"] != "target") & exact & mine["period"].map(periods.is_year)]
    # sorted by kind: an actual goes before an estimate
    best = known.sort_values("kind").drop_duplicates("period")
    best = best[best["period"].astype(int) >= review.cycle.baseline_year].sort_values("period")
    if len(best) < 2:
        return []
    points = [
        Point(int(f["period"]), f["value"], f["kind"] == "estimate", texts.number(f["value"], f["digits"]))
        for f in best.to_dict("records")
    ]
    goals = [g for g in (_goal(review, row, n), _next_goal(review, row, n)) if g]
    finding = f"{row['indicator']}: {row['status']} mục tiêu {periods.short(row['target_period'])}"
    svg = draw_path(
        finding,
        f"Kết quả qua các năm và mục tiêu của hai kỳ ({row['unit']})",
        Course(unit=row["unit"], digits=n.indicator.digits, points=points, targets=goals),
        simulated=provenance == "simulated",
    )
    said = "; ".join(f"năm {p.year}: {p.text}" for p in points)
    aims = "; ".join(f"mục tiêu {g.year}: {g.text}" for g in goals)
    cells = pd.DataFrame({"figures": [*best["figure_id"], row["target_figure"], row["next_target_figure"]]})
    alt = f"{row['indicator']} ({row['unit']}). {said}. {aims}."
    return [Figure(finding, alt, svg, source_line(review, cells), cells_of(review, cells))]


def _goal(review: Review, row: dict, n: Numbers) -> PlanTarget | None:
    baseline = _value(row["baseline"])
    several_years = not periods.is_year(row["target_period"])
    stock = n.indicator.five_year_rule == "end_value"  # a straight way means nothing for growth rates and sums
    return PlanTarget(
        first_year=review.cycle.review_first if several_years else None,
        year=review.cycle.review_last,
        value=_value(row["target"]),
        upper=_value(row["target_upper"]),
        text=text_of(n.target()),
        plan=words.plan(row["target_plan"], row["target_act"]),
        since=(review.cycle.baseline_year, baseline) if baseline is not None and stock else None,
    )


def _next_goal(review: Review, row: dict, n: Numbers) -> PlanTarget | None:
    if _value(row["next_target"]) is None:
        return None
    several_years = not periods.is_year(row["next_target_period"])
    return PlanTarget(
        first_year=review.cycle.plan_first if several_years else None,
        year=review.cycle.plan_last,
        value=row["next_target"],
        upper=_value(row["next_target_upper"]),
        text=text_of(n.next_target()),
        plan=words.plan(row["next_target_plan"], row["next_target_act"]),
        ahead=True,
    )


def pace_text(n: Numbers, column: str) -> list[Part]:
    """A yearly pace with its unit, signed; a dash where it is not defined."""
    pace = _value(n.row[column])
    if pace is None:
        return [NONE]
    unit = "%/năm" if n.indicator.multiplicative else _yearly(n.indicator.unit)
    digits = max(1, n.indicator.digits)
    joined = texts.with_unit(texts.signed(pace, digits), unit)
    ids = ";".join(
        filter(
            None,
            (n.row["last_figure"], n.row["next_target_figure" if column == "required_pace" else "baseline_figure"]),
        )
    )
    return [Number(joined, pace, n.review.cells(ids))]


def _yearly(unit: str) -> str:
    return "điểm phần trăm" if unit.startswith("%") else unit


def text_of(part: Part) -> str:
    return part if isinstance(part, str) else part.text


def _value(number: float | None) -> float | None:
    return None if number is None or pd.isna(number) else float(number)
