"""Where each table stands under data/processed, and whether it is still what its inputs say."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.errors import StaleTables
from planreview.project import Project

UNIT_TABLES = ("observations", "ledger", "issues", "register", "narratives", "proposals")


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


def inputs_digest(project: Project) -> str:
    """A digest of all that figures and results are made from: observations, register and the reference files."""
    digest = hashlib.sha256()
    parts = [p for t in ("observations", "register") for p in (project.processed / t).glob("*.parquet")]
    reference = [p for p in project.reference.rglob("*") if p.suffix in (".csv", ".toml")]
    for path in sorted([*parts, *reference]):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_current(project: Project, table: str, path: Path) -> pd.DataFrame:
    """Figures or results, if they are made from today's observations and reference files; StaleTables if not."""
    data = tables.read(table, path)
    if tables.made_from(path) != inputs_digest(project):
        raise StaleTables(
            f"Bảng “{table}” cũ hơn số liệu hoặc danh mục hiện nay",
            place=str(path),
            remedy="Hãy chạy lệnh: planreview clean",
        )
    return data
