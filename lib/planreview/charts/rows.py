"""What charts with one row an indicator share: the name, the scale of a row, the word at its right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planreview.charts import style
from planreview.charts.canvas import Canvas, clean

NO_DATA = "chưa có số liệu"
DOWN = "càng thấp càng tốt"
GAP = 9.0  # between two rows
_WORD_LIMIT = 118.0
_MARK = 12.0  # room for the mark before a status word


@dataclass(frozen=True)
class Scale:
    """Values ``low``–``high`` onto points ``x0``–``x1``; both ends alike: everything at ``x0``."""

    low: float
    high: float
    x0: float
    x1: float

    @classmethod
    def over(cls, values: Iterable[float | None], x0: float, x1: float) -> Scale:
        """From zero, or from the lowest value below it, to the highest."""
        known = [value for value in values if value is not None]
        return cls(min([0.0, *known]), max([0.0, *known]), x0, x1)

    def __call__(self, value: float) -> float:
        unit = max(abs(self.low), abs(self.high)) or 1.0  # no overflow between the ends of what a float can hold
        span = self.high / unit - self.low / unit
        return self.x0 + (self.x1 - self.x0) * ((value / unit - self.low / unit) / span if span else 0.0)


def heading(canvas: Canvas, label: str, unit: str, direction: str) -> None:
    """The indicator's name, in brackets its unit and, where less is better, that it is so."""
    hint = ", ".join(part for part in (clean(unit), DOWN if direction == "down" else "") if part)
    name = clean(label)
    words = name + (f", {hint}" if hint and name.endswith(")") else f" ({hint})" if hint else "")
    for line in style.wrap(words, canvas.right - canvas.left, style.BODY, most=4):
        canvas.y += style.BODY * style.LEADING
        canvas.text(canvas.left, canvas.y - 3, line)


def separator(canvas: Canvas) -> None:
    canvas.y += GAP / 2
    canvas.line([(canvas.left, canvas.y), (canvas.right, canvas.y)], style.RULE, 0.6)
    canvas.y += GAP / 2 - 2


def word_width(words: Iterable[str], limit: float = _WORD_LIMIT) -> float:
    """How wide the column of words at the right must be."""
    return min(limit, max((style.measure(clean(text), style.BODY, style.BOLD) for text in words), default=0.0)) + _MARK


def verdict(canvas: Canvas, x: float, y: float, word: str, tone: str) -> None:
    """The status word around the height ``y``, before it a mark that differs in shape."""
    color = style.TONES[tone][2]
    lines = style.wrap(clean(word), canvas.right - x - _MARK + 0.5, style.BODY, style.BOLD, most=2)
    if not lines:
        return
    mark(canvas, x + 4, y, tone, color)
    leading = style.BODY * style.LEADING
    first = y + 3.4 - leading * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        canvas.text(x + _MARK, first + index * leading, line, style.BODY, style.BOLD, color)


def mark(canvas: Canvas, x: float, y: float, tone: str, color: str) -> None:
    """A tick, a cross, a ring or a dash."""
    if tone == "good":
        canvas.line([(x - 3.4, y + 0.2), (x - 1, y + 2.8), (x + 3.6, y - 3)], color, 1.9)
    elif tone == "bad":
        canvas.line([(x - 3, y - 3), (x + 3, y + 3)], color, 1.9)
        canvas.line([(x - 3, y + 3), (x + 3, y - 3)], color, 1.9)
    elif tone == "open":
        canvas.dot(x, y, color, hollow=True, radius=3)
    else:
        canvas.line([(x - 3, y), (x + 3, y)], color, 1.9)
