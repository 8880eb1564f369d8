"""Notebook 07: two pages for the chair – how did we do, where not, why, what now. Short, or it is not read."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Note, Paragraph, Part, Parts, Table
from planreview.catalogue import periods, texts
from planreview.narrative import chart_blocks, commentary, first_screen, focus, lessons, tokens, trends, why, words
from planreview.narrative.ahead import faster, with_target
from planreview.narrative.judged import as_weighed, exceeded, judged, missed
from planreview.narrative.numbers import NONE, Numbers
from planreview.narrative.results import main_rows, part, part_heading
from planreview.narrative.sources import sources_of
from planreview.review import Review

_ROWS, _NAMED, _STEEP, _THEMES = 5, 3, 2, 2
_ROWS_OF_SEVERAL = 3  # where two kinds of numbers share the two pages
_BARS = 5  # that leave room for the rest on two sheets of paper
_DRAWN = 3  # indicators, of fewer a sentence says as much as a chart


def title(review: Review) -> list[Block]:
    """The page's heading."""
    period = periods.short(review.cycle.review_period)
    return [Heading(f"{review.unit.name}: tóm tắt kết quả {period} cho lãnh đạo", 1)]


def in_short(review: Review) -> list[Block]:
    """The first screen: one sentence on how it came out, one on what is missing, the director's own words."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        kind = f" ({words.PROVENANCES[provenance]})" if len(review.provenances()) > 1 else ""
        blocks += first_screen.how(main_rows(review, provenance), judged(review, provenance), kind=kind)
    blocks = blocks or first_screen.no_numbers(review)
    return [*blocks, *first_screen.unread(review), *commentary.section(review, "lanh-dao"), *first_screen.note(review)]


def how(review: Review) -> list[Block]:
    """One chart of how the indicators came out, and what went best."""
    blocks: list[Block] = []
    for provenance in _shown(review):
        rows, said = judged(review, provenance), []
        if len(rows) >= _DRAWN:
            (chart,) = chart_blocks.overall_chart(review, rows, provenance, most=_BARS)
            said.append(replace(chart, source=_source(review, rows)))
        best = focus.furthest(exceeded(rows)[lambda r: r["deviation"].notna()], _NAMED)
        if len(best):
            said.append(
                Finding(["Hơn mục tiêu nhiều nhất (kết quả/mục tiêu): ", *tokens.of(review, best), "."], "good")
            )
        blocks += part(review, provenance, said)
    if not blocks and _shown(review):
        return [Paragraph("Không có chỉ tiêu nào hơn mục tiêu trong số đánh giá được.")]
    return blocks or [Paragraph(_nothing(review))]


def where_not(review: Review) -> list[Block]:
    """A small table of what is furthest from its target, with the cause that the unit states and the next target."""
    blocks: list[Block] = []
    most = _ROWS if len(_shown(review)) < 2 else _ROWS_OF_SEVERAL
    for provenance in _shown(review):
        bad = missed(review, provenance)
        if bad.empty:
            continue  # how it came out was said above
        blocks += part_heading(review, provenance)
        first = focus.furthest(bad, most)
        rest = len(bad) - len(first)
        more = f" Còn {rest} chỉ tiêu khác, ghi ở trang đánh giá." if rest else ""
        blocks.append(_table(review, first, provenance, more))
    if not blocks and _shown(review):
        return [Paragraph("Không có chỉ tiêu nào kém mục tiêu hoặc tiến độ trong số đánh giá được.")]
    return blocks or [Paragraph(_nothing(review))]


def _table(review: Review, rows: pd.DataFrame, provenance: str, more: str) -> Table:
    causes = why.hindered(review, provenance)
    year = review.cycle.plan_last
    return Table(
        caption=f"Chỉ tiêu cách mục tiêu xa nhất ({words.PROVENANCES[provenance]})",
        columns=("Chỉ tiêu", "Kết quả/mục tiêu", "Nguyên nhân do đơn vị nêu", f"Mục tiêu {year}"),
        rows=[_row(review, row, causes) for row in rows.to_dict("records")],
        align="lrlr",
        source=_source(review, rows),
        note=f"Nguyên nhân xếp nhóm theo từ trong lời đơn vị.{more}",
    )


def _source(review: Review, rows: pd.DataFrame) -> str:
    """The sources alone: up to when the numbers go is said once, above."""
    return f"Nguồn: {sources_of(review, rows, most=_NAMED)}"


def _row(review: Review, row: dict, causes: pd.DataFrame) -> list[Parts]:
    n = Numbers(review, row)
    unit = texts.with_unit("", row["unit"])
    return [
        row["indicator"],
        [*tokens.result_over_target(n), f"{unit}{tokens.whole_period(n)}"],
        lessons.themes_of(review, row["indicator_code"], causes, most=_THEMES) or [Badge("cần bổ sung", "bad")],
        [goal, unit] if (goal := n.next_target()) != NONE else NONE,
    ]


def reasons(review: Review) -> list[Block]:
    """The causes named most, by how many indicators, and of how many nobody named one."""
    blocks: list[Block] = []
    for provenance in _shown(review):
        bad = missed(review, provenance)
        if bad.empty:
            continue
        blocks += part_heading(review, provenance)
        blocks += first_screen.reasons(review, bad, provenance, lead="Theo lời")
    return blocks or [Paragraph("Chưa có chỉ tiêu nào phải giải trình nguyên nhân.")]


def what_now(review: Review) -> list[Block]:
    """What is to be done, a line each; then the targets ahead that ask for most."""
    blocks: list[Block] = []
    for provenance in _shown(review) or as_weighed(review):
        of_all = main_rows(review, provenance)
        tasks = first_screen.tasks(review, of_all, missed(review, provenance), provenance)
        steep = faster(with_target(review, provenance)).head(_STEEP)
        if not tasks and steep.empty:
            continue
        blocks += part_heading(review, provenance)
        blocks += [Paragraph(f"– {texts.sentence(task)}.") for task in tasks]
        if len(steep):
            blocks.append(Paragraph(_steep(review, steep)))
    return blocks or [Paragraph("Không có việc nào rút ra được từ số liệu hiện có.")]


def _steep(review: Review, rows: pd.DataFrame) -> list[Part]:
    cycle = review.cycle
    parts: list[Part] = []
    for row in rows.to_dict("records"):
        n = Numbers(review, row)
        parts += ["; " if parts else "", f"{row['indicator']}: cần ", trends.pace(n, "required_pace"), ", đã ",
                  trends.pace(n, "achieved_pace")]  # fmt: skip
    lead = f"Cần đẩy nhanh nhất để tới mục tiêu {cycle.plan_last}: "
    return [lead, *filter(None, parts), "."]


def _shown(review: Review) -> list[str]:
    """Provenances of which anything could be judged."""
    return [p for p in as_weighed(review) if not judged(review, p).empty]


def _nothing(review: Review) -> str:
    period = periods.words(review.cycle.review_period)
    return f"Chưa có chỉ tiêu nào có đủ mục tiêu và kết quả để đánh giá {period}."


def closing(review: Review) -> list[Block]:
    """Where the rest stands."""
    return [Note("Chi tiết, lời đơn vị và nguồn từng số: các trang khác của đơn vị.")]
