"""Units of measure: what a written unit means and how a number in it becomes one in the catalogue's unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from planreview.catalogue.texts import LOOK_ALIKES, folded

_SCALES = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "1000": 1_000,
    "vạn": 10_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_SAME = {
    "%/năm": "%",
    "phần trăm": "%",
    "% gdp": "% gdp",
    "đồng/người": "đồng/người/năm",
    "đ": "đồng",
    "đ/người/năm": "đồng/người/năm",
    "đ/ha": "đồng/ha",
    "đồng/ng/năm": "đồng/người/năm",
    "đ/ng/năm": "đồng/người/năm",
    "vnđ": "đồng",
    "lượt khách": "lượt",
    "hecta": "ha",
    "điểm phần trăm": "điểm %",
    "điểm phần trăm/năm": "điểm %/năm",
    "lượt người": "lượt",
    "hk": "lượt",
    "hk.km": "lượt.km",
    "tấn/năm": "tấn",
}
# another name of so many of a base unit
_MULTIPLES = {
    "‰": ("%", Decimal("0.1")),
    "tấn": ("kg", Decimal(1_000)),
    "tạ": ("kg", Decimal(100)),
    "tấn/ha": ("kg/ha", Decimal(1_000)),
    "tạ/ha": ("kg/ha", Decimal(100)),
    "km2": ("m2", Decimal(1_000_000)),
    "ha": ("m2", Decimal(10_000)),
}
# units as they are typed without diacritics
_WRITTEN = (*_MULTIPLES, *_SAME, *_SCALES, "đồng", "đồng/người/năm", "đồng/ha")
_UNMARKED = {folded(unit): unit for unit in _WRITTEN if folded(unit) != unit}
_COUNTED = frozenset(["đồng", "người", "con", "lượt", "hộ"])  # what a mere "nghìn" or "triệu" counts


@lru_cache(10_000)
def parse(written: str) -> tuple[str, Decimal]:
    """A written unit as (base unit, factor): ``Nghìn tỷ đồng`` → (``đồng``, 10**12); ``%`` → (``%``, 1)."""
    text = unicodedata.normalize("NFC", written).strip().lower().rstrip(".").translate(LOOK_ALIKES)
    text = re.sub(r"^\((.*)\)$", r"\1", text)
    text = re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", text))
    text = re.sub(r"^1[. ]?000(?:[. ]?000)?\b", lambda m: "1000" if len(m[0]) < 6 else "triệu", text)
    text = re.sub(r"^(tr|ng)\.?(?=đ)", lambda m: {"tr": "triệu ", "ng": "nghìn "}[m[1]], text)  # Trđ, Tr.đồng
    factor = Decimal(1)
    while match := re.match(r"^(nghìn|ngàn|1000|vạn|triệu|tr|tỷ|tỉ|nghin|ngan|trieu|ty)\.?\s+(?=\S)", text):
        factor *= _SCALES[_UNMARKED.get(match[1], match[1])]
        text = text[match.end() :]
    text = _UNMARKED.get(text, text)
    text = _SAME.get(text, text)
    base, multiple = _MULTIPLES.get(text, (text, Decimal(1)))
    return base, factor * multiple


def factor_between(
    written: str, wanted: str, conversions: Mapping[str, Decimal] = MappingProxyType({})
) -> Decimal | None:
    """The exact factor from one unit to another; None where they do not measure the same.

    ``conversions``: units of one indicator that its definition makes convertible, with their factors to ``wanted``.
    """
    base, factor = parse(written)
    wanted_base, wanted_factor = parse(wanted)
    if base == wanted_base or base == folded(wanted_base):
        return factor / wanted_factor
    if base in _SCALES and wanted_base.partition("/")[0] in _COUNTED:  # "Triệu" over money or "Nghìn" over people
        return factor * _SCALES[base] / wanted_factor
    for unit, to_wanted in conversions.items():
        other_base, other_factor = parse(unit)
        if base == other_base:
            return factor / other_factor * to_wanted
    return None
