"""Notebook 03: what was achieved, what was missed, why, and what is not known, in the order of a plan document."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Note, Paragraph, Part
from planreview.catalogue import periods, texts
from planreview.narrative import chart_blocks, commentary, first_screen, focus, own, said, tokens, trends, why, words
from planreview.narrative.cause_charts import cause_charts
from planreview.narrative.judged import anything_missed, as_weighed, judged, missed
from planreview.narrative.numbers import Numbers
from planreview.narrative.results import main_rows, part, part_heading
from planreview.narrative.shortfall_charts import shortfall_charts
from planreview.review import Review

_NOBODY_WROTE = Paragraph("Chưa có ý kiến nào được gửi về mục này.")


def title(review: Review) -> list[Block]:
    """The page's heading."""
    period = periods.short(review.cycle.review_period)
    return [Heading(f"{review.unit.name}: đánh giá thực hiện kế hoạch {period}", 1)]


def overview(review: Review) -> list[Block]:
    """How did we do, where not, why, what now: the first screen."""
    return [*first_screen.answers(review), *own.summary(review), *first_screen.note(review)]


def context(review: Review) -> list[Block]:
    """Advantages and difficulties in the unit's own words, and what people write of them."""
    blocks: list[Block] = []
    for topic, name in (("advantage", "Thuận lợi"), ("difficulty", "Khó khăn, vướng mắc")):
        blocks += [Heading(name, 3), *(said.general(review, topic) or [_NOBODY_WROTE])]
    return [*blocks, *commentary.section(review, "boi-canh")]


def by_field(review: Review) -> list[Block]:
    """Field by field how the indicators came out, and a sentence or two on each; of more than a page holds on those
    that missed their target by most. The others stand under IV."""
    blocks: list[Block] = []
    beside = review.yardsticks()
    for provenance in as_weighed(review):
        rows = main_rows(review, provenance)
        blocks += part_heading(review, provenance)
        of_all = judged(review, provenance)
        whose = words.same_plan(zip(of_all["target_plan"], of_all["target_act"], strict=True))
        if whose:
            blocks.append(Note(f"Mục tiêu nêu dưới đây là của: {words.lower_first(whose)}."))
        unjudged: list[str] = []
        for field in dict.fromkeys(rows["field"]):
            of_field = rows[rows["field"] == field]
            found = of_field[of_field["status"].isin(words.JUDGED)]
            if found.empty:
                unjudged.append(f"{words.lower_first(field)} ({len(of_field)} chỉ tiêu)")
                continue
            blocks.append(Heading(texts.sentence(field), 4 if len(review.provenances()) > 1 else 3))
            blocks += _of_field(review, of_field, found, provenance, beside, whose=not whose)
        if unjudged:
            blocks.append(Note(f"Lĩnh vực chưa đánh giá được chỉ tiêu nào: {', '.join(unjudged)}."))
    return [*blocks, *commentary.section(review, "linh-vuc")]


def _of_field(
    review: Review, rows: pd.DataFrame, found: pd.DataFrame, provenance: str, beside: pd.DataFrame, *, whose: bool
) -> list[Block]:
    blocks: list[Block] = []
    told = found
    if not focus.few(found):
        bad = found[found["status"].map(words.TONES) == "bad"]
        told = focus.furthest(bad, focus.NAMED)
        which = f" Dưới đây là {len(told)} chỉ tiêu cách mục tiêu xa nhất." if len(told) else ""
        counts = words.counted(list(found["status"]))
        blocks.append(Paragraph(f"Đánh giá được {len(found)} chỉ tiêu: {counts}.{which}"))
    for row in told.to_dict("records"):
        blocks.append(Paragraph([*sentence(review, row, whose=whose), *_moved(review, row, provenance, beside)]))
    rest = len(rows) - len(found)
    if rest:
        blocks.append(Note(f"{rest} chỉ tiêu khác chưa đánh giá được; lý do ghi ở bảng chỉ tiêu."))
    return blocks


def _moved(review: Review, row: dict, provenance: str, beside: pd.DataFrame) -> list[Part]:
    told = trends.told(review, row, provenance, beside)
    return [" ", *told] if told else []


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
    """Indicators met or exceeded, by word; what the unit itself calls an achievement; what people write of it."""
    nothing = "Chưa có chỉ tiêu nào đủ căn cứ để ghi là thành tựu."
    return [
        *_listed(review, "good", nothing),
        *said.general(review, "achievement"),
        *commentary.section(review, "thanh-tuu"),
    ]


def shortcomings(review: Review) -> list[Block]:
    """Indicators missed or likely to be, by word; what the unit itself calls a shortcoming; what people write of it."""
    nothing = "Trong các chỉ tiêu đánh giá được, chưa thấy chỉ tiêu nào không đạt."
    return [
        *_listed(review, "bad", nothing),
        *(block for provenance in as_weighed(review) for block in shortfall_charts(review, provenance)),
        *said.general(review, "shortcoming"),
        *commentary.section(review, "han-che"),
    ]


def _listed(review: Review, tone: str, nothing: str) -> list[Block]:
    """``Vượt mục tiêu: A (29,5/≥ 26,5 giường); B (…)``: result and target in one token."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        rows = judged(review, provenance)
        several = len(review.provenances()) > 1
        of_kind = f" ({words.PROVENANCES[provenance]})" if several else ""
        for status in (s for s in words.JUDGED if words.TONES[s] == tone):
            found = rows[rows["status"] == status]
            if found.empty:
                continue
            lead = f"{texts.sentence(status)}{of_kind}"
            if focus.few(found):
                blocks.append(Finding([f"{lead}, kết quả/mục tiêu: ", *tokens.of(review, found), "."], tone))
                continue
            most = "hơn mục tiêu nhiều nhất" if tone == "good" else "cách mục tiêu xa nhất"
            which = f"mỗi lĩnh vực nêu {focus.NAMED} chỉ tiêu {most} (kết quả/mục tiêu)"
            blocks.append(Finding(f"{lead}: {len(found)} chỉ tiêu; {which}.", tone))
            for field in dict.fromkeys(found["field"]):
                of_field = found[found["field"] == field]
                first = focus.furthest(of_field, focus.NAMED)
                more = len(of_field) - len(first)
                rest = f"; và {more} chỉ tiêu khác ở bảng chỉ tiêu" if more else ""
                blocks.append(Paragraph([f"{texts.sentence(field)}: ", *tokens.of(review, first), f"{rest}."]))
    return blocks or [Paragraph(nothing)]


def causes(review: Review) -> list[Block]:
    """Causes by axis and theme; what units say about each missed indicator, and of causes in general; what people
    write; "cần bổ sung" where nobody has said it."""
    blocks: list[Block] = []
    asked = []
    for provenance in as_weighed(review):
        bad = missed(review, provenance)
        asked += [(provenance, code) for code in bad["indicator_code"]]
        themes = [*why.themes(review, provenance), *cause_charts(review, provenance)]
        found = [*themes, *said.of_missed(review, bad, provenance)]
        blocks += part(review, provenance, found, level=4)
    blocks = blocks or [Paragraph("Chưa có chỉ tiêu nào đủ căn cứ để phải giải trình nguyên nhân.")]
    due = any(len(why.without_cause(review, missed(review, p), p)) for p in review.provenances())
    return [
        *blocks,
        *said.other_indicators(review, asked),
        *said.general(review, "cause"),
        *commentary.section(review, "nguyen-nhan", due=due),
    ]


def responsibility(review: Review) -> list[Block]:
    """Who answers for what was missed, in the unit's own words and those of people who write."""
    wrote = commentary.section(review, "trach-nhiem")
    due = anything_missed(review) and not wrote
    return [*said.general(review, "responsibility", due=due), *wrote] or [_NOBODY_WROTE]


def lessons(review: Review) -> list[Block]:
    """Lessons, solutions and requests, in the unit's own words and those of people who write."""
    wrote = commentary.section(review, "bai-hoc")
    due = anything_missed(review) and not wrote
    blocks = [b for topic in ("lesson", "solution") for b in said.general(review, topic, due=due)]
    return [*blocks, *said.general(review, "note"), *wrote] or [_NOBODY_WROTE]


def courses(review: Review) -> list[Block]:
    """The course of each judged indicator over the years, with the targets of both plans; of more than a page holds
    those that did not reach theirs, the furthest from it first."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        rows = judged(review, provenance)
        if focus.few(rows):
            for row in rows.to_dict("records"):
                blocks += chart_blocks.path_chart(review, row, provenance)
            continue
        bad = missed(review, provenance)
        charts: list[Block] = []
        for row in focus.furthest(bad, len(bad)).to_dict("records"):
            charts += chart_blocks.path_chart(review, row, provenance)
            if len(charts) == focus.A_PAGE:
                break
        if charts:
            which = f"Vẽ {len(charts)} trong {len(bad)} chỉ tiêu chưa tới mục tiêu, cách mục tiêu xa nhất đứng trước"
            blocks += [Paragraph(f"{which} (không vẽ chỉ tiêu tính tổng cả kỳ)."), *charts]
    return blocks or [Paragraph("Chưa có chỉ tiêu nào có số liệu của từ hai năm trở lên để vẽ diễn biến.")]


def unknown(review: Review) -> list[Block]:
    """What this assessment cannot say: indicators with a target but no result, by name."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        rows, missing = main_rows(review, provenance), []
        for status, lead in (
            ("thiếu số liệu", "Có mục tiêu nhưng thiếu số liệu kết quả"),
            ("không đánh giá được", "Có mục tiêu nhưng không so sánh được"),
        ):
            names = list(rows[rows["status"] == status]["indicator"])
            if names:
                missing.append(Paragraph(f"{lead} ({len(names)} chỉ tiêu): {focus.names(names)}."))
        without = int((rows["status"] == "chưa có mục tiêu").sum())
        if without:
            missing.append(
                Paragraph(f"Bộ số liệu chưa có mục tiêu công bố cho kỳ này: {without} chỉ tiêu (xem bảng chỉ tiêu).")
            )
        blocks += part(review, provenance, missing)
    return blocks or [Paragraph("Mọi chỉ tiêu đều đánh giá được.")]
