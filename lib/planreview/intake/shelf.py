"""Where received files are put: a unit's folder of a round, and the log that says what came when."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from planreview import store
from planreview.catalogue.reference import read_csv
from planreview.errors import PlanReviewError
from planreview.intake.parcels import base_name

_COLUMNS = ["stored_path", "received_at", "sender", "original_name", "sha256", "unit_code"]
_MOST_CHARACTERS = 120
_MOST_BYTES = 200  # file systems take 255, and a number may come behind
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|thumbs\.db)(?:\.|$)", re.I)


@dataclass(frozen=True)
class Logged:
    """A line of received.csv."""

    stored_path: str
    received_at: str
    sender: str
    original_name: str
    sha256: str
    unit_code: str


class Shelf:
    """The folders of one round under ``raw`` and its received.csv, which only ever grows."""

    def __init__(self, raw: Path, round_code: str) -> None:
        """Raises ReferenceDataError where received.csv cannot be read as a table."""
        self._raw, self._round = raw, round_code
        self._log = raw / round_code / "received.csv"
        known = read_csv(self._log, " ".join(_COLUMNS), optional=True)
        self._known = {(r["unit_code"], r["sha256"]): r["stored_path"] for r in known.to_dict("records")}
        self._paths = set(known["stored_path"])

    def known(self, unit_code: str, content: bytes) -> str:
        """Where the same content of a unit was put before, '' where it is new."""
        return self._known.get((unit_code, hashlib.sha256(content).hexdigest()), "")

    def holds(self, stored_path: str) -> bool:
        """Whether there still is a file where the log says."""
        return (self._raw / stored_path).is_file()

    def put(self, unit_code: str, name: str, content: bytes, *, received_at: str, sender: str) -> Logged:
        """Store a file that is not ``known`` and write its line. Never overwrites.

        Raises PlanReviewError where the disk or another program does not let us.
        """
        digest = hashlib.sha256(content).hexdigest()
        try:
            path = self._place(self._folder(unit_code), safe_name(name), content)
            stored_path = path.relative_to(self._raw).as_posix()
            line = Logged(stored_path, received_at, _one_line(sender), _one_line(name), digest, unit_code)
            self._append(line)
        except OSError as failure:
            raise PlanReviewError(
                f"Không ghi được vào thư mục số liệu nhận về ({failure.strerror})",
                place=str(failure.filename or self._log),
                remedy="Hãy đóng tệp này nếu đang mở, kiểm tra chỗ trống của ổ đĩa, rồi chạy lại đúng lệnh này",
            ) from None
        self._known[unit_code, digest] = stored_path
        self._paths.add(stored_path)
        return line

    def _folder(self, unit_code: str) -> Path:
        """The unit's folder, which somebody may have named ``101 Huyện A``."""
        own = self._raw / self._round / unit_code
        there = store.unit_folders(self._raw).get((self._round, unit_code), []) if self._raw.is_dir() else []
        folder = own if own in there or not there else there[0]
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _place(self, folder: Path, name: str, content: bytes) -> Path:
        """Write under the first free name; a file of that name and content is one whose line was not written yet."""
        temporary = folder / f".nhan-{os.getpid()}.tmp"
        temporary.write_bytes(content)
        try:
            for candidate in _numbered(name):
                # a name that differs in capitals only is the same file on other systems
                taken = {unicodedata.normalize("NFC", p.name).casefold(): p for p in folder.iterdir()}
                same = taken.get(candidate.casefold())
                if same is not None and same.is_file() and same.read_bytes() == content and not self._is_logged(same):
                    return same
                if same is None and _rename_new(temporary, folder / candidate):
                    return folder / candidate
            raise AssertionError("numbers do not end")
        finally:
            temporary.unlink(missing_ok=True)

    def _is_logged(self, path: Path) -> bool:
        return path.relative_to(self._raw).as_posix() in self._paths

    def _append(self, line: Logged) -> None:
        """One line at the end, in the order of the columns that the log has."""
        written = self._log.read_text("utf-8-sig") if self._log.exists() else ""
        columns = [c.strip() for c in next(csv.reader(written.splitlines()), _COLUMNS)]
        with self._log.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            if not written:
                writer.writeheader()
            elif not written.endswith("\n"):
                file.write("\n")
            writer.writerow(asdict(line))


def _rename_new(source: Path, target: Path) -> bool:
    """Rename, but never over something else. Returns whether it was done."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if target.exists():
            return False
        source.rename(target)
    return True


def _numbered(name: str) -> Iterator[str]:
    """``a.xlsx``, ``a (2).xlsx``, ``a (3).xlsx`` …"""
    yield name
    stem, dot, suffix = name.rpartition(".")
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{suffix}" if stem else f"{name} ({number})"
        number += 1


def safe_name(name: str) -> str:
    """A name that any system can hold, whatever somebody called the file: NFC, no part of a path, nothing invisible.

    >>> safe_name("../../biểu?.xlsx")
    'biểu_.xlsx'
    """
    name = _one_line(base_name(name))
    name = re.sub(r'[<>:"|?*]', "_", name)
    while name != (shorter := name.strip().removeprefix("~$").lstrip(".").rstrip(". ")):
        name = shorter
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    suffix = suffix[:10]
    most = _MOST_CHARACTERS - len(dot + suffix)
    stem = stem[:most].encode()[: _MOST_BYTES - len((dot + suffix).encode())].decode(errors="ignore").rstrip(". ")
    return f"{stem or 'tep'}{dot}{suffix}"


def _one_line(text: str) -> str:
    """NFC without what cannot be seen: line ends, direction marks, halves of characters."""
    seen = (" " if c.isspace() else c for c in text)
    return unicodedata.normalize("NFC", "".join(c for c in seen if unicodedata.category(c)[0] != "C")).strip()
