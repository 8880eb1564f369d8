"""Looking around: pick a unit, indicators and a year; chart, table and cells follow. Only for notebooks/explore.ipynb.

``view`` says what is shown, as blocks; ``Explorer`` puts widgets before it. Pages to hand on are made by the
other notebooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import ipywidgets
import pandas as pd

from planreview.blocks import Block, Heading, Note, Number, Paragraph, Parts, Raw, Table
from planreview.catalogue import periods, texts
from planreview.errors import PlanReviewError
from planreview.narrative import words
from planreview.narrative.chart_blocks import path_chart
from planreview.narrative.sources import source_line
from planreview.review import Review

KINDS = {"actual": "thực hiện", "estimate": "ước thực hiện", "target": "mục tiêu"}
_WIDE = ipywidgets.Layout(width="34em")


def indicators(review: Review) -> list[tuple[str, str]]:
    """(name with unit of measure, code) of the indicators that anything is known of, in the catalogue's order."""
    seen = set(review.figures()["indicator_code"])
    return [(f"{i.name} ({i.unit})", i.code) for i in review.catalogue.indicators.values() if i.code in seen]


def periods_of(review: Review, codes: Sequence[str]) -> list[tuple[str, str]]:
    """(as printed, period) of all that is known of the indicators, the latest first."""
    figures = review.figures()
    found = set(figures[figures["indicator_code"].isin(codes)]["period"])
    return [(periods.short(p), p) for p in sorted(found, key=lambda p: (periods.last_day(p), p), reverse=True)]


def view(review: Review, codes: Sequence[str], period: str = "") -> list[Block]:
    """Of each indicator its chart and a table of all figures, each provenance apart; with ``period`` also the cells
    that speak of it. What is not known is said."""
    blocks: list[Block] = []
    for code in codes:
        indicator = review.catalogue.indicators[code]
        blocks.append(Heading(f"{indicator.name} ({indicator.unit})", 3))
        figures = review.figures()
        figures = figures[figures["indicator_code"] == code]
        if figures.empty:
            blocks.append(Paragraph(f"Chưa có số liệu nào của {review.unit.name}."))
            continue
        for provenance in sorted(figures["provenance"].unique()):
            blocks += _charts(review, code, provenance)
            blocks.append(_table(review, figures[figures["provenance"] == provenance], provenance))
            if period:
                blocks.append(_cells(review, code, period, provenance))
    return blocks or [Note("Hãy chọn ít nhất một chỉ tiêu.")]


def _charts(review: Review, code: str, provenance: str) -> list[Block]:
    rows = review.results()
    rows = rows[(rows["indicator_code"] == code) & (rows["provenance"] == provenance) & rows["main"]]
    return [block for row in rows.to_dict("records") for block in path_chart(review, row, provenance)]


def _table(review: Review, figures: pd.DataFrame, provenance: str) -> Table:
    ordered = figures.assign(of=[periods.last_day(p) for p in figures["period"]])
    ordered = ordered.sort_values(["of", "period", "kind", "plan", "act"], kind="stable")
    return Table(
        caption=f"Mọi số liệu đã chọn ({words.PROVENANCES[provenance]})",
        columns=("Kỳ", "Loại", "Giá trị", "Của văn bản", "Số ô nêu"),
        rows=[_row(review, figure) for figure in ordered.to_dict("records")],
        align="clrlr",
        source=source_line(review, figures.assign(figures=figures["figure_id"])[["figures"]]),
    )


def _row(review: Review, figure: dict) -> list[Parts]:
    upper = None if pd.isna(figure["value_upper"]) else figure["value_upper"]
    value = None if pd.isna(figure["value"]) else figure["value"]
    text = texts.target(value, upper, figure["qualifier"], figure["digits"], figure["raw"])
    open_ = figure["selection_rule"] in ("tie", "contested")
    return [
        periods.short(figure["period"]),
        KINDS[figure["kind"]],
        "chưa chọn được" if open_ else [Number(text or "–", value, review.cells(figure["figure_id"]))],
        words.plan(figure["plan"], figure["act"]) if figure["plan"] else "",
        texts.number(figure["n_candidates"], 0),
    ]


def _cells(review: Review, code: str, period: str, provenance: str) -> Block:
    """Every cell of a provenance that speaks of an indicator and a period, the chosen ones marked."""
    found = review.candidates(code, period)
    found = found[found["provenance"] == provenance]
    if found.empty:
        return Note(f"Không có ô nào nêu số liệu {periods.words(period)} ({words.PROVENANCES[provenance]}).")
    rows: list[list[Parts]] = [
        [
            "✓" if row["chosen"] else "",
            KINDS[row["kind"]],
            [Raw(row["raw"])],
            [Raw(row["source_file"])],
            [Raw(row["sheet"])],
            [Raw(row["cell"])],
            row["corrections"] or row["source"],
        ]
        for row in found.to_dict("records")
    ]
    return Table(
        caption=f"Các ô nêu số liệu {periods.words(period)} ({words.PROVENANCES[provenance]})",
        columns=("Được chọn", "Loại", "Như đã gõ", "Tệp", "Trang tính", "Ô", "Ghi chú"),
        rows=rows,
        align="cllllll",
        source="Nguồn: các tệp nhận được",
    )


class Explorer:
    """Widgets and what they show: a change of any of them draws all again.

    ``box`` is what a notebook displays; ``shown`` the HTML of the blocks. A unit without tables, or one that cannot be
    opened, is said in words.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        units = [(f"{u.name} ({u.code})", u.code) for u in review.catalogue.units.values()]
        self.unit = ipywidgets.Dropdown(options=units, value=review.unit.code, description="Đơn vị", layout=_WIDE)
        self.indicators = ipywidgets.SelectMultiple(description="Chỉ tiêu", rows=10, layout=_WIDE)
        self.period = ipywidgets.Dropdown(description="Xem ô của kỳ", options=[("không", "")], layout=_WIDE)
        self.shown = ipywidgets.HTML()
        self.box = ipywidgets.VBox([self.unit, self.indicators, self.period, self.shown])
        self._busy = False
        self.unit.observe(lambda _: self._other_unit(), names="value")
        self.indicators.observe(lambda _: self._other_indicators(), names="value")
        self.period.observe(lambda _: self._draw(), names="value")
        self._other_unit()

    def _other_unit(self) -> None:
        """Another unit's indicators, of those picked the ones that it has."""
        picked = self.indicators.value
        if self.unit.value != self.review.unit.code:
            self.review = self.review.of(self.unit.value)
        try:
            known = indicators(self.review)
        except PlanReviewError as error:
            self.shown.value = f"<p>{escape(str(error))}</p>"
            return
        self._busy = True
        self.indicators.options = known
        codes = {code for _, code in known}
        kept = tuple(code for code in picked if code in codes)
        self.indicators.value = kept or tuple(code for _, code in known[:1])
        self._busy = False
        self._other_indicators()

    def _other_indicators(self) -> None:
        if self._busy:
            return
        self._busy, before = True, self.period.value
        found = periods_of(self.review, self.indicators.value)
        self.period.options = [("không", ""), *found]
        self.period.value = before if before in {period for _, period in found} else ""
        self._busy = False
        self._draw()

    def _draw(self) -> None:
        if not self._busy:
            blocks = view(self.review, self.indicators.value, self.period.value)
            self.shown.value = "".join(block.to_html() for block in blocks)
