"""A page that shows each sheet with its cells coloured by what became of them: one file, no code."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from importlib.resources import files

from jinja2 import Environment
from openpyxl.utils import get_column_letter

from planreview.catalogue.texts import number
from planreview.reading.account import Account, Item
from planreview.reading.view import extents
from planreview.workbooks import GridCell

FATES = {
    "value": "số liệu",
    "derived": "số tính ra (so sánh, bình quân)",
    "blank_mark": "dấu thay cho số (-, …, x)",
    "label": "tên dòng",
    "header": "tiêu đề cột",
    "unit": "đơn vị tính",
    "ordinal": "số thứ tự, mã",
    "title": "tiêu đề bảng",
    "note": "ghi chú, chữ ngoài bảng",
    "unmatched": "số không rõ của dòng hay cột nào",
    "rejected": "không đọc được chắc chắn",
}
_KINDS = {"actual": "thực hiện", "estimate": "ước thực hiện", "target": "kế hoạch, mục tiêu", "derived": "số tính ra"}
_BEYOND = 10**15
_LONGEST = 60  # letters shown of a cell; the rest stands in its tooltip


def page(name: str, accounts: list[Account], problem: str = "") -> str:
    """The page of one file. ``problem`` is why it could not be read."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files(__package__).joinpath("show.html").read_text(encoding="utf-8"))
    counted = Counter(a.fate(c)[0] for a in accounts for c in a.sheet.cells.values())
    legend = [(fate, words, number(counted[fate], 0)) for fate, words in FATES.items()]
    return template.render(name=name, problem=problem, legend=legend, sheets=[_sheet(a) for a in accounts])


def _sheet(account: Account) -> dict[str, object]:
    sheet = account.sheet
    spans = extents(sheet)
    rows = sorted({row for row, _ in sheet.cells})
    columns = sorted({column for _, column in sheet.cells})
    covered = {p for p, anchor in sheet.merges.items() if p != anchor and anchor in sheet.cells}
    lines = []
    for row in rows:
        cells = []
        for column in columns:
            if (row, column) in covered:
                continue
            bottom, right = spans.get((row, column), (row, column))
            shown = _cell(account, sheet.cells.get((row, column)))
            shown["rowspan"] = sum(row <= r <= bottom for r in rows)
            shown["colspan"] = sum(column <= c <= right for c in columns)
            cells.append(shown)
        lines.append((row, cells))
    counted = Counter(account.fate(c)[0] for c in sheet.cells.values())
    doubts = counted["rejected"] + counted["unmatched"]
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "letters": [get_column_letter(c) for c in columns],
        "lines": lines,
        "cells": number(len(sheet.cells), 0),
        "figures": number(counted["value"] + counted["derived"], 0),
        "doubts": number(doubts, 0),
    }


def _cell(account: Account, cell: GridCell | None) -> dict[str, object]:
    if cell is None:
        return {"fate": "", "text": "", "tip": "", "hidden": False}
    fate, detail = account.fate(cell)
    text = _text(cell)
    item = account.items.get((cell.row, cell.column))
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return {"fate": fate, "text": short, "tip": _tip(cell, fate, detail, item), "hidden": cell.hidden}


def _text(cell: GridCell) -> str:
    """What a reader of the sheet would see: numbers to four decimals at most, the rest as it stands."""
    if cell.is_number:
        return _shown(Decimal(repr(cell.value)), 4)
    return " ".join(str(cell.value if cell.value is not None else cell.raw).split())


def _shown(value: Decimal, digits: int) -> str:
    """A number as 1.234,5 with so many decimals at most; one beyond all use as it stands."""
    if not value.is_finite() or abs(value) >= _BEYOND:
        return str(value)
    return number(float(value), min(digits, max(0, -int(value.normalize().as_tuple().exponent))))


def _tip(cell: GridCell, fate: str, detail: str, item: Item | None) -> str:
    said = [f"{cell.address}: {FATES.get(fate, fate)}"]
    if detail:
        said.append(detail)
    if item is not None:
        said.append(f"Dòng: {' › '.join(item.rows) or '(không có tên)'}")
        said.append(f"Cột: {' › '.join(item.columns) or '(không có tiêu đề)'}")
        facts = [("Đơn vị", item.unit), ("Kỳ", item.period), ("Loại", _KINDS.get(item.kind, ""))]
        said += [f"{name}: {value}" for name, value in facts if value]
        if item.value is not None:
            said.append(f"Đọc là: {_shown(item.value, 12)}")
    said.append(f"Nguyên văn: {cell.raw}")
    return "\n".join(said)
