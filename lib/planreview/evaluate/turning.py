"""When did a series turn? The year from which it went the other way, where it turned once and only once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

ENOUGH = 4  # yearly steps: of fewer any wobble would look like a turn


def turning_year(values: Mapping[int, float]) -> int | None:
    """The year of the highest or lowest value between a rise and a fall, or a fall and a rise; None where consecutive
    years to the latest one do not show exactly one turn in ENOUGH steps or more, or where a step stands still."""
    years = sorted(values)
    run = years[-1:]
    for year in reversed(years[:-1]):
        if year != run[0] - 1:
            break
        run.insert(0, year)
    steps = [values[b] - values[a] for a, b in pairwise(run)]
    if len(steps) < ENOUGH or any(step == 0 for step in steps):
        return None
    turns = [run[n + 1] for n, (a, b) in enumerate(pairwise(steps)) if (a > 0) != (b > 0)]
    return turns[0] if len(turns) == 1 else None
