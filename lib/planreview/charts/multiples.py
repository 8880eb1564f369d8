"""One indicator in many areas: a small panel each, all on one scale, a grey line for comparison in every one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.axes import nice_ticks
from planreview.charts.canvas import Canvas, clean, finite
from planreview.charts.course import Break, Point, parted

_ACROSS, _BETWEEN = 3, 12.0
_HIGH = 52.0
_LINE = style.SMALL * style.LEADING
_VALUE = _LINE + 5  # room for the last value between the name and the plot


@dataclass(frozen=True)
class Panel:
    """One area's years; ``target`` of ``target_year`` a diamond."""

    label: str
    points: Sequence[Point]
    target: float | None = None
    target_year: int = 0


@dataclass(frozen=True)
class Multiples:
    """What the panels share. ``backdrop``: the line for comparison, ``backdrop_name`` whose it is."""

    panels: Sequence[Panel]
    unit: str = ""
    digits: int = 0
    backdrop: Sequence[Point] = ()
    backdrop_name: str = ""
    breaks: Sequence[Break] = ()


def multiples_chart(title: str, subtitle: str, drawn: Multiples, simulated: bool = False) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn and its unit."""
    return style.to_svg(multiples_figure(title, subtitle, drawn, simulated))


def multiples_figure(title: str, subtitle: str, drawn: Multiples, simulated: bool = False) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        known = [p for panel in drawn.panels for p in panel.points if finite(p.value) is not None]
        if known:
            _Sheet(canvas, drawn, known).draw()
        else:
            parts.nothing(canvas)
        return canvas.finish()


class _Sheet:
    def __init__(self, canvas: Canvas, drawn: Multiples, known: Sequence[Point]) -> None:
        self.canvas, self.drawn = canvas, drawn
        self.behind = [p for p in drawn.backdrop if finite(p.value) is not None]
        goals = [p for p in drawn.panels if finite(p.target) is not None]
        years = [p.year for p in (*known, *self.behind)] + [g.target_year for g in goals]
        values = [0.0, *(p.value for p in (*known, *self.behind)), *(g.target for g in goals)]
        self.first, self.last = min(years), max(years)
        self.ticks, self.digits = nice_ticks(min(values), max(values), 3)
        self.wide = (canvas.right - canvas.left - _BETWEEN * (_ACROSS - 1)) / _ACROSS

    def draw(self) -> None:
        canvas, drawn = self.canvas, self.drawn
        seen = [b for b in drawn.breaks if self.first < b.first_year <= self.last]
        key = [parts.Sign("dot", "đơn vị (chấm: năm cuối có số liệu)", style.ACCENT)]
        if any(p.estimate for panel in drawn.panels for p in panel.points):
            key.append(parts.Sign("ring", "ước thực hiện", style.ACCENT))
        if self.behind and drawn.backdrop_name:
            key.append(parts.Sign("line", drawn.backdrop_name, style.GREY))
        if any(finite(panel.target) is not None for panel in drawn.panels):
            key.append(parts.Sign("diamond", "mục tiêu"))
        key += [parts.Sign("dashes", f"từ {b.first_year} cách tính khác") for b in seen]
        parts.signs(canvas, key)
        for first in range(0, len(drawn.panels), _ACROSS):
            row = drawn.panels[first : first + _ACROSS]
            names = [style.wrap(clean(panel.label), self.wide, style.SMALL, style.BOLD, most=3) for panel in row]
            top = canvas.y + 6 + max(len(lines) for lines in names) * _LINE
            for place, (panel, lines) in enumerate(zip(row, names, strict=True)):
                left = canvas.left + place * (self.wide + _BETWEEN)
                for index, line in enumerate(lines):
                    y = top - (len(lines) - 1 - index) * _LINE - 3
                    canvas.text(left, y, line, style.SMALL, style.BOLD)
                self._panel(panel, left, top + _VALUE, seen)
            canvas.y = top + _VALUE + _HIGH + _LINE + 2

    def _panel(self, panel: Panel, left: float, top: float, seen: Sequence[Break]) -> None:
        canvas, bottom = self.canvas, top + _HIGH
        texts = [number(tick, self.digits) for tick in (self.ticks[0], self.ticks[-1])]
        margin = max(style.measure(text, style.SMALL) for text in texts) + 4
        margin = min(margin, self.wide / 2)
        known = sorted((p for p in panel.points if finite(p.value) is not None), key=lambda p: p.year)
        x = parts.Scale(self.first, self.last, left + margin + 4, left + self.wide - 6)
        y = parts.Scale(self.ticks[0], self.ticks[-1], bottom, top)
        for tick in self.ticks:
            strong = tick in (0, self.ticks[0])
            way = [(left + margin, y(tick)), (left + self.wide, y(tick))]
            canvas.line(way, style.MUTED if strong else style.RULE, 0.7 if strong else 0.5, behind=True)
        for tick, text in zip((self.ticks[0], self.ticks[-1]), texts, strict=True):
            words = style.shorten(text, margin - 3, style.SMALL)
            canvas.text(left + margin - 3, y(tick) + 3, words, style.SMALL, color=style.MUTED, align="right")
        self._years(left, margin, bottom)
        if not known:
            canvas.hatch(left + margin + 2, top + 2, left + self.wide, bottom - 2, style.RULE)
            canvas.text(left + self.wide, top - 9, parts.NO_DATA, style.SMALL, color=style.MUTED, align="right")
            return
        for each in seen:
            at = x(each.first_year - 0.5)
            canvas.line([(at, top), (at, bottom)], style.INK, 0.8, dash=(2, 1.4))
        self._way(self.behind, x, y, style.GREY, 1.4)
        self._way(known, x, y, style.ACCENT, 1.8)
        last = known[-1]
        canvas.dot(x(last.year), y(last.value), style.ACCENT, hollow=last.estimate, radius=2.6)
        if finite(panel.target) is not None:
            canvas.diamond(x(panel.target_year), y(panel.target), style.INK, hollow=True, radius=3.2)
        words = f"{last.year}: {clean(last.text) or number(last.value, self.drawn.digits)}"
        words = style.shorten(words, self.wide, style.SMALL, style.BOLD)
        canvas.text(left + self.wide, top - 9, words, style.SMALL, style.BOLD, style.ACCENT, "right")

    def _way(self, points: Sequence[Point], x: parts.Scale, y: parts.Scale, color: str, width: float) -> None:
        """From year to year, dotted over a gap, nothing over a break."""
        for one, other in pairwise(sorted(points, key=lambda p: p.year)):
            if not parted(self.drawn.breaks, one.year, other.year):
                gap = other.year - one.year > 1
                way = [(x(one.year), y(one.value)), (x(other.year), y(other.value))]
                self.canvas.line(way, color, width, dash=(1.2, 2.0) if gap else None, cap="round")

    def _years(self, left: float, margin: float, bottom: float) -> None:
        for year, align, x in (
            (self.first, "left", left + margin), (self.last, "right", left + self.wide)
        ):  # fmt: skip
            if align == "right" or self.first != self.last:
                self.canvas.text(x, bottom + _LINE - 2, str(year), style.SMALL, color=style.MUTED, align=align)
