"""Notebook 02: results against targets, as tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Note, Paragraph, Part, Parts, Table
from planreview.catalogue import periods, texts
from planreview.narrative import chart_blocks, focus, own, words
from planreview.narrative.gauges import gauge
from planreview.narrative.numbers import NONE, Numbers
from planreview.narrative.quotes import place, quoted
from planreview.narrative.sources import known_as, source_line
from planreview.review import Review

_GAUGE_NOTE = (
    "So với mục tiêu: thanh là kết quả, vạch là mục tiêu, mỗi dòng một thang đo; số bên cạnh là kết quả trừ mục tiêu."
)
_JUDGED = ("Chỉ tiêu", "Đơn vị", "Kỳ", "Kết quả", "Mục tiêu", "Chênh lệch", "Đánh giá")
_MAIN_ROWS: WeakKeyDictionary[Review, dict[str, pd.DataFrame]] = WeakKeyDictionary()
_WHY_NOT = {
    "chưa có mục tiêu": "chưa có mục tiêu công bố",
    "thiếu số liệu": "có mục tiêu nhưng thiếu số liệu kết quả",
    "không đánh giá được": "không so sánh được",
}
_LONG = 120  # rows of a page, beyond which its table is for looking up
_FIRST = 8  # of the contradictions of a long page
_SHOWN = ("baseline_figure", "target_figure", "result_figures", "next_target_figure")


def title(review: Review) -> list[Block]:
    """The page's heading and what kind of numbers it shows."""
    cycle = review.cycle
    kinds = [words.PROVENANCES[p] for p in review.provenances()]
    return [
        Heading(f"{review.unit.name}: kết quả {periods.short(cycle.review_period)} so với mục tiêu", 1),
        Note(
            f"Trang này dùng {', '.join(kinds) or 'chưa có số liệu'}, số liệu đến {known_as(review)}. Mục tiêu ghi rõ "
            "của văn bản nào; số nào cũng dẫn được về tệp, trang tính và ô gốc."
        ),
    ]


def main_rows(review: Review, provenance: str) -> pd.DataFrame:
    """One row per indicator, in the order of the catalogue: its main target, or none."""
    kept = _MAIN_ROWS.setdefault(review, {})
    if provenance not in kept:  # a page asks for them dozens of times
        data = review.results()
        data = data[(data["provenance"] == provenance) & data["main"]]
        place = {code: n for n, code in enumerate(review.catalogue.indicators)}
        kept[provenance] = data.sort_values("indicator_code", key=lambda codes: codes.map(place))
    return kept[provenance]


def part_heading(review: Review, provenance: str, level: int = 3) -> list[Block]:
    """Where a page shows several kinds of numbers, each has a part of its own."""
    if len(review.provenances()) < 2:
        return []
    return [Heading(texts.sentence(words.PROVENANCES[provenance]), level)]


def part(review: Review, provenance: str, said: Sequence[Block], level: int = 3) -> list[Block]:
    """What is said of one kind of numbers, under its heading; nothing where nothing is said."""
    return [*part_heading(review, provenance, level), *said] if said else []


def coverage(review: Review) -> list[Block]:
    """How many indicators could be judged, how they came out, and why the others could not be."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        judged = rows[rows["status"].isin(words.JUDGED)]
        others = rows[~rows["status"].isin(words.JUDGED)]
        kind = words.PROVENANCES[provenance]
        counted = f"Đánh giá được {len(judged)}/{len(rows)} chỉ tiêu ({kind}): {words.counted(list(judged['status']))}."
        none = f"Chưa đánh giá được chỉ tiêu nào trong {len(rows)} chỉ tiêu ({kind})."
        blocks.append(Finding(counted if len(judged) else none, _overall_tone(rows)))
        if len(others):
            blocks.append(Paragraph(f"Còn {len(others)} chỉ tiêu chưa đánh giá được: {why_not(others)}."))
    if not blocks:
        blocks.append(Finding("Chưa có số liệu nào của đơn vị này trong kỳ đánh giá.", "open"))
    return blocks


def _overall_tone(rows: pd.DataFrame) -> str:
    """Good or bad only where most indicators could be judged and all came out alike."""
    tones = {words.TONES[s] for s in rows["status"] if s in words.TONES}
    mostly = rows["status"].isin(words.JUDGED).mean() > 0.5
    return tones.pop() if mostly and len(tones) == 1 else "open"


def why_not(rows: pd.DataFrame) -> str:
    """``12 chỉ tiêu chưa có mục tiêu công bố, 3 chỉ tiêu không so sánh được``, most frequent first."""
    counts = rows["status"].value_counts()
    return ", ".join(f"{n} chỉ tiêu {_WHY_NOT[status]}" for status, n in counts.items() if status in _WHY_NOT)


def judged_table(review: Review) -> list[Block]:
    """The indicators that could be judged, and charts of them; of more than a page holds the table names those that
    did not reach their target, and leaves the others to the full one."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        judged = rows[rows["status"].isin(words.JUDGED)]
        blocks += part_heading(review, provenance)
        if judged.empty:
            blocks.append(Paragraph("Chưa chỉ tiêu nào có đủ cả mục tiêu và kết quả để đánh giá."))
            continue
        blocks += chart_blocks.attainment_chart(review, judged, provenance)
        which = "Chỉ tiêu có đủ mục tiêu và kết quả"
        if not focus.few(judged) and is_long(review):
            continue  # the indicator table has them all
        if not focus.few(judged):
            judged = judged[judged["status"].map(words.TONES) != "good"]
            which = "Chỉ tiêu chưa tới mục tiêu; các chỉ tiêu đạt và vượt ở bảng chỉ tiêu"
            if judged.empty:
                continue
        whose = words.same_plan(zip(judged["target_plan"], judged["target_act"], strict=True))
        blocks.append(
            Table(
                caption=f"{which} ({words.PROVENANCES[provenance]})",
                columns=_JUDGED if whose else (*_JUDGED, "Mục tiêu của"),
                rows=[_judged_row(review, row)[: len(_JUDGED) + (not whose)] for row in judged.to_dict("records")],
                align="llcrrrl" if whose else "llcrrrll",
                source=source_line(review, judged),
                note=(f"Mục tiêu của: {words.lower_first(whose)}. " if whose else "")
                + _reading_note()
                + _mark_note(review, judged, "result_figures", "target_figure"),
            )
        )
    return blocks


def _judged_row(review: Review, row: dict) -> list[Parts]:
    n = Numbers(review, row)
    return [
        row["indicator"],
        row["unit"],
        n.result_period(),
        [n.result(), n.mark("result_figures")],
        [n.target(), n.mark("target_figure")],
        [n.deviation()],
        _status(row),
        words.plan(row["target_plan"], row["target_act"]),
    ]


def _status(row: dict) -> Parts:
    near = ["; gần đạt"] if row["near"] else []
    return [Badge(row["status"], words.TONES.get(row["status"], "none")), *near]


def _mark_note(review: Review, rows: pd.DataFrame, *columns: str) -> str:
    """What the mark means, where a number of the rows bears it."""
    marked = any(Numbers(review, row).mark(*columns) for row in rows.to_dict("records"))
    return f" {own.MARK}" if marked else ""


def _reading_note() -> str:
    return (
        "Vượt: hơn mục tiêu; đạt: bằng mục tiêu sau khi làm tròn như mục tiêu, hoặc nằm trong khoảng mục tiêu; "
        "dự kiến: kết quả mới là ước thực hiện. Với chỉ tiêu càng thấp càng tốt, hơn nghĩa là thấp hơn. Không văn bản "
        "nào quy định các mức này: đây là quy ước chung của báo cáo."
    )


def is_long(review: Review) -> bool:
    """Whether the page has more rows than leadership reads: then each indicator that any plan has a target for stands
    in one row of one table, and nothing is listed twice."""
    return sum(len(main_rows(review, p)) for p in review.provenances()) > _LONG


def full_table(review: Review) -> list[Block]:
    """Every indicator with what is known of it, by field; each target marked with the document that set it. A long
    table leaves out what has no target in either plan, and says how many these are."""
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        aimed = rows[(rows["target_figure"] != "") | (rows["next_target_figure"] != "")]
        if not is_long(review):
            blocks.append(_table(review, rows, provenance))
            continue
        if len(aimed):
            blocks.append(_table(review, aimed, provenance))
        if len(aimed) < len(rows):
            blocks.append(Paragraph(_aimless(rows.drop(aimed.index), provenance)))
    return blocks


@dataclass(frozen=True)
class _Column:
    """A column of the indicator table: its name, side, what stands in it for a row, how that is read, and whether
    it is given by somebody or reckoned."""

    name: str
    side: str
    cell: Callable[[Numbers, _Marks], Parts]
    note: str = ""
    is_given: bool = True


def _table(review: Review, rows: pd.DataFrame, provenance: str) -> Table:
    columns = _columns(review, rows, long=is_long(review))
    past, ahead = periods.short(review.cycle.review_period), periods.short(review.cycle.plan_period)
    groups, last = {}, None
    for index, field in enumerate(rows["field"]):
        if field != last:
            groups[index], last = texts.sentence(field), field
    marks = _Marks(rows)
    cells = [[c.cell(n, marks) for c in columns] for n in (Numbers(review, row) for row in rows.to_dict("records"))]
    filled = [place for place in range(len(columns)) if not cells or any(_says(row[place]) for row in cells)]
    empty = [column.name for place, column in enumerate(columns) if place not in filled and column.is_given]
    missing = [f"số năm {name}" if name.isdecimal() else words.lower_first(name) for name in empty]
    columns = [columns[place] for place in filled]
    note = [
        f"Chưa hàng nào có: {', '.join(missing)}." if missing else "",
        marks.legend(past, ahead) + _mark_note(review, rows, *_SHOWN),
        *[column.note for column in columns],
    ]
    return Table(
        caption=f"Kết quả {past}, mục tiêu của kỳ và mục tiêu {ahead} ({words.PROVENANCES[provenance]})",
        columns=tuple(column.name for column in columns),
        rows=[[row[place] for place in filled] for row in cells],
        align="".join(column.side for column in columns),
        source=source_line(review, rows),
        groups=groups,
        note=" ".join(" ".join(note).split()),
    )


def _says(cell: Parts) -> bool:
    """Whether there is anything in a cell but the dash."""
    return any(part not in ("", NONE) for part in ([cell] if isinstance(cell, str) else cell))


def _columns(review: Review, rows: pd.DataFrame, *, long: bool) -> list[_Column]:
    """The columns of the indicator table. The period of the result stands only where it is not
    that of most, a pace without its unit; a ``long`` table has no value of the baseline, and marks in place of
    reasons."""
    past, ahead = periods.short(review.cycle.review_period), periods.short(review.cycle.plan_period)
    base = review.cycle.baseline_year
    said = [_when(Numbers(review, row)) for row in rows.to_dict("records")]
    usual = next(iter(pd.Series([s for s in said if s], dtype=str).value_counts().index), "")

    def result(n: Numbers, _: _Marks) -> Parts:
        period = _when(n)
        return [n.result(), n.mark("result_figures"), f" ({period})" if period and period != usual else ""]

    named = [
        _Column("Chỉ tiêu", "l", lambda n, _: n.row["indicator"]),
        _Column("Đơn vị", "l", lambda n, _: n.row["unit"]),
        _Column(str(base), "r", lambda n, _: [n.baseline(), n.mark("baseline_figure")]),
    ]
    if long:
        named = [_Column("Chỉ tiêu, đơn vị", "l", lambda n, _: f"{n.row['indicator']}, {n.row['unit']}")]
    year = f"Kết quả là của {usual}, trừ nơi ghi kỳ khác." if usual else ""
    pace = (
        f"Mỗi năm: mức đã làm được bình quân từ năm {base}; có dấu % là tốc độ tăng, số khác theo đơn vị của chỉ tiêu "
        "(chỉ tiêu tính bằng %: điểm phần trăm)."
    )
    return [
        *named,
        _Column(f"Mục tiêu {past}", "r", _target),
        _Column("Kết quả", "r", result, year),
        _Column("So với mục tiêu", "l", lambda n, _: _against_target(n), _GAUGE_NOTE, is_given=False),
        _Column("Đánh giá", "l", lambda n, marks: _judgement(n.row, marks if long else None)),
        _Column("Mỗi năm", "r", lambda n, _: chart_blocks.short_pace(n, "achieved_pace"), pace, is_given=False),
        _Column(f"Mục tiêu {ahead}", "r", _next_target),
    ]


def _when(n: Numbers) -> str:
    """``2020``, ``ước 2016–2020``; '' where there is no result."""
    period = n.row["result_period"]
    estimated = "ước " if n.row["result_kind"] == "estimate" else ""
    return f"{estimated}{periods.short(period)}" if period else ""


def _aimless(rows: pd.DataFrame, provenance: str) -> str:
    counts = rows["field"].value_counts(sort=False)
    fields = "; ".join(f"{texts.sentence(field)} {n} chỉ tiêu" for field, n in counts.items())
    return (
        f"Ngoài bảng còn {len(rows)} chỉ tiêu có số liệu nhưng không có mục tiêu ở kỳ nào "
        f"({words.PROVENANCES[provenance]}): {fields}. Số liệu của chúng: sổ tay explore."
    )


def _target(n: Numbers, marks: _Marks) -> Parts:
    return [n.target(), n.mark("target_figure"), marks.of(n.row, "target")]


def _next_target(n: Numbers, marks: _Marks) -> Parts:
    return [
        n.next_target(),
        n.mark("next_target_figure"),
        marks.of(n.row, "next_target"),
    ]


class _Marks:
    """Letters for the documents that set targets and for the reasons why something could not be judged, in order of
    appearance; of a plan whose targets all come from one document, no letter."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._letters: dict[str, str] = {}
        self._same = {
            column: words.same_plan(p for p in zip(rows[f"{column}_plan"], rows[f"{column}_act"], strict=True) if p[0])
            for column in ("target", "next_target")
        }

    def of(self, row: dict, column: str) -> str:
        """`` (a)`` for the row's target or next target (``column``); '' where there is none."""
        plan = row[f"{column}_plan"]
        return "" if not plan or self._same[column] else self.said(words.plan(plan, row[f"{column}_act"]))

    def said(self, text: str) -> str:
        """`` (a)`` for a text that the legend tells."""
        return f" ({self._letters.setdefault(text, _letter(len(self._letters)))})"

    def legend(self, past: str, ahead: str) -> str:
        """Whose the targets are, and what the letters mean."""
        of_one = [
            f"Mục tiêu {period}: {words.lower_first(same)}. "
            for period, same in ((past, self._same["target"]), (ahead, self._same["next_target"]))
            if same
        ]
        of_several = "; ".join(f"({mark}) {name}" for name, mark in self._letters.items())
        return "".join(of_one) + (f"{of_several[:1].upper()}{of_several[1:]}." if of_several else "")


def _letter(n: int) -> str:
    """a, b … z, then 27, 28 …"""
    return chr(ord("a") + n) if n < 26 else str(n + 1)


def _judgement(row: dict, marks: _Marks | None = None) -> Parts:
    """The status, and the reason of one that could not be judged: in words, or by a mark that the legend tells."""
    if row["status"] == "chưa có mục tiêu":
        return ["chưa có mục tiêu công bố"]
    if not row["reason"]:
        return _status(row)
    return [*_status(row), marks.said(row["reason"]) if marks else f" ({row['reason']})"]


def _against_target(n: Numbers) -> list[Part]:
    """The gauge, and how far the result is from the target."""
    drawn = gauge(n)
    return [*drawn, *([" "] if drawn else []), n.deviation()]


def context_table(review: Review) -> list[Block]:
    """Master-plan and annual targets: beside the five-year plan's, named, never in their place."""
    data = review.results()
    blocks: list[Block] = []
    for provenance in review.provenances():
        rows = data[(data["provenance"] == provenance) & data["target_plan"].isin(review.cycle.context_plans)]
        if rows.empty:
            continue
        blocks.append(
            Table(
                caption="Mục tiêu của quy hoạch và kế hoạch năm, chỉ để tham khảo: không phải mục tiêu kế hoạch 5 năm",
                columns=("Chỉ tiêu", "Đơn vị", "Mục tiêu của", "Kỳ", "Mục tiêu", "Kết quả", "So với mục tiêu này"),
                rows=[_context_row(review, row) for row in rows.to_dict("records")],
                align="lllcrrl",
                source=source_line(review, rows),
            )
        )
    return blocks or [Paragraph("Không có mục tiêu quy hoạch hay kế hoạch năm nào cho kỳ này.")]


def _context_row(review: Review, row: dict) -> list[Parts]:
    n = Numbers(review, row)
    reason = [f" ({row['reason']})"] if row["reason"] else []
    return [
        row["indicator"],
        row["unit"],
        words.plan(row["target_plan"], row["target_act"]),
        periods.short(row["target_period"]),
        [n.target()],
        [n.result(), n.other_period()],
        [*_status(row), *reason],
    ]


def next_table(review: Review) -> list[Block]:
    """The next plan's targets beside the last results: what must change, and how fast."""
    blocks: list[Block] = []
    cycle = review.cycle
    past, ahead = periods.short(cycle.review_period), periods.short(cycle.plan_period)
    for provenance in review.provenances():
        rows = main_rows(review, provenance)
        rows = rows[rows["next_target_figure"] != ""]
        if rows.empty:
            continue
        with_past = rows[rows["required_pace"].notna()]
        blocks += part_heading(review, provenance)
        blocks.append(
            Paragraph(
                f"Có {len(rows)} chỉ tiêu có mục tiêu {ahead} (xem bảng chỉ tiêu); {len(with_past)} chỉ tiêu trong "
                f"số đó có số liệu năm {cycle.review_last} để tính mức cần thay đổi mỗi năm."
            )
        )
        if with_past.empty:
            continue
        blocks += chart_blocks.ahead_chart(review, with_past, provenance)
        if is_long(review):
            continue  # page 05 has them all
        whose = words.same_plan(zip(with_past["next_target_plan"], with_past["next_target_act"], strict=True))
        blocks.append(
            Table(
                caption=f"Mức cần thay đổi mỗi năm để đạt mục tiêu {cycle.plan_last} ({words.PROVENANCES[provenance]})",
                columns=(
                    "Chỉ tiêu",
                    "Đơn vị",
                    f"Kết quả {cycle.review_last}",
                    f"Mục tiêu {cycle.plan_last}",
                    "Cần mỗi năm",
                    f"Đã làm được mỗi năm {past}",
                    *(() if whose else ("Mục tiêu của",)),
                ),
                rows=[_next_row(review, row)[: 6 + (not whose)] for row in with_past.to_dict("records")],
                align="llrrrr" if whose else "llrrrrl",
                source=source_line(review, with_past),
                note=(f"Mục tiêu của: {words.lower_first(whose)}. " if whose else "")
                + "Mức mỗi năm: với chỉ tiêu tiền và khối lượng là tốc độ tăng bình quân; với chỉ tiêu khác là mức "
                "thay đổi theo đơn vị của chỉ tiêu. Mục tiêu là một khoảng thì tính đến đầu thấp của khoảng. Chỉ tính "
                f"mức đã làm được khi số năm gốc {cycle.baseline_year} là số thực hiện.",
            )
        )
    return blocks or [Paragraph(f"Bộ số liệu chưa có mục tiêu {ahead} nào.")]


def _next_row(review: Review, row: dict) -> list[Parts]:
    n = Numbers(review, row)
    return [
        row["indicator"],
        row["unit"],
        [n.last()],
        [n.next_target()],
        chart_blocks.pace_text(n, "required_pace"),
        chart_blocks.pace_text(n, "achieved_pace"),
        words.plan(row["next_target_plan"], row["next_target_act"]),
    ]


def clashes(review: Review) -> list[Block]:
    """What units and the sources of this cycle's rounds contradict each other in, the graver first, or leave unsaid."""
    issues = review.issues()
    own = [r.code for r in review.catalogue.rounds.values() if r.cycle == review.cycle.code]
    issues = issues[issues["code"].str.startswith("source.") & issues["round"].isin(own)]
    undated = issues["code"] == "source.undated"
    found = pd.concat([review.ties(), review.cross_checks(), issues[~undated]]).sort_values(
        "severity", key=lambda s: s != "warning", kind="stable"
    )
    blocks: list[Block] = []
    if found.empty:
        blocks.append(Paragraph("Các đơn vị và các nguồn không trái nhau ở chỉ tiêu nào."))
    else:
        every = len(found)
        found = found.head(_FIRST) if is_long(review) else found
        first = f" ({len(found)} trong {every} việc)" if len(found) < every else ""
        blocks.append(
            Table(
                caption=f"Số liệu trái nhau hoặc đáng ngờ, việc cần xem xếp trước{first}",
                columns=("Vấn đề", "Cách xử lý", "Nơi ghi"),
                rows=[
                    [quoted(row["message_vi"]), quoted(row["suggestion_vi"]), place(row)]
                    for row in found.to_dict("records")
                ],
                source="Nguồn: kết quả đọc các tệp nhận được",
            )
        )
    if undated.any():
        sources = sorted({match for raw in issues[undated]["message_vi"] for match in re.findall(r"\[(\w+)\]", raw)})
        blocks.append(Note(f"{len(sources)} nguồn không ghi ngày công bố: {', '.join(f'[{s}]' for s in sources)}."))
    return blocks
