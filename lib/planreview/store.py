"""Where submissions and tables stand, and whether a table is still what its inputs say."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.catalogue.commentary import FOLDER
from planreview.errors import StaleTables
from planreview.project import Project

_NAMED = 5  # units that a sentence bears
_NOT_SUBMISSIONS = ("~$", ".", "Thumbs.db")
UNIT_TABLES = ("observations", "ledger", "issues", "register", "narratives", "proposals", "answers")


def unit_folders(raw: Path) -> dict[tuple[str, str], list[Path]]:
    """Folders of submissions by (round, the unit code that the name begins with): ``14`` and ``14 Sơn La`` are one."""
    folders: dict[tuple[str, str], list[Path]] = {}
    for round_folder in _subfolders(raw):
        for folder in _subfolders(round_folder):
            folders.setdefault((round_folder.name, (folder.name.split() or [""])[0]), []).append(folder)
    return folders


def stray_files(raw: Path) -> list[Path]:
    """Files that lie in no unit's folder, and so are nobody's submission."""
    return sorted(
        path
        for pattern in ("*", "*/*")
        for path in raw.glob(pattern)
        if path.is_file() and path.name != "received.csv" and not path.name.startswith(_NOT_SUBMISSIONS)
    )


def _subfolders(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def submissions(folders: Iterable[Path]) -> list[Path]:
    """The files of a unit's folders of a round."""
    found = [path for folder in folders for path in folder.rglob("*")]
    return sorted(path for path in found if path.is_file() and not path.name.startswith(_NOT_SUBMISSIONS))


def part_path(project: Project, table: str, round_code: str, unit_code: str) -> Path:
    return project.processed / table / f"{round_code}__{unit_code}.parquet"


def figures_path(project: Project, as_of: str) -> Path:
    return project.processed / "figures" / f"{as_of}.parquet"


def results_path(project: Project, cycle_code: str, as_of: str) -> Path:
    return project.processed / "results" / f"{cycle_code}__{as_of}.parquet"


def cross_checks_path(project: Project, as_of: str) -> Path:
    return project.processed / "cross_checks" / f"{as_of}.parquet"


def default_as_of(project: Project, catalogue: Catalogue, cycle_code: str) -> str | None:
    """The cycle's last round that has data; None where it has none.

    Files received say it; parts read from them only where there is no data/raw: they may be of files that are gone.
    """
    if project.raw.is_dir():
        known = {r for (r, _), folders in unit_folders(project.raw).items() if submissions(folders)}
    else:
        known = {part.stem.split("__")[0] for part in (project.processed / "observations").glob("*.parquet")}
    own = [r.code for r in catalogue.rounds.values() if r.cycle == cycle_code]
    return next((code for code in reversed(own) if code in known), None)


def _digest(paths: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _reference_files(project: Project) -> list[Path]:
    """Files that tables depend on: what people write on their reports is not among them."""
    words = project.reference / FOLDER
    return [p for p in project.reference.rglob("*") if p.suffix in (".csv", ".toml") and words not in p.parents]


@cache
def code_digest() -> str:
    """A digest of this library's own files: what another version wrote is not current."""
    package = Path(__file__).parent
    return _digest((p for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc"), package)


@dataclass(frozen=True)
class Submission:
    """What there is of a unit in a round: its folders, and whether it owes a form that it has not sent."""

    folders: tuple[Path, ...] = ()
    owes: bool = False


def submissions_due(project: Project, catalogue: Catalogue) -> dict[tuple[str, str], Submission]:
    """By (round, unit): all folders, and all units that owe a form in a round that has begun.

    A compilation of published figures in a unit's folder is nothing that the unit sent, and begins no round.
    """
    folders = unit_folders(project.raw)
    sent = {key for key, found in folders.items() if not _only_published(found, catalogue)}
    owing: set[tuple[str, str]] = set()
    for r in catalogue.rounds.values():
        asked = {(r.code, u.code) for u in catalogue.units.values() if catalogue.forms_due(r, u)}
        if asked & sent:
            owing |= {key for key in asked if key not in sent or not submissions(folders[key])}
    return {key: Submission(tuple(folders.get(key, ())), key in owing) for key in sorted({*folders, *owing})}


def _only_published(folders: Iterable[Path], catalogue: Catalogue) -> bool:
    files = submissions(folders)
    return bool(files) and all(
        hashlib.sha256(path.read_bytes()).hexdigest() in catalogue.published_digests for path in files
    )


def references_digest(project: Project) -> str:
    """A digest of the reference files."""
    return _digest(_reference_files(project), project.reference)


def unit_digest(project: Project, round_code: str, submission: Submission, references: str = "") -> str:
    """A digest of all that a unit's parts of a round are made from: its files, their log, reference files and code.
    Whoever asks for many units gives ``references_digest``."""
    files, log = submissions(submission.folders), _log_lines(project.raw / round_code / "received.csv", submission)
    references = references or references_digest(project)
    sent = _joined(_digest(files, project.raw), log, str(submission.owes))
    return f"{sent}{_joined(references, code_digest())}"


def is_read_alike(project: Project, round_code: str, unit_code: str, references: str) -> bool:
    """Whether a unit's parts of a round are there, made with the reference files (``references_digest``) and the code
    as they stand now, whatever became of its files since."""
    parts = [part_path(project, table, round_code, unit_code) for table in UNIT_TABLES]
    basis = _joined(references, code_digest())
    return all(part.exists() and tables.made_from(part).endswith(basis) for part in parts)


def _log_lines(log: Path, submission: Submission) -> str:
    """The lines of a round's received.csv about the folders of one unit; of a log that cannot be read all of it."""
    if not log.exists():
        return ""
    content = log.read_bytes()
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        place = rows[0].index("stored_path")
        folders = {folder.name for folder in submission.folders}
        return repr([rows[0], *(row for row in rows[1:] if row[place].split("/")[1] in folders)])
    except (ValueError, IndexError, csv.Error):
        return hashlib.sha256(content).hexdigest()


def _joined(*digests: str) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def is_read(project: Project, round_code: str, unit_code: str, submission: Submission, references: str = "") -> bool:
    """Whether a unit's parts of a round are there, and made from what lies in its folders now."""
    parts = [part_path(project, table, round_code, unit_code) for table in UNIT_TABLES]
    digest = unit_digest(project, round_code, submission, references)
    return all(part.exists() and tables.made_from(part) == digest for part in parts)


def stale_units(project: Project, catalogue: Catalogue) -> list[str]:
    """Units whose parts are absent, or older than their files, the reference files or the code; and units with parts of
    folders that are gone. Without a raw folder nothing is told."""
    if not project.raw.is_dir():
        return []
    due, references = submissions_due(project, catalogue), references_digest(project)
    unread = {unit for (r, unit), submission in due.items() if not is_read(project, r, unit, submission, references)}
    parts = {tuple(p.stem.split("__", 1)) for p in (project.processed / "observations").glob("*.parquet")}
    return sorted(unread | {unit for r, unit in parts - set(due)})


def refuse_stale(units: Sequence[str]) -> None:
    """Raise StaleTables, naming the first of the ``units`` that are not read as their files stand now, if any."""
    if not units:
        return
    others = f" và {len(units) - _NAMED} đơn vị khác" if len(units) > _NAMED else ""
    raise StaleTables(
        "Có tệp nhận về chưa đọc, hoặc danh mục đã đổi từ lần đọc trước",
        place=", ".join(units[:_NAMED]) + others,
        remedy="Hãy chạy lệnh: planreview clean",
    )


def inputs_digest(project: Project) -> str:
    """A digest of all that figures and results are made from: observations, register, issues, reference files, code."""
    parts = [p for t in ("observations", "register", "issues") for p in (project.processed / t).glob("*.parquet")]
    return _joined(_digest(parts, project.processed), references_digest(project), code_digest())


def judged_path(project: Project, table: str, cycle_code: str, as_of: str) -> Path:
    """Where a table that judging writes stands; ``cycle_code`` '' for one that all cycles share."""
    return project.processed / table / f"{f'{cycle_code}__' if cycle_code else ''}{as_of}.parquet"


class CurrentTables:
    """The tables of a project as they stand when first asked for, each read once: many Reviews may share them."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self.project, self.catalogue = project, catalogue
        self._areas: dict[Path, dict[str, pd.DataFrame]] = {}
        self._wholes: dict[Path, pd.DataFrame] = {}
        self._checked: set[Path] = set()

    def parts(self, table: str, unit_code: str) -> pd.DataFrame:
        """The parts of one unit, all rounds. Raises StaleTables where the table was never written."""
        return tables.read(table, self.project.processed / table, only=f"*__{unit_code}.parquet")

    def whole(self, table: str) -> pd.DataFrame:
        """The parts of all units. Raises as ``parts``."""
        return self._read(table, self.project.processed / table)

    def about(self, table: str, area_code: str) -> pd.DataFrame:
        """Rows on one area, of all units. Raises as ``parts``."""
        return self._of_area(table, self.project.processed / table, area_code)

    def figures(self, as_of: str, area_code: str | None = None) -> pd.DataFrame:
        """Figures as of a round (of one area). Raises StaleTables where they are absent, or older than today's
        observations and reference files."""
        return self._current("figures", figures_path(self.project, as_of), area_code)

    def cross_checks(self, as_of: str) -> pd.DataFrame:
        """What units contradict each other in, as of a round. Raises as ``figures``."""
        return self._current("cross_checks", cross_checks_path(self.project, as_of), None)

    def results(self, cycle_code: str, as_of: str, area_code: str) -> pd.DataFrame:
        """Results of one area. Raises as ``figures``."""
        return self._current("results", results_path(self.project, cycle_code, as_of), area_code)

    def judged(self, table: str, cycle_code: str, as_of: str, area_code: str | None = None) -> pd.DataFrame:
        """A table that judging adds: forecasts, contributions, revisions (these of all cycles: ``cycle_code`` ''), of
        one area if named. Raises as ``figures``."""
        return self._current(table, judged_path(self.project, table, cycle_code, as_of), area_code)

    def _current(self, table: str, path: Path, area_code: str | None) -> pd.DataFrame:
        data = self._read(table, path) if area_code is None else self._of_area(table, path, area_code)
        if path not in self._checked and (self._stale or tables.made_from(path) != self._inputs):
            self._forget()  # once they are made again, they are read again
            raise StaleTables(
                f"Bảng “{table}” cũ hơn số liệu hoặc danh mục hiện nay",
                place=str(path),
                remedy="Hãy chạy lệnh: planreview clean",
            )
        self._checked.add(path)
        return data

    def _forget(self) -> None:
        self._areas.clear()
        self._wholes.clear()
        for checked in ("_inputs", "_stale"):
            self.__dict__.pop(checked, None)

    @cached_property
    def _inputs(self) -> str:
        return inputs_digest(self.project)

    @cached_property
    def _stale(self) -> bool:
        return bool(stale_units(self.project, self.catalogue))

    def _read(self, table: str, path: Path) -> pd.DataFrame:
        if path not in self._wholes:
            self._wholes[path] = tables.read(table, path)
        return self._wholes[path]

    def _of_area(self, table: str, path: Path, area_code: str) -> pd.DataFrame:
        if path not in self._areas:
            self._areas[path] = dict(list(self._read(table, path).groupby("area_code")))
        found = self._areas[path].get(area_code)
        return tables.frame(table, []) if found is None else found
