"""Areas beside each other on one indicator, the best first, with the values of larger areas as lines across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite

_NAME = 112.0
_ROW = 15.0
_SIGNS = ("stroke", "dashes", "dots", "mixed")


@dataclass(frozen=True)
class Ranked:
    """One area; ``text`` as printed, ``estimate`` a hollow dot, ``own`` the area that the page is about."""

    label: str
    value: float | None
    text: str = ""
    estimate: bool = False
    own: bool = False


@dataclass(frozen=True)
class Yardstick:
    """The value of a larger area, or a median: ``text`` as printed."""

    label: str
    value: float | None
    text: str = ""

    def words(self, digits: int) -> str:
        return f"{clean(self.label)}: {clean(self.text) or number(self.value, digits)}"


def ranked_chart(
    title: str, subtitle: str, rows: Sequence[Ranked], yardsticks: Sequence[Yardstick] = (), digits: int = 0,
    simulated: bool = False,
) -> str:  # fmt: skip
    """SVG. Rows are drawn in their order, those without a value where they stand."""
    return style.to_svg(ranked_figure(title, subtitle, rows, yardsticks, digits, simulated))


def ranked_figure(
    title: str, subtitle: str, rows: Sequence[Ranked], yardsticks: Sequence[Yardstick] = (), digits: int = 0,
    simulated: bool = False,
) -> Figure:  # fmt: skip
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        if rows:
            _draw(canvas, rows, [y for y in yardsticks if finite(y.value) is not None][: len(_SIGNS)], digits)
        else:
            parts.nothing(canvas)
        return canvas.finish()


def _draw(canvas: Canvas, rows: Sequence[Ranked], yardsticks: Sequence[Yardstick], digits: int) -> None:
    names = [style.wrap(clean(row.label), _NAME, style.BODY, _weight(row), most=3) for row in rows]
    widest = max((style.measure(line, style.BODY, _weight(row)) for row, lines in zip(rows, names, strict=True)
                  for line in lines), default=0.0)  # fmt: skip
    texts = [_text(row, digits) for row in rows]
    room = max(style.measure(text, style.BODY, style.BOLD) for text in texts if text) + 10
    start = canvas.left + widest + 10
    known = [v for v in (finite(each.value) for each in (*rows, *yardsticks)) if v is not None]
    scale = _scale(known, start + 5, canvas.right - room)
    if yardsticks:
        key = zip(_SIGNS, yardsticks, strict=False)
        parts.signs(canvas, [parts.Sign(glyph, each.words(digits)) for glyph, each in key])
        canvas.y += 3
    top = canvas.y
    for row, lines, text in zip(rows, names, texts, strict=True):
        _row(canvas, row, lines, text, scale, start)
    for glyph, each in zip(_SIGNS, yardsticks, strict=False):
        x = scale(each.value)
        canvas.line([(x, top), (x, canvas.y)], style.INK, 1.2, dash=parts.DASHES.get(glyph), behind=True)
    canvas.y += 2


def _row(canvas: Canvas, row: Ranked, lines: list[str], text: str, scale: parts.Scale, start: float) -> None:
    leading = style.BODY * style.LEADING
    high = max(_ROW, len(lines) * leading + 2)
    middle = canvas.y + high / 2
    first = middle + 3.4 - leading * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        canvas.text(canvas.left, first + index * leading, line, style.BODY, _weight(row))
    value = finite(row.value)
    if value is None:
        canvas.hatch(start + 5, middle - 4, start + 25, middle + 4)
        canvas.text(canvas.right, middle + 3.4, text, style.SMALL, color=style.MUTED, align="right")
    else:
        color = style.OTHER_INK if row.own else style.ACCENT
        canvas.line([(start, middle), (scale(value), middle)], style.RULE, 0.8, behind=True)
        canvas.dot(scale(value), middle, color, hollow=row.estimate, radius=4.2 if row.own else 3.4)
        canvas.text(canvas.right, middle + 3.4, text, style.BODY, style.BOLD, color, "right")
    canvas.y += high


def _text(row: Ranked, digits: int) -> str:
    if finite(row.value) is None:
        return parts.NO_DATA
    return style.shorten(clean(row.text) or number(row.value, digits), 110, style.BODY, style.BOLD)


def _weight(row: Ranked) -> int:
    return style.BOLD if row.own else style.REGULAR


def _scale(known: Sequence[float], x0: float, x1: float) -> parts.Scale:
    """From zero where values are near to it; dots need no zero where that would hide what differs."""
    if not known:
        return parts.Scale(0, 1, x0, x1)
    low, high = min(known), max(known)
    if 0 <= low <= 0.5 * high or low <= 0 <= high or low == high:
        low, high = min(0.0, low), max(0.0, high)
    return parts.Scale(low, high, x0, x1)
