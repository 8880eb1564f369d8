"""How units of measure are written, and numbers in another unit that the row declares."""

from __future__ import annotations

from random import Random

from scripts.simulated.fill import Filled
from scripts.simulated.habits.choosing import codes

# the unit of the form: (another one that declares itself, factor to it)
_OTHERS = {
    "tỷ đồng": ("triệu đồng", 1000),
    "tấn": ("nghìn tấn", 0.001),
    "người": ("nghìn người", 0.001),
    "ha": ("nghìn ha", 0.001),
    "triệu đồng/người/năm": ("nghìn đồng/người/năm", 1000),
    "tạ/ha": ("tấn/ha", 0.1),
}
_SPELT = {
    "tỷ đồng": ("Tỷ đồng", "tỉ đồng", "Tỷ Đ", "TỶ ĐỒNG"),
    "triệu đồng": ("Triệu đồng", "Tr đồng", "tr.đồng"),
    "triệu đồng/người/năm": ("Tr đồng/người/năm", "triệu đồng / người / năm"),
    "tấn": ("Tấn", "TẤN"),
    "tạ/ha": ("Tạ/Ha", "Tạ/ha", "tạ / ha"),
    "ha": ("Ha", "HA", "hecta"),
    "người": ("Người", "ng­ười".replace("\u00ad", "")),
    "%": ("phần trăm", "(%)", "% "),
    "hộ": ("Hộ",),
    "xã": ("Xã",),
    "trường": ("Trường",),
    "con": ("Con",),
}


def units(filled: Filled, draw: Random) -> None:
    """Some rows in another unit, and the unit column says so."""
    chosen = codes(filled, draw, lambda c: filled.unit_of(c) in _OTHERS)
    of_rows = [n for n in filled.numbers if n.code in chosen and isinstance(n.cell.value, int | float)]
    for number in of_rows:
        _, factor = _OTHERS[filled.unit_of(number.code)]
        value = round(float(number.cell.value) * factor, 9)
        number.cell.value = int(value) if value.is_integer() else value
        number.cell.number_format = "General"
    cells = [filled.unit_cell(code) for code in chosen]
    for cell in cells:
        cell.value = _OTHERS[cell.value][0]
    filled.note("units", "value", of_rows, cells)


def spelling(filled: Filled, draw: Random) -> None:
    """The same unit in other letters."""
    chosen = codes(filled, draw, lambda c: filled.unit_of(c) in _SPELT)
    cells = [filled.unit_cell(code) for code in chosen]
    for cell in cells:
        cell.value = draw.choice(_SPELT[cell.value])
    filled.note("unit_spelling", "value", [n for n in filled.numbers if n.code in chosen], cells)


def ditto(filled: Filled, draw: Random) -> None:
    """A mark for "as above" in rows whose unit is the one of the row above."""
    by_row = {cell.row: code for code, cell in filled.names.items()}

    def same(code: str) -> bool:
        above = by_row.get(filled.names[code].row - 1)
        return above is not None and filled.unit_of(above) == filled.unit_of(code)

    chosen = codes(filled, draw, same)
    cells = [filled.unit_cell(code) for code in chosen]
    for cell in cells:
        cell.value = draw.choice(('"', "nt", "''"))
    filled.note("ditto", "value", [n for n in filled.numbers if n.code in chosen], cells)


def in_name(filled: Filled, draw: Random) -> None:
    """The unit in brackets behind the name, its own cell empty."""
    chosen = codes(filled, draw, lambda c: filled.unit_of(c) in ("ha", "tấn", "người", "%", "tỷ đồng", "tạ/ha"))
    cells = []
    for code in chosen:
        cell = filled.unit_cell(code)
        filled.names[code].value = f"{filled.label(code)} ({cell.value})"
        cell.value = None
        cells += [cell, filled.names[code]]
    filled.note("unit_in_name", "value", [n for n in filled.numbers if n.code in chosen], cells)
