"""Which period header words name, and whether they speak of results, estimates, targets or something computed.

Knows no plan cycle: a range written from a plan's last year before (2015-2020) is the five years after it, for plans
run from years ending in 1 or 6.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from planreview.catalogue import periods
from planreview.memory import FEW

DOCUMENT = re.compile(r"\b\d+/(?:\d{4}/)?[A-ZĐ][\w-]*|\(\s*\d{1,2}/\d{4}\s*\)")
UNTIL = re.compile(
    r"(?:tính |thời điểm |tại thời điểm )?(?:đến|thời điểm)\s+(?:hết\s+)?(?:ngày\s+|tháng\s+)?"
    r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4})\b",
    re.I,
)
FIRST_QUARTER = re.compile(
    r"\bquý\s*(?:I|1)(?!\w)(?!\s*(?:[-–—,;+&]|và|đến)\s*(?:quý\s*)?(?:[IVX]|[1-4]\b))(?:\s*/\s*(?=\d{4}))?", re.I
)
# years that belong to the name of what is measured: its prices, its poverty line
_OF_NAMES = re.compile(
    r"\bgiá\s+(?:(?:so sánh|cố định|ss)\s+)?(?:năm\s+)?(?:19|20)\d\d\b|"
    r"\bchuẩn(?: [^\W\d]+){0,4} (?:19|20)\d\d\s*[-–—]\s*(?:(?:19|20)\d\d|\d\d)\b",
    re.I,
)
DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
RANGE = re.compile(r"(?<![\d/])(\d{4})\s*[-–—]\s*(\d{4}|\d{2})(?![\d-])")
YEAR = re.compile(r"(?<![\d/.,])((?:19|20)\d{2})(?![\d.,]*\d)")
MONTHS = re.compile(r"\b(\d{1,2})\s*(?:tháng|t)\b|\bđến\s+(?:hết\s+)?tháng\s*(\d{1,2})\b", re.I)
_MONTHS_OF = re.compile(r"\b(\d{1,2})\s*(?:tháng|t)\s*/\s*(?=(?:19|20)\d\d\b)", re.I)  # "9T/2024"
PART_OF_YEAR = re.compile(r"\bquý\b|\btháng\b|\bngày\b|\bsau\b|\bgiữa kỳ\b|\btrước\b", re.I)
_FOUR_DIGITS = re.compile(r"\d{4}")
_SCHOOL_YEAR = re.compile(r"năm học", re.I)

DERIVED = re.compile(
    r"\bbq|bình quân gđ|bình quân giai đoạn|(?<!giá )so sánh|\bso với\b|\bss\b|% hoàn thành|hoàn thành|tốc độ|"
    r"tỷ lệ so|tỷ lệ th(?!\w)|"
    r"dự báo giai đoạn|\btăng\s*(?:\(\+\)|trưởng|,|/)|(?:th|kh|ưth|ưkh) ?\d{4}\s*/|\bth\s*/\s*(?:kh|th)\b(?! ?\d{4})",
    re.I,
)
_KINDS = re.compile(
    r"(?<![^\W\d_])(?:(?P<estimate>ư\.? ?th|uth|(?:ước|uoc|dự kiến)(?: (?:thực hiện|th|đạt|tính|cả năm|"
    r"năm))?(?! k)|ưkh|sơ bộ)|"
    r"(?P<actual>(?:số |kết quả )?(?:thực hiện|th)|kết quả|kq|quyết toán|chính thức)|"
    r"(?P<target>kế hoạch|kh|mục tiêu|mt|nq|nghị quyết|quy hoạch|qh|giao(?: chỉ tiêu)?|dự toán))(?![^\W\d_])",
    re.I,
)
_FILLERS = re.compile(
    r"(?<![^\W_])(?:cả năm|năm học|năm|giai đoạn|gđ|cuối (?:nhiệm kỳ|kỳ|giai đoạn)|nhiệm kỳ|kỳ|của|đến|hết|theo|số|"
    r"tính|đầu|tháng|quý|t|"
    r"dự kiến|đề xuất|"
    r"cộng dồn|luỹ kế|lũy kế|trình|đại hội|đh|đảng bộ|đảng|hđnd|hội đồng nhân dân|chỉ tiêu|chương trình|tỉnh|huyện|xã|"
    r"phường|thị xã|thị trấn|khóa|khoá|đề ra|đặt ra|được|"
    r"thành phố|toàn quốc|lần thứ|kỳ này|cùng kỳ|final|accounts?|annual|year|\d+t?|[ivx]+)(?![^\W_])",
    re.I,
)
_PART_NAMES = {
    "jan", "feb", "mar", "apr", "may", "jun", "june", "jul", "july", "aug", "sep", "sept", "oct", "nov", "dec",
    "january", "february", "march", "april", "august", "september", "october", "november", "december",
    "quarter", "q1", "q2", "q3", "q4",
}  # fmt: skip
_MAY_NAME_PART = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[u1-4]")
_WORD = re.compile(r"\w+")
# of a text in small letters: after words that tell a period or kind, if any, one that does not
_OTHER_WORD = re.compile(
    r"(?:(?!{until}|{quarter})(?>{kinds}|{fillers})\s+)*+(?!{until}|{quarter}|{kinds}|{fillers})[^\W\d_]".format(
        until=re.sub(r"\?P<\w+>", "?:", UNTIL.pattern),
        quarter=FIRST_QUARTER.pattern.replace("I", "i").replace("VX", "vx"),
        kinds=re.sub(r"\?P<\w+>", "?:", _KINDS.pattern),
        fillers=_FILLERS.pattern,
    )
)


@dataclass(frozen=True)
class Said:
    """``kind`` is actual, estimate, target, derived, or '' where the words do not tell."""

    period: str
    kind: str


_NOTHING = Said("", "")


@lru_cache(FEW)
def said_by(path: tuple[str, ...]) -> Said:
    """What the texts of a path say, outermost first; the innermost text that names a period or a kind counts."""
    heads = [DOCUMENT.sub(" ", t.partition(":")[0]) for t in path]
    words = " ".join(heads).lower()
    if DERIVED.search(words):
        return Said(period_in(path), "derived")
    period = period_in(path)
    kind = next((k for h in reversed(heads) if (k := _kind(h.lower(), bool(period)))), "")
    return Said(period, kind)


def said_by_line(path: tuple[str, ...]) -> Said:
    """What the names of a line say, where one is nothing but a period and a kind of number: ``2016``, ``TH 2019``."""
    kind = ""
    for name in reversed(path):
        tells, said = _said_by_name(name)
        if tells == "part of a year":
            return Said("", kind)
        if tells == "a period":
            return Said(said.period, kind or said.kind)
        kind = kind or said.kind
    return Said("", kind) if kind else _NOTHING


@lru_cache(FEW)
def _said_by_name(name: str) -> tuple[str, Said]:
    """What a name of a line tells: a part of a year, a period or ''; and its period and kind."""
    lower = name.lower()
    if _MAY_NAME_PART.search(lower) and not _PART_NAMES.isdisjoint(_WORD.findall(lower)):
        return "part of a year", _NOTHING
    if _begins_otherwise(lower) or _left_over(name):
        return "", _NOTHING
    if _FOUR_DIGITS.search(name) and not DERIVED.search(name):
        return "a period", Said(period_in((name,)), _kind(lower, True))
    return "", Said("", _kind(lower, True))


def _begins_otherwise(lower: str) -> bool:
    """Whether the first words of a name alone show that ``_left_over`` would find one: of most names they do."""
    return _OTHER_WORD.match(lower) is not None


def _kind(head: str, dated: bool) -> str:
    """By the first kind word of a text that speaks of nothing else, or begins with it and names a period."""
    match = _KINDS.search(head)
    if not match or (_left_over(head) and not (dated and not head[: match.start()].strip(" ("))):
        return ""
    if match.lastgroup == "actual" and any(m.lastgroup == "estimate" for m in _KINDS.finditer(head)):
        return "estimate"  # "Kết quả thực hiện đến hết năm 2025 (ước)"
    return str(match.lastgroup)


def _left_over(head: str) -> str:
    """The words of a text that tell neither period nor kind."""
    text = undated(re.sub(r"\([^()]*\)", " ", head))
    return re.sub(r"[\W\d_]+", "", _FILLERS.sub(" ", _KINDS.sub(" ", text.lower())))


def period_in(path: tuple[str, ...]) -> str:
    """The period that the innermost text with one names; a part of the year said at another level counts too."""
    named = next((p for t in reversed(path) if (p := period_of(t))), "")
    if not named or "-" in named:
        return named
    others = [undated(t.partition(":")[0]) for t in path]
    if any(PART_OF_YEAR.search(MONTHS.sub(" ", t)) for t in others):
        return ""
    months = [int(m[1] or m[2]) for t in others if (m := MONTHS.search(t))]
    return f"{named}-M{months[0]}" if months and months[0] < 12 else named


@lru_cache(FEW)
def period_of(text: str) -> str:
    """The one period that a text names, '' where it names none, several, or a part of a year not in months so far."""
    if match := UNTIL.search(text):
        return _until(match)
    text = _plainer(_OF_NAMES.sub(" ", text), date=" ngày ")
    months = MONTHS.search(text)
    if PART_OF_YEAR.search(MONTHS.sub(" ", text)):
        return ""
    if match := RANGE.search(text):
        first, last = int(match[1]), int(match[2])
        if len(match[2]) == 2:
            last += first // 100 * 100
        if _SCHOOL_YEAR.search(text) or last == first + 1:
            return str(last) if _SCHOOL_YEAR.search(text) else ""
        if last - first == 5 and first % 5 == 0:
            first += 1
        return f"{first}-{last}" if first < last and not months else ""
    found = set(YEAR.findall(text))
    if len(found) != 1:
        return ""
    count = int(months[1] or months[2]) if months else 12
    year = found.pop()
    return f"{year}-M{count}" if 0 < count < 12 else year


def _until(match: re.Match) -> str:
    try:
        year, month = int(match["year"]), int(match["month"])
        return periods.until(int(match["day"] or calendar.monthrange(year, month)[1]), month, year)
    except (ValueError, calendar.IllegalMonthError):
        return ""


def undated(text: str) -> str:
    """A text without the days, documents and dates in it; the first quarter as its three months."""
    return _plainer(UNTIL.sub(" ", text))


def _plainer(text: str, *, date: str = " ") -> str:
    text = _MONTHS_OF.sub(r"\1 tháng ", text)
    return FIRST_QUARTER.sub("3 tháng ", DATE.sub(date, DOCUMENT.sub(" ", text)))
