"""Notebook 03: what was achieved, what was missed, why, and what is not known, in the order of a plan document."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Note, Paragraph, Part
from planreview.catalogue import periods, texts
from planreview.narrative import chart_blocks, focus, own, said, words
from planreview.narrative.numbers import Numbers
from planreview.narrative.results import coverage, main_rows, part_heading
from planreview.review import Review

_NOBODY_WROTE = Paragraph("Chưa có ý kiến nào được gửi về mục này.")


def title(review: Review) -> list[Block]:
    """The page's heading."""
    period = periods.short(review.cycle.review_period)
    return [Heading(f"{review.unit.name}: đánh giá thực hiện kế hoạch {period}", 1)]


def overview(review: Review) -> list[Block]:
    """How did we do, where not, what now: the first screen."""
    blocks = [*coverage(review), *own.summary(review)]
    for provenance in review.provenances():
        missed = _missed(review, provenance)
        if not missed.empty:
            blocks.append(Finding(_to_explain(missed), "bad"))
    return blocks


def _to_explain(missed: pd.DataFrame) -> str:
    if focus.few(missed):
        return f"Cần giải trình nguyên nhân và giải pháp: {'; '.join(missed['indicator'])}."
    first = "; ".join(focus.furthest(missed, focus.NAMED)["indicator"])
    return (
        f"Cần giải trình nguyên nhân và giải pháp của {len(missed)} chỉ tiêu (mục V), cách mục tiêu xa nhất: {first}."
    )


def _judged(review: Review, provenance: str) -> pd.DataFrame:
    rows = main_rows(review, provenance)
    return rows[rows["status"].isin(words.JUDGED)]


def by_field(review: Review) -> list[Block]:
    """A sentence for each judged indicator, field by field; of the others how many there are.

    Of more than a page holds only those that did not reach their target get one: the others stand under III.
    """
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        blocks += part_heading(review, provenance)
        of_all = rows[rows["status"].isin(words.JUDGED)]
        whose = words.same_plan(zip(of_all["target_plan"], of_all["target_act"], strict=True))
        if whose:
            blocks.append(Note(f"Mục tiêu nêu dưới đây là của: {words.lower_first(whose)}."))
        for field in dict.fromkeys(rows["field"]):
            of_field = rows[rows["field"] == field]
            judged = of_field[of_field["status"].isin(words.JUDGED)]
            blocks.append(Heading(texts.sentence(field), 4 if len(review.provenances()) > 1 else 3))
            told = judged
            if not focus.few(judged):
                blocks.append(
                    Paragraph(f"Đánh giá được {len(judged)} chỉ tiêu: {words.counted(list(judged['status']))}.")
                )
                told = judged[judged["status"].map(words.TONES) != "good"]
            blocks += [Paragraph(sentence(review, row, whose=not whose)) for row in told.to_dict("records")]
            rest = len(of_field) - len(judged)
            if rest:
                other = "khác " if len(judged) else ""
                blocks.append(Note(f"{rest} chỉ tiêu {other}chưa đánh giá được; lý do ghi ở bảng chỉ tiêu."))
    return blocks


def sentence(review: Review, row: dict, *, whose: bool = True) -> list[Part]:
    """``Số xã đạt chuẩn …: 49 xã (năm 2020), cao hơn 26 xã so với mục tiêu 23 xã (Kế hoạch 5 năm) – vượt.``

    ``whose``: whether to say whose target it is. Of an earlier year only the target is said beside it: how far it is
    from a target not yet due judges nothing.
    """
    n = Numbers(review, row)
    near = " (gần đạt)" if row["near"] else ""
    against = n.gap_in_words() if n.has_deviation else ["mục tiêu ", n.target(unit=True)]
    due = "" if row["target_period"] == row["result_period"] else f" cho {periods.words(row['target_period'])}"
    said_once = [words.plan(row["target_plan"], row["target_act"])] if whose else []
    lower = ["chỉ tiêu càng thấp càng tốt"] if n.indicator.direction == "down" else []
    hints = "; ".join([*said_once, *lower])
    return [
        f"{row['indicator']}: ",
        n.result(unit=True),
        f"{n.mark('result_figures')} ({n.result_period_words()}), ",
        *against,
        f"{due}{f' ({hints})' if hints else ''} – ",
        Badge(row["status"], words.TONES[row["status"]]),
        f"{near}.",
        *own.beside(review, row["result_figures"]),
    ]


def achievements(review: Review) -> list[Block]:
    """Indicators met or exceeded, by word; and what the unit itself calls an achievement."""
    nothing = "Chưa có chỉ tiêu nào đủ căn cứ để ghi là thành tựu."
    return [*_listed(review, "good", nothing), *said.general(review, "achievement", "advantage")]


def shortcomings(review: Review) -> list[Block]:
    """Indicators missed or likely to be, by word; and what the unit itself calls a shortcoming."""
    nothing = "Trong các chỉ tiêu đánh giá được, chưa thấy chỉ tiêu nào không đạt."
    return [*_listed(review, "bad", nothing), *said.general(review, "shortcoming", "difficulty")]


def _listed(review: Review, tone: str, nothing: str) -> list[Block]:
    """``Vượt mục tiêu: A (29,5/≥ 26,5 giường); B (…)``: result and target in one token."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = _judged(review, provenance)
        several = len(review.provenances()) > 1
        of_kind = f" ({words.PROVENANCES[provenance]})" if several else ""
        for status in (s for s in words.JUDGED if words.TONES[s] == tone):
            found = rows[rows["status"] == status]
            if found.empty:
                continue
            lead = f"{texts.sentence(status)}{of_kind}"
            if focus.few(found):
                blocks.append(Finding([f"{lead}, kết quả/mục tiêu: ", *_tokens(review, found), "."], tone))
                continue
            blocks.append(Finding(f"{lead}: {len(found)} chỉ tiêu, dưới đây là kết quả/mục tiêu.", tone))
            for field in dict.fromkeys(found["field"]):
                tokens = _tokens(review, found[found["field"] == field])
                blocks.append(Paragraph([f"{texts.sentence(field)}: ", *tokens, "."]))
    return blocks or [Paragraph(nothing)]


def _tokens(review: Review, rows: pd.DataFrame) -> list[Part]:
    """``A (29,5/≥ 26,5 giường); B (…)``."""
    parts: list[Part] = []
    for row in rows.to_dict("records"):
        n = Numbers(review, row)
        unit = texts.with_unit("", row["unit"])
        result, target = [n.result(), n.mark("result_figures")], [n.target(), n.mark("target_figure")]
        parts += [f"{'; ' if parts else ''}{row['indicator']} (", *result, "/", *target, f"{unit})"]
    return parts


def causes(review: Review) -> list[Block]:
    """What units say about each missed indicator, and of causes in general; "cần bổ sung" where nobody has said it."""
    blocks: list[Block] = []
    asked = []
    for provenance in review.provenances():
        missed = _missed(review, provenance)
        asked += [(provenance, code) for code in missed["indicator_code"]]
        found = said.of_missed(review, missed, provenance)
        blocks += [*(part_heading(review, provenance) if found else []), *found]
    blocks = blocks or [Paragraph("Chưa có chỉ tiêu nào đủ căn cứ để phải giải trình nguyên nhân.")]
    return [*blocks, *said.other_indicators(review, asked), *said.general(review, "cause")]


def responsibility(review: Review) -> list[Block]:
    """Who answers for what was missed, in the unit's own words."""
    return said.general(review, "responsibility", due=_anything_missed(review)) or [_NOBODY_WROTE]


def lessons(review: Review) -> list[Block]:
    """Lessons, solutions and requests, in the unit's own words."""
    due = _anything_missed(review)
    blocks = [b for topic in ("lesson", "solution") for b in said.general(review, topic, due=due)]
    return [*blocks, *said.general(review, "note")] or [_NOBODY_WROTE]


def _missed(review: Review, provenance: str) -> pd.DataFrame:
    rows = _judged(review, provenance)
    return rows[rows["status"].map(words.TONES) == "bad"]


def _anything_missed(review: Review) -> bool:
    return any(not _missed(review, provenance).empty for provenance in review.provenances())


def courses(review: Review) -> list[Block]:
    """The course of each judged indicator over the years, with the targets of both plans; of more than a page holds
    those that did not reach theirs, the furthest from it first."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = _judged(review, provenance)
        if focus.few(rows):
            for row in rows.to_dict("records"):
                blocks += chart_blocks.path_chart(review, row, provenance)
            continue
        missed = _missed(review, provenance)
        charts: list[Block] = []
        for row in focus.furthest(missed, len(missed)).to_dict("records"):
            charts += chart_blocks.path_chart(review, row, provenance)
            if len(charts) == focus.A_PAGE:
                break
        if charts:
            said = f"Vẽ {len(charts)} trong {len(missed)} chỉ tiêu chưa tới mục tiêu, cách mục tiêu xa nhất đứng trước"
            blocks += [Paragraph(f"{said} (không vẽ chỉ tiêu tính tổng cả kỳ)."), *charts]
    return blocks or [Paragraph("Chưa có chỉ tiêu nào có số liệu của từ hai năm trở lên để vẽ diễn biến.")]


def unknown(review: Review) -> list[Block]:
    """What this assessment cannot say: indicators with a target but no result, by name."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        blocks += part_heading(review, provenance)
        rows = main_rows(review, provenance)
        for status, lead in (
            ("thiếu số liệu", "Có mục tiêu nhưng thiếu số liệu kết quả"),
            ("không đánh giá được", "Có mục tiêu nhưng không so sánh được"),
        ):
            names = list(rows[rows["status"] == status]["indicator"])
            if names:
                blocks.append(Paragraph(f"{lead} ({len(names)} chỉ tiêu): {'; '.join(names)}."))
        without = int((rows["status"] == "chưa có mục tiêu").sum())
        if without:
            blocks.append(
                Paragraph(f"Bộ số liệu chưa có mục tiêu công bố cho kỳ này: {without} chỉ tiêu (xem bảng chỉ tiêu).")
            )
    return blocks or [Paragraph("Mọi chỉ tiêu đều đánh giá được.")]
