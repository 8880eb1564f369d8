"""Proposals for the action programme in layouts that are none of ours.

six_columns: STT, task, the paper that asks for it, deadline, who leads, who helps; lao_cai: who leads and helps in one
cell, group rows merged over the table, a merged total; paragraphs: a numbered paragraph a cell; one_cell: the whole
programme in one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.packaging.custom import StringProperty
from scripts.simulated.fill import MARK

from planreview.catalogue import Unit
from planreview.workbooks import marks

Row = dict[str, str]


def _book(unit: Unit, title: str) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.custom_doc_props.append(StringProperty(name=marks.PROVENANCE, value="simulated"))
    sheet = book.active
    sheet.title = "PL III"
    for row, text in enumerate((unit.name.upper(), title, f"({MARK})"), 1):
        sheet.cell(row, 1, text)
    return book


def six_columns(unit: Unit, rows: Sequence[Row]) -> openpyxl.Workbook:
    book = _book(unit, "PHỤ LỤC III: DANH MỤC NHIỆM VỤ, ĐỀ ÁN GIAI ĐOẠN 2021-2025")
    sheet = book.active
    heads = ("STT", "Nội dung nhiệm vụ", "Văn bản giao nhiệm vụ", "Thời hạn hoàn thành", "Cơ quan chủ trì")
    for column, text in enumerate((*heads, "Cơ quan phối hợp"), 1):
        sheet.cell(5, column, text)
    for number, row in enumerate(rows, 1):
        said = (number, row["task"], "Chỉ thị 18/CT-TTg", row["deadline"], row["lead"], row["partners"])
        for column, value in enumerate(said, 1):
            sheet.cell(5 + number, column, value or None)
        for name in ("funding", "product", "note", "group"):
            row[name] = ""
    return book


def lao_cai(unit: Unit, rows: Sequence[Row]) -> openpyxl.Workbook:
    book = _book(unit, "PHỤ LỤC: NHIỆM VỤ TRỌNG TÂM")
    sheet = book.active
    heads = ("Nội dung", "Phân công nhiệm vụ", "Tiến độ", "Phương pháp", "Nguồn lực", "Sản phẩm đầu ra")
    for column, text in enumerate(heads, 1):
        sheet.cell(5, column, text)
    line, group = 5, ""
    for row in rows:
        if row["group"] != group:
            line, group = line + 1, row["group"]
            sheet.cell(line, 1, f"{'ABCDEGHIK'[sum(1 for r in sheet.merged_cells.ranges)]}. {group}")
            sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(heads))
        line += 1
        who = f"Chủ trì: {row['lead']}.\nPhối hợp: {row['partners']}." if row["partners"] else row["lead"]
        for column, text in enumerate((row["task"], who, row["deadline"], "", row["funding"], row["product"]), 1):
            sheet.cell(line, column, text or None)
        row["note"] = ""
    sheet.cell(line + 1, 1, "Tổng kinh phí thực hiện: giao các cơ quan tính toán, trình cấp có thẩm quyền")
    sheet.merge_cells(start_row=line + 1, end_row=line + 1, start_column=1, end_column=len(heads))
    return book


def _prose(number: int, row: Row) -> str:
    row["note"] = ""
    parts = [f"{number}. {row['task']}.", f"Cơ quan chủ trì: {row['lead']}."]
    for name, label in (
        ("partners", "Cơ quan phối hợp"), ("deadline", "Thời gian hoàn thành"), ("funding", "Kinh phí"),
        ("product", "Sản phẩm"),
    ):  # fmt: skip
        parts += [f"{label}: {row[name]}."] if row[name] else []
    return " ".join(parts)


def paragraphs(unit: Unit, rows: Sequence[Row]) -> openpyxl.Workbook:
    book = _book(unit, "ĐỀ XUẤT NHIỆM VỤ ĐƯA VÀO CHƯƠNG TRÌNH HÀNH ĐỘNG")
    for number, row in enumerate(rows, 1):
        row["group"] = ""
        book.active.cell(4 + number, 1, _prose(number, row))
    return book


def one_cell(unit: Unit, rows: Sequence[Row]) -> openpyxl.Workbook:
    book = _book(unit, "ĐỀ XUẤT NHIỆM VỤ ĐƯA VÀO CHƯƠNG TRÌNH HÀNH ĐỘNG")
    for row in rows:
        row["group"] = ""
    book.active.cell(5, 1, "\n".join(_prose(number, row) for number, row in enumerate(rows, 1)))
    return book


PROGRAMMES: dict[str, Callable[[Unit, Sequence[Row]], openpyxl.Workbook]] = {
    "six_columns": six_columns,
    "lao_cai": lao_cai,
    "paragraphs": paragraphs,
    "one_cell": one_cell,
}
