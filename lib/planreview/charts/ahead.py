"""From the last result to the next plan's target: how far each indicator has to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite

_WORDS = 104.0  # width of the column at the right
_LINE = style.SMALL * style.LEADING
_CLEAR = 8.0  # between the two labels of a row


@dataclass(frozen=True)
class AheadRow:
    """One indicator. Values are in ``unit``; the texts are printed as they stand.

    label, unit, digits:  as in BulletRow; an empty text is made from value, unit and digits.
    last, last_year:      the last known result and its year, ``last_estimate`` where it is an estimate.
    target, target_year:  the next plan's target and its year or period; with ``target_upper`` a range.
    direction:            up, down (less is better) or none.
    change:               what is required, in words ("tăng thêm 34 xã, mỗi năm 6,8 xã").
    """

    label: str
    unit: str = ""
    digits: int = 0
    last: float | None = None
    last_year: str = ""
    last_text: str = ""
    last_estimate: bool = False
    target: float | None = None
    target_upper: float | None = None
    target_text: str = ""
    target_year: str = ""
    direction: str = "up"
    change: str = ""


def ahead_chart(title: str, subtitle: str, rows: Sequence[AheadRow], simulated: bool = False) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn. A page holds about a dozen rows."""
    return style.to_svg(ahead_figure(title, subtitle, rows, simulated))


def ahead_figure(title: str, subtitle: str, rows: Sequence[AheadRow], simulated: bool = False) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        words_at = canvas.right - min(_WORDS, parts.word_width((row.change for row in rows), _WORDS))
        for index, row in enumerate(rows):
            if index:
                parts.separator(canvas)
            _draw(canvas, row, words_at)
        if not rows:
            canvas.y += style.BODY * style.LEADING
            canvas.text(canvas.left, canvas.y - 3, parts.NO_DATA, color=style.MUTED)
        return canvas.finish()


def _draw(canvas: Canvas, row: AheadRow, words_at: float) -> None:
    room = words_at - 8 - canvas.left
    labels = _labels(row, room)
    parts.heading(canvas, row.label, row.unit, row.direction)

    known = [value for value in (finite(row.last), *_ends(row)) if value is not None]
    scale = parts.Scale.over(known, canvas.left + 5, canvas.left + room - 5)
    start = None if finite(row.last) is None else scale(row.last)
    goals = sorted(scale(end) for end in _ends(row))
    one_line = sum(width for _, width, _ in labels) + _CLEAR <= room

    change = style.wrap(clean(row.change), canvas.right - words_at + 0.5, style.BODY, style.BOLD, most=3)
    high = 2 * _LINE if one_line else 3 * _LINE
    top = canvas.y + 1
    canvas.y = top + max(high, len(change) * style.BODY * style.LEADING)
    for index, text in enumerate(change):
        first = (top + canvas.y - len(change) * style.BODY * style.LEADING) / 2 + style.BODY
        canvas.text(words_at, first + index * style.BODY * style.LEADING, text, style.BODY, style.BOLD)

    top += (canvas.y - top - high) / 2
    middle = top + 1.5 * _LINE
    _track(canvas, scale(0), start, goals, middle, canvas.left + room)
    anchors = (start if start is not None else canvas.left, sum(goals) / len(goals) if goals else canvas.left + room)
    centres = _centres(anchors, [width for _, width, _ in labels], canvas.left, canvas.left + room, one_line)
    for index, ((words, _, color), x) in enumerate(zip(labels, centres, strict=True)):
        y = top + (2 * _LINE if index and not one_line else 0) + style.SMALL
        canvas.text(x, y, words, style.SMALL, color=color, align="center")


def _ends(row: AheadRow) -> list[float]:
    """The finite values of the target: none, one, or the two ends of a range."""
    if finite(row.target) is None:
        return []
    return [end for end in (finite(row.target), finite(row.target_upper)) if end is not None]


def _labels(row: AheadRow, room: float) -> list[tuple[str, float, str]]:
    """(words, width, colour) of the last result and of the target."""
    was = clean(row.last_text) or ("" if finite(row.last) is None else number(row.last, row.digits))
    goal = clean(row.target_text) or "–".join(number(end, row.digits) for end in _ends(row))
    year = clean(row.last_year)
    result = f"{year}: {was}" if year else was
    words = [
        parts.NO_DATA if finite(row.last) is None else result + (" (ước)" if row.last_estimate else ""),
        f"mục tiêu {clean(row.target_year)}".rstrip() + f": {goal}" if goal else "chưa có mục tiêu",
    ]
    words = [style.shorten(text, room, style.SMALL) for text in words]
    widths = [style.measure(text, style.SMALL) for text in words]
    return list(zip(words, widths, (style.MUTED, style.INK if goal else style.MUTED), strict=True))


def _centres(
    anchors: tuple[float, float], widths: list[float], low: float, high: float, one_line: bool
) -> list[float]:  # fmt: skip
    """Each label over its mark, moved inwards at the sheet's edges and, in one line, away from the other."""
    halves = [width / 2 for width in widths]
    centres = [max(low + half, min(anchor, high - half)) for anchor, half in zip(anchors, halves, strict=True)]
    if not one_line:
        return centres
    left, right = (0, 1) if anchors[0] <= anchors[1] else (1, 0)
    lacking = halves[0] + halves[1] + _CLEAR - (centres[right] - centres[left])
    if lacking > 0:
        centres[left] = max(low + halves[left], centres[left] - lacking / 2)
        centres[right] = min(high - halves[right], centres[left] + halves[0] + halves[1] + _CLEAR)
        centres[left] = min(centres[left], centres[right] - halves[0] - halves[1] - _CLEAR)
    return centres


def _track(canvas: Canvas, zero: float, start: float | None, goals: list[float], y: float, end: float) -> None:
    """The light line of the scale from its zero, the arrow along it, the ring of the result, the target's diamond."""
    canvas.line([(canvas.left, y), (end, y)], style.RULE, 0.8)
    canvas.line([(zero, y - 4), (zero, y + 4)], style.MUTED, 0.8)
    if len(goals) == 2:
        canvas.box(goals[0], y - 3, goals[1], y + 3, style.BAND)
    if start is not None and goals:
        goal = min(goals, key=lambda each: abs(each - start))
        way = 1 if goal > start else -1
        tip = goal - way * 5.5
        canvas.line([(start, y), (goal, y)], style.ACCENT, 2.2)
        if (tip - start) * way > 9:
            canvas.polygon([(tip, y), (tip - way * 5, y - 3.6), (tip - way * 5, y + 3.6)], style.ACCENT)
    for goal in goals:
        canvas.diamond(goal, y, style.ACCENT)
    if start is not None:
        canvas.dot(start, y, style.INK, hollow=True)
