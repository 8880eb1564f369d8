"""Reading workbooks into values and a ledger, beside what pandas takes merely to load them; all in one run.

python benchmarks/reading.py FOLDER [--memory COUNT] [--profile]

Each side reads every workbook once in a process of its own; ours has beside it the worker that opens files, whose
time and memory count. ``--memory``: so many workbooks one after another in one process. ``--profile``: where our
time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import psutil

from planreview.reading.files import read_file

MEGABYTE = 1024 * 1024


def read_ours(file: Path) -> int:
    ledger = read_file(file, ledger=True).table
    assert (ledger["fate"] == "value").sum() > 0.5 * len(ledger), f"{file}: hardly a value was read"
    return len(ledger)


def read_pandas(file: Path) -> int:
    return sum(int(frame.count().sum()) for frame in pd.read_excel(file, engine="openpyxl", sheet_name=None).values())


READERS = {"ours": read_ours, "pandas": read_pandas}


def _spent() -> tuple[float, int]:
    """Processor time and memory of this process and those it started."""
    me = psutil.Process()
    family = [me, *me.children(recursive=True)]
    return sum(sum(p.cpu_times()[:2]) for p in family), sum(p.memory_info().rss for p in family)


def measure(side: str, files: list[Path]) -> dict[str, float]:
    """Seconds, processor seconds, cells and memory (MB, after each twentieth of the files) of one side."""
    memory, cells = [], 0
    wall, (before, _) = time.perf_counter(), _spent()
    for number, file in enumerate(files):
        cells += READERS[side](file)
        if (number + 1) % max(1, len(files) // 20) == 0:
            memory.append(round(_spent()[1] / MEGABYTE))
    return {
        "seconds": time.perf_counter() - wall,
        "processor": _spent()[0] - before,
        "cells": cells,
        "memory": memory,
    }


def in_processes(side: str, files: list[Path], count: int) -> list[dict[str, float]]:
    """Each process measures its share of the files; all run at once."""
    shares = [files[n::count] for n in range(count)]
    started = [
        subprocess.Popen([sys.executable, __file__, "--side", side, *map(str, share)], stdout=subprocess.PIPE)
        for share in shares
    ]
    return [json.loads(process.communicate()[0]) for process in started]


def profile(files: list[Path]) -> None:
    watched = cProfile.Profile()
    watched.runcall(measure, "ours", files)
    pstats.Stats(watched).sort_stats("tottime").print_stats(25)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("places", nargs="+", type=Path)
    options.add_argument("--side", choices=READERS)
    options.add_argument("--memory", type=int, default=0)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    if chosen.side:
        print(json.dumps(measure(chosen.side, chosen.places)))
        return
    files = sorted(chosen.places[0].glob("*.xlsx"))
    if chosen.profile:
        profile(files[:10])
        return
    if chosen.memory:
        print("memory in MB, from first to last:", measure("ours", (files * chosen.memory)[: chosen.memory])["memory"])
        return
    alone = {side: in_processes(side, files, 1)[0] for side in READERS}
    for side, took in alone.items():
        rate = 1e6 * took["processor"] / took["cells"]
        print(f"{side:7} {took['seconds']:6.1f} s, processor {took['processor']:6.1f} s, {rate:.1f} µs a cell")
    ratios = [alone["pandas"][what] / alone["ours"][what] for what in ("seconds", "processor")]
    print(f"pandas / ours: {ratios[0]:.2f} by the clock, {ratios[1]:.2f} by the processor")
    together = max(took["seconds"] for took in in_processes("ours", files, 2))
    print(f"ours on two processes: {together:.1f} s, {alone['ours']['seconds'] / together:.2f} times as fast")


if __name__ == "__main__":
    main()
