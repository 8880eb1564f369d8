"""Rows of bullet charts: result and target, what earlier rounds said, and an adjusted target's first value."""

from __future__ import annotations

import pandas as pd

from planreview.catalogue import periods, texts
from planreview.charts import BulletRow, Earlier
from planreview.narrative import words
from planreview.narrative.chart_parts import text_of, value
from planreview.narrative.numbers import Numbers, shown_digits
from planreview.review import Review

_MOST = 2  # earlier rounds that a row shows, the latest ones


def bullet(review: Review, row: dict) -> BulletRow:
    """``row``: of ``Review.results()``."""
    n = Numbers(review, row)
    first = _original(review, row)
    return BulletRow(
        label=row["indicator"],
        unit=row["unit"],
        digits=n.indicator.digits,
        result=value(row["result"]),
        result_text=text_of(n.result()),
        result_note=n.chart_note(),
        provisional=row["result_kind"] == "estimate",
        target=value(row["target"]),
        target_upper=value(row["target_upper"]),
        target_text=text_of(n.target()),
        direction=n.indicator.direction,
        tone=words.TONES.get(row["status"], "none"),
        status=row["status"],
        baseline=value(row["baseline"]),
        baseline_text=f"{review.cycle.baseline_year}: {text_of(n.baseline())}",
        original=None if first is None else value(first["target"]),
        original_text="" if first is None else f"mục tiêu ban đầu: {text_of(Numbers(review, first).target())}",
        earlier=_earlier(review, row, n),
    )


def _original(review: Review, row: dict) -> dict | None:
    """The row of the same plan's first target, where a later act adjusted it."""
    data = review.results()
    keys = ("provenance", "indicator_code", "target_plan", "target_period")
    for key in keys:
        data = data[data[key] == row[key]]
    dated = [(periods.act_date(act), act) for act in data["target_act"]]
    mine = periods.act_date(row["target_act"])
    before = [pair for pair in dated if pair[0] != (0, 0, 0) and pair[0] < mine]
    if not before:
        return None
    found = data[data["target_act"] == min(before)[1]].iloc[0].to_dict()
    return None if value(found["target"]) is None else found


def _earlier(review: Review, row: dict, n: Numbers) -> list[Earlier]:
    """What the same unit said of the same result in earlier rounds, where it ever said otherwise."""
    if not row["result_figures"] or ";" in row["result_figures"]:
        return []
    figure = review.figure_row(row["result_figures"])
    data = review.revisions()
    for column, wanted in (
        ("provenance", row["provenance"]), ("indicator_code", row["indicator_code"]),
        ("period", row["result_period"]), ("unit_code", figure["unit_code"]),
    ):  # fmt: skip
        data = data[data[column] == wanted]
    order = review.catalogue.rounds_until(figure["round"])
    data = data[data["from_round"].isin(order[:-1])].drop_duplicates("from_round", keep="last")
    data = data.iloc[pd.Series([order.index(r) for r in data["from_round"]], dtype=int).argsort()][-_MOST:]
    if (data["from_value"] == figure["value"]).all():
        return []
    return [
        Earlier(found["from_value"], f"{_kind(found)} {_when(review, found['from_round'])}: {_text(found, figure, n)}")
        for found in data.to_dict("records")
    ]


def _kind(found: dict) -> str:
    return "ước" if found["from_kind"] == "estimate" else "số"


def _when(review: Review, code: str) -> str:
    """``6/2020``: the month of the round's deadline."""
    deadline = review.catalogue.round(code).deadline
    return f"{deadline.month}/{deadline.year}"


def _text(found: dict, figure: dict, n: Numbers) -> str:
    value = found["from_value"]
    return texts.number(value, max(n.indicator.digits, shown_digits(value, figure["digits"], n.indicator)))
