"""How the names of rows are written. The codes of these rows are gone: a name must do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from scripts.simulated.fill import Filled
from scripts.simulated.habits.choosing import codes

_SLIPS = (
    ("tiểu", "tiều"), ("trồng", "trông"), ("sửa", "sữa"), ("trình", "trinh"), ("xử lý", "xữ lý"), ("khu vực", "khu vự"),
    ("sản xuất", "sản suất"), ("năng suất", "năng xuất"), ("tỷ lệ", "tỉ lệ"), ("nghiệp", "nghiêp"), ("lượng", "lượg"),
    ("diện", "diên"), ("nghèo", "nghéo"), ("giá trị", "giá tri"), ("bảo hiểm", "bảo hiễm"), ("số", "sô"),
)  # fmt: skip
_SHORT = (
    ("giá trị sản xuất", "GTSX"), ("bảo hiểm y tế", "BHYT"), ("bảo hiểm xã hội", "BHXH"),
    ("ngân sách nhà nước", "NSNN"),
    ("trung học cơ sở", "THCS"), ("trung học phổ thông", "THPT"), ("nông thôn mới", "NTM"), ("lao động", "LĐ"),
    ("hợp tác xã", "HTX"), ("doanh nghiệp", "DN"), ("sản lượng", "SL"), ("diện tích", "DT"), ("năng suất", "NS"),
    ("bình quân", "BQ"), ("so sánh", "SS"), ("dịch vụ", "DV"), ("thương mại", "TM"), ("dân tộc thiểu số", "DTTS"),
)  # fmt: skip
_MARKS = ("- ", " - ", "   + ", "      + ", "* ", "    ")


def no_codes(filled: Filled, draw: Random) -> None:
    """All codes cleared, and the file saved by a program that drops document properties."""
    cells = [filled.code_cell(code) for code in filled.names]
    for cell in filter(None, cells):
        cell.value = None
    for name in [p.name for p in filled.book.custom_doc_props.props]:
        del filled.book.custom_doc_props[name]
    filled.note("no_codes", "value", list(filled.numbers), [c for c in cells if c])


def _write(kind: str, filled: Filled, draw: Random, change: Callable[[str], str]) -> None:
    """Change the names of some rows, and take their codes away."""
    chosen = codes(filled, draw, lambda c: change(filled.label(c)) != filled.label(c))
    for code in chosen:
        filled.names[code].value = change(filled.label(code))
        if cell := filled.code_cell(code):
            cell.value = None
    of_rows = [n for n in filled.numbers if n.code in chosen]
    filled.note(kind, "value", of_rows, [filled.names[code] for code in chosen])


def _first(pairs: tuple[tuple[str, str], ...], text: str) -> str:
    for right, wrong in pairs:
        changed = re.sub(rf"\b{right}\b", wrong, text, count=1)
        changed = re.sub(rf"^{right.capitalize()}\b", wrong[0].upper() + wrong[1:], changed)
        if changed != text:
            return changed
    return text


def misspelt(filled: Filled, draw: Random) -> None:
    """One slip in a name, of those that forms are full of."""
    _write("misspelt", filled, draw, lambda text: _first(_SLIPS, text))


def abbreviated(filled: Filled, draw: Random) -> None:
    _write("abbreviated", filled, draw, lambda text: _first(_SHORT, text))


def marked(filled: Filled, draw: Random) -> None:
    """The marker typed into the name, nesting by leading blanks, a full stop at the end."""
    marks = draw.choices(_MARKS, k=1000)
    _write("marked", filled, draw, lambda text: f"{marks[len(text)]}{text}{'.' if len(text) % 3 == 0 else ''}")


def pasted_twice(filled: Filled, draw: Random) -> None:
    _write("pasted_twice", filled, draw, lambda text: f"{text} {text}")


def broken(filled: Filled, draw: Random) -> None:
    """A line break within the cell, two blanks, a blank at the end."""

    def change(text: str) -> str:
        words = text.split(" ")
        half = len(words) // 2
        return f"{' '.join(words[:half])}\n{'  '.join(words[half:])} " if half else text

    _write("broken_names", filled, draw, change)


def split(filled: Filled, draw: Random) -> None:
    """A long name goes on in the next row, a row of its own without numbers."""
    long = codes(filled, draw, lambda c: len(filled.label(c).split()) > 5)
    rests = []
    for code in long:
        name = filled.names[code]
        words = filled.label(code).split()
        cut = len(words) * 2 // 3
        name.value = " ".join(words[:cut])
        if cell := filled.code_cell(code):
            cell.value = None
        name.parent.insert_rows(name.row + 1)
        rests.append(name.parent.cell(name.row + 1, name.column, " ".join(words[cut:])))
    filled.note("split_names", "value", [n for n in filled.numbers if n.code in long], rests)


def ordinals(filled: Filled, draw: Random) -> None:
    """Numbering as it grows: decimals for whole numbers, the same number twice, gaps."""
    chosen = codes(filled, draw)
    cells = [cell for code in chosen if (cell := filled.ordinal_cell(code))]
    for cell in cells:
        cell.value = draw.choice((1.0, 3, 3, 7, "7.2", "a", None, "4."))
        if isinstance(cell.value, float):
            cell.number_format = "0.0"
    filled.note("ordinals", "value", [n for n in filled.numbers if n.code in chosen], cells)


def decomposed(filled: Filled, draw: Random) -> None:
    """Names from a system that writes accents apart, blanks that do not break."""
    _write("decomposed", filled, draw, lambda text: unicodedata.normalize("NFD", text).replace(" ", "\u00a0", 1) + "  ")


def look_alikes(filled: Filled, draw: Random) -> None:
    """Letters of other alphabets that look the same, and the Icelandic ð for đ."""
    other = str.maketrans({"đ": "ð", "Đ": "Ð", "a": "а", "o": "о", "c": "с"})
    _write("look_alikes", filled, draw, lambda text: text.translate(other))


def nameless(filled: Filled, draw: Random) -> None:
    """Rows of numbers without a name: nobody knows whose they are."""
    chosen = codes(filled, draw)
    lost = [n for n in filled.numbers if n.code in chosen]
    for code in chosen:
        for cell in (filled.names[code], filled.code_cell(code), filled.ordinal_cell(code)):
            if cell is not None:
                cell.value = None
    filled.note("nameless", "rejected", lost)
