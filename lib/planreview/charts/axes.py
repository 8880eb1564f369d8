"""Years across, values upwards: round ticks, light lines, and where a value of a year lies on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from planreview.catalogue.texts import number
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean
from planreview.charts.placing import Rect
from planreview.charts.rows import Scale

_HEIGHT = 165.0
_HEADROOM = 24.0  # above the highest line of the grid, for labels
_STEPS = ((1, 0), (2, 0), (5, 0), (10, 1), (20, 1))  # multiples of a power of ten, and the decimals they save


def nice_ticks(low: float, high: float, most: int = 6) -> tuple[list[float], int]:
    """Round numbers from at or below ``low`` to at or above ``high``, and the decimals they need.

    >>> nice_ticks(0, 83)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0)
    """
    reach = max(abs(low), abs(high))
    if reach < 1e-12:
        low, high = 0.0, 1.0
    elif high - low < 1e-9 * reach:  # one value: in the middle
        low, high = low - reach / 2, high + reach / 2
    power = floor(log10((high - low) / (most - 1)))
    for multiple, saved in _STEPS:
        step, digits = multiple * 10.0**power, max(0, -power - saved)
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first <= most - 1:
            break
    return [round(k * step, digits) + 0.0 for k in range(first, last + 1)], digits


class Axes:
    """Draws itself on the canvas; ``spot`` says where a value of a year lies, ``bounds`` where labels may stand.

    ``unit`` is where the unit stands, ``grid`` the heights of the light lines: labels had better leave both alone.
    """

    def __init__(
        self, canvas: Canvas, years: Sequence[int], values: Sequence[float], unit: str, from_zero: bool
    ) -> None:  # fmt: skip
        shown = [*values, 0.0] if from_zero else values
        ticks, digits = nice_ticks(min(shown), max(shown))
        texts = [number(tick, digits) for tick in ticks]
        left = canvas.left + max(style.measure(text, style.SMALL) for text in texts) + 6
        top = canvas.y + _HEADROOM
        bottom = top + _HEIGHT
        name = style.shorten(clean(unit), canvas.right - canvas.left, style.SMALL)
        canvas.text(canvas.left, top - 9, name, style.SMALL, color=style.MUTED)
        reach = canvas.left + style.measure(name, style.SMALL)
        self.unit = Rect(canvas.left, top - 9 - style.SMALL, reach, top - 6)
        self.y = Scale(ticks[0], ticks[-1], bottom, top)
        first, last = min(years), max(years)
        ends = (left + 14, canvas.right - 14)
        self.x = Scale(first, last, *ends) if first < last else Scale(first - 1, last + 1, *ends)
        self.bounds = Rect(left, canvas.y + 1, canvas.right, bottom - 1)
        self.grid = [self.y(tick) for tick in ticks]
        for tick, text in zip(ticks, texts, strict=True):
            strong = tick in (0, ticks[0])
            line = [(left, self.y(tick)), (canvas.right, self.y(tick))]
            canvas.line(line, style.MUTED if strong else style.RULE, 0.8 if strong else 0.6, behind=True)
            canvas.text(left - 5, self.y(tick) + 3, text, style.SMALL, color=style.MUTED, align="right")
        self._years(canvas, first, last, bottom)
        canvas.y = bottom + 18

    def spot(self, year: int, value: float) -> tuple[float, float]:
        return self.x(year), self.y(value)

    def _years(self, canvas: Canvas, first: int, last: int, bottom: float) -> None:
        """As many years as find room, the last one always."""
        pitch = self.x(first + 1) - self.x(first)
        room = style.measure(str(last), style.SMALL) + 3
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10**9) if n * pitch >= room)
        for year in range(last, first - 1, -every):
            canvas.line([(self.x(year), bottom), (self.x(year), bottom + 3)], style.MUTED, 0.8)
            canvas.text(self.x(year), bottom + 13, str(year), style.SMALL, color=style.MUTED, align="center")
