"""Change the cells of real sheets and read their tables: a closed account, never a crash, never a hang.

    python scripts/fuzz_grids.py --minutes 10 [--seed 1] [FOLDER …]

Without folders the workbooks of data/raw and, where it is there, of ../shared/corpus/open are taken. A sheet that
breaks the reader is named with its seed; then the exit code is 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path

from planreview.errors import UnreadableFile
from planreview.reading import read_sheet
from planreview.reading.listing import listing
from planreview.workbooks import GridCell, Sheet, read_workbook_safely

ROOT = Path(__file__).parents[1]
_PLACES = (ROOT / "data/raw", ROOT.parent / "shared/corpus/open")
_MOST_CELLS = 6000  # larger sheets take long and teach nothing more
_TOO_LONG = 5.0  # seconds of the processor
_FATES = {
    *("value", "label", "header", "unit", "ordinal", "title", "note", "derived", "blank_mark", "unmatched", "rejected")
}
_ODD = (
    *(0, -1, 1e300, 5e-324, float("inf"), float("nan"), 2020, 2016, True, 10**30, dt.date(2020, 6, 30), dt.time(7)),
    *("", "-", "x", "…", "1.234", "1,5", "12,5%", "2016-2020", "trên 5", "từ 1 đến 2", "Năm", "Năm 2020", "TH 2019"),
    *("STT", "Chỉ tiêu", "ĐVT", "tỷ đồng", '"', "Trong đó:", "I", "1.1", "- ", "(1)", "3=1+2", "(Tiếp theo)", "%"),
    *("Đơn vị tính: %", "§¬n vÞ tÝnh", "\u00ad", "\u200b", "A" * 3000, "0" * 400, "1" + "." * 50, "(" * 200, "9" * 50),
)


def mutant(sheet: Sheet, chance: random.Random) -> Sheet:
    """The sheet with some cells lost, moved, swapped, changed or put in; rows and columns shifted; areas merged."""
    cells, merges = dict(sheet.cells), dict(sheet.merges)
    for _ in range(chance.choice((1, 2, 5, 20, 60))):
        if not cells:
            break
        place = chance.choice(list(cells))
        cell = cells[place]
        match chance.randrange(7):
            case 0:
                del cells[place]
            case 1:
                _put(cells, cell, chance.choice(_ODD))
            case 2:
                other = chance.choice(list(cells))
                first, second = cells[place], cells[other]
                cells[place], cells[other] = _at(second, place), _at(first, other)
            case 3:
                _put(cells, _at(cell, (chance.randrange(1, 60), chance.randrange(1, 40))), chance.choice(_ODD))
            case 4:
                cells = _shifted(cells, chance, rows=True)
            case 5:
                cells = _shifted(cells, chance, rows=False)
            case _:
                covered = [(place[0] + r, place[1] + c) for r in range(chance.randrange(1, 4)) for c in range(3)]
                merges |= {p: place for p in covered if p not in cells or p == place}
    merges = {p: anchor for p, anchor in merges.items() if anchor in cells and (p == anchor or p not in cells)}
    return Sheet(sheet.name, sheet.hidden, cells, merges)


def _put(cells: dict, cell: GridCell, value: object) -> None:
    if value == "":
        return
    error = isinstance(value, float) and value != value
    cells[cell.row, cell.column] = replace(
        cell, value=None if error else value, raw="#N/A" if error else str(value), runs=()
    )


def _at(cell: GridCell, place: tuple[int, int]) -> GridCell:
    return replace(cell, row=place[0], column=place[1])


def _shifted(cells: dict, chance: random.Random, *, rows: bool) -> dict:
    """Everything from some row or column on one further, or nearer over what stood there."""
    start = chance.choice(list(cells))[0 if rows else 1]
    by = chance.choice((-1, 1, 1, 2))
    moved = {}
    for (row, column), cell in cells.items():
        at = (row + by if rows and row >= start else row, column + by if not rows and column >= start else column)
        if min(at) > 0:
            moved[at] = _at(cell, at)
    return moved


def fault_of(sheet: Sheet) -> str:
    """What is wrong with the account of a sheet, '' where nothing is."""
    try:
        account = read_sheet(sheet)
        ledger = listing([account], ledger=True)
    except Exception:
        return traceback.format_exc(limit=-4)
    if len(ledger) != len(sheet.cells) or set(account.fates) != set(sheet.cells):
        return f"{len(sheet.cells)} cells, {len(ledger)} rows in the ledger, {len(account.fates)} fates"
    if strange := set(ledger["fate"]) - _FATES:
        return f"fates {strange}"
    lost = [p for p, (fate, _) in account.fates.items() if fate == "value" and p not in account.items]
    return f"values without an item: {lost[:3]}" if lost else ""


def sheets_of(folders: list[Path]) -> list[Sheet]:
    found = []
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.is_file()):
        try:
            found += read_workbook_safely(path.read_bytes()).sheets
        except UnreadableFile:
            continue
    return [sheet for sheet in found if 0 < len(sheet.cells) <= _MOST_CELLS]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folders", nargs="*", type=Path, default=[p for p in _PLACES if p.is_dir()])
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    sheets = sheets_of(chosen.folders)
    faults: Counter[str] = Counter()
    slowest, done = 0.0, 0
    until = time.monotonic() + chosen.minutes * 60
    while time.monotonic() < until:
        seed = chosen.seed * 1_000_000 + done
        chance = random.Random(seed)
        sheet = mutant(chance.choice(sheets), chance)
        began = time.process_time()
        fault = fault_of(sheet)
        took = time.process_time() - began
        slowest = max(slowest, took)
        if took > _TOO_LONG:
            fault = f"{took:.0f} s"
        if fault:
            faults[fault] += 1
            if faults[fault] == 1:
                print(f"seed {seed}, sheet “{sheet.name}”: {fault}")
        done += 1
    print(f"{done} sheets of {len(sheets)} kinds, slowest {slowest:.1f} s, {sum(faults.values())} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
