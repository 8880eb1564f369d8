"""Rounds: the deadlines by which submissions count, and which round a published figure belongs to."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planreview.catalogue import periods
from planreview.catalogue.reference import read_toml, setting
from planreview.errors import ReferenceDataError

VIETNAM = dt.timezone(dt.timedelta(hours=7))


@dataclass(frozen=True)
class Round:
    """One deadline. ``expects`` maps a kind of unit to the forms due from it."""

    code: str
    title: str
    cycle: str
    deadline: dt.datetime
    expects: Mapping[str, tuple[str, ...]]


def load_rounds(path: Path) -> dict[str, Round]:
    """Rounds by code, in order of their deadlines. Raises ReferenceDataError for a slip in the file."""
    content = read_toml(path)
    rounds = []
    for code in content:
        expects = setting(content, path, f"{code}.expects", dict)
        if not all(isinstance(v, list) and set(v) <= {"I", "II", "III"} for v in expects.values()):
            raise ReferenceDataError(f"Mục {code}.expects chỉ nhận danh sách biểu I, II, III", place=str(path))
        deadline = setting(content, path, f"{code}.deadline", dt.datetime)
        if deadline.tzinfo is None:
            raise ReferenceDataError(
                f"Mục {code}.deadline thiếu múi giờ", place=str(path), remedy="Hãy ghi như 2020-06-30T23:59:59+07:00"
            )
        rounds.append(
            Round(
                code=code,
                title=setting(content, path, f"{code}.title", str),
                cycle=setting(content, path, f"{code}.cycle", str),
                deadline=deadline,
                expects={kind: tuple(forms) for kind, forms in expects.items()},
            )
        )
    if not rounds:
        raise ReferenceDataError("Tệp cấu hình chưa khai báo đợt báo cáo nào", place=str(path))
    return {r.code: r for r in sorted(rounds, key=lambda r: r.deadline)}


def last_moment(date: str) -> dt.datetime:
    """The latest moment that a date, known to the day, the month or only the year, can mean (Vietnam time).

    Raises ValueError where ``date`` is not YYYY, YYYY-MM or YYYY-MM-DD.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if not match:
        raise ValueError(f"not a date: {date!r}")
    year, month = int(match[1]), int(match[2] or 12)
    day = int(match[3] or calendar.monthrange(year, month)[1])
    return dt.datetime(year, month, day, 23, 59, 59, tzinfo=VIETNAM)


def publication_round(rounds: Mapping[str, Round], date: str, period: str) -> str:
    """The round that a published figure belongs to: the first whose deadline is not before its source's date.

    Only a year known = 31 December; later than all = the last round; no date = the first round after the period ends.
    """
    moment = last_moment(date) if date else last_moment(str(periods.years(period)[1]))
    in_order = sorted(rounds.values(), key=lambda r: r.deadline)
    return next((r.code for r in in_order if r.deadline >= moment), in_order[-1].code)
