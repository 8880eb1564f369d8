"""How many met and how many missed their target, one row a field: the first look at many indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean

_BAR = 15.0
_NARROW = 4.0  # room that a number needs on each side inside its part of a bar
_BEHIND = 60.0  # room behind the longest bar for three numbers


@dataclass(frozen=True)
class Tally:
    """A field with its counts, in the order in which they are drawn: tone (good, bad, open, none) and how many."""

    label: str
    counts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


def tally_chart(
    title: str, subtitle: str, rows: Sequence[Tally], names: dict[str, str], simulated: bool = False
) -> str:
    """SVG. Bars are as long as a field has indicators; ``names`` says in words what each tone is."""
    return style.to_svg(tally_figure(title, subtitle, rows, names, simulated))


def tally_figure(
    title: str, subtitle: str, rows: Sequence[Tally], names: dict[str, str], simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        _legend(canvas, names)
        most = max((row.total for row in rows), default=0)
        for row in rows:
            canvas.y += style.BODY * style.LEADING
            words = style.shorten(f"{clean(row.label)} ({row.total})", canvas.right - canvas.left, style.BODY)
            canvas.text(canvas.left, canvas.y - 3, words)
            _bar(canvas, row, most)
        if not rows:
            canvas.y += style.BODY * style.LEADING
            canvas.text(canvas.left, canvas.y - 3, parts.NO_DATA, color=style.MUTED)
        return canvas.finish()


def _bar(canvas: Canvas, row: Tally, most: int) -> None:
    """Each count inside its part of the bar; what does not fit there stands behind the bar, in its colour."""
    x, top, bottom = canvas.left, canvas.y + 1, canvas.y + 1 + _BAR
    y, outside = top + _BAR / 2 + 3.4, []
    for tone, count in row.counts:
        if not count:
            continue
        end = x + (canvas.right - canvas.left - _BEHIND) * count / most
        fill, _, ink = style.TONES[tone]
        canvas.box(x, top, end, bottom, fill, style.PAPER)
        words = str(count)
        if style.measure(words, style.BODY, style.BOLD) + 2 * _NARROW <= end - x:
            color = style.PAPER if tone == "good" else style.INK
            canvas.text((x + end) / 2, y, words, style.BODY, style.BOLD, color, "center")
        else:
            outside.append((words, ink))
        x = end
    for words, ink in outside:
        canvas.text(x + 4, y, words, style.BODY, style.BOLD, ink)
        x += style.measure(words, style.BODY, style.BOLD) + 6
    canvas.y = bottom + 4


def _legend(canvas: Canvas, names: dict[str, str]) -> None:
    """What the colours are, each with its mark, in one line or more."""
    x, line = canvas.left, style.SMALL * style.LEADING
    canvas.y += line
    for tone, name in names.items():
        words = style.shorten(clean(name), canvas.right - canvas.left - 12, style.SMALL, style.BOLD)
        width = style.measure(words, style.SMALL, style.BOLD) + 16
        if x > canvas.left and x + width > canvas.right:
            x, canvas.y = canvas.left, canvas.y + line
        fill, _, ink = style.TONES[tone]
        canvas.box(x, canvas.y - 8, x + 8, canvas.y, fill)
        canvas.text(x + 12, canvas.y - 0.5, words, style.SMALL, style.BOLD, ink)
        x += width + 8
    canvas.y += 5
