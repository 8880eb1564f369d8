"""What a column header says: which period, what kind of number, and whose target.

A strict grammar: what is understood is taken out of the words, and a header with words left over is not understood.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from planreview.catalogue import Cycle, periods
from planreview.catalogue.texts import plain


@dataclass(frozen=True)
class Column:
    """What the numbers of a column are. ``kind`` is actual, estimate, target or derived; '' = not understood."""

    kind: str
    period: str = ""
    plan: str = ""
    act: str = ""


_DOCUMENT = re.compile(r"\b\d+/(?:\d{4}/)?[A-ZĐ][\w-]*|\(\s*\d{1,2}/\d{4}\s*\)")
# the state on a day or at the end of a month: "đến 30/9/2025", "tính đến hết tháng 6/2024"
_UNTIL = re.compile(
    r"(?:tính |thời điểm |tại thời điểm )?(?:đến|thời điểm)\s+(?:hết\s+)?(?:ngày\s+|tháng\s+)?"
    r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4})\b",
    re.I,
)
_FIRST_QUARTER = re.compile(
    r"\bquý\s*(?:I|1)(?!\w)(?!\s*(?:[-–—,;+&]|và|đến)\s*(?:quý\s*)?(?:[IVX]|[1-4]\b))(?:\s*/\s*(?=\d{4}))?", re.I
)
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_RANGE = re.compile(r"\b(\d{4})\s*[-–—]\s*(\d{4})\b")
_YEAR = re.compile(r"(?<![\d/])(\d{4})\b")
_MONTHS = re.compile(r"\b(\d{1,2})\s*(?:tháng|t)\b|\bđến\s+(?:hết\s+)?tháng\s*(\d{1,2})\b", re.I)
_PART_OF_YEAR = re.compile(r"\bquý\b|\btháng\b|\bngày\b|\bsau\b|\bgiữa kỳ\b", re.I)

_DERIVED = re.compile(
    r"\bbq|bình quân|so sánh|\bso\b|\bss\b|hoàn thành|tốc độ|chỉ số|tỷ lệ|\btăng\b|\bgiảm\b|dự báo|"
    r"/\s*(?:th|kh|ưth|ưkh)\b"
)
_ESTIMATE = r"ư\.? ?th|uth|(?:ước|uoc|dự kiến)(?: (?:thực hiện|th|đạt|tính))?(?! k)|ưkh"
_ACTUAL = r"(?:số |kết quả )?(?:thực hiện|th)|kết quả|kq"
_TARGET = r"kế hoạch|kh|mục tiêu|nq|nghị quyết|quy hoạch|qh|giao(?: chỉ tiêu)?"
_KIND_WORDS = re.compile(rf"\b(?:(?P<estimate>{_ESTIMATE})|(?P<actual>{_ACTUAL})|(?P<target>{_TARGET}))\b")
_FILLERS = re.compile(
    r"\b(?:cả năm|năm học|năm|giai đoạn|gđ|nhiệm kỳ|kỳ|của|đến|hết|theo|số|tính|đầu|tháng|t|dự kiến|đề xuất|trình|"
    r"đại hội|đh|đảng bộ|đảng|hđnd|hội đồng nhân dân|chỉ tiêu|chương trình|tỉnh|huyện|thành phố|toàn quốc|lần thứ|"
    r"\d+t?|[ivx]+)\b"
)


def period_of(text: str, cycle: Cycle) -> str:
    """The period that words name, '' where they name none, more than one, or a part of a year that is not in months.

    A school year 2015–2016 is 2016; a state on a day is that of the months so far; a five-year plan written from its
    baseline year (2015-2020) is the review period.
    """
    text = plain(text)
    if match := _UNTIL.search(text):
        return _until(match)
    text = _plainer(text, date=" ngày ")
    months = _MONTHS.search(text)
    if _PART_OF_YEAR.search(_MONTHS.sub(" ", text)):
        return ""
    if match := _RANGE.search(text):
        first, last = int(match[1]), int(match[2])
        if "năm học" in text.lower():
            return str(last)
        for start, end in ((cycle.review_first, cycle.review_last), (cycle.plan_first, cycle.plan_last)):
            if (first, last) == (start - 1, end):
                return f"{start}-{end}"
        return f"{first}-{last}" if first < last and not months else ""
    found = set(_YEAR.findall(text))
    if len(found) != 1:
        return ""
    year = found.pop()
    count = int(months[1] or months[2]) if months else 12
    return f"{year}-M{count}" if count < 12 else year


def _until(match: re.Match) -> str:
    try:
        year, month = int(match["year"]), int(match["month"])
        return periods.until(int(match["day"] or calendar.monthrange(year, month)[1]), month, year)
    except (ValueError, calendar.IllegalMonthError):
        return ""


def _plainer(text: str, *, date: str = " ") -> str:
    """Without the names of documents and bare dates; the first quarter as its three months."""
    return _FIRST_QUARTER.sub("3 tháng ", _DATE.sub(date, _DOCUMENT.sub(" ", text)))


def column_of(path: list[str], cycle: Cycle, asked_in: int) -> Column:
    """What a column is, from its header texts, outermost first; ``asked_in`` is the year of the round's deadline.

    Period and kind are taken from the innermost text that names one, so that neither the year in a document's name
    nor "kết quả thực hiện nghị quyết" over the whole band is ever mistaken for the column's own.
    """
    texts = [plain(t) for t in path if plain(t)]
    words = " ".join(texts).lower()
    period = _period(texts, cycle)
    heads = [t.partition(":")[0].lower() for t in texts]  # what follows a colon is the name of an act
    if _DERIVED.search(" ".join(heads)):
        return Column("derived", period)
    if not period or any(_left_over(head) for head in heads):
        return Column("")
    kind = next((k for head in reversed(heads) if (k := _kind(head))), "")
    if kind == "target":
        plan = _plan(" ".join(heads), words, period, cycle)
        return Column("target", period, plan, _act(texts)) if plan else Column("")
    if kind:
        return Column(kind, period)
    # a year without a word: past, it is a result; not yet over, estimate, plan and forecast would all be guesses
    return Column("actual", period) if periods.years(period)[1] < asked_in else Column("")


def _period(texts: list[str], cycle: Cycle) -> str:
    """Of the innermost text that names one; a part of the year said at another level counts too."""
    named = next((p for t in reversed(texts) if (p := period_of(t, cycle))), "")
    if not named or "-" in named:
        return named
    others = [_plainer(_UNTIL.sub(" ", t.partition(":")[0])) for t in texts]
    months = [int(m[1] or m[2]) for t in others if (m := _MONTHS.search(t))]
    if any(_PART_OF_YEAR.search(_MONTHS.sub(" ", t)) for t in others):
        return ""
    return f"{named}-M{months[0]}" if months and months[0] < 12 else named


def _kind(head: str) -> str:
    """By the first kind word of a text: "kết quả thực hiện nghị quyết" tells of results, "KH thực hiện" of a plan."""
    match = _KIND_WORDS.search(head)
    return match.lastgroup if match else ""


def _left_over(head: str) -> str:
    """The words of a header that the grammar does not know."""
    text = _plainer(_UNTIL.sub(" ", head))
    text = _FILLERS.sub(" ", _KIND_WORDS.sub(" ", text.lower()))
    return re.sub(r"[\W\d_]+|\(%\)", "", text)


_PLAN_WORDS = (
    ("master_plan", re.compile(r"\bquy hoạch\b|\bqh\b")),
    ("proposed", re.compile(r"\bdự kiến\b|\bđề xuất\b|(?<!chương )\btrình\b")),
    ("assigned", re.compile(r"\bgiao\b")),
    ("annual", re.compile(r"(?:\bkh|kế hoạch) năm\b")),
    ("congress", re.compile(r"\bđại hội\b|\bđh\b|đảng bộ")),
    ("council", re.compile(r"\bhđnd\b|hội đồng nhân dân")),
)


def _plan(heads: str, words: str, period: str, cycle: Cycle) -> str:
    """Whose target it is (contracts §0), by the words of its header, and only where these do not tell by the name of
    its act; '' where nothing tells."""
    for text in (heads, words):
        if named := next((plan for plan, pattern in _PLAN_WORDS if pattern.search(text)), ""):
            return named
    first, last = periods.years(period)
    if re.search(r"\bnq\b|nghị quyết", words):
        return "five_year"
    if period == cycle.plan_period or (first == last and first >= cycle.plan_first):
        return "proposed"  # a unit's own plan: no resolution is named
    if period == cycle.review_period or re.search(r"5 năm|mục tiêu", words):
        return "five_year"
    return "annual" if first == last else ""


def _act(texts: list[str]) -> str:
    """The document named after the colon of a header, else ''."""
    for text in texts:
        head, colon, act = text.partition(":")
        if colon and _kind(head.lower()) == "target":
            return plain(act)
    return ""
