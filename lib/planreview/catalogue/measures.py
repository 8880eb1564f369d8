"""Units of measure: what a written unit means and how a number in it becomes one in the catalogue's unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from planreview.catalogue.texts import LOOK_ALIKES

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


def parse(written: str) -> tuple[str, Decimal]:
    """A written unit as (base unit, factor): ``Nghìn tỷ đồng`` → (``đồng``, 10**12); ``%`` → (``%``, 1)."""
    text = unicodedata.normalize("NFC", written).strip().lower().rstrip(".").translate(LOOK_ALIKES)
    text = re.sub(r"^\((.*)\)$", r"\1", text)
    text = re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", text))
    text = re.sub(r"^1[. ]000\b", "1000", text)
    factor = Decimal(1)
    while match := re.match(r"^(nghìn|ngàn|1000|vạn|triệu|tr|tỷ|tỉ)\.?\s+(?=\S)", text):
        factor *= _SCALES[match[1]]
        text = text[match.end() :]
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
    if base == wanted_base:
        return factor / wanted_factor
    for unit, to_wanted in conversions.items():
        other_base, other_factor = parse(unit)
        if base == other_base:
            return factor / other_factor * to_wanted
    return None
