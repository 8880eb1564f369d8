"""Cleaning workbooks, from the file to the tables of observations, ledger and issues, beside what pandas takes merely
to load them; both on two processes, in one run.

python benchmarks/cleaning.py FOLDER... [--turns COUNT]

Each workbook of a FOLDER is the submission of one unit. Both sides clean or load all of them in turns, and of each the
quickest turn counts: what else runs on the machine decides nothing. Lines whose names are in no catalogue are the worst
case for matching, for each of them the nearest names are looked for; lines of the catalogue become observations, which
are compared with each other.
"""

from __future__ import annotations

import argparse
import shutil
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


def compare(files: list[Path], turns: int) -> None:
    """Print the quickest turn of both sides, and how they compare."""
    sides = {"clean": [], "pandas": []}
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as folder:
            sides["clean"].append(ours_cleans(files, Path(folder)))
        sides["pandas"].append(pandas_loads(files))
    best = {name: min(took) for name, took in sides.items()}
    for name, (seconds, count) in best.items():
        print(f"{name:7} {seconds:6.1f} s, {1e6 * seconds / count:.1f} µs a cell ({count:,} cells)")
    print(f"pandas / clean on {PROCESSES} processes: {best['pandas'][0] / best['clean'][0]:.2f}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--turns", type=int, default=3)
    chosen = options.parse_args()
    for folder in chosen.folders:
        files = sorted(folder.glob("*.xlsx"))
        print(f"{folder.name}, {len(files)} workbooks")
        compare(files, chosen.turns)


if __name__ == "__main__":
    main()
