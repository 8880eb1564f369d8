"""From a printed number to the cells behind it, and back.

A number is a link to its row of the closing section. File and sheet, which hundreds of numbers share, are said once, as
a variable of the page's style sheet: pointed at or focused, a number shows them with what its title says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from planreview.publish.css import string

_LINK = Markup('<a class="num{}"{} href="#{}" title="{}">{}</a>')
_TO = Markup('<a href="#{}">{}</a>')
_LONG = 12  # "khoảng 120.000" may break over lines, a number may not
_MOST, _FEW = 6, 3  # cells that a title, and a row, name in full


@dataclass
class Entry:
    """One row of the closing section: one cell, or (``parts``) several that a computed number stands on."""

    id: str
    cell: dict | None = None
    parts: Sequence[Entry] = ()
    uses: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)  # charts, and numbers computed from this cell and others

    def back(self) -> Markup:
        """Links to where the page first prints each number that stands on this row."""
        places = self.uses or self.within
        return Markup(", ").join(_TO.format(target, text) for text, target in places.items())

    def links(self) -> Markup:
        """To the rows of its parts: of few from several sheets with file and sheet, which those rows tell of many."""
        sheets = {(part.cell["file"], part.cell["sheet"]) for part in self.parts}
        whole = len(sheets) > 1 and len(self.parts) <= _FEW
        return Markup(", ").join(_TO.format(part.id, _place(part.cell, whole=whole)) for part in self.parts)


@dataclass
class Sheet:
    """The rows of one sheet of a file, and of computed numbers all of whose cells stand there; ``file`` is '' for
    numbers computed from several sheets."""

    id: str
    file: str
    sheet: str
    source: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def variable(self) -> Markup:
        """The rule that gives its rows and numbers file and sheet."""
        place = f"{self.file} › {self.sheet}" if self.file else "Nhiều tệp"
        return Markup(f".{self.id}{{--s:{string(place)}}}")


class Lineage:
    """Collects the numbers of one page in reading order."""

    def __init__(self) -> None:
        self._entries: dict[tuple, Entry] = {}
        self._sheets: dict[tuple, Sheet] = {}
        self._printed = 0

    @property
    def sheets(self) -> list[Sheet]:
        """In the order of files and sheets, computed numbers of several sheets last."""
        return sorted(self._sheets.values(), key=lambda s: (not s.file, s.file, s.sheet, s.source))

    @property
    def count(self) -> int:
        return len(self._entries)

    def link(self, text: str, cells: Sequence[dict]) -> Markup:
        """The number as a link to its row; its title says the cell and what was typed there."""
        entry, sheet = self._entry(cells)
        anchor = ""
        if text not in entry.uses:
            self._printed += 1
            entry.uses[text] = f"n{self._printed}"
            anchor = Markup(' id="{}"').format(entry.uses[text])
            for part in entry.parts:
                part.within.setdefault(text, entry.uses[text])
        said = [_said(part.cell, place=not sheet.file) for part in (entry.parts or [entry])]
        more = len(said) - _MOST
        title = "; ".join(said[:_MOST]) + (f"; … và {more} ô khác" if more > 0 else "")
        kind = f" {sheet.id}" + (" long" if len(text) > _LONG else "")
        return _LINK.format(kind, anchor, entry.id, title, text)

    def drawn(self, name: str, anchor: str, cells: Sequence[dict]) -> None:
        """The cells behind a chart: each has a row that leads back to the chart."""
        for cell in cells:
            self._one(cell)[0].within.setdefault(name, anchor)

    def _entry(self, cells: Sequence[dict]) -> tuple[Entry, Sheet]:
        distinct = {_key(cell): cell for cell in cells}
        if len(distinct) == 1:
            return self._one(*distinct.values())
        parts = [self._one(cell)[0] for cell in distinct.values()]
        places = {(cell["file"], cell["sheet"]) for cell in distinct.values()}
        sheet = self._sheet(*(places.pop() if len(places) == 1 else ("", "")))
        return self._put(tuple(sorted(distinct)), sheet, parts=parts), sheet

    def _one(self, cell: dict) -> tuple[Entry, Sheet]:
        said = f"[{cell['source_id']}] {cell['source']}" if cell.get("source_id") else cell.get("source", "")
        sheet = self._sheet(cell["file"], cell["sheet"], said)
        return self._put(_key(cell), sheet, cell=cell), sheet

    def _sheet(self, file: str, sheet: str, source: str = "") -> Sheet:
        key = (file, sheet)
        if key not in self._sheets:
            self._sheets[key] = Sheet(f"s{len(self._sheets) + 1}", file, sheet, source)
        known = self._sheets[key]
        known.source = known.source or source
        return known

    def _put(self, key: tuple, sheet: Sheet, **what) -> Entry:
        if key not in self._entries:
            self._entries[key] = Entry(f"o{len(self._entries) + 1}", **what)
            sheet.entries.append(self._entries[key])
        return self._entries[key]


def _key(cell: dict) -> tuple:
    return tuple(sorted(cell.items()))


def _said(cell: dict, *, place: bool) -> str:
    """``F12: Trên 45.8 (số của đợt sau)``, after file and sheet where ``place`` asks for them."""
    decided = f" ({cell['choice']})" if cell.get("choice") else ""
    return f"{_place(cell, whole=place)}: {cell['raw']}{decided}"


def _place(cell: dict, *, whole: bool) -> str:
    return f"{cell['file']} › {cell['sheet']} › {cell['cell']}" if whole else cell["cell"]
