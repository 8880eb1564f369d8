"""Periods as the contracts write them: ``2019``, ``2016-2020``, ``2020-M9``."""

from __future__ import annotations

import calendar
import datetime as dt
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


def last_day(period: str) -> dt.date:
    """The day on which a period ends. Raises ValueError where it is none."""
    year = years(period)[1]
    month = int(period.partition("-M")[2]) if is_months(period) else 12
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def until(day: int, month: int, year: int) -> str:
    """The period of a state on a day: 31/12 and 1/1 are a year's end, 1/9 is what August left, 17/8 is August's.

    Raises ValueError where there is no such day.
    """
    moment = dt.date(year, month, day)
    if day == 1:
        moment -= dt.timedelta(days=1)
    at_year_end = moment.month == 12 and moment.day == 31
    return str(moment.year) if at_year_end else f"{moment.year}-M{moment.month}"


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


def act_date(act: str) -> tuple[int, int, int]:
    """The date in an act's name ("… (12/04/2016)", "… (09/2020)", "… (2024)") as year, month, day; zeros where none."""
    match = re.search(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})\)", act)
    return (int(match[3]), int(match[2] or 0), int(match[1] or 0)) if match else (0, 0, 0)
