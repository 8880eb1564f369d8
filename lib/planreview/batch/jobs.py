"""What is asked for, and what came of it. Light: a run that finds nothing to do loads no more than this."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planreview.project import Project

PAPERS = {".docx": "Word", ".pdf": "PDF"}
_ON_PAPER = frozenset({"02", "03", "04", "05", "07"})  # sections of the plan document, and the brief
_BRIEF = "07"


@dataclass(frozen=True)
class Job:
    """What is asked for: a notebook for a unit, in a cycle, as of a round. ``issuer`` and ``seat`` as in a Page."""

    notebook: Path
    unit: str
    unit_name: str
    cycle: str
    cycle_title: str
    as_of: str
    as_of_title: str
    issuer: tuple[str, str] = ("", "")
    seat: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether the report is also a Word document and a PDF."""
        return self.stem[:2] in _ON_PAPER

    @property
    def is_brief(self) -> bool:
        """Whether the report must fit on BRIEF_PAGES."""
        return self.stem.startswith(_BRIEF)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of all files that a run leaves."""
        return (".ipynb", ".html", *(PAPERS if self.on_paper else ()))

    @property
    def stem(self) -> str:
        return self.notebook.stem

    def folder(self, project: Project) -> Path:
        return project.reports / self.cycle / self.as_of / self.unit

    def file(self, suffix: str) -> str:
        return f"{self.stem}__{self.unit}__{self.as_of}{suffix}"

    def discard(self, project: Project) -> None:
        """Remove what an earlier run left."""
        for suffix in (".ipynb", ".html", *PAPERS):
            (self.folder(project) / self.file(suffix)).unlink(missing_ok=True)


@dataclass(frozen=True)
class Outcome:
    """What came of a job: its executed notebook, title and what it was made from, or the reason why there is none;
    ``pages`` and ``typeface`` of its PDF, and the ``faults`` of what was written, a line each."""

    job: Job
    title: str = ""
    reason: str = ""
    pages: int = 0
    typeface: str = ""
    faults: tuple[str, ...] = ()
    made_from: dict[str, str] = field(default_factory=dict)
