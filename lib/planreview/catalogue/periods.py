"""Periods as the contracts write them: ``2019``, ``2016-2020``, ``2020-M9``."""

from __future__ import annotations

import re

_PERIOD = re.compile(r"^(\d{4})(?:-(\d{4})|-M\d{1,2})?$")


def years(period: str) -> tuple[int, int]:
    """First and last year of a period. Raises ValueError where it is none."""
    match = _PERIOD.match(period)
    if not match:
        raise ValueError(f"not a period: {period!r}")
    first = int(match[1])
    return first, int(match[2] or first)


def is_year(period: str) -> bool:
    return bool(re.fullmatch(r"\d{4}", period))


def is_months(period: str) -> bool:
    """Months so far of a year: never feeds a yearly status."""
    return "-M" in period


def words(period: str) -> str:
    """The period as a reader says it: ``năm 2020``, ``giai đoạn 2016–2020``, ``9 tháng năm 2020``."""
    if is_months(period):
        year, month = period.split("-M")
        return f"{month} tháng năm {year}"
    first, last = years(period)
    return f"năm {first}" if first == last else f"giai đoạn {first}–{last}"


def short(period: str) -> str:
    """The period in a table: ``2020``, ``2016–2020``, ``9T/2020``."""
    if is_months(period):
        year, month = period.split("-M")
        return f"{month}T/{year}"
    return period.replace("-", "–")
