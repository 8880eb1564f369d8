"""Notebook 03, II: the main indicators – counts, largest gains and gaps, turns, the province and the nation beside
them, and what changed between the rounds."""

from __future__ import annotations

import pandas as pd

from planreview import tables
from planreview.blocks import Block, Cell, Finding, Number, Paragraph, Part, Parts, Table
from planreview.catalogue import texts
from planreview.evaluate.panel import DIRECTIONS
from planreview.narrative import chart_blocks, commentary, focus, tokens, trends, words
from planreview.narrative.changes import since_last_round
from planreview.narrative.comparison_charts import comparison_charts
from planreview.narrative.judged import as_weighed, exceeded, judged, of_tone
from planreview.narrative.numbers import EXTRA_DIGITS, Numbers, shown_digits
from planreview.narrative.results import coverage, part_heading
from planreview.narrative.sources import known_as, source_line
from planreview.narrative.structure_charts import structure_charts
from planreview.review import Review


def section(review: Review) -> list[Block]:
    """All of section II."""
    blocks: list[Block] = coverage(review)
    beside = review.yardsticks()
    for provenance in as_weighed(review):
        rows = judged(review, provenance)
        if rows.empty:
            continue
        blocks += [
            *part_heading(review, provenance),
            *chart_blocks.attainment_chart(review, rows, provenance),
            *_extremes(review, rows),
            *_movement(rows, review),
            *_turns(review, rows, provenance),
            *_fell_behind(rows),
            *_elsewhere(review, rows, beside),
            *comparison_charts(review, provenance),
            *structure_charts(review, provenance),
        ]
    return [*blocks, *between_rounds(review), *commentary.section(review, "ket-qua")]


def _extremes(review: Review, rows: pd.DataFrame) -> list[Block]:
    """Largest gains and largest gaps, as a share of the target."""
    blocks: list[Block] = []
    for found, lead, tone in (
        (exceeded(rows), "Hơn mục tiêu nhiều nhất", "good"),
        (of_tone(rows, "bad"), "Kém mục tiêu nhiều nhất", "bad"),
    ):
        first = focus.furthest(found[found["deviation"].notna()], focus.NAMED)
        if len(first):
            blocks.append(Finding([f"{lead} (kết quả/mục tiêu): ", *tokens.of(review, first), "."], tone))
    return blocks


def _movement(rows: pd.DataFrame, review: Review) -> list[Block]:
    """How many indicators are better, worse or the same as in the year before the review period."""
    known = rows[rows["baseline"].notna() & rows["last"].notna() & (rows["break_note"] == "")]
    signs = known["indicator_code"].map(
        {code: DIRECTIONS.get(i.direction, 0.0) for code, i in review.catalogue.indicators.items()}
    )
    change = (known["last"] - known["baseline"]) * signs.astype(float)
    change = change[signs != 0]
    if change.empty:
        return []
    counts = {"tốt lên": change > 0, "kém đi": change < 0, "giữ nguyên": change == 0}
    said = ", ".join(f"{int(which.sum())} chỉ tiêu {word}" for word, which in counts.items() if which.any())
    cycle = review.cycle
    known_ = f"{len(change)} chỉ tiêu có đủ số"
    return [
        Paragraph(f"So năm {cycle.review_last} với năm {cycle.baseline_year} (không kể mục tiêu), {known_}: {said}.")
    ]


def _turns(review: Review, rows: pd.DataFrame, provenance: str) -> list[Block]:
    """Indicators that went one way and then the other within the review period."""
    found = [(row, told) for row in rows.to_dict("records") if (told := trends.turn(review, row, provenance))]
    if not found:
        return []
    order = {code: n for n, code in enumerate(focus.furthest(rows, len(rows))["indicator_code"])}
    found.sort(key=lambda pair: order[pair[0]["indicator_code"]])
    parts: list[Part] = []
    for row, told in found[: focus.NAMED]:
        parts += ["; " if parts else "", f"{row['indicator']} ", *told]
    more = f"; và {len(found) - focus.NAMED} chỉ tiêu khác" if len(found) > focus.NAMED else ""
    return [Paragraph([f"Đổi chiều một lần trong kỳ, {len(found)} chỉ tiêu: ", *filter(None, parts), f"{more}."])]


def _fell_behind(rows: pd.DataFrame) -> list[Block]:
    """From which year on indicators stayed worse than the straight way to their target."""
    counts = rows[rows["divergence_year"] != ""]["divergence_year"].value_counts().sort_index()
    if counts.empty:
        return []
    said = ", ".join(f"năm {year} ({n} chỉ tiêu)" for year, n in counts.items())
    return [
        Paragraph(
            f"Kém đường thẳng từ năm gốc tới mục tiêu và không đuổi kịp: {int(counts.sum())} chỉ tiêu, bắt đầu từ "
            f"{said}."
        )
    ]


def _elsewhere(review: Review, rows: pd.DataFrame, beside: pd.DataFrame) -> list[Block]:
    """The province's and the nation's values beside those that missed their target, or all where few were judged."""
    codes = set(beside["indicator_code"])
    shown = rows[rows["indicator_code"].isin(codes)]
    if not focus.few(shown):
        shown = focus.furthest(of_tone(shown, "bad"))
    lines = [
        [row["indicator"], row["unit"], [n.result()], n.result_period(), elsewhere]
        for row in shown.to_dict("records")
        if (n := Numbers(review, row)) and (elsewhere := trends.yardsticks(review, row, beside))
    ]
    if not lines:
        return []
    return [
        Table(
            caption="So với cấp trên và các địa bàn cùng cấp (chỉ tiêu tỷ lệ, tốc độ, bình quân)",
            columns=("Chỉ tiêu", "Đơn vị tính", "Kết quả", "Kỳ", "Để so sánh"),
            rows=lines,
            align="llrcl",
            source=source_line(review, shown),
        )
    ]


def between_rounds(review: Review) -> list[Block]:
    """What changed between the rounds: the data, by correction, by definition."""
    blocks = [*_revised(review), *_corrected(review), *_redefined(review)]
    if not blocks:
        return [Paragraph("Giữa các đợt chưa thấy số kết quả nào của các năm trong kỳ thay đổi.")]
    return blocks


def _revised(review: Review) -> list[Block]:
    cycle, rounds = review.cycle, review.catalogue.rounds
    data = review.revisions()
    own = {r.code for r in rounds.values() if r.cycle == cycle.code}
    years = {str(y) for y in range(cycle.baseline_year, cycle.review_last + 1)} | {cycle.review_period}
    data = data[data["period"].isin(years) & data["to_round"].isin(own) & (data["from_round"] != data["to_round"])]
    blocks: list[Block] = []
    for provenance, of_kind in data.groupby("provenance", sort=True):
        changed = of_kind[of_kind["revision"] != 0]
        if changed.empty:
            continue
        rosy, moved = int(changed["rosy"].sum()), int((changed["from_kind"] != changed["to_kind"]).sum())
        n_changed, n_all, n_moved, n_rosy = (texts.number(n, 0) for n in (len(changed), len(of_kind), moved, rosy))
        said = [f"{n_changed} trong {n_all} số gửi lại đã đổi giữa các đợt ({words.PROVENANCES[provenance]})"]
        if moved:
            said.append(f"{n_moved} số là số thực hiện thay số ước")
        said.append(f"{n_rosy} số lúc đầu tốt hơn số sau")
        blocks.append(Paragraph(f"Số liệu đổi: {'; '.join(said)}."))
        last = changed[changed["period"] == str(cycle.review_last)]
        if len(last):
            blocks.append(_revisions_table(review, last, provenance))
    return blocks


def _revisions_table(review: Review, rows: pd.DataFrame, provenance: str) -> Block:
    order = rows["relative_revision"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    first = rows.loc[order[: focus.A_PAGE]]
    indicators = review.catalogue.indicators
    typed = {(o["source_file"], o["sheet"], o["cell"]): o["raw"] for o in tables.records(review.observations())}
    lines = []
    for row in tables.records(first):
        indicator = indicators[row["indicator_code"]]
        lines.append([indicator.name, indicator.unit, *(_end(review, row, end, typed) for end in ("from", "to"))])
    return Table(
        caption=f"Số năm {review.cycle.review_last} đổi nhiều nhất giữa các đợt ({words.PROVENANCES[provenance]})",
        columns=("Chỉ tiêu", "Đơn vị tính", "Số trước", "Số sau"),
        rows=lines,
        align="llrr",
        source=f"Nguồn: các biểu và nguồn công bố qua các đợt; số liệu đến {known_as(review)}",
    )


def _end(review: Review, row: dict, end: str, typed: dict[tuple, str]) -> Parts:
    """A number of a revision with its round. Cells are shown only of the unit's own files and published ones."""
    indicator = review.catalogue.indicators[row["indicator_code"]]
    value = row[f"{end}_value"]
    open_to_all = row["provenance"] == "published" or row["unit_code"] == review.unit.code
    place = row[f"{end}_file"], row[f"{end}_sheet"], row[f"{end}_cell"]
    source = row[f"{end}_source"]
    cell = Cell(*place, typed.get(place, ""), source, review.source_title(source))
    shown = texts.number(value, shown_digits(value, indicator.digits + EXTRA_DIGITS, indicator))
    title = words.lower_first(review.catalogue.round(row[f"{end}_round"]).title.partition(" (")[0])
    kind = "ước, " if row[f"{end}_kind"] == "estimate" else ""
    return [Number(shown, value, (cell,) if open_to_all else ()), f" ({kind}{title})"]


def _corrected(review: Review) -> list[Block]:
    found = [c for c in review.corrections(below=False) if c["in_force"]]
    if not found:
        return []
    codes = dict.fromkeys(c["correction"].indicator_code for c in found)
    names = "; ".join(review.catalogue.indicators[code].name for code in codes)
    return [Paragraph(f"Hiệu chỉnh đã ghi: {len(found)} dòng đang có hiệu lực ({names}); lý do ghi ở trang kết quả.")]


def _redefined(review: Review) -> list[Block]:
    blocks: list[Block] = []
    changes = since_last_round(review)
    if changes and changes.redefined:
        names = "; ".join(
            dict.fromkeys(review.catalogue.indicators[new["indicator_code"]].name for _, new in changes.redefined)
        )
        blocks.append(Paragraph(f"Đổi đơn vị tính hoặc khái niệm so với đợt trước: {names}."))
    rows = review.results()
    broken = rows[rows["main"] & (rows["break_note"] != "")].drop_duplicates("indicator_code")
    for note, of_note in broken.groupby("break_note", sort=False):
        names = "; ".join(of_note["indicator"])
        blocks.append(Paragraph(f"Đổi định nghĩa, số trước và sau không so với nhau – {names}: {note}."))
    return blocks
