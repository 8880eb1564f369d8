"""What a column header says: which period, what kind of number, and whose target.

A strict grammar: what is understood is taken out of the words, and a header with words left over is not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planreview.catalogue import Cycle, periods
from planreview.catalogue.texts import plain
from planreview.reading.periods import period_in, undated
from planreview.reading.units import is_unit


@dataclass(frozen=True)
class Column:
    """What the numbers of a column are. ``kind`` is actual, estimate, target or derived; '' = not understood."""

    kind: str
    period: str = ""
    plan: str = ""
    act: str = ""


_DERIVED = re.compile(
    r"\bbq|bình quân|so sánh|\bso\b|\bss\b|hoàn thành|tốc độ|chỉ số|tỷ lệ|\btăng\b|\bgiảm\b|dự báo|"
    r"/\s*(?:th|kh|ưth|ưkh)\b"
)
_ESTIMATE = r"sơ bộ|ư\.? ?th|uth|(?:ước|uoc|dự kiến)(?: (?:thực hiện|th|đạt|tính))?(?! k)|ưkh"
_ACTUAL = r"(?:số |kết quả )?(?:thực hiện|th)|kết quả|kq"
_TARGET = r"kế hoạch|kh|mục tiêu|mt|nq|nghị quyết|quy hoạch|qh|giao(?: chỉ tiêu)?"
_INTENDED = re.compile(r"\bdự kiến\b(?! (?:thực hiện|th|đạt)\b)")
_ESTIMATED = re.compile(rf"\b(?:{_ESTIMATE})\b")
_KIND_WORDS = re.compile(rf"\b(?:(?P<estimate>{_ESTIMATE})|(?P<actual>{_ACTUAL})|(?P<target>{_TARGET}))\b")
_FILLERS = re.compile(
    r"\b(?:cả năm|hằng năm|hàng năm|năm học|năm|giai đoạn|gđ|cuối (?:nhiệm kỳ|kỳ|giai đoạn)|nhiệm kỳ|kỳ|của|đến|hết|"
    r"theo|số|tính|đầu|tháng|t|dự kiến|đề xuất|trình|đề ra|đặt ra|được|đăng ký|đăng kí|chính thức|đại hội|đh|"
    r"đhđb|đảng bộ|đảng|hđnd|hội đồng nhân dân|chỉ tiêu|chương trình|tỉnh|huyện|thành phố|thị xã|xã|phường|thị trấn|"
    r"toàn quốc|lần thứ|khóa|khoá|\d+t?|[ivx]+)\b"
)


_BRACKETS = re.compile(r"\(([^()]*)\)")


def column_of(path: list[str], cycle: Cycle, asked_in: int) -> Column:
    """What a column is, from its header texts, outermost first; ``asked_in`` is the year of the round's deadline.

    Period and kind are taken from the innermost text that names one, so that neither the year in a document's name
    nor "kết quả thực hiện nghị quyết" over the whole band is ever mistaken for the column's own.
    """
    texts = [_apart(plain(t)) for t in path if plain(t)]
    words = " ".join(texts).lower()
    period = period_in(tuple(texts))
    heads = [t.partition(":")[0].lower() for t in texts]  # what follows a colon is the name of an act
    if _DERIVED.search(" ".join(heads)):
        return Column("derived", period)
    if not period or any(_left_over(head) for head in heads):
        return Column("")
    kind = next((k for head in reversed(heads) if (k := _kind(head))), "")
    if kind == "estimate" and _INTENDED.search(" ".join(heads)) and periods.years(period)[0] > asked_in:
        kind = "target"  # nobody estimates what has not begun: what a unit expects of it is its plan
    if kind == "target":
        plan = _plan(heads, words, period, cycle)
        return Column("target", period, plan, _act(texts)) if plan else Column("")
    if kind:
        return Column(kind, period)
    # a year without a word: past, it is a result; not yet over, estimate, plan and forecast would all be guesses
    return Column("actual", period) if periods.years(period)[1] < asked_in else Column("")


# headers in English, or typed without diacritics
_TRANSLATED = tuple(
    (re.compile(rf"\b(?:{said})\b", re.I), meant)
    for said, meant in (
        ("actuals?|thuc hien", "thực hiện"), ("estimates?|estimated|uoc thuc hien|uoc th", "ước TH"), ("uoc", "ước"),
        ("plan(?:ned)?|targets?|ke hoach", "kế hoạch"), ("nghi quyet", "nghị quyết"), ("muc tieu", "mục tiêu"),
        ("year", "năm"), ("period|giai doan", "giai đoạn"), ("du kien", "dự kiến"),
    )
)  # fmt: skip
_SHORTENED = re.compile(r"\b(?:(T)[./]\s?(?:hiện|hien)|(?:K)[./]\s?(?:hoạch|hoach))\b", re.I)
# only beside one of these: "Nam" may be who is no woman
_BESIDE = ((re.compile(r"\bca nam\b", re.I), "cả năm"), (re.compile(r"\bnam\b", re.I), "năm"),
           (re.compile(r"\bthang\b", re.I), "tháng"))  # fmt: skip


def _apart(text: str) -> str:
    """``KH2021`` and ``K.H 2021`` as ``KH 2021``; words of plain letters as the Vietnamese ones that they mean."""
    if text.isascii():
        for said, meant in _TRANSLATED:
            text = said.sub(meant, text)
        for said, meant in () if text.isascii() else _BESIDE:
            text = said.sub(meant, text)
    text = _SHORTENED.sub(lambda m: "thực hiện" if m[1].upper() == "T" else "kế hoạch", text)
    return re.sub(r"(?<=[^\W\d_])(?=(?:19|20)\d\d\b)", " ", re.sub(r"\b([KT])\.\s?H\b\.?", r"\1H", text))


def kind_in(text: str) -> str:
    """The kind of number that a title or a header names first: actual, estimate, target, '' for none."""
    return _kind(_apart(plain(text)).lower())


def _kind(head: str) -> str:
    """By the first kind word of a text: "kết quả thực hiện nghị quyết" tells of results, "KH thực hiện" of a plan."""
    match = _KIND_WORDS.search(head)
    if match and match.lastgroup == "actual" and _ESTIMATED.search(head):
        return "estimate"  # "Kết quả thực hiện đến hết năm 2025 (ước)"
    return match.lastgroup if match else ""


def _left_over(head: str) -> str:
    """The words of a header that the grammar does not know."""
    text = undated(_BRACKETS.sub(lambda m: " " if is_unit(m[1]) else m[0], head))
    text = _FILLERS.sub(" ", _KIND_WORDS.sub(" ", text.lower()))
    return re.sub(r"[\W\d_]+|\(%\)", "", text)


_PLAN_WORDS = (
    ("master_plan", re.compile(r"\bquy hoạch\b|\bqh\b")),
    ("proposed", re.compile(r"\bdự kiến\b|\bđề xuất\b|(?<!chương )\btrình\b")),
    ("assigned", re.compile(r"\bgiao\b")),
    ("congress", re.compile(r"\bđại hội\b|\bđh\b|đảng bộ")),
    ("council", re.compile(r"\bhđnd\b|hội đồng nhân dân")),
)


_ANNUAL = re.compile(r"(?:\bkh|kế hoạch) năm\b")


def _plan(heads: list[str], words: str, period: str, cycle: Cycle) -> str:
    """Whose target it is (contracts §0), by the words of its header, and only where these do not tell by the name of
    its act; '' where nothing tells. "Kế hoạch năm 2022" is an annual plan's; "Kế hoạch" over "Năm 2022" is none."""
    for text in (" ".join(heads), words):
        if named := next((plan for plan, pattern in _PLAN_WORDS if pattern.search(text)), ""):
            return named
        if any(map(_ANNUAL.search, heads)):
            return "annual"
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
