"""The fan of a forecast on path.py's axes: a light band, a darker one inside it, a line, and how to read them."""

from __future__ import annotations

from collections.abc import Sequence

from planreview.catalogue.texts import number
from planreview.charts import style
from planreview.charts.axes import Axes
from planreview.charts.canvas import Canvas, clean
from planreview.charts.course import Fan
from planreview.charts.placing import Spot

_BEYOND = 0.5  # how far bands may stretch the scale, as a share of what else is drawn
_WIDE, _NARROW = style.GREY_TINT, style.BAND


def values(fan: Fan, others: Sequence[float]) -> list[float]:
    """What the axes must hold beside ``others``: the forecast, and its bands as far as they do not dwarf the rest."""
    shown = [*others, fan.value]
    span = (max(shown) - min(shown)) or abs(fan.value) or 1.0
    low, high = min(shown) - _BEYOND * span, max(shown) + _BEYOND * span
    if min(others, default=0.0) >= 0:
        low = max(low, 0.0)  # what never was below zero gets no scale below zero
    return [fan.value, *(min(max(bound, low), high) for bound in (fan.low80, fan.high80))]


def draw(canvas: Canvas, axes: Axes, fan: Fan) -> tuple[list[Spot], bool]:
    """The way from the last value to the forecast, and whether both bands found room whole."""
    start, end = axes.spot(*fan.since), axes.spot(fan.year, fan.value)
    low, high = axes.y.low, axes.y.high
    for lower, upper, fill in ((fan.low80, fan.high80, _WIDE), (fan.low50, fan.high50, _NARROW)):
        wedge = [fan.since, (fan.year, lower), (fan.year, upper)]
        corners = [axes.spot(year, value) for year, value in _between(wedge, low, high)]
        if len(corners) > 2:
            canvas.polygon(corners, fill, behind=True)
    if low <= fan.value <= high:
        canvas.line([start, end], style.MUTED, 1.4, dash=(1.5, 1.5))
        canvas.line([(end[0] - 3, end[1]), (end[0] + 3, end[1])], style.MUTED, 1.6)
    return [start, end], low <= fan.low80 and fan.high80 <= high


def labels(
    fan: Fan, axes: Axes, digits: int, wide: float
) -> list[tuple[Spot, Spot, list[tuple[str, float, int, str]]]]:
    """The label of the forecast, as path.py places labels."""
    words = style.balanced(f"Xu thế {fan.year}: {_text(fan, digits)}", wide, style.SMALL, style.BOLD, most=3)
    lines = [(line, style.SMALL, style.BOLD, style.MUTED) for line in words]
    return [(axes.spot(fan.year, fan.value), (-0.8, 0.6), lines)]


def key(fan: Fan, digits: int, *, whole: bool) -> str:
    """What stands under the chart."""
    interval = clean(fan.range_text) or f"{number(fan.low80, digits)}–{number(fan.high80, digits)}"
    cut = "" if whole else " (dải rộng hơn khung hình)"
    note = f"; {clean(fan.note)}" if clean(fan.note) else ""
    said = f"nếu xu thế giữ nguyên: năm {fan.year} là {_text(fan, digits)}, khoảng 80% {interval}{cut}"
    return f"{said}; dải đậm là khoảng 50%; chỉ để tham khảo{note}"


def sample(canvas: Canvas, x: float, y: float) -> None:
    """The little picture before the key."""
    canvas.box(x, y - 4.5, x + 20, y + 4.5, _WIDE)
    canvas.box(x, y - 2, x + 20, y + 2, _NARROW)
    canvas.line([(x, y), (x + 20, y)], style.MUTED, 1.4, dash=(1.5, 1.5))


def _text(fan: Fan, digits: int) -> str:
    return clean(fan.text) or number(fan.value, digits)


def _between(corners: Sequence[tuple[float, float]], low: float, high: float) -> list[tuple[float, float]]:
    """A polygon of (year, value) cut off below ``low`` and above ``high`` (Sutherland–Hodgman)."""
    found = list(corners)
    for bound, keeps_above in ((low, True), (high, False)):
        cut: list[tuple[float, float]] = []
        for one, other in zip(found, [*found[1:], *found[:1]], strict=True):
            inside = [(v >= bound) == keeps_above or v == bound for v in (one[1], other[1])]
            if inside[0]:
                cut.append(one)
            if inside[0] != inside[1]:
                share = (bound - one[1]) / (other[1] - one[1])
                cut.append((one[0] + share * (other[0] - one[0]), bound))
        found = cut
    return found
