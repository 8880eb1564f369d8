"""Who sent what in a round, who is late and who owes: the register seen from what rounds.toml expects of each unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from planreview import store, tables
from planreview.catalogue import Catalogue, Round, texts
from planreview.errors import UsageError
from planreview.project import Project

COLUMNS = (
    "round", "unit_code", "unit_name", "kind", "form", "status", "days_late", "source_file", "received_at", "due",
    "provenance",
)  # fmt: skip
READ = ("on_time", "late", "undated")
_GROUPS = {
    "district": "huyện, thành phố",
    "city": "huyện, thành phố",
    "commune": "xã, phường",
    "ward": "xã, phường",
    "department": "sở, ban, ngành",
    "central_agency": "cơ quan ngành dọc",
    "association": "hội, đoàn thể",
    "bank_branch": "chi nhánh ngân hàng",
    "soe": "doanh nghiệp nhà nước",
}


@dataclass(frozen=True)
class Coverage:
    """How many units of a group sent a form that can be read; ``simulated`` of these are of the shipped example."""

    group: str
    form: str
    sent: int
    due: int
    simulated: int = 0

    def __str__(self) -> str:
        marked = f" ({self.simulated} biểu là {texts.PROVENANCES['simulated']})" if self.simulated else ""
        return f"Biểu {self.form}: {self.sent}/{self.due} {self.group}{marked}"


@dataclass(frozen=True)
class RoundStatus:
    """A round and its ``submissions``."""

    round: Round
    data: pd.DataFrame

    @property
    def coverage(self) -> list[Coverage]:
        """Units with a readable form against units that owe it, by group, in the order of ``data``."""
        owed = self.data[self.data["due"]]
        owed = owed.assign(group=owed["kind"].map(group_of), sent=owed["status"].isin(READ))
        return [
            Coverage(
                group,
                form,
                sent=int(rows["sent"].sum()),
                due=len(rows),
                simulated=int((rows["sent"] & (rows["provenance"] == "simulated")).sum()),
            )
            for (group, form), rows in owed.groupby(["group", "form"], sort=False)
        ]

    def summary(self) -> dict:
        """Round, deadline, coverage and rows, ready for JSON."""
        return {
            "round": self.round.code,
            "title": self.round.title,
            "deadline": self.round.deadline.isoformat(),
            "coverage": [asdict(line) for line in self.coverage],
            "rows": tables.records(self.data),
        }


def group_of(kind: str) -> str:
    """The words for units of a kind, seen together ("huyện, thành phố")."""
    return _GROUPS.get(kind, kind)


def round_status(project: Project, round_code: str | None = None) -> RoundStatus:
    """The state of a round, by default of ``default_round``.

    Raises UsageError for an unknown round or where data/raw is absent, StaleTables where files came since the last
    clean.
    """
    catalogue = Catalogue.of(project.reference)
    if round_code is not None:
        catalogue.round(round_code)
    if not project.raw.is_dir():
        raise UsageError(
            "Không có thư mục số liệu nhận về",
            place=str(project.raw),
            remedy="Hãy tạo thư mục data/raw, hoặc nhận tệp bằng lệnh planreview receive",
        )
    store.refuse_stale(store.stale_units(project, catalogue))
    nothing = tables.frame("register", [])  # before the first file comes there is nothing to clean
    received = store.unit_folders(project.raw)
    register = tables.read("register", project.processed / "register") if received else nothing
    code = round_code or default_round(register, catalogue)
    return RoundStatus(catalogue.round(code), submissions(register, catalogue, code))


def sent_by_units(register: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The register's files, without the compilations of published figures: nobody sent those."""
    published = register["sha256"].isin(catalogue.published_digests)
    return register[(register["source_file"] != "") & ~published]


def default_round(register: pd.DataFrame, catalogue: Catalogue) -> str:
    """The last round for which a unit sent anything; else the last one of the default cycle that expects forms."""
    sent = set(sent_by_units(register, catalogue)["round"])
    in_order = list(reversed(catalogue.rounds.values()))
    chosen = [r.code for r in in_order if r.code in sent]
    chosen += [r.code for r in in_order if r.cycle == catalogue.default_cycle.code and r.expects]
    return next(iter([*chosen, in_order[0].code]))


def submissions(register: pd.DataFrame, catalogue: Catalogue, round_code: str) -> pd.DataFrame:
    """One row (``COLUMNS``) for each form that a unit owes, and one for each other file that came, by unit.

    ``due`` marks the rows of forms owed: there ``form`` is the form, and the file is the one that settles the row (the
    first that can be read; else one that cannot, else an attachment). days_late counts from the day of the deadline,
    1 at least, 0 where nothing is late. ``register`` is the table of that name, of any rounds.
    """
    round_ = catalogue.round(round_code)
    sent = sent_by_units(register, catalogue)
    files: dict[str, list[dict]] = {}
    for row in tables.records(sent[sent["round"] == round_code]):
        files.setdefault(row["unit_code"], []).append(row)
    rows = [
        {"round": round_code, "unit_code": unit.code, "unit_name": unit.name, "kind": unit.kind} | row
        for unit in catalogue.units.values()
        for row in _of_unit(catalogue.forms_due(round_, unit), files.get(unit.code, []), round_)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"days_late": "int64", "due": bool})


def _of_unit(owed: Sequence[str], files: list[dict], round_: Round) -> list[dict]:
    files = sorted(files, key=_arrival)
    rows, used = [], set()
    for form in owed:
        file = _settling(form, files)
        if file is not None:
            used.add(file["source_file"])
        rows.append(_row(form, file, round_, due=True))
    return rows + [_row(f["form"], f, round_, due=False) for f in files if f["source_file"] not in used]


def _arrival(file: Mapping) -> tuple:
    """In order of arrival, what has no date last; a simulated file never answers where a real one came."""
    moment = file["received_at"]
    arrived = (0, dt.datetime.fromisoformat(moment).timestamp()) if moment else (1, 0.0)
    return file["provenance"] == "simulated", arrived, file["source_file"]


def _settling(form: str, files: list[dict]) -> dict | None:
    """The file that answers for a form. One that cannot be read may be any form; an attachment (a scan, say, of the
    form beside it) answers only where the unit sent nothing that can be read, a simulated file only where it sent
    nothing at all."""
    files = [f for f in files if f["provenance"] != "simulated"] or files
    readable = [f for f in files if f["status"] in READ]
    candidates = [f for f in readable if f["form"] == form]
    candidates += [f for f in files if f["status"] == "unreadable" and f["form"] in ("", form)]
    if not readable:
        candidates += [f for f in files if f["status"] == "attachment"]
    return candidates[0] if candidates else None


def state(row: Mapping) -> str:
    """The status of a row of ``submissions`` in words: of a form owed an attachment says that the form is lacking."""
    said = texts.FILE_STATUSES[row["status"]]
    return f"chưa có biểu, mới có {said}" if row["due"] and row["status"] == "attachment" else said


def _row(form: str, file: Mapping | None, round_: Round, *, due: bool) -> dict:
    if file is None:
        file = {"status": "missing", "source_file": "", "received_at": None, "provenance": ""}
    return {
        "form": form,
        "status": file["status"],
        "days_late": _days_late(file["received_at"], round_) if file["status"] == "late" else 0,
        "source_file": file["source_file"],
        "received_at": file["received_at"],
        "due": due,
        "provenance": file["provenance"],
    }


def _days_late(received_at: str, round_: Round) -> int:
    arrived = dt.datetime.fromisoformat(received_at).astimezone(round_.deadline.tzinfo)
    return max(1, (arrived.date() - round_.deadline.date()).days)
