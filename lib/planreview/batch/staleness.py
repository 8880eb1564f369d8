"""Which reports must be made again, and why: decided on what each was made from, not on what all share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from planreview import store
from planreview.batch.jobs import Job
from planreview.project import Project
from planreview.review import Review

_CHANGED = {
    "notebook": "sổ tay đã đổi",
    "code": "phần mềm đã đổi",
    "data": "số liệu hoặc danh mục đã đổi",
}


class Inputs:
    """What reports are made from, now. The rows of a unit are looked up once for all notebooks that only read."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rows: dict[tuple[str, str, str], str] = {}

    def of_cleaning(self, job: Job) -> dict[str, str]:
        """Digests of the notebook, the code, and the unit's files with the reference files."""
        return self._digests(job, _files(job, self._project))

    def of_reading(self, job: Job) -> dict[str, str]:
        """Digests of the notebook, the code, and the rows that a report on the unit reads.

        Raises StaleTables where these are absent or out of date.
        """
        key = job.unit, job.cycle, job.as_of
        if key not in self._rows:
            self._rows[key] = _rows(job, self._project)
        return self._digests(job, self._rows[key])

    def _digests(self, job: Job, data: str) -> dict[str, str]:
        notebook = hashlib.sha256(job.notebook.read_bytes()).hexdigest()
        return {"notebook": notebook, "code": store.code_digest(), "data": data}


def why(job: Job, project: Project, record: Mapping | None, now: Mapping[str, str]) -> str:
    """Why a report must be made (Vietnamese), '' where it is current. ``record``: its line of the manifest."""
    files = [job.folder(project) / job.file(suffix) for suffix in (".ipynb", ".html")]
    if record is None or not all(map(Path.exists, files)):
        return "chưa có báo cáo" if not (record or {}).get("reason") else "lần trước không làm được"
    if record["reason"]:
        return "lần trước không làm được"
    if not now:
        return "bảng số liệu phải tính lại trước"
    before = record.get("made_from", {})
    return next((said for key, said in _CHANGED.items() if not now[key] or before.get(key) != now[key]), "")


def _files(job: Job, project: Project) -> str:
    """'' where the unit's files are not read yet: equal to nothing that was recorded."""
    found = store.unit_folders(project.raw) if project.raw.is_dir() else {}
    mine = [(r, folders) for (r, unit), folders in sorted(found.items()) if unit == job.unit]
    if not all(store.is_read(project, r, job.unit, folders) for r, folders in mine):
        return ""
    digests = [r + store.unit_digest(project, r, folders) for r, folders in mine]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _rows(job: Job, project: Project) -> str:
    review = Review(
        job.unit,
        cycle=job.cycle,
        as_of=job.as_of,
        raw=project.raw,
        processed=project.processed,
        reference=project.reference,
    )
    return review.fingerprint()
