"""One area beside larger ones, indicator by indicator: its own dot, the others' marks, every row on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite
from planreview.charts.ranked import Yardstick

_SIGNS = ("stroke", "diamond", "square", "triangle")


@dataclass(frozen=True)
class Standing:
    """One indicator: the area's own value (``name`` says whose it is) and at most four yardsticks."""

    label: str
    unit: str
    name: str
    value: float | None
    text: str = ""
    estimate: bool = False
    yardsticks: Sequence[Yardstick] = ()
    direction: str = "up"
    digits: int = 0


def standing_chart(title: str, subtitle: str, rows: Sequence[Standing], simulated: bool = False) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn."""
    return style.to_svg(standing_figure(title, subtitle, rows, simulated))


def standing_figure(title: str, subtitle: str, rows: Sequence[Standing], simulated: bool = False) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        for index, row in enumerate(rows):
            if index:
                parts.separator(canvas)
            parts.heading(canvas, row.label, row.unit, row.direction)
            _draw(canvas, row)
        if not rows:
            parts.nothing(canvas)
        return canvas.finish()


def _draw(canvas: Canvas, row: Standing) -> None:
    own = finite(row.value)
    beside = [each for each in row.yardsticks if finite(each.value) is not None][: len(_SIGNS)]
    known = [value for value in (own, *(each.value for each in beside)) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    scale = parts.Scale(low, high, canvas.left + 8, canvas.right - 8)
    canvas.y += 3
    y = canvas.y + 5
    canvas.line([(canvas.left, y), (canvas.right, y)], style.RULE, 0.8)
    for glyph, each in zip(_SIGNS, beside, strict=False):
        parts.sign(canvas, glyph, scale(each.value), y, style.INK)
    if own is None:
        said = parts.Sign("hatch", f"{clean(row.name)}: {parts.NO_DATA}")
    else:
        canvas.dot(scale(own), y, style.ACCENT, hollow=row.estimate, radius=4.4)
        words = clean(row.text) or number(own, row.digits)
        said = parts.Sign("ring" if row.estimate else "dot", f"{clean(row.name)}: {words}", style.ACCENT)
    canvas.y = y + 5
    parts.signs(
        canvas, [said, *(parts.Sign(g, e.words(row.digits)) for g, e in zip(_SIGNS, beside, strict=False))]
    )  # fmt: skip
