"""Tables as an office could write them, made at random, with what each of their numbers means."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from babel.numbers import format_decimal

from planreview.workbooks import GridCell, Sheet

NAMES = (
    "Tổng sản phẩm trên địa bàn",
    "Thu ngân sách trên địa bàn",
    "Chi đầu tư phát triển",
    "Giá trị sản xuất công nghiệp",
    "Vốn đầu tư toàn xã hội",
    "Doanh thu du lịch",
    "Kim ngạch xuất khẩu",
    "Nông nghiệp",
    "Lâm nghiệp",
    "Thuỷ sản",
    "Trồng trọt",
    "Chăn nuôi",
    "Bán lẻ hàng hoá",
    "Vận tải, kho bãi",
    "Xây dựng",
    "Khai khoáng",
)
GROUPS = ("LĨNH VỰC KINH TẾ", "LĨNH VỰC XÃ HỘI", "LĨNH VỰC MÔI TRƯỜNG")
AREAS = ("Toàn tỉnh", "Thành phố", "Các huyện vùng cao", "Các huyện vùng thấp")
UNITS = ("Tỷ đồng", "Triệu đồng", "Nghìn tấn", "Triệu USD", "Nghìn lượt người")
WORDS = ("TH", "Thực hiện", "ƯTH", "KH", "Ước thực hiện", "Kế hoạch")


@dataclass(frozen=True)
class Meant:
    """A number of a table: what it is, the last name of its line, the words of its column, its unit ('' = any)."""

    value: Decimal
    line: str
    column: tuple[str, ...]
    unit: str = ""


@dataclass
class Draft:
    """A sheet being written."""

    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    meant: dict[tuple[int, int], Meant] = field(default_factory=dict)

    def put(self, row: int, column: int, value: str | int | float) -> None:
        self.cells[row, column] = GridCell(row, column, value, str(value), number_format="General")

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                self.merges[r, c] = (top, left)

    def sheet(self) -> Sheet:
        return Sheet("Biểu", False, self.cells, self.merges)


@dataclass(frozen=True)
class Plan:
    """The choices of one layout, so that a failing one can be read."""

    numbered: bool
    unit_place: str  # column, corner, header, label, section, right
    depth: int
    merged: bool
    counting: bool
    areas: int
    years: tuple[int, ...]
    grouped: str  # none, upper, numbered
    parts: str  # none, dash, indent, of_which
    numbers: str  # cells, vietnamese, mixed
    down: bool
    notes: bool
    gap: bool


def plan(random: Random) -> Plan:
    start = random.randint(1990, 2030)
    return Plan(
        numbered=random.random() < 0.6,
        unit_place=random.choice(("column", "corner", "header", "label", "section", "right")),
        depth=random.randint(1, 3),
        merged=random.random() < 0.8,
        counting=random.random() < 0.4,
        areas=random.randint(1, 3),
        years=tuple(range(start, start + random.randint(2, 5))),
        grouped=random.choice(("none", "upper", "numbered")),
        parts=random.choice(("none", "dash", "indent", "of_which")),
        numbers=random.choice(("cells", "cells", "vietnamese", "mixed")),
        down=random.random() < 0.2,
        notes=random.random() < 0.5,
        gap=random.random() < 0.3,
    )


def number(random: Random) -> Decimal:
    return Decimal(random.randint(2101, 9_999_999)) / Decimal(random.choice((1, 10, 100)))


def write_number(draft: Draft, row: int, column: int, value: Decimal, as_text: bool) -> None:
    if as_text:
        draft.put(row, column, format_decimal(value, locale="vi_VN"))
    else:
        draft.put(row, column, int(value) if value == int(value) else float(value))


def write_table(draft: Draft, random: Random, p: Plan, top: int, left: int) -> tuple[int, int]:
    """One table from a position on; the last row and column used."""
    return _down(draft, random, p, top, left) if p.down else _across(draft, random, p, top, left)


def _across(draft: Draft, random: Random, p: Plan, top: int, left: int) -> tuple[int, int]:
    row = top
    draft.put(row, left, "Biểu số 1. TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU")
    row += 1
    unit = random.choice(UNITS)
    ordinal = left if p.numbered else None
    label = left + int(p.numbered)
    unit_column = label + 1 if p.unit_place == "column" else None
    first = label + 1 + int(unit_column is not None)
    words = [random.choice(WORDS) for _ in p.years]
    areas = AREAS[: p.areas] if p.depth > 1 else AREAS[:1]
    width = len(areas) * len(p.years)
    last = first + width - 1
    right = last + 1 if p.unit_place == "right" else None
    if p.unit_place == "corner":
        draft.put(row, last, random.choice((f"Đơn vị tính: {unit}", unit, f"(ĐVT: {unit})")))
        row += 1
    elif p.gap:
        row += 1
    head = row
    headings: dict[int, str] = {label: "Chỉ tiêu"}
    if ordinal:
        headings[ordinal] = random.choice(("STT", "TT"))
    if unit_column:
        headings[unit_column] = random.choice(("ĐVT", "Đơn vị tính", "Đơn vị"))
    if right:
        headings[right] = "Đơn vị tính"
    depth = p.depth
    for column, text in headings.items():
        draft.put(head, column, text)
        if depth > 1 and p.merged:
            draft.merge(head, column, head + depth - 1, column)
    suffix = f" ({unit})" if p.unit_place == "header" else ""
    columns: list[tuple[str, ...]] = []
    for a, area in enumerate(areas):
        at = first + a * len(p.years)
        if depth > 1:
            draft.put(head, at, area)
            if p.merged:
                draft.merge(head, at, head, at + len(p.years) - 1)
        for i, (word, year) in enumerate(zip(words, p.years, strict=True)):
            if depth < 3:
                draft.put(head + depth - 1, at + i, f"{word} {year}{suffix}")
            else:
                draft.put(head + 1, at + i, word)
                draft.put(head + 2, at + i, f"năm {year}{suffix}")
            columns.append(((area,) if depth > 1 else ()) + (word, str(year)))
    row = head + depth
    if p.counting:
        for i, column in enumerate([*sorted(headings)[: first - left], *range(first, last + 1)], start=1):
            draft.put(row, column, i)
        row += 1
    elif p.gap:
        row += 1
    if p.unit_place == "section":
        draft.put(row, first, unit)
        draft.merge(row, first, row, max(last, first + 1) if width > 1 else first)
        row += 1
    counted = 0
    for name, kind in _lines(random, p):
        if kind == "group":
            draft.put(row, label, name)
            row += 1
            continue
        if kind == "whole" and ordinal:
            counted += 1
            draft.put(row, ordinal, counted)
        typed = {"dash": f"- {name}", "indent": f"     {name}", "of_which": f"Trong đó: {name}"}.get(kind, name)
        draft.put(row, label, f"{typed} ({unit})" if p.unit_place == "label" else typed)
        if unit_column:
            draft.put(row, unit_column, unit)
        if right:
            draft.put(row, right, unit)
        for i, column in enumerate(columns):
            if random.random() < 0.1:
                continue
            value = number(random)
            as_text = p.numbers == "vietnamese" or (p.numbers == "mixed" and random.random() < 0.3)
            write_number(draft, row, first + i, value, as_text)
            draft.meant[row, first + i] = Meant(value, name, column, unit)
        row += 1
    if p.notes:
        draft.put(row, label, "Ghi chú: số liệu sơ bộ")
        draft.put(row + 2, label, "NGƯỜI LẬP BIỂU")
        row += 3
    return row - 1, max(last, right or 0)


def _lines(random: Random, p: Plan) -> list[tuple[str, str]]:
    names = random.sample(NAMES, random.randint(4, 9))
    lines: list[tuple[str, str]] = []
    groups = iter(GROUPS)
    for i, name in enumerate(names):
        if p.grouped == "upper" and i % 3 == 0 and (group := next(groups, "")):
            lines.append((group, "group"))
        is_part = p.parts != "none" and i % 3 == 1
        lines.append((name, p.parts if is_part else "whole"))
    return lines


def _down(draft: Draft, random: Random, p: Plan, top: int, left: int) -> tuple[int, int]:
    """Periods down, indicators across."""
    unit = random.choice(UNITS)
    names = random.sample(NAMES, random.randint(2, 5))
    draft.put(top, left, "Bảng 2. MỘT SỐ CHỈ TIÊU QUA CÁC NĂM")
    draft.put(top + 2, left, "Năm")
    for i, name in enumerate(names, start=1):
        draft.put(top + 2, left + i, f"{name} ({unit})")
    for r, year in enumerate(p.years, start=top + 3):
        draft.put(r, left, year)
        for i, name in enumerate(names, start=1):
            value = number(random)
            write_number(draft, r, left + i, value, as_text=False)
            draft.meant[r, left + i] = Meant(value, str(year), (name,), unit)
    return top + 2 + len(p.years), left + len(names)


def write_sheet(random: Random) -> tuple[Draft, tuple[Plan, ...]]:
    """A sheet with one table, or two below or beside each other."""
    draft, first = Draft(), plan(random)
    bottom, right = write_table(draft, random, first, random.randint(1, 3), 1)
    shape = random.choice(("one", "one", "stacked", "beside"))
    if shape == "one":
        return draft, (first,)
    second = plan(random)
    if shape == "stacked":
        write_table(draft, random, second, bottom + random.randint(2, 4), 1)
    else:
        write_table(draft, random, second, random.randint(1, 4), right + 2)
    return draft, (first, second)
