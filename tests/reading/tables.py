"""Tables as an office could write them, made at random, with what each of their numbers means."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from babel.numbers import format_decimal

from planreview.reading.text import TCVN3
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


def to_tcvn3(text: str) -> str:
    """As a TCVN3 font holds it: capitals with tone marks are small letters there."""
    back = {unicode: typed for typed, unicode in TCVN3.items()}
    return "".join(back.get(c) or back.get(c.lower(), c) for c in text)


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

    def in_old_font(self) -> None:
        """All words so far as TCVN3 fonts hold them."""
        for place, cell in self.cells.items():
            if isinstance(cell.value, str):
                text = to_tcvn3(cell.value)
                self.cells[place] = GridCell(*place, text, text, number_format="General")

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
    broken: bool  # header words over two rows
    year_cells: bool  # the year of a header is a number cell
    ditto: bool
    compares: bool  # a last column compares, in %
    names: str  # one column of names, or parents in the column left of it
    continues: bool  # goes on in a second part with its header again
    marks: bool  # "-", "…", "12,5 (ước)", "≥ 95" among the numbers
    old_font: bool  # TCVN3


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
        broken=random.random() < 0.2,
        year_cells=random.random() < 0.3,
        ditto=random.random() < 0.4,
        compares=random.random() < 0.3,
        names=random.choice(("one", "one", "two")),
        continues=random.random() < 0.15,
        marks=random.random() < 0.3,
        old_font=random.random() < 0.15,
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
    unit = random.choice(UNITS)
    words = [random.choice(WORDS) for _ in p.years]
    row, right = _part(draft, random, p, top, left, unit, words, "Biểu số 1. TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU")
    if p.continues:
        title = "Biểu số 1. (Tiếp theo) TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU"
        row, right = _part(draft, random, p, row + 2, left, unit, words, title)
    if p.notes:
        label = left + int(p.numbered)
        draft.put(row + 1, label, "Ghi chú: số liệu sơ bộ")
        draft.put(row + 3, label, "NGƯỜI LẬP BIỂU")
        row += 3
    return row, right


def _part(
    draft: Draft, random: Random, p: Plan, top: int, left: int, unit: str, words: list[str], title: str
) -> tuple[int, int]:
    """A title, a header and lines below it."""
    row = top
    draft.put(row, left, title)
    row += 1
    ordinal = left if p.numbered else None
    label = left + int(p.numbered) + int(p.names == "two")
    unit_column = label + 1 if p.unit_place == "column" else None
    first = label + 1 + int(unit_column is not None)
    areas = AREAS[: p.areas] if p.depth > 1 else AREAS[:1]
    last = first + len(areas) * len(p.years) - 1
    compared = last + 1 if p.compares else None
    right = last + 1 + int(p.compares) if p.unit_place == "right" else None
    if p.unit_place == "corner":
        draft.put(row, last, random.choice((f"Đơn vị tính: {unit}", unit, f"(ĐVT: {unit})")))
        row += 1
    elif p.gap:
        row += 1
    head = row
    row, columns = _head(draft, p, head, first, areas, words, unit)
    headings: dict[int, str] = {label: "Chỉ tiêu"}
    if ordinal:
        headings[ordinal] = random.choice(("STT", "TT"))
    if unit_column:
        headings[unit_column] = random.choice(("ĐVT", "Đơn vị tính", "Đơn vị"))
    if right:
        headings[right] = "Đơn vị tính"
    if compared:
        headings[compared] = f"So sánh {p.years[-1]}/{p.years[0]} (%)"
    for column, text in headings.items():
        at = column - 1 if column == label and p.names == "two" else column
        draft.put(head, at, text)
        if p.merged and (row - head > 1 or at < column):
            draft.merge(head, at, row - 1, column)
    if p.counting:
        counted = [c for c in sorted(headings) if c != label or p.names == "one"]
        for i, column in enumerate(sorted({*counted, label, *range(first, last + 1)}), start=1):
            draft.put(row, column, i)
        row += 1
    elif p.gap:
        row += 1
    if p.unit_place == "section":
        draft.put(row, first, unit)
        draft.merge(row, first, row, max(last, first + 1) if last > first else first)
        row += 1
    counted = 0
    unit_written = False
    for name, kind in _lines(random, p):
        if kind == "group":
            draft.put(row, label, name)
            row += 1
            continue
        if kind == "whole" and ordinal:
            counted += 1
            draft.put(row, ordinal, counted)
        typed = {"dash": f"- {name}", "indent": f"     {name}", "of_which": f"Trong đó: {name}"}.get(kind, name)
        at = label - 1 if p.names == "two" and kind == "whole" else label
        draft.put(row, at, f"{typed} ({unit})" if p.unit_place == "label" else typed)
        for column in (unit_column, right):
            if column:
                draft.put(row, column, '"' if p.ditto and unit_written and random.random() < 0.5 else unit)
        unit_written = True
        for j, column in enumerate(columns):
            if random.random() < 0.1:
                continue
            _write(draft, random, p, row, first + j, Meant(number(random), name, column, unit))
        if compared:
            share = Decimal(random.randint(500, 2000)) / 10
            write_number(draft, row, compared, share, as_text=False)
            draft.meant[row, compared] = Meant(share, name, ("So sánh",), "%")
        row += 1
    return row - 1, max(last, compared or 0, right or 0)


def _write(draft: Draft, random: Random, p: Plan, row: int, column: int, meant: Meant) -> None:
    if p.marks and random.random() < 0.15:
        draft.put(row, column, random.choice(("-", "…", "x")))
        return
    if p.marks and random.random() < 0.15:
        text = format_decimal(meant.value, locale="vi_VN")
        draft.put(row, column, random.choice((f"{text} (ước)", f"≥ {text}", f"Trên {text}", f"khoảng {text}")))
    else:
        as_text = p.numbers == "vietnamese" or (p.numbers == "mixed" and random.random() < 0.3)
        write_number(draft, row, column, meant.value, as_text)
    draft.meant[row, column] = meant


def _head(
    draft: Draft, p: Plan, head: int, first: int, areas: tuple[str, ...], words: list[str], unit: str
) -> tuple[int, list[tuple[str, ...]]]:
    """The header over the numbers; the row below it and the words of each column."""
    suffix = f" ({unit})" if p.unit_place == "header" else ""
    columns: list[tuple[str, ...]] = []
    row = head + int(p.depth > 1)
    height = 0
    for a, area in enumerate(areas):
        at = first + a * len(p.years)
        if p.depth > 1:
            draft.put(head, at, area)
            if p.merged:
                draft.merge(head, at, head, at + len(p.years) - 1)
        for i, (word, year) in enumerate(zip(words, p.years, strict=True)):
            texts: list[str | int] = [f"{word} {year}{suffix}"]
            if p.depth == 3:
                texts = [word, f"năm {year}{suffix}"]
            if p.year_cells and not suffix:
                texts = [word, year]
            if p.broken:
                half = word.split()
                texts = [*half, *(texts[1:] if len(texts) > 1 else [f"năm {year}{suffix}"])]
            for r, text in enumerate(texts):
                draft.put(row + r, at + i, text)
            height = max(height, len(texts))
            columns.append(((area,) if p.depth > 1 else ()) + (*word.split(), str(year)))
    return row + height, columns


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
    draft, plans = Draft(), [plan(random)]
    bottom, right = write_table(draft, random, plans[0], random.randint(1, 3), 1)
    shape = random.choice(("one", "one", "stacked", "beside"))
    if shape != "one":
        plans.append(plan(random))
    if shape == "stacked":
        write_table(draft, random, plans[1], bottom + random.randint(2, 4), 1)
    if shape == "beside":
        write_table(draft, random, plans[1], random.randint(1, 4), right + 2)
    if plans[0].old_font:
        draft.in_old_font()
    return draft, tuple(plans)
