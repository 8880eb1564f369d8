"""The workbooks that go back to the units, for all submissions of some rounds, into a folder ready to be sent."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from openpyxl.utils.cell import coordinate_to_tuple

from planreview import store, tables
from planreview.catalogue import Catalogue, Round, Unit
from planreview.errors import UsageError
from planreview.feedback.advice import advice
from planreview.feedback.build import build_feedback
from planreview.feedback.history import issue_history, replaced
from planreview.feedback.letter import Letter
from planreview.forms.outbox import Outbox
from planreview.project import Project

FOLDER = "phan-hoi"
_LISTING = ".planreview-phan-hoi"
_LONGEST_NAME = 80
_SEVERITIES = ("error", "warning", "info")


@dataclass
class Made:
    """The ``files`` written; those ``kept`` because somebody has changed them since; ``skipped``: per file without one
    the reason; ``failures`` are ours; ``published``: files of figures that no unit sent; ``issues`` by severity;
    ``absent``: units asked for that sent nothing."""

    out: Path
    files: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    issues: Counter[str] = field(default_factory=Counter)
    published: int = 0
    absent: list[str] = field(default_factory=list)

    def notes(self) -> list[str]:
        """What must be said, sentence by sentence."""
        said = [f"{unit} chưa gửi tệp nào nên không có phản hồi" for unit in self.absent]
        said += [f"{file}: {why}" for file, why in self.skipped.items()]
        if self.published:
            said.append(f"{self.published} tệp số liệu công bố không phải do đơn vị gửi nên không có phản hồi")
        return said + [
            f"Giữ nguyên {path}: tệp khác với bản planreview đã ghi, có thể đã được sửa. "
            "Nếu cần bản mới, hãy chuyển tệp này đi nơi khác rồi chạy lại"
            for path in self.kept
        ]

    def summary(self) -> dict:
        """Ready for JSON."""
        return {
            "out": str(self.out),
            "files": [str(path) for path in self.files],
            "kept": [str(path) for path in self.kept],
            "skipped": self.skipped,
            "issues": {s: self.issues[s] for s in _SEVERITIES},
            "failures": self.failures,
            "notes": self.notes(),
        }


def make_feedback(
    project: Project,
    *,
    rounds: Sequence[str] | None = None,
    units: Sequence[str] | None = None,
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Made:
    """Write ``<out>/<round>/<unit>/phan-hoi__<unit>__<round>__<name of the file>.xlsx`` for each file that a unit sent,
    of all rounds by default.

    No workbook goes back for published figures, attachments, a file's second copy and a file that came back mended.

    Raises UsageError for a round that is not declared, UnknownUnit for a unit not in units.csv, StaleTables where files
    came since the last clean.
    """
    catalogue = Catalogue.of(project.reference)
    asked = {catalogue.round(code).code for code in rounds or catalogue.rounds}
    wanted = {catalogue.unit(code).code for code in units or catalogue.units}
    if not project.raw.is_dir():
        raise UsageError(
            "Không có thư mục số liệu nhận về",
            place=str(project.raw),
            remedy="Hãy nhận tệp bằng lệnh planreview receive",
        )
    store.refuse_stale(sorted(wanted & set(store.stale_units(project, catalogue))))
    made = Made(out or project.reports / FOLDER)
    sent = {key: folders for key, folders in store.unit_folders(project.raw).items() if store.submissions(folders)}
    for round_code, unit_code in sorted(sent):
        if round_code in asked and unit_code in wanted:
            _of_unit(project, catalogue, catalogue.rounds[round_code], catalogue.units[unit_code], made)
            progress(f"{round_code} {unit_code}")
    having = {unit for round_code, unit in sent if round_code in asked}
    made.absent = [f"{catalogue.units[u].name} ({u})" for u in units or () if u not in having]
    return made


def unit_history(
    project: Project, round_code: str, unit_code: str, *, known: Collection[str] | None = None
) -> list[dict]:
    """``issue_history`` of a unit and round, from their parts and the unit's answers of the rounds that are ``known``
    (all, if None). Raises StaleTables."""
    rows = {t: _part(project, t, round_code, unit_code) for t in ("register", "issues", "observations")}
    answers = [a for a in _answers(project, unit_code) if known is None or a["round"] in known]
    return issue_history(rows["register"], rows["issues"], rows["observations"], answers)


def _part(project: Project, table: str, round_code: str, unit_code: str) -> list[dict]:
    return tables.records(tables.read(table, store.part_path(project, table, round_code, unit_code)))


def _answers(project: Project, unit_code: str) -> list[dict]:
    found = tables.read("answers", project.processed / "answers", only=f"*__{unit_code}.parquet")
    return tables.records(found)


def _of_unit(project: Project, catalogue: Catalogue, round_: Round, unit: Unit, made: Made) -> None:
    rows = {t: _part(project, t, round_.code, unit.code) for t in ("register", "issues", "observations", "ledger")}
    history = issue_history(rows["register"], rows["issues"], rows["observations"], _answers(project, unit.code))
    gone = replaced(rows["register"])
    outbox = Outbox(made.out / round_.code / unit.code, _LISTING)
    files = [row for row in rows["register"] if row["source_file"]]
    names = _names(files, unit, round_)
    for row in files:
        file = row["source_file"]
        if row["provenance"] == "published":
            made.published += 1
        elif why := _no_feedback(row, gone, rows["ledger"]):
            made.skipped[file] = why
        else:
            letter = _letter(row, unit, round_, history, rows)
            try:
                content = build_feedback((project.raw / file).read_bytes(), letter, catalogue)
                written = outbox.put(names[file], content)
            except OSError as failure:
                made.failures[file] = f"không ghi được tệp ({failure.strerror}); hãy đóng tệp nếu đang mở, rồi chạy lại"
                continue
            except Exception as fault:  # ours, but the other files go on
                made.failures[file] = f"lỗi của chương trình ({type(fault).__name__}: {fault})"
                continue
            (made.files if written else made.kept).append(outbox.folder / names[file])
            made.issues.update(issue["severity"] for issue in letter.issues)


def _no_feedback(row: Mapping, gone: Mapping[str, str], ledger: Sequence[Mapping]) -> str:
    if row["status"] == "attachment":
        return "là tệp kèm theo, không phải bảng tính nên không có phản hồi"
    if row["status"] == "duplicate":
        return "giống hệt một tệp khác của đơn vị nên không có phản hồi riêng"
    if row["source_file"] in gone:
        return f"đã được đơn vị gửi lại ({gone[row['source_file']]}), phản hồi làm cho tệp gửi lại"
    own = [r for r in ledger if r["source_file"] == row["source_file"] and r["detail"] != "read.feedback"]
    if row["status"] != "unreadable" and row["replaces"] and not own:
        return "chỉ có câu trả lời của đơn vị, không có biểu"
    return ""


def _letter(row: Mapping, unit: Unit, round_: Round, history: Sequence[dict], rows: Mapping[str, list]) -> Letter:
    file = row["source_file"]
    ledger = [r for r in rows["ledger"] if r["source_file"] == file and r["detail"] != "read.feedback"]
    order = {sheet: n for n, sheet in enumerate(dict.fromkeys(r["sheet"] for r in ledger))}

    def place(item: Mapping) -> tuple:
        at = coordinate_to_tuple(item["cell"]) if item["cell"] else (0, 0)
        return order.get(item["sheet"], -1), *at

    issues = [
        issue | {"suggestion_vi": advice(issue["suggestion_vi"])}
        for issue in history
        if issue["source_file"] == file and issue["state"] != "closed"
    ]
    return Letter(
        unit=unit,
        round=round_,
        register=row,
        issues=sorted(issues, key=lambda i: (_SEVERITIES.index(i["severity"]), *place(i))),
        observations=sorted((o for o in rows["observations"] if o["source_file"] == file), key=place),
        fates=Counter(r["fate"] for r in ledger),
        hidden_cells=frozenset((r["sheet"], r["cell"]) for r in ledger if r["hidden"]),
    )


def _names(files: Sequence[Mapping], unit: Unit, round_: Round) -> dict[str, str]:
    """A name for each file's workbook: by its own name, with its kind where two files share that, else a part of its
    digest."""
    names: dict[str, str] = {}
    start = f"phan-hoi__{unit.code}__{round_.code}__"
    stems = Counter(PurePosixPath(row["source_file"]).stem.casefold() for row in files)
    for row in files:
        path = PurePosixPath(row["source_file"])
        own = path.stem if stems[path.stem.casefold()] == 1 else path.name.replace(".", "-")
        own = own.removeprefix(start)[:_LONGEST_NAME]
        name = f"{start}{own}.xlsx"
        if name.casefold() in (n.casefold() for n in names.values()):
            digest = hashlib.sha256(row["source_file"].encode()).hexdigest()
            name = f"{start}{own}-{digest[:6]}.xlsx"
        names[row["source_file"]] = name
    return names
