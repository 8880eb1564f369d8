"""Charts of where a shortfall came from: the parts of a whole, from its target to its result."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure
from planreview.catalogue import periods, texts
from planreview.charts import End, Step, waterfall_chart
from planreview.narrative import focus, words
from planreview.narrative.chart_parts import sign_of, text_of, without_common
from planreview.narrative.numbers import Numbers
from planreview.narrative.sources import cells_of, known_as, source_line
from planreview.review import Review

_MOST = 2  # charts of each axis that a page holds
_PARTS = focus.A_PAGE - 2  # parts that are named; the others are one row


def shortfall_charts(review: Review, provenance: str) -> list[Block]:
    """Waterfalls of the missed indicators whose parts add up (table ``contributions``), the furthest from their target
    first: from the target, or from the baseline where the parts have no targets of their own; [] where there are none.
    """
    data = review.contributions()
    data = data[data["provenance"] == provenance]
    main = review.results()
    main = main[(main["provenance"] == provenance) & main["main"]]
    missed = main[main["status"].map(words.TONES) == "bad"]
    ordered = focus.furthest(missed, len(missed)).to_dict("records")
    blocks: list[Block] = []
    for axis in ("area", "component"):
        of_axis = data[data["axis"] == axis]
        known = set(of_axis["indicator_code"])
        for row in [r for r in ordered if r["indicator_code"] in known][:_MOST]:
            of = of_axis[of_axis["indicator_code"] == row["indicator_code"]]
            of = of[(of["target_plan"] == row["target_plan"]) & (of["target_act"] == row["target_act"])]
            for basis in ("shortfall", "change"):
                parts = of[of["basis"] == basis]
                if len(parts):
                    blocks.append(_waterfall(review, row, parts, provenance))
                    break
    return blocks


def _waterfall(review: Review, row: dict, parts: pd.DataFrame, provenance: str) -> Block:
    n = Numbers(review, row)
    digits, sign = n.difference_digits, sign_of(n.indicator) or 1
    by_area, from_target = parts["axis"].iloc[0] == "area", parts["basis"].iloc[0] == "shortfall"
    rounding = float(parts[parts["part"] == ""]["contribution"].sum())
    parts = parts[parts["part"] != ""].assign(worth=sign * parts["contribution"]).sort_values("worth", kind="stable")
    parts = parts.assign(name=_names(review, list(parts["part"]), by_area=by_area))
    largest = parts["contribution"].abs().sort_values(ascending=False, kind="stable").index
    kept = set(largest if len(largest) <= _PARTS + 1 else largest[:_PARTS])
    shown, others = parts[parts.index.isin(kept)], parts[~parts.index.isin(kept)]
    steps = [
        Step(p["name"], p["contribution"], texts.signed(p["contribution"], digits), tone=_tone(p["worth"]))
        for p in shown.to_dict("records")
    ]
    if len(others):
        left = float(others["contribution"].sum())
        steps.append(Step(f"{len(others)} phần khác", left, texts.signed(left, digits), rest=True))
    if texts.number(abs(rounding), digits).strip("0,."):
        steps.append(Step("chênh do làm tròn", rounding, texts.signed(rounding, digits), rest=True))
    start = End(f"Mục tiêu {periods.short(row['target_period'])}", row["target"], text_of(n.target()))
    against = "".join(text_of(part) for part in n.gap_in_words())
    axis = "theo đơn vị" if by_area else "theo thành phần"
    what = "Chênh lệch của từng phần so với mục tiêu của phần đó"
    if not from_target:
        start = End(f"Năm {review.cycle.baseline_year}", row["baseline"], text_of(n.baseline()))
        what = f"Thay đổi của từng phần từ năm {review.cycle.baseline_year} (các phần không có mục tiêu cộng lại được)"
    finding = f"{row['indicator']}: {against}"
    if steps[0].tone == "bad":
        finding += (
            f"; phần hụt nhiều nhất: {steps[0].label} ({steps[0].text})"
            if from_target
            else (f"; phần đi ngược nhiều nhất: {steps[0].label} ({steps[0].text})")
        )
    svg = waterfall_chart(
        finding,
        f"{what}, {axis} ({row['unit']}); trục không bắt đầu từ 0",
        start,
        steps,
        End(f"Kết quả {n.result_period()}", row["result"], text_of(n.result())),
        simulated=provenance == "simulated",
    )
    alt = f"{start.label}: {start.text}, kết quả {text_of(n.result())} {row['unit']}; "
    alt += "; ".join(f"{s.label}: {s.text}" for s in steps)
    ends = [row["target_figure" if from_target else "baseline_figure"], row["result_figures"]]
    used = pd.DataFrame({"figures": [*shown["figures"], *ends]})
    return Figure(finding, alt, svg, _source(review, used, len(parts), by_area=by_area), cells_of(review, used))


def _names(review: Review, parts: list[str], *, by_area: bool) -> list[str]:
    if by_area:
        return [review.catalogue.units[part].name.removeprefix("Huyện ") for part in parts]
    return without_common([review.catalogue.indicators[part].name for part in parts])


def _tone(worth: float) -> str:
    return "good" if worth >= 0 else "bad"


def _source(review: Review, used: pd.DataFrame, n: int, *, by_area: bool) -> str:
    if not by_area:
        return source_line(review, used)
    return f"Nguồn: bảng kết quả của {n} đơn vị; số liệu đến {known_as(review)}"
