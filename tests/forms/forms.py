"""Blank forms for tests: which there are, how to fill in their open cells, and how to read them back."""

import re
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell

from planreview.catalogue import Catalogue
from planreview.forms import build_form
from planreview.intake.files import FileReading, read_file
from planreview.intake.matching import Matcher

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue(ROOT / "data/reference")
MATCHER = Matcher(CATALOGUE)
FAMILIES = ("read", "match", "number", "unit", "period")
TOPICS = {
    "I. THÀNH TỰU NỔI BẬT": "achievement",
    "II. TỒN TẠI, HẠN CHẾ": "shortcoming",
    "a) Nguyên nhân khách quan": "cause",
    "b) Nguyên nhân chủ quan": "cause",
    "IV. TRÁCH NHIỆM CỦA TẬP THỂ, CÁ NHÂN": "responsibility",
    "V. BÀI HỌC KINH NGHIỆM": "lesson",
    "VI. THUẬN LỢI": "advantage",
    "VII. KHÓ KHĂN, VƯỚNG MẮC": "difficulty",
    "VIII. GIẢI PHÁP": "solution",
    "IX. ĐỀ XUẤT, KIẾN NGHỊ": "note",
}
PROPOSAL_FIELDS = ["group", "task", "lead", "partners", "deadline", "funding", "product", "note"]


def expected_forms() -> list[tuple[str, str, str]]:
    """(round, unit, form) of all that the rounds expect, but for offices that answer for no indicator."""
    return [
        (r.code, u.code, form)
        for r in CATALOGUE.rounds.values()
        for u in CATALOGUE.units.values()
        if u.existed_on(r.deadline.date())
        for form in r.expects.get(u.kind, ())
        if form != "I" or any(CATALOGUE.agency(i, u.area_code) == u.code and "I" in CATALOGUE.indicators[i].forms
                              for i in CATALOGUE.indicators)
    ]  # fmt: skip


def one_of_each_kind() -> list[tuple[str, str, str]]:
    """The first form of each (round, kind of unit, form)."""
    first = {}
    for round_code, unit, form in expected_forms():
        first.setdefault((round_code, CATALOGUE.units[unit].kind, form), (round_code, unit, form))
    return list(first.values())


@cache
def blank(round_code: str, unit: str, form: str) -> bytes:
    return build_form(form, CATALOGUE.units[unit], CATALOGUE.rounds[round_code], CATALOGUE)


def read(content: bytes, round_code: str, unit: str) -> FileReading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bieu.xlsx"
        path.write_bytes(content)
        return read_file(
            path,
            f"{round_code}/{unit}/bieu.xlsx",
            round_code=round_code,
            unit=CATALOGUE.units[unit],
            catalogue=CATALOGUE,
            matcher=MATCHER,
        )


def said(reading: FileReading) -> list[str]:
    """Codes of the issues that an honest form never raises."""
    return [i["code"] for i in reading.issues if i["code"].split(".")[0] in FAMILIES]


@dataclass
class Open:
    """The open cells of a form: numbers with what they mean, words by indicator or topic, rows of proposals."""

    values: list[tuple[Cell, tuple]] = field(default_factory=list)  # (indicator, period, kind, plan)
    words: list[tuple[Cell, tuple]] = field(default_factory=list)  # (indicator or '', topic)
    proposals: list[list[Cell]] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)


def meaning(heading: str) -> tuple[str, str, str] | None:
    """Period, kind and plan of a column of numbers."""
    match = re.fullmatch(r"(KH NQ|Năm|TH|ƯTH|KH) (\d{4}(?:-\d{4})?)", heading)
    if not match:
        return None
    kind, plan = {
        "KH NQ": ("target", "five_year"), "Năm": ("actual", ""), "TH": ("actual", ""), "ƯTH": ("estimate", ""),
        "KH": ("target", "proposed"),
    }[match[1]]  # fmt: skip
    return match[2], kind, plan


def open_cells(book: openpyxl.Workbook) -> Open:
    """Found by what a person sees: an unlocked cell under a heading."""
    found = Open()
    table = book.worksheets[0]
    header = next(row for row in range(1, 20) if table.cell(row, 1).value in ("STT", "TT"))
    end = next(row for row in range(header, table.max_row + 1) if table.cell(row, 1).value == "NGƯỜI LẬP BIỂU") - 3
    headings = [c.value for c in table[header]]
    for row in range(header + 1, end + 1):
        cells = [c for c in table[row] if not c.protection.locked]
        if headings[0] == "TT":
            found.proposals.append(cells)
            continue
        code = table.cell(row, 2).value or ""
        for cell in cells:
            heading = headings[cell.column - 1]
            if says := meaning(heading):
                found.values.append((cell, (code, *says)))
            elif heading == "Ghi chú":
                found.notes.append(cell)
            else:
                found.words.append((cell, (code, "solution" if heading == "Giải pháp" else "cause")))
    topic = ""
    for row in book["Thuyết minh"].iter_rows() if "Thuyết minh" in book.sheetnames else ():
        topic = TOPICS.get(row[0].value, topic)
        if topic and not row[1].protection.locked:
            found.words.append((row[1], ("", topic)))
    return found
