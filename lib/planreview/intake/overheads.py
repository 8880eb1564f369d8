"""What the titles over a table say of all its numbers: a year, and the one indicator that it breaks down by place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planreview.catalogue import Cycle, periods
from planreview.catalogue.measures import parse
from planreview.catalogue.texts import plain
from planreview.intake.headers import Column, column_of, kind_in
from planreview.reading import Line, Table
from planreview.reading.periods import period_of
from planreview.workbooks import GridCell, Sheet

_ROWS = 8  # above a header that still are its title
_BARE_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d", re.I)
_PLAN_TITLE = re.compile(r"(?:kế hoạch|mục tiêu)[^\n]{0,60}?(\d{4})\s*[-–]\s*(\d{4})", re.I)
_ASKED = re.compile(r"năm(?: (?:nhập|báo cáo|số liệu|lập|kế hoạch)[^\d:]{0,20})?\s*:?", re.I)
_YEAR = re.compile(r"\bnăm\s+(?:19|20)\d\d\b", re.I)
_SHEET = re.compile(r"(?:năm|nam|số liệu)?\s*((?:19|20)\d\d)", re.I)
_NUMBERED = re.compile(r"^(?:bảng|biểu|phụ lục|mẫu)(?:\s+số)?\s*[\dIVX.]*\s*[:.\-–]?\s*|^\d+(?:\.\d+)*\.?\s+", re.I)
_BREAKDOWN = re.compile(
    r"[,\s(]*\b(?:phân|chia|tính)?\s*(?:theo|của các|các)\s+(?:từng\s+|các\s+)?(?:huyện|xã|địa bàn|địa phương|"
    r"đơn vị hành chính|thành phố|phường)\b.*$",
    re.I | re.S,
)
_DATED = re.compile(r"[,\s]*\b(?:giai đoạn|các năm|thời kỳ|từ năm|qua các năm|năm)\s*\(?(?:19|20)\d\d.*$", re.I | re.S)


def titles_of(table: Table, above: Sequence[Table], sheet: Sheet) -> list[str]:
    """The texts over a table, the nearest first, down to the table before it (``above``: those further up)."""
    before = max((max([t.head_end, *(line.row for line in t.lines)]) for t in above), default=0)
    rows = range(table.top - 1, max(before, table.top - 1 - _ROWS), -1)
    texts = [plain(c.value) for row in rows for c in sheet.row(row) if isinstance(c.value, str) and plain(c.value)]
    return texts + [f"Năm {c.value:.0f}" for row in rows for c in sheet.row(row) if answers_which_year(c, sheet)]


def answers_which_year(cell: GridCell, sheet: Sheet) -> bool:
    """Whether a number stands right of the question for it, as in a form's key block: ``Năm nhập biểu mẫu | 2024``."""
    if not cell.is_number or not _BARE_YEAR.fullmatch(f"{cell.value:g}"):
        return False
    beside = sheet.find(cell.row, cell.column - 1)
    return beside is not None and bool(_ASKED.fullmatch(plain(beside.text)))


def year_over(titles: Sequence[str], sheet_name: str) -> tuple[str, str]:
    """The one year that all titles speak of, and the kind of number that they name with it ('' for none); ('', '')
    where there is no such year. A sheet may be named for its year, and may not be named for another."""
    dated = [t for t in titles if _YEAR.search(t) and periods.is_year(period_of(t))]
    others = [t for t in titles if t not in dated and re.search(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)?\d\d", t)]
    years = {period_of(t) for t in dated}
    own = _SHEET.fullmatch(plain(sheet_name))
    if own:
        years.add(own[1])
    if len(years) != 1 or others:
        return "", ""
    return years.pop(), next((kind for t in dated if (kind := kind_in(t))), "")


def column_under(texts: Sequence[str], over: tuple[str, str], cycle: Cycle, asked_in: int) -> Column:
    """What a column is whose own header (``texts``) names no period, under a title that names a year."""
    year, said = over
    if not year:
        return Column("")
    if texts:
        column = column_of([f"Năm {year}", *texts], cycle, asked_in)
        told = column.kind in ("target", "derived") or said != "target"
        return column if told and any(kind_in(t) for t in texts) else Column("")
    if said == "target":
        return Column("")
    return column_of([f"Ước TH {year}" if said == "estimate" else f"Năm {year}"], cycle, asked_in)


def planned(texts: Sequence[str], titles: Sequence[str], asked_in: int) -> Column | None:
    """A header that is a bare year which has not begun, under a title that names the plan whose year it is."""
    year = period_of(texts[0]) if len(texts) == 1 and _BARE_YEAR.fullmatch(texts[0]) else ""
    if not year or int(year) <= asked_in:
        return None
    plans = [match for title in titles for match in _PLAN_TITLE.finditer(title)]
    within = any(int(match[1]) <= int(year) <= int(match[2]) for match in plans)
    return Column("target", year, "proposed") if within else None


def units_declared_otherwise(table: Table, lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The units that a line over the table declares, each with the lines whose own unit is another multiple of it. None
    where these are few, or where lines without a unit take over what is declared."""
    found = []
    for unit in table.corner if all(line.unit for line in lines) else ():
        base, factor = parse(unit)
        like = [line for line in lines if parse(line.unit)[0] == base]
        said = [line for line in like if parse(line.unit)[1] != factor]
        if 2 * len(said) > len(like):
            found.append((unit, said))
    return found


def subjects(titles: Sequence[str]) -> list[str]:
    """The titles without number, breakdown and years: what may be left is the name of an indicator."""
    bare = (_DATED.sub("", _BREAKDOWN.sub("", _NUMBERED.sub("", t))).strip(" .,:-–") for t in titles)
    return [name for name in bare if name]
