"""All files of one unit, round by round, into the rows of its parts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planreview import store
from planreview.catalogue import Catalogue, Round, Unit
from planreview.catalogue.reference import read_csv
from planreview.intake.files import FileReading, read_file
from planreview.intake.issues import IssueLog
from planreview.intake.matching import Matcher
from planreview.tables import SCHEMAS, Columns

_LOG_COLUMNS = "stored_path received_at sender original_name sha256 unit_code"
_CHANGED, _RECEIVED_AT = "read.changed", "read.received_at"
_OF_LOG = (_CHANGED, _RECEIVED_AT)  # said of a file by the log, whatever the file says


@dataclass
class UnitReading:
    """Rows by table for one unit and round."""

    observations: list[dict] = field(default_factory=list)
    ledger: Columns = field(default_factory=lambda: Columns(SCHEMAS["ledger"].names))
    issues: list[dict] = field(default_factory=list)
    register: list[dict] = field(default_factory=list)
    narratives: list[dict] = field(default_factory=list)
    proposals: list[dict] = field(default_factory=list)
    answers: list[dict] = field(default_factory=list)


def received_log(raw: Path, round_code: str) -> dict[str, dict[str, str]]:
    """Lines of a round's received.csv by stored_path, the last of each; empty where there is none."""
    log = read_csv(raw / round_code / "received.csv", _LOG_COLUMNS, optional=True)
    return {row["stored_path"]: row for row in log.to_dict("records")}


def read_unit(
    raw: Path,
    folders: Sequence[Path],
    round_: Round,
    unit: Unit,
    catalogue: Catalogue,
    matcher: Matcher,
    earlier: UnitReading | None = None,
) -> UnitReading:
    """Read every file of a unit's folders of a round. A broken file is a register row and an issue, never a stop.

    ``earlier``: what an earlier run read with the same reference files and code; a file that has not changed since is
    not read again.
    """
    result, read_before = UnitReading(), set()
    log = received_log(raw, round_.code)
    # the copy that came first is the one that is read
    files = sorted(store.submissions(folders), key=lambda path: _logged(log, path, path.relative_to(raw).as_posix()))
    for path in files:
        source_file = path.relative_to(raw).as_posix()
        file = _read_before(path, source_file, earlier, read_before) or read_file(
            path, source_file, round_code=round_.code, unit=unit, catalogue=catalogue, matcher=matcher
        )
        received = log.get(source_file, {})
        received_at = _arrived(received, file, IssueLog(round_.code, unit.code, source_file, file.issues))
        duplicate = not file.status and file.sha256 in read_before
        row = {
            "round": round_.code,
            "unit_code": unit.code,
            "form": file.form,
            "source_file": source_file,
            "sha256": file.sha256,
            "received_at": received_at,
            "sender": received.get("sender", ""),
            "status": "duplicate" if duplicate else file.status or _arrival(received_at, round_),
            "provenance": file.provenance,
            "replaces": file.replaces,
        }
        result.register.append(row)
        if duplicate:
            continue
        if not file.status:
            read_before.add(file.sha256)
        row["n_values"] = len(file.observations)
        result.observations += file.observations
        result.ledger.extend(file.ledger)
        result.issues += file.issues
        result.narratives += file.narratives
        result.proposals += file.proposals
        result.answers += file.answers
    return result


def _read_before(
    path: Path, source_file: str, earlier: UnitReading | None, seen: Collection[str]
) -> FileReading | None:
    """What an earlier run read of a file, without what the log said of it; None where it must be read: it is new or
    changed, could not be read, or was a copy of another one that is gone."""
    row = next((r for r in earlier.register if r["source_file"] == source_file), None) if earlier else None
    if row is None or row["status"] == "unreadable":
        return None
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != row["sha256"] or (row["status"] == "duplicate" and sha256 not in seen):
        return None

    def mine(rows: list[dict], column: str = "source_file") -> list[dict]:
        return [r for r in rows if r[column] == source_file]

    return FileReading(
        sha256=sha256,
        form=row["form"],
        status="attachment" if row["status"] == "attachment" else "",
        provenance=row["provenance"],
        replaces=row["replaces"],
        observations=mine(earlier.observations),
        ledger=earlier.ledger.where("source_file", source_file),
        issues=[issue for issue in mine(earlier.issues) if issue["code"] not in _OF_LOG],
        narratives=mine(earlier.narratives),
        proposals=mine(earlier.proposals),
        answers=mine(earlier.answers, "answered_file"),
    )


def _logged(log: dict[str, dict[str, str]], path: Path, source_file: str) -> tuple:
    """For sorting: by the moment that the log gives for this very file, what has none last, then by name."""
    line = log.get(source_file, {})
    try:
        moment = dt.datetime.fromisoformat(line.get("received_at", ""))
        if line["sha256"] and line["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
            return True, 0.0, source_file
        return not moment.tzinfo, moment.timestamp(), source_file
    except ValueError:
        return True, 0.0, source_file


def _arrived(received: dict[str, str], file: FileReading, log: IssueLog) -> str | None:
    """When the log says that this very file came; None, and an issue where the log cannot be believed."""
    moment = received.get("received_at", "")
    if not moment:
        return None
    if received["sha256"] and received["sha256"] != file.sha256:
        log.add(
            "warning",
            _CHANGED,
            "Tệp đã đổi nội dung sau khi được ghi vào sổ nhận, nên không rõ ngày nhận",
            "Hãy ghi lại ngày nhận và mã sha256 của tệp mới vào received.csv",
        )
        return None
    try:
        if dt.datetime.fromisoformat(moment).tzinfo is not None:
            return moment
    except ValueError:
        pass
    log.add(
        "warning",
        _RECEIVED_AT,
        f"Sổ nhận ghi thời điểm không đọc được: “{moment}”",
        "Hãy ghi received_at như 2020-06-29T16:30:00+07:00",
    )
    return None


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
