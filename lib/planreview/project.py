"""Where a project's folders are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planreview.errors import UsageError


@dataclass(frozen=True)
class Project:
    """The five folders that planreview reads and writes (all absolute)."""

    root: Path
    raw: Path
    processed: Path
    reference: Path
    reports: Path

    @classmethod
    def find(
        cls,
        *,
        raw: str | Path | None = None,
        processed: str | Path | None = None,
        reference: str | Path | None = None,
        reports: str | Path | None = None,
        start: str | Path | None = None,
    ) -> Project:
        """Find the project upwards from ``start`` (default: the working directory).

        Folders given explicitly win over those of the project found.
        Raises UsageError where no folder on the way up holds ``data/reference`` and not all are given.
        """
        here = Path(start or Path.cwd()).resolve()
        root = next((p for p in (here, *here.parents) if (p / "data" / "reference").is_dir()), None)
        if root is None and not (raw and processed and reference):
            raise UsageError(
                "Không tìm thấy dự án: không có thư mục data/reference ở đây hay ở các thư mục phía trên",
                place=str(here),
                remedy="Hãy chuyển vào thư mục của dự án rồi chạy lại",
            )
        root = root or here

        def folder(given: str | Path | None, default: str) -> Path:
            return Path(given).resolve() if given else root / default

        return cls(
            root=root,
            raw=folder(raw, "data/raw"),
            processed=folder(processed, "data/processed"),
            reference=folder(reference, "data/reference"),
            reports=folder(reports, "reports"),
        )
