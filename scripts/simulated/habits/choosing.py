"""Which cells of a file a habit takes hold of: a twelfth of the numbers, so about one in twenty of all its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from babel.numbers import format_decimal
from scripts.simulated.fill import Filled, Number

SHARE = 1 / 11
T = TypeVar("T")


def some(items: Sequence[T], draw: Random, share: float = SHARE, least: int = 3) -> list[T]:
    """A part of the items, in their order."""
    wanted = min(len(items), max(least, round(len(items) * share)))
    return [items[n] for n in sorted(draw.sample(range(len(items)), wanted))]


def numbers(filled: Filled, draw: Random, fits: Callable[[Number], bool] = lambda _: True) -> list[Number]:
    """Of the numbers that stand as they were filled in, those that fit: a share of all numbers of the file."""
    taken = filled.taken()
    free = [n for n in filled.numbers if id(n) not in taken and isinstance(n.cell.value, int | float) and fits(n)]
    return some(free, draw, min(1.0, SHARE * len(filled.numbers) / max(1, len(free))))


def codes(filled: Filled, draw: Random, fits: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Of the rows with numbers, those that fit and that no other habit has taken."""
    taken = filled.taken()
    busy = {n.code for n in filled.numbers if id(n) in taken}
    wanted = len({n.code for n in filled.numbers})
    free = [code for code in dict.fromkeys(n.code for n in filled.numbers) if code not in busy and fits(code)]
    return some(free, draw, min(1.0, SHARE * wanted / max(1, len(free))))


def vietnamese(number: Number) -> str:
    """``1.234,5``."""
    return format_decimal(number.cell.value, locale="vi_VN", decimal_quantization=False)
