"""Notebook 04: lessons from failures and from successes, each with its evidence, the cause that the unit states, and
what it means for the next plan's target."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Lesson, Note, Number, Paragraph, Part, Parts, Table
from planreview.catalogue import periods, texts
from planreview.evaluate.ambition import BELOW, BEST, BEYOND, IN_LINE, SLOWER, STRETCHING
from planreview.evaluate.continuity import CHANGED, ENDS
from planreview.evaluate.shortfall import AREA, CHANGE, ROUNDING
from planreview.narrative import commentary, first_screen, focus, said, tokens, trends, why, words
from planreview.narrative.assessment import sentence
from planreview.narrative.continuity import note
from planreview.narrative.judged import anything_missed, as_weighed, exceeded, judged, missed
from planreview.narrative.numbers import NONE, Numbers
from planreview.narrative.results import part_heading
from planreview.narrative.sources import source_line
from planreview.review import Review

_FAILURES, _SUCCESSES = 6, 4  # lessons that a reader takes in; the others stand in a table
_THEMES = 5  # of causes, named beside an indicator
_PARTS = 3  # of a whole, named beside its shortfall
_ENOUGH_CHANGED = 5  # numbers that changed between rounds: of fewer nothing is learnt
_MEANS = {
    BELOW: "mục tiêu mới đòi hỏi nhịp độ thấp hơn mức kỳ này đã làm được",
    IN_LINE: "mục tiêu mới cần nhịp độ như kỳ này",
    STRETCHING: "mục tiêu mới cần nhịp độ cao hơn kỳ này",
    BEYOND: "mục tiêu mới cần nhịp độ mà số liệu chưa từng có",
    SLOWER: "mục tiêu mới cho phép lùi, chậm hơn mức lùi của kỳ này",
    BEST: "mục tiêu mới là mức tốt nhất có thể",
}


def title(review: Review) -> list[Block]:
    """The page's heading."""
    cycle = review.cycle
    past, ahead = periods.short(cycle.review_period), periods.short(cycle.plan_period)
    return [Heading(f"{review.unit.name}: bài học {past} cho kế hoạch {ahead}", 1)]


def overview(review: Review) -> list[Block]:
    """The first screen."""
    return [*first_screen.answers(review), *in_short(review), *first_screen.note(review)]


def from_failures(review: Review) -> list[Block]:
    """A lesson for each indicator furthest from its target; the others that were missed in a table."""
    blocks: list[Block] = []
    beside = review.yardsticks()
    for provenance in as_weighed(review):
        bad = missed(review, provenance)
        if bad.empty:
            continue
        first = focus.furthest(bad, _FAILURES)
        blocks += part_heading(review, provenance)
        order = "cách mục tiêu xa nhất; các chỉ tiêu còn lại ở bảng cuối phần này"
        blocks.append(_which(len(first), len(bad), "chưa tới mục tiêu", order))
        blocks += _told(review, first, provenance, beside, failed=True)
        rest = bad[~bad.index.isin(first.index)]
        if len(rest):
            blocks.append(_others(review, rest, provenance))
    return blocks or [Paragraph("Chưa có chỉ tiêu nào không đạt đủ căn cứ để rút bài học.")]


def from_successes(review: Review) -> list[Block]:
    """A lesson for each indicator furthest beyond its target: what helped is worth as much as what hindered."""
    blocks: list[Block] = []
    beside = review.yardsticks()
    for provenance in as_weighed(review):
        good = exceeded(judged(review, provenance))
        if good.empty:
            continue
        told = {*why.helped(review, provenance)["indicator_code"]}
        # where the unit says what helped there is more to learn
        ordered = focus.furthest(good, len(good)).sort_values(
            "indicator_code", key=lambda codes: ~codes.isin(told), kind="stable"
        )
        first = ordered.head(_SUCCESSES)
        blocks += part_heading(review, provenance)
        blocks.append(
            _which(len(first), len(good), "hơn mục tiêu", "có lý do do đơn vị nêu, rồi hơn mục tiêu nhiều nhất")
        )
        blocks += _told(review, first, provenance, beside, failed=False)
    return blocks or [Paragraph("Chưa có chỉ tiêu nào hơn mục tiêu đủ căn cứ để rút bài học.")]


def _which(shown: int, every: int, what: str, order: str) -> Block:
    if shown == every:
        return Note(f"Có {every} chỉ tiêu {what}.")
    return Note(f"Dưới đây là {shown} trong {every} chỉ tiêu {what}: {order}.")


def _told(
    review: Review, rows: pd.DataFrame, provenance: str, beside: pd.DataFrame, *, failed: bool
) -> Iterator[Block]:
    """A lesson for each row under its name; whose the targets are is said once where they all are of one document."""
    whose = words.same_plan(zip(rows["target_plan"], rows["target_act"], strict=True))
    if whose:
        yield Note(f"Mục tiêu kỳ này nêu dưới đây là của: {words.lower_first(whose)}.")
    for row in rows.to_dict("records"):
        yield Heading(row["indicator"], 4)
        yield Lesson(
            what=sentence(review, row, whose=not whose)[1:],  # the heading above it names the indicator
            evidence=_evidence(review, row, provenance, beside),
            cause=_cause(review, row, provenance, failed=failed),
            meaning=meaning(review, row),
        )


def _evidence(review: Review, row: dict, provenance: str, beside: pd.DataFrame) -> Parts:
    told = trends.told(review, row, provenance, beside, _parts_of(review, row, provenance))
    return told or ["Chưa đủ số liệu các năm để nói diễn biến."]


def _parts_of(review: Review, row: dict, provenance: str) -> list[Part]:
    """``các phần góp nhiều nhất vào chênh lệch này (xã): Huyện A −5; …`` of a whole whose parts add up; [] elsewhere.
    Of one divided both by area and by component the first of the two."""
    data = review.contributions()
    same = ["indicator_code", "target_plan", "target_act"]
    mine = data[(data["provenance"] == provenance) & (data[same] == [row[c] for c in same]).all(axis="columns")]
    mine = mine[(mine["part"] != ROUNDING) & (mine["basis"] != CHANGE)]
    if row["deviation"] is None or mine.empty:
        return []
    mine = mine[mine["axis"] == mine["axis"].iloc[0]]
    against = mine[mine["contribution"] * row["deviation"] > 0]
    first = against.loc[against["contribution"].abs().sort_values(ascending=False, kind="stable").index[:_PARTS]]
    n = Numbers(review, row)
    named = review.catalogue.units if mine["axis"].iloc[0] == AREA else review.catalogue.indicators
    parts: list[Part] = []
    for part in first.to_dict("records"):
        text = texts.signed(part["contribution"], n.difference_digits)
        parts += [
            "; " if parts else "",
            f"{named[part['part']].name} ",
            Number(text, part["contribution"], review.cells(part["figures"])),
        ]
    if not parts:
        return []
    return [f"các phần góp nhiều nhất vào chênh lệch này ({n.indicator.unit}): ", *filter(None, parts)]


def _cause(review: Review, row: dict, provenance: str, *, failed: bool) -> Parts:
    """In the unit's own words, with axis and place; then what people wrote in commentary."""
    code = row["indicator_code"]
    own = why.quoted(review, code, provenance) if failed else _what_helped(review, code, provenance)
    people = commentary.about(review, code)
    if failed and not own and code not in commentary.told(review):  # what is written names a shortcoming alone
        own = [Badge("cần bổ sung", "bad"), f" chưa ai nêu nguyên nhân{'' if people else '.'}"]
    parts = [*own, *(["; " if own else "", *people] if people else [])]
    if parts:
        return [p for p in parts if p]
    return [Badge("cần bổ sung", "open"), " chưa ai nêu nhờ đâu mà đạt được."]


def _what_helped(review: Review, code: str, provenance: str) -> list[Part]:
    """Texts with words of the vocabulary's helping side, else any cause or achievement that the unit states."""
    found = why.quoted(review, code, provenance, ("cause", "achievement", "advantage"))
    data = why.helped(review, provenance)
    themes = [t for t in data[data["indicator_code"] == code]["theme"].unique() if t]
    return [*found, f" – {', '.join(themes)}"] if found and themes else found


def meaning(review: Review, row: dict) -> Parts:
    """What the result means for the next plan: its target, the pace that it needs beside the one achieved, and whose
    target it is."""
    n, cycle = Numbers(review, row), review.cycle
    ahead = periods.short(cycle.plan_period)
    state = row["continuity"].partition(":")[0]
    if state == CHANGED:
        return [f"{note(review, row['continuity'])}. Hai kỳ không so trực tiếp: không chuyển thẳng bài học."]
    if not row["next_target_figure"]:
        reason = " (chỉ tiêu có mục tiêu kỳ này, chưa có mục tiêu kỳ sau)" if state == ENDS else ""
        return [f"Bộ số liệu chưa có mục tiêu {ahead} cho chỉ tiêu này{reason}: cần quyết định giữ hay thôi."]
    whose = words.plan(row["next_target_plan"], row["next_target_act"])
    goal: list[Part] = [
        f"Mục tiêu {periods.words(row['next_target_period'])}: ",
        n.next_target(unit=True),
        f" ({whose})",
    ]
    need, done = trends.pace(n, "required_pace"), trends.pace(n, "achieved_pace")
    if need == NONE:
        if n.indicator.measure in ("growth", "index"):
            return [*goal, "; kỳ này ", n.result(unit=True), "."]
        return [*goal, f"; chưa tính được nhịp độ cần có: thiếu số năm {cycle.review_last} hoặc mục tiêu là lời."]
    said_ = [*goal, "; cần ", need]
    if done == NONE:
        return [*said_, "; chưa có số năm gốc để biết kỳ này đã làm được bao nhiêu."]
    means = f": {_MEANS[row['ambition']]}" if row["ambition"] in _MEANS else ""
    return [*said_, ", kỳ này đã ", done, f"{means}."]


def _pace_then_and_now(n: Numbers) -> Parts:
    done, need = (trends.pace(n, column) for column in ("achieved_pace", "required_pace"))
    return [NONE] if done == NONE and need == NONE else [done, " → ", need]


def themes_of(review: Review, code: str, causes: pd.DataFrame, most: int = _THEMES) -> str:
    """The themes of what units say of an indicator (``causes``: ``why.hindered``); that people wrote of it; '' where
    nobody did."""
    mine = causes[causes["indicator_code"] == code]
    named = list(mine[mine["words"] != ""]["theme"].unique())
    if named:
        more = f" và {len(named) - most} nguyên nhân khác" if len(named) > most else ""
        return f"{', '.join(named[:most])}{more}"
    if len(mine):
        return "có nêu, chưa xếp nhóm"
    return "nhận định của người viết" if code in commentary.told(review) else ""


def _others(review: Review, rows: pd.DataFrame, provenance: str) -> Table:
    """The rest of what was missed: result, what the unit says of it, next target."""
    past, ahead = periods.short(review.cycle.review_period), review.cycle.plan_last
    causes = why.hindered(review, provenance)
    lines = []
    for row in rows.to_dict("records"):
        n = Numbers(review, row)
        cause = themes_of(review, row["indicator_code"], causes)
        lines.append(
            [
                row["indicator"],
                row["unit"],
                [*tokens.result_over_target(n), tokens.whole_period(n)],
                cause or [Badge("cần bổ sung", "bad")],
                [n.next_target()],
                _pace_then_and_now(n),
            ]
        )
    return Table(
        caption=f"Các chỉ tiêu khác chưa tới mục tiêu {past} ({words.PROVENANCES[provenance]})",
        columns=("Chỉ tiêu", "Đơn vị tính", "Kết quả/mục tiêu", "Nguyên nhân do đơn vị nêu", f"Mục tiêu {ahead}",
                 "Nhịp độ đã làm → cần có"),
        rows=lines,
        align="llrlrl",
        source=source_line(review, rows),
        note="Nguyên nhân: tên nhóm xếp theo từ trong lời đơn vị; lời nguyên văn ở trang đánh giá.",
    )  # fmt: skip


def from_estimates(review: Review) -> list[Block]:
    """What the changes between rounds teach of estimates: how often the earlier number looked better."""
    blocks: list[Block] = []
    bias = review.revision_bias("from_kind")
    for row in bias[(bias["from_kind"] == "estimate") & (bias["n_changed"] >= _ENOUGH_CHANGED)].to_dict("records"):
        rosy = round(row["share_rosy"] * row["n_changed"])
        changed, every = (texts.number(row[c], 0) for c in ("n_changed", "n"))
        kind = words.PROVENANCES[row["provenance"]]
        blocks.append(
            Lesson(
                what=f"{changed} trong {every} số ước đã đổi khi gửi lại hoặc có số thực hiện ({kind}).",
                evidence=f"Trong số đã đổi, {texts.number(rosy, 0)} số ước lúc đầu tốt hơn số sau.",
                cause="Biểu không hỏi nguyên nhân số ước thay đổi.",
                meaning="Kết luận rút từ số ước có thể đổi khi có số thực hiện; nhịp độ cần có của kỳ sau tính từ số "
                f"ước năm {review.cycle.review_last} phải tính lại khi đó.",
            )
        )
    return blocks or [Paragraph("Chưa đủ số đã đổi giữa các đợt để rút bài học về số ước.")]


def stated(review: Review) -> list[Block]:
    """Lessons that the unit itself states, and what people write; "cần bổ sung" where both are lacking and due."""
    wrote = commentary.section(review, "bai-hoc")
    due = anything_missed(review) and not wrote
    return [*said.general(review, "lesson", due=due), *wrote] or [
        Paragraph("Chưa có bài học nào do đơn vị hoặc người viết nêu.")
    ]


def in_short(review: Review) -> list[Block]:
    """How many lessons there are, and how many wait for a cause."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        bad, good = missed(review, provenance), exceeded(judged(review, provenance))
        if bad.empty and good.empty:
            continue
        unsaid = len(why.without_cause(review, bad, provenance))
        lacking: list[Part] = (
            [" ", Badge("cần bổ sung", "bad"), f" nguyên nhân của {unsaid} chỉ tiêu."] if unsaid else []
        )
        kind = words.PROVENANCES[provenance]
        lead = (
            f"Căn cứ để rút bài học ({kind}): {len(bad)} chỉ tiêu chưa tới mục tiêu, {len(good)} chỉ tiêu hơn mục tiêu."
        )
        blocks.append(Finding([lead, *lacking], "open"))
    return blocks
