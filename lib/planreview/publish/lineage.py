"""From a printed number to the cells behind it, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

_LINK = Markup('<a class="{}" id="{}" href="#{}" title="{}">{}</a>')
_BACK = Markup('<a href="#{}">{}</a>')
_AGAIN = Markup('<sup><a href="#{}" aria-label="{} – lần {}">{}</a></sup>')
_LONG = 12  # "khoảng 120.000" may break over lines, a number may not


def place(cell: dict) -> str:
    return f"{cell['file']} › {cell['sheet']} › {cell['cell']}"


@dataclass
class Entry:
    """One row of the closing section: one cell, or (``parts``) several that a computed number stands on."""

    id: str
    cell: dict | None = None
    parts: Sequence[Entry] = ()
    uses: dict[str, list[str]] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)  # charts, and numbers computed from this cell and others

    def back(self) -> Markup:
        """Links to every place where the page prints a number that stands on this row."""
        if not self.uses:
            return Markup(", ").join(_BACK.format(target, text) for text, target in self.within.items())
        return Markup(", ").join(_uses(text, places) for text, places in self.uses.items())


def _uses(text: str, places: list[str]) -> Markup:
    again = (_AGAIN.format(target, text, n, n) for n, target in enumerate(places[1:], start=2))
    return _BACK.format(places[0], text) + Markup("").join(again)


class Lineage:
    """Collects the numbers of one page in reading order."""

    def __init__(self) -> None:
        self._entries: dict[tuple, Entry] = {}
        self._printed = 0

    @property
    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def link(self, text: str, cells: Sequence[dict]) -> Markup:
        """The number as a link to its row; ``title`` names file, sheet and cell at once."""
        entry = self._entry(cells)
        self._printed += 1
        anchor = f"n{self._printed}"
        entry.uses.setdefault(text, []).append(anchor)
        for part in entry.parts:
            part.within.setdefault(text, anchor)
        title = "; ".join(place(part.cell) for part in entry.parts or [entry])
        return _LINK.format("num long" if len(text) > _LONG else "num", anchor, entry.id, title, text)

    def drawn(self, name: str, anchor: str, cells: Sequence[dict]) -> None:
        """The cells behind a chart: each has a row that leads back to the chart."""
        for cell in cells:
            self._put(tuple(sorted(cell.items())), cell=cell).within.setdefault(name, anchor)

    def _entry(self, cells: Sequence[dict]) -> Entry:
        distinct = {tuple(sorted(cell.items())): cell for cell in cells}
        if len(distinct) == 1:
            (key, cell), *_ = distinct.items()
            return self._put(key, cell=cell)
        parts = [self._put(key, cell=cell) for key, cell in distinct.items()]
        return self._put(tuple(sorted(distinct)), parts=parts)

    def _put(self, key: tuple, **what) -> Entry:
        if key not in self._entries:
            self._entries[key] = Entry(f"o{len(self._entries) + 1}", **what)
        return self._entries[key]
