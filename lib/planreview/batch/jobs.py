"""What is asked for, and what came of it. Light: a run that finds nothing to do loads no more than this."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planreview.project import Project


@dataclass(frozen=True)
class Job:
    """What is asked for: a notebook for a unit, in a cycle, as of a round."""

    notebook: Path
    unit: str
    unit_name: str
    cycle: str
    cycle_title: str
    as_of: str
    as_of_title: str

    @property
    def stem(self) -> str:
        return self.notebook.stem

    def folder(self, project: Project) -> Path:
        return project.reports / self.cycle / self.as_of / self.unit

    def file(self, suffix: str) -> str:
        return f"{self.stem}__{self.unit}__{self.as_of}{suffix}"

    def discard(self, project: Project) -> None:
        """Remove what an earlier run left."""
        for suffix in (".ipynb", ".html"):
            (self.folder(project) / self.file(suffix)).unlink(missing_ok=True)


@dataclass(frozen=True)
class Outcome:
    """What came of a job: its executed notebook, title and what it was made from, or the reason why there is none."""

    job: Job
    title: str = ""
    reason: str = ""
    made_from: dict[str, str] = field(default_factory=dict)
