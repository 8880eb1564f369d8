"""One received file into rows of the tables: told by its content, never trusted by its name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from planreview.catalogue import Catalogue, Unit
from planreview.catalogue.texts import plain
from planreview.errors import UnreadableFile
from planreview.intake.context import SheetContext
from planreview.intake.found import FoundTables, find_tables
from planreview.intake.issues import IssueLog
from planreview.intake.matching import Matcher
from planreview.intake.places import Places
from planreview.intake.returned import take_returned
from planreview.intake.sheets import read_sheet
from planreview.memory import without_cycle_search
from planreview.tables import SCHEMAS, Columns
from planreview.workbooks import Workbook, is_workbook, marks, read_workbook_safely

ATTACHMENTS = (".docx", ".doc", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
FORMS = ("I", "II", "III")
_BY_KIND = dict.fromkeys(("district", "city", "commune", "ward"), "II")
_SIMULATED = re.compile(r"\b(số liệu|dữ liệu) mô phỏng\b", re.I)
_PUBLISHED = re.compile(r"^số liệu công bố\b", re.I)
UNIT_MARK = re.compile(r"^Đơn vị\s*:.*\(mã (\w+)\)$")


@dataclass
class FileReading:
    """Rows of one file. ``status`` is '' for a file that was read, else unreadable or attachment; ``provenance`` is
    '' where none of its cells could be asked for a mark; ``replaces`` the earlier file that came back with this one."""

    sha256: str
    form: str = ""
    status: str = ""
    provenance: str = ""
    replaces: str = ""
    observations: list[dict] = field(default_factory=list)
    ledger: Columns = field(default_factory=lambda: Columns(SCHEMAS["ledger"].names))
    issues: list[dict] = field(default_factory=list)
    narratives: list[dict] = field(default_factory=list)
    proposals: list[dict] = field(default_factory=list)
    answers: list[dict] = field(default_factory=list)


@without_cycle_search()
def read_file(
    path: Path, source_file: str, *, round_code: str, unit: Unit, catalogue: Catalogue, matcher: Matcher
) -> FileReading:
    """Read a submission of ``unit`` in ``round_code``. ``source_file`` is its path relative to data/raw.

    Never raises for what a file holds: an unreadable one gives one issue and no rows.
    """
    content = path.read_bytes()
    reading = FileReading(sha256=hashlib.sha256(content).hexdigest())
    log = IssueLog(round_code, unit.code, source_file, reading.issues)
    try:
        _read(reading, content, path.suffix.lower(), log, catalogue, matcher, unit)
    except UnreadableFile as failure:
        _give_up(reading, log, "read.unreadable", failure.message, failure.remedy)
    except Exception as fault:  # ours, but the unit's other files go on
        what = f"Chương trình không đọc được tệp ({type(fault).__name__}: {fault})"
        _give_up(reading, log, "read.failed", what, "Hãy lưu lại tệp bằng Excel rồi gửi lại")
    return reading


def _give_up(reading: FileReading, log: IssueLog, code: str, message: str, remedy: str) -> None:
    """An unreadable file has one issue and no rows."""
    reading.status = "unreadable"
    for rows in (reading.observations, reading.ledger, reading.narratives, reading.proposals, reading.answers):
        rows.clear()
    log.rows.clear()
    log.add("error", code, message, remedy)


def _read(
    reading: FileReading,
    content: bytes,
    suffix: str,
    log: IssueLog,
    catalogue: Catalogue,
    matcher: Matcher,
    unit: Unit,
) -> None:
    """Fill ``reading``. Raises UnreadableFile."""
    round_code, source_file = log.round, log.source_file
    if reading.sha256 in catalogue.simulated_digests:  # the example's scans and broken files can carry no mark
        reading.provenance = "simulated"
    if suffix in ATTACHMENTS and not is_workbook(content):
        reading.status = "attachment"
        return
    workbook = read_workbook_safely(content)
    for note in workbook.notes:
        log.add(note.severity, note.code, note.message, note.remedy, sheet=note.sheet)
    if not any(sheet.rows for sheet in workbook.sheets):
        log.add("error", "read.empty", "Tệp không có ô nào có nội dung", "Hãy điền biểu rồi gửi lại")
    _compare_round(workbook, round_code, catalogue, log)
    texts = _texts(workbook)
    reading.provenance = _provenance(workbook, texts, reading.sha256, catalogue, log)
    returned = take_returned(workbook, log)
    place = {"round": round_code, "unit_code": unit.code, "source_file": source_file}
    for rows in returned.ledger:
        reading.ledger.extend(rows, **place)
    reading.answers += [
        row | {"round": round_code, "unit_code": unit.code, "answered_file": source_file} for row in returned.answers
    ]
    reading.replaces = returned.replaces
    if returned.only_answers:  # nobody's form
        return
    cycle = catalogue.cycle(catalogue.round(round_code).cycle)
    asked_in = catalogue.round(round_code).deadline.year
    found = [find_tables(sheet, cycle, asked_in) for sheet in returned.workbook.sheets]
    reading.form = _form(workbook, found, unit)
    context = SheetContext(
        catalogue=catalogue,
        matcher=matcher,
        places=Places(catalogue, unit.area_code, catalogue.round(round_code).deadline.date()),
        cycle=cycle,
        asked_in=asked_in,
        round=round_code,
        unit_code=unit.code,
        area_code=unit.area_code,
        form=reading.form,
        source_file=source_file,
        provenance=reading.provenance,
    )
    stranger = _other_unit(workbook, texts, unit, reading.sha256, catalogue)
    for tables in found:
        # a refused file still gets a closed ledger, but says one thing only
        sheet_log = log if not stranger else IssueLog(round_code, unit.code, source_file)
        rows = read_sheet(tables, context, sheet_log)
        reading.observations += rows.observations
        reading.ledger.extend(rows.ledger, **place)
        reading.narratives += [row | place | {"provenance": reading.provenance} for row in rows.narratives]
        reading.proposals += [row | place for row in rows.proposals]
    if stranger:
        remedy = "Hãy chuyển tệp sang đúng thư mục, hoặc ghi một dòng xác nhận vào data/reference/confirmed.csv"
        log.add(
            "error",
            "read.other_unit",
            f"Tệp nằm ở thư mục của {unit.code} nhưng bên trong ghi đơn vị mã {stranger}",
            remedy,
        )
        reading.replaces = ""
        for rows in (reading.observations, reading.narratives, reading.proposals, reading.answers):
            rows.clear()
        fates, details = reading.ledger.values["fate"], reading.ledger.values["detail"]
        for n, fate in enumerate(fates):
            if fate in ("value", "narrative", "proposal"):
                fates[n], details[n] = "rejected", "read.other_unit"


def _form(workbook: Workbook, found: list[FoundTables], unit: Unit) -> str:
    """Which appendix it is: by the form's mark, else III where all its tables are of proposed tasks, else by the kind
    of unit."""
    if (mark := workbook.properties.get(marks.FORM, "")) in FORMS:
        return mark
    if any(f.proposals or f.paragraphs for f in found) and not any(f.indicators for f in found):
        return "III"
    return _BY_KIND.get(unit.kind, "I")


def _compare_round(workbook: Workbook, round_code: str, catalogue: Catalogue, log: IssueLog) -> None:
    """A form that was made for another round is read as one of this round, and said: which is right a person knows."""
    made_for = workbook.properties.get(marks.ROUND, "").strip()
    if made_for in ("", round_code):
        return
    known = catalogue.rounds.get(made_for)
    log.add(
        "warning",
        "read.other_round",
        f"Tệp nằm ở thư mục của đợt {round_code} nhưng biểu này được làm cho đợt {made_for}"
        + (f" ({known.title})" if known else ", là đợt chưa khai báo"),
        f"Nếu tệp thuộc đợt {made_for}, hãy chuyển sang thư mục của đợt đó rồi chạy lại; nếu đơn vị đã dùng nhầm biểu, "
        f"hãy kiểm tra các cột năm và đề nghị đơn vị gửi lại trên biểu của đợt {round_code}",
    )


def _texts(workbook: Workbook) -> list[str]:
    """The texts of its cells, each once."""
    return [plain(text) for text in {c.text: None for sheet in workbook.sheets for c in sheet.singles} if text]


def _provenance(workbook: Workbook, texts: list[str], sha256: str, catalogue: Catalogue, log: IssueLog) -> str:
    """By the mark inside the file: simulated outranks all; published only where its digest is listed."""
    mark = workbook.properties.get(marks.PROVENANCE, "")
    if mark == "simulated" or sha256 in catalogue.simulated_digests or any(_SIMULATED.search(t) for t in texts):
        return "simulated"
    if mark == "published" or any(_PUBLISHED.match(t) for t in texts):
        if sha256 in catalogue.published_digests:
            return "published"
        log.add(
            "warning",
            "source.unlisted",
            "Tệp tự ghi là số liệu công bố nhưng không có trong published.csv; được coi là số đơn vị gửi",
            "Hãy bỏ dòng đánh dấu, hoặc ghi tệp vào data/reference/published.csv",
        )
    return "submitted"


def _other_unit(workbook: Workbook, texts: list[str], unit: Unit, sha256: str, catalogue: Catalogue) -> str:
    """The code of another unit that the file itself names, '' where there is none or a person has confirmed it."""
    confirmed = catalogue.confirmed
    if ((confirmed["sha256"] == sha256) & (confirmed["unit_code"] == unit.code)).any():
        return ""
    named = {m[1] for text in texts if (m := UNIT_MARK.match(text))}
    named |= {workbook.properties.get(marks.UNIT, "")} & set(catalogue.units)
    return next(iter(sorted(named - {unit.code})), "")
