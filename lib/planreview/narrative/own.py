"""A unit's own numbers where another was chosen: beside it, by provenance, with both cells."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Cell, Heading, Note, Number, Paragraph, Part, Parts, Table
from planreview.catalogue import periods, texts
from planreview.narrative import words
from planreview.narrative.numbers import NONE, OTHERS, shown_digits
from planreview.narrative.sources import source_line
from planreview.review import Review

TITLE = "Số của đơn vị khác số được chọn"
MARK = f"{OTHERS} Số được chọn khác số của đơn vị: xem bảng “{TITLE}”."
_KINDS = {"actual": "thực hiện", "estimate": "ước"}
_QUESTION = ["area_code", "indicator_code", "period", "kind", "plan", "act"]


def section(review: Review) -> list[Block]:
    """The table of a unit's own numbers beside the chosen ones. Nothing of an area whose own numbers all stand; an
    office is told so."""
    data = _compared(review)
    blocks: list[Block] = []
    for provenance in sorted(data["provenance"].unique()):
        of_kind = data[data["provenance"] == provenance]
        rows = of_kind[of_kind["differs"]]
        named = words.PROVENANCES[provenance]
        if not rows.empty:
            blocks.append(_table(review, rows, named))
        elif not review.unit.is_area:
            blocks.append(Paragraph(f"Cả {len(of_kind)} số của đơn vị ({named}) đều trùng với số được chọn."))
        if not (rows.empty and review.unit.is_area):
            blocks += _apart(review, of_kind, provenance)
    if data.empty and not review.unit.is_area:
        blocks.append(Paragraph("Đơn vị chưa gửi số nào về các chỉ tiêu của trang này."))
    return [Heading(TITLE), *blocks] if blocks else []


def _compared(review: Review) -> pd.DataFrame:
    """Rows of ``Review.own_values()`` on the years of the cycle; what was published is nobody's own number."""
    data, cycle = review.own_values(), review.cycle
    within = [
        cycle.baseline_year <= first and last <= cycle.plan_last for first, last in map(periods.years, data["period"])
    ]
    return data[pd.Series(within, index=data.index, dtype=bool) & (data["provenance"] != "published")]


def summary(review: Review) -> list[Block]:
    """How many of the unit's own numbers are not the chosen ones, for a page's first screen."""
    data = _compared(review)
    rows = data[data["differs"]]
    if rows.empty:
        return []
    counts = [f"{n} {words.PROVENANCES[p]}" for p, n in rows.groupby("provenance").size().items()]
    return [
        Note(
            f"Số của đơn vị khác số được chọn ở {len(rows)} trường hợp ({', '.join(counts)}); số được chọn mang "
            f"dấu {OTHERS}, số của đơn vị đứng bên cạnh ở bảng “{TITLE}” của trang Kết quả so với mục tiêu."
        )
    ]


def beside(review: Review, figure_ids: str) -> list[Part]:
    """`` Số của đơn vị: 43 xã (ước năm 2020).`` behind a sentence on a number that is another's; else nothing."""
    asked = review.not_own & {*figure_ids.split(";")}
    if not asked:
        return []
    data = review.own_values()
    rows = data[data["differs"] & data["figure_id"].isin(asked)]
    said = [
        part
        for n, row in enumerate(rows.to_dict("records"))
        for part in ("; " if n else "", _own(review, row, unit=True), f" ({_asked(row)})")
    ]
    return [" Số của đơn vị: ", *said, "."]


def _table(review: Review, rows: pd.DataFrame, named: str) -> Table:
    return Table(
        caption=f"{TITLE} ({named})",
        columns=("Chỉ tiêu", "Đơn vị tính", "Kỳ", "Số của đơn vị", "Số được chọn", "Chênh lệch", "Số được chọn là"),
        rows=[_row(review, row) for row in rows.to_dict("records")],
        align="llcrrrl",
        source=source_line(
            review,
            pd.DataFrame({"figures": rows["figure_id"]}),
            *(_own_cell(review, row) for row in rows.to_dict("records")),
        ),
        note="Chênh lệch: số của đơn vị trừ số được chọn. Số của đơn vị là số trong tệp đơn vị gửi, đợt mới nhất, "
        "trước mọi hiệu chỉnh.",
    )


def _row(review: Review, row: dict) -> list[Parts]:
    return [
        row["indicator"],
        row["unit"],
        _asked(row),
        [_own(review, row)],
        [_chosen(review, row)],
        [_difference(review, row)],
        [_whose(review, row)],
    ]


def _asked(row: dict) -> str:
    """``ước năm 2020``; of a target whose it is."""
    if row["kind"] == "target":
        return f"{periods.words(row['period'])}, mục tiêu: {words.plan(row['plan'], row['act'])}"
    return f"{_KINDS[row['kind']]} {periods.words(row['period'])}"


def _own(review: Review, row: dict, *, unit: bool = False) -> Part:
    return _number(review, row, "own", (_own_cell(review, row),), unit=unit)


def _own_cell(review: Review, row: dict) -> Cell:
    place = (row[f"own_{c}"] for c in ("source_file", "sheet", "cell", "raw", "source_id"))
    return Cell(*place, review.source_title(row["own_source_id"]))


def _chosen(review: Review, row: dict) -> Part:
    return _number(review, row, "chosen", review.cells(row["figure_id"]))


def _number(review: Review, row: dict, whose: str, cells: tuple[Cell, ...], *, unit: bool = False) -> Part:
    """The number as it is said; where several contradict each other, from which to which."""
    indicator = review.catalogue.indicators[row["indicator_code"]]
    value, upper, qualifier = (_given(row[c]) for c in (whose, f"{whose}_value_upper", f"{whose}_qualifier"))
    ends = [_given(row[f"{whose}_{c}"]) for c in ("min", "max")]
    digits = shown_digits(value, row[f"{whose}_digits"], indicator)
    settled = whose == "own" or row["chosen_rule"] not in ("tie", "contested")
    if value is not None:
        text = texts.target(value, upper, qualifier, digits)
    elif qualifier == "text" and settled:
        text = row[f"{whose}_raw"]
    elif None not in ends:
        text = f"từ {' đến '.join(texts.number(e, digits) for e in ends)}"
    else:
        return NONE
    text = texts.with_unit(text, indicator.unit) if unit and value is not None else text
    return Number(text, value, cells)


def _difference(review: Review, row: dict) -> Part:
    gap = _given(row["difference"])
    if gap is None:
        return NONE
    indicator = review.catalogue.indicators[row["indicator_code"]]
    digits = shown_digits(gap, max(row["own_digits"], row["chosen_digits"]), indicator)
    return Number(texts.signed(gap, digits), gap, (_own_cell(review, row), *review.cells(row["figure_id"])))


def _given(value):
    return None if value is None or value != value else value  # NaN is not equal to itself


def _whose(review: Review, row: dict) -> str:
    """Whose number was chosen and why, or why none was. Offices are not named on another's page."""
    catalogue, chosen_by = review.catalogue, row["chosen_unit"]
    because = {
        "": "không có số: số của đơn vị đã bị bỏ theo hiệu chỉnh",
        "tie": "chưa chọn số nào: các số gửi về khác nhau",
        "contested": "chưa chọn số nào: có số đang bị nghi ngờ, chờ hiệu chỉnh hoặc xác nhận",
        "sum_of_parts": "tổng từ các đơn vị hợp thành",
        "ratio_of_parts": "tính từ tổng của các đơn vị hợp thành",
    }.get(row["chosen_rule"])
    if because:
        return because
    if chosen_by == review.unit.code:
        said = "số của chính đơn vị"
    elif chosen_by == row["area_code"]:
        said = catalogue.units[chosen_by].name
    elif catalogue.agency(row["indicator_code"], row["area_code"]) == chosen_by:
        said = "cơ quan chịu trách nhiệm về chỉ tiêu"
    else:
        said = "cơ quan khác"
    corrected = f", sau hiệu chỉnh {row['correction_id']}" if row["correction_id"] else ""
    actual = ", số thực hiện thay số ước" if row["kind"] == "estimate" and row["chosen_kind"] == "actual" else ""
    return f"{said}{corrected}{actual}; {words.lower_first(catalogue.round(row['chosen_round']).title)}"


def _apart(review: Review, own: pd.DataFrame, provenance: str) -> list[Block]:
    """Says where the page also has numbers of another provenance for what the unit answered: they are not compared."""
    figures = review.figures()
    asked = set(own[_QUESTION].itertuples(index=False, name=None))
    others = figures[figures["provenance"] != provenance]
    both = [p for p, *q in others[["provenance", *_QUESTION]].itertuples(index=False, name=None) if tuple(q) in asked]
    return [
        Note(
            f"{both.count(other)} số của đơn vị là {words.PROVENANCES[provenance]}, trong khi cùng câu hỏi có cả "
            f"{words.PROVENANCES[other]}: hai loại đứng ở phần riêng của trang, không so với nhau."
        )
        for other in sorted(set(both))
    ]
