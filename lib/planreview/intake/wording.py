"""The words of an indicator's name, however a form writes them: markers, spelling, abbreviations, regional words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from planreview.catalogue.texts import LOOK_ALIKES, folded, plain
from planreview.reading.units import is_measure, is_unit

_MARKERS = re.compile(r"^(?:[-+*•]|[A-Z]{1,3}\d{3,}\s*[-–:.]|\d+(?:\.\d+)*[.)]?|[a-zđ][.)]|[IVX]+[.)])\s+", re.I)
_OF_WHICH = re.compile(r"^(?:trong đó|t\.?đó|bao gồm|gồm|chia ra)\s*[:.]?\s*", re.I)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LAST_Y = re.compile(r"^([^aeiouyăâêôơư\W]+)y$")
_WORD = re.compile(r"\w+(?:[.,]\d+)*%?", re.UNICODE)
_MEANS = {
    "gtsx": "giá trị sản xuất",
    "gttt": "giá trị tăng thêm",
    "nsnn": "ngân sách nhà nước",
    "nsđp": "ngân sách địa phương",
    "đttxh": "đầu tư toàn xã hội",
    "đttp": "đầu tư phát triển",
    "ntm": "nông thôn mới",
    "th": "tiểu học",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "bhyt": "bảo hiểm y tế",
    "bhxh": "bảo hiểm xã hội",
    "bhtn": "bảo hiểm thất nghiệp",
    "xdcb": "xây dựng cơ bản",
    "htx": "hợp tác xã",
    "dn": "doanh nghiệp",
    "dtts": "dân tộc thiểu số",
    "ttcn": "tiểu thủ công nghiệp",
    "xd": "xây dựng",
    "dv": "dịch vụ",
    "tm": "thương mại",
    "lđ": "lao động",
    "sl": "sản lượng",
    "dt": "diện tích",
    "ns": "năng suất",
    "bq": "bình quân",
    "ss": "so sánh",
    "hh": "hiện hành",
    "sx": "sản xuất",
    "heo": "lợn",
    "bắp": "ngô",
    "kcb": "khám chữa bệnh",
    "sdd": "suy dinh dưỡng",
    "tl": "tỷ lệ",
    "kv": "",  # as the phrase below: it tells nothing
    "hs": "học sinh",
    "gv": "giáo viên",
    "cqg": "chuẩn quốc gia",
    "nlts": "nônglâmthủysản",
    "tyt": "trạm y tế",
    "tngt": "tai nạn giao thông",
}
# words without which a name says the same: that something is counted, and where, the table says already
_FILLERS = frozenset(["số", "tổng", "của", "các", "và", "được", "theo"])
_PHRASES = re.compile(
    r"\b(?:trên địa bàn(?: toàn)?(?: tỉnh| huyện| thành phố)?|(?:toàn|của) (?:tỉnh|huyện)|khu vực|"
    r"giai đoạn(?= \d{4}))\b"
)
_BARE_MEANS = {folded(short): folded(meant) for short, meant in _MEANS.items()}
_BARE_FILLERS = frozenset(map(folded, _FILLERS))
_BARE_PHRASES = re.compile(
    r"\b(?:tren dia ban(?: toan)?(?: tinh| huyen| thanh pho)?|(?:toan|cua) (?:tinh|huyen)|khu vuc|"
    r"giai doan(?= \d{4}))\b"
)
_BARE_OF_WHICH = re.compile(r"^(?:trong do|bao gom|gom|chia ra)\s*[:.]?\s*")
# slips whose words are both known, as forms are full of them
_MISSPELT = tuple(
    ((slip,), re.compile(rf"\b{slip}\b"), meant)
    for slip, meant in (
        ("năng xuất", "năng suất"), ("sản suất", "sản xuất"), ("xuất đầu tư", "suất đầu tư"), ("khu vự", "khu vực"),
        ("trông trọt", "trồng trọt"), ("xữ lý", "xử lý"), ("sữa chữa", "sửa chữa"),
    )
)  # fmt: skip
_FARMING = re.compile(r"\bnông\W+lâm(?: nghiệp)?(?:\W+|\s+và\s+)(?:thủy|thuỷ|ngư)(?: sản| nghiệp)?\b")
_CURRENT = re.compile(r"\bgiá thực tế\b|\(thực tế\)")
_FIXED = re.compile(r"\bgiá (?:cố định )?(?=(?:năm )?\d{4}\b)")
# alone it may be chăn nuôi as well
_INDUSTRY = re.compile(r"\bcn(?=\W{1,3}(?:xd|xây dựng|ttcn|tiểu thủ)\b)|(?<=tiểu thủ )cn\b")
# what is put in the place of what, one after the other; looked for only where some of its letters are
_REPLACED = (
    *_MISSPELT,
    (("trên địa bàn", "toàn ", "của ", "khu vực", "giai đoạn"), _PHRASES, " "),
    (("nông",), _FARMING, "nônglâmthủysản"),
    (("thực tế",), _CURRENT, "giá hiện hành"),
    (("cn",), _INDUSTRY, "công nghiệp"),
    (("giá ",), _FIXED, "giá so sánh "),
)
_LAST_BRACKET = re.compile(r"\s*\(([^()]*)\)[\s.:;*]*$")
_WHOLE = re.compile(r"(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|huyện)|chung)\s*[:.]?", re.I)


@lru_cache(20_000)
def without_markers(text: str) -> str:
    """A line without its numbering: ``1.2. a) Dân số`` → ``Dân số``."""
    text = plain(text).translate(LOOK_ALIKES)
    while (shorter := _MARKERS.sub("", text)) != text:
        text = shorter
    return text


def without_unit(name: str) -> str:
    """A name without the unit of measure behind it, in brackets or after a comma: ``Sản lượng ngô (tấn)``, ``Sản lượng
    ngô, tấn`` → ``Sản lượng ngô``."""
    match = _LAST_BRACKET.search(name)
    if match:
        return name[: match.start()] if is_unit(match[1]) else name
    bare, comma, behind = name.rpartition(",")
    return bare if comma and is_measure(behind.strip()) else name


@lru_cache(20_000)
def words(name: str) -> tuple[str, ...]:
    """The words that tell an indicator, sorted, each as it is compared; () for a name of fillers only."""
    text = _OF_WHICH.sub("", without_markers(name)).casefold()
    for needed, pattern, meant in _REPLACED:
        if any(letters in text for letters in needed):
            text = pattern.sub(meant, text)
    expanded = (part for word in _WORD.findall(text) for part in _MEANS.get(word, word).split())
    return tuple(sorted(spelt(word) for word in expanded if word not in _FILLERS))


@lru_cache(20_000)
def bare_words(name: str) -> tuple[str, ...]:
    """The words of a name without their accents, sorted: the same however many of them were typed with theirs."""
    text = _BARE_OF_WHICH.sub("", folded(without_markers(name)))
    text = _BARE_PHRASES.sub(" ", text).replace("gia thuc te", "gia hien hanh")
    expanded = (part for word in _WORD.findall(text) for part in _BARE_MEANS.get(word, word).split())
    return tuple(sorted(folded(spelt(word)) for word in expanded if word not in _BARE_FILLERS))


def is_whole(name: str) -> bool:
    """Whether a name says that all of what stands above it is meant: ``Tổng số``."""
    return bool(_WHOLE.fullmatch(without_markers(name)))


@lru_cache(20_000)
def spelt(word: str) -> str:
    """A word in one of its accepted spellings: ``hoà`` and ``hòa``, ``lý`` and ``lí`` are one."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(_TONES.findall(decomposed))
    letters = unicodedata.normalize("NFC", _TONES.sub("", decomposed))
    return _LAST_Y.sub(r"\1i", letters) + tones
