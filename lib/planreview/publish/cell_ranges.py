"""Many cells in few words: ``F12–F14, G3``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_MOST = 160  # letters that name cells one by one


def ranges(names: Iterable[str]) -> str:
    """The cells by column, neighbours as a range; of very many how many of each column, from which to which."""
    places, others = [], []
    for name in dict.fromkeys(names):
        match = _PLACE.fullmatch(name)
        if match:
            places.append((len(match[1]), match[1], int(match[2])))
        else:
            others.append(name)
    runs: list[list] = []
    for size, column, row in sorted(places):
        if runs and runs[-1][:2] == [size, column] and row == runs[-1][3] + 1:
            runs[-1][3] = row
        else:
            runs.append([size, column, row, row])
    said = [f"{column}{low}" + (f"–{column}{high}" if high > low else "") for _, column, low, high in runs]
    exact = ", ".join([*said, *others])
    return exact if len(exact) <= _MOST else _by_column(places, others)


def _by_column(places: list[tuple[int, str, int]], others: list[str]) -> str:
    rows: dict[str, list[int]] = {}
    for _, column, row in sorted(places):
        rows.setdefault(column, []).append(row)
    said = [
        f"{column}{found[0]}–{column}{found[-1]} ({len(found)} ô)" if len(found) > 1 else f"{column}{found[0]}"
        for column, found in rows.items()
    ]
    return ", ".join([*said, *others])
