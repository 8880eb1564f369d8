"""Where submissions and tables stand, and whether a table is still what its inputs say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.errors import StaleTables
from planreview.project import Project

_NOT_SUBMISSIONS = ("~$", ".", "Thumbs.db")
UNIT_TABLES = ("observations", "ledger", "issues", "register", "narratives", "proposals")


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
    return [p for p in project.reference.rglob("*") if p.suffix in (".csv", ".toml")]


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
        day = r.deadline.date()
        asked = {(r.code, u.code) for u in catalogue.units.values() if r.expects.get(u.kind) and u.existed_on(day)}
        if asked & sent:
            owing |= {key for key in asked if key not in sent or not submissions(folders[key])}
    return {key: Submission(tuple(folders.get(key, ())), key in owing) for key in sorted({*folders, *owing})}


def _only_published(folders: Iterable[Path], catalogue: Catalogue) -> bool:
    files = submissions(folders)
    return bool(files) and all(
        hashlib.sha256(path.read_bytes()).hexdigest() in catalogue.published_digests for path in files
    )


def unit_digest(project: Project, round_code: str, submission: Submission) -> str:
    """A digest of all that a unit's parts of a round are made from: its files, their log, reference files and code."""
    log = project.raw / round_code / "received.csv"
    files = [*submissions(submission.folders), *([log] if log.exists() else [])]
    references = _digest(_reference_files(project), project.reference)
    return _joined(_digest(files, project.raw), references, code_digest(), str(submission.owes))


def _joined(*digests: str) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def is_read(project: Project, round_code: str, unit_code: str, submission: Submission) -> bool:
    """Whether a unit's parts of a round are there, and made from what lies in its folders now."""
    parts = [part_path(project, table, round_code, unit_code) for table in UNIT_TABLES]
    digest = unit_digest(project, round_code, submission)
    return all(part.exists() and tables.made_from(part) == digest for part in parts)


def stale_units(project: Project, catalogue: Catalogue) -> list[str]:
    """Units whose parts are absent, or older than their files, the reference files or the code; and units with parts of
    folders that are gone. Without a raw folder nothing is told."""
    if not project.raw.is_dir():
        return []
    due = submissions_due(project, catalogue)
    unread = {unit for (r, unit), submission in due.items() if not is_read(project, r, unit, submission)}
    parts = {tuple(p.stem.split("__", 1)) for p in (project.processed / "observations").glob("*.parquet")}
    return sorted(unread | {unit for r, unit in parts - set(due)})


def inputs_digest(project: Project) -> str:
    """A digest of all that figures and results are made from: observations, register, issues, reference files, code."""
    parts = [p for t in ("observations", "register", "issues") for p in (project.processed / t).glob("*.parquet")]
    references = _digest(_reference_files(project), project.reference)
    return _joined(_digest(parts, project.processed), references, code_digest())


def read_current(project: Project, table: str, path: Path, catalogue: Catalogue) -> pd.DataFrame:
    """Figures or results, if they are made from today's observations and reference files; StaleTables if not."""
    data = tables.read(table, path)
    if tables.made_from(path) != inputs_digest(project) or stale_units(project, catalogue):
        raise StaleTables(
            f"Bảng “{table}” cũ hơn số liệu hoặc danh mục hiện nay",
            place=str(path),
            remedy="Hãy chạy lệnh: planreview clean",
        )
    return data
