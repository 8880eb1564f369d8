"""start: the shipped simulated example is put aside, so that only one's own data and published figures are left."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from planreview import store, tables
from planreview.batch.portal import write_index
from planreview.catalogue import Catalogue
from planreview.errors import PlanReviewError
from planreview.feedback.make import FOLDER as FEEDBACK_FOLDER
from planreview.forms.make import FOLDER as FORMS_FOLDER
from planreview.project import Project
from planreview.workbooks import marks

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass
class Started:
    """What was put aside, and where. ``files`` and ``kept`` (listed, but edited since, so left where they are) are
    relative to data/raw, ``reports`` and ``forms`` (and feedback, with simulated numbers) to reports/."""

    folder: Path
    files: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What the person at the desk reads."""
        said = [
            f"Để nguyên {path}: tệp đã đổi so với bản kèm theo phần mềm. Nếu không phải số liệu của đơn vị, hãy tự "
            "chuyển tệp ra ngoài data/raw."
            for path in self.kept
        ]
        if not (self.files or self.reports):
            return [*said, "Không còn tệp mô phỏng kèm theo nào trong data/raw; không có gì phải làm."]
        if self.reports:
            said.append(f"Đã cất {len(self.reports)} kỳ báo cáo lập khi còn số mô phỏng: {', '.join(self.reports)}.")
        if self.forms:
            said.append(f"Đã cất {len(self.forms)} biểu, tệp phản hồi có số mô phỏng: không gửi cho đơn vị.")
        return [
            *said,
            f"Đã cất {len(self.files)} tệp mô phỏng vào {self.folder}. Số liệu công bố và tệp của đơn vị còn nguyên.",
            "Bước tiếp: đặt tệp của đơn vị vào data/raw (hoặc dùng planreview receive), rồi chạy make report.",
            f"Muốn dùng lại ví dụ: chép những gì trong {self.folder / 'raw'} về data/raw, rồi chạy make report.",
        ]


def start(project: Project, *, progress: Callable[[str], None] = lambda _: None) -> Started:
    """Move every file of data/raw that is byte for byte one of ``simulated.csv``, whatever it is called now, to
    data/set-aside, with the reports that could know of it; remove the folders that this empties and all tables.

    Nothing is deleted that cannot be made again: received.csv keeps its lines (a line whose file is not there says
    nothing about anybody). A second call finds nothing to do. Raises PlanReviewError where a file is held by another
    program; calling again goes on.
    """
    catalogue = Catalogue.of(project.reference)
    done = Started(project.raw.parent / "set-aside")
    found = list(_shipped(project.raw, catalogue))
    done.kept = _edited(project.raw, catalogue, {path for path, _ in found})
    if not found:
        return done
    try:
        # first what was made from the files: were it interrupted, a second call would find the rest
        rounds = {path.relative_to(project.raw).parts[0] for path, _ in found}
        for edition in _editions(project, catalogue, rounds):
            _put_aside(edition, done.folder / "reports" / edition.relative_to(project.reports))
            done.reports.append(edition.relative_to(project.reports).as_posix())
        for form in _marked_forms(project):
            _put_aside(form, done.folder / "reports" / form.relative_to(project.reports))
            done.forms.append(form.relative_to(project.reports).as_posix())
        for cycle in catalogue.cycles.values():
            if (project.reports / cycle.code / "index.html").exists():
                write_index(project, catalogue, cycle)
        for table in tables.SCHEMAS:
            for part in (project.processed / table).glob("*.parquet"):
                part.unlink()
        for path, digest in found:
            name = path.relative_to(project.raw)
            _put_aside(path, done.folder / "raw" / name, digest)
            _remove_empty(path.parent, project.raw / name.parts[0])
            done.files.append(name.as_posix())
            progress(name.as_posix())
    except OSError as failure:
        raise PlanReviewError(
            f"Không chuyển được tệp ({failure.strerror or failure})",
            place=str(failure.filename or done.folder),
            remedy="Hãy đóng tệp này nếu đang mở, rồi chạy lại đúng lệnh này",
        ) from None
    return done


def _shipped(raw: Path, catalogue: Catalogue) -> Iterator[tuple[Path, str]]:
    """Files of units' folders with the content of a listed one, and their digests."""
    for folders in store.unit_folders(raw).values() if raw.is_dir() and catalogue.simulated_digests else ():
        for path in store.submissions(folders):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest in catalogue.simulated_digests:
                yield path, digest


def _edited(raw: Path, catalogue: Catalogue, same: set[Path]) -> list[str]:
    listed = sorted(catalogue.simulated["stored_path"])
    return [path for path in listed if (raw / path).is_file() and raw / path not in same]


def _editions(project: Project, catalogue: Catalogue, rounds: set[str]) -> list[Path]:
    """Folders of reports as of a round that knows of one of ``rounds``."""
    folders = sorted(f for cycle in catalogue.cycles for f in (project.reports / cycle).glob("*/"))
    return [f for f in folders if f.name in catalogue.rounds and rounds & {*catalogue.rounds_until(f.name)}]


def _marked_forms(project: Project) -> list[Path]:
    """Forms and feedback ready to be sent whose property says that they hold simulated numbers."""
    found = []
    for path in sorted(p for f in (FORMS_FOLDER, FEEDBACK_FOLDER) for p in (project.reports / f).rglob("*.xlsx")):
        try:
            with zipfile.ZipFile(path) as book:
                properties = book.read("docProps/custom.xml")
        except (OSError, KeyError, zipfile.BadZipFile):
            continue
        if re.search(rb'name="%s"[^>]*>\s*<[^>]*>\s*simulated\b' % marks.PROVENANCE.encode(), properties):
            found.append(path)
    return found


def _put_aside(path: Path, target: Path, digest: str = "") -> None:
    """Move, never over something else; a file that stands there already, the same to the byte, is enough."""
    target.parent.mkdir(parents=True, exist_ok=True)
    free, number = target, 2
    while free.exists():
        if digest and free.is_file() and hashlib.sha256(free.read_bytes()).hexdigest() == digest:
            path.unlink()
            return
        free, number = target.with_name(f"{target.stem} ({number}){target.suffix}"), number + 1
    shutil.move(path, free)  # data/raw may lie on another disk


def _remove_empty(folder: Path, end: Path) -> None:
    """Remove a folder and those above it, below ``end``, if only what systems leave in folders is there."""
    while folder != end and {path.name for path in folder.iterdir()} <= _LEFT_BY_SYSTEMS:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        folder = folder.parent
