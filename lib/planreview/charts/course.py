"""What path.py draws: one indicator's values over the years, and its targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planreview.catalogue.texts import number
from planreview.charts.canvas import clean, finite


@dataclass(frozen=True)
class Point:
    """The value of one year; None is missing. ``text`` as printed where it is labelled (else the number)."""

    year: int
    value: float | None
    estimate: bool = False
    text: str = ""


@dataclass(frozen=True)
class PlanTarget:
    """A target and whose it is.

    value, upper:  with ``upper`` a range; value None for a target in words, which is only listed.
    text:          as printed ("trên 26,5"); empty = the numbers.
    plan:          the act that set it, named under the label.
    ahead:         True for a target of the next plan.
    since:         (year, value) from which the straight way to the target starts; None draws none.
    first_year:    of a target for several years (a yearly average, say): drawn over first_year–year.
    """

    year: int
    value: float | None
    upper: float | None = None
    text: str = ""
    plan: str = ""
    ahead: bool = False
    since: tuple[int, float] | None = None
    first_year: int | None = None

    @property
    def ends(self) -> list[float]:
        """Its finite values, the lower first: none, one, or the two ends of a range."""
        if finite(self.value) is None:
            return []
        return sorted(end for end in (finite(self.value), finite(self.upper)) if end is not None)

    def headline(self, digits: int) -> str:
        """``Mục tiêu 2020: 23``, ``Mục tiêu 2016–2020: 8,5``."""
        years = f"{self.year}" if self.first_year in (None, self.year) else f"{self.first_year}–{self.year}"
        return f"Mục tiêu {years}: " + (clean(self.text) or "–".join(number(end, digits) for end in self.ends))


@dataclass(frozen=True)
class Fan:
    """Where the trend leads from ``since`` (year, value) to ``year``, with the bounds of its 50 % and 80 % intervals.

    text:  the value as printed; ``range_text`` the 80 % interval ("44–78"); empty = the numbers.
    note:  what must be known of it, printed under the chart.
    """

    since: tuple[int, float]
    year: int
    value: float
    low50: float
    high50: float
    low80: float
    high80: float
    text: str = ""
    range_text: str = ""
    note: str = ""

    @property
    def is_drawable(self) -> bool:
        """Whether all of it are numbers, and it leads ahead."""
        numbers = (self.since[1], self.value, self.low50, self.high50, self.low80, self.high80)
        return self.year > self.since[0] and all(finite(value) is not None for value in numbers)


@dataclass(frozen=True)
class Break:
    """From ``first_year`` on the indicator is defined in another way: nothing is joined across. ``words`` say how."""

    first_year: int
    words: str = ""


def parted(breaks: Sequence[Break], year: int, other: int) -> bool:
    """Whether a break lies between two years."""
    first, last = sorted((year, other))
    return any(first < each.first_year <= last for each in breaks)


@dataclass(frozen=True)
class Course:
    """One indicator's years and targets, in ``unit``; ``from_zero`` False lets the scale begin near the values."""

    points: Sequence[Point]
    targets: Sequence[PlanTarget] = ()
    unit: str = ""
    digits: int = 0
    from_zero: bool = True
    fan: Fan | None = None
    breaks: Sequence[Break] = ()

    def parted(self, year: int, other: int) -> bool:
        return parted(self.breaks, year, other)
