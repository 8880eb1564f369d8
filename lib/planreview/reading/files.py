"""``planreview read``: one file into values, a ledger and a page that shows what was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planreview.errors import UnreadableFile, UsageError
from planreview.memory import without_cycle_search
from planreview.reading.account import Account
from planreview.reading.listing import check_name, listing, write
from planreview.reading.sheets import read_sheet
from planreview.reading.show import page
from planreview.workbooks import Workbook, read_workbook_safely

_ISSUE_FATES = ("rejected", "unmatched")
_SAID = 10  # so many problem cells are told on the terminal; the ledger and the page tell all


@dataclass
class FileReading:
    """What came of one file. ``problem`` is why it could not be read, '' where it was."""

    file: Path
    table: pd.DataFrame
    accounts: list[Account] = field(default_factory=list)
    problem: str = ""
    out: Path | None = None
    show: Path | None = None
    notes: list[str] = field(default_factory=list)

    def fates(self) -> dict[str, int]:
        """Cells by fate; their sum is the number of non-empty cells."""
        counted = Counter(a.fate(c)[0] for a in self.accounts for c in a.sheet.cells.values())
        return dict(counted.most_common())

    def issues(self) -> list[dict[str, str]]:
        """The cells that could not be read with certainty: sheet, cell, raw, why."""
        return [
            {"sheet": a.sheet.name, "cell": c.address, "raw": c.raw, "why": a.fate(c)[1]}
            for a in self.accounts
            for c in a.sheet.cells.values()
            if a.fate(c)[0] in _ISSUE_FATES
        ]

    def lines(self) -> list[str]:
        """The same in Vietnamese, for the terminal."""
        if self.problem:
            return [self.problem]
        fates, issues = self.fates(), self.issues()
        values = fates.get("value", 0) + fates.get("derived", 0)
        said = [*(f"Lưu ý: {note}" for note in self.notes)]
        said.append(
            f"Đã đọc {self.file.name}: {len(self.accounts)} trang tính, {sum(fates.values())} ô có nội dung, "
            f"{values} số có tên, {len(issues)} ô không đọc được chắc chắn"
        )
        said += [f"  {i['sheet']}!{i['cell']} “{i['raw'][:40]}”: {i['why']}" for i in issues[:_SAID]]
        if len(issues) > _SAID:
            said.append(f"  … và {len(issues) - _SAID} ô nữa: xem bằng --show hoặc --ledger")
        said += [f"Đã ghi: {path}" for path in (self.out, self.show) if path]
        return said

    def summary(self) -> dict[str, object]:
        """For --json."""
        return {
            "file": str(self.file),
            "readable": not self.problem,
            "problem": self.problem,
            "sheets": len(self.accounts),
            "cells": sum(self.fates().values()),
            "fates": self.fates(),
            "issues": self.issues(),
            "notes": self.notes,
            "out": str(self.out or ""),
            "show": str(self.show or ""),
        }


def _accounts(workbook: Workbook, kept: list[Account]) -> Iterator[Account]:
    """Read sheet by sheet: all that is done with one is done before the next is unpacked."""
    for sheet in workbook.sheets:
        kept.append(read_sheet(sheet))
        yield kept[-1]


@without_cycle_search()
def read_file(
    file: Path, *, out: Path | None = None, ledger: bool = False, show: Path | None = None, password: str | None = None
) -> FileReading:
    """Read a file and write what is asked for. A file that cannot be read is data: its table is empty, and it is said.

    Raises UsageError where there is no such file or the output's name says no kind that we write.
    """
    check_name(out)
    if not file.is_file():
        raise UsageError("Không có tệp này", place=str(file), remedy="Hãy kiểm tra lại đường dẫn")
    try:
        workbook = read_workbook_safely(file.read_bytes(), password)
    except UnreadableFile as failure:
        done = FileReading(file, listing([], ledger=ledger), problem=f"{file.name}: {failure}")
    else:
        accounts: list[Account] = []
        done = FileReading(file, listing(_accounts(workbook, accounts), ledger=ledger), accounts)
        done.notes = [f"{n.message}{f' ({n.sheet})' if n.sheet else ''}. {n.remedy}".strip() for n in workbook.notes]
    if out is not None:
        write(done.table, out)
        done.out = out
    if show is not None:
        show.parent.mkdir(parents=True, exist_ok=True)
        show.write_text(page(file.name, done.accounts, done.problem), encoding="utf-8", newline="\n")
        done.show = show
    return done
