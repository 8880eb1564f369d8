"""Write the published figures as Appendix I workbooks, one per round and area, one sheet per source.

Input, kept by hand: published_figures.csv, indicators.csv, units.csv, sources.csv and rounds.toml under
data/reference. Output: data/raw/<round>/<area>/so-lieu-cong-bo__<area>__<round>.xlsx, their lines in
data/raw/<round>/received.csv, and data/reference/published.csv. The same input gives the same bytes.

    python scripts/published_workbooks.py
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import periods
from planreview.catalogue.rounds import last_moment, load_rounds, publication_round
from planreview.workbooks.saving import same_bytes

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "so-lieu-cong-bo__"
SENDER = "Bộ số liệu công bố"
CREATED = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)

TITLE = "BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI THEO SỐ LIỆU CÔNG BỐ"
DISCLAIMER = "Số liệu công bố, chép từ nguồn; không phải báo cáo của đơn vị"
CLOSING = "Ghi chú: số liệu giữ nguyên như nguồn công bố; chỗ trái nhau giữa các nguồn được giữ cả hai."
PLAN_WORDS = {
    "congress": "Mục tiêu NQ Đại hội",
    "five_year": "KH NQ 5 năm",
    "master_plan": "Quy hoạch",
    "annual": "KH năm",
    "proposed": "Dự kiến KH",
}
RESULT_WORDS = {"actual": "TH", "estimate": "ƯTH"}
FIELDS = ["kinh tế", "xã hội", "môi trường", "hạ tầng", "quản trị", "kế hoạch"]
LABELS = {"STT": 6, "Mã chỉ tiêu": 13, "Chỉ tiêu": 46, "ĐVT": 18}  # heading: column width
RESULT_WIDTH, TARGET_WIDTH, NOTE_WIDTH = 12, 19, 46
HEADER_ROWS = (6, 7)

FONT = "Times New Roman"
THIN = Side(style="thin")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column of figures: of a target the plan and its act, of a result neither.

    ``when``: the source's own words where the period has any ("đến 30/9/2025"). ``ahead``: a target for a year after
    the round, which stands behind the results as the next plan's.
    """

    period: str
    when: str
    kind: str
    plan: str
    act: str
    ahead: bool

    @classmethod
    def of(cls, figure: Row) -> Column:
        return cls(
            figure["period"],
            column_words(figure["period"], figure["period_published"]),
            figure["kind"],
            figure["plan"],
            figure["act"],
            figure["ahead"] == "yes",
        )

    @property
    def top(self) -> str:
        if self.kind != "target":
            return f"{RESULT_WORDS[self.kind]} {self.when}"
        return f"{PLAN_WORDS[self.plan]}: {self.act}" if self.act else PLAN_WORDS[self.plan]

    @property
    def bottom(self) -> str:
        return f"Năm {self.when}" if self.when.isdigit() else self.when

    @property
    def short(self) -> str:
        return self.top if self.kind != "target" else f"{PLAN_WORDS[self.plan]} {self.when}"

    @property
    def order(self) -> tuple:
        first, last = periods.years(self.period) if self.period else (9999, 9999)
        if self.kind == "target":
            plan = list(PLAN_WORDS).index(self.plan)
            return 2 if self.ahead else 0, plan, self.act, last - first, last, self.when
        whole = not periods.is_months(self.period)
        return 1, last, whole, last - first, list(RESULT_WORDS).index(self.kind), self.when


def column_words(period: str, published: str) -> str:
    """How a heading names a period: a year or years as they are, a day or a part of a year as an office writes it."""
    if not period or published.startswith(("đến ", "Quý ", "Năm học ")):
        return published
    if periods.is_months(period):
        year, month = period.split("-M")
        return f"{month} tháng đầu năm {year}"
    return period


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def code_order(code: str) -> list:
    """KT.01.9 before KT.01.10."""
    return [int(part) if part.isdigit() else part for part in code.split(".")]


def source_line(source: Row) -> str:
    """``Nguồn: [S01] <title>; <issuer>; ngày 24/9/2020``: title, issuer and date of a source."""
    note = source["date_note"]
    if note.startswith("nguồn không ghi ngày"):
        guess = note.partition("; ")[2]
        when = f"không ghi ngày ({guess})" if guess else "không ghi ngày"
    else:
        year, month, day = [*source["date"].split("-"), "", ""][:3]
        month = month if month in {"01", "02"} else month.lstrip("0")
        when = f"ngày {day}/{month}/{year}" if day else f"tháng {month}/{year}" if month else f"năm {year}"
    return f"Nguồn: [{source['source_id']}] {source['title']}; {source['issuer']}; {when}"


def unit_of(row: dict[Column, Row]) -> str:
    return next(iter(row.values()))["unit"]


def table_rows(figures: list[Row]) -> list[dict[Column, Row]]:
    """The figures of one indicator in as few rows as hold them: two for one column, or in two units, need two."""
    rows: list[dict[Column, Row]] = []
    for figure in figures:
        column = Column.of(figure)
        row = next((r for r in rows if column not in r and unit_of(r) == figure["unit"]), None)
        if row is None:
            rows.append(row := {})
        row[column] = figure
    return rows


def row_notes(row: dict[Column, Row], name: str) -> str:
    notes = []
    for column, figure in sorted(row.items(), key=lambda item: item[0].order):
        unsaid = figure["period_published"] if figure["period_published"] != column.when else ""
        said = "; ".join(filter(None, (figure["note"], unsaid and f"nguồn ghi kỳ: {unsaid}")))
        if said:
            notes.append(f"{column.short}: {said}" if len(row) > 1 else said)
    others = dict.fromkeys(f["name_published"] for f in row.values() if f["name_published"] != name)
    return "; ".join([*notes, *(f"Tên trong nguồn: {other}" for other in others)])


def cell_value(figure: Row) -> tuple[str | int | float, str]:
    """What stands in the cell, and its number format: the decimals as published."""
    if figure["typed"]:
        return figure["typed"], "General"
    whole, _, decimals = figure["value"].partition(".")
    return (float(figure["value"]), "#,##0." + "0" * len(decimals)) if decimals else (int(whole), "#,##0")


def height(text: str, width: float, size: int = 11) -> float:
    """Points that a wrapped text needs in a cell of this width."""
    return max(1, math.ceil(0.95 * len(text) / width)) * (size + 4.5)


class SourceSheet:
    """One sheet: the figures of one source for one area, as an office would lay them out."""

    def __init__(self, sheet: Worksheet, figures: list[Row], indicators: dict[str, Row]) -> None:
        self.sheet, self.figures, self.indicators = sheet, figures, indicators
        self.columns = sorted({Column.of(f) for f in figures}, key=lambda c: c.order)
        self.first = len(LABELS) + 1  # the first column of figures
        self.last = self.first + len(self.columns)  # the notes
        figure_widths = [TARGET_WIDTH if c.kind == "target" else RESULT_WIDTH for c in self.columns]
        self.widths = [*LABELS.values(), *figure_widths, NOTE_WIDTH]

    def write(self, area: Row, source: Row) -> None:
        self._line(1, TITLE, across="center", bold=True, size=14)
        self._line(2, f"Đơn vị: {area['name_vi']} (mã {area['unit_code']})", across="center", bold=True)
        self._line(3, DISCLAIMER, across="center", italic=True)
        self._line(4, source_line(source))
        self._header()
        after = self._body(HEADER_ROWS[1] + 1)
        self._line(after + 1, CLOSING, italic=True)
        self._page()

    def _put(self, row: int, column: int, value: str | float | None, *, across="center", bold=False) -> Cell:
        cell = self.sheet.cell(row, column, value)
        cell.font = Font(name=FONT, size=11, bold=bold)
        indent = 0 if across == "center" else 1
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True, indent=indent)
        cell.border = BORDER
        return cell

    def _line(self, row: int, text: str, *, across="left", size=11, bold=False, italic=False) -> None:
        """A line of text over the whole width of the table."""
        cell = self.sheet.cell(row, 1, text)
        cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        self._merge(row, 1, row, self.last)
        self.sheet.row_dimensions[row].height = height(text, sum(self.widths), size)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _header(self) -> None:
        """Two rows: a target's plan and act over its periods; everything else merged over both."""
        upper, lower = HEADER_ROWS
        targets: dict[tuple, list[int]] = defaultdict(list)  # one heading: the columns under it
        for number, label in enumerate([*LABELS, *(c.top for c in self.columns), "Ghi chú"], 1):
            column = self.columns[number - self.first] if self.first <= number < self.last else None
            if column and column.kind == "target":
                heading = column.order[0], label
                self._put(upper, number, None if heading in targets else label, bold=True)
                self._put(lower, number, column.bottom, bold=True)
                targets[heading].append(number)
            else:
                self._put(upper, number, label, bold=True)
                self._put(lower, number, None)
                self._merge(upper, number, lower, number)
        for numbers in targets.values():
            self._merge(upper, numbers[0], upper, numbers[-1])
        heights = [height(label, 0.9 * TARGET_WIDTH * len(n)) for (_, label), n in targets.items()]
        self.sheet.row_dimensions[upper].height = max(heights, default=20)
        self.sheet.row_dimensions[lower].height = 20

    def _body(self, at: int) -> int:
        """Groups by field, then the indicators. Gives the first row after the table."""
        groups: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for figure in self.figures:
            code = figure["indicator_code"]
            groups[self.indicators[code]["field"]][code].append(figure)
        ordinal = 0
        for letter, field in zip("ABCDEF", sorted(groups, key=FIELDS.index), strict=False):
            for number in range(1, self.last + 1):
                self._put(at, number, None)
            self._put(at, 1, letter, bold=True)
            self._put(at, 3, field.upper(), across="left", bold=True)
            at += 1
            for code in sorted(groups[field], key=code_order):
                for row in table_rows(groups[field][code]):
                    ordinal += 1
                    self._indicator(at, ordinal, self.indicators[code], row)
                    at += 1
        return at

    def _indicator(self, at: int, ordinal: int, indicator: Row, row: dict[Column, Row]) -> None:
        self._put(at, 1, ordinal)
        self._put(at, 2, indicator["code"])
        self._put(at, 3, indicator["name_vi"], across="left")
        self._put(at, 4, unit_of(row))
        for number, column in enumerate(self.columns, self.first):
            value, number_format = cell_value(row[column]) if column in row else (None, "General")
            self._put(at, number, value, across="right").number_format = number_format
        notes = row_notes(row, indicator["name_vi"])
        self._put(at, self.last, notes or None, across="left")
        self.sheet.row_dimensions[at].height = max(
            height(indicator["name_vi"], LABELS["Chỉ tiêu"]), height(notes, NOTE_WIDTH)
        )

    def _page(self) -> None:
        sheet = self.sheet
        for number, width in enumerate(self.widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = sheet.cell(HEADER_ROWS[1] + 1, self.first)
        sheet.print_title_rows = "{}:{}".format(*HEADER_ROWS)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter.center.text = "Trang &P/&N"


def build_workbook(area: Row, figures: list[Row], sources: dict[str, Row], indicators: dict[str, Row]) -> bytes:
    """One workbook of an area: a sheet for each source, in the order of sources.csv."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = SENDER
    workbook.properties.title = f"{TITLE} - {area['name_vi']}"
    workbook.properties.language = "vi-VN"
    workbook.properties.created = CREATED.replace(tzinfo=None)
    workbook.custom_doc_props.append(StringProperty(name="planreview-provenance", value="published"))
    for source_id, source in sources.items():
        of_source = [f for f in figures if f["source_id"] == source_id]
        if of_source:
            SourceSheet(workbook.create_sheet(source_id), of_source, indicators).write(area, source)
    return same_bytes(workbook)


def write_all(reference: Path, raw: Path) -> int:
    """Write workbooks, received.csv and published.csv. Gives the number of workbooks."""
    indicators = {row["code"]: row for row in read_rows(reference / "indicators.csv")}
    sources = {row["source_id"]: row for row in read_rows(reference / "sources.csv")}
    areas = {row["unit_code"]: row for row in read_rows(reference / "units.csv")}
    rounds = load_rounds(reference / "rounds.toml")

    parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for figure in read_rows(reference / "published_figures.csv"):
        date = sources[figure["source_id"]]["date"]
        period = figure["period"]
        # neither a date nor a period: the last round
        round_code = publication_round(rounds, date, period) if date or period else list(rounds)[-1]
        ahead = bool(period) and periods.years(period)[1] > rounds[round_code].deadline.year
        figure["ahead"] = "yes" if ahead else "no"
        parts[round_code, figure["area_code"]].append(figure)

    received: dict[str, list[Row]] = defaultdict(list)
    for (round_code, area_code), figures in sorted(parts.items()):
        content = build_workbook(areas[area_code], figures, sources, indicators)
        name = f"{PREFIX}{area_code}__{round_code}.xlsx"
        stored_path = f"{round_code}/{area_code}/{name}"
        (raw / stored_path).parent.mkdir(parents=True, exist_ok=True)
        (raw / stored_path).write_bytes(content)
        dates = {sources[f["source_id"]]["date"] for f in figures} - {""}
        received[round_code].append(
            {
                "stored_path": stored_path,
                "received_at": max(map(last_moment, dates)).isoformat() if dates else "",
                "sender": SENDER,
                "original_name": name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "unit_code": area_code,
            }
        )

    written = {row["stored_path"]: row for rows in received.values() for row in rows}
    for old in raw.glob(f"*/*/{PREFIX}*.xlsx"):
        if old.relative_to(raw).as_posix() not in written:
            old.unlink()
    for round_code in {*received, *(log.parent.name for log in raw.glob("*/received.csv"))}:
        log_received(raw / round_code / "received.csv", received[round_code])
    published = [
        {"sha256": r["sha256"], "stored_path": path, "round": path.split("/")[0], "unit_code": r["unit_code"]}
        for path, r in written.items()
    ]
    write_rows(reference / "published.csv", ["sha256", "stored_path", "round", "unit_code"], published)
    return len(written)


def log_received(log: Path, ours: list[Row]) -> None:
    """Bring our lines of a round's log up to date, each in its place; what others wrote there stays."""
    columns = ["stored_path", "received_at", "sender", "original_name", "sha256", "unit_code"]
    new = {row["stored_path"]: row for row in ours}
    lines = {}
    for row in read_rows(log) if log.exists() else []:
        path = row["stored_path"]
        columns += [c for c in row if c not in columns]
        if path in new or not Path(path).name.startswith(PREFIX):
            lines[path] = row | new.get(path, {})
    write_rows(log, columns, (lines | {p: r for p, r in new.items() if p not in lines}).values())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, default=ROOT / "data" / "reference")
    parser.add_argument("--raw", type=Path, default=ROOT / "data" / "raw")
    options = parser.parse_args(arguments)
    count = write_all(options.reference, options.raw)
    print(f"{count} workbooks written under {options.raw}")


if __name__ == "__main__":
    main()
