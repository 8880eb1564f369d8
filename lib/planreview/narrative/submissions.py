"""Notebook 01: what was received, how much of it was read, and what must be settled first."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from planreview.blocks import Badge, Block, Finding, Heading, Paragraph, Parts, Raw, Table
from planreview.catalogue import periods, texts
from planreview.narrative.changes import Changes, since_last_round
from planreview.narrative.priorities import Priority, ranked
from planreview.narrative.quotes import place, quoted
from planreview.review import Review

TONES = {
    "on_time": "good",
    "late": "bad",
    "undated": "open",
    "missing": "bad",
    "unreadable": "bad",
    "duplicate": "none",
    "attachment": "none",
}
_FATES = {
    "value": "số liệu đọc được",
    "derived": "số suy ra (bình quân, so sánh)",
    "blank_mark": "ô đánh dấu không có số",
    "unmatched": "chưa nhận ra",
    "rejected": "không đọc được",
    "label": "tên chỉ tiêu",
    "header": "tiêu đề cột",
    "unit": "đơn vị tính",
    "ordinal": "số thứ tự, mã",
    "title": "tiêu đề biểu",
    "note": "ghi chú",
    "narrative": "thuyết minh",
    "proposal": "đề xuất",
}
_KINDS = {"actual": "số thực hiện", "estimate": "số ước", "target": "mục tiêu"}
_SEVERITIES = {"error": ("lỗi", "bad"), "warning": ("cảnh báo", "open"), "info": ("lưu ý", "none")}
_MOST_ISSUES = 50
_FIRST = 10  # issues, and changes, of the first screen
_MOSTLY = 0.75  # of what a form asks; a unit that answers less is asked again


def title(review: Review) -> list[Block]:
    """The page's heading."""
    return [Heading(f"{review.unit.name}: số liệu đã nhận và đã đọc", 1)]


def summary(review: Review) -> list[Block]:
    """The state of the unit's submissions in one sentence."""
    register, issues, ledger = review.register(), review.issues(), review.ledger()
    files = register[register["source_file"] != ""]
    errors = int((issues["severity"] == "error").sum())
    warnings = int((issues["severity"] == "warning").sum())
    values = int((ledger["fate"] == "value").sum())
    if files.empty:
        return [Finding("Đơn vị chưa gửi tệp nào.", "bad")]
    return [
        Finding(
            f"Đã nhận {len(files)} tệp, đọc được {texts.number(values, 0)} số liệu từ "
            f"{texts.number(len(ledger), 0)} ô có nội dung; {errors} lỗi và {warnings} cảnh báo cần xem.",
            "bad" if errors else "open" if warnings else "good",
        ),
        *_answered(review),
    ]


def received(review: Review) -> list[Block]:
    """Files by round."""
    register = review.register()
    return [
        Table(
            caption="Tệp đã nhận theo đợt",
            columns=("Đợt", "Tệp", "Ngày nhận (công bố)", "Tình trạng", "Số liệu", "Lỗi", "Cảnh báo"),
            rows=[_file_row(review, row) for row in register.to_dict("records")],
            align="lllcrrr",
            source="Nguồn: sổ nhận tệp (received.csv) và kết quả đọc tệp",
        )
    ]


def _answered(review: Review) -> list[Block]:
    """Of how many indicators that a round's form asks for the unit sent any number."""
    unit, sent = review.unit, review.observations()
    sent = sent[sent["unit_code"] == unit.code]
    blocks: list[Block] = []
    for code in sent["round"].unique():
        round_ = review.catalogue.round(code)
        for form in review.catalogue.forms_due(round_, unit):
            asked = {i.code for i in review.catalogue.asked(form, unit) if i.unit}
            given = asked & set(sent[(sent["round"] == code) & (sent["provenance"] != "published")]["indicator_code"])
            if given:
                said = f"{round_.title}: có số liệu của {len(given)}/{len(asked)} chỉ tiêu mà Phụ lục {form} hỏi."
                blocks.append(Finding(said, "bad" if len(given) < len(asked) * _MOSTLY else "none"))
    return blocks


def _file_row(review: Review, row: dict) -> list[Parts]:
    received_at = row["received_at"]
    date = texts.date(dt.datetime.fromisoformat(received_at)) if isinstance(received_at, str) else "–"
    counts = [str(row[c]) for c in ("n_values", "n_errors", "n_warnings")]
    status = [Badge(texts.FILE_STATUSES[row["status"]], TONES[row["status"]])]
    file = [Raw(row["source_file"])] if row["source_file"] else "–"
    return [review.catalogue.round(row["round"]).title, file, date, status, *counts]


def fates(review: Review) -> list[Block]:
    """The account: every non-empty cell has one fate."""
    counts = review.ledger()["fate"].value_counts()
    rows = [[words, texts.number(int(counts[fate]), 0)] for fate, words in _FATES.items() if fate in counts.index]
    if not rows:
        return [Paragraph("Chưa có ô nào được đọc.")]
    return [
        Table(
            caption="Mỗi ô có nội dung được xếp vào đúng một loại",
            columns=("Loại ô", "Số ô"),
            rows=[*rows, ["Tổng số ô có nội dung", texts.number(int(counts.sum()), 0)]],
            align="lr",
            source="Nguồn: sổ theo dõi ô",
        )
    ]


def first(review: Review) -> list[Block]:
    """The ten issues on which most results depend."""
    found = ranked(review)
    if not found:
        return [Finding("Không có lỗi hay cảnh báo nào phải xử lý.", "good")]
    shown = found[:_FIRST]
    rest = len(found) - len(shown)
    touched = len(set().union(*(p.results for p in found)))
    lead = (
        f"{touched} kết quả của kỳ đánh giá phụ thuộc vào các ô có vấn đề."
        if touched
        else "Không kết quả nào của kỳ đánh giá phụ thuộc vào các ô có vấn đề."
    )
    return [
        Finding(lead, "bad" if touched else "none"),
        Table(
            caption=f"{len(shown)} việc cần giải quyết trước, việc ảnh hưởng nhiều kết quả nhất xếp trước",
            columns=("Kết quả bị ảnh hưởng", "Mức", "Vấn đề", "Cách xử lý", "Nơi ghi"),
            rows=[_priority_row(p) for p in shown],
            align="rclll",
            source="Nguồn: kết quả đọc và kiểm tra các tệp nhận được",
            note=f"Còn {rest} việc nữa, xem mục “Việc cần xử lý”." if rest else "",
        ),
    ]


def _priority_row(priority: Priority) -> list[Parts]:
    issue = priority.issue
    alike = f" (và {priority.count - 1} ô khác của dòng)" if priority.count > 1 else ""
    return [
        texts.number(priority.effect, 0),
        [Badge(*_SEVERITIES[issue["severity"]])],
        [*quoted(issue["message_vi"]), alike],
        quoted(issue["suggestion_vi"]),
        place(issue),
    ]


def changed(review: Review) -> list[Block]:
    """What changed since the round before: new data, corrected data, another definition."""
    changes = since_last_round(review)
    if changes is None:
        return [Paragraph("Chu kỳ này mới có số liệu của một đợt, chưa có gì để so sánh.")]
    before, last = (review.catalogue.round(code).title for code in (changes.before, changes.last))
    new, redefined, gone = (texts.number(len(c), 0) for c in (changes.new, changes.redefined, changes.gone))
    kinds = Counter(row["kind"] for _, row in changes.corrected)
    split = ", ".join(f"{texts.number(kinds[kind], 0)} {words}" for kind, words in _KINDS.items() if kinds[kind])
    blocks: list[Block] = [
        Finding(
            f"{last} so với {before.lower()}: {new} số mới; {texts.number(len(changes.corrected), 0)} số được sửa"
            f"{f' ({split})' if split else ''}; {redefined} số đổi khái niệm hoặc đơn vị tính; {gone} số của đợt trước "
            "không còn.",
            "open" if changes.redefined or changes.gone else "none",
        )
    ]
    rows = _changes(review, changes)
    if rows:
        rest = len(changes.redefined) + len(changes.corrected) - len(rows)
        blocks.append(
            Table(
                caption="Số đổi khái niệm và số được sửa nhiều nhất, số thực hiện xếp trước",
                columns=("Loại thay đổi", "Chỉ tiêu", "Kỳ", "Đợt trước", "Đợt này", "Nơi ghi"),
                rows=rows,
                align="lllrrl",
                source=f"Nguồn: biểu của {before.lower()} và {last.lower()}",
                note=f"Còn {texts.number(rest, 0)} số nữa." if rest else "",
            )
        )
    return blocks


def _changes(review: Review, changes: Changes) -> list[list[Parts]]:
    order = list(_KINDS)
    corrected = sorted(changes.corrected, key=lambda pair: (order.index(pair[1]["kind"]), -_moved(*pair)))
    named = [("đổi khái niệm", *p) for p in changes.redefined] + [("sửa số", *p) for p in corrected]
    rows: list[list[Parts]] = []
    for kind, old, new in named[:_FIRST]:
        indicator = review.catalogue.indicators[new["indicator_code"]]
        target = " (mục tiêu)" if new["kind"] == "target" else ""
        numbers = [[Raw(f"{row['raw']} {row['submitted_unit']}".strip())] for row in (old, new)]
        rows.append([kind, indicator.name, periods.words(new["period"]) + target, *numbers, place(new)])
    return rows


def _moved(old: dict, new: dict) -> float:
    """How far a number moved, as a part of it."""
    if old["value"] is None or new["value"] is None:
        return float("inf")
    return abs(new["value"] - old["value"]) / max(abs(old["value"]), abs(new["value"]), 1e-12)


def to_settle(review: Review) -> list[Block]:
    """The issues, errors first, with the cell and what to do."""
    issues = review.issues()
    if issues.empty:
        return [Finding("Không có vấn đề nào phải xử lý.", "good")]
    order = issues["severity"].map({s: n for n, s in enumerate(_SEVERITIES)})
    issues = issues.assign(_order=order).sort_values(["_order", "round"], kind="stable")
    shown = issues.head(_MOST_ISSUES)
    rest = len(issues) - len(shown)
    return [
        Table(
            caption="Việc cần xử lý, lỗi xếp trước",
            columns=("Mức", "Vấn đề", "Cách xử lý", "Nơi ghi", "Nội dung ô"),
            rows=[_issue_row(row) for row in shown.to_dict("records")],
            source="Nguồn: kết quả đọc các tệp nhận được",
            note=f"Còn {rest} việc nữa, xem bằng Review(...).issues()." if rest else "",
        )
    ]


def _issue_row(row: dict) -> list[Parts]:
    raw = [Raw(row["raw"])] if row["raw"] else "–"
    return [
        [Badge(*_SEVERITIES[row["severity"]])],
        quoted(row["message_vi"]),
        quoted(row["suggestion_vi"]),
        place(row),
        raw,
    ]
