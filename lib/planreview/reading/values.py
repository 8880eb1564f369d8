"""What stands in a value cell: a number, a range, a qualifier, a target in words, a mark for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from planreview.catalogue.texts import plain
from planreview.memory import FEW
from planreview.reading.kinds import BLANK_MARKS
from planreview.reading.units import is_unit
from planreview.workbooks import GridCell, shows_percent

_NUMBER = r"-?\d[\d. ,\u00a0]*\d|-?\d"
_PATTERN = re.compile(
    rf"^(?P<before>[^\d-]*?)\s*(?P<low>{_NUMBER})\s*(?P<percent1>%)?"
    rf"(?:\s*(?:-|–|—|÷|~|đến)\s*(?P<high>{_NUMBER})\s*(?P<percent2>%)?)?\s*(?P<after>[^\d]*)$"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:-|–|—|đến)\s*(?:19|20)\d\d")
_LONGEST_PERIOD = 5  # years between the ends that forms write: 2015-2016, 2016-2020, 2015-2020
_QUALIFIERS = {
    "": "",
    ">=": ">=",
    "≥": ">=",
    ">": ">",
    "<=": "<=",
    "≤": "<=",
    "<": "<",
    "~": "~",
    "≈": "~",
    "trên": ">=",
    "hơn": ">=",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "không dưới": ">=",
    "từ": ">=",
    "đạt trên": ">=",
    "dưới": "<=",
    "không quá": "<=",
    "tối đa": "<=",
    "khoảng": "~",
    "ước": "~",
    "ước đạt": "~",
    "gần": "~",
    "xấp xỉ": "~",
    "dự kiến": "~",
    "dự kiến đạt": "~",
    "đạt khoảng": "~",
    "đạt": "",
    "phấn đấu": "",
    "phấn đấu đạt": "",
    "phấn đấu đạt trên": ">=",
    "đạt ít nhất": ">=",
    "không thấp hơn": ">=",
    "không vượt quá": "<=",
    "còn dưới": "<=",
    "giảm còn": "",
    "còn": "",
}
_AFTER = {"": "", "(ước)": "~", "ước": "~", "trở lên": ">=", "trở xuống": "<="}
_REMARK = re.compile(r"^(?P<number>[^()]*\d[^()]*?)\s*\((?P<remark>[^()]*[^\W\d_][^()]*)\)$")
_ESTIMATED = re.compile(r"^(?:ước|dự kiến|uoc)\b", re.I)
_FOOTNOTE = re.compile(r"(?<=[\d%‰])\s*(?:\*+|\(\*+\)|[¹²³⁰⁴-⁹]+|\[\d{1,2}\])$")
_ENOUGH = 5  # texts that agree on how decimals are written
_NUMBERED_FOOTNOTE = re.compile(r"(?<=[\d%‰])\s*(\(\d{1,2}\))$")
# behind a number: "3.240 m3", whose own digit no pattern of numbers tells from another number
_UNIT_WITH_DIGIT = re.compile(r"^(?P<number>.*?\d)\s*(?P<unit>[^\W\d_][^\d]*\d)$")
_YEARLY = re.compile(r"/\s*năm")
_STRAY = re.compile(r"(?<=\d)[.,;]$|^['’`](?=\d)|^\+\s*(?=\d)")
_APOSTROPHE = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")  # groups thousands as a blank does
# said instead of a number that nobody has
_NOT_KNOWN = re.compile(
    r"(?:chưa|không) (?:có số liệu|có kết quả|thống kê(?: được)?|tổng hợp(?: được)?|xác định(?: được)?)|"
    r"chưa có|kxđ|kcsl|ko có(?: số liệu)?|#?n/a|đang (?:rà soát|tổng hợp|thống kê|cập nhật)(?: số liệu)?"
)
_NO_ANSWER = re.compile(r"không(?: có| phát sinh)?|nt|như trên|theo .*|\W+|\w{1,2}")
_SHORT_UNITS = (
    (re.compile(r"\btr\b\.?"), "triệu "),
    (re.compile(r"\bđ\b\.?"), "đồng"),
    (re.compile(r"\bng\b\.?"), "người"),
)


@dataclass(slots=True)  # not frozen, which takes three times as long to make; nobody changes one
class Reading:
    """``value`` in the unit as written; ``unit`` is that of the cell itself, '' where it says none.
    A target in words has no value.

    ``fate`` is value, blank_mark or rejected; of a rejected cell ``code`` and ``message`` say why.
    """

    fate: str
    value: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str = ""
    digits: int = 0
    unit: str = ""
    rules: tuple[str, ...] = ()
    code: str = ""
    message: str = ""


def _reject(code: str, message: str) -> Reading:
    return Reading("rejected", code=code, message=message)


@dataclass(frozen=True)
class Habits:
    """How the text numbers of one table are written, as far as its unambiguous ones show it."""

    decimal_comma: bool
    decimal_point: bool
    grouped_english: bool = False
    only_points: bool = False  # enough of them write a decimal point, and none a decimal comma
    footnotes: frozenset[str] = frozenset()  # marks such as (1) that notes of the sheet explain

    @classmethod
    def of(cls, texts: list[str], footnotes: frozenset[str] = frozenset()) -> Habits:
        comma = point = grouped = False
        points = 0
        for text in texts:
            for token in re.findall(_NUMBER, plain(text)):
                points += bool(re.fullmatch(r"-?\d+\.(\d{1,2}|\d{4,})", token))
                comma |= bool(re.fullmatch(r"-?[\d.]*\d,(\d{1,2}|\d{4,})|-?\d{1,3}(\.\d{3})+,\d+", token))
                point |= bool(re.fullmatch(r"-?[\d,]*\d\.(\d{1,2}|\d{4,})|-?\d{1,3}(,\d{3})+\.\d+", token))
                grouped |= bool(re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}", token))
        return cls(comma, point, grouped, points >= _ENOUGH and not comma, footnotes)


def read_value(cell: GridCell, *, unit: str, is_target: bool, habits: Habits) -> Reading:
    """Read one value cell. ``unit`` is the unit of measure written for its row.

    Never guesses: a number that could be two numbers is rejected with a message.
    """
    if cell.value is None:
        if cell.is_formula:
            return _reject("number.no_result", "Công thức không có kết quả lưu trong tệp")
        return _reject("number.error", "Ô báo lỗi công thức")
    if isinstance(cell.value, bool):
        return _reject("number.not_a_number", "Ô chứa TRUE/FALSE ở chỗ phải là số")
    if cell.is_number:
        return _number_cell(cell, unit)
    if not isinstance(cell.value, str):
        return _reject("number.not_a_number", "Ô chứa ngày giờ ở chỗ phải là số")
    return _text(plain(cell.value), unit=unit, is_target=is_target, habits=habits)


def _number_cell(cell: GridCell, unit: str) -> Reading:
    value = stored(cell)
    if not value.is_finite():
        return _reject("number.not_a_number", "Ô không chứa một số hữu hạn")
    if shows_percent(cell.number_format):
        if not unit.startswith("%"):
            return _reject("unit.percent_format", "Ô hiển thị phần trăm nhưng đơn vị tính không phải %")
        value *= 100
    reading = Reading("value", value, digits=digits_of(value), **_worked_out(cell))
    if shows_percent(cell.number_format):
        reading.rules += ("percent_format",)
    return reading


def digits_of(value: Decimal) -> int:
    """The decimals of a number cell: of its shortest decimal, whole numbers 0."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def stored(cell: GridCell) -> Decimal:
    """The number in a number cell, as its shortest decimal; of a bare formula the result that was worked out for it."""
    return Decimal(repr(cell.value) if cell.raw.startswith("=") else cell.raw)


def plain_number(cell: GridCell) -> Reading:
    """What a number cell holds whose format shows no percent."""
    raw = cell.raw
    if raw.isdecimal():
        return Reading("value", Decimal(raw))
    whole, _, decimals = raw.partition(".")
    if decimals.isdecimal() and decimals[-1] != "0" and whole.lstrip("-").isdecimal():
        return Reading("value", Decimal(raw), digits=len(decimals))
    value = stored(cell)
    return Reading("value", value, digits=digits_of(value), **_worked_out(cell))


def _worked_out(cell: GridCell) -> dict[str, object]:
    """What to say of a result that the file does not hold."""
    if not cell.raw.startswith("="):
        return {}
    return {"rules": ("recomputed",), "message": "tệp không lưu kết quả của công thức: đã tính lại từ các ô khác"}


def _text(text: str, *, unit: str, is_target: bool, habits: Habits) -> Reading:
    if text in BLANK_MARKS or _NOT_KNOWN.fullmatch(text.lower().rstrip(" .")):
        return Reading("blank_mark")
    if remarked := _REMARK.match(text):
        return _with_remark(remarked, unit=unit, is_target=is_target, habits=habits)
    text = _FOOTNOTE.sub("", text.replace("−", "-"))
    if (numbered := _NUMBERED_FOOTNOTE.search(text)) and numbered[1] in habits.footnotes:
        text = text[: numbered.start()]
    text = _APOSTROPHE.sub(" ", _STRAY.sub("", text))
    said_unit = ""
    if (counted := _UNIT_WITH_DIGIT.match(text)) and not counted["number"].endswith((" đến", "-")):
        behind = counted["unit"].lower()
        if _begins_unit(behind, unit) if unit else is_unit(behind):
            text, said_unit = counted["number"], "" if unit else counted["unit"]
    match = _PATTERN.match(text)
    if not match:
        if is_target and is_answer(text) and not re.search(r"\d", text):
            return Reading("value", qualifier="text", rules=("text_target",))
        return _reject("number.not_a_number", "Ô chứa chữ ở chỗ phải là số")
    before, after = match["before"].strip().lower().rstrip(":"), match["after"].strip().lower()
    if unit and after and _begins_unit(after, unit):
        after = ""
    elif after and not unit and is_unit(after):
        after, said_unit = "", match["after"].strip()
    elif match["percent1"] and _YEARLY.fullmatch(after):
        after = ""
    if before not in _QUALIFIERS or after not in _AFTER:
        return _reject("number.not_a_number", "Không hiểu chữ đi kèm con số")
    percent = bool(match["percent1"] or match["percent2"])
    if percent and unit and not unit.startswith("%"):
        return _reject("unit.percent_format", "Ô ghi % nhưng đơn vị tính không phải %")
    low = _decimal(match["low"], percent or unit.startswith("%"), habits)
    high = _decimal(match["high"], percent or unit.startswith("%"), habits) if match["high"] else None
    if low is None or (match["high"] and high is None):
        return _reject("number.ambiguous", "Con số có thể đọc theo hai cách (dấu chấm, dấu phẩy)")
    if high is not None and high <= low:
        return _reject("number.range", "Khoảng giá trị có đầu sau không lớn hơn đầu trước")
    if _YEARS.fullmatch(text) and high - low <= _LONGEST_PERIOD:
        return _reject("number.ambiguous", "Không biết ô ghi một khoảng giá trị hay một giai đoạn (từ năm, đến năm)")
    qualifier = "range" if high is not None else _QUALIFIERS[before] or _AFTER[after]
    written = [n for n in (match["low"], match["high"]) if n]
    return Reading(
        "value",
        low,
        high,
        qualifier,
        max(_written_digits(n, d) for n, d in zip(written, (low, high), strict=False)),
        "%" if percent else said_unit,
        ("text_number",),
    )


def is_answer(text: str) -> bool:
    """Whether words in a number's place may be a target: ``Xuất siêu``, not ``không có``."""
    return not _NO_ANSWER.fullmatch(plain(text).lower())


def _with_remark(remarked: re.Match, *, unit: str, is_target: bool, habits: Habits) -> Reading:
    """``76,1 (số Chi cục Thuế)``: the number, whose remark may say that it is an estimate, or measured otherwise."""
    remark = remarked["remark"].strip()
    if is_unit(remark) and not _begins_unit(remark.lower(), unit):
        return _reject("unit.unknown", f"Ô ghi đơn vị “{remark}” khác đơn vị tính của dòng")
    reading = _text(remarked["number"].strip(), unit=unit, is_target=is_target, habits=habits)
    if reading.fate == "value" and reading.value is not None:
        if not reading.qualifier and _ESTIMATED.match(remark):
            reading.qualifier = "~"
        reading.rules += ("remark_beside",)
    return reading


@lru_cache(FEW)
def _begins_unit(said: str, unit: str) -> bool:
    """Whether words behind a number are the unit of its row, or how that begins: ``tỷ`` of ``Tỷ đồng``."""
    said, unit = (_spelt_out(text) for text in (said, unit))
    return unit == said or (bool(said) and unit.startswith(said) and unit[len(said)] in " /")


def _spelt_out(unit: str) -> str:
    text = unit.lower().strip(" .")
    for short, meant in _SHORT_UNITS:
        text = short.sub(meant, text)
    return " ".join(text.split())


def _written_digits(written: str, value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent)) if re.search(r"[.,]", written) else 0


def _decimal(written: str, is_percent: bool, habits: Habits) -> Decimal | None:
    """A number as text to a number, None where it can be read in two ways and its table does not settle it."""
    text = plain(written)
    if " " in text:  # blanks group thousands, or the text is no number
        if not re.fullmatch(r"-?\d{1,3}( \d{3})+([.,]\d+)?", text):
            return None
        text = text.replace(" ", "")
    if re.fullmatch(r"-?\d+", text):
        return Decimal(text)
    # a leading zero never begins a group of thousands
    vietnamese = re.fullmatch(r"-?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?", text)
    english = re.fullmatch(r"-?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?", text)
    as_vietnamese = Decimal(text.replace(".", "").replace(",", ".")) if vietnamese else None
    as_english = Decimal(text.replace(",", "")) if english else None
    if as_vietnamese is None or as_english is None:
        return as_vietnamese if as_english is None else as_english
    if habits.decimal_comma and not habits.decimal_point:
        return as_vietnamese
    if habits.grouped_english and not habits.decimal_comma:
        return as_english
    if "," in text and habits.only_points:
        return as_english
    if "," in text or is_percent or habits.decimal_point:
        return None  # one decimal point elsewhere does not say that no point groups thousands here
    return as_vietnamese  # 3.200 in a Vietnamese form without a sign of English writing is three thousand two hundred
