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


def made_from(job: Job, project: Project, *, cleans: bool) -> dict[str, str]:
    """Digests of the notebook, the code and the data of a report: of one that ``cleans`` the unit's files and the
    reference files, of another the rows that it reads. Raises StaleTables where these are absent or out of date."""
    return {
        "notebook": hashlib.sha256(job.notebook.read_bytes()).hexdigest(),
        "code": store.code_digest(),
        "data": _files(job, project) if cleans else _rows(job, project),
    }


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
