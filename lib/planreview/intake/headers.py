"""What a column header says: which period, what kind of number, and whose target."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planreview.catalogue import Cycle
from planreview.catalogue.periods import years
from planreview.catalogue.texts import plain


@dataclass(frozen=True)
class Column:
    """What the numbers of a column are. ``kind`` is actual, estimate, target or derived; '' = not understood."""

    kind: str
    period: str = ""
    plan: str = ""
    act: str = ""


_DOCUMENT = re.compile(r"\b\d+/(?:\d{4}/)?[A-ZĐ][\w-]*|\(\s*\d{1,2}/\d{4}\s*\)|\b\d{1,2}/\d{1,2}/\d{4}\b")
_TO_YEAR_END = re.compile(r"đến\s+(?:hết\s+)?31/12/(\d{4})", re.I)
_RANGE = re.compile(r"\b(\d{4})\s*[-–—]\s*(\d{4})\b")
_MONTHS = re.compile(r"\b(\d{1,2})\s*tháng\b", re.I)
_YEAR = re.compile(r"(?<![\d/])(\d{4})\b")
_VAGUE = re.compile(r"\bsau\s+(?:năm\s+)?\d{4}|giữa kỳ", re.I)


def period_of(text: str, cycle: Cycle) -> str:
    """The period that words name, '' where they name none or more than one.

    A school year 2015–2016 is 2016; a five-year plan written from its baseline year (2015-2020) is the review period.
    """
    text = plain(text)
    if _VAGUE.search(text):
        return ""
    if match := _TO_YEAR_END.search(text):
        return match[1]
    text = _DOCUMENT.sub(" ", text)
    if match := _RANGE.search(text):
        first, last = int(match[1]), int(match[2])
        if "năm học" in text.lower():
            return str(last)
        for start, end in ((cycle.review_first, cycle.review_last), (cycle.plan_first, cycle.plan_last)):
            if (first, last) == (start - 1, end):
                return f"{start}-{end}"
        return f"{first}-{last}" if first < last else ""
    found = set(_YEAR.findall(text))
    if len(found) != 1:
        return ""
    year = found.pop()
    months = _MONTHS.search(text)
    return f"{year}-M{int(months[1])}" if months and int(months[1]) < 12 else year


def column_of(path: list[str], cycle: Cycle, asked_in: int) -> Column:
    """What a column is, from its header texts, outermost first; ``asked_in`` is the year of the round's deadline.

    The period is taken from the innermost text that names one, so that the year in a document's name is never it.
    """
    texts = [plain(t) for t in path if plain(t)]
    words = " ".join(texts).lower()
    period = next((p for t in reversed(texts) if (p := period_of(t, cycle))), "")
    if re.search(r"\bbq|bình quân giai đoạn|so sánh|so với|\bss\b|/\s*th\b|/\s*kh\b|tốc độ tăng bq|dự báo", words):
        return Column("derived", period)
    if not period:
        return Column("")
    if _is_target(words):
        plan = _plan(words, period, cycle)
        return Column("target", period, plan, _act(texts)) if plan else Column("")
    if re.search(r"\bưth|\bước|\buoc\b|\bưkh", words):
        return Column("estimate", period)
    if re.search(r"\bth\b|thực hiện|kết quả", words) or years(period)[1] < asked_in:
        return Column("actual", period)
    return Column("")  # a year not yet over, without a word: estimate, plan and forecast would all be guesses


def _is_target(words: str) -> bool:
    return bool(re.search(r"\bkh\b|kế hoạch|\bnq\b|nghị quyết|mục tiêu|quy hoạch|giao chỉ tiêu|chỉ tiêu giao", words))


def _plan(words: str, period: str, cycle: Cycle) -> str:
    """Whose target it is (contracts §0), by the words of its header; '' where they do not tell."""
    single_year = "-" not in period
    if re.search(r"\bquy hoạch\b|\bqh\b", words):
        return "master_plan"
    if re.search(r"\bdự kiến\b|\bđề xuất\b|\btrình\b", words):
        return "proposed"
    if re.search(r"\bgiao\b", words):
        return "assigned"
    if re.search(r"(?:\bkh|kế hoạch) năm\b", words):
        return "annual"
    if re.search(r"\bđại hội\b|\bđh\b|đảng bộ", words):
        return "congress"
    if re.search(r"\bhđnd\b|hội đồng nhân dân", words):
        return "council"
    if re.search(r"\bnq\b|nghị quyết|5 năm|mục tiêu", words):
        return "five_year"
    if period == cycle.review_period:
        return "five_year"
    if period == cycle.plan_period or (single_year and int(period[:4]) >= cycle.plan_first):
        return "proposed"
    return "annual" if single_year else ""


def _act(texts: list[str]) -> str:
    """The document named after the colon of a header, else ''."""
    for text in texts:
        head, colon, act = text.partition(":")
        if colon and _is_target(head.lower()):
            return plain(act)
    return ""
