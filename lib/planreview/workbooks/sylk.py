"""SYLK (.slk): one record a line, fields set apart by semicolons."""

from __future__ import annotations

import re

from planreview.workbooks import messages
from planreview.workbooks.encodings import decoded
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawBook, RawSheet
from planreview.workbooks.values import is_blank, of_number, raw_of


def read_sylk(content: bytes) -> RawBook:
    """One sheet. Raises UnreadableFile."""
    found = decoded(content)
    if found is None:
        raise messages.damaged("SYLK")
    book, sheet = RawBook("sylk"), RawSheet("SYLK")
    formats: list[str] = []
    cells: dict[tuple[int, int], tuple] = {}
    looks: dict[tuple[int, int], str] = {}
    row = column = 1
    for line in re.split(r"\r\n|\r|\n", found[0]):
        kind, *fields = (f.replace("\0", ";") for f in line.replace(";;", "\0").split(";"))
        said = {f[0]: f[1:] for f in fields if f}
        if kind == "O" and any(f == "V4" for f in fields):
            book.date1904 = True
        elif kind == "P" and "P" in said:
            formats.append(said["P"])
        elif kind in ("C", "F"):
            row, column = _place(said, "Y", row), _place(said, "X", column)
            if kind == "F":
                if said.get("P", "").isdecimal() and int(said["P"]) < len(formats):
                    looks[row, column] = formats[int(said["P"])]
                continue
            if not ("K" in said or "E" in said):
                continue
            cells[row, column] = _value(said)
            if len(cells) > MOST_CELLS:
                raise messages.too_many_cells(MOST_CELLS, sheet.name)
    for (r, c), (value, raw, formula) in cells.items():
        number_format = looks.get((r, c), "General")
        if isinstance(value, float):
            value = of_number(value, number_format, book.date1904)
            raw = raw_of(value) if value is not None else raw
        if raw or formula:
            sheet.cells.append((r, c, value, raw or formula, False, bool(formula), number_format))
    sheet.cells.sort(key=lambda cell: cell[:2])
    book.sheets.append(sheet)
    return book


def _place(said: dict[str, str], name: str, before: int) -> int:
    if name not in said:
        return before
    most = MOST_ROWS if name == "Y" else MOST_COLUMNS
    if not said[name].isdecimal() or not 1 <= int(said[name][:9]) <= most:
        raise messages.damaged(f"SYLK, {name}{said[name][:20]}")
    return int(said[name])


def _value(said: dict[str, str]) -> tuple:
    """Value (numbers as floats), raw and formula."""
    formula = f"={said['E']}" if said.get("E") else ""
    stored = said.get("K", "")
    if stored.startswith('"'):
        text = stored[1:].removesuffix('"').replace("\x1b :", "\n")
        return (None, "", formula) if is_blank(text) else (text, text, formula)
    if stored in ("TRUE", "FALSE"):
        return stored == "TRUE", stored, formula
    try:
        return float(stored), stored, formula
    except ValueError:
        return None, stored, formula
