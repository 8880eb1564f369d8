"""What people do to a form: ordinary slips and habits. None changes what a careful reader takes a number for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from babel.numbers import format_decimal
from openpyxl.utils import get_column_letter
from scripts.simulated.fill import Filled, Number
from scripts.simulated.numbers import LAST, rounded

_OWN_ROW = ("Diện tích mắc ca trồng xen", "ha")
_OTHERS = "XH.02.01"  # the labour force, which the statistics office answers for


def apply(habits: str, filled: Filled, draw: Random) -> None:
    """Apply habits by name, joined by ``;``."""
    for name in filter(None, habits.split(";")):
        HABITS[name](filled, draw)


def _typed(number: Number) -> str:
    return format_decimal(number.cell.value, locale="vi_VN", decimal_quantization=False)


def _some(numbers: list, draw: Random, share: float, least: int = 3) -> list:
    return draw.sample(numbers, min(len(numbers), max(least, int(len(numbers) * share))))


def text_numbers(filled: Filled, draw: Random) -> None:
    """Numbers typed as words, Vietnamese separators."""
    for number in _some(filled.numbers, draw, 0.04):
        number.cell.value = _typed(number)


def target_words(filled: Filled, draw: Random) -> None:
    """Targets as resolutions say them: trên, khoảng, a range."""
    rates = [
        n
        for n in filled.numbers
        if n.kind == "target" and isinstance(n.cell.value, float | int) and 5 < n.cell.value < 100
    ]
    for number in _some(rates, draw, 0.03, least=2):
        typed, value = _typed(number), number.cell.value
        low, high = round(value), round(value) + draw.randrange(1, 4)
        number.cell.value, number.truth = draw.choice(
            [
                (f"Trên {typed}", f">={value}"),
                (f"khoảng {typed}", f"~{value}"),
                (f"{low}-{high}", f"{low}..{high}"),
            ]
        )


def about(filled: Filled, draw: Random) -> None:
    """The estimate's word in the cell itself."""
    estimates = [n for n in filled.numbers if n.kind == "estimate" and isinstance(n.cell.value, float)]
    for number in _some(estimates, draw, 0.05):
        number.cell.value, number.truth = f"{_typed(number)} (ước)", f"~{number.cell.value}"


def dashes(filled: Filled, draw: Random) -> None:
    for cell in _some(filled.empty, draw, 0.4):
        cell.value = draw.choice(["-", "-", "…"])


def crosses(filled: Filled, draw: Random) -> None:
    for cell in _some(filled.empty, draw, 0.3):
        cell.value = "x"


def no_codes(filled: Filled, draw: Random) -> None:
    """Codes cleared and the file saved by a program that drops document properties."""
    for row in filled.rows.values():
        filled.sheet.cell(row, filled.column("code")).value = None
    for name in [p.name for p in filled.book.custom_doc_props.props]:
        del filled.book.custom_doc_props[name]


def scratch(filled: Filled, draw: Random) -> None:
    """Sums tried out beside the table."""
    right = len(filled.columns) + 2
    for row in _some(list(filled.rows.values()), draw, 0.01):
        filled.sheet.cell(row, right).value = round(draw.uniform(10, 900), 1)


def hidden(filled: Filled, draw: Random) -> None:
    for number, column in enumerate(filled.columns, 1):
        if column.says and column.says.kind == "actual" and column.heading.startswith("TH") and draw.random() < 0.6:
            filled.sheet.column_dimensions[get_column_letter(number)].hidden = True


def own_row(filled: Filled, draw: Random) -> None:
    """A line of the unit's own under the table, which no catalogue knows."""
    row = max(filled.rows.values()) + 1
    label, unit = _OWN_ROW
    filled.sheet.cell(row, filled.column("label")).value = label
    filled.sheet.cell(row, filled.column("unit")).value = unit
    for number, column in enumerate(filled.columns, 1):
        if column.role == "value":
            filled.sheet.cell(row, number).value = draw.randrange(20, 400)


def others_row(filled: Filled, draw: Random) -> None:
    """A line under the table for an indicator that another office answers for, this year's estimate a little higher."""
    row = max(filled.rows.values()) + 1
    indicator = filled.catalogue.indicators[_OTHERS]
    for role, text in (("code", indicator.code), ("label", indicator.name), ("unit", indicator.unit)):
        filled.sheet.cell(row, filled.column(role)).value = text
    filled.fill_row(row, indicator.code)
    estimate = next(n for n in filled.numbers if n.code == indicator.code and n.period == str(LAST))
    estimate.write(rounded(estimate.cell.value * draw.uniform(1.01, 1.02), indicator))


def units(filled: Filled, draw: Random) -> None:
    """Some rows in million instead of thousand million dong, and the unit column says so."""
    unit_column = filled.column("unit")
    money = [row for row in filled.rows.values() if filled.sheet.cell(row, unit_column).value == "tỷ đồng"]
    chosen = set(_some(money, draw, 0.2))
    for row in chosen:
        filled.sheet.cell(row, unit_column).value = "triệu đồng"
    for number in filled.numbers:
        if number.cell.row in chosen:
            number.cell.value = round(number.cell.value * 1000)


def decomposed(filled: Filled, draw: Random) -> None:
    """Labels from a system that writes accents apart, blanks that do not break."""
    for row in _some(list(filled.rows.values()), draw, 0.3):
        label = filled.sheet.cell(row, filled.column("label"))
        label.value = unicodedata.normalize("NFD", label.value).replace(" ", "\u00a0", 1) + "  "


HABITS: dict[str, Callable[[Filled, Random], None]] = {
    "text_numbers": text_numbers,
    "words": target_words,
    "about": about,
    "dashes": dashes,
    "crosses": crosses,
    "no_codes": no_codes,
    "scratch": scratch,
    "hidden": hidden,
    "own_row": own_row,
    "others_row": others_row,
    "units": units,
    "decomposed": decomposed,
}
