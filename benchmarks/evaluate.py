"""Cost of judging against the number of areas: ``python benchmarks/evaluate.py [areas …]``.

Made-up figures of every area for 270 indicators and ten years, a target of each of the two plans, some years missing.
Each size runs in a process of its own; printed: seconds of judging, by the clock and of CPU, and the process's peak
memory with the figures, and with the results too.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from planreview.catalogue import Catalogue
from planreview.evaluate import evaluate

ROOT = Path(__file__).parents[1]
SIZES = (100, 1_000, 10_000)
INDICATORS, YEARS = 270, 10


def figures(areas: int, catalogue: Catalogue, *, seed: int = 1) -> pd.DataFrame:
    """Rows as of the table ``figures`` (the columns that judging reads), text as categories."""
    cycle = catalogue.default_cycle
    random = np.random.default_rng(seed)
    codes = list(catalogue.indicators)[:INDICATORS]
    years = [str(cycle.baseline_year + n) for n in range(YEARS)]
    goals = [(cycle.review_last, cycle.main_plans[0]), (cycle.plan_last, cycle.next_plans[0])]
    n = areas * INDICATORS * (YEARS + len(goals))
    area, indicator, step = np.unravel_index(np.arange(n, dtype=np.int32), (areas, INDICATORS, YEARS + len(goals)))
    period = np.concatenate(
        [np.arange(YEARS), [years.index(str(year)) if str(year) in years else YEARS for year, _ in goals]]
    )
    is_goal = step >= YEARS
    start = random.uniform(1, 500, areas * INDICATORS).astype(np.float32)[area * INDICATORS + indicator]
    value = np.round(start * (1 + 0.05 * np.minimum(step, YEARS)) * random.uniform(0.9, 1.1, n), 1)
    plans = [plan for _, plan in goals]
    words = ["", *dict.fromkeys(plans)]
    plan = np.array([0] * YEARS + [words.index(p) for p in plans], np.int8)
    nothing, one = np.full(n, np.nan), np.zeros(n, np.int8)

    def text(numbers: np.ndarray, words: list[str]) -> pd.Categorical:
        return pd.Categorical.from_codes(numbers, words)

    data = pd.DataFrame(
        {
            "provenance": text(one, ["submitted"]),
            "area_code": text(area.astype(np.int16), [f"{a:05d}" for a in range(areas)]),
            "indicator_code": text(indicator.astype(np.int16), codes),
            "period": text(period[step].astype(np.int8), [*years, str(cycle.plan_last)]),
            "kind": text(np.where(is_goal, 1, 0).astype(np.int8), ["actual", "target"]),
            "plan": text(plan[step], words),
            "act": text(one, [""]),
            "qualifier": text(one, [""]),
            "round": text(one, [next(iter(catalogue.rounds))]),
            "selection_rule": text(one, ["only"]),
            "value": value,
            "value_upper": nothing,
            "digits": np.ones(n, np.int8),
            "min": value,
            "max": value,
            "figure_id": pd.Series(np.arange(n)).astype("str"),
        },
        copy=False,
    )
    return data[random.random(n) > 0.05]


def measure(areas: int) -> None:
    """One size, one line."""
    catalogue = Catalogue(ROOT / "data/reference")
    data = figures(areas, catalogue)
    last = list(catalogue.rounds)[-1]
    process = psutil.Process()
    held = process.memory_info().rss
    began, worked = time.perf_counter(), time.process_time()
    results = evaluate(data, catalogue, catalogue.default_cycle, as_of=last)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    peak = _peak(process)
    print(
        f"{areas:>7} areas  {len(data):>10} figures  {len(results):>9} results  {seconds:7.1f} s  {worked:7.1f} s CPU  "
        f"{worked / areas * 1000:6.2f} s CPU/1000 areas  {held / 2**30:5.2f} GB figures  {peak / 2**30:5.2f} GB peak",
        flush=True,
    )


def _peak(process: psutil.Process) -> int:
    """The most memory that the process held; where the system does not tell, what it holds now."""
    try:
        import resource
    except ImportError:
        return getattr(process.memory_info(), "peak_wset", process.memory_info().rss)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        for size in map(int, sys.argv[1:] or SIZES):
            subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)
