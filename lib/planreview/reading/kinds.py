"""What a single cell looks like, before anything is known of the table that it stands in."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from functools import lru_cache

from planreview.memory import FEW
from planreview.reading.units import is_unit
from planreview.workbooks import GridCell

BLANK_MARKS = {
    "-",
    "–",
    "—",
    "…",
    "...",
    "....",
    ".....",
    "x",
    "X",
    "--",
    "..",
    "- -",
    "*",
    "n.a.",
    "n/a",
    "N/A",
    "na",
    "NA",
    "(*)",
    ":",
}


class Kind(int):
    """NUMBER: not a year. YEAR: a whole number that could be one. FIGURE: a number as text. MARK: a blank mark. ERROR:
    an error, or a formula without a result. FLAG: TRUE or FALSE. WORD: any other text.

    No Enum, whose members take ten times as long to look up, several times for every cell of a sheet.
    """

    NUMBER: Kind
    YEAR: Kind
    FIGURE: Kind
    MARK: Kind
    ERROR: Kind
    DATE: Kind
    FLAG: Kind
    WORD: Kind


for _number, _name in enumerate(Kind.__annotations__, 1):
    setattr(Kind, _name, Kind(_number))

NUMERIC = frozenset({Kind.NUMBER, Kind.YEAR, Kind.FIGURE, Kind.ERROR})

_NUMBER = r"[-+−]?(?:\d[\d., \u00a0\u202f]*\d|\d)|[-+−]?[.,]\d+"
_FIGURE = re.compile(
    rf"^(?:(?:≥|≤|>=?|<=?|~|≈|khoảng|trên|dưới|ước|gần|hơn|từ|ít nhất|tối thiểu|tối đa|không dưới|không quá)\s*)?"
    rf"\(?(?:{_NUMBER})\s*[%‰]?\)?(?:\s*(?:-|–|—|đến)\s*(?:{_NUMBER})\s*[%‰]?)?"
    rf"(?:\s*\(?(?:ước|sơ bộ|trở lên|trở xuống|p|r|e)\)?|\s*/\s*năm|"
    rf"\s*(?:\*+|\(\*+\)|[¹²³⁰⁴-⁹]+|\[\d{{1,2}}\]|\(\d{{1,2}}\)))?$"
)  # of a text in small letters
_WITH_UNIT = re.compile(rf"^(?P<number>{_NUMBER})\s*(?P<unit>[^\W\d_].*)$")
_POWER_OF_TEN = re.compile(r"10*|10{0,2}(?:[. ]000)+")  # "1.000 con" is a unit itself
_OF_TIME = re.compile(r"năm|tháng|ngày|giờ|quý|tuần|tuổi")  # "9 tháng" heads a column, "5 tuổi" ends a name
# where they do with a letter, figures begin so
_FIGURE_BEGINS = ("khoảng", "trên", "dưới", "ước", "gần", "hơn", "từ", "ít nhất", "tối thiểu", "tối đa", "không ")
_LONGEST_BEGIN = max(map(len, _FIGURE_BEGINS))
_YEAR = re.compile(r"^\(?(?:19|20)\d{2}\)?$|^(?:19|20)\d{2}\s*[-–]\s*(?:19|20)?\d{2}$")

_DIGIT = re.compile(r"\d")


def _or_bare(pattern: str) -> str:
    """A pattern, or the same as somebody types it who leaves out the accents: ``Chi tieu``, ``Don vi tinh``."""
    letters = unicodedata.normalize("NFD", pattern.replace("đ", "d").replace("Đ", "D"))
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))
    return f"{pattern}|{bare}"


_LABEL_HEADING = re.compile(
    _or_bare(
        r"^(?:(?:tên|danh mục|nội dung|các|những|một số|nhóm) )*(?:chỉ tiêu|chỉ số)(?: chủ yếu| kinh tế.*|"
        r" thống kê.*)?(?: ?[(-].*)?:?$|"
        r"^(?:nội dung|danh mục|mục|khoản mục|diễn giải|tên gọi|lĩnh vực|ngành|ngành kinh tế|địa phương|địa bàn|"
        r"huyện|tỉnh|xã|"
        r"đơn vị hành chính|tỉnh, thành phố.*|huyện, thành phố.*|phân tổ)(?: ?[(-].*)?:?$|^tên [^:]{1,40}$"
    )
    + "|"
    r"^(?:items?|indicators?|name|description|province|region|area|district|показатели|наименование.*|көрсөткүчтөр.*)$",
    re.I,
)
_UNIT_HEADING = re.compile(
    _or_bare(r"^(?:đvt|đ/v tính|đv tính|đv|đơn vị(?: tính)?(?: ?[(-].*)?|đơn vị đo|units?(?: of measure.*)?)$"), re.I
)
_ORDINAL_HEADING = re.compile(
    r"^(?:stt|tt|số tt|so tt|số thứ tự|so thu tu|thứ tự|thu tu|mã(?: số)?(?: .{1,12})?|ma so|ma chi tieu|ký hiệu|no\.?|"
    r"nº|№|#|code|id|.{1,8} id|stt no\.?)$"
)  # of a text in small letters
_ORDINAL_HEADING_BEGINS = (
    "stt",
    "tt",
    "số t",
    "so t",
    "thứ tự",
    "thu tu",
    "mã",
    "ma ",
    "ký hiệu",
    "no",
    "nº",
    "№",
    "#",
    "code",
    "id",
)
# over words, whatever somebody typed there
WORDS_HEADING = re.compile(
    _or_bare(r"^(?:ghi chú|nguyên nhân|giải pháp|thuận lợi|khó khăn|tồn tại|hạn chế|trách nhiệm|bài học|kiến nghị)\b"),
    re.I,
)
NOTE_HEADING = re.compile(
    rf"{WORDS_HEADING.pattern}|^(?:notes?|chú thích|căn cứ|nguồn(?: số liệu)?|cơ quan.*|đơn vị (?:chủ trì|thực hiện|"
    r"phụ trách|cung cấp).*)$",
    re.I,
)
PERIOD_WORD = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?!\d)|\b(?:th|ưth|uth|kh|ưkh|bqgđ|thực hiện|kế hoạch|ước|quý|tháng|năm|giai đoạn|mục tiêu|"
    r"dự toán|quyết toán|dự báo|so sánh|so với|cơ cấu|tổng số|chia ra|trong đó|thuc hien|ke hoach|uoc|muc tieu|"
    r"giai doan|so sanh)\b",
    re.I,
)


TIME_HEADING = re.compile(r"^(?:năm|tháng|quý|ngày|tuần|kỳ|thời gian|year|month|quarter|day|week|period|time)$", re.I)


LONGEST_ORDINAL_HEADING = 30


def kind_of(cell: GridCell) -> Kind:
    """The look of a cell; a number that could be a year is YEAR."""
    value = cell.value
    kind = type(value)  # the two that most cells are, first
    if kind is str:
        return _text_kind(value)
    if kind is int or kind is float:
        if 1900 <= value <= 2100 and value == int(value):
            return Kind.YEAR
        return Kind.NUMBER if math.isfinite(value) else Kind.ERROR
    if value is None:
        return Kind.ERROR
    if isinstance(value, bool):
        return Kind.FLAG
    return Kind.DATE if isinstance(value, dt.date | dt.datetime) else Kind.WORD


@lru_cache(FEW)
def _text_kind(text: str) -> Kind:
    text = text.strip()
    if text in BLANK_MARKS:
        return Kind.MARK
    if text[:1].isalpha():
        if not text[:_LONGEST_BEGIN].lower().startswith(_FIGURE_BEGINS):
            return Kind.WORD
    elif _YEAR.match(text):
        return Kind.YEAR
    if not _DIGIT.search(text):
        return Kind.WORD
    lower = text.lower()
    return Kind.FIGURE if _FIGURE.match(lower) or _counts_units(lower) else Kind.WORD


def _counts_units(lower: str) -> bool:
    """Whether a text in small letters is a number and its unit: ``3.240 m3``."""
    match = _WITH_UNIT.match(lower)
    if not match or _POWER_OF_TEN.fullmatch(match["number"]) or _OF_TIME.match(match["unit"]):
        return False
    return is_unit(match["unit"])


@lru_cache(FEW)
def may_head_labels(text: str) -> bool:
    """Whether a text on one line is such as head the names of lines."""
    return bool(_LABEL_HEADING.match(text))


@lru_cache(FEW)
def may_head_units(text: str) -> bool:
    return bool(_UNIT_HEADING.match(text))


def may_head_ordinals(text: str) -> bool:
    """Whether a text on one line is such as head the numbers of lines."""
    if len(text) > LONGEST_ORDINAL_HEADING:
        return False
    lower = text.lower()
    may = lower.startswith(_ORDINAL_HEADING_BEGINS) or lower.endswith(" id")
    return may and _ORDINAL_HEADING.match(lower) is not None


_ORDINAL = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]{1,2}|[-+*•])[.)]*\)?$")


def is_ordinal(cell: GridCell) -> bool:
    """Whether a cell could be the number of a line: 1, 1.1, I, A, a), -."""
    value = cell.value
    kind = type(value)
    if kind is str:
        return (" " not in value or " " not in value.strip()) and _is_ordinal_text(value)
    if kind is not int and kind is not float:
        return False
    return 0 <= value < 1000 and value * 10 == int(value * 10)


@lru_cache(FEW)
def _is_ordinal_text(text: str) -> bool:
    return bool(_ORDINAL.match(text.strip()))
