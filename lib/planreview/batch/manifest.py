"""manifest.json: what the reports of one round were made from and what came of each."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planreview import store
from planreview.batch.jobs import PAPERS, Job, Outcome
from planreview.catalogue import Cycle, Round, texts
from planreview.project import Project
from planreview.publish.pdf import BRIEF_PAGES

NAME = "manifest.json"
_LIBRARIES = (
    "planreview",
    "pandas",
    "pyarrow",
    "matplotlib",
    "papermill",
    "openpyxl",
    "lxml",
    "xlrd",
    "python-docx",
    "typst",
)


@dataclass(frozen=True)
class Manifest:
    """``reports``: one dict per unit and notebook with unit, stem, title, file, papers (Word and PDF), pages and
    typeface of the PDF, for a brief ``fits``, reason ('' = made) and made_from."""

    as_of: str
    reports: list[dict]

    def record(self, job: Job) -> dict | None:
        """The line of a job, if it was ever asked for."""
        return next((r for r in self.reports if (r["unit"], r["stem"]) == (job.unit, job.stem)), None)

    def siblings(self, job: Job) -> list[tuple[str, str]]:
        """Title and file of the other pages made for the job's unit."""
        mine = [r for r in self.reports if r["unit"] == job.unit and not r["reason"] and r["stem"] != job.stem]
        return [(r["title"], r["file"]) for r in mine]


def write_manifest(
    project: Project, cycle: Cycle, as_of: Round, outcomes: Sequence[Outcome], *, units: Sequence[str] | None = None
) -> Manifest:
    """Add the outcomes to the round's manifest; reports of earlier runs stay if they are still there or had failed.

    ``units``: all that have reports, where that is known; the lines of others go.
    """
    path = project.reports / cycle.code / as_of.code / NAME
    known = {
        (r["unit"], r["stem"]): r
        for r in _read(path)
        if (r["reason"] or (path.parent / r["unit"] / r["file"]).exists()) and (units is None or r["unit"] in units)
    }
    for outcome in outcomes:
        job = outcome.job
        short_title = texts.sentence(outcome.title.removeprefix(f"{job.unit_name}: "))
        known[job.unit, job.stem] = {
            "unit": job.unit,
            "stem": job.stem,
            "title": short_title,
            "file": job.file(".html"),
            **_papers(outcome),
            "reason": outcome.reason,
            "made_from": outcome.made_from,
        }
    reports = [known[key] for key in sorted(known)]
    content = {
        "cycle": cycle.code,
        "as_of": as_of.code,
        "inputs": store.inputs_digest(project),
        "versions": {name: importlib.metadata.version(name) for name in _LIBRARIES}
        | {"python": platform.python_version()},
        "reports": reports,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Manifest(as_of.code, reports)


def _papers(outcome: Outcome) -> dict:
    job = outcome.job
    if not job.on_paper or outcome.reason:
        return {}
    said = {
        "papers": {name: job.file(suffix) for suffix, name in PAPERS.items()},
        "pages": outcome.pages,
        "typeface": outcome.typeface,
    }
    return said | ({"fits": outcome.pages <= BRIEF_PAGES} if job.is_brief else {})


def read_manifest(project: Project, cycle: Cycle, as_of: Round) -> Manifest:
    """The manifest of one round, empty where there is none yet."""
    return Manifest(as_of.code, _read(project.reports / cycle.code / as_of.code / NAME))


def read_manifests(project: Project, cycle: Cycle) -> dict[str, Manifest]:
    """The manifests of a cycle by round."""
    found = sorted((project.reports / cycle.code).glob(f"*/{NAME}"))
    return {path.parent.name: Manifest(path.parent.name, _read(path)) for path in found}


def _read(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["reports"] if path.exists() else []
