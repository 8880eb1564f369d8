"""Numbers and dates as Vietnamese readers write them (Babel's vi_VN)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, parse_pattern

_LOCALE = Locale.parse("vi_VN")
PROVENANCES = {"published": "số liệu công bố", "submitted": "số liệu đơn vị gửi", "simulated": "số liệu mô phỏng"}
PLANS = {
    "five_year": "Kế hoạch 5 năm",
    "council": "Nghị quyết HĐND",
    "congress": "Nghị quyết Đại hội Đảng bộ",
    "master_plan": "Quy hoạch",
    "annual": "Kế hoạch năm",
    "proposed": "Dự kiến, chưa phải nghị quyết",
    "assigned": "Chỉ tiêu được giao",
}
FILE_STATUSES = {
    "on_time": "đúng hạn",
    "late": "nộp muộn",
    "undated": "không rõ ngày nhận",
    "missing": "chưa nộp",
    "unreadable": "không đọc được",
    "duplicate": "gửi trùng",
    "attachment": "tệp kèm theo",
}
# letters of other alphabets that look like ours, as they come from keyboards and converters
LOOK_ALIKES = str.maketrans(
    "ðÐɖƉаеорсухіјѕАВЕКМНОРСТУХІЈЅοΟΑΒΕΗΙΚΜΝΡΤΥΧ",
    "đĐđĐaeopcyxijsABEKMHOPCTYXIJSoOABEHIKMNPTYX",
)


def number(value: float, digits: int) -> str:
    """``1234.5`` with 1 digit → ``1.234,5``; halves are rounded up, away from zero, as in a printed table."""
    with localcontext(prec=400):  # any float at any number of digits
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return format_decimal(rounded, format=_pattern(digits), locale=_LOCALE)


@cache
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0." + "0" * digits if digits else "#,##0")


def signed(value: float, digits: int) -> str:
    """A difference: ``+3,1``, ``-0,4``; ``0,0`` where nothing is left of it after rounding."""
    text = number(value, digits)
    if not text.strip("-0,."):
        return text.lstrip("-")
    return f"+{text}" if value > 0 else text


def with_unit(number_text: str, unit: str) -> str:
    """``95%``, ``49 xã``: a percent sign keeps no blank."""
    return number_text + (unit if unit.startswith("%") else f" {unit}")


def target(value: float | None, upper: float | None, qualifier: str, digits: int, raw: str = "") -> str:
    """A figure with its qualifier: ``≥ 95``, ``3.200–3.500``, ``khoảng 30``; a target in words as typed."""
    if value is None:
        return raw
    text = number(value, digits)
    if qualifier == "range" and upper is not None:
        return f"{text}–{number(upper, digits)}"
    sign = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "khoảng "}.get(qualifier, "")
    return sign + text


def plan(code: str, act: str) -> str:
    """Whose target it is, in few words: the act where it is named; of a master plan its year ("Quy hoạch 2013")."""
    if code == "master_plan" and (year := re.search(r"\((?:\d{1,2}/)*(\d{4})\)$", act)):
        return f"Quy hoạch {year[1]}"
    if code == "five_year" and not act:
        return "Kế hoạch 5 năm, nguồn không nêu văn bản"
    if code == "annual":
        return f"Kế hoạch năm: {act}" if act else "Kế hoạch năm, nguồn không nêu văn bản"
    return act or PLANS[code]


def date(moment: dt.date) -> str:
    """``24/9/2020``."""
    return format_date(moment, format="d/M/yyyy", locale="vi_VN")


def plain(text: str) -> str:
    """NFC, one blank between words, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


_VIETNAMESE = dict.fromkeys([0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323])  # the marks of our letters


def folded(text: str) -> str:
    """The text as somebody types it who leaves out capitals and diacritics: ``Tỷ lệ hộ nghèo`` → ``ty le ho ngheo``."""
    decomposed = unicodedata.normalize("NFD", plain(text).casefold().replace("đ", "d")).translate(_VIETNAMESE)
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sentence(text: str) -> str:
    """The text with its first letter capital."""
    return text[:1].upper() + text[1:]
