"""Notebook 01: what was received, how much of it was read, and what must be settled first."""

from __future__ import annotations

import datetime as dt

from planreview.blocks import Badge, Block, Finding, Heading, Paragraph, Parts, Raw, Table
from planreview.catalogue import texts
from planreview.forms.build import indicators_for
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
_SEVERITIES = {"error": ("lỗi", "bad"), "warning": ("cảnh báo", "open"), "info": ("lưu ý", "none")}
_MOST_ISSUES = 50
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
        for form in round_.expects.get(unit.kind, ()):
            asked = {i.code for i in indicators_for(form, unit, review.catalogue) if i.unit}
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
