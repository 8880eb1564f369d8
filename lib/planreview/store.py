"""Where submissions and tables stand, and whether a table is still what its inputs say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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


def submissions(folders: list[Path]) -> list[Path]:
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
    """The cycle's last round that has data (files received, or parts read from them); None where it has none."""
    received = {path.parent.parent.name for path in project.raw.glob("*/*/*") if path.is_file()}
    read = {part.stem.split("__")[0] for part in (project.processed / "observations").glob("*.parquet")}
    own = [r.code for r in catalogue.rounds.values() if r.cycle == cycle_code]
    return next((code for code in reversed(own) if code in received | read), None)


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


def unit_digest(project: Project, round_code: str, folders: list[Path]) -> str:
    """A digest of all that a unit's parts of a round are made from: its files, their log, reference files and code."""
    log = project.raw / round_code / "received.csv"
    files = [*submissions(folders), *([log] if log.exists() else [])]
    return _joined(_digest(files, project.raw), _digest(_reference_files(project), project.reference), code_digest())


def _joined(*digests: str) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def is_read(project: Project, round_code: str, unit_code: str, folders: list[Path]) -> bool:
    """Whether a unit's parts of a round are there, and made from what lies in its folders now."""
    parts = [part_path(project, table, round_code, unit_code) for table in UNIT_TABLES]
    digest = unit_digest(project, round_code, folders)
    return all(part.exists() and tables.made_from(part) == digest for part in parts)


def stale_units(project: Project) -> list[str]:
    """Units with parts that are older than their files or the reference files; without a raw folder nothing is told."""
    if not project.raw.is_dir():
        return []
    folders = unit_folders(project.raw)
    stale = set()
    for part in (project.processed / "observations").glob("*.parquet"):
        round_code, unit_code = part.stem.split("__", 1)
        if tables.made_from(part) != unit_digest(project, round_code, folders.get((round_code, unit_code), [])):
            stale.add(unit_code)
    return sorted(stale)


def unread_units(project: Project) -> list[str]:
    """Units with files that no current part was made from, or with parts that are stale."""
    unread = {u for (r, u), f in unit_folders(project.raw).items() if not is_read(project, r, u, f)}
    return sorted(unread.union(stale_units(project)))


def inputs_digest(project: Project) -> str:
    """A digest of all that figures and results are made from: observations, register, issues, reference files, code."""
    parts = [p for t in ("observations", "register", "issues") for p in (project.processed / t).glob("*.parquet")]
    references = _digest(_reference_files(project), project.reference)
    return _joined(_digest(parts, project.processed), references, code_digest())


def read_current(project: Project, table: str, path: Path) -> pd.DataFrame:
    """Figures or results, if they are made from today's observations and reference files; StaleTables if not."""
    data = tables.read(table, path)
    if tables.made_from(path) != inputs_digest(project) or stale_units(project):
        raise StaleTables(
            f"Bảng “{table}” cũ hơn số liệu hoặc danh mục hiện nay",
            place=str(path),
            remedy="Hãy chạy lệnh: planreview clean",
        )
    return data
