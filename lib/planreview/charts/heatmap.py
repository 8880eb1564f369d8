"""Units across, indicators down: how each came out where, by a mark that differs in shape as well as in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean

_NAME = 128.0  # the least room for names
_CELL, _NARROWEST = 17.0, 11.0  # width of a cell, at most and at least
_TAIL = 30.0
_HEAD = 78.0  # the longest name of a column that is not shortened
_LINE = style.SMALL * style.LEADING


@dataclass(frozen=True)
class HeatRow:
    """One indicator: a tone for each column (good, bad, open; none: known but not judged; "" : nothing known).

    tail: a few words or a number at the right end ("7/12").
    """

    label: str
    tones: Sequence[str]
    tail: str = ""


def heat_chart(
    title: str, subtitle: str, columns: Sequence[str], rows: Sequence[HeatRow], names: dict[str, str],
    tail: str = "", simulated: bool = False,
) -> str:  # fmt: skip
    """SVG. ``names`` says in words what each tone is, ``tail`` what stands at the right end of a row."""
    return style.to_svg(heat_figure(title, subtitle, columns, rows, names, tail, simulated))


def heat_figure(
    title: str, subtitle: str, columns: Sequence[str], rows: Sequence[HeatRow], names: dict[str, str],
    tail: str = "", simulated: bool = False,
) -> Figure:  # fmt: skip
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        if rows and columns:
            parts.signs(canvas, _key(rows, names))
            room = canvas.right - canvas.left - _NAME - (_TAIL if tail else 0)
            most = int(room // _NARROWEST)
            for first in range(0, len(columns), most):
                last = first + most >= len(columns)
                _block(canvas, columns, rows, range(first, min(first + most, len(columns))), tail if last else "")
        else:
            parts.nothing(canvas)
        return canvas.finish()


def _key(rows: Sequence[HeatRow], names: dict[str, str]) -> list[parts.Sign]:
    seen = {tone for row in rows for tone in row.tones}
    found = [
        parts.Sign(tone, name, style.TONES[tone][2]) if tone else parts.Sign("hatch", name)
        for tone, name in names.items()
        if tone in seen
    ]
    return found


def _block(canvas: Canvas, columns: Sequence[str], rows: Sequence[HeatRow], shown: range, tail: str) -> None:
    end = canvas.right - (_TAIL if tail else 0)
    cell = min(_CELL, (end - canvas.left - _NAME) / len(shown))
    start = end - cell * len(shown)
    heads = [style.shorten(clean(columns[index]), _HEAD, style.SMALL) for index in shown]
    canvas.y += 6 + max(style.measure(head, style.SMALL) for head in heads)
    for place, head in enumerate(heads):
        canvas.text(start + (place + 0.5) * cell + 3, canvas.y, head, style.SMALL, upright=True)
    for index, line in enumerate(reversed(style.wrap(clean(tail), _TAIL - 3, style.SMALL, most=4))):
        canvas.text(canvas.right, canvas.y - index * _LINE, line, style.SMALL, color=style.MUTED, align="right")
    canvas.y += 4
    for row in rows:
        _row(canvas, row, shown, start, cell, bool(tail))
    canvas.y += 3


def _row(canvas: Canvas, row: HeatRow, shown: range, start: float, cell: float, has_tail: bool) -> None:
    lines = style.wrap(clean(row.label), start - canvas.left - 6, style.SMALL, most=6)
    high = max(cell, len(lines) * _LINE + 3, _LINE + 3)
    top = canvas.y
    middle = top + high / 2
    first = middle - len(lines) * _LINE / 2 + style.SMALL
    for index, line in enumerate(lines):
        canvas.text(canvas.left, first + index * _LINE, line, style.SMALL)
    tones = [row.tones[index] if index < len(row.tones) else "" for index in shown]
    for tone, (fill, tint, ink) in style.TONES.items():
        lefts = [start + place * cell for place, each in enumerate(tones) if each == tone]
        canvas.boxes(
            [(left, top, left + cell, top + high) for left in lefts], fill if tone == "good" else tint, style.PAPER
        )
        ink = style.PAPER if tone == "good" else ink
        if tone == "open":
            for left in lefts:
                parts.mark(canvas, left + cell / 2, middle, tone, ink)
        else:
            lines = [line for left in lefts for line in parts.mark_lines(left + cell / 2, middle, tone)]
            canvas.strokes(lines, ink, 1.9)
    for place, tone in enumerate(tones):
        if tone not in style.TONES:
            left = start + place * cell
            canvas.hatch(left + 0.5, top + 0.5, left + cell - 0.5, top + high - 0.5, style.RULE)
    if has_tail:
        words = style.shorten(clean(row.tail), _TAIL - 3, style.SMALL, style.BOLD)
        canvas.text(canvas.right, middle + 3, words, style.SMALL, style.BOLD, align="right")
    canvas.y = top + high
