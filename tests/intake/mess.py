"""A form that was filled in and then went through somebody's hands: rows, columns, names, units and numbers changed in
the ways that real ones are. What its numbers mean goes with them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

import openpyxl
from openpyxl.styles import Font
from tests.forms.forms import blank, open_cells
from tests.reading.test_text import to_tcvn3

WHICH = ("2020-11", "119", "II")
FIRST, ORDINAL, CODE, NAME, UNIT = 0, 0, 1, 2, 3  # the header's row and the columns of a table
Meaning = tuple[str, str, str, str]  # code, period, kind, plan


@dataclass(frozen=True)
class Box:
    """A cell, and what its number means in the catalogue's unit: ((code, period, kind, plan), value)."""

    value: object = None
    meant: tuple[Meaning, float] | None = None


@dataclass
class Table:
    """Rows of boxes below a few title lines; the first is the header."""

    rows: list[list[Box]]
    titles: list[str]
    font: str = ""
    hidden: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    copies: int = 1

    def lines(self) -> list[int]:
        """Rows of indicators that were filled in."""
        return [n for n, row in enumerate(self.rows) if any(b.meant for b in row)]

    def truth(self) -> dict[Meaning, float]:
        return dict(box.meant for row in self.rows for box in row if box.meant)

    def content(self) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number in range(self.copies):
            sheet = book.create_sheet(f"Biểu {number + 1}")
            for text in self.titles:
                sheet.append([text])
            for row in self.rows:
                sheet.append([box.value for box in row])
            top = len(self.titles) + 1
            for n in self.hidden:
                sheet.row_dimensions[top + n].hidden = True
            for n in self.merged:
                sheet.merge_cells(start_row=top + n, end_row=top + n, start_column=1, end_column=len(self.rows[n]))
            if self.font:
                for cells in sheet.iter_rows():
                    for cell in cells:
                        cell.font = Font(name=self.font)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


@cache
def _form() -> tuple[list[list[object]], dict[tuple[int, int], Meaning], int]:
    book = openpyxl.load_workbook(io.BytesIO(blank(*WHICH)))
    sheet = book.worksheets[0]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    top = next(n for n, row in enumerate(rows) if row[NAME] == "Chỉ tiêu")
    meanings = {(c.row - 1 - top, c.column - 1): m for c, m in open_cells(book).values if c.parent is sheet}
    last = max(row for row, _ in meanings)
    return rows[top : top + last + 1], meanings, top


def filled(random: Random) -> Table:
    """Appendix II with about forty lines filled in from end to end."""
    cells, meanings, _ = _form()
    rows = [[Box(None if str(v).startswith("=") else v) for v in row] for row in cells]
    for line in random.sample(sorted({row for row, _ in meanings}), 40):
        percent = str(rows[line][UNIT].value).startswith("%")
        base = random.uniform(5, 90) if percent else 10 ** random.uniform(1.5, 4.5)
        digits = random.choice((0, 1, 2))
        for (row, column), meaning in meanings.items():
            if row == line:
                number = round(base * random.uniform(0.9, 1.1), digits)
                rows[row][column] = Box(int(number) if digits == 0 else number, (meaning, number))
    return Table(rows, ["ỦY BAN NHÂN DÂN HUYỆN", "BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI"])


def own_rows(table: Table, random: Random) -> None:
    """Empty rows, remarks and lines of one's own between the others."""
    width = len(table.rows[0])
    for _ in range(random.randint(1, 6)):
        numbers = [Box(random.randint(1000, 9999)) for _ in range(width - 4)]
        kinds = ([], [Box(), Box(), Box("Ghi chú: số liệu rà soát lại")])
        own = [Box(), Box(), Box("Số mô hình riêng của huyện"), Box("mô hình"), *numbers]
        row = random.choice((*kinds, own))
        table.rows.insert(random.randint(2, len(table.rows)), [*row, *[Box()] * (width - len(row))])


def lost_rows(table: Table, random: Random) -> None:
    for line in sorted(random.sample(table.lines(), 5), reverse=True):
        del table.rows[line]


def empty_rows_gone(table: Table, random: Random) -> None:
    table.rows = [
        row for n, row in enumerate(table.rows) if n == FIRST or any(b.meant for b in row) or not row[CODE].value
    ]


def swapped_rows(table: Table, random: Random) -> None:
    for _ in range(4):
        a, b = random.sample(table.lines(), 2)
        table.rows[a], table.rows[b] = table.rows[b], table.rows[a]


def _rename(table: Table, random: Random, change: Callable[[str], str], share: float = 1.0) -> None:
    for line in table.lines():
        if random.random() < share:
            box = table.rows[line][NAME]
            table.rows[line][NAME] = replace(box, value=change(str(box.value)))


def renamed(table: Table, random: Random) -> None:
    """Names in another spelling, with marks, shortened; codes stay."""
    _rename(table, random, lambda n: f"- {n}", 0.2)
    _rename(table, random, str.upper, 0.2)
    _rename(table, random, lambda n: n[: len(n) // 2] + n[len(n) // 2 + 1 :], 0.2)
    _rename(table, random, lambda n: f"  {n}  \n", 0.2)


def codes_gone(table: Table, random: Random) -> None:
    for row in table.rows:
        row[CODE] = Box() if row is not table.rows[FIRST] else row[CODE]
    table.rows[FIRST][CODE] = Box()


def own_columns(table: Table, random: Random) -> None:
    at = random.choice((len(table.rows[0]), len(table.rows[0]), 5, 11))
    heading, words = random.choice((("Đơn vị phụ trách", True), ("So sánh 2020/2019 (%)", False)))
    for n, row in enumerate(table.rows):
        filled_in = any(b.meant for b in row)
        box = Box(heading) if n == FIRST else Box("Phòng TCKH" if words else 101.5) if filled_in else Box()
        row.insert(at, box)


def moved_column(table: Table, random: Random) -> None:
    columns = [n for n in range(4, len(table.rows[0])) if any(len(r) > n and r[n].meant for r in table.rows)]
    source, to = random.sample(columns, 2)
    for row in table.rows:
        row.insert(to, row.pop(source))


_HEADINGS = (
    (r"^TH (\d{4})$", (r"Thực hiện năm \1", r"Năm \1 (TH)", r"TH năm \1", r"Kết quả thực hiện \1")),
    (r"^ƯTH (\d{4})$", (r"Ước thực hiện năm \1", r"Ước TH \1", r"Ước thực hiện \1")),
    (r"^KH (\d{4})$", (r"Kế hoạch \1", r"K.H \1", r"KH\1")),  # "KH năm 2021" is an annual plan's
    (r"^Năm (\d{4})$", (r"TH \1", r"Thực hiện \1")),
)


def renamed_columns(table: Table, random: Random) -> None:
    for n, box in enumerate(table.rows[FIRST]):
        for pattern, others in _HEADINGS:
            if re.match(pattern, str(box.value)):
                table.rows[FIRST][n] = Box(re.sub(pattern, random.choice(others), str(box.value)))
                break


_UNITS = {
    "tỷ đồng": ("triệu đồng", 1000),
    "người": ("nghìn người", 0.001),
    "tấn": ("nghìn tấn", 0.001),
    "ha": ("nghìn ha", 0.001),
}


def other_units(table: Table, random: Random) -> None:
    for line in table.lines():
        row = table.rows[line]
        if row[UNIT].value in _UNITS and random.random() < 0.5:
            unit, times = _UNITS[row[UNIT].value]
            table.rows[line] = [
                Box(unit) if n == UNIT else replace(b, value=round(b.value * times, 6)) if b.meant else b
                for n, b in enumerate(row)
            ]


def _vietnamese(number: float) -> str:
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def texts_for_numbers(table: Table, random: Random) -> None:
    habit = random.choice(
        (_vietnamese, lambda n: f"{n:,}", str, lambda n: f"{n:,}".replace(",", " "), lambda n: f" {n}\xa0")
    )
    share = random.choice((0.1, 0.5, 1.0))
    for line in table.lines():
        table.rows[line] = [
            replace(b, value=habit(b.value))
            if b.meant and isinstance(b.value, int | float) and random.random() < share
            else b
            for b in table.rows[line]
        ]


def _texts(table: Table, change: Callable[[str], str]) -> None:
    table.titles = [change(t) for t in table.titles]
    table.rows = [
        [replace(b, value=change(b.value)) if isinstance(b.value, str) else b for b in row] for row in table.rows
    ]


def decomposed(table: Table, random: Random) -> None:
    _texts(table, lambda text: unicodedata.normalize("NFD", text))


def old_font(table: Table, random: Random) -> None:
    _texts(table, lambda text: to_tcvn3(unicodedata.normalize("NFC", text)))
    table.font = ".VnTime"


def hidden_rows(table: Table, random: Random) -> None:
    table.hidden = random.sample(table.lines(), min(5, len(table.lines())))


def merged_sections(table: Table, random: Random) -> None:
    table.merged = [n for n, row in enumerate(table.rows[1:], start=1) if sum(b.value is not None for b in row) == 1]


def copied(table: Table, random: Random) -> None:
    table.copies = 2


KINDS = (
    own_rows, lost_rows, empty_rows_gone, swapped_rows, renamed, codes_gone, own_columns, moved_column, renamed_columns,
    other_units,
)  # fmt: skip
LAST = (texts_for_numbers, decomposed, old_font, hidden_rows, merged_sections, copied)  # the others come before these


def messy(seed: int) -> tuple[Table, list[str]]:
    """A form after some kinds of mess, and which."""
    random = Random(seed)
    table = filled(random)
    chosen = random.sample(KINDS, random.randint(1, 4)) + random.sample(LAST, random.randint(0, 2))
    if old_font in chosen and decomposed in chosen:
        chosen.remove(decomposed)
    for kind in chosen:
        kind(table, random)
    return table, [kind.__name__ for kind in chosen]
