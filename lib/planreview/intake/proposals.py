"""Tables of proposed tasks (Appendix III, or what people made like it): who leads, with whom, by when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from planreview.catalogue import texts
from planreview.catalogue.texts import plain
from planreview.intake.ledger import Ledger
from planreview.intake.topics import is_dated, is_signature, words
from planreview.reading.periods import period_of
from planreview.reading.values import BLANK_MARKS
from planreview.workbooks import GridCell, Sheet

_ROLES = (
    ("seq", re.compile(r"^(stt|tt|số tt|số thứ tự)$")),
    ("note", re.compile(r"^ghi chú")),
    ("lead", re.compile(r"chủ trì|(cơ quan|đơn vị) thực hiện|^phân công")),
    ("partners", re.compile(r"phối hợp")),
    ("deadline", re.compile(r"^(thời gian|thời hạn|tiến độ|hạn hoàn thành|thời điểm)")),
    ("funding", re.compile(r"kinh phí|nguồn vốn|nguồn lực|dự toán")),
    ("group", re.compile(r"^(nhóm|lĩnh vực)\b")),
    ("product", re.compile(r"^(sản phẩm|kết quả)")),
    ("task", re.compile(r"^(tên|danh mục|nội dung|nhiệm vụ|công việc|các nhiệm vụ|các công việc|đề án|hoạt động)\b")),
)
_FIELDS = ("task", "lead", "partners", "deadline", "funding", "product", "note")
_OF_INDICATORS = re.compile(r"^(đvt|đ/v tính|đơn vị( tính)?|đv tính|chỉ tiêu)$")
_LONGEST_HEADING = 90
_DEEPEST_BAND = 3
_GROUP_MARK = re.compile(r"^([A-HK-UY]|[IVX]+)[.)]?$")  # A, B, … and Roman numerals: numbering of groups
_LED = re.compile(r"^\s*chủ trì\s*:\s*(?P<lead>.*?)\s*[.;]?\s*phối hợp\s*:\s*(?P<partners>.*)$", re.I | re.S)


_ITEM = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]|[-+*•–])\s+")
_GROUP_LINE = re.compile(r"^(?:[A-HK-UY]|[IVX]+)[.)]\s+")
_LABEL = re.compile(
    r"(?:(?:cơ quan|đơn vị)\s+)?(?:"
    r"(?P<lead>chủ trì(?: thực hiện)?)|(?P<partners>phối hợp(?: thực hiện)?)|"
    r"(?P<deadline>thời gian(?: hoàn thành| thực hiện)?|thời hạn(?: hoàn thành)?|tiến độ|hoàn thành)|"
    r"(?P<funding>kinh phí(?:,? nguồn vốn)?|nguồn (?:vốn|lực))|(?P<product>sản phẩm(?: đầu ra)?|kết quả)|"
    r"(?P<note>ghi chú))\s*:",
    re.I,
)
_OF_WHOM = ("lead", "partners")
_WORDS_TOO = re.compile(r"tiến độ|hoàn thành|kết quả|nguồn (?:vốn|lực)", re.I)  # labels that a task's own words may be


@dataclass(frozen=True)
class ProposalTable:
    """Header rows ``first_row`` to ``band_end``, rows to ``end_row``; ``roles``: what each column says."""

    first_row: int
    band_end: int
    end_row: int
    roles: dict[int, str]


@dataclass(frozen=True)
class Proposal:
    """One task. ``fields`` as in the table ``proposals``; ``cell`` is where its task (else its first word) stands."""

    seq: int
    group: str
    fields: dict[str, str]
    cell: GridCell


def find_proposals(sheet: Sheet, other_starts: tuple[int, ...] = ()) -> list[ProposalTable]:
    """Tables whose header names a task and who does it, and neither a unit of measure nor a period.

    A table ends above the next one, above a row of ``other_starts`` (headers of indicator tables), or where somebody
    signs.
    """
    found: list[tuple[int, int, dict[int, str]]] = []
    for row in sheet.rows:
        if not found or row > found[-1][1]:
            header = _header(sheet, row)
            found += [header] if header else []
    tables = []
    for n, (first, band_end, roles) in enumerate(found):
        following = found[n + 1][0] if n + 1 < len(found) else sheet.last_row + 1
        limit = min([following, *(s for s in other_starts if s > band_end)])
        task = min(column for column, role in roles.items() if role == "task")
        below = (c for row in sheet.rows if band_end < row < limit for c in sheet.texts(row) if c.column <= task)
        signed = (c.row for c in below if is_signature(c.text))
        tables.append(ProposalTable(first, band_end, min(signed, default=limit) - 1, roles))
    return tables


def _header(sheet: Sheet, row: int) -> tuple[int, int, dict[int, str]] | None:
    """First row, last row and roles of the header that begins in ``row``, None where none does."""
    tasks = [c for c in sheet.texts(row) if _role(c.text) == "task"]
    if not tasks or any(c.is_number for c in sheet.row(row)):
        return None
    end = row
    while end < row + _DEEPEST_BAND and sheet.merges.get((end + 1, tasks[0].column), (0, 0))[0] == row:
        end += 1
    roles: dict[int, str] = {}
    for column in range(1, sheet.last_column + 1):
        above = [cell for r in range(row, end + 1) if (cell := sheet.at(r, column))]
        if any(_OF_INDICATORS.match(plain(c.text).lower()) or period_of(plain(c.raw)) for c in above):
            return None
        role = next((role for cell in reversed(above) if (role := _role(cell.text))), "")
        if role and (role not in roles.values()):
            roles[column] = role
    named = set(roles.values())
    does = named & {"lead", "partners"}
    return (row, end, roles) if does and len(named & {*_FIELDS}) > 2 else None


@lru_cache(10_000)
def _role(text: str) -> str:
    heading = plain(text).lower()
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    return next((role for role, pattern in _ROLES if pattern.search(heading)), "")


def read_proposals(table: ProposalTable, sheet: Sheet, ledger: Ledger) -> list[Proposal]:
    """The tasks of a table, in order; claims its cells in ``ledger``."""
    for row in range(table.first_row, table.band_end + 1):
        for cell in sheet.row(row):
            ledger.set(cell, "header")
    found: list[Proposal] = []
    group = ""
    for row in range(table.band_end + 1, table.end_row + 1):
        # an error or a formula without a result says nothing: it stays for the account of what no table explains
        cells = {table.roles[c.column]: c for c in sheet.row(row) if c.column in table.roles and c.value is not None}
        if heading := _group_heading(cells, sheet):
            group = _unnumbered(heading)
            for role, cell in cells.items():
                ledger.set(cell, "ordinal" if role == "seq" and cell is not heading else "label")
            continue
        if not any(role in cells for role in _FIELDS):
            if "seq" in cells:  # a number printed beforehand on an empty line
                ledger.set(cells["seq"], "ordinal")
            continue
        if "seq" not in cells and all(is_dated(cell.text) for cell in cells.values()):
            continue  # place and date above a signature
        for role, cell in cells.items():
            blank = cell.text.strip() in BLANK_MARKS
            ledger.set(cell, "ordinal" if role == "seq" else "blank_mark" if blank else "proposal")
        said = {role: _said(cell, role) for role, cell in cells.items() if cell.text.strip() not in BLANK_MARKS}
        fields = {name: said.get(name, "") for name in _FIELDS}
        if any(fields.values()):
            first = cells.get("task") or next(cells[name] for name in _FIELDS if name in cells)
            seq = _number(cells.get("seq")) or len(found) + 1
            found.append(Proposal(seq, said.get("group", group), _two_in_one(fields), first))
    return found


def _group_heading(cells: dict[str, GridCell], sheet: Sheet) -> GridCell | None:
    """The cell that heads a group of tasks: merged over the table, or alone beside a letter or a Roman numeral."""
    seq, others = cells.get("seq"), [c for role, c in cells.items() if role != "seq"]
    if seq is not None and not others:
        return seq if seq.text and not _GROUP_MARK.match(seq.text.strip()) and len(seq.text.strip()) > 4 else None
    if len(others) != 1 or not others[0].text or cells.get("task", cells.get("group")) is not others[0]:
        return None
    marked = seq is not None and bool(_GROUP_MARK.match(words(seq)))
    merged = (others[0].row, others[0].column + 1) in sheet.merges
    return others[0] if marked or (merged and seq is None) else None


def _unnumbered(cell: GridCell) -> str:
    return re.sub(r"^([A-Z]|[IVX]+)[.)]\s*", "", words(cell))


def _said(cell: GridCell, role: str) -> str:
    """The words of a cell: a day as people write it, an amount with its separators."""
    if isinstance(cell.value, dt.date):
        return texts.date(cell.value)
    if cell.is_number and role == "funding":
        return texts.number(cell.value, len(cell.raw.partition(".")[2]))
    return words(cell)


def _number(cell: GridCell | None) -> int:
    match = re.match(r"^(\d+)\.?$", words(cell)) if cell else None
    return int(match[1]) if match else 0


def _two_in_one(fields: dict[str, str]) -> dict[str, str]:
    """ "Chủ trì: A. Phối hợp: B, C" in one cell are who leads and who helps."""
    match = _LED.match(fields["lead"])
    if match and not fields["partners"]:
        return fields | {"lead": match["lead"], "partners": match["partners"].rstrip(" .")}
    return fields


@dataclass(frozen=True)
class Paragraph:
    """Proposed tasks written as text: the cell and the tasks in it, or, where it names a group, none."""

    cell: GridCell
    group: str
    fields: tuple[dict[str, str], ...]


def find_paragraphs(sheet: Sheet) -> list[Paragraph]:
    """Proposed tasks of a sheet without tables: numbered paragraphs, one or many in a cell, each of which says who
    leads ("Cơ quan chủ trì: …"). Lines numbered by letters or Roman numerals between them name groups."""
    found: list[Paragraph] = []
    group = ""
    for cell in sorted(sheet.cells.values(), key=lambda c: (c.row, c.column)):
        if not cell.text:
            continue
        tasks = []
        for text in _items(words(cell)):
            fields = _labelled(text)
            if fields["lead"] or fields["partners"]:
                tasks.append(fields)
            elif not tasks and _GROUP_LINE.match(text) and len(text) < _LONGEST_HEADING:
                group = _GROUP_LINE.sub("", text)
                found.append(Paragraph(cell, group, ()))
        if tasks:
            found.append(Paragraph(cell, group, tuple(tasks)))
    return found if any(p.fields for p in found) else []


def read_paragraphs(paragraphs: list[Paragraph], ledger: Ledger) -> list[Proposal]:
    """The tasks of paragraphs in order; claims their cells in ``ledger``."""
    found: list[Proposal] = []
    for paragraph in paragraphs:
        if not ledger.is_claimed(paragraph.cell):
            ledger.set(paragraph.cell, "proposal" if paragraph.fields else "label")
        for fields in paragraph.fields:
            found.append(Proposal(len(found) + 1, paragraph.group, fields, paragraph.cell))
    return found


def _items(text: str) -> list[str]:
    """A text at its numbered lines; lines without a number go on with the one before."""
    items: list[str] = []
    for line in text.splitlines():
        if not items or _ITEM.match(line) or _GROUP_LINE.match(line.strip()):
            items.append(line.strip())
        else:
            items[-1] = f"{items[-1]}\n{line.strip()}"
    return [item for item in items if item]


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of a paragraph: each at the beginning of its line or after a stop, none within a sentence. Before
    the first one, words such as "kết quả: 95%" after a semicolon are the task's own, as is what it begins with."""
    found: list[re.Match[str]] = []
    for mark in _LABEL.finditer(text):
        before = _ITEM.sub("", text[: mark.start()]).rstrip(" \t")
        of_whom, stops = mark.lastgroup in _OF_WHOM, ".;(\n"
        if of_whom or found:
            stops += ",-–"
        elif _WORDS_TOO.fullmatch(mark[0].rstrip(": ")):
            stops = ".(\n"
        begins = before[-1:] in stops or (of_whom and mark[0][0].isupper())
        if begins and (before or of_whom):
            found.append(mark)
    return found


def _labelled(text: str) -> dict[str, str]:
    """The fields of a paragraph by its labels; what stands before the first one is the task."""
    marks = _labels(text)
    fields = dict.fromkeys(_FIELDS, "")
    fields["task"] = _ITEM.sub("", text[: marks[0].start()] if marks else text)
    fields["task"] = fields["task"].rstrip(" (").strip(" .;:,-–\n")
    for mark, following in zip_longest(marks, marks[1:]):
        said = text[mark.end() : following.start() if following else len(text)].rstrip(" (").strip(" .;,-–\n")
        if said.count(")") > said.count("("):  # the bracket in which the label stands
            said = said.removesuffix(")")
        name = str(mark.lastgroup)
        fields[name] = fields[name] or said
    return fields
