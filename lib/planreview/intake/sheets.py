"""One sheet into observations, a closed ledger and issues."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from planreview.catalogue import Catalogue, Cycle, Indicator
from planreview.catalogue.periods import is_months, is_year, last_day, years
from planreview.catalogue.texts import folded, plain
from planreview.intake.headers import Column
from planreview.intake.issues import IssueLog
from planreview.intake.layout import Line, TableLayout, find_tables
from planreview.intake.ledger import Ledger
from planreview.intake.matching import Matcher
from planreview.intake.narratives import read_narratives
from planreview.intake.proposals import Proposal, ProposalTable, find_proposals, read_proposals
from planreview.intake.topics import column_topic, words
from planreview.reading.values import BLANK_MARKS, Habits, Reading, read_value
from planreview.workbooks import GridCell, Sheet

GUIDE = "huong dan"  # how the name of a sheet of instructions begins, without diacritics
SOURCE_LINE = re.compile(r"^Nguồn:\s*\[(\w+)\]")


@dataclass(frozen=True)
class SheetContext:
    """What is known of a sheet before its cells are read."""

    catalogue: Catalogue
    matcher: Matcher
    cycle: Cycle
    asked_in: int
    round: str
    unit_code: str
    area_code: str
    form: str
    source_file: str
    provenance: str


@dataclass
class SheetReading:
    """Rows of one sheet by table; all but observations without the columns round, unit_code and source_file."""

    observations: list[dict]
    ledger: list[dict]
    narratives: list[dict]
    proposals: list[dict]


def find_all_tables(sheet: Sheet, cycle: Cycle, asked_in: int) -> tuple[list[TableLayout], list[ProposalTable]]:
    """The tables of indicators and those of proposed tasks; the rows of one are never read as another's."""
    starts = tuple(table.first_row for table in find_tables(sheet, cycle, asked_in))
    proposals = find_proposals(sheet, cycle, starts)
    taken = {row for table in proposals for row in range(table.first_row, table.end_row + 1)}
    if taken:
        cells = {place: cell for place, cell in sheet.cells.items() if place[0] not in taken}
        sheet = Sheet(sheet.name, sheet.hidden, cells, sheet.merges)
    return find_tables(sheet, cycle, asked_in), proposals


def read_sheet(sheet: Sheet, context: SheetContext, log: IssueLog) -> SheetReading:
    """Read all that a sheet says: one ledger row for each non-empty cell, ``value`` for each observation."""
    ledger = Ledger(sheet)
    reader = _SheetReader(sheet, context, log, ledger)
    tables, proposal_tables = find_all_tables(sheet, context.cycle, context.asked_in)
    for table in tables:
        reader.read_table(table)
    for table in proposal_tables:
        reader.add_proposals(read_proposals(table, sheet, ledger))
    first_rows = [table.first_row for table in (*tables, *proposal_tables)]
    if not first_rows and folded(sheet.name).startswith(GUIDE):
        return reader.result()  # how to fill in the form: words and numbers that nobody reports
    if not first_rows:
        narratives = read_narratives(sheet, ledger)
        first_rows = [n.cell.row for n in narratives[:1]]
        for n in narratives:
            reader.narrate(n.cell, n.topic, n.text, heading=n.heading)
    reader.claim_the_rest(first_rows)
    return reader.result()


class _SheetReader:
    def __init__(self, sheet: Sheet, context: SheetContext, log: IssueLog, ledger: Ledger) -> None:
        self.sheet, self.context, self.log, self.ledger = sheet, context, log, ledger
        self.observations: list[dict] = []
        self.narratives: list[dict] = []
        self.proposals: list[dict] = []
        self.lines_refused: set[int] = set()
        self.source_id = self._source()

    def _source(self) -> str:
        """The source that a sheet of published figures names; issues where it is not known or undated."""
        for cell in self.sheet.cells.values():
            match = SOURCE_LINE.match(plain(cell.text))
            if not match:
                continue
            if match[1] not in self.context.catalogue.sources.index:
                self._issue(
                    "error",
                    "source.unknown",
                    f"Nguồn [{match[1]}] không có trong danh mục nguồn",
                    "Hãy thêm nguồn vào data/reference/sources.csv",
                    cell,
                )
                return ""
            source = self.context.catalogue.sources.loc[match[1]]
            if not source["date"] or source["date_note"].startswith("nguồn không ghi ngày"):
                used = f"tạm lấy theo {source['date']}" if source["date"] else "tạm xếp theo kỳ của số liệu"
                self._issue(
                    "warning",
                    "source.undated",
                    f"Nguồn [{match[1]}] không ghi ngày; {used}",
                    "Hãy tìm ngày công bố và ghi vào cột date của sources.csv",
                    cell,
                )
            return match[1]
        return ""

    def _issue(
        self, severity: str, code: str, message: str, suggestion: str, cell: GridCell | None = None, indicator: str = ""
    ) -> None:
        self.log.add(severity, code, message, suggestion, sheet=self.sheet.name, cell=cell, indicator_code=indicator)

    def result(self) -> SheetReading:
        return SheetReading(self.observations, self.ledger.rows(), self.narratives, self.proposals)

    def narrate(self, cell: GridCell, topic: str, text: str, *, heading: str, indicator: str = "") -> None:
        """Keep words; the ledger's fate of their cell is the caller's to say."""
        self.narratives.append(
            {
                "area_code": self.context.area_code,
                "indicator_code": indicator,
                "topic": topic,
                "heading": heading,
                "text": text,
                "sheet": self.sheet.name,
                "cell": cell.address,
            }
        )

    def add_proposals(self, proposals: list[Proposal]) -> None:
        for p in proposals:
            place = {"sheet": self.sheet.name, "cell": p.cell.address}
            self.proposals.append({"seq": p.seq, "group": p.group, **p.fields, **place})

    def read_table(self, table: TableLayout) -> None:
        last_header = table.number_row or table.band_end
        for cell in self.sheet.cells.values():
            if table.first_row <= cell.row <= last_header:
                self.ledger.set(cell, "header")
        self._refuse_unknown_columns(table)
        self._doubt_early_actuals(table)
        value_columns = [c for c, role in table.roles.items() if role == "value"]
        habits = Habits.of([line.cells[c].text for line in table.lines for c in value_columns if c in line.cells])
        for line in table.lines:
            self._read_line(table, line, habits)

    def _refuse_unknown_columns(self, table: TableLayout) -> None:
        for number, column in table.columns.items():
            if not column.kind and (lost := sum(number in line.cells for line in table.lines)):
                self._issue(
                    "error",
                    "period.unknown",
                    f"Không hiểu tiêu đề cột “{table.headers[number]}”: là năm nào, "
                    f"thực hiện, ước thực hiện hay kế hoạch; {lost} ô của cột không được dùng",
                    "Hãy ghi tiêu đề như “TH 2019”, “ƯTH 2020”, “KH NQ 2016-2020”",
                    self._header(table, number),
                )

    def _doubt_early_actuals(self, table: TableLayout) -> None:
        """Nobody knows the result of a period that is not over: a column that says so is read as an estimate."""
        for number, column in table.columns.items():
            if column.kind != "actual" or is_months(column.period) or not self._not_over(column.period):
                continue
            table.columns[number] = replace(column, kind="estimate")
            self._issue(
                "warning",
                "period.not_over",
                f"Cột “{table.headers[number]}” ghi thực hiện của kỳ chưa kết thúc"
                f"{f' khi nguồn [{self.source_id}] công bố' if self.source_id else ''}; được đọc là ước thực hiện",
                "Hãy ghi tiêu đề là “ƯTH” nếu là số ước, hoặc “TH … tháng” nếu là số của các tháng đã qua",
                self._header(table, number),
            )

    def _not_over(self, period: str) -> bool:
        """Whether the period was still running: when its source was published, or in the year of the round."""
        if self.context.provenance != "published":
            return years(period)[1] >= self.context.asked_in
        published = self.context.catalogue.source_date(self.source_id)
        return published is not None and published < last_day(period)

    def _header(self, table: TableLayout, number: int) -> GridCell | None:
        cells = (self.sheet.at(row, number) for row in range(table.first_row, table.band_end + 1))
        return next((cell for cell in cells if cell), None)

    def _read_line(self, table: TableLayout, line: Line, habits: Habits) -> None:
        fates = {
            "label": "label",
            "ordinal": "ordinal",
            "code": "ordinal",
            "unit": "unit",
            "note": "note",
        }
        values, narrated = [], []
        for number, cell in line.cells.items():
            role = table.roles.get(number)
            if role == "value":
                values.append((cell, table.columns[number]))
            elif role == "narrative" and cell.value is not None:  # an error says nothing: left to be said as lost
                blank = cell.text.strip() in BLANK_MARKS
                self.ledger.set(cell, "blank_mark" if blank else "narrative")
                narrated += [] if blank else [(cell, table.headers[number].rpartition(" > ")[2])]
            elif role in fates:
                self.ledger.set(cell, fates[role])
        if not values and not narrated:
            return
        match = self.context.matcher.match(code=line.code, label=line.label, unit=line.unit)
        spoken_of = match.indicator.code if match.indicator else ""
        for cell, heading in narrated:
            self.narrate(cell, column_topic(heading), words(cell), heading=heading, indicator=spoken_of)
        if not values:
            return
        if match.indicator is None:
            for cell, _ in values:
                self.ledger.set(cell, "unmatched")
            name = f"“{line.label}”" if line.label else "(dòng không có tên)"
            conflict = match.rule == "conflict"
            self._issue(
                "error",
                "match.conflict" if conflict else "match.unknown",
                f"Mã “{line.code}” và tên {name} nói về hai chỉ tiêu khác nhau"
                if conflict
                else f"Không nhận ra chỉ tiêu {name}; {len(values)} ô của dòng này không được dùng",
                f"Gần nhất: {'; '.join(match.candidates)}. Hãy sửa tên hoặc mã chỉ tiêu"
                if match.candidates
                else "Hãy ghi tên chỉ tiêu như trong biểu",
                values[0][0],
            )
            return
        # under % nothing tells 0,824 as a ratio from 0,824 percent where the whole row is small
        small = all(abs(c.value) < 2 for c, _ in values if c.is_number)
        for cell, column in values:
            self._read_cell(cell, _narrowed(column, line.label), line, match.indicator, match.rule, habits, small)

    def _read_cell(
        self,
        cell: GridCell,
        column: Column,
        line: Line,
        indicator: Indicator,
        rule: str,
        habits: Habits,
        row_is_small: bool,
    ) -> None:
        if not column.kind:
            self.ledger.set(cell, "unmatched", "period.unknown")
            return
        if column.kind == "derived":
            self.ledger.set(cell, "derived")
            return
        is_target = column.kind == "target"
        reading = read_value(cell, unit=line.unit, is_target=is_target, habits=habits, row_is_small=row_is_small)
        if reading.fate == "blank_mark":
            self.ledger.set(cell, "blank_mark")
            return
        unit = reading.unit or line.unit
        factor = indicator.factor_from(unit) if unit else None
        if reading.fate == "value" and factor is None and reading.qualifier != "text":
            reading = self._wrong_unit(unit, indicator)
        if reading.fate == "rejected":
            self.ledger.set(cell, "rejected", reading.code)
            whole_line = reading.code in ("unit.missing", "unit.unknown")
            if whole_line and cell.row in self.lines_refused:
                return  # said once for the line
            if whole_line:
                self.lines_refused.add(cell.row)
            what = "cả dòng không được dùng" if whole_line else f"“{cell.raw}”"
            how = (
                f"Đơn vị tính của chỉ tiêu là {indicator.unit}"
                if whole_line
                else "Hãy ghi một số, đúng đơn vị của dòng"
            )
            message = f"{reading.message} ({indicator.name}): {what}"
            self._issue("error", reading.code, message, how, cell, indicator.code)
            return
        self.ledger.set(cell, "value")
        self.observations.append(self._observation(cell, column, unit, indicator, rule, reading, factor or Decimal(1)))

    def _wrong_unit(self, unit: str, indicator: Indicator) -> Reading:
        if not unit:
            return Reading("rejected", code="unit.missing", message="Dòng không ghi đơn vị tính")
        return Reading(
            "rejected", code="unit.unknown", message=f"Không đổi được đơn vị “{unit}” sang “{indicator.unit}”"
        )

    def _observation(
        self,
        cell: GridCell,
        column: Column,
        unit: str,
        indicator: Indicator,
        rule: str,
        reading: Reading,
        factor: Decimal,
    ) -> dict:
        def converted(number: Decimal | None) -> float | None:
            return None if number is None else float(number * factor)

        # the precision as typed, told in the catalogue's unit: 1.234,5 triệu is known to 0,0001 tỷ
        digits = reading.digits - round(math.log10(factor)) if factor != 1 else reading.digits
        rules = [f"matched_by_{rule}", *reading.rules, *(["unit_converted"] if factor != 1 else [])]
        return {
            "round": self.context.round,
            "unit_code": self.context.unit_code,
            "area_code": self.context.area_code,
            "indicator_code": indicator.code,
            "period": column.period,
            "kind": column.kind,
            "plan": column.plan,
            "act": column.act,
            "value": converted(reading.value),
            "value_upper": converted(reading.upper),
            "qualifier": reading.qualifier,
            "digits": max(0, digits),
            "submitted_unit": unit,
            "form": self.context.form,
            "source_id": self.source_id,
            "source_file": self.context.source_file,
            "sheet": self.sheet.name,
            "cell": cell.address,
            "raw": cell.raw,
            "hidden": cell.hidden or self.sheet.hidden,
            "rules": ";".join(rules),
            "provenance": self.context.provenance,
        }

    def claim_the_rest(self, first_rows: list[int]) -> None:
        """Titles above a table or a text, notes beside and below it; numbers that neither explains are unmatched, and
        said. ``first_rows``: where the sheet's tables and texts begin."""
        first = min(first_rows, default=0)
        lost = []
        for cell in self.sheet.cells.values():
            if self.ledger.is_claimed(cell):
                continue
            if cell.is_number or cell.value is None or _looks_like_number(cell):
                self.ledger.set(cell, "unmatched", "read.outside_table")
                lost.append(cell)
            else:
                self.ledger.set(cell, "title" if cell.row < first else "note")
        if lost:
            what = (
                "Không tìm thấy bảng chỉ tiêu nào trong trang tính"
                if not first_rows
                else (f"Có {len(lost)} ô số nằm ngoài bảng chỉ tiêu nên không biết là số gì")
            )
            self._issue(
                "error" if not first_rows else "warning",
                "read.no_table" if not first_rows else "read.outside_table",
                what,
                "Bảng cần có dòng tiêu đề gồm “Chỉ tiêu”, “ĐVT” và các cột năm",
                lost[0],
            )


def _narrowed(column: Column, label: str) -> Column:
    """The column as one row has it: "… (9 tháng)" in an indicator's name makes its year the months so far."""
    months = re.search(r"\b(\d{1,2}) tháng\b", label)
    if months and is_year(column.period) and int(months[1]) < 12:
        return replace(column, period=f"{column.period}-M{int(months[1])}")
    return column


def _looks_like_number(cell: GridCell) -> bool:
    return bool(re.fullmatch(r"[<>≥≤~]?\s*-?\d[\d.,\s]*%?", plain(cell.text)))
