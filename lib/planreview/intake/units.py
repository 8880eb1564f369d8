"""All files of one unit, round by round, into the rows of its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planreview.catalogue import Catalogue, Round, Unit
from planreview.catalogue.reference import read_csv
from planreview.errors import ReferenceDataError
from planreview.intake.files import read_file
from planreview.intake.issues import IssueLog
from planreview.intake.matching import Matcher

_LOG_COLUMNS = ["stored_path", "received_at", "sender", "original_name", "sha256", "unit_code"]
_NOT_SUBMISSIONS = ("~$", ".", "Thumbs.db")


@dataclass
class UnitReading:
    """Rows by table for one unit and round."""

    observations: list[dict] = field(default_factory=list)
    ledger: list[dict] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    register: list[dict] = field(default_factory=list)


def unit_folders(raw: Path) -> dict[tuple[str, str], list[Path]]:
    """Folders of submissions by (round, the unit code that the name begins with): ``14`` and ``14 Sơn La`` are one."""
    folders: dict[tuple[str, str], list[Path]] = {}
    for round_folder in _subfolders(raw):
        for folder in _subfolders(round_folder):
            folders.setdefault((round_folder.name, (folder.name.split() or [""])[0]), []).append(folder)
    return folders


def stray_files(raw: Path) -> list[Path]:
    """Files that lie in no unit's folder, and so are nobody's submission."""
    return sorted(
        path
        for pattern in ("*", "*/*")
        for path in raw.glob(pattern)
        if path.is_file() and path.name != "received.csv" and not path.name.startswith(_NOT_SUBMISSIONS)
    )


def _subfolders(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def received_log(raw: Path, round_code: str) -> pd.DataFrame:
    """received.csv of a round, indexed by stored_path; empty where there is none."""
    path = raw / round_code / "received.csv"
    log = read_csv(path, _LOG_COLUMNS, optional=True)
    for line, text in enumerate(log["received_at"], start=2):
        if text:
            try:
                aware = dt.datetime.fromisoformat(text).tzinfo is not None
            except ValueError:
                aware = False
            if not aware:
                raise ReferenceDataError(
                    f"Dòng {line}: received_at không phải thời điểm có múi giờ (đang ghi “{text}”)",
                    place=str(path),
                    remedy="Hãy ghi như 2020-06-29T16:30:00+07:00",
                )
    return log.drop_duplicates("stored_path", keep="last").set_index("stored_path")


def read_unit(
    raw: Path, folders: list[Path], round_: Round, unit: Unit, catalogue: Catalogue, matcher: Matcher
) -> UnitReading:
    """Read every file of a unit's folders of a round. A broken file is a register row and an issue, never a stop."""
    result, seen = UnitReading(), {}
    log = received_log(raw, round_.code)
    found = [path for folder in folders for path in folder.rglob("*")]
    files = sorted(path for path in found if path.is_file() and not path.name.startswith(_NOT_SUBMISSIONS))
    for path in files:
        source_file = path.relative_to(raw).as_posix()
        file = read_file(path, source_file, round_code=round_.code, unit=unit, catalogue=catalogue, matcher=matcher)
        received = log.loc[source_file] if source_file in log.index else None
        received_at = received["received_at"] or None if received is not None else None
        sender = received["sender"] if received is not None else ""
        row = {
            "round": round_.code,
            "unit_code": unit.code,
            "form": file.form,
            "source_file": source_file,
            "sha256": file.sha256,
            "received_at": received_at,
            "sender": sender,
            "status": file.status or _arrival(received_at, round_),
        }
        if file.sha256 in seen:
            row["status"] = "duplicate"
            result.register.append(row)
            continue
        seen[file.sha256] = source_file
        row["n_values"] = len(file.observations)
        row["n_errors"] = sum(i["severity"] == "error" for i in file.issues)
        row["n_warnings"] = sum(i["severity"] == "warning" for i in file.issues)
        result.register.append(row)
        result.observations += file.observations
        result.ledger += file.ledger
        result.issues += file.issues
    return result


def _arrival(received_at: str | None, round_: Round) -> str:
    if received_at is None:
        return "undated"
    return "on_time" if dt.datetime.fromisoformat(received_at) <= round_.deadline else "late"


def missing_row(round_: Round, unit_code: str) -> dict:
    """The register's row of a unit that owes a form and sent nothing."""
    return {"round": round_.code, "unit_code": unit_code, "status": "missing"}


def unknown_folder(round_code: str, code: str, folder: Path, raw: Path, *, known: bool) -> dict:
    """The issue of a folder whose unit (or, where the unit is ``known``, whose round) nobody declared."""
    log = IssueLog(round_code, code, folder.relative_to(raw).as_posix())
    if known:
        log.add(
            "error",
            "read.unknown_round",
            f"Đợt “{round_code}” chưa khai báo nên các tệp trong đó không được đọc",
            "Hãy khai báo đợt trong data/reference/rounds.toml hoặc đổi tên thư mục",
        )
    else:
        log.add(
            "error",
            "read.unknown_unit",
            f"Thư mục “{folder.name}” không bắt đầu bằng mã của đơn vị nào",
            "Hãy đổi tên thư mục, hoặc khai báo đơn vị trong data/reference/units.csv",
        )
    return log.rows[0]
