"""From a printed number to the cells behind it.

A page keeps each cell once: under its sheet, in a block of JSON that the page's script reads. The numbers of the page
stand in the order of its ``numbers``, so that a number itself bears nothing but ``<a>``. Whoever runs no script reads
the numbers, and in the closing table the files and sheets that they come from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

_LONG = 12  # "khoảng 120.000" may break over lines, a number may not
_SHORT, _WIDE = Markup("<a>{}</a>"), Markup("<a class=long>{}</a>")


@dataclass
class Sheet:
    """What a page says of one sheet of a file. ``cells``: (address, text as typed, what was decided), each once."""

    file: str
    sheet: str
    source: str = ""
    cells: dict[tuple[str, str, str], None] = field(default_factory=dict)


class Lineage:
    """Collects the numbers of one page in reading order."""

    def __init__(self) -> None:
        self._sheets: dict[tuple[str, str], Sheet] = {}
        self._numbers: list[dict[tuple, None]] = []

    def link(self, text: str, cells: Sequence[dict]) -> Markup:
        """The number, which the script makes a link to its cells."""
        self._numbers.append(dict.fromkeys(map(self._kept, cells)))
        return (_WIDE if len(text) > _LONG else _SHORT).format(text)

    def _kept(self, cell: dict) -> tuple:
        place = cell["file"], cell["sheet"]
        sheet = self._sheets.setdefault(place, Sheet(*place))
        sheet.source = sheet.source or _source(cell)
        content = cell["cell"], cell["raw"], cell.get("choice", "")
        sheet.cells.setdefault(content)
        return *place, *content

    @property
    def sheets(self) -> list[Sheet]:
        """In the order of files and sheets."""
        return sorted(self._sheets.values(), key=lambda s: (s.file, s.sheet))

    @property
    def files(self) -> Iterator[tuple[str, list[tuple[int, Sheet]]]]:
        """Each file with its sheets, which are counted through."""
        for file, found in groupby(enumerate(self.sheets), key=lambda pair: pair[1].file):
            yield file, list(found)

    @property
    def data(self) -> Markup:
        """``sheets``: of each [address, text as typed, address, text …]; ``numbers``: for each number of the page the
        cells behind it, counted through all sheets, nothing where they are those of the two numbers before it;
        ``decided``: what was decided of some cells."""
        places: dict[tuple, int] = {}
        decided: dict[str, list[int]] = {}
        sheets = []
        for sheet in self.sheets:
            for content in sheet.cells:
                place = places[sheet.file, sheet.sheet, *content] = len(places)
                if content[-1]:
                    decided.setdefault(content[-1], []).append(place)
            sheets.append([text for cell, raw, _ in sheet.cells for text in (cell, raw)])
        numbers = " ".join(
            "" if _of_two_before(self._numbers, n) else _numerals(map(places.__getitem__, cells))
            for n, cells in enumerate(self._numbers)
        )
        told = {text: _numerals(found) for text, found in decided.items()}
        content = {"sheets": sheets, "numbers": numbers, "decided": told}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return Markup(text.replace("<", "\\u003c"))  # nothing in a cell ends the block


def _of_two_before(numbers: Sequence[dict], n: int) -> bool:
    """Whether the cells of a number are those of the two before it, each once."""
    if n < 2:
        return False
    first, second = numbers[n - 2], numbers[n - 1]
    return len(first) + len(second) == len(numbers[n]) and numbers[n].keys() == first.keys() | second.keys()


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    return f"[{cell['source_id']}] {source}" if cell.get("source_id") else source


def _numerals(numbers: Iterable[int]) -> str:
    """``3,7-9``: neighbours as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{low}-{high}" if high > low else str(low) for low, high in runs)
