"""From one value to another by the parts that make up the difference, one row a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite

_NAME = 118.0
_BAR = 11.0
_WORDS = 104.0


@dataclass(frozen=True)
class Step:
    """One part: what it adds (None: not known), as printed.

    rest:  for what rounding or unnamed parts leave.
    tone:  good or bad; empty = good where it adds, bad where it takes away.
    """

    label: str
    value: float | None
    text: str
    rest: bool = False
    tone: str = ""


@dataclass(frozen=True)
class End:
    """Where it starts, or where it ends."""

    label: str
    value: float | None
    text: str


def waterfall_chart(
    title: str, subtitle: str, start: End, steps: Sequence[Step], end: End, simulated: bool = False
) -> str:
    """SVG. The bars of the steps lead from the start's value to the end's."""
    return style.to_svg(waterfall_figure(title, subtitle, start, steps, end, simulated))


def waterfall_figure(
    title: str, subtitle: str, start: End, steps: Sequence[Step], end: End, simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        if steps and finite(start.value) is not None and finite(end.value) is not None:
            _draw(canvas, start, steps, end)
        else:
            parts.nothing(canvas)
        return canvas.finish()


def _draw(canvas: Canvas, start: End, steps: Sequence[Step], end: End) -> None:
    levels = [start.value]
    for step in steps:
        levels.append(levels[-1] + (finite(step.value) or 0.0))
    words = [start.text, *(step.text for step in steps), end.text, parts.NO_DATA]
    room = min(_WORDS, max(style.measure(clean(text), style.BODY, style.BOLD) for text in words)) + 6
    names = [_lines(label) for label in (start.label, *(step.label for step in steps), end.label)]
    left = canvas.left + max(style.measure(line, style.BODY) for lines in names for line in [*lines, ""]) + 8
    scale = parts.Scale(min(*levels, end.value), max(*levels, end.value), left + 4, canvas.right - room - 4)
    x = _end(canvas, start, names[0], scale, room)
    for index, step in enumerate(steps):
        x = _step(canvas, step, names[index + 1], scale, levels[index], room, x)
    canvas.line([(x, canvas.y), (x, canvas.y + 4)], style.GREY, 0.7, dash=(2, 1.5))
    _end(canvas, end, names[-1], scale, room)


def _lines(label: str) -> list[str]:
    return style.wrap(clean(label), _NAME, style.BODY, most=6)


def _label(canvas: Canvas, lines: list[str], weight: int = style.REGULAR) -> tuple[float, float]:
    """Writes the name; gives the middle and the bottom of the row."""
    leading = style.BODY * style.LEADING
    high = max(_BAR + 6, len(lines) * leading + 4)
    middle = canvas.y + high / 2
    first = middle + 3.4 - leading * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        canvas.text(canvas.left, first + index * leading, line, style.BODY, weight)
    return middle, canvas.y + high


def _words(canvas: Canvas, text: str, y: float, room: float, color: str) -> None:
    words = style.shorten(clean(text), room - 6, style.BODY, style.BOLD)
    canvas.text(canvas.right, y + 3.4, words, style.BODY, style.BOLD, color, "right")


def _end(canvas: Canvas, end: End, lines: list[str], scale: parts.Scale, room: float) -> float:
    middle, bottom = _label(canvas, lines)
    x = scale(end.value)
    canvas.line([(x, middle - _BAR / 2), (x, middle + _BAR / 2)], style.INK, 2.6)
    _words(canvas, end.text, middle, room, style.INK)
    canvas.y = bottom
    return x


def _step(
    canvas: Canvas, step: Step, lines: list[str], scale: parts.Scale, before: float, room: float, x: float
) -> float:
    middle, bottom = _label(canvas, lines)
    value = finite(step.value)
    canvas.line([(x, canvas.y - 3), (x, middle)], style.GREY, 0.7, dash=(2, 1.5), behind=True)
    if value is None:
        canvas.hatch(x - 8, middle - _BAR / 2, x + 8, middle + _BAR / 2)
        _words(canvas, parts.NO_DATA, middle, room, style.MUTED)
        after = before
    else:
        after = before + value
        tone = "none" if step.rest else step.tone or ("good" if value >= 0 else "bad")
        fill, _, ink = style.TONES[tone]
        ends = sorted((scale(before), scale(after)))
        canvas.box(ends[0], middle - _BAR / 2, max(ends[1], ends[0] + 0.8), middle + _BAR / 2, fill, fill)
        _words(canvas, step.text, middle, room, ink)
    canvas.line([(scale(after), middle), (scale(after), bottom)], style.GREY, 0.7, dash=(2, 1.5), behind=True)
    canvas.y = bottom
    return scale(after)
