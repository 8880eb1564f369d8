"""Notebook 05: the next plan's targets – whose they are, the pace that they need beside the one achieved, what must go
faster, and where the trend leads."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Note, Number, Paragraph, Part, Parts, Table
from planreview.catalogue import Indicator, periods, texts
from planreview.evaluate.ambition import BELOW, BEST, BEYOND, IN_LINE, SLOWER, STRETCHING
from planreview.evaluate.forecast import EVEN, LIKELY, UNLIKELY
from planreview.narrative import chart_blocks, commentary, first_screen, focus, trends, words
from planreview.narrative.course_charts import two_plans_chart
from planreview.narrative.judged import as_weighed, judged
from planreview.narrative.numbers import NONE, Numbers, known
from planreview.narrative.results import main_rows, part_heading
from planreview.narrative.sources import cells_of, source_line
from planreview.review import Review

_CLASSES = {
    BEYOND: "cần nhanh hơn nhiều mức đã làm được, hoặc kỳ này chưa tiến lên; chưa giai đoạn nào đạt nhịp độ này, chưa "
    "năm nào ở mức này",
    STRETCHING: "cần nhanh hơn mức đã làm được, hoặc đã có giai đoạn đạt nhịp độ này, năm ở mức này",
    IN_LINE: "cần như mức đã làm được",
    BELOW: "cần chậm hơn mức đã làm được",
    SLOWER: "mục tiêu lùi, nhưng chậm hơn mức lùi của kỳ này",
    BEST: "mục tiêu là giới hạn của chỉ tiêu, không thể tốt hơn",
}
_FASTER = (STRETCHING, BEYOND)
_UNNAMED = ("five_year", "annual")  # of these the source names no act where the act is empty
_LIKELIHOODS = {LIKELY: "cao", EVEN: "ngang nhau", UNLIKELY: "thấp"}
_TONES = {LIKELY: "good", EVEN: "open", UNLIKELY: "bad"}


def title(review: Review) -> list[Block]:
    """The page's heading."""
    cycle = review.cycle
    ahead, past = periods.short(cycle.plan_period), periods.short(cycle.review_period)
    return [Heading(f"{review.unit.name}: mục tiêu {ahead} so với kết quả {past}", 1)]


def overview(review: Review) -> list[Block]:
    """How did we do, which targets are out of reach of the pace, why, and what now."""
    blocks: list[Block] = []
    for provenance in _in_order(review):
        rows = with_target(review, provenance)
        blocks += part_heading(review, provenance)
        blocks += first_screen.how(main_rows(review, provenance), judged(review, provenance))
        if rows.empty:
            blocks.append(Finding(f"{_none(review)}.", "open"))
            continue
        blocks += [*_counted(review, rows), *_hardest(review, rows), *_likely(review, provenance), *_now(review, rows)]
    return [*(blocks or first_screen.no_numbers(review)), *first_screen.unread(review), *first_screen.note(review)]


def _none(review: Review) -> str:
    return f"Bộ số liệu chưa có mục tiêu {periods.short(review.cycle.plan_period)} nào của đơn vị"


def _in_order(review: Review) -> list[str]:
    """Provenances with targets ahead before those without."""
    return sorted(as_weighed(review), key=lambda p: with_target(review, p).empty)


def with_target(review: Review, provenance: str) -> pd.DataFrame:
    """Main rows that have a target of the next plan."""
    rows = main_rows(review, provenance)
    return rows[rows["next_target_figure"] != ""]


def faster(rows: pd.DataFrame) -> pd.DataFrame:
    """Those that need more than the trend, the furthest from their target first."""
    return focus.largest_steps(rows[rows["ambition"].isin(_FASTER)], len(rows))


def _counted(review: Review, rows: pd.DataFrame) -> list[Block]:
    counts = rows["ambition"].value_counts()
    said = ", ".join(f"{counts[c]} chỉ tiêu {c}" for c in _CLASSES if c in counts.index)
    ahead = periods.short(review.cycle.plan_period)
    known = int((rows["ambition"] != "").sum())
    if not known:
        return [Finding(f"Mục tiêu {ahead}: {len(rows)} chỉ tiêu; chưa so được với mức đã làm được.", "open")]
    lead = f"Mục tiêu {ahead}: {len(rows)} chỉ tiêu; so được với mức đã làm được {known} chỉ tiêu"
    return [Finding(f"{lead}: {said}.", "open")]


def _hardest(review: Review, rows: pd.DataFrame) -> list[Block]:
    steep = faster(rows)
    if steep.empty:
        return []
    parts: list[Part] = []
    for row in steep.head(focus.NAMED).to_dict("records"):
        n = Numbers(review, row)
        unit = texts.with_unit("", row["unit"])
        parts += [f"{'; ' if parts else ''}{row['indicator']} (", n.last(), " → ", n.next_target(), f"{unit})"]
    lead = f"Phải đẩy nhanh: {len(steep)} chỉ tiêu"
    which = "; còn xa mục tiêu nhất" if len(steep) > focus.NAMED else ""
    return [Finding([f"{lead}{which}: ", *parts, "."], "bad")]


def _likely(review: Review, provenance: str) -> list[Block]:
    data = _forecasts(review, provenance)
    counts = data["likelihood"].value_counts()
    said = ", ".join(f"{word} ở {counts[c]} chỉ tiêu" for c, word in _LIKELIHOODS.items() if c in counts.index)
    if not said:
        return []
    year = review.cycle.plan_last
    return [Finding(f"Nếu theo xu thế, khả năng đạt mục tiêu {year}: {said}; chỉ để tham khảo.", "open")]


def _now(review: Review, rows: pd.DataFrame) -> list[Block]:
    said = []
    ahead = periods.short(review.cycle.plan_period)
    proposed, unnamed = int((rows["next_target_plan"] == "proposed").sum()), len(_without_act(rows))
    if proposed:
        said.append(f"quyết định {proposed} mục tiêu {ahead} còn là dự kiến")
    if unnamed:
        said.append(f"ghi rõ văn bản của {unnamed} mục tiêu")
    if n := int(rows["ambition"].isin(_FASTER).sum()):
        said.append(f"nêu giải pháp cho {n} mục tiêu cần nhanh hơn xu thế")
    return [Finding(f"Cần làm: {'; '.join(said)}.", "open")] if said else []


def _without_act(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["next_target_plan"].isin(_UNNAMED) & (rows["next_target_act"] == "")]


def whose(review: Review) -> list[Block]:
    """Whose targets they are: one line a document; those whose source names none are named."""
    blocks: list[Block] = []
    ahead = periods.short(review.cycle.plan_period)
    for provenance in _in_order(review):
        rows = with_target(review, provenance)
        if rows.empty:
            continue
        named = [words.plan(p, a) for p, a in zip(rows["next_target_plan"], rows["next_target_act"], strict=True)]
        counts = pd.Series(named).value_counts(sort=False)
        kind = words.PROVENANCES[provenance]
        blocks.append(
            Table(
                caption=f"Mục tiêu {ahead} là của văn bản nào ({kind})",
                columns=("Mục tiêu của", "Số chỉ tiêu"),
                rows=[[name, texts.number(n, 0)] for name, n in counts.items()],
                align="lr",
                source=source_line(review, rows),
            )
        )
        without = _without_act(rows)
        if len(without):
            names = focus.names(without["indicator"])
            blocks.append(Paragraph(f"Nguồn không nêu văn bản của {len(without)} mục tiêu ({kind}): {names}."))
    note = Note(
        "Mỗi chỉ tiêu lấy một mục tiêu, theo thứ tự văn bản ghi trong tệp chu kỳ; mục tiêu của quy hoạch và kế hoạch "
        "năm không dùng thay mục tiêu kế hoạch 5 năm."
    )
    return [*blocks, note] if blocks else [Paragraph(f"{_none(review)}.")]


def pace(review: Review) -> list[Block]:
    """The pace that each target needs beside the one achieved, the best one known, and that of others."""
    blocks: list[Block] = []
    for provenance in _in_order(review):
        rows = with_target(review, provenance)
        known = rows[rows["ambition"] != ""]
        if rows.empty:
            continue
        blocks += part_heading(review, provenance)
        if known.empty:
            blocks.append(Paragraph(_no_pace(review, rows)))
            continue
        blocks.append(_classes(review, known, provenance))
        blocks += chart_blocks.ahead_chart(review, known, provenance)
        blocks += two_plans_chart(review, known, provenance)
        shown = known if focus.few(known) else faster(known).head(2 * focus.A_PAGE)
        if len(shown):
            blocks.append(_pace_table(review, shown, known, provenance))
        unknown = rows[rows["ambition"] == ""]
        if len(unknown):
            blocks.append(Paragraph(_no_pace(review, unknown)))
    return blocks or [Paragraph("Chưa có mục tiêu để tính nhịp độ cần có.")]


def _no_pace(review: Review, rows: pd.DataFrame) -> str:
    cycle = review.cycle
    names = focus.names(rows["indicator"])
    return (
        f"{len(rows)} mục tiêu chưa so được với mức đã làm được, vì thiếu số năm {cycle.review_last} hoặc số thực hiện "
        f"năm {cycle.baseline_year}, mục tiêu không phải một con số, hoặc chỉ tiêu tự nó là một tốc độ: {names}."
    )


def _classes(review: Review, rows: pd.DataFrame, provenance: str) -> Table:
    counts = rows["ambition"].value_counts()
    return Table(
        caption=f"Nhịp độ cần có so với mức đã làm được ({words.PROVENANCES[provenance]})",
        columns=("Mức phấn đấu", "Nghĩa là", "Số chỉ tiêu"),
        rows=[[c, meaning, texts.number(int(counts[c]), 0)] for c, meaning in _CLASSES.items() if c in counts.index],
        align="llr",
        source=source_line(review, rows),
        note="Ngưỡng của từng mức ghi trong tệp chu kỳ (docs/methods/ky-sau.md); đó là quy ước của báo cáo.",
    )


def _pace_table(review: Review, rows: pd.DataFrame, known: pd.DataFrame, provenance: str) -> Table:
    cycle = review.cycle
    which = "" if len(rows) == len(known) else f": {len(rows)} chỉ tiêu phải đẩy nhanh còn xa mục tiêu nhất"
    has_best, has_other = (bool(rows[c].notna().any()) for c in ("best_pace", "outside_pace"))
    columns = {
        "Chỉ tiêu": "l",
        f"Kết quả {cycle.review_last}": "r",
        f"Mục tiêu {cycle.plan_last}": "r",
        "Cần mỗi năm": "l",
        f"Đã làm được {periods.short(cycle.review_period)}": "l",
        **({"Tốt nhất từng có": "l"} if has_best else {}),
        **({"Nơi khác": "l"} if has_other else {}),
        "Mức phấn đấu": "l",
    }
    best = "Tốt nhất từng có: nhịp độ của giai đoạn dài bằng kỳ kế hoạch, tính trên số thực hiện đã biết. "
    other = "Nơi khác: trung vị các đơn vị cùng cấp (từ ba đơn vị trở lên), nếu không thì cấp trên trực tiếp. "
    return Table(
        caption=f"Nhịp độ mỗi năm{which} ({words.PROVENANCES[provenance]})",
        columns=tuple(columns),
        rows=[_pace_row(review, row, has_best=has_best, has_other=has_other) for row in rows.to_dict("records")],
        align="".join(columns.values()),
        source=source_line(review, rows),
        note=f"{best if has_best else ''}{other if has_other else ''}".strip(),
    )


def _pace_row(review: Review, row: dict, *, has_best: bool, has_other: bool) -> list[Parts]:
    n = Numbers(review, row)
    best, other = trends.pace(n, "best_pace"), trends.pace(n, "outside_pace")
    until = f" (đến {row['best_pace_until']})" if best != NONE and row["best_pace_until"] else ""
    whose_ = f" ({row['outside_areas']} đơn vị)" if row["outside_areas"] else " (cấp trên)"
    return [
        f"{row['indicator']} ({row['unit']})" if row["unit"] else row["indicator"],
        [n.last(), *([" (ước)"] if row["last_kind"] == "estimate" else [])],
        [part for part in (n.next_target(), n.mark("next_target_figure")) if part],
        [trends.pace(n, "required_pace")],
        [trends.pace(n, "achieved_pace")],
        *([[part for part in (best, until) if part]] if has_best else []),
        *([[other, whose_] if other != NONE else [other]] if has_other else []),
        row["ambition"],
    ]


def accelerate(review: Review) -> list[Block]:
    """A sentence for each target that asks for more than the trend, the furthest first; the others by name."""
    blocks: list[Block] = []
    for provenance in _in_order(review):
        steep = faster(with_target(review, provenance))
        if steep.empty:
            continue
        first = steep.head(focus.A_PAGE if focus.few(steep) else focus.NAMED)
        blocks += part_heading(review, provenance)
        common = words.same_plan(zip(first["next_target_plan"], first["next_target_act"], strict=True))
        if common:
            blocks.append(Note(f"Mục tiêu nêu dưới đây là của: {words.lower_first(common)}."))
        blocks += [Paragraph(sentence(review, row, whose=not common)) for row in first.to_dict("records")]
        rest = steep[~steep.index.isin(first.index)]
        if len(rest):
            blocks.append(
                Paragraph(f"{len(rest)} chỉ tiêu khác cũng phải nhanh hơn xu thế: {'; '.join(rest['indicator'])}.")
            )
    if blocks:
        return blocks
    targets = [with_target(review, provenance) for provenance in review.provenances()]
    if not any(len(rows) for rows in targets):
        return [Paragraph("Chưa có mục tiêu để xét chỉ tiêu nào phải đẩy nhanh.")]
    if not any((rows["ambition"] != "").any() for rows in targets):
        return [Paragraph("Chưa so được mục tiêu nào với mức đã làm được (lý do ở phần II).")]
    return [Paragraph("Chưa thấy mục tiêu nào đòi hỏi nhịp độ cao hơn mức đã làm được.")]


def sentence(review: Review, row: dict, *, whose: bool = True) -> list[Part]:
    """``Tỷ lệ hộ nghèo: từ 22,8% (ước năm 2020) đến mục tiêu 10% năm 2025 (của …) cần giảm 2,6 điểm phần trăm/năm;
    2016–2020: giảm 2,3 điểm phần trăm/năm – phấn đấu cao.``"""
    n, cycle = Numbers(review, row), review.cycle
    of_percent = n.indicator.unit.startswith("%")
    whose_ = f" ({words.plan(row['next_target_plan'], row['next_target_act'])})" if whose else ""
    estimated = "ước " if row["last_kind"] == "estimate" else ""
    best, other = trends.pace(n, "best_pace"), trends.pace(n, "outside_pace")
    beside: list[Part] = []
    if best != NONE:
        beside += ["; tốt nhất từng có: ", best, f" (đến năm {row['best_pace_until']})"]
    if other != NONE:
        who = f"trung vị của {row['outside_areas']} đơn vị cùng cấp" if row["outside_areas"] else "cấp trên"
        beside += [f"; {who}: ", other]
    return [
        f"{row['indicator']}: từ ",
        n.last(unit=of_percent),
        f" ({estimated}năm {cycle.review_last}) đến mục tiêu ",
        n.next_target(unit=True),
        f" cho {periods.words(row['next_target_period'])}{whose_} cần ",
        trends.pace(n, "required_pace"),
        f"; {periods.short(cycle.review_period)}: ",
        trends.pace(n, "achieved_pace"),
        *beside,
        " – ",
        Badge(row["ambition"], "bad"),
        ".",
    ]


def _forecasts(review: Review, provenance: str) -> pd.DataFrame:
    data = review.forecasts()
    ahead = data["target_period"] == str(review.cycle.plan_last)
    return data[(data["provenance"] == provenance) & ahead].reset_index(drop=True)


def outlook(review: Review) -> list[Block]:
    """Where the trend leads by the target's year, with its interval, and how likely the target is, in words."""
    blocks: list[Block] = []
    for provenance in _in_order(review):
        data = _forecasts(review, provenance)
        if data.empty:
            continue
        blocks += part_heading(review, provenance)
        made = data[data["likelihood"] != ""]
        none = data[data["likelihood"] == ""]
        if len(made):
            blocks.append(_outlook_table(review, made, provenance))
        for reason, of_reason in none.groupby("reason", sort=False):
            names = focus.names([review.catalogue.indicators[c].name for c in of_reason["indicator_code"]])
            blocks.append(Paragraph(f"Không dự báo {len(of_reason)} chỉ tiêu ({_why_none(reason)}): {names}."))
    return blocks or [Paragraph("Chưa có mục tiêu nào của một năm kỳ sau có đủ chuỗi số liệu để dự báo.")]


def _why_none(reason: str) -> str:
    return reason.replace("mới có 0 năm liên tục", "chưa có năm nào có số") or "không rõ lý do"


def _outlook_table(review: Review, made: pd.DataFrame, provenance: str) -> Table:
    shown = made
    if not focus.few(made):
        gap = ((made["forecast"] - made["target"]) / made["target"].where(made["target"] != 0)).abs()
        worst = made[made["likelihood"] == UNLIKELY]
        shown = worst.loc[gap[worst.index].sort_values(ascending=False, kind="stable").index[: focus.A_PAGE]]
    which = "" if len(shown) == len(made) else f", {len(shown)} trong {len(made)} chỉ tiêu, xa mục tiêu nhất"
    far = int(made["reason"].ne("").sum())
    untested = f" Có {far} chỉ tiêu dự báo xa hơn số năm đã kiểm nghiệm." if far else ""
    year = review.cycle.plan_last
    return Table(
        caption=f"Dự báo theo xu thế đến năm {year}{which} ({words.PROVENANCES[provenance]})",
        columns=("Chỉ tiêu", "Đơn vị tính", f"Dự báo {year}", "Khoảng 80%", f"Mục tiêu {year}", "Khả năng đạt"),
        rows=[_outlook_row(review, row) for row in shown.to_dict("records")],
        align="llrrrl",
        source=source_line(review, shown.rename(columns={"target_figure": "next_target_figure"})),
        note="Dự báo kéo dài xu thế các năm đã có, không biết đến chính sách mới, chỉ để tham khảo. Khoảng 80%: nếu xu "
        "thế giữ như các năm đã có, tám trong mười lần kết quả nằm trong khoảng này. Khả năng đạt cao: hơn ba phần tư; "
        f"thấp: dưới một phần tư.{untested}",
    )


def _outlook_row(review: Review, row: dict) -> list[Parts]:
    indicator = review.catalogue.indicators[row["indicator_code"]]
    cells = review.cells(row["figures"])
    said = texts.number(row["forecast"], indicator.digits)
    low, high = (_within(row[end], indicator) for end in ("low80", "high80"))
    interval = f"{texts.number(low, indicator.digits)} đến {texts.number(high, indicator.digits)}"
    upper = row["target_upper"] if known(row["target_upper"]) else None
    goal = texts.target(row["target"], upper, row["target_qualifier"], indicator.digits)
    calm = ""
    other = row["likelihood_without_shock"]
    if other and other != row["likelihood"]:
        calm = f" (không kể năm {row['shock_years']}: {_LIKELIHOODS[other]})"
    return [
        indicator.name,
        indicator.unit,
        [Number(said, row["forecast"], cells)],
        [Number(interval, low, cells)],
        [Number(goal, row["target"], cells_of(review, pd.DataFrame({"target_figure": [row["target_figure"]]})))],
        [Badge(_LIKELIHOODS[row["likelihood"]], _TONES[row["likelihood"]]), *([calm] if calm else [])],
    ]


def _within(value: float, indicator: Indicator) -> float:
    """The end of an interval, cut where no value of the indicator can lie."""
    low = indicator.limit_low if indicator.limit_low is not None else value
    high = indicator.limit_high if indicator.limit_high is not None else value
    return max(min(value, high), low)


def people(review: Review) -> list[Block]:
    """What people write of the targets ahead."""
    blocks = commentary.section(review, "muc-tieu-ky-sau")
    return [Heading("Nhận định về mục tiêu kỳ sau"), *blocks] if blocks else []
