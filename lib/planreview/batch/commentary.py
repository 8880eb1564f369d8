"""What people write and what goes with it: cited.csv, which keeps the figures first seen, and the empty texts under
nhan-dinh. Files that people write are never touched."""

from __future__ import annotations

import csv
import io
import os
from functools import cache
from pathlib import Path

from planreview import store
from planreview.batch.jobs import Job
from planreview.catalogue import Catalogue
from planreview.catalogue.commentary import CITED, CITED_COLUMNS, Commentary, parse
from planreview.catalogue.commentary import FOLDER as WORDS
from planreview.errors import PlanReviewError
from planreview.narrative.citations import Moved, first_seen, moved, resolve
from planreview.narrative.commentary import OLDER, SECTIONS
from planreview.narrative.skeleton import skeleton
from planreview.project import Project
from planreview.review import Review

FOLDER = "nhan-dinh"


def strays(project: Project, catalogue: Catalogue) -> list[str]:
    """What lies in the folder of commentary where nobody's report looks for it (Vietnamese, a line each)."""
    root, said = project.reference / WORDS, []
    for path in sorted(p for p in root.glob("**/*") if p.suffix.lower() == ".md"):
        place = path.relative_to(root).parts
        known = len(place) == 3 and place[0] in catalogue.cycles and place[1] in catalogue.units
        if not known:
            said.append(f"{path}: không thuộc chu kỳ và đơn vị nào, phải đặt ở {WORDS}/<chu kỳ>/<mã đơn vị>/<phần>.md")
    return said


def keep_cited(review: Review) -> list[str]:
    """Add to the unit's cited.csv the figures that its texts cite for the first time, and drop what they cite no more
    (not that of a text which cannot be read now).

    Returns what is to be said (Vietnamese): texts older than their figures, citations that lead nowhere, and why
    cited.csv could not be read or written.
    """
    commentary, unit = review.commentary, review.unit.code
    try:
        seen, rows = commentary.cited, []
    except PlanReviewError as slip:
        return [str(slip)]
    said = [f"{unit}, {s.file}: {s.problem}" for s in commentary.sections if s.problem]
    for section in commentary.sections:
        known = first_seen(seen, section.name)
        if section.problem:  # what it cites is not known until it can be read again
            rows += [{column: row[column] for column in CITED_COLUMNS} for row in known.values()]
        for citation in section.citations:
            found = resolve(review, citation)
            if citation.key in known:
                rows.append({column: known[citation.key][column] for column in CITED_COLUMNS})
            elif found.value:
                rows.append(
                    dict(zip(CITED_COLUMNS, (section.name, citation.key, found.value, review.as_of), strict=True))
                )
            if not found.number:
                said.append(
                    f"{unit}, {section.file}: trích dẫn {{{{{citation.written}}}}} chưa hiện được: {found.reason}"
                )
        said += [_older(unit, section.file, change) for change in moved(review, section) if not change.later]
    try:
        _write(commentary, rows)
    except OSError as failure:
        said.append(f"Không ghi được {commentary.folder / CITED}: {failure.strerror or failure}")
    return said


def _older(unit: str, file: str, change: Moved) -> str:
    cited = f"{{{{{change.citation.written}}}}}"
    return f"{unit}, {file}: {OLDER}: {cited} lúc viết là {change.old}, nay là {change.new}"


def _write(commentary: Commentary, rows: list[dict]) -> None:
    """Atomically, and only where it says something else."""
    path = commentary.folder / CITED
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, CITED_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = buffer.getvalue().encode()
    if (path.read_bytes() if path.exists() else b"") == content or not (rows or path.exists()):
        return
    temporary = path.with_name(f".{CITED}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


def skeletons_of(job: Job, project: Project) -> list[str]:
    """``write_skeletons`` for a job's unit, in a process of the pool: the tables are read once in each."""
    try:
        review = Review(job.unit, cycle=job.cycle, as_of=job.as_of, shared=_shared(project))
        return write_skeletons(review, job.folder(project))
    except PlanReviewError as problem:
        return [str(problem)]


@cache
def _shared(project: Project) -> store.CurrentTables:
    return store.CurrentTables(project, Catalogue.of(project.reference))


def write_skeletons(review: Review, folder: Path) -> list[str]:
    """The empty texts of a unit in its folder of reports. One in which somebody wrote is left as it is, and named."""
    said = []
    for name in SECTIONS:
        path = folder / FOLDER / f"{name}.md"
        content = skeleton(review, name)
        if path.exists():
            old = path.read_text("utf-8", errors="replace")
            if old == content:
                continue
            if any(piece.kind != "heading" for piece in parse(old)):
                said.append(f"{path} có lời văn nhưng không được dùng: hãy chép sang {review.commentary.folder}")
                continue
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(content, encoding="utf-8", newline="\n")
        temporary.replace(path)
    return said
