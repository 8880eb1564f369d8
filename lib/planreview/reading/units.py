"""Units of measure by their look: which words of a title, a header or a label are one."""

from __future__ import annotations

import re
from functools import lru_cache

from planreview.memory import FEW

_SCALE = (
    r"(?:nghìn|ngàn|ngh\.|trăm|vạn|triệu|tr\.?|tỷ|tỉ|1[. ]?000|1[. ]?000[. ]?000|thousands?|thous\.?|millions?|"
    r"mill?\.?|"
    r"billions?|bill?\.?|тыс\.?|млн\.?|млрд\.?|миң)"
)
_BASE = (
    r"đồng(?: việt nam)?|đ|vnđ|vnd|usd|us\$|đô ?la(?: mỹ)?|eur|euro|dongs?|dollars?|tấn|tạ|yến|kg|gam|gram|lít|"
    r"mét(?: khối|"
    r" vuông)?|m|m2|m3|m²|m³|km|km2|km²|ha|hecta|sào|người|lao động|lượt(?: người| khách| hk)?|hành khách|hk|"
    r"khách|con|cái|"
    r"chiếc|bộ|đôi|hộp|bao|chai|viên|quả|trứng|cây|ste|ster|kwh|kw|mw|kva|mva|%|‰|phần trăm|phần nghìn|"
    r"điểm(?: %| phần trăm)?|"
    r"lần|hộ(?: nghèo)?|xã|phường|thị trấn|huyện|tỉnh|thôn|bản|trường|lớp|phòng(?: học)?|học sinh|hs|h/sinh|sinh viên|"
    r"giáo viên|gv|giường(?: bệnh)?|bác s[ĩỹ]|bs|cán bộ|cơ sở|doanh nghiệp|dn|dự án|da|vụ(?: án)?|đơn|thẻ|thuê bao|"
    r"máy|nhà|ngôi|căn|trạm|cột|tờ|trang|cuốn|giấy|năm|tháng|ngày|giờ|tuổi|trẻ(?: em)?|cháu|bé|hợp tác xã|htx|"
    r"trang trại|"
    r"công trình|suất|ca|văn bản|tiêu chí|làng|chợ|tàu|thuyền|container|teu|tấn[.]km|"
    r"(?:lượt )?(?:người|khách|hk|tấn)[.]km|hk[.]km|điện thoại|máy điện thoại|"
    r"percent|per cent|persons?|people|tons?|tonnes?|hectares?|heads?|units?|cases|projects?|households?|"
    r"процент(?:ов|ах)?|пайыз|человек|адам|сом(?:ов)?"
)
_UNIT = re.compile(rf"(?:{_SCALE} )*(?:{_BASE})(?: ?/ ?.{{1,30}})?|{_SCALE}(?: {_SCALE})* [^\d\W]+(?: [^\d\W]+)?")
_MEASURE = re.compile(
    rf"{_SCALE}\b|(?:đồng|đ|vnđ|vnd|usd|us\$|đô|eur|tấn|tạ|kg|gam|lít|mét|m|m2|m3|m²|m³|km|km2|ha|hecta|%|‰|"
    rf"phần trăm|kwh|kw|mw|"
    r"lượt|percent|tons?|tonnes?)(?!\w)",
    re.I,
)
_SAID = re.compile(r"^\(?\s*(?:đơn vị(?: tính)?|đvt|đv tính|đ/v tính|units?(?: of measure)?)\s*[:：]\s*(.+?)\)?$", re.I)
_SAID_SURELY = re.compile(r"^\(?\s*(?:đơn vị tính|đvt|đv tính|đ/v tính|units? of measure)\s*[:：]", re.I)
_OFFICE = re.compile(
    r"^(?:sở|ban|phòng|chi cục|cục|văn phòng|ubnd|ủy ban|uỷ ban|thanh tra|công an|kho bạc|ngân hàng|bảo hiểm|công ty|"
    r"tổng công ty|liên minh|trung tâm|bệnh viện|huyện|thành phố|thị xã|tỉnh|bộ)\s+\S",
    re.I,
)
_RATE = re.compile(r"^số .+/.+$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PERCENT_WORDS = re.compile(
    r"^(?:in |в )?(?:the )?(?:%|percent|per cent|percentage|процент\w*|пайыз\w*)(?: .{1,60})?$|\bпайыз\b|^в процент",
    re.I,
)
_PERCENT_NAME = re.compile(r"^(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|cơ cấu)\b.*%|^%|%\s*$", re.I)
DITTO = {
    '"', "''", "”", "“", "″", "〃", ",,", "//", "/ /", "nt", "như trên",
    "-nt-", "- nt -", '-"-', '- " -', "-”-", "-“-", "-//-", "- // -",
}  # fmt: skip


@lru_cache(FEW)
def is_unit(text: str) -> bool:
    """Whether words are one unit of measure and nothing else: ``Nghìn tấn``, ``Tạ/ha``, ``%``."""
    text = text.strip(" .:*").strip()
    if not text or len(text) > 40:
        return False
    lower = text.lower()
    return bool(_UNIT.fullmatch(lower) or _RATE.match(lower))


def is_measure(text: str) -> bool:
    """Whether words are a unit and could not as well be what is counted: ``Nghìn người``, ``ha``, not ``Học sinh``."""
    return is_unit(text) and bool(_MEASURE.match(text.strip(" .:*()")))


@lru_cache(FEW)
def unit_line(text: str) -> tuple[str, ...]:
    """The units that a line above a table declares: ``ĐVT: tỷ đồng``, ``Tỷ đồng; %``, ``(in percent)``; else ()."""
    text = " ".join(text.split())
    if len(text) > 80:
        return ()
    said = _SAID.match(text)
    inner = said[1] if said else text.strip().removeprefix("(").removesuffix(")").strip()
    if _PERCENT_WORDS.match(inner) and (said or text.startswith("(") or is_unit(inner)):
        return (_percent(inner),)
    halves = re.split(r"\s+[-–]\s+", inner)  # the same in another language
    if len(halves) > 1 and is_unit(halves[0]):
        inner = halves[0]
    parts = [p.strip() for p in re.split(r"[;,]|\s+và\s+", inner) if p.strip()]
    if parts and all(is_unit(p) for p in parts):
        return tuple(parts)
    if not said or len(inner) > 40:
        return ()
    if _SAID_SURELY.match(text):
        return (inner,)
    # "Đơn vị:" may also say who reports
    return () if _OFFICE.match(inner) or re.search(r"\d{3,}", inner) else (inner,)


def _percent(text: str) -> str:
    return text.removeprefix("in ")


@lru_cache(FEW)
def unit_in(text: str) -> str:
    """The unit that a header or a label carries, in brackets or after a comma; '' where it carries none."""
    for inner in reversed(_BRACKETS.findall(text)) if "(" in text else ():
        said = _SAID.match(inner)
        inner = (said[1] if said else inner).strip()
        if said or is_unit(inner):
            return inner
    tail = text.rpartition(",")[2].strip() if "," in text else ""
    if tail and tail != text.strip() and (tail.startswith("%") or " " in tail or is_measure(tail)) and is_unit(tail):
        return tail
    return "%" if "%" in text and _PERCENT_NAME.search(text.strip()) else ""
