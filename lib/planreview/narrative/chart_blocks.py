"""Charts of the results, each with its finding, its words for those who cannot see it, and its source."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure, Number, Part
from planreview.catalogue import periods, texts
from planreview.charts import AheadRow, Tally, bullet_chart, tally_chart
from planreview.charts import ahead_chart as draw_ahead
from planreview.evaluate.ambition import BEYOND, STRETCHING
from planreview.narrative import focus, words
from planreview.narrative.bullet_rows import bullet
from planreview.narrative.chart_parts import text_of, value
from planreview.narrative.course_charts import path_chart, two_plans_chart
from planreview.narrative.numbers import NONE, Numbers
from planreview.narrative.sources import cells_of, source_line
from planreview.review import Review

__all__ = ["ahead_chart", "attainment_chart", "overall_chart", "pace_text", "path_chart", "text_of", "two_plans_chart"]


def attainment_chart(review: Review, judged: pd.DataFrame, provenance: str) -> list[Block]:
    """Result against target for every judged indicator; of more than a page holds how many met it by field, and those
    furthest below it."""
    blocks = overall_chart(review, judged, provenance)
    missed = judged[judged["status"].map(words.TONES) == "bad"]
    if focus.few(judged) or missed.empty:
        return blocks
    shown = focus.furthest(missed)
    which = f"{len(missed)} chỉ tiêu chưa tới mục tiêu"
    if len(shown) < len(missed):
        which = f"{len(shown)} chỉ tiêu cách mục tiêu xa nhất trong {which}"
    return [*blocks, *_bullets(review, shown, f"{review.unit.name}: {which}", provenance)]


def overall_chart(review: Review, judged: pd.DataFrame, provenance: str, most: int = focus.A_PAGE) -> list[Block]:
    """Every judged indicator in one chart: result against target, or, of more than ``most``, how many met it."""
    said = words.counted(list(judged["status"]))
    finding = f"{review.unit.name}: {said} trong {len(judged)} chỉ tiêu đánh giá được"
    draw = _bullets if len(judged) <= most else _tally
    return draw(review, judged, finding, provenance)


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
    rows = [bullet(review, row) for row in judged.to_dict("records")]
    subtitle = (
        f"Kết quả (thanh) so với mục tiêu (vạch) {periods.short(review.cycle.review_period)}; mỗi dòng một thang đo"
    )
    if any(row.earlier for row in rows):
        subtitle += ". Vòng và chấm dưới thanh: số của các đợt trước"
    if any(row.original is not None for row in rows):
        subtitle += ". Vạch đứt: mục tiêu trước khi điều chỉnh"
    svg = bullet_chart(finding, subtitle, rows, simulated=provenance == "simulated")
    alt = "; ".join(
        ", ".join(
            [f"{r.label}: kết quả {r.result_text} {r.unit}, mục tiêu {r.target_text}, {r.status}"]
            + [text for text in (r.original_text, *(e.text for e in r.earlier)) if text]
        )
        for r in rows
    )
    return [Figure(finding, alt, svg, source_line(review, judged), cells_of(review, judged))]


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
        last=value(row["last"]),
        last_year=str(review.cycle.review_last),
        last_text=text_of(n.last()),
        last_estimate=row["last_kind"] == "estimate",
        target=value(row["next_target"]),
        target_upper=value(row["next_target_upper"]),
        target_text=text_of(n.next_target()),
        target_year=row["next_target_period"],
        direction=n.indicator.direction,
        change="" if change == NONE else change if change.endswith("/năm") else f"mỗi năm {change}",
    )


def pace_text(n: Numbers, column: str) -> list[Part]:
    """A yearly pace with its unit, signed; a dash where it is not defined."""
    pace = value(n.row[column])
    if pace is None:
        return [NONE]
    unit = "%/năm" if n.indicator.multiplicative else _yearly(n.indicator.unit)
    return [_pace(n, column, pace, unit)]


def short_pace(n: Numbers, column: str) -> list[Part]:
    """A yearly pace in a column that is said to be one: of a growth in percent, of anything else in the row's unit."""
    pace = value(n.row[column])
    return [NONE] if pace is None else [_pace(n, column, pace, "%" if n.indicator.multiplicative else "")]


def _pace(n: Numbers, column: str, pace: float, unit: str) -> Number:
    said = texts.signed(pace, max(1, n.indicator.digits))
    ids = ";".join(
        filter(
            None,
            (n.row["last_figure"], n.row["next_target_figure" if column == "required_pace" else "baseline_figure"]),
        )
    )
    return Number(texts.with_unit(said, unit) if unit else said, pace, n.review.cells(ids))


def _yearly(unit: str) -> str:
    return "điểm phần trăm" if unit.startswith("%") else unit
