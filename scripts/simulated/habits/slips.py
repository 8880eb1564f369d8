"""Numbers that are wrong: as they were typed they are the truth of the file, and a check must speak."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scripts.simulated.fill import Filled, Number
from scripts.simulated.habits.choosing import SHARE, numbers

_RUN = 14  # rows of a column that was pasted one row too low


def _rewrite(kind: str, filled: Filled, chosen: list[Number], values: list[float]) -> None:
    changed = []
    for number, value in zip(chosen, values, strict=True):
        if value != number.cell.value:
            number.write(value)
            changed.append(number)
    filled.note(kind, "wrong", changed)


def _levels(filled: Filled) -> set[str]:
    return {c for c in filled.names if filled.catalogue.indicators[c].measure == "level"}


def _plain(number: Number) -> bool:
    return isinstance(number.cell.value, int | float)


def _steady(filled: Filled, code: str) -> bool:
    """Whether a row's numbers are large and near each other, so that one that is not stands out for anybody."""
    values = [n.cell.value for n in filled.numbers if n.code == code]
    plain = len(values) > 9 and all(isinstance(v, int | float) and v > 20 for v in values)
    return plain and max(values) < 2 * min(values)


def _rows(filled: Filled, draw: Random, fits: Callable[[str], bool]) -> set[str]:
    """Rows that a slip happens to once each: as many as make it a share of all numbers, half of those that fit at most,
    so that the others still tell what is usual."""
    taken = filled.taken()
    busy = {n.code for n in filled.numbers if id(n) in taken}
    free = [code for code in dict.fromkeys(n.code for n in filled.numbers) if code not in busy and fits(code)]
    wanted = min(round(SHARE * len(filled.numbers)), len(free) // 2)
    return set(draw.sample(free, max(min(3, len(free)), wanted)))


def wrong_unit(filled: Filled, draw: Random) -> None:
    """A number in thousands or millions of the unit that its row declares."""
    rows = _rows(filled, draw, lambda c: c in _levels(filled) and _steady(filled, c))
    chosen = [n for n in filled.numbers if n.code in rows and n.kind != "target"]
    chosen = [next(n for n in chosen if n.code == code) for code in sorted(rows)]
    _rewrite("wrong_unit", filled, chosen, [round(n.cell.value * 1000, 3) for n in chosen])


def fraction(filled: Filled, draw: Random) -> None:
    """A ratio under a % sign: 0,824 for 82,4."""
    rows = _rows(filled, draw, lambda c: filled.unit_of(c) == "%" and _steady(filled, c))
    chosen = [next(n for n in filled.numbers if n.code == code and n.kind == "actual") for code in sorted(rows)]
    for number in chosen:
        number.cell.number_format = "General"
    _rewrite("fraction", filled, chosen, [round(n.cell.value / 100, 6) for n in chosen])


def index(filled: Filled, draw: Random) -> None:
    """An index for a growth: 106,5 for 6,5."""
    growing = {c for c in filled.names if filled.catalogue.indicators[c].measure == "growth"}
    chosen = [
        n for n in filled.numbers if n.code in growing and n.kind == "actual" and _plain(n) and 0 < n.cell.value < 40
    ][:12]
    _rewrite("index", filled, chosen, [round(n.cell.value + 100, 3) for n in chosen])


def slid(filled: Filled, draw: Random) -> None:
    """A column pasted one row too low over a run of rows."""
    column = next(n.cell.column for n in filled.numbers if n.kind == "actual" and n.period == "2018")
    run = [n for n in filled.numbers if n.cell.column == column and _plain(n)]
    start = draw.randrange(0, max(1, len(run) - _RUN))
    chosen = run[start : start + _RUN]
    _rewrite("slid", filled, chosen[1:], [n.cell.value for n in chosen[:-1]])


def outlier(filled: Filled, draw: Random) -> None:
    """One year far off the others, by a digit struck twice."""
    rows = _rows(filled, draw, lambda c: _steady(filled, c) and filled.unit_of(c) != "%")
    chosen = [next(n for n in filled.numbers if n.code == code and n.period == "2018") for code in sorted(rows)]
    values = [float(f"{str(n.cell.value)[0]}{n.cell.value}") for n in chosen]
    _rewrite("outlier", filled, chosen, values)


def zeroed(filled: Filled, draw: Random) -> None:
    """Blanks that a program filled with zeros."""
    rows = _rows(filled, draw, lambda c: _steady(filled, c))
    chosen = [next(n for n in filled.numbers if n.code == code and n.period == "2017") for code in sorted(rows)]
    _rewrite("zeroed", filled, chosen, [0 for _ in chosen])


def as_target(filled: Filled, draw: Random) -> None:
    """Estimates copied from the targets to the last digit."""
    targets = {n.code: n.cell.value for n in filled.numbers if "-" in n.period and _plain(n)}
    chosen = [n for n in numbers(filled, draw, lambda n: n.kind == "estimate") if n.code in targets]
    _rewrite("as_target", filled, chosen, [targets[n.code] for n in chosen])


def wrong_total(filled: Filled, draw: Random) -> None:
    """Totals that are not what their parts add up to."""
    held = {n.code for n in filled.numbers}
    wholes = [c for c in held if (parts := filled.catalogue.expected(c).parts) and held.issuperset(parts)]
    chosen = numbers(filled, draw, lambda n: n.code in wholes and n.kind == "actual" and n.cell.value > 50)
    _rewrite("wrong_total", filled, chosen, [round(n.cell.value * 1.12) for n in chosen])
