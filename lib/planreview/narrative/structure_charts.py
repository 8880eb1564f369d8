"""Charts of what a whole is made of: shares of 100 percent, before, after, and as planned."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure
from planreview.catalogue import periods
from planreview.charts import Stack, structure_chart
from planreview.narrative.chart_parts import text_of, value, without_common
from planreview.narrative.numbers import Numbers
from planreview.narrative.sources import cells_of, source_line
from planreview.review import Review

_ROOM = 100.5  # rounded shares may add up to a little more than 100
_PARTS = 8


def structure_charts(review: Review, provenance: str) -> list[Block]:
    """One chart for each indicator whose parts are shares of it, where two periods or more are known; [] where none
    are. Shares that add up to more than 100 are no structure and are left out."""
    main = review.results()
    main = main[(main["provenance"] == provenance) & main["main"]].set_index("indicator_code", drop=False)
    parts: dict[str, list[str]] = {}
    for indicator in review.catalogue.indicators.values():
        if indicator.parent and indicator.measure == "share" and indicator.unit == "%":
            parts.setdefault(indicator.parent, []).append(indicator.code)
    blocks: list[Block] = []
    for parent, codes in parts.items():
        rows = [main.loc[code].to_dict() for code in codes if code in main.index]
        if 2 <= len(rows) <= _PARTS:
            blocks += _structure(review, parent, rows, provenance)
    return blocks


def _structure(review: Review, parent: str, rows: list[dict], provenance: str) -> list[Block]:
    numbers = [Numbers(review, row) for row in rows]
    bars: list[tuple[str, list[float | None], list[str], bool]] = []
    for column, text, target in (
        ("baseline", Numbers.baseline, False), ("target", Numbers.target, True), ("result", Numbers.result, False),
        ("next_target", Numbers.next_target, True),
    ):  # fmt: skip
        shares = [None if _upper(row, column) else value(row[column]) for row in rows]
        when = {_period(review, row, column) for row, share in zip(rows, shares, strict=True) if share is not None}
        if len(when) == 1 and sum(s is not None for s in shares) >= 2 and sum(s or 0.0 for s in shares) <= _ROOM:
            bars.append((when.pop(), shares, [text_of(text(n)) for n in numbers], target))
    if len(bars) < 2:
        return []
    names = without_common([n.indicator.name for n in numbers])
    whole = review.catalogue.indicators[parent].name
    finding = _finding(whole, names, rows, bars)
    subtitle = "Tỷ trọng từng phần (%)" + ("; nét đứt là mục tiêu" if any(bar[3] for bar in bars) else "")
    stacks = [Stack(label, shares, shown, target) for label, shares, shown, target in bars]
    svg = structure_chart(finding, subtitle, names, stacks, simulated=provenance == "simulated")
    alt = "; ".join(f"{s.label}: {_said(names, s)}" for s in stacks)
    used = pd.DataFrame(rows)
    return [Figure(finding, alt, svg, source_line(review, used), cells_of(review, used))]


def _said(names: list[str], stack: Stack) -> str:
    both = zip(names, stack.texts, stack.shares, strict=True)
    return ", ".join(f"{name} {text}%" for name, text, share in both if share is not None)


def _upper(row: dict, column: str) -> bool:
    return value(row.get(f"{column}_upper")) is not None


def _period(review: Review, row: dict, column: str) -> str:
    match column:
        case "baseline":
            return periods.short(row["baseline_period"] or str(review.cycle.baseline_year))
        case "result":
            return periods.short(row["result_period"]) + (" (ước)" if row["result_kind"] == "estimate" else "")
        case "target":
            return f"Mục tiêu {periods.short(row['target_period'])}"
    return f"Mục tiêu {periods.short(row['next_target_period'])}"


def _finding(
    whole: str, names: list[str], rows: list[dict], bars: list[tuple[str, list[float | None], list[str], bool]]
) -> str:  # fmt: skip
    """The part that changed most between the first and the last known state, else the largest part."""
    bars = [(label.replace(" (ước)", ", ước"), *rest) for label, *rest in bars]  # they stand in brackets here
    known = [bar for bar in bars if not bar[3]]
    if len(known) < 2:
        label, shares, shown, _ = known[0] if known else bars[-1]
        top = max((i for i, s in enumerate(shares) if s is not None), key=lambda i: shares[i])
        return f"{whole}: {names[top]} có tỷ trọng lớn nhất, {shown[top]}% ({label})"
    first, last = known[0], known[-1]
    both = [i for i in range(len(rows)) if first[1][i] is not None and last[1][i] is not None]
    if not both:
        return f"{whole}: {first[0]} và {last[0]}"
    top = max(both, key=lambda i: abs(last[1][i] - first[1][i]))
    change = last[1][top] - first[1][top]
    before, after = f"{first[2][top]}% ({first[0]})", f"{last[2][top]}% ({last[0]})"
    way = f"tăng từ {before} lên {after}" if change > 0 else f"giảm từ {before} xuống {after}"
    return f"{whole}: {names[top]} {way if change else f'giữ ở {before}, {after}'}"
