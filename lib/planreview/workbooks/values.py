"""A stored number and its format, as the value that the cell shows; and the text as typed."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from functools import cache, lru_cache

from planreview.workbooks.grid import Value

_NOT_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_MAC_LATER = 1462  # days by which the Mac's calendar begins later than that of Windows
WINDOWS_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001, a workbook knows no zone
MAC_EPOCH = WINDOWS_EPOCH + dt.timedelta(days=_MAC_LATER)
_LAST_SERIAL = 2_958_466  # 1/1/10000

# ECMA-376 §18.8.30; those that depend on the language of the system are given as Vietnamese Excel shows them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0_);(#,##0)", 6: "#,##0_);[Red](#,##0)",
    7: "#,##0.00_);(#,##0.00)", 8: "#,##0.00_);[Red](#,##0.00)", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 44: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
# 27-36 and 50-58 are dates in every East Asian Excel and unused elsewhere.
BUILT_IN |= dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy")


@cache
def moment(number_format: str | None) -> str:
    """What a number of this format is: '' a plain number, else date, time, datetime or elapsed."""
    if not number_format or number_format == "General":
        return ""
    code = _NOT_CODE.sub("", number_format.partition(";")[0]).lower()
    if "general" in code:
        return ""
    if re.search(r"\[(h+|m+|s+)\]", code):
        return "elapsed"
    if re.search(r"[0#?]", re.sub(r"[s]\.0+", "s", code)) or "@" in code:
        return ""
    day, hour = bool(re.search(r"[dyeg]|m{3,}", code)), bool(re.search(r"[hs]|am/pm|a/p", code))
    if not day and not hour:
        return "date" if re.fullmatch(r"\W*m+\W*", code) else ""
    return "datetime" if day and hour else "date" if day else "time"


@lru_cache(10_000)
def shows_percent(number_format: str | None) -> bool:
    """Whether numbers of a format are shown times a hundred; a quoted or escaped % is only a sign."""
    return bool(number_format) and "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


@lru_cache(10_000)
def is_plain_format(number_format: str | None) -> bool:
    """Whether a number of this format means what it is: no percent, no date."""
    return not moment(number_format) and not shows_percent(number_format)


def of_number(number: float, number_format: str | None, date1904: bool = False) -> Value | None:
    """The number, or the day or time that it is shown as. What Excel cannot show as a day stays a number."""
    if not math.isfinite(number):
        return None
    if what := moment(number_format):
        shown = _moment(number, what, date1904)
        if shown is not None:
            return shown
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _moment(number: float, what: str, date1904: bool) -> Value | None:
    if what == "elapsed":
        return dt.timedelta(seconds=round(number * 86_400, 3)) if abs(number) < _LAST_SERIAL else None
    if not 0 <= number < _LAST_SERIAL - (_MAC_LATER if date1904 else 0):
        return None
    if what == "time" and number < 1:
        return (MAC_EPOCH + dt.timedelta(seconds=round(number * 86_400) % 86_400)).time()
    if not date1904 and (number < 1 or 60 <= number < 61):
        return None  # day 0 and the 29 February that the year 1900 did not have
    # Excel counts that day, so before it the numbers are one off
    start = MAC_EPOCH if date1904 else WINDOWS_EPOCH + dt.timedelta(days=number < 60)
    shown = start + dt.timedelta(days=int(number), seconds=round(number % 1 * 86_400))
    return shown.date() if not number % 1 else shown


def raw_of(value: Value) -> str:
    """The text as typed: of a number its shortest decimal."""
    if isinstance(value, float):
        text = repr(value)
        return format(Decimal(text), "f") if "e" in text else text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing. The soft hyphen is no blank: in TCVN3 it is the letter ư."""
    return not text.strip()
