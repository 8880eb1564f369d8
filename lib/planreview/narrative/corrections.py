"""The corrections in force: who decided what about which number, and why; and those that were set aside."""

from __future__ import annotations

from planreview.blocks import Badge, Block, Heading, Paragraph, Parts, Raw, Table
from planreview.catalogue import periods, texts
from planreview.review import Review

_ACTIONS = {
    "drop": "bỏ số",
    "override": "thay số",
    "scale": "đổi đơn vị",
    "flag": "nghi ngờ",
    "confirm": "xác nhận",
}


def section(review: Review) -> list[Block]:
    """The table under its heading, of the province with those of its units; nothing where there is no correction."""
    if not review.corrections():
        return []
    return [Heading("Hiệu chỉnh số liệu"), *table(review, below=True)]


def table(review: Review, *, below: bool = False) -> list[Block]:
    """Every line of corrections.csv about the unit's numbers (in the province's, ``below``, also its units'): in force,
    or set aside and why."""
    found = review.corrections(below=below)
    if not found:
        return [Paragraph("Không có hiệu chỉnh nào (corrections.csv).")]
    in_force = sum(c["in_force"] for c in found)
    return [
        Table(
            caption=f"{in_force} hiệu chỉnh đang có hiệu lực, {len(found) - in_force} bị gác lại",
            columns=("Mã", "Chỉ tiêu", "Kỳ", "Số trong tệp", "Số được dùng", "Lý do", "Người quyết định", "Hiệu lực"),
            rows=[_row(review, c) for c in found],
            align="lllrrlll",
            source="Nguồn: corrections.csv",
        )
    ]


def _row(review: Review, found: dict) -> list[Parts]:
    line, new = found["correction"], found["new"]
    indicator = review.catalogue.indicators[line.indicator_code]
    used = [
        "không dùng" if row is None else texts.target(row["value"], row["value_upper"], row["qualifier"], row["digits"])
        for row in new
    ]
    state = (
        [Badge("đang hiệu lực", "good")] if found["in_force"] else [Badge("gác lại", "open"), f" {found['why_not']}"]
    )
    flagged = line.action == "flag" and found["in_force"]
    return [
        [Raw(line.id), f" ({_ACTIONS[line.action]})"],
        f"{indicator.name} ({indicator.unit}), {review.catalogue.units[line.unit_code].name}",
        f"{periods.words(line.period)}, đợt {line.round}",
        [Raw(line.expect)],
        "chưa dùng" if flagged else "; ".join(used) or "–",
        [Raw(line.reason)],
        [Raw(f"{line.who}, {line.when}")],
        state,
    ]
