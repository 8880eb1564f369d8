"""The lines of a table: their names and what these belong to, and the units that the lines declare."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from planreview.reading.bands import Band
from planreview.reading.columns import Column
from planreview.reading.kinds import NUMERIC, Kind
from planreview.reading.labels import BREAKDOWN, Hierarchy, Look, is_note, look_of, of_which
from planreview.reading.units import DITTO, is_measure, unit_in, unit_line
from planreview.reading.view import View
from planreview.workbooks import GridCell, Part, Stretch, cells_of, parts_within

# names that measure something else than what they belong to: nothing is taken over from above
_OWN_MEASURE = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng|tốc độ|cơ cấu|bình quân|bq|năng suất|diện tích|sản lượng|số lượng|số|chỉ số|"
    r"mật độ|hệ số|giá)\b",
    re.I,
)
_NO_NAMES = (Kind.ERROR, Kind.FLAG)
_COUNT = NUMERIC | {Kind.MARK}
# what no name begins with, and what none ends with: it goes on in the row below
_GOES_ON = re.compile(r"\([^\W\d_][^()]*\)?$|[,;/]\s*[^\W\d_]")
_ENDS_OPEN = re.compile(r"(?:[^\s\d]\s*[,/–-]|\b(?:và|của|cho|với|trên|theo|có|là|các|từ))\s*$|\([^()]*$")
_PERCENT_GROUP = re.compile(r"^(.+?)\s*[-–]\s*(%)$")


def _says_unit(text: str) -> bool:
    """Whether a line of words alone declares a unit, not a group of what is counted."""
    return is_measure(text) or (bool(unit_line(text)) and (":" in text or text.strip().startswith("(")))


def _has_words(text: str) -> bool:
    return text[:1].isalpha() or any(c.isalpha() or c in "%‰" for c in text)


def _without_leaders(text: str) -> str:
    """A name without the dots that lead the eye to its numbers."""
    name = text.rstrip(" .…")
    if len(name) == len(text):
        return text
    leaders = text[len(name) :]
    return name if leaders.count(".") > 3 or leaders.count("…") > 1 else text


@dataclass(slots=True)
class Line:
    """One row of one block. ``path`` leads to its name; ``unit`` is that of a unit column, ``own_unit`` that of the
    name, ``above_unit`` that of a row above or of the names above. ``parts`` is what stands in value columns."""

    row: int
    block: int
    path: tuple[str, ...] = ()
    unit: str = ""
    own_unit: str = ""
    above_unit: str = ""
    names: list[GridCell] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_note: bool = False
    named_above: bool = False

    @property
    def values(self) -> list[GridCell]:
        """Its cells in value columns."""
        return cells_of(self.parts)

    @property
    def alone(self) -> list[GridCell]:
        """The same where none of them is in a stretch of numbers: only then may they all be words."""
        for part in self.parts:
            if type(part) is Stretch:
                return []
        return self.values


class LineReader:
    """Reads the rows of one block of a table in order; ``before`` is that of the table which this one continues."""

    def __init__(
        self, view: View, band: Band, columns: dict[int, Column], block: int, before: LineReader | None = None
    ) -> None:
        self.view, self.band, self.columns, self.block = view, band, columns, block
        self.hierarchy: Hierarchy = before.hierarchy if before else Hierarchy()
        self.section_unit = before.section_unit if before else ""
        self.last_unit = before.last_unit if before else ""
        mine = [c for c in columns.values() if c.block == block]
        self.label_columns = [c.number for c in mine if c.role == "label"]
        self.ordinal_columns = [c.number for c in mine if c.role == "ordinal"]
        if not self.ordinal_columns:
            self.ordinal_columns = [c.number for c in columns.values() if c.role == "ordinal" and c.block == 0]
        self.value_columns = frozenset(c.number for c in mine if c.role == "value")
        self.unit_columns = [c.number for c in mine if c.role == "unit"] or [
            c.number for c in columns.values() if c.role == "unit"
        ]
        self.counters = False
        self.units_by_column: list[tuple[int, dict[int, str]]] = []
        self.units_of: dict[tuple[str, ...], str] = {}

    def read(self) -> list[Line]:
        """The lines in order; those without a value among them where they name groups."""
        drafts = [self._draft(row) for row in self.band.body]
        self._join_broken(drafts)
        self._note_tail(drafts)
        shared = self._same_in_other_words(drafts)
        self.counters = self._merely_count(drafts)
        return [self._finish(i, d, shared) for i, d in enumerate(drafts)]

    def _draft(self, row: int) -> Line:
        view = self.view
        names: list[GridCell] = []
        for number in self.label_columns:
            cell = view.at(row, number)
            if cell is None or cell.column not in self.label_columns or (names and cell is names[-1]):
                continue
            if view.kind(cell) not in _NO_NAMES:
                names.append(cell)
        return Line(row, self.block, names=names, parts=parts_within(view.parts[row], self.value_columns))

    def _join_broken(self, drafts: list[Line]) -> None:
        """A name broken over two rows is one: its second half begins small where names do not, or stands alone."""
        self._names: dict[int, str] = {i: self._typed(d) for i, d in enumerate(drafts)}
        small = [n.strip()[:1].islower() for n in self._names.values() if n.strip()]
        unusual = small and sum(small) <= 0.25 * len(small)
        self._inside: set[int] = set()
        for i in range(1, len(drafts)):
            above, line = drafts[i - 1], drafts[i]
            if above.parts and line.parts:
                continue  # each has its own numbers
            second = self._names[i].strip()
            goes_on = second and (
                _ENDS_OPEN.search(self._names[i - 1]) or (_GOES_ON.match(second) and self._has_figures(drafts[i]))
            )
            if second and not goes_on and not (unusual and second[:1].islower()):
                continue
            if line.row - above.row != 1 or len(above.names) != 1 or above.names[0].row != above.row:
                continue
            first = self._names[i - 1].rstrip()
            if not first.strip() or of_which(first) == "":
                continue
            is_lower_half = self._has_figures(line) and not second and not self._has_figures(above)
            if is_lower_half:
                self._names[i], line.named_above = self._names[i - 1], True
                line.names = [above.names[0]]
                self._inside.add(i - 1)
                continue
            if not second or len(line.names) != 1 or first.rstrip().endswith((":", ")")):
                continue
            if line.names[0].column != above.names[0].column or re.match(r"^[a-zđ][.)]", second):
                continue
            if not self._has_figures(above):
                self._names[i] = f"{first} {second}"
                self._inside.add(i - 1)
            elif not self._has_figures(line):
                self._names[i - 1] = f"{first} {second}"
                self._inside.add(i)

    def _has_figures(self, line: Line) -> bool:
        return bool(line.parts)

    def _has_numbers(self, line: Line) -> bool:
        return any(type(p) is Stretch or self.view.kind(p) in _COUNT for p in line.parts)

    def _typed(self, line: Line) -> str:
        return self._name(line.names[-1]) if line.names else ""

    def _name(self, cell: GridCell) -> str:
        if isinstance(cell.value, str):
            blanks = len(cell.value) - len(cell.value.lstrip())
            return " " * blanks + _without_leaders(self.view.text(cell))
        return self.view.text(cell)

    def _note_tail(self, drafts: list[Line]) -> None:
        """Below the last line with numbers: notes, who signs, and lines that were left empty."""
        last = max((i for i, d in enumerate(drafts) if self._has_numbers(d)), default=-1)
        noted = False
        for i, line in enumerate(drafts):
            if i <= last and line.parts:
                continue
            text = self._names[i].strip()
            if i > last:
                wide = any(self.view.last_column(c) > max(self.label_columns, default=0) for c in line.names)
                gap = i > 0 and line.row - drafts[i - 1].row > 1
                beside = (*self.unit_columns, *self.ordinal_columns)
                filled = any(self.view.sheet.find(line.row, n) is not None for n in beside)
                noted |= is_note(text) or (gap and not filled and last >= 0) or (wide and last >= 0)
                line.is_note = noted
            elif is_note(text):
                line.is_note = True

    def _same_in_other_words(self, drafts: list[Line]) -> bool:
        """Whether the columns of names tell one name in several languages: all filled, line by line."""
        if len(self.label_columns) < 2:
            return False
        full = [d for d in drafts if len({c.column for c in d.names}) == len(self.label_columns)]
        named = [d for d in drafts if d.names and not d.is_note]
        if len(full) < 0.8 * max(1, len(named)) or any(c.row != d.row for d in full for c in d.names):
            return False
        translated = {tuple(self.view.text(c) for c in d.names) for d in full}
        return all(len({t[i] for t in translated}) >= 0.9 * len(translated) for i in range(len(self.label_columns)))

    def column_units(self, row: int) -> dict[int, str]:
        """The units by column that a row above a line declares in mid-table."""
        if not self.units_by_column:
            return {}
        return next((units for at, units in reversed(self.units_by_column) if at < row), {})

    def _merely_count(self, drafts: list[Line]) -> bool:
        """Whether the numbers beside the names count all lines from first to last and tell no levels."""
        places = ((d.row, n) for d in drafts for n in self.ordinal_columns)
        counts = [cell.raw for place in places if (cell := self.view.sheet.find(*place)) is not None]
        named = sum(bool(d.names) and not d.is_note for d in drafts)
        return len(counts) > 9 and len(counts) >= 0.9 * named and counts == [str(i + 1) for i in range(len(counts))]

    def _finish(self, index: int, line: Line, shared: bool) -> Line:
        if line.is_note or index in self._inside:
            return line
        self._read_unit(line)
        words = line.alone
        if line.names and len(words) == 1 and self.view.kind(words[0]) == Kind.WORD:
            units = unit_line(self.view.text(words[0]))
            if units and self.view.last_column(words[0]) > words[0].column:
                self.section_unit = units[0]
                line.parts = []
        elif len(words) > 1 and all(is_measure(self.view.text(c)) for c in words):
            units = {n: self.view.text(c) for c in words for n in range(c.column, self.view.last_column(c) + 1)}
            self.units_by_column.append((line.row, units))
            line.parts = []
        if not line.names:
            if not self._section(line) and line.parts:
                line.above_unit = self.section_unit
            return line
        if shared:
            said = " / ".join(dict.fromkeys(self.view.text(c) for c in line.names))
            line.path = self._place(line, line.names[0], said)
        else:
            for cell in line.names[:-1]:
                self._place(line, cell, self._name(cell))
            line.path = self._place(line, line.names[-1], self._names[index])
        line.own_unit = unit_in(line.path[-1]) if line.path else ""
        if line.unit or line.own_unit:
            self.units_of[line.path] = line.unit or line.own_unit
        else:
            self.units_of.pop(line.path, None)
        if len(line.path) > 1 and not _OWN_MEASURE.search(line.path[-1]):
            above = (line.path[:depth] for depth in range(len(line.path) - 1, 0, -1))
            line.above_unit = next((u for p in above if (u := self.units_of.get(p))), "")
        line.above_unit = line.above_unit or self.section_unit
        return line

    def _place(self, line: Line, cell: GridCell, text: str) -> tuple[str, ...]:
        if cell.row != line.row and not line.named_above:  # a name merged down over its lines stands already
            path = tuple(n for _, n in self.hierarchy.stack)
            if self.view.text(cell) in path:
                return path
        rest = of_which(text)
        group = not line.parts
        if rest == "" and cell is line.names[-1]:
            self.hierarchy.said_of_which()
            return tuple(n for _, n in self.hierarchy.stack)
        if rest == "":
            return ()
        percent = _PERCENT_GROUP.match(text.strip()) if "%" in text else None
        units = (percent[2],) if percent and group else unit_line(text) if group and _says_unit(text) else ()
        if units and not percent:
            self.section_unit = units[0]
            return ()
        if units:
            self.section_unit = units[0]
        look = look_of(
            text,
            cell.column,
            ordinal=self._ordinal(line.row),
            indent=cell.style.indent,
            bold=cell.style.bold,
            group=group,
        )
        if rest is not None and self.hierarchy.stack:
            look = replace(self._last_whole(), group=group, part=2)
        elif group and BREAKDOWN.match(text.strip()) and (whole := self._whole_like(look)):
            look = replace(whole, group=True, part=1)
        return self.hierarchy.place(look, text.strip())

    def _last_whole(self) -> Look:
        """The line that "Trong đó: …" is a part of: the last one that is not such a part itself."""
        return next((look for look, _ in reversed(self.hierarchy.stack) if look.part < 2), self.hierarchy.stack[0][0])

    def _whole_like(self, look: Look) -> Look | None:
        """The line with numbers, of the same look, that a breakdown breaks down."""
        alike = [x for x, _ in self.hierarchy.stack if not x.group and not x.part and x.column == look.column]
        same = [x for x in alike if (x.indent, x.marker, x.upper) == (look.indent, look.marker, look.upper)]
        return same[-1] if same else None

    def _ordinal(self, row: int) -> str:
        if self.counters:
            return ""
        for number in self.ordinal_columns:
            if (cell := self.view.sheet.find(row, number)) is not None:
                return self.view.text(cell)
        return ""

    def _read_unit(self, line: Line) -> None:
        for number in self.unit_columns:
            cell = self.view.at(line.row, number)
            text = self.view.text(cell)
            in_words = cell is not None and isinstance(cell.value, str) and _has_words(text)
            if not in_words and text not in DITTO:
                continue
            line.unit = self.last_unit if text in DITTO else text
            self.last_unit = line.unit
            break

    def _section(self, line: Line) -> bool:
        """A text alone over the values, in mid-table: the unit of the lines below, or what they are about."""
        words = [c for c in line.alone if self.view.kind(c) == Kind.WORD]
        if len(words) != 1 or len(line.parts) != 1:
            return False
        text = self.view.text(words[0])
        unit = unit_line(text) or ((u,) if (u := unit_in(text)) else ())
        wide = self.view.last_column(words[0]) > words[0].column or len(self.value_columns) == 1
        if not unit and not wide:
            return False
        self.section_unit = unit[0] if unit else self.section_unit
        line.parts = []
        line.names = [words[0]]
        if not unit_line(text):
            look = look_of(text, self.view.left - 1, group=True)
            line.path = self.hierarchy.place(look, text)
        line.is_note = False
        line.own_unit = "section"
        return True
