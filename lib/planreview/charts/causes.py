"""How often each theme of causes is named, split by who could have changed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean

_NAME, _BAR = 138.0, 12.0
# fill, colour of the number inside, colour of the number behind; from the second axis on lighter
_LOOKS = (
    (style.ACCENT, style.PAPER, style.ACCENT),
    (style.OTHER, style.INK, style.OTHER_INK),
    (style.GREY_TINT, style.INK, style.MUTED),
)


@dataclass(frozen=True)
class CauseRow:
    """One theme and how often it is named, by axis in the order of the chart's ``axes``."""

    label: str
    counts: Sequence[int]


def cause_chart(
    title: str, subtitle: str, rows: Sequence[CauseRow], axes: Sequence[str], simulated: bool = False
) -> str:
    """SVG. ``axes`` names at most three axes (khách quan, chủ quan, chưa rõ)."""
    return style.to_svg(cause_figure(title, subtitle, rows, axes, simulated))


def cause_figure(
    title: str, subtitle: str, rows: Sequence[CauseRow], axes: Sequence[str], simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        most = max((sum(row.counts) for row in rows), default=0)
        if most:
            shown = [index for index in range(len(axes)) if any(row.counts[index] for row in rows)]
            parts.signs(canvas, [parts.Sign("box", axes[index], _LOOKS[index][0], _LOOKS[index][0]) for index in shown])
            canvas.y += 3
            for row in rows:
                _row(canvas, row, most)
        else:
            parts.nothing(canvas)
        return canvas.finish()


def _row(canvas: Canvas, row: CauseRow, most: int) -> None:
    leading = style.BODY * style.LEADING
    lines = style.wrap(clean(row.label), _NAME, style.BODY, most=3)
    high = max(_BAR + 5, len(lines) * leading + 3)
    middle = canvas.y + high / 2
    first = middle + 3.4 - leading * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        canvas.text(canvas.left, first + index * leading, line)
    start = canvas.left + _NAME + 8
    x, behind = start, []
    widths = [style.measure(str(count), style.BODY, style.BOLD) for count in row.counts]
    room = canvas.right - start - sum(width + 6 for width in widths)
    for count, width, (fill, inside, ink) in zip(row.counts, widths, _LOOKS, strict=False):
        if not count:
            continue
        end = x + room * count / most
        canvas.box(x, middle - _BAR / 2, end, middle + _BAR / 2, fill, style.PAPER)
        if end - x >= width + 6:
            canvas.text((x + end) / 2, middle + 3.4, str(count), style.BODY, style.BOLD, inside, "center")
        else:
            behind.append((str(count), width, ink))
        x = end
    for words, width, ink in behind:
        canvas.text(x + 4, middle + 3.4, words, style.BODY, style.BOLD, ink)
        x += width + 6
    canvas.y += high
