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


@dataclass(frozen=True)
class Sign:
    """One entry of a line that explains: a small sign (``glyph``) and its words."""

    glyph: str
    words: str
    color: str = style.INK
    fill: str = style.PAPER


DASHES = {"dashes": (2.0, 1.4), "dots": (0.8, 0.9), "mixed": (3.0, 0.9)}  # of upright strokes
_SIGN = 11.0  # room for a sign before its words


def signs(canvas: Canvas, entries: Iterable[Sign], left: float | None = None, right: float | None = None) -> None:
    """Signs with their words, as many in a line as find room."""
    left, right = canvas.left if left is None else left, canvas.right if right is None else right
    x, line = left, style.SMALL * style.LEADING
    canvas.y += line
    for entry in entries:
        words = clean(entry.words)
        width = style.measure(words, style.SMALL) + _SIGN
        if x > left and x + width > right:
            x, canvas.y = left, canvas.y + line
        sign(canvas, entry.glyph, x + 4, canvas.y - 5.4, entry.color, entry.fill)
        for index, part in enumerate(style.wrap(words, right - x - _SIGN, style.SMALL)):
            canvas.y += line if index else 0
            canvas.text(x + _SIGN, canvas.y - 2.5, part, style.SMALL, color=style.MUTED)
            width = _SIGN + style.measure(part, style.SMALL)
        x += width + 8


def sign(canvas: Canvas, glyph: str, x: float, y: float, color: str, fill: str = style.PAPER) -> None:
    """A sign around a spot: dot, ring, diamond, square, stroke (or one of DASHES), line, triangle, box (filled), hatch,
    or a tone's mark."""
    match glyph:
        case "dot" | "ring":
            canvas.dot(x, y, color, hollow=glyph == "ring", radius=2.8)
        case "diamond":
            canvas.diamond(x, y, color, hollow=True, radius=3.8)
        case "square":
            near, far = -2.8, 2.8
            corners = [(x + near, y + near), (x + far, y + near), (x + far, y + far), (x + near, y + far)]
            canvas.polygon(corners, fill, color)
        case "stroke":
            canvas.line([(x, y - 4.4), (x, y + 4.4)], color, 2.0)
        case "dashes" | "dots" | "mixed":
            canvas.line([(x, y - 4.4), (x, y + 4.4)], color, 1.6, dash=DASHES[glyph])
        case "triangle":
            canvas.polygon([(x, y - 2.6), (x - 2.8, y + 2.4), (x + 2.8, y + 2.4)], color)
        case "line":
            canvas.line([(x - 4, y), (x + 4, y)], color, 2.0)
        case "box":
            canvas.box(x - 4, y - 4, x + 4, y + 4, fill, color)
        case "hatch":
            canvas.hatch(x - 4, y - 4, x + 4, y + 4)
        case _:
            mark(canvas, x, y, glyph, color)


def nothing(canvas: Canvas) -> None:
    """Says that there is nothing to draw."""
    canvas.y += style.BODY * style.LEADING
    canvas.text(canvas.left, canvas.y - 3, NO_DATA, color=style.MUTED)


def mark(canvas: Canvas, x: float, y: float, tone: str, color: str) -> None:
    """A tick, a cross, a ring or a dash."""
    if tone == "open":
        canvas.dot(x, y, color, hollow=True, radius=3)
    else:
        canvas.strokes(mark_lines(x, y, tone), color, 1.9)


def mark_lines(x: float, y: float, tone: str) -> list[list[tuple[float, float]]]:
    """The lines of a tick, a cross or a dash."""
    if tone == "good":
        return [[(x - 3.4, y + 0.2), (x - 1, y + 2.8), (x + 3.6, y - 3)]]
    if tone == "bad":
        return [[(x - 3, y - 3), (x + 3, y + 3)], [(x - 3, y + 3), (x + 3, y - 3)]]
    return [[(x - 3, y), (x + 3, y)]]
