"""Notebook 02: does the next plan go on where this one ends?"""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Paragraph, Parts, Table
from planreview.catalogue import periods
from planreview.evaluate.continuity import BEGINS, CHANGED, ENDS, GOES_ON
from planreview.narrative import focus, words
from planreview.narrative.numbers import Numbers
from planreview.narrative.results import is_long, main_rows
from planreview.narrative.sources import source_line
from planreview.review import Review


def continuity_table(review: Review) -> list[Block]:
    """Indicators assessed that the next plan drops, new ones without a past, and changed definitions."""
    past, ahead = periods.short(review.cycle.review_period), periods.short(review.cycle.plan_period)
    headings = {
        ENDS: f"Có mục tiêu {past}, chưa có mục tiêu {ahead}",
        BEGINS: f"Có mục tiêu {ahead}, chưa có mục tiêu và kết quả {past}",
        CHANGED: "Hai kỳ dùng hai khái niệm, chuẩn hoặc giá khác nhau: không so trực tiếp",
    }
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        state = rows["continuity"].str.partition(":")[0]
        goes_on = int((state == GOES_ON).sum())
        parts = {s: rows[state == s] for s in headings}
        counted = [
            f"{len(found)} chỉ tiêu {words.lower_first(headings[s])}" for s, found in parts.items() if len(found)
        ]
        said = "; ".join(counted)
        if not (goes_on or counted):
            continue
        kind = f" ({words.PROVENANCES[provenance]})" if len(review.provenances()) > 1 else ""
        if len(parts[ENDS]) and (rows["next_target_figure"] == "").all():
            blocks.append(
                Paragraph(
                    f"{len(parts[ENDS])} chỉ tiêu có mục tiêu {past}, chưa chỉ tiêu nào có mục tiêu {ahead}{kind}."
                )
            )
            continue
        blocks.append(Paragraph(f"{goes_on} chỉ tiêu có ở cả hai kỳ{kind}{f'; {said}' if said else ''}."))
        shown = pd.concat(parts.values())
        if shown.empty or (is_long(review) and not focus.few(shown)):
            continue  # the indicator table shows which target is not there
        notes = [note(review, continuity) for continuity in shown["continuity"]]
        has_notes = any(notes)
        starts = dict(zip(headings, pd.Series([0, *map(len, parts.values())]).cumsum(), strict=False))
        blocks.append(
            Table(
                caption=f"Chỉ tiêu không nối tiếp giữa hai kỳ ({words.PROVENANCES[provenance]})",
                columns=("Chỉ tiêu", "Đơn vị", f"Mục tiêu {past}", f"Mục tiêu {ahead}", *["Ghi chú"] * has_notes),
                rows=[
                    [*_row(review, row), *[remark] * has_notes]
                    for row, remark in zip(shown.to_dict("records"), notes, strict=True)
                ],
                align="llrrl" if has_notes else "llrr",
                source=source_line(review, shown),
                groups={int(start): headings[s] for s, start in starts.items() if len(parts[s])},
            )
        )
    return blocks or [Paragraph("Chưa chỉ tiêu nào có mục tiêu của một trong hai kỳ.")]


def _row(review: Review, row: dict) -> list[Parts]:
    n = Numbers(review, row)
    return [row["indicator"], row["unit"], [n.target()], [n.next_target()]]


def note(review: Review, continuity: str) -> str:
    """Of a changed definition the indicators of the other plan, by name."""
    _, changed, rest = continuity.partition(f"{CHANGED}: ")
    if not changed:
        return ""
    when, _, codes = rest.partition(" dùng ")
    names = (review.catalogue.indicators[c].name for c in codes.split(", "))
    return f"{when.capitalize()} dùng: {'; '.join(names)}"
