"""What blocks of charts share: numbers as charts take them, and the source line with how many units it covers."""

from __future__ import annotations

from planreview.blocks import Part
from planreview.catalogue import Indicator, texts
from planreview.charts import Break
from planreview.narrative.numbers import known
from planreview.narrative.sources import known_as
from planreview.review import Review


def text_of(part: Part) -> str:
    return part if isinstance(part, str) else part.text


def value(number: float | None) -> float | None:
    """None for a missing number."""
    return float(number) if known(number) else None


def breaks_of(review: Review, code: str) -> list[Break]:
    """Where the definition of an indicator changed (data/reference/breaks.csv)."""
    found = review.catalogue.breaks
    found = found[found["indicator_code"] == code].sort_values("first_year")
    return [Break(int(row["first_year"]), row["reason_vi"]) for row in found.to_dict("records")]


def covered(review: Review, n: int, of: int) -> str:
    """``Nguồn: bảng kết quả, 11/12 đơn vị có số liệu; số liệu đến …``: where naming every file would say nothing."""
    return f"Nguồn: bảng kết quả của các đơn vị, {n}/{of} đơn vị có số liệu; số liệu đến {known_as(review)}"


def sign_of(indicator: Indicator) -> int:
    """1 where more is better, −1 where less is, 0 where neither."""
    return {"up": 1, "down": -1}.get(indicator.direction, 0)


def without_common(names: list[str]) -> list[str]:
    """Names without the words that all of them begin and end with: "Tỷ trọng … trong GRDP"."""
    if not names:
        return []
    words = [name.split(" ") for name in names]
    start = end = 0
    shortest = min(len(each) for each in words)
    while start < shortest - 1 and len({each[start].lower() for each in words}) == 1:
        start += 1
    while end < shortest - start - 1 and len({each[-1 - end] for each in words}) == 1:
        end += 1
    return [texts.sentence(" ".join(each[start : len(each) - end])) for each in words]
