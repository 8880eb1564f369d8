"""A table of a sheet into items: every cell among its values with its names, unit, period and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from statistics import median

from planreview.memory import FEW
from planreview.reading.account import Account, Item, Run, Said, Table
from planreview.reading.bands import Band
from planreview.reading.columns import Column, find_columns
from planreview.reading.evidence import Columns, Seen, check_units
from planreview.reading.kinds import NUMERIC, Kind
from planreview.reading.lines import Line, LineReader
from planreview.reading.periods import Said as Period
from planreview.reading.periods import said_by, said_by_line
from planreview.reading.units import is_measure, unit_in, unit_line
from planreview.reading.values import Habits, Reading, is_answer, plain_number, read_value
from planreview.reading.view import View
from planreview.workbooks import GridCell, Shape, Stretch, cells_of, number, parts_within, shows_percent

_COMPARES = re.compile(r"\bso với\b|(?<!giá )\bso sánh\b|\btỷ lệ\b|\btốc độ\b|\bcơ cấu\b|\btỷ trọng\b|\bbqgđ\b", re.I)
_QUANTITY = re.compile(r"\b(?:lượng|số lượng|khối lượng|sản lượng|quantity|volume)\b", re.I)
_MONEY_COLUMN = re.compile(r"\b(?:trị giá|giá trị|value|kim ngạch|số tiền|vốn)\b", re.I)
_MONEY_UNIT = re.compile(r"đồng|usd|đô|eur|dong", re.I)
_PRICES = re.compile(r"giá (?:hiện hành|thực tế|(?:so sánh|cố định)(?: (?:năm )?\d{4})?)", re.I)
_SURE_UNIT = re.compile(r"[:%]|^\(?(?:nghìn|ngàn|triệu|tỷ|tỉ|1[. ]?000)\b|đồng|usd|thousand|million|percent", re.I)
_EXPECTED = re.compile(r"\bdự kiến\b(?! (?:thực hiện|th|đạt)\b)", re.I)
_RESULTS = ("actual", "estimate")
_PLAIN = (Kind.NUMBER, Kind.YEAR)
_NOT_READ = Reading("unmatched")
_FOOTNOTE = re.compile(r"^\(\d{1,2}\)$")
_MARKED = re.compile(r"\d\s*\(\d{1,2}\)\s*$")
_EXPLAINED = re.compile(r"^(\(\d{1,2}\))\s*[^\W\d_]")
# a header that is the name of an indicator, not a comparison of the columns beside it
_GROWTH_OF = re.compile(r"^tốc độ (?:tăng(?: trưởng)?|phát triển) (?!bình quân)[^\W\d_]{2}", re.I)
_STRUCK = Reading("rejected", code="read.struck_out", message="Số bị gạch ngang")


@dataclass(frozen=True)
class _Heading:
    """What the header of a value column says, found once for all its cells."""

    path: tuple[str, ...]
    said: Period
    own_unit: str
    compares: bool
    priced: bool  # it names the prices itself
    path_with_prices: tuple[str, ...]  # those of the table


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
    beside: frozenset[int] = frozenset()  # the columns that hold no values
    said: dict[tuple, Said | None] = field(default_factory=dict)
    struck: dict[Shape, bool] = field(default_factory=dict)  # whether a number of the shape is crossed out
    read_lines: list[tuple[Line, list[Run], list[GridCell]]] = field(default_factory=list)
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
        parts = (part for line in lines for part in line.parts)
        texts = [p.value for p in parts if type(p) is not Stretch and isinstance(p.value, str)]
        habits = Habits.of(texts, self._footnotes() if any(_MARKED.search(text) for text in texts) else frozenset())
        self.headings = {n: self._heading(c) for n, c in self.columns.items() if c.role == "value"}
        self._tell_plans_from_estimates()
        for line in lines:
            self._claim_line(line)
            self._read_values(line, habits)
        self.beside = frozenset(range(self.view.left, self.view.right + 1)).difference(self.headings)
        for row in self.band.body:
            self._claim_beside(row)
        self._check_units()
        rows = [*self.band.header, *self.band.counting] or self.band.body[:1]
        self.account.tables.append(Table(min(rows), max(rows), self.columns, lines, self.title, self.corner))

    def _footnotes(self) -> frozenset[str]:
        """The marks, such as (1), that notes of the sheet begin with."""
        texts = (self.view.text(c) for row in self.view.rows for c in self.view.rows[row] if isinstance(c.value, str))
        return frozenset(m[1] for text in texts if (m := _EXPLAINED.match(text)))

    def _check_units(self) -> None:
        """Whether the numbers bear out the units that words declare."""
        numbers: set[int] = set()
        compared: set[int] = set()
        for said, shape in {(run.said, run.stretch.shape) for _, runs, _ in self.read_lines for run in runs}:
            numbers.update(shape.columns)
            judged = zip(shape.columns, said.units, said.kinds, strict=True)
            compared.update(n for n, unit, kind in judged if _compares(unit, kind))
        for cell in (cell for _, _, cells in self.read_lines for cell in cells):
            if (item := self.account.singles.get((cell.row, cell.column))) is not None:
                numbers.add(cell.column)
                if _compares(item.unit, item.kind):
                    compared.add(cell.column)
        columns = Columns(sorted(numbers), sorted(compared), self._seen)
        hidden = [n for n in columns.numbers if next(self._seen_down(n)).hidden]
        check_units(self.account, columns, hidden)

    def _seen(self, column: int) -> list[Seen]:
        return list(self._seen_down(column))

    def _seen_down(self, column: int) -> Iterator[Seen]:
        """What is among the values of a column, top to bottom."""
        for line, runs, _ in self.read_lines:
            for run in runs:
                place = run.stretch.shape.places.get(column)
                if place is not None:
                    said, (hidden, _, number_format, _) = run.said, run.stretch.shape.looks[place]
                    value = number(run.stretch.raws[place])
                    yield Seen(line.row, value, said.units[place], said.kinds[place], number_format, hidden)
                    break
            else:
                item = self.account.singles.get((line.row, column))
                if item is not None and item.line is line:
                    value = float(item.value) if item.value else None
                    yield Seen(line.row, value, item.unit, item.kind, item.cell.number_format, item.cell.hidden)

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
            elif not line.parts and is_measure(self.view.text(cell)):
                self.account.claim(cell, "unit")
            else:
                self.account.claim(cell, "label")

    def _claim_beside(self, row: int) -> None:
        """Cells of a line that are no values and no names."""
        claimed = self.account.claimed(row)
        for cell in cells_of(parts_within(self.view.parts[row], self.beside)):
            if cell.column in claimed:
                continue  # as names are
            column = self.columns.get(cell.column)
            if column is None:
                if self.view.kind(cell) in NUMERIC:
                    self.account.claim(cell, "unmatched", "số đứng ngoài bảng")
            elif column.role == "label":
                self.account.claim(cell, "note" if self._is_tail(row) else "label")
            elif column.role == "ordinal" or column.role == "unit":
                self.account.claim(cell, column.role)

    def _is_tail(self, row: int) -> bool:
        return bool(self.band.data) and row > max(self.band.data)

    def _read_values(self, line: Line, habits: Habits) -> None:
        by_line = said_by_line(line.path)
        priced = bool(_PRICES.search(" ".join(line.path))) if self.prices else True
        declared = self.readers[line.block].column_units(line.row)
        runs: list[Run] = []
        cells: list[GridCell] = []
        for part in line.parts:
            if type(part) is not Stretch:
                cells.append(part)
            elif self._has_struck(part.shape):
                cells += part.cells
            elif line.path and not declared and (said := self._said(line, part.shape, by_line, priced)):
                run = Run(line, part, said)
                if self.account.add_run(run):
                    runs.append(run)
                else:
                    cells += part.cells  # added as items, each that could be
            else:
                cells += part.cells
        self.read_lines.append((line, runs, cells))
        for cell in cells:
            heading = self.headings[cell.column]
            path, period, kind = self._place(heading, by_line, priced)
            if type(cell.value) is str and self._is_words(line, cell, kind):
                self.account.claim(cell, "note")
                continue
            if declared and cell.column in declared:
                unit, sure = declared[cell.column], True
            else:
                unit, sure = self._unit(line, heading)
            if _is_struck(cell):
                reading = _STRUCK
            elif self.view.kind(cell) in _PLAIN and cell.is_number and not shows_percent(cell.number_format):
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

    def _place(self, heading: _Heading, by_line: Period, priced: bool) -> tuple[tuple[str, ...], str, str]:
        """The names that lead to a cell's column, its period and kind; ``priced``: its line names the prices itself."""
        path, period, kind = heading.path, heading.said.period, heading.said.kind
        if path and not priced and not heading.priced:
            path = heading.path_with_prices
        if not period:
            if by_line.period and kind == "derived" and heading.path and _GROWTH_OF.match(heading.path[-1]):
                kind = ""
            period, kind = by_line.period, kind or by_line.kind
        return path, period, kind

    def _has_struck(self, shape: Shape) -> bool:
        if shape not in self.struck:
            self.struck[shape] = any(style.struck for *_, style in shape.looks)
        return self.struck[shape]

    def _said(self, line: Line, shape: Shape, by_line: Period, priced: bool) -> Said | None:
        """What the places of a line's cells say, worked out once for all lines alike; None where one has no heading."""
        key = (shape, by_line.period, by_line.kind, priced, line.unit, line.own_unit, line.above_unit)
        if key not in self.said:
            self.said[key] = self._worked_out(line, shape, by_line, priced)
        return self.said[key]

    def _worked_out(self, line: Line, shape: Shape, by_line: Period, priced: bool) -> Said | None:
        headings = [self.headings[n] for n in shape.columns]
        places = [self._place(h, by_line, priced) for h in headings]
        if not all(path for path, _, _ in places):
            return None
        paths, periods, kinds = zip(*places, strict=True)
        return Said(
            paths,
            units=tuple([self._unit(line, h)[0] for h in headings]),
            fates=tuple(["derived" if kind == "derived" else "value" for kind in kinds]),
            periods=periods,
            kinds=kinds,
        )

    def _heading(self, column: Column) -> _Heading:
        path = column.path
        if not path and not self.band.header and self._is_only_column(column.number) and self.title:
            path = (self.title,)
        own, compares = _unit_of_header(path)
        priced = bool(_PRICES.search(" ".join(path)))
        own = own or column.unit
        said = said_by(path)
        return _Heading(path, said, own, compares, priced, (self.prices, *path))

    def _tell_plans_from_estimates(self) -> None:
        """ "Dự kiến" of a year after those that results and estimates are given for is a plan."""
        expected = {
            n: h for n, h in self.headings.items() if h.said.kind == "estimate" and _EXPECTED.search(h.path[-1])
        }
        told = (h.said.period for n, h in self.headings.items() if n not in expected and h.said.kind in _RESULTS)
        known = max((period for period in told if period.isdecimal()), default="")
        for column, heading in expected.items():
            if known and heading.said.period[:4] > known:
                self.headings[column] = replace(heading, said=Period(heading.said.period, "target"))

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
        if any(run.style.struck for run in cell.runs):
            cell = replace(cell, value="".join(run.text for run in cell.runs if not run.style.struck).strip())
        reading = read_value(cell, unit=asked, is_target=text_target, habits=habits)
        if percent and reading.fate == "value":
            return replace(reading, unit="%")
        if reading.code == "number.not_a_number" and text_target and cell.text and is_answer(cell.text):
            return Reading("value", qualifier="text", rules=("text_target",))
        if reading.code == "number.ambiguous" and isinstance(cell.value, str):
            settled = self._by_neighbours(line, cell, unit)
            return settled or reading
        return reading

    def _by_neighbours(self, line: Line, cell: GridCell, unit: str) -> Reading | None:
        """Of the two numbers that a text may be, the one of its neighbours' size; None where they do not tell."""
        beside = [abs(float(c.value)) for c in line.values if c.is_number and c.value]
        if len(beside) < 2:
            return None  # the rows above and below measure other things
        middle, fitting = median(beside), []
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


def _is_struck(cell: GridCell) -> bool:
    """Whether all of a cell is crossed out."""
    if cell.runs:
        return all(run.style.struck for run in cell.runs if run.text.strip())
    return cell.style.struck


def _compares(unit: str, kind: str) -> bool:
    return kind == "derived" and unit.startswith("%")


@lru_cache(FEW)
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
