"""Cleaning workbooks, from the file to the tables of observations, ledger and issues, beside what pandas takes merely
to load them; both on two processes, in one run.

python benchmarks/cleaning.py FOLDER

Each workbook of FOLDER is the submission of one unit. The names of most of its lines are in no catalogue, which is the
worst case: for each of them the nearest names are looked for.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.pipeline import clean_units
from planreview.project import Project

ROOT = Path(__file__).resolve().parents[1]
ROUND, PROCESSES = "2020-11", 2


def load(file: Path) -> int:
    """What pandas takes for granted: the cells that hold anything."""
    frames = pd.read_excel(file, engine="openpyxl", sheet_name=None).values()
    return sum(int(frame.count().sum()) for frame in frames)


def pandas_loads(files: list[Path]) -> tuple[float, int]:
    """Seconds and cells."""
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        cells = sum(pool.map(load, files))
    return time.perf_counter() - began, cells


def ours_cleans(files: list[Path], folder: Path) -> tuple[float, int]:
    """Seconds, from the command's own function to all parts written, and cells in the ledger."""
    units = [unit.code for unit in Catalogue.of(ROOT / "data/reference").units.values() if unit.parent]
    for number, file in enumerate(files):
        place = folder / "raw" / ROUND / units[number % len(units)]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place / file.name)
    project = Project.find(start=ROOT, raw=folder / "raw", processed=folder / "processed")
    began = time.perf_counter()
    done = clean_units(project, jobs=PROCESSES)
    seconds = time.perf_counter() - began
    done.raise_failures()
    return seconds, len(tables.read("ledger", project.processed / "ledger"))


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.xlsx"))
    with tempfile.TemporaryDirectory() as folder:
        ours, cells = ours_cleans(files, Path(folder))
    theirs, loaded = pandas_loads(files)
    for name, seconds, count in (("clean", ours, cells), ("pandas", theirs, loaded)):
        print(f"{name:7} {seconds:6.1f} s, {1e6 * seconds / count:.1f} µs a cell ({count:,} cells)")
    print(f"pandas / clean on {PROCESSES} processes: {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
