"""Reading workbooks into values and a ledger, beside what pandas takes merely to load them; all in one run.

python benchmarks/reading.py FOLDER [--memory COUNT] [--profile]

Each side reads every workbook once in one process of its own; ours has beside it the worker that opens files, whose
time and memory count. The sides take turns, a few workbooks each, so that what else the machine does meets both: the
ratio is the median over the turns, with the least and the greatest. ``--memory``: so many workbooks one after another
in one process. ``--profile``: where our time goes.
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
from statistics import median

import pandas as pd
import psutil

from planreview.reading.files import read_file

MEGABYTE = 1024 * 1024
TURN = 5  # workbooks that a side reads at a time


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


class Process:
    """A process of one side, which measures what it is told to read."""

    def __init__(self, side: str) -> None:
        command = [sys.executable, __file__, "--side", side]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.took: list[dict[str, float]] = []  # of each turn

    def begin(self, files: list[Path]) -> None:
        self._process.stdin.write(json.dumps([str(file) for file in files]) + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        self.took.append(json.loads(self._process.stdout.readline()))

    def total(self, what: str) -> float:
        return sum(turn[what] for turn in self.took)

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.wait()


def serve(side: str) -> None:
    """Measure what each line of the input names, until it ends."""
    for line in sys.stdin:
        print(json.dumps(measure(side, [Path(file) for file in json.loads(line)])), flush=True)


def by_turns(files: list[Path]) -> dict[str, Process]:
    """Both sides read all files, a few at a time."""
    sides = {side: Process(side) for side in READERS}
    for first in range(0, len(files), TURN):
        for process in sides.values():
            process.begin(files[first : first + TURN])
            process.end()
    for process in sides.values():
        process.stop()
    return sides


def together(files: list[Path], count: int) -> float:
    """Seconds that so many processes of ours take which run at once, each with its share of the files."""
    processes = [Process("ours") for _ in range(count)]
    for number, process in enumerate(processes):
        process.begin(files[number::count])
    for process in processes:
        process.end()
        process.stop()
    return max(process.total("seconds") for process in processes)


def profile(files: list[Path]) -> None:
    watched = cProfile.Profile()
    watched.runcall(measure, "ours", files)
    pstats.Stats(watched).sort_stats("tottime").print_stats(25)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--side", choices=READERS)
    options.add_argument("--memory", type=int, default=0)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    if chosen.side:
        serve(chosen.side)
        return
    files = sorted(chosen.folder.glob("*.xlsx"))
    if chosen.profile:
        profile(files[:10])
        return
    if chosen.memory:
        print("memory in MB, from first to last:", measure("ours", (files * chosen.memory)[: chosen.memory])["memory"])
        return
    sides = by_turns(files)
    for side, process in sides.items():
        seconds, processor = process.total("seconds"), process.total("processor")
        rate = 1e6 * processor / process.total("cells")
        print(f"{side:7} {seconds:6.1f} s, processor {processor:6.1f} s, {rate:.1f} µs a cell")
    for what, name in (("seconds", "by the clock"), ("processor", "by the processor")):
        pairs = zip(sides["pandas"].took, sides["ours"].took, strict=True)
        ratios = [theirs[what] / ours[what] for theirs, ours in pairs]
        print(f"pandas / ours {name}: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    alone, two = sides["ours"].total("seconds"), together(files, 2)
    print(f"ours on two processes: {two:.1f} s, {alone / two:.2f} times as fast")


if __name__ == "__main__":
    main()
