"""receive: from files, folders, archives and e-mails to data/raw, each file to the unit that it is of."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from planreview.catalogue import Catalogue
from planreview.catalogue.rounds import VIETNAM
from planreview.errors import UsageError
from planreview.intake.evidence import Evidence, Named, Verdict
from planreview.intake.files import ATTACHMENTS
from planreview.intake.parcels import Item, Left, Parcel, open_parcel
from planreview.intake.shelf import Shelf
from planreview.project import Project
from planreview.workbooks import SPREADSHEETS, is_workbook

_TAKEN = (*SPREADSHEETS, ".csv", *ATTACHMENTS)


@dataclass
class Received:
    """What became of each file, as rows with ``place``, where it was found.

    stored: the line of received.csv, and undated_mail: its mail does not say when it arrived, so that the moment of
    receiving it stands in the log; known: stored_path, unit_code, still_there; unsure, refused, skipped: reason,
    remedy (unsure also sha256).
    """

    stored: list[dict] = field(default_factory=list)
    known: list[dict] = field(default_factory=list)
    unsure: list[dict] = field(default_factory=list)
    refused: list[dict] = field(default_factory=list)
    skipped: list[dict] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What a clerk reads: each file that needs a decision, then one sentence on all."""
        said = [f"Đã lưu {row['stored_path']} (từ {row['place']})" for row in self.stored]
        if undated := [row["stored_path"] for row in self.stored if row["undated_mail"]]:
            said.append(
                f"Lưu ý: thư không ghi thời điểm đến nên {len(undated)} tệp được ghi là nhận bây giờ, có thể bị tính "
                f"là gửi muộn: {', '.join(undated)}. Nếu biết lúc thư đến, hãy sửa cột received_at của các tệp này "
                "trong data/raw/<đợt>/received.csv; lần sau ghi --at khi nhận."
            )
        said += [
            f"Đã nhận từ trước nhưng không còn ở {row['stored_path']}: {row['place']}. Nếu đã xóa nhầm, hãy bỏ dòng "
            "của tệp này trong received.csv rồi nhận lại."
            for row in self.known
            if not row["still_there"]
        ]
        said += [f"Chưa rõ đơn vị: {row['place']}. {row['reason']}. {row['remedy']}." for row in self.unsure]
        said += [f"Không nhận: {row['place']}. {row['reason']}. {row['remedy']}." for row in self.refused]
        said += [f"Bỏ qua: {row['place']}. {row['reason']}." for row in self.skipped]
        said.append(
            f"Đã lưu {len(self.stored)} tệp; {len(self.known)} tệp đã nhận từ trước; "
            f"{len(self.unsure)} chưa rõ đơn vị; {len(self.refused)} không nhận; {len(self.skipped)} bỏ qua"
        )
        return said


def receive(
    project: Project,
    paths: Sequence[Path],
    *,
    round_code: str | None,
    unit: str | None = None,
    at: str | None = None,
    sender: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Received:
    """Store what ``paths`` hold under data/raw/<round>/<unit>/ and log it; nothing is overwritten, no unit guessed.

    Raises UsageError for an unknown round or unit, a path that is not there, no path, or a time without a zone.
    """
    if not paths:
        raise UsageError("Chưa ghi tệp hay thư mục nào để nhận", remedy="Hãy ghi đường dẫn, như thu.eml hay bieu.zip")
    catalogue = Catalogue.of(project.reference)
    if round_code is None:
        raise UsageError("Chưa ghi đợt báo cáo", remedy=f"Hãy ghi --round và một trong: {', '.join(catalogue.rounds)}")
    round_code = catalogue.round(round_code).code
    for path in paths:
        if not path.exists():
            raise UsageError("Không có tệp hay thư mục này", place=str(path), remedy="Hãy kiểm tra lại đường dẫn")
    counter = _Counter(
        catalogue,
        Shelf(project.raw, round_code),
        given=catalogue.unit(unit).code if unit else "",
        at=_moment(at) if at is not None else "",
        sender=sender or "",
    )
    for file in _files(paths, counter.result):
        if project.raw.resolve() in file.resolve().parents:
            counter.leave("refused", Left(str(file), "Tệp đã nằm trong thư mục số liệu nhận về", "Không cần nhận lại"))
        else:
            counter.take(open_parcel(file))
        progress(file.name)
    return counter.result


def _moment(at: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(
            f"Thời điểm nhận “{at}” phải là ngày giờ có múi giờ",
            place="--at",
            remedy="Hãy ghi như 2020-06-29T16:30:00+07:00",
        )
    return moment.isoformat()


def _files(paths: Sequence[Path], result: Received) -> Iterator[Path]:
    """The files themselves, and those of folders; what a computer hides there is skipped."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(p for p in path.rglob("*") if not p.is_dir()):
            if any(part.startswith(".") or part == "__MACOSX" for part in file.relative_to(path).parts):
                result.skipped.append(asdict(Left(str(file), "Tệp ẩn")))
            else:
                yield file


class _Counter:
    """Where files are handed in: each one is stored, known, unsure, refused or skipped."""

    def __init__(self, catalogue: Catalogue, shelf: Shelf, *, given: str, at: str, sender: str) -> None:
        self._shelf, self._evidence = shelf, Evidence(catalogue)
        self._given, self._at, self._sender = given, at, sender
        self._now = dt.datetime.now(VIETNAM).isoformat(timespec="seconds")
        self.result = Received()

    def leave(self, what: str, left: Left) -> None:
        getattr(self.result, what).append(asdict(left))

    def take(self, parcel: Parcel) -> None:
        for left in parcel.refused:
            self.leave("refused", left)
        for left in parcel.skipped:
            self.leave("skipped", left)
        items = []
        for item in parcel.items:
            if _is_taken(item):
                items.append(item)
            else:
                self.leave("refused", _not_taken(item))
        named = [self._evidence.of_content(item.content) for item in items]
        for number, item in enumerate(items):
            beside = [n for other, n in zip(items, named, strict=True) if item.mail and other.mail == item.mail]
            self._put(item, self._decide(item, named[number], beside))

    def _decide(self, item: Item, named: Named, beside: list[Named]) -> Verdict:
        return self._evidence.decide(
            hashlib.sha256(item.content).hexdigest(),
            given=self._given,
            named=named,
            sent_by=self._evidence.of_sender(self._sender or item.sender),
            beside=beside,
            by_name=self._evidence.of_file_name(item.name),
        )

    def _put(self, item: Item, verdict: Verdict) -> None:
        if not verdict.unit:
            digest = hashlib.sha256(item.content).hexdigest()
            remedy = verdict.remedy + self._evidence.hint(item.name)
            self.result.unsure.append(asdict(Left(item.place, verdict.reason, remedy)) | {"sha256": digest})
        elif before := self._shelf.known(verdict.unit, item.content):
            there = self._shelf.holds(before)
            self.result.known.append(
                {"place": item.place, "stored_path": before, "unit_code": verdict.unit, "still_there": there}
            )
        else:
            line = self._shelf.put(
                verdict.unit,
                item.name,
                item.content,
                received_at=self._at or item.received_at or self._now,
                sender=self._sender or item.sender,
            )
            undated = bool(item.mail) and not (self._at or item.received_at)
            self.result.stored.append({"place": item.place} | asdict(line) | {"undated_mail": undated})


def _is_taken(item: Item) -> bool:
    return PurePosixPath(item.name.lower().strip()).suffix in _TAKEN or is_workbook(item.content)


def _not_taken(item: Item) -> Left:
    suffix = PurePosixPath(item.name).suffix
    return Left(
        item.place,
        f"Không nhận loại tệp này ({suffix or 'không có đuôi tệp'})",
        "Hãy đề nghị đơn vị gửi biểu dạng .xlsx, tài liệu kèm theo dạng Word, PDF hoặc ảnh, tệp nén dạng .zip",
    )
