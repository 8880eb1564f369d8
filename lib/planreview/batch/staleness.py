"""Which reports must be made again, and why: decided on what each was made from, not on what all share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from planreview import store
from planreview.batch.jobs import Job
from planreview.catalogue import Catalogue
from planreview.project import Project
from planreview.review import Review

_CHANGED = {
    "notebook": "sổ tay đã đổi",
    "code": "phần mềm đã đổi",
    "data": "số liệu hoặc danh mục đã đổi",
}


class Inputs:
    """What reports are made from, now: tables read once for all units, rows looked up once for all their notebooks."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self._tables = store.CurrentTables(project, catalogue)
        self._rows: dict[tuple[str, str, str, bool], str] = {}

    def of_cleaning(self, job: Job) -> dict[str, str]:
        """Digests of the notebook, the code, and the rows that came of the unit's files up to as_of."""
        return self._digests(job, cleaning=True)

    def of_reading(self, job: Job) -> dict[str, str]:
        """Digests of the notebook, the code, and the rows that a report on the unit reads.

        Raises StaleTables where these are absent or out of date.
        """
        return self._digests(job, cleaning=False)

    def review(self, job: Job) -> Review:
        """The review that a job's notebook opens, on the tables read once."""
        return Review(job.unit, cycle=job.cycle, as_of=job.as_of, shared=self._tables)

    def _digests(self, job: Job, *, cleaning: bool) -> dict[str, str]:
        key = job.unit, job.cycle, job.as_of, cleaning
        if key not in self._rows:
            self._rows[key] = self.review(job).fingerprint(cleaning=cleaning)
        notebook = hashlib.sha256(job.notebook.read_bytes()).hexdigest()
        return {"notebook": notebook, "code": store.code_digest(), "data": self._rows[key]}


def why(job: Job, project: Project, record: Mapping | None, now: Mapping[str, str]) -> str:
    """Why a report must be made (Vietnamese), '' where it is current.

    ``record``: its line of the manifest; ``now``: what it is made from, empty where that is not known.
    """
    files = [job.folder(project) / job.file(suffix) for suffix in job.suffixes]
    if record is None or not all(map(Path.exists, files)):
        return "chưa có báo cáo" if not (record or {}).get("reason") else "lần trước không làm được"
    if record["reason"]:
        return "lần trước không làm được"
    if not now:
        return "bảng số liệu phải tính lại trước"
    before = record.get("made_from", {})
    return next((said for key, said in _CHANGED.items() if not now[key] or before.get(key) != now[key]), "")
