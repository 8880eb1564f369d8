"""Units of measure: what a written unit means and how a number in it becomes one in the catalogue's unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

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
}


def parse(written: str) -> tuple[str, Decimal]:
    """A written unit as (base unit, factor): ``Nghìn tỷ đồng`` → (``đồng``, 10**12); ``%`` → (``%``, 1)."""
    text = unicodedata.normalize("NFC", written).strip().lower().rstrip(".")
    text = re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", text))
    text = re.sub(r"^1[. ]000\b", "1000", text)
    factor = Decimal(1)
    while match := re.match(r"^(nghìn|ngàn|1000|vạn|triệu|tr|tỷ|tỉ)\.?\s+(?=\S)", text):
        factor *= _SCALES[match[1]]
        text = text[match.end() :]
    return _SAME.get(text, text), factor


def factor_between(written: str, wanted: str) -> Decimal | None:
    """The exact factor from one unit to another; None where they do not measure the same."""
    base, factor = parse(written)
    wanted_base, wanted_factor = parse(wanted)
    return factor / wanted_factor if base == wanted_base else None
