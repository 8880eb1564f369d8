"""Texts in the encodings of old fonts: all words of a workbook."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

from openpyxl.styles import Font
from scripts.simulated.fill import Filled

from planreview.reading.text import TCVN3, VNI

_BACK = {unicode: typed for typed, unicode in TCVN3.items()}
_VNI = {unicode: typed for typed, unicode in VNI.items()}


def tcvn3(filled: Filled, draw: Random) -> None:
    """.VnTime: capitals with tone marks are small letters there."""
    _retype("tcvn3", filled, lambda text: "".join(_BACK.get(c) or _BACK.get(c.lower(), c) for c in text), ".VnTime")


def vni(filled: Filled, draw: Random) -> None:
    """VNI-Times: two letters for one with a mark."""
    _retype("vni", filled, lambda text: "".join(_letter(c, _VNI) for c in text), "VNI-Times")


def _letter(letter: str, back: Mapping[str, str]) -> str:
    small = back.get(letter.lower(), letter.lower())
    return small.upper() if letter.isupper() else back.get(letter, letter)


def _retype(kind: str, filled: Filled, change: Callable[[str], str], font: str) -> None:
    touched = []
    for sheet in filled.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith(("=", "#")) and not cell.value.isascii():
                    cell.value = change(unicodedata.normalize("NFC", cell.value))
                    cell.font = Font(name=font, size=12)
                    touched.append(cell)
    filled.note(kind, "value", list(filled.numbers), touched)
