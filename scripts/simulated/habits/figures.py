"""How numbers are typed into cells, and what is typed where there is none."""

from __future__ import annotations

import datetime as dt
from random import Random

from babel.numbers import format_decimal
from scripts.simulated.fill import Filled, Number
from scripts.simulated.habits.choosing import numbers, some, vietnamese

_DONG = '_-* #,##0.##\\ _₫_-;\\-* #,##0.##\\ _₫_-;_-* "-"??\\ _₫_-;_-@_-'


def text_numbers(filled: Filled, draw: Random) -> None:
    """Numbers typed as words, Vietnamese separators."""
    chosen = numbers(filled, draw)
    for number in chosen:
        number.cell.value = vietnamese(number)
    filled.note("text_numbers", "value", chosen)


def english_numbers(filled: Filled, draw: Random) -> None:
    """Numbers as words with English separators, as a program set to English exports them."""
    chosen = numbers(filled, draw)
    for number in chosen:
        number.cell.value = format_decimal(number.cell.value, locale="en_US", decimal_quantization=False)
    filled.note("english_numbers", "value", chosen)


def spaced_numbers(filled: Filled, draw: Random) -> None:
    """Blanks between thousands, some that do not break, and blanks around."""
    chosen = numbers(filled, draw)
    for number in chosen:
        blank = draw.choice((" ", "\u00a0"))
        number.cell.value = vietnamese(number).replace(".", blank) + draw.choice(("", " ", "\u00a0"))
    filled.note("spaced_numbers", "value", chosen)


def percent_text(filled: Filled, draw: Random) -> None:
    """``12,5%``."""
    chosen = numbers(filled, draw, lambda n: filled.unit(n) == "%")
    for number in chosen:
        number.cell.value = f"{vietnamese(number)}{draw.choice(('%', ' %'))}"
    filled.note("percent_text", "value", chosen)


def percent_format(filled: Filled, draw: Random) -> None:
    """0,125 shown as 12,5%."""
    chosen = numbers(filled, draw, lambda n: filled.unit(n) == "%")
    for number in chosen:
        number.cell.value = round(number.cell.value / 100, 8)
        number.cell.number_format = "0.00%"
    filled.note("percent_format", "value", chosen)


def dong_format(filled: Filled, draw: Random) -> None:
    """The accounting format of dong, which shows zero as a dash."""
    chosen = numbers(filled, draw)
    for number in chosen:
        number.cell.number_format = _DONG
    filled.note("dong_format", "value", chosen)


def target_words(filled: Filled, draw: Random) -> None:
    """Targets as resolutions say them: trên, khoảng, a range."""

    def fits(number: Number) -> bool:
        return number.kind == "target" and 5 < number.cell.value < 90

    chosen = numbers(filled, draw, fits)
    for number in chosen:
        typed, value = vietnamese(number), number.cell.value
        low, high = round(value), round(value) + draw.randrange(1, 4)
        number.cell.value, number.truth = draw.choice(
            [
                (f"Trên {typed}", f">={value}"),
                (f"≥ {typed}", f">={value}"),
                (f"Dưới {typed}", f"<={value}"),
                (f"không quá {typed}", f"<={value}"),
                (f">{typed}", f">{value}"),
                (f"Khoảng {typed}", f"~{value}"),
                (f"{low}-{high}", f"{low}..{high}"),
                (f"{low} - {high}", f"{low}..{high}"),
            ]
        )
    filled.note("target_words", "value", chosen)


def about(filled: Filled, draw: Random) -> None:
    """The estimate's word in the cell itself."""
    chosen = numbers(filled, draw, lambda n: n.kind == "estimate")
    for number in chosen:
        value = number.cell.value
        number.cell.value = draw.choice((f"{vietnamese(number)} (ước)", f"ước đạt {vietnamese(number)}"))
        number.truth = f"~{value}"
    filled.note("about", "value", chosen)


def sums_typed(filled: Filled, draw: Random) -> None:
    """A sum typed as a formula, its result kept in the file as Excel keeps it."""
    chosen = numbers(filled, draw, lambda n: n.cell.value > 1)
    for number in chosen:
        value = number.cell.value
        part = round(value * draw.uniform(0.2, 0.8))
        number.cell.value = f"={part}+{round(value - part, 6):g}" if value < 100_000 else f"={part}+{value - part}"
        filled.results[number.cell] = value
    filled.note("sums_typed", "value", chosen)


def no_results(filled: Filled, draw: Random) -> None:
    """Sums typed as formulas into a program that does not keep results."""
    chosen = numbers(filled, draw, lambda n: float(n.cell.value).is_integer() and n.cell.value > 1)
    for number in chosen:
        value = number.cell.value
        part = round(value * draw.uniform(0.2, 0.8))
        number.cell.value = f"={part}+{value - part}"
    filled.note("no_results", "value", chosen)


def dashes(filled: Filled, draw: Random) -> None:
    """A mark where there is no number."""
    cells = some(filled.empty, draw, 0.5)
    for cell in cells:
        cell.value = draw.choice(["-", "-", "…", "..."])
    filled.note("dashes", "none", [], cells)


def crosses(filled: Filled, draw: Random) -> None:
    """An x where there is no number."""
    cells = [c for c in some(filled.empty, draw, 0.5) if c.value is None]
    for cell in cells:
        cell.value = "x"
    filled.note("crosses", "none", [], cells)


def in_words(filled: Filled, draw: Random) -> None:
    """Numbers within sentences and counts out of a whole: nobody can be sure which number is meant."""
    chosen = numbers(filled, draw, lambda n: n.cell.value > 1)
    for number in chosen:
        typed, value = vietnamese(number), number.cell.value
        number.cell.value = draw.choice(
            [
                f"{typed} (giảm 28,3% so với năm trước)",
                f"{typed}, bằng 96,5% kế hoạch",
                f"Tăng {round(value)}-{round(value) + 1}%",
                f"tăng {typed} (do năm trước là năm gốc, tăng 2,06%)",
                f"{round(value)}/{round(value * 1.4) + 1}",
                f"{typed} (chưa tính 2 xã mới sáp nhập)",
            ]
        )
    filled.note("in_words", "rejected", chosen)


def as_dates(filled: Filled, draw: Random) -> None:
    """A range that the program took for a day: 7-9 became the seventh of September."""
    chosen = numbers(filled, draw, lambda n: 1 <= n.cell.value <= 28)
    for number in chosen:
        low = max(1, min(11, round(number.cell.value)))
        number.truth = f"{low}..{low + 1}"
        number.cell.value = dt.date(2020, low + 1, low)
        number.cell.number_format = "d-mmm"
    filled.note("as_dates", "rejected", chosen)


def errors(filled: Filled, draw: Random) -> None:
    """Formulas that broke: what they once said stands nowhere in the file."""
    chosen = numbers(filled, draw)
    for number in chosen:
        number.cell.value = draw.choice(("#REF!", "#DIV/0!", "#VALUE!", "#N/A"))
    filled.numbers = [n for n in filled.numbers if all(n is not c for c in chosen)]
    filled.note("errors", "rejected", [], [n.cell for n in chosen])
