"""How wide the columns of a table on paper are, and whether the page must be turned for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

PORTRAIT, LANDSCAPE = 160.0, 257.0  # millimetres between the margins
_POINT = 25.4 / 72
_PADDING = 3.6  # millimetres of a cell that hold no text
_WIDEST_WORD, _WIDEST_COLUMN = 34.0, 80.0
_LONG_TABLE = 15
GAUGE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for one in a cell's text
_GAUGE = 18.6
_BREAK = re.compile(r"\s+|(?<=[/_–-])(?=\w)")


@lru_cache(maxsize=8192)
def length(text: str, size: float) -> float:
    """About how many millimetres a line of Times takes at ``size`` points."""
    letters = unicodedata.normalize("NFD", text)
    return sum(map(_em, letters)) * size * _POINT * 1.06 + letters.count(GAUGE) * _GAUGE


def _em(letter: str) -> float:
    if unicodedata.combining(letter) or letter == GAUGE:
        return 0.0
    if letter.isdigit():
        return 0.5
    if letter in "iljtfrI.,:;|!'()[] -/":
        return 0.31
    if letter in "mwMW%–—":
        return 0.82
    return 0.7 if letter.isupper() else 0.48


def widths(columns: Sequence[str], rows: Sequence[Sequence[str]], size: float, available: float) -> list[float]:
    """Millimetres of each column of a table ``available`` wide: no word is broken as long as that can be had, and the
    longer texts of a column are, the more it gets of the rest."""
    least = _least(columns, rows, size)
    lengths = [[length(row[n], size) + _PADDING for row in rows] for n in range(len(columns))]
    natural = [min(max([low, *said]), max(low, _WIDEST_COLUMN)) for low, said in zip(least, lengths, strict=True)]
    spare = available - sum(least)
    if sum(natural) <= available:
        return [w * available / sum(natural) for w in natural]
    if spare <= 0:
        return [w * available / sum(least) for w in least]
    wish = [sum(max(0.0, w - low) for w in said) for low, said in zip(least, lengths, strict=True)]
    return [low + spare * sqrt(w) / sum(map(sqrt, wish)) for low, w in zip(least, wish, strict=True)]


def turned(columns: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> bool:
    """Whether the table stands on a page of its own, turned: too wide, or long and of many columns."""
    long_and_wide = len(columns) >= 7 and len(rows) > _LONG_TABLE
    return long_and_wide or sum(_least(columns, rows, size)) > PORTRAIT


def _least(columns: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> list[float]:
    return [
        max(_widest_word(text, size) for text in (name, *(row[n] for row in rows))) + _PADDING
        for n, name in enumerate(columns)
    ]


def _widest_word(text: str, size: float) -> float:
    if GAUGE in text:  # with its number it stays in one line
        return length(text, size)
    return min(max((length(word, size) for word in _BREAK.split(text)), default=0.0), _WIDEST_WORD)
