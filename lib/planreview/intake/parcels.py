"""What somebody hands over, opened: a file, an archive (.zip) or an e-mail (.eml) into single files, in memory.

Nothing is written here, and of an entry's own path only its last part is ever used.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from planreview.catalogue.texts import number
from planreview.errors import UnreadableFile
from planreview.intake import mails
from planreview.workbooks import is_workbook

MOST_ENTRIES = 2 * 1_000  # written so that nobody takes it for a year (tests/test_any_cycle.py)
MOST_BYTES = 500 * 1024 * 1024
MOST_LEVELS = 2  # an archive within an archive
_MOST_MAILS = 5  # a mail within a mail
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 1 << 11
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
_CLUTTER = ("thumbs.db", "desktop.ini", ".ds_store")
_LOCK_BYTES = 165  # what Office writes beside an open document


@dataclass(frozen=True)
class Item:
    """One file. ``place`` says where it was found (``thu.eml › bieu.zip › a.xlsx``), ``mail`` in which mail of its
    parcel (0 = in none), ``sender`` and ``received_at`` what that mail says ('' = nothing)."""

    name: str
    content: bytes
    place: str
    mail: int = 0
    sender: str = ""
    received_at: str = ""


@dataclass(frozen=True)
class Left:
    """Something that is not taken, and why."""

    place: str
    reason: str
    remedy: str = ""


@dataclass
class Parcel:
    items: list[Item] = field(default_factory=list)
    refused: list[Left] = field(default_factory=list)
    skipped: list[Left] = field(default_factory=list)

    def add(self, other: Parcel) -> None:
        self.items += other.items
        self.refused += other.refused
        self.skipped += other.skipped


@dataclass
class _Tally:
    """What was opened so far in a parcel."""

    entries: int = 0
    size: int = 0
    mails: int = 0


@dataclass(frozen=True)
class _Way:
    """How one came here: through which archives and mails."""

    place: str
    mail: int = 0
    sender: str = ""
    received_at: str = ""
    zips: int = 0
    mails: int = 0
    tally: _Tally = field(default_factory=_Tally)

    def into(self, name: str) -> _Way:
        return replace(self, place=f"{self.place} › {_printable(name)}")


def open_parcel(path: Path) -> Parcel:
    """Everything in a file. Never raises for what it holds: what cannot be taken is in ``refused``."""
    parcel = Parcel()
    way = _Way(_printable(path.name))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(
                f"Tệp lớn hơn {number(MOST_BYTES / 1024**2, 0)} MB",
                remedy="Hãy đề nghị đơn vị gửi riêng biểu số liệu",
            )
        content = path.read_bytes()
    except OSError as failure:
        parcel.refused.append(Left(str(path), f"Không mở được tệp ({failure.strerror})", "Hãy kiểm tra quyền đọc tệp"))
    except UnreadableFile as problem:
        parcel.refused.append(Left(str(path), problem.message, problem.remedy))
    else:
        _open(path.name, content, way, parcel)
    return parcel


def base_name(name: str) -> str:
    """The last part of a path, whatever system wrote it."""
    return re.split(r"[/\\]", name)[-1]


def _printable(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable())


def _open(name: str, content: bytes, way: _Way, into: Parcel) -> None:
    name = base_name(name)
    suffix = PurePosixPath(name.lower()).suffix
    if _is_clutter(name, content):
        into.skipped.append(Left(way.place, "Tệp phụ của máy tính, không phải báo cáo"))
    elif suffix == ".zip" and not (is_workbook(content) and _begins_at_once(content)):
        _open_zip(content, way, into)
    elif suffix == ".eml":
        _open_mail(content, way, into)
    else:
        into.items.append(Item(name, content, way.place, way.mail, way.sender, way.received_at))


def _is_clutter(name: str, content: bytes) -> bool:
    lock = name.startswith("~$") and len(content) <= _LOCK_BYTES
    return lock or name.lower() in _CLUTTER or name.startswith("._")


def _open_mail(content: bytes, way: _Way, into: Parcel) -> None:
    try:
        _take_apart(mails.parse(content), way, into)
    except UnreadableFile:  # of an archive around this mail
        raise
    except Exception as fault:  # the standard library stumbles over some broken headers
        reason = f"Thư không mở được hết ({type(fault).__name__})"
        into.refused.append(Left(way.place, reason, "Hãy lưu riêng các tệp đính kèm rồi nhận lại"))


def _take_apart(message: mails.EmailMessage, way: _Way, into: Parcel) -> None:
    """A mail's attachments. A mail within a mail was written by its own sender, but came when the outer one came."""
    mail = mails.read_mail(message)
    way.tally.mails += 1
    way = replace(
        way,
        mail=way.tally.mails,
        sender=mail.sender or way.sender,
        received_at=way.received_at or mail.received_at,
        mails=way.mails + 1,
    )
    if not mail.parts:
        into.refused.append(Left(way.place, "Thư không có tệp đính kèm nào", "Hãy hỏi lại người gửi"))
    for part in mail.parts:
        inner = way.into(part.name)
        if part.mail is not None and way.mails < _MOST_MAILS:
            _take_apart(part.mail, inner, into)
        elif part.mail is not None:
            into.refused.append(Left(inner.place, "Thư lồng trong thư quá nhiều lớp", "Hãy lưu riêng tệp cần nhận"))
        elif part.kind == "broken":
            into.refused.append(Left(inner.place, "Tệp đính kèm hỏng trên đường gửi", "Hãy đề nghị đơn vị gửi lại"))
        elif part.kind == "embedded":
            into.skipped.append(Left(inner.place, "Hình nằm trong lời thư"))
        elif part.kind == "signature":
            into.skipped.append(Left(inner.place, "Chữ ký số của thư"))
        else:
            _open(part.name, part.content, inner, into)


def _open_zip(content: bytes, way: _Way, into: Parcel) -> None:
    """The archive that was handed over is taken whole or not at all, for those within it too."""
    if way.zips:
        _unzip(content, way, into)
        return
    inside, before = Parcel(), (way.tally.entries, way.tally.size)
    try:
        _unzip(content, way, inside)
    except UnreadableFile as problem:
        way.tally.entries, way.tally.size = before
        place = problem.place if problem.place != way.place else ""
        within = f" ({place})" if place else ""
        into.refused.append(Left(way.place, f"{problem.message}{within}", problem.remedy))
    else:
        into.add(inside)


def _unzip(content: bytes, way: _Way, into: Parcel) -> None:
    """Raises UnreadableFile, with the place of the archive in question, for what is not to be opened."""
    way = replace(way, zips=way.zips + 1)
    if way.zips > MOST_LEVELS:
        raise UnreadableFile(
            f"Tệp nén lồng trong nhau quá {MOST_LEVELS} lớp", place=way.place, remedy="Hãy giải nén rồi nhận từng tệp"
        )
    damaged = UnreadableFile(
        "Tệp nén hỏng, hoặc nén theo kiểu không đọc được", place=way.place, remedy="Hãy đề nghị đơn vị gửi lại"
    )
    with _reading(damaged):
        archive = zipfile.ZipFile(io.BytesIO(content))
        if not _begins_at_once(content):
            raise damaged
        _refuse_risks(archive, way)
    for entry in archive.infolist():
        name = _entry_name(entry)
        parts = re.split(r"[/\\]", name)
        if entry.is_dir() or not parts[-1]:
            continue
        inner = way.into(name)
        if "__MACOSX" in parts:
            into.skipped.append(Left(inner.place, "Tệp phụ của máy tính, không phải báo cáo"))
            continue
        with _reading(damaged):
            unpacked = archive.read(entry)
        _open(name, unpacked, inner, into)  # a fault of ours in there must not pass for a damaged archive


@contextmanager
def _reading(damaged: UnreadableFile) -> Iterator[None]:
    """Whatever zipfile raises of bytes that are no sound archive means ``damaged``."""
    try:
        yield
    except _BROKEN_ARCHIVE as fault:
        raise damaged from fault


def _begins_at_once(content: bytes) -> bool:
    """Whether the list of contents is that of the whole: of half an archive, it may be that of a document within."""
    return min((e.header_offset for e in zipfile.ZipFile(io.BytesIO(content)).infolist()), default=0) == 0


def _refuse_risks(archive: zipfile.ZipFile, way: _Way) -> None:
    """Look at the list of contents before anything is unpacked. Raises UnreadableFile."""
    entries, tally, single = archive.infolist(), way.tally, "Hãy đề nghị đơn vị gửi riêng các biểu"
    tally.entries += len(entries)
    tally.size += sum(entry.file_size for entry in entries)
    if tally.entries > MOST_ENTRIES:
        count, most = number(tally.entries, 0), number(MOST_ENTRIES, 0)
        raise UnreadableFile(f"Tệp nén có {count} mục, quá giới hạn {most}", place=way.place, remedy=single)
    if tally.size > MOST_BYTES:
        most = number(MOST_BYTES / 1024**2, 0)
        raise UnreadableFile(f"Tệp nén khi mở ra lớn hơn {most} MB", place=way.place, remedy=single)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile(
            "Tệp nén có mật khẩu nên không mở được",
            place=way.place,
            remedy="Hãy đề nghị đơn vị gửi lại, không đặt mật khẩu",
        )
    for entry in entries:
        name = _entry_name(entry)
        if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
            raise UnreadableFile(
                f"Tệp nén có tên tệp trỏ ra ngoài thư mục (“{_printable(name)}”)",
                place=way.place,
                remedy="Hãy xem lại nguồn gửi; nếu tin được, hãy đề nghị đơn vị gửi riêng các biểu",
            )


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; without the mark for UTF-8 it may be that all the same, or Windows' Vietnamese code page."""
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    written = entry.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", written.decode(encoding))
        except UnicodeDecodeError:
            continue
    return entry.filename
