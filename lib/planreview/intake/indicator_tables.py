"""A table of indicators into observations: lines matched, columns understood, numbers in the catalogue's units."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from planreview import reading
from planreview.catalogue import Indicator
from planreview.catalogue.periods import is_months, is_year, last_day, years
from planreview.intake import table_issues
from planreview.intake.context import SheetContext, SheetReading
from planreview.intake.found import head_texts, headed_by, told_by_line
from planreview.intake.headers import Column, column_of, kind_in
from planreview.intake.issues import IssueLog
from planreview.intake.ledger import Ledger
from planreview.intake.line_units import compares, wrong_unit
from planreview.intake.line_values import LineValues
from planreview.intake.matching import Match
from planreview.intake.overheads import column_under, planned, subjects, titles_of, year_over
from planreview.intake.topics import column_topic, words
from planreview.intake.wording import is_whole
from planreview.reading import Account, Item, Line, Table
from planreview.reading.account import Run
from planreview.reading.labels import is_note
from planreview.reading.text import plain_cell
from planreview.reading.values import BLANK_MARKS, Reading
from planreview.workbooks import GridCell, Sheet

_HEADING = "Dòng này chỉ là tên nhóm, không có số của riêng nó: hãy ghi số vào các dòng chi tiết ở dưới"
_SMALL = 2  # a number below may be a ratio as well as a percentage


@dataclass(frozen=True)
class _Spoken:
    """What a line is about: its indicator, the name that says so, the months that this counts (0: no name tells them),
    the place ('' where no name tells it), and whether its numbers may be ratios under a %."""

    match: Match
    label: str
    months: int = 0
    place: str = ""
    small: bool = False


class TableReader:
    """Reads one table of a sheet; what it claims in ``ledger`` outranks what the account says of a cell."""

    def __init__(
        self, table: Table, account: Account, context: SheetContext, log: IssueLog, ledger: Ledger, result: SheetReading
    ) -> None:
        self.table, self.account, self.context, self.log = table, account, context, log
        self.ledger, self.result = ledger, result
        self.sheet: Sheet = account.sheet
        self.titles = titles_of(table, [t for t in account.tables if t.top < table.top], account.sheet)
        self.over = year_over(self.titles, account.sheet.name)
        self.column_places: dict[int, str] = {}
        self.by_place = sum(self._line_place(line) is not None for line in table.lines) > 1
        self.columns = {n: self._understood(n, c) for n, c in table.columns.items() if c.role == "value"}
        headings = {n: c.path[-1] for n, c in table.columns.items() if c.role == "note" and c.path}
        self.told_in_words = {n: heading for n, heading in headings.items() if column_topic(heading)}
        self.same = {  # in all observations
            "round": context.round,
            "unit_code": context.unit_code,
            "form": context.form,
            "source_id": context.source_id,
            "source_file": context.source_file,
            "sheet": self.sheet.name,
            "provenance": context.provenance,
        }
        self.lines_refused: set[int] = set()
        self.factors: dict[tuple[str, str], Decimal | None] = {}
        self.struck: dict[int, list[GridCell]] = {}  # numbers crossed out, by row
        self.without_header: list[GridCell] = []
        self.elsewhere: dict[str, list[GridCell]] = {}  # cells of places that nobody declared, by their names

    def read(self) -> None:
        """All lines, after what is wrong with the columns has been said once for each."""
        values = [LineValues.of(line, self.account) for line in self.table.lines]
        self._doubt_shared_headers(values)
        lines = [told.line for told in values if told.parts]
        across = any(_tells(column) for column in self.columns.values())
        self.periods_down = not across and 2 * sum(_tells(self._by_line(line)) for line in lines) > len(lines)
        if not self.periods_down:
            self._refuse_unknown_columns(values)
        self._doubt_early_actuals()
        for said in table_issues.units_in_doubt(self.table, lines):
            self._issue(*said)
        self.context.matcher.expect(line.path[-1] for line in lines if line.path)
        self.valued = {line.path for line in lines}
        for told in values:
            self._read_line(told)
        restored = [i.cell for told in values for i in told.singles if "recomputed" in i.reading.rules]
        for said in (
            *table_issues.struck_out(self.struck),
            *table_issues.without_header(self.without_header),
            *table_issues.elsewhere(self.elsewhere, self.context.catalogue.units),
            *table_issues.recomputed(restored),
        ):
            self._issue(*said)

    def _understood(self, number: int, column: reading.Column) -> Column:
        """What a column is: its header without the place that it names, under the titles of the table."""
        cycle, asked_in = self.context.cycle, self.context.asked_in
        texts = head_texts(column)
        places = {text: place for text in texts if (place := self.context.places.of(text)) is not None}
        if places:
            self.column_places[number] = next(reversed(places.values())) or next(reversed(places))
        found = headed_by(column, cycle, asked_in, places)
        rest = head_texts(column, places)
        if found.kind in ("", "derived") and (named := self._below_name(rest)).kind:
            return named  # "Tỷ lệ hộ nghèo" over "TH 2019" is no comparison
        if found.kind or found.period or not (texts or column.path):
            return found
        return planned(rest, self.titles, asked_in) or column_under(rest, self.over, cycle, asked_in)

    def _below_name(self, texts: list[str]) -> Column:
        """What the innermost texts of a header say, in a table of places, where those above them name an indicator."""
        if not self.by_place:
            return Column("")
        cycle, asked_in = self.context.cycle, self.context.asked_in
        told = [t for t in texts if self._tells_when(t)]
        return column_of(told, cycle, asked_in) if told and told == texts[-len(told) :] else Column("")

    def _line_place(self, line: Line) -> str | None:
        """The place that a line's own name tells (``Places.of``)."""
        return self.context.places.of(line.path[-1]) if line.path and line.parts else None

    def _by_line(self, line: Line) -> Column:
        return told_by_line(line, self.context.cycle, self.context.asked_in)

    def _issue(
        self, severity: str, code: str, message: str, suggestion: str, cell: GridCell | None, indicator: str = ""
    ) -> None:
        self.log.add(severity, code, message, suggestion, sheet=self.sheet.name, cell=cell, indicator_code=indicator)

    def _doubt_shared_headers(self, values: Sequence[LineValues]) -> None:
        """Numbers of several columns under one header that says no more of any: what tells them apart was not read."""
        filled = {i.cell.column for told in values for i in told.singles if i.cell.is_number}
        filled |= {n for shape in {run.stretch.shape for told in values for run in told.runs} for n in shape.columns}
        shared: dict[tuple, list[int]] = {}
        for number in sorted(filled & self.columns.keys()):
            if heads := tuple((c.row, c.column) for c in self.table.columns[number].heads):
                shared.setdefault(heads, []).append(number)
        for numbers in shared.values():
            if len(numbers) > 1 and _tells(self.columns[numbers[0]]):
                self.columns |= dict.fromkeys(numbers, Column(""))

    def _refuse_unknown_columns(self, values: Sequence[LineValues]) -> None:
        unknown = [n for n, column in self.columns.items() if self.table.columns[n].path and not column.kind]
        if not unknown:
            return
        filled = Counter(column for told in values for column, fate in told.fates() if fate != "derived")
        for number in unknown:
            path, lost = self.table.columns[number].path, filled[number]
            if lost:
                self._issue(
                    "error",
                    "period.unknown",
                    f"Không hiểu tiêu đề cột “{' > '.join(path)}”: là năm nào, "
                    f"thực hiện, ước thực hiện hay kế hoạch; {lost} ô của cột không được dùng",
                    "Hãy ghi tiêu đề như “TH 2019”, “ƯTH 2020”, “KH NQ 2016-2020”",
                    self._header(number),
                )

    def _doubt_early_actuals(self) -> None:
        """Nobody knows the result of a period that is not over: a column that says so is read as an estimate."""
        for number, column in self.columns.items():
            if column.kind != "actual" or is_months(column.period) or not self._not_over(column.period):
                continue
            self.columns[number] = replace(column, kind="estimate")
            source = self.context.source_id
            self._issue(
                "warning",
                "period.not_over",
                f"Cột “{' > '.join(self.table.columns[number].path)}” ghi thực hiện của kỳ chưa kết thúc"
                f"{f' khi nguồn [{source}] công bố' if source else ''}; được đọc là ước thực hiện",
                "Hãy ghi tiêu đề là “ƯTH” nếu là số ước, hoặc “TH … tháng” nếu là số của các tháng đã qua",
                self._header(number),
            )

    def _not_over(self, period: str) -> bool:
        """Whether the period was still running: when its source was published, or in the year of the round."""
        if self.context.provenance != "published":
            return years(period)[1] >= self.context.asked_in
        published = self.context.catalogue.source_date(self.context.source_id)
        return published is not None and published < last_day(period)

    def _header(self, number: int) -> GridCell | None:
        return next(reversed(self.table.columns[number].heads), None)

    def _read_line(self, values: LineValues) -> None:
        line, narrated = values.line, self._narrated(values.line)
        if not values.parts and not narrated:
            return
        if self.periods_down and values.parts and not narrated:
            for columns, group in groupby(values.items, key=lambda item: item.columns):
                told, path = LineValues(line, list(group)), columns or ("",)
                self._read_told(told, path, "", self._match("", path, told.unit))
            return
        if self.by_place and not self.periods_down and (place := self._place_of(line)) is not None:
            self._read_line_of_place(line, values.items, place)
            return
        code = next((c for c in self._ordinals(line) if c in self.context.catalogue.indicators), "")
        path, unit = line.path or ("",), values.unit
        if line.path[:-1] in self.valued and is_whole(path[-1]):
            path = path[-1:]  # the line above has its own numbers: a total of one's own over many lines
        match = self._match(code, path, unit)
        spoken_of = match.indicator.code if match.indicator else ""
        for cell, heading in narrated:
            place = {"sheet": self.sheet.name, "cell": cell.address}
            said = {"topic": column_topic(heading), "heading": heading, "text": words(cell)}
            self.result.narratives.append(
                {"area_code": self.context.area_code, "indicator_code": spoken_of, **said, **place}
            )
        if values.parts:
            self._read_told(values, path, code, match)

    def _match(self, code: str, path: tuple[str, ...], unit: str) -> Match:
        return self.context.matcher.match(code=code, path=path, unit=unit, form=self.context.form)

    def _read_told(self, told: LineValues, path: tuple[str, ...], code: str, match: Match) -> None:
        """The numbers of one indicator in a line; ``path`` leads to its name."""
        label = path[-1]
        if match.indicator is None and not told.runs and self._is_remark(told.line, told.singles):
            for item in told.singles:
                self.ledger.set(item.cell, "note")
            return
        if match.indicator is None:
            self._say_unmatched(told, match, code, label)
            return
        parts = [(part, list(part.items())) if type(part) is Run else (None, [part]) for part in told.parts]
        items = [item for _, found in parts for item in found]
        spoken = _Spoken(match, label, _months_in(label), small=self._may_be_ratios(items, match.indicator))
        for run, found in parts:
            claims = [self._read_item(item, self._column(item, spoken), spoken) for item in found]
            if run is not None:
                self.ledger.set_stretch(run.stretch, *zip(*claims, strict=True))
            else:
                self.ledger.set(found[0].cell, *claims[0])

    def _place_of(self, line: Line) -> str | None:
        """The place of a line in a table of places, whose total is the sender's own area."""
        if (place := self._line_place(line)) is not None:
            return place or line.path[-1]
        return self.context.area_code if line.path and is_whole(line.path[-1]) else None

    def _read_line_of_place(self, line: Line, items: list[Item], place: str) -> None:
        """A line that is named for a place: what is told of it the lines above say, or the column, or the title."""
        above = tuple(t for t in line.path[:-1] if self.context.places.of(t) is None)
        for names, group in groupby(items, key=lambda item: above or self._named_by_column(item)):
            told = LineValues(line, list(group))
            match, label = self._subject(names, told.unit)
            if match.indicator is None:
                self._say_unmatched(told, match, "", label or line.path[-1])
                continue
            small = self._may_be_ratios(told.singles, match.indicator)
            spoken = _Spoken(match, label, _months_in(label), place, small)
            for item in told.singles:
                self.ledger.set(item.cell, *self._read_item(item, self._column(item, spoken), spoken))

    def _named_by_column(self, item: Item) -> tuple[str, ...]:
        """The texts of a column's header that tell neither a period nor a place."""
        texts = head_texts(self.table.columns[item.cell.column])
        return tuple(t for t in texts if self.context.places.of(t) is None and not self._tells_when(t))

    def _tells_when(self, text: str) -> bool:
        """Whether a text of a header tells a period or a kind of number; "Tỷ lệ (chuẩn 2016-2020)" is a name."""
        said = column_of([text], self.context.cycle, self.context.asked_in)
        return bool(said.period and said.kind != "derived") or bool(kind_in(text))

    def _subject(self, names: tuple[str, ...], unit: str) -> tuple[Match, str]:
        """The indicator that names tell, else the one that a title over the table names surely."""
        match, form = self.context.matcher.match, self.context.form
        if names:
            return match(code="", path=names, unit=unit, form=form), names[-1]
        for title in subjects(self.titles):
            found = match(code="", path=(title,), unit=unit, form=form)
            if found.indicator is not None and found.rule in ("name", "words"):
                return found, title
        return Match(None), ""

    def _may_be_ratios(self, items: list[Item], indicator: Indicator) -> bool:
        """Whether the numbers of a line may be ratios (0,125) under a %: all are small, and times a hundred none of
        them is more than the indicator can be, nor are all of them more than it usually is."""
        numbers = [abs(i.cell.value) for i in items if i.cell.is_number]
        usual, limit = self.context.catalogue.expected(indicator.code).high, indicator.limit_high
        percents = [n * 100 for n in numbers if n]
        if any(n >= _SMALL for n in numbers) or (limit is not None and any(p > limit for p in percents)):
            return False
        return usual is None or any(p <= usual for p in percents)

    def _ordinals(self, line: Line) -> list[str]:
        """What counts a line or is its code."""
        columns = [c for c in self.table.columns.values() if c.role == "ordinal" and c.block == line.block]
        return [plain_cell(self.sheet.at(line.row, c.number)) for c in columns]

    def _is_remark(self, line: Line, items: list[Item]) -> bool:
        """Words below the last number of a table, without a unit: who signs, side by side."""
        if line.unit or line.own_unit or any(i.cell.is_number or i.cell.value is None for i in items):
            return False
        if all(is_note(i.cell.text) for i in items) or (line.path and is_note(line.path[-1])):
            return True
        numbered = [i.row for i in self.table.lines if any(c.is_number for c in i.values)]
        below = line.row > max(numbered, default=0)
        return below and not any(re.search(r"\d", i.cell.raw) for i in items)

    def _column(self, item: Item, spoken: _Spoken) -> Column:
        """As its column says, or its line; "… (9 tháng)" in a name makes a year the months so far."""
        column = self._by_line(item.line) if self.periods_down else self.columns[item.cell.column]
        if spoken.months and is_year(column.period):
            return replace(column, period=f"{column.period}-M{spoken.months}")
        return column

    def _narrated(self, line: Line) -> list[tuple[GridCell, str]]:
        """The words of a line in columns of causes, solutions and the like, with the column's heading."""
        narrated = []
        for number, heading in self.told_in_words.items():
            cell = self.sheet.find(line.row, number)
            if cell is None or cell.value is None:
                continue  # an error says nothing: left to be said as lost
            if self.ledger.is_claimed(cell):
                continue
            blank = cell.text.strip() in BLANK_MARKS
            self.ledger.set(cell, "blank_mark" if blank else "narrative")
            narrated += [] if blank else [(cell, heading)]
        return narrated

    def _say_unmatched(self, told: LineValues, match: Match, code: str, label: str) -> None:
        for item in told.singles:
            self.ledger.set(item.cell, "unmatched", "match.unknown")
        for run in told.runs:
            count = len(run.stretch.shape.columns)
            self.ledger.set_stretch(run.stretch, ("unmatched",) * count, ("match.unknown",) * count)
        name = f"“{label}”" if label else "(dòng không có tên)"
        conflict = match.rule == "conflict"
        self._issue(
            "error",
            "match.conflict" if conflict else "match.unknown",
            f"Mã “{code}” và tên {name} nói về hai chỉ tiêu khác nhau"
            if conflict
            else f"Không nhận ra chỉ tiêu {name}; {told.count} ô của dòng này không được dùng",
            f"Gần nhất: {'; '.join(match.candidates)}. Hãy sửa tên hoặc mã chỉ tiêu"
            if match.candidates
            else "Hãy ghi tên chỉ tiêu như trong biểu",
            told.first,
        )

    def _read_item(self, item: Item, column: Column, spoken: _Spoken) -> tuple[str, str]:
        """The fate of a cell and its reason, after it was made an observation or what is wrong with it was said."""
        cell, indicator = item.cell, spoken.match.indicator
        if item.fate == "derived" or column.kind == "derived":
            return "derived", item.detail
        if not column.kind:
            self.without_header += [] if item.columns else [cell]
            return "unmatched", "period.unknown" if item.columns else "read.outside_table"
        if item.fate == "blank_mark":
            return "blank_mark", ""
        area = spoken.place or self.column_places.get(cell.column, self.context.area_code)
        if not self.context.places.speaks_of(area) and area != self.context.area_code:
            self.elsewhere.setdefault(area, []).append(cell)
            return "unmatched", "match.area"
        reading = item.reading
        if item.unit.startswith("%") and compares(item.line, indicator):
            return "derived", "cột % của một chỉ tiêu không tính bằng %"
        if _is_ambiguous(item, spoken.small):
            message = "Không biết ô là tỷ lệ (0,125) hay phần trăm (12,5%): cả dòng đều nhỏ hơn 2"
            reading = Reading("rejected", code="number.ambiguous", message=message)
        factor = self._factor(indicator, item.unit)
        if reading.fate == "value" and factor is None and reading.qualifier != "text":
            reading = wrong_unit(item.unit, indicator)
        if reading.fate == "rejected":
            self._reject(cell, reading, indicator)
            return "rejected", reading.code
        if reading.qualifier == "text" and re.search(r"\d", cell.raw):
            self._issue(
                "warning",
                "number.in_words",
                f"Mục tiêu ghi lẫn số trong câu nên không so sánh được ({indicator.name}): “{cell.raw}”",
                "Hãy ghi một số hoặc một khoảng (12,5; trên 12; 11-12), lời giải thích để ở cột ghi chú",
                cell,
                indicator.code,
            )
        self.result.observations.append(
            self._observation(item, column, spoken.match, reading, factor or Decimal(1), area)
        )
        return "value", ""

    def _factor(self, indicator: Indicator, unit: str) -> Decimal | None:
        """As ``Indicator.factor_from``, worked out once for all cells alike; None for no unit."""
        key = (indicator.code, unit)
        if key not in self.factors:
            self.factors[key] = indicator.factor_from(unit) if unit else None
        return self.factors[key]

    def _reject(self, cell: GridCell, reading: Reading, indicator: Indicator) -> None:
        if reading.code == table_issues.STRUCK:
            self.struck.setdefault(cell.row, []).append(cell)
            return
        whole_line = reading.code in ("unit.missing", "unit.unknown")
        if whole_line and cell.row in self.lines_refused:
            return  # said once for the line
        if whole_line:
            self.lines_refused.add(cell.row)
        what = "cả dòng không được dùng" if whole_line else f"“{cell.raw}”"
        how = "Hãy ghi một số, đúng đơn vị của dòng"
        if whole_line:
            how = f"Đơn vị tính của chỉ tiêu là {indicator.unit}" if indicator.unit else _HEADING
        self._issue("error", reading.code, f"{reading.message} ({indicator.name}): {what}", how, cell, indicator.code)

    def _observation(
        self, item: Item, column: Column, match: Match, reading: Reading, factor: Decimal, area: str
    ) -> dict:
        same = factor == 1

        def converted(number: Decimal | None) -> float | None:
            return None if number is None else float(number if same else number * factor)

        # the precision as typed, told in the catalogue's unit: 1.234,5 triệu is known to 0,0001 tỷ
        digits = reading.digits if same else reading.digits - round(math.log10(factor))
        rules = [f"matched_by_{match.rule}", *reading.rules, *([] if same else ["unit_converted"])]
        cell = item.cell
        return {
            **self.same,
            "area_code": area,
            "indicator_code": match.indicator.code,
            "period": column.period,
            "kind": column.kind,
            "plan": column.plan,
            "act": column.act,
            "value": converted(reading.value),
            "value_upper": converted(reading.upper),
            "qualifier": reading.qualifier,
            "digits": max(0, digits),
            "submitted_unit": item.unit,
            "cell": cell.address,
            "raw": cell.raw,
            "hidden": cell.hidden or self.sheet.hidden,
            "rules": ";".join(rules),
        }


def _months_in(label: str) -> int:
    """The months so far that a name counts: "… (9 tháng)"; 0 where it counts none, or a whole year."""
    months = re.search(r"\b(\d{1,2}) tháng\b", label)
    return int(months[1]) if months and int(months[1]) < 12 else 0


def _is_ambiguous(item: Item, row_is_small: bool) -> bool:
    """Under % nothing tells 0,824 as a ratio from 0,824 percent where the whole row is small and no format says it."""
    cell = item.cell
    if item.fate != "value" or not row_is_small or not cell.is_number or not item.unit.startswith("%"):
        return False
    return 0 < abs(cell.value) < _SMALL and cell.number_format in (None, "General")


def _tells(column: Column) -> bool:
    return column.kind not in ("", "derived")
