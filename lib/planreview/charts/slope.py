"""Two plans, indicator by indicator: what was done against the target, and the way to the next target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite
from planreview.charts.course import Break, parted
from planreview.charts.placing import Label, Placer, Rect

_ACROSS, _BETWEEN, _HIGH = 2, 18.0, 62.0
_LINE = style.SMALL * style.LEADING


@dataclass(frozen=True)
class Slope:
    """One indicator over two plans, in ``unit``; the texts are printed as they stand, an empty one is the number.

    start:     the value of ``years[0]``, before the first plan.
    target, result:  of ``years[1]``, its last year; ``estimate`` where the result is one.
    ahead:     the next plan's target, of ``years[2]``.
    breaks:    nothing is drawn across them.
    """

    label: str
    unit: str = ""
    digits: int = 0
    direction: str = "up"
    start: float | None = None
    target: float | None = None
    result: float | None = None
    ahead: float | None = None
    start_text: str = ""
    target_text: str = ""
    result_text: str = ""
    ahead_text: str = ""
    estimate: bool = False
    breaks: Sequence[Break] = ()


def slope_chart(
    title: str, subtitle: str, rows: Sequence[Slope], years: tuple[int, int, int], simulated: bool = False
) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn; each panel has a scale of its own."""
    return style.to_svg(slope_figure(title, subtitle, rows, years, simulated))


def slope_figure(
    title: str, subtitle: str, rows: Sequence[Slope], years: tuple[int, int, int], simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        if not rows:
            parts.nothing(canvas)
            return canvas.finish()
        key = [
            parts.Sign("dot", "thực hiện", style.ACCENT),
            parts.Sign("diamond", f"mục tiêu {years[1]}, {years[2]} (nét đứt: đường tới mục tiêu)"),
        ]
        if any(row.estimate for row in rows):
            key.insert(1, parts.Sign("ring", "ước thực hiện", style.ACCENT))
        parts.signs(canvas, key)
        wide = (canvas.right - canvas.left - _BETWEEN * (_ACROSS - 1)) / _ACROSS
        for first in range(0, len(rows), _ACROSS):
            _band(canvas, rows[first : first + _ACROSS], years, wide)
        return canvas.finish()


def _band(canvas: Canvas, rows: Sequence[Slope], years: tuple[int, int, int], wide: float) -> None:
    heads = [_heading(row, wide) for row in rows]
    top = canvas.y + 7 + max(len(lines) for lines in heads) * _LINE
    for place, (row, lines) in enumerate(zip(rows, heads, strict=True)):
        left = canvas.left + place * (wide + _BETWEEN)
        for index, line in enumerate(lines):
            canvas.text(left, canvas.y + 7 + (index + 1) * _LINE - 3, line, style.SMALL, style.BOLD)
        _panel(canvas, row, years, Rect(left, top, left + wide, top + _HIGH + 24))
    canvas.y = top + _HIGH + 24 + _LINE


def _heading(row: Slope, wide: float) -> list[str]:
    hint = ", ".join(part for part in (clean(row.unit), parts.DOWN if row.direction == "down" else "") if part)
    return style.wrap(clean(row.label) + (f" ({hint})" if hint else ""), wide, style.SMALL, style.BOLD, most=4)


def _panel(canvas: Canvas, row: Slope, years: tuple[int, int, int], room: Rect) -> None:
    before, middle, after = years
    marks = [
        (before, row.start, row.start_text, "dot", (-0.3, -1.0)),
        (middle, row.result, row.result_text, "ring" if row.estimate else "dot", (-0.3, -1.0)),
        (middle, row.target, row.target_text, "diamond", (-0.2, 1.0)),
        (after, row.ahead, row.ahead_text, "diamond", (0.3, -1.0)),
    ]
    marks = [mark for mark in marks if finite(mark[1]) is not None]
    for year, align, x in (
        (before, "left", room.x0), (middle, "center", (room.x0 + room.x1) / 2), (after, "right", room.x1)
    ):  # fmt: skip
        canvas.text(x, room.y1 + _LINE - 3, str(year), style.SMALL, color=style.MUTED, align=align)
    if not marks:
        canvas.hatch(room.x0, room.y0 + 18, room.x1, room.y1 - 4, style.RULE)
        canvas.text(room.x0, room.y0 + 13, parts.NO_DATA, style.SMALL, color=style.MUTED)
        return
    values = [mark[1] for mark in marks]
    x = parts.Scale(before, after, room.x0 + 8, room.x1 - 8)
    y = parts.Scale(min(values), max(values), room.y1 - 14, room.y0 + 14)
    canvas.line([(room.x0, room.y1), (room.x1, room.y1)], style.RULE, 0.6)
    placer = Placer(room)
    ways = [
        (before, row.start, middle, row.result, style.ACCENT, None),
        (before, row.start, middle, row.target, style.INK, (2.5, 2)),
        (middle, row.result, after, row.ahead, style.INK, (2.5, 2)),
    ]
    for year, value, until, goal, color, dash in ways:
        if finite(value) is None or finite(goal) is None or parted(row.breaks, year, until):
            continue
        way = [(x(year), y(value)), (x(until), y(goal))]
        canvas.line(way, color, 1.0 if dash else 2.0, dash=dash, cap="round")
        placer.stroke(way, 20)
    for each in row.breaks:
        if before < each.first_year <= after:
            at = x(each.first_year - 0.5)
            canvas.line([(at, room.y0), (at, room.y1)], style.INK, 0.8, dash=(4, 1.5))
            placer.stroke([(at, room.y0), (at, room.y1)], 30)
    labels, said = [], []
    for year, value, text, glyph, prefer in marks:
        spot = (x(year), y(value))
        parts.sign(canvas, glyph, *spot, style.INK if glyph == "diamond" else style.ACCENT)
        placer.mark(spot, 4)
        words = style.shorten(clean(text) or number(value, row.digits), 62, style.SMALL, style.BOLD)
        said.append((words, style.INK if glyph == "diamond" else style.ACCENT))
        width = style.measure(words, style.SMALL, style.BOLD)
        labels.append(Label(spot, width, _LINE, prefer))
    order = list(range(len(labels)))
    for (words, color), rect in zip(said, placer.arrange(labels, (order, order[::-1])), strict=True):
        if rect is not None:
            canvas.text(rect.x0, rect.y1 - 3, words, style.SMALL, style.BOLD, color)
