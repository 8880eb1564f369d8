"""A table of a sheet into items: every cell among its values with its names, unit, period and number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from statistics import median

from planreview.reading.account import Account, Item, Table
from planreview.reading.bands import Band
from planreview.reading.columns import Column, find_columns
from planreview.reading.evidence import check_units
from planreview.reading.kinds import Kind
from planreview.reading.lines import Line, LineReader
from planreview.reading.periods import Said, said_by, said_by_line
from planreview.reading.units import is_measure, unit_in, unit_line
from planreview.reading.values import Habits, Reading, plain_number, read_value, shows_percent
from planreview.reading.view import View
from planreview.workbooks import GridCell

_COMPARES = re.compile(r"\bso với\b|(?<!giá )\bso sánh\b|\btỷ lệ\b|\btốc độ\b|\bcơ cấu\b|\btỷ trọng\b|\bbqgđ\b", re.I)
_QUANTITY = re.compile(r"\b(?:lượng|số lượng|khối lượng|sản lượng|quantity|volume)\b", re.I)
_MONEY_COLUMN = re.compile(r"\b(?:trị giá|giá trị|value|kim ngạch|số tiền|vốn)\b", re.I)
_MONEY_UNIT = re.compile(r"đồng|usd|đô|eur|dong", re.I)
_PRICES = re.compile(r"giá (?:hiện hành|thực tế|(?:so sánh|cố định)(?: (?:năm )?\d{4})?)", re.I)
_SURE_UNIT = re.compile(r"[:%]|^\(?(?:nghìn|ngàn|triệu|tỷ|tỉ|1[. ]?000)\b|đồng|usd|thousand|million|percent", re.I)
_PLAIN = (Kind.NUMBER, Kind.YEAR)
_NOT_READ = Reading("unmatched")
_FOOTNOTE = re.compile(r"^\(\d{1,2}\)$")


@dataclass(frozen=True)
class _Heading:
    """What the header of a value column says, found once for all its cells."""

    path: tuple[str, ...]
    said: Said
    own_unit: str
    compares: bool
    priced: bool  # it names the prices itself
    path_with_prices: tuple[str, ...]  # those of the table
    unit_key: tuple  # columns that share it have the same unit in a line


@dataclass
class TableReader:
    """One table being read. ``lines`` by block, kept for the table that may continue this one."""

    view: View
    band: Band
    account: Account
    before: TableReader | None = None
    columns: dict[int, Column] = field(default_factory=dict)
    readers: dict[int, LineReader] = field(default_factory=dict)
    headings: dict[int, _Heading] = field(default_factory=dict)
    corner: tuple[str, ...] = ()
    title: str = ""
    prices: str = ""

    def read(self) -> None:
        """Read all lines and give every cell of the table its fate."""
        self.columns = find_columns(self.view, self.band)
        self._claim_preamble()
        self._claim_header()
        blocks = sorted({c.block for c in self.columns.values()})
        lines: list[Line] = []
        for block in blocks:
            earlier = self.before.readers.get(block) if self.before and self.band.continued else None
            self.readers[block] = LineReader(self.view, self.band, self.columns, block, earlier)
            lines += self.readers[block].read()
        habits = Habits.of([c.value for line in lines for c in line.values if isinstance(c.value, str)])
        self.headings = {n: self._heading(c) for n, c in self.columns.items() if c.role == "value"}
        for line in lines:
            self._claim_line(line)
            self._read_values(line, habits)
        for row in self.band.body:
            for cell in self.view.rows[row]:
                if (cell.row, cell.column) not in self.account.fates:
                    self._claim_beside(cell)
        items: dict[int, list[Item]] = {}
        for line in lines:
            for cell in line.values:
                if (item := self.account.items.get((cell.row, cell.column))) is not None:
                    items.setdefault(cell.column, []).append(item)
        check_units(self.account, items)
        rows = [*self.band.header, *self.band.counting] or self.band.body[:1]
        self.account.tables.append(Table(min(rows), max(rows), self.columns, lines, self.title))

    def _claim_preamble(self) -> None:
        texts = []
        for row in self.band.preamble:
            for cell in self.view.rows[row]:
                units = unit_line(self.view.text(cell)) if isinstance(cell.value, str) else ()
                if units and self._beside_words(cell) and not _SURE_UNIT.search(self.view.text(cell)):
                    units = ()
                if units:
                    self.corner = self.corner or units
                    self.account.claim(cell, "unit")
                elif isinstance(cell.value, str):
                    self.account.claim(cell, "title")
                    texts.append(self.view.text(cell))
        if texts:
            self.title = max(texts, key=len)
            self.prices = next((m[0] for t in reversed(texts) if (m := _PRICES.search(t))), "")
            self.corner = self.corner or next((u for t in texts if (u := _unit_of_title(t))), ())

    def _beside_words(self, cell: GridCell) -> bool:
        """Whether words to the left make a unit-like word an answer to them: "Kỳ nhập liệu | Tháng"."""
        return any(self.view.kind(c) == Kind.WORD and c.column < cell.column for c in self.view.rows[cell.row])

    def _claim_header(self) -> None:
        for row in (*self.band.header, *self.band.counting):
            for cell in self.view.rows[row]:
                if len(self.view.rows[row]) == 1 and not self.corner:
                    self.corner = unit_line(self.view.text(cell))
                self.account.claim(cell, "header")

    def _claim_line(self, line: Line) -> None:
        for cell in line.names:
            if line.is_note:
                self.account.claim(cell, "note")
            elif is_measure(self.view.text(cell)) and not line.values:
                self.account.claim(cell, "unit")
            else:
                self.account.claim(cell, "label")

    def _claim_beside(self, cell: GridCell) -> None:
        """Cells of a line that are no values and no names."""
        column = self.columns.get(cell.column)
        role = column.role if column else ""
        if role in ("ordinal", "unit"):
            self.account.claim(cell, role)
        elif role == "label":
            self.account.claim(cell, "note" if self._is_tail(cell) else "label")
        elif role == "" and self.view.kind(cell) in (Kind.NUMBER, Kind.YEAR, Kind.FIGURE, Kind.ERROR):
            self.account.claim(cell, "unmatched", "số đứng ngoài bảng")

    def _is_tail(self, cell: GridCell) -> bool:
        return cell.row > max(self.band.data, default=cell.row)

    def _read_values(self, line: Line, habits: Habits) -> None:
        by_line = said_by_line(line.path)
        priced = bool(_PRICES.search(" ".join(line.path))) if self.prices else True
        declared = self.readers[line.block].column_units(line.row)
        units: dict[tuple, tuple[str, bool]] = {}  # most columns of a line have the same
        kinds = self.view.kinds
        for cell in line.values:
            heading = self.headings[cell.column]
            path, period, kind = heading.path, heading.said.period, heading.said.kind
            if path and not priced and not heading.priced:
                path = heading.path_with_prices
            if not period:
                period, kind = by_line.period, kind or by_line.kind
            if type(cell.value) is str and self._is_words(line, cell, kind):
                self.account.claim(cell, "note")
                continue
            if declared and cell.column in declared:
                unit, sure = declared[cell.column], True
            elif heading.unit_key in units:
                unit, sure = units[heading.unit_key]
            else:
                unit, sure = units[heading.unit_key] = self._unit(line, heading)
            if kinds[cell.row, cell.column] in _PLAIN and cell.is_number and not shows_percent(cell.number_format):
                reading = plain_number(cell)
            else:
                reading = self._number(line, cell, unit, sure, kind, habits)
                unit = reading.unit or unit
            fate, why = reading.fate, reading.message
            if fate == "value" and not (path and line.path):
                if line.path and cell.is_formula:
                    fate, unit, why = "derived", "", "cột không có tiêu đề, tính bằng công thức từ các ô khác"
                else:
                    fate, reading, kind = "unmatched", _NOT_READ, ""
                    why = "dòng không có tên" if path else "cột không có tiêu đề"
            elif fate == "value" and kind == "derived":
                fate = "derived"
            self.account.add(Item(cell, line, path, unit, fate, reading, period, kind, why))

    def _heading(self, column: Column) -> _Heading:
        path = column.path
        if not path and not self.band.header and self._is_only_column(column.number) and self.title:
            path = (self.title,)
        own, compares = _unit_of_header(path)
        priced = bool(_PRICES.search(" ".join(path)))
        own = own or column.unit
        said = said_by(path)
        unit_key = (own, compares, said.kind == "derived", None if not self.corner else path)
        return _Heading(path, said, own, compares, priced, (self.prices, *path), unit_key)

    def _is_only_column(self, number: int) -> bool:
        return [n for n, c in self.columns.items() if c.role == "value"] == [number]

    def _is_words(self, line: Line, cell: GridCell, kind: str) -> bool:
        """Words among values that are no answer: a footnote mark beside the number, remarks, wide texts."""
        text = self.view.text(cell)
        if _FOOTNOTE.match(text):
            return any(c.is_number for c in line.values)
        if self.view.kind(cell) != Kind.WORD:
            return False
        return line.is_note or not line.path or (len(text) > 60 and kind != "target")

    def _number(self, line: Line, cell: GridCell, unit: str, sure: bool, kind: str, habits: Habits) -> Reading:
        text_target = kind == "target"
        percent = cell.is_number and shows_percent(cell.number_format)
        asked = unit if sure or not percent else "%"
        reading = read_value(cell, unit=asked, is_target=text_target, habits=habits)
        if percent and reading.fate == "value":
            return replace(reading, unit="%")
        if reading.code == "number.not_a_number" and text_target and isinstance(cell.value, str):
            return Reading("value", qualifier="text", rules=("text_target",))
        if reading.code == "number.ambiguous" and isinstance(cell.value, str):
            settled = self._by_neighbours(line, cell, unit)
            return settled or reading
        return reading

    def _by_neighbours(self, line: Line, cell: GridCell, unit: str) -> Reading | None:
        """Of the two numbers that a text may be, the one of its neighbours' size; None where they do not tell."""
        beside = [abs(float(c.value)) for c in line.values if c.is_number and c.value]
        column = [
            abs(float(c.value))
            for row in self.band.data
            if (c := self.view.sheet.cells.get((row, cell.column))) is not None and c.is_number and c.value
        ]
        for near in (beside, column):
            if len(near) < 2:
                continue
            middle = median(near)
            fitting = []
            for habit in (Habits(True, False), Habits(False, False, True)):
                reading = read_value(cell, unit="" if unit == "%" else unit, is_target=False, habits=habit)
                if reading.value and 1 / 8 < abs(float(reading.value)) / middle < 8:
                    fitting.append(reading)
            if len(fitting) == 1:
                return replace(fitting[0], rules=(*fitting[0].rules, "settled_by_neighbours"))
        return None

    def _unit(self, line: Line, heading: _Heading) -> tuple[str, bool]:
        """The unit of a cell and whether a unit column or its header says so itself."""
        own = heading.own_unit
        if own.startswith("%"):
            return own, True
        if heading.compares:
            if own:
                return own, True
            return next((u for u in self.corner if u.startswith("%")), ""), False
        if line.unit:
            return line.unit, heading.said.kind != "derived"
        if line.own_unit and line.own_unit != "section":
            return line.own_unit, True
        if own:
            return own, True
        if line.above_unit:
            return line.above_unit, False
        return self._corner_unit(" ".join(heading.path)), False

    def _corner_unit(self, said: str) -> str:
        plain = [u for u in self.corner if not u.startswith("%")]
        if len(plain) == 2:
            money = [u for u in plain if _MONEY_UNIT.search(u)]
            other = [u for u in plain if u not in money]
            if len(money) == len(other) == 1:
                if _MONEY_COLUMN.search(said):
                    return money[0]
                if _QUANTITY.search(said):
                    return other[0]
            return ""
        if len(plain) == 1:
            return plain[0]
        return self.corner[0] if len(self.corner) == 1 else ""


@lru_cache(10_000)
def _unit_of_header(path: tuple[str, ...]) -> tuple[str, bool]:
    """The unit that a header carries, and whether it compares or shares out, which makes percents of any unit."""
    own = next((u for text in reversed(path) if (u := unit_in(text) or (is_measure(text) and text))), "")
    said = " ".join(path)
    compares = bool(_COMPARES.search(said))
    return str(own) or ("%" if compares and "%" in said else ""), compares


def _unit_of_title(text: str) -> tuple[str, ...]:
    """A unit in brackets at the end of a title: ``(ĐVT: tỷ đồng)``, ``(in percent)``."""
    match = re.search(r"\(([^()]*)\)\s*$", text)
    return unit_line(f"({match[1]})") if match else ()
