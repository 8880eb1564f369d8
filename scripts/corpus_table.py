"""Read every file of a folder and print what came of it: outcome, seconds, and memory at its highest.

    python scripts/corpus_table.py [../shared/corpus/torture]

Passwords are taken from INDEX.csv beside the folder, where there is one. Memory is that of both processes together.
"""

from __future__ import annotations

import csv
import sys
import threading
import time
from pathlib import Path

import psutil

from planreview.errors import UnreadableFile
from planreview.workbooks import read_workbook_safely

ROOT = Path(__file__).parents[1]
_LOOK = 0.01  # seconds between looks at the memory


class Peak:
    """The most memory that this process and its children held since ``start``, in MB."""

    def __init__(self) -> None:
        self._most = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self) -> None:
        self._most = 0

    def read(self) -> int:
        self._look()
        return self._most >> 20

    def _watch(self) -> None:
        while True:
            self._look()
            time.sleep(_LOOK)

    def _look(self) -> None:
        try:
            this = psutil.Process()
            held = sum(process.memory_info().rss for process in (this, *this.children()))
        except psutil.Error:
            return
        self._most = max(self._most, held)


def outcome(content: bytes, password: str | None) -> str:
    """The kind of file with its sheets and cells, or the issue."""
    try:
        book = read_workbook_safely(content, password)
    except UnreadableFile as issue:
        return f"issue: {issue.message} ({issue.place})" if issue.place else f"issue: {issue.message}"
    cells = sum(len(sheet.cells) for sheet in book.sheets)
    notes = "".join(f", {code}" for code in dict.fromkeys(note.code for note in book.notes))
    return f"{book.kind}: {len(book.sheets)} sheets, {cells} cells{notes}"


def passwords(folder: Path) -> dict[Path, str]:
    """Path → password, of the files that INDEX.csv knows one for."""
    index = folder.parent / "INDEX.csv"
    if not index.exists():
        return {}
    with index.open(encoding="utf-8-sig", newline="") as file:
        return {index.parent / row["file"]: row["password_if_known"].split(" ")[0] for row in csv.DictReader(file)}


def main() -> int:
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/corpus/torture").resolve()
    if not folder.is_dir():
        print(f"no folder {folder}")
        return 2
    known, peak = passwords(folder), Peak()
    print("file\tseconds\tMB\toutcome")
    slowest, largest = 0.0, 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        peak.start()
        began = time.monotonic()
        what = outcome(content, known.get(path) or None)
        took, held = time.monotonic() - began, peak.read()
        slowest, largest = max(slowest, took), max(largest, held)
        print(f"{path.relative_to(folder)}\t{took:.2f}\t{held}\t{what}", flush=True)
    print(f"slowest {slowest:.2f} s, most memory {largest} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
