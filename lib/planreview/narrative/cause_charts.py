"""Charts of the causes that units name: how often each theme, and whether anybody could have changed it."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Figure
from planreview.charts import CauseRow, cause_chart
from planreview.evaluate.causes import NO_THEME, OBJECTIVE, SUBJECTIVE
from planreview.narrative import focus, why, words
from planreview.review import Review

_AXES = (OBJECTIVE, SUBJECTIVE, "")
_AXIS_NAMES = (OBJECTIVE, SUBJECTIVE, "chưa rõ khách quan hay chủ quan")


def cause_charts(review: Review, provenance: str) -> list[Block]:
    """How often words about the unit's area name each theme (``why.hindered``), and in the province's report how often
    those of the units below do; [] where nobody wrote of causes. Simulated words stand only beside simulated numbers.
    """
    blocks: list[Block] = []
    mine = why.hindered(review, provenance)
    if len(mine):
        blocks.append(_chart(review, mine, f"{review.unit.name} nêu", provenance, by_unit=False))
    below = review.causes_below()
    below = below[why.alike(below, provenance)]
    if len(below):
        n, of = below["unit_code"].nunique(), len(review.areas_below)
        blocks.append(_chart(review, below, f"{n}/{of} đơn vị cấp dưới nêu", provenance, by_unit=True))
    return blocks


def _chart(review: Review, data: pd.DataFrame, who: str, provenance: str, *, by_unit: bool) -> Block:
    texts = len(data.drop_duplicates(["source_file", "sheet", "cell", "text"]))
    sizes = data.groupby("theme").size()
    themes = sorted(sizes.index, key=lambda theme: (theme == NO_THEME, -sizes[theme], theme))
    named = [theme for theme in themes if theme != NO_THEME]
    finding = f"{who} {texts} ý về nguyên nhân, khó khăn; chưa ý nào xếp được theo bộ từ"
    if named:
        finding = f"{who} nhiều nhất: {named[0]} ({sizes[named[0]]} trong {texts} ý về nguyên nhân, khó khăn)"
    rows = []
    for theme in themes[: focus.A_PAGE]:
        of = data[data["theme"] == theme]
        units = f" ({of['unit_code'].nunique()} đơn vị)" if by_unit else ""
        rows.append(CauseRow(f"{theme}{units}", [int((of["axis"] == axis).sum()) for axis in _AXES]))
    subtitle = (
        "Số ý nêu từng nhóm, xếp theo bộ từ khai báo; khách quan hay chủ quan theo tiêu đề của đơn vị, nếu không có "
        "thì theo bộ từ. Một ý có thể thuộc nhiều nhóm"
    )
    if len(rows) < len(themes):
        subtitle += f". Vẽ {len(rows)} trong {len(themes)} nhóm"
    svg = cause_chart(finding, subtitle, rows, _AXIS_NAMES, simulated=provenance == "simulated")
    alt = "; ".join(
        f"{row.label}: " + ", ".join(f"{n} {name}" for n, name in zip(row.counts, _AXIS_NAMES, strict=True) if n)
        for row in rows
    )
    rounds = [r for r in review.catalogue.rounds if r in set(data["round"])]
    when = ", ".join(words.lower_first(review.catalogue.round(r).title) for r in rounds)
    return Figure(finding, alt, svg, f"Nguồn: phần thuyết minh trong biểu của đơn vị, {when}")
