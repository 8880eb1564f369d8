"""One sheet into observations, words, proposed tasks, a closed ledger and issues."""

from __future__ import annotations

import re
from dataclasses import replace

from planreview.catalogue.texts import plain
from planreview.intake.context import SheetContext, SheetReading
from planreview.intake.found import FoundTables, is_guide
from planreview.intake.indicator_tables import TableReader
from planreview.intake.issues import IssueLog
from planreview.intake.ledger import Ledger
from planreview.intake.narratives import read_narratives
from planreview.intake.overheads import answers_which_year
from planreview.intake.proposals import read_paragraphs, read_proposals
from planreview.workbooks import GridCell, Sheet

SOURCE_LINE = re.compile(r"^Nguồn:\s*\[(\w+)\]")


def read_sheet(found: FoundTables, context: SheetContext, log: IssueLog) -> SheetReading:
    """Read all that a sheet says: one ledger row for each non-empty cell, ``value`` for each observation."""
    sheet, result = found.sheet, SheetReading()
    ledger = Ledger(sheet)
    context = replace(context, source_id=_source(sheet, context, log))
    for table in found.indicators:
        TableReader(table, found.account, context, log, ledger, result).read()
    for table in found.proposals:
        for p in read_proposals(table, sheet, ledger):
            place = {"sheet": sheet.name, "cell": p.cell.address}
            result.proposals.append({"seq": p.seq, "group": p.group, **p.fields, **place})
    for p in read_paragraphs(found.paragraphs, ledger):
        place = {"sheet": sheet.name, "cell": p.cell.address}
        result.proposals.append({"seq": p.seq, "group": p.group, **p.fields, **place})
    tables_begin = [t.top for t in found.indicators] + [t.first_row for t in found.proposals]
    tables_begin += [p.cell.row for p in found.paragraphs]
    guide = is_guide(sheet.name)
    if not tables_begin and not guide:
        for n in read_narratives(sheet, ledger):
            tables_begin.append(n.cell.row)
            said = {"topic": n.topic, "heading": n.heading, "text": n.text}
            place = {"sheet": sheet.name, "cell": n.cell.address}
            result.narratives.append({"area_code": context.area_code, "indicator_code": "", **said, **place})
    if lost := _claim_the_rest(found, ledger, tables_begin) if tables_begin or not guide else []:
        _say_lost(lost, sheet, log, in_table=bool(tables_begin))
    result.ledger = ledger.rows()
    return result


def _source(sheet: Sheet, context: SheetContext, log: IssueLog) -> str:
    """The source that a sheet of published figures names; issues where it is not known or undated."""
    catalogue = context.catalogue
    for cell in sheet.singles:
        match = SOURCE_LINE.match(plain(cell.text)) if cell.text.startswith("Ngu") else None
        if not match:
            continue
        if match[1] not in catalogue.sources.index:
            log.add(
                "error",
                "source.unknown",
                f"Nguồn [{match[1]}] không có trong danh mục nguồn",
                "Hãy thêm nguồn vào data/reference/sources.csv",
                sheet=sheet.name,
                cell=cell,
            )
            return ""
        source = catalogue.sources.loc[match[1]]
        if not source["date"] or source["date_note"].startswith("nguồn không ghi ngày"):
            used = f"tạm lấy theo {source['date']}" if source["date"] else "tạm xếp theo kỳ của số liệu"
            log.add(
                "warning",
                "source.undated",
                f"Nguồn [{match[1]}] không ghi ngày; {used}",
                "Hãy tìm ngày công bố và ghi vào cột date của sources.csv",
                sheet=sheet.name,
                cell=cell,
            )
        return match[1]
    return ""


def _claim_the_rest(found: FoundTables, ledger: Ledger, tables_begin: list[int]) -> list[GridCell]:
    """What the reader of tables said of the cells that nobody claimed; a number that it could read but that no table
    of indicators explains is unmatched. Returns the cells whose numbers are lost without a word so far."""
    lost = []
    explained = {line.row for table in found.indicators for line in table.lines}
    for table in found.indicators:
        explained |= set(range(table.top, table.head_end + 1))
    first = min(tables_begin, default=0)
    for cell in ledger.unclaimed():
        fate, detail = found.account.fate(cell)
        in_table = cell.row in explained and fate not in ("value", "unmatched", "rejected", "derived")
        if in_table and fate in ("label", "header", "unit", "ordinal", "title", "note", "blank_mark"):
            ledger.set(cell, fate, detail)
        elif cell.row < first and answers_which_year(cell, found.sheet):
            ledger.set(cell, "title")
        elif cell.is_number or cell.value is None or _looks_like_number(cell):
            ledger.set(cell, "unmatched", "read.outside_table")
            lost.append(cell)
        else:
            ledger.set(cell, "title" if cell.row < first else "note")
    return lost


def _say_lost(lost: list[GridCell], sheet: Sheet, log: IssueLog, *, in_table: bool) -> None:
    what = f"Có {len(lost)} ô số nằm ngoài bảng chỉ tiêu nên không biết là số gì"
    log.add(
        "warning" if in_table else "error",
        "read.outside_table" if in_table else "read.no_table",
        what if in_table else "Không tìm thấy bảng chỉ tiêu nào trong trang tính",
        "Bảng cần có dòng tiêu đề gồm “Chỉ tiêu”, “ĐVT” và các cột năm",
        sheet=sheet.name,
        cell=lost[0],
    )


def _looks_like_number(cell: GridCell) -> bool:
    return bool(re.fullmatch(r"[<>≥≤~]?\s*-?\d[\d.,\s]*%?", plain(cell.text)))
