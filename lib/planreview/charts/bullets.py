"""Results against targets, one row an indicator: a bar, a stroke for the target, the verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite

_BAR = 13.0  # height of a bar
_OVER = 3.5  # how far the target's stroke reaches beyond the bar, above and below
STROKES = (2.6, 1.4)  # how thick a target is drawn, and each end of a range
_EARLIER = ("ring", "dot")  # the signs of what earlier rounds said, the older first
_CLEAR = 3.5  # room around the target's stroke that a number must leave


@dataclass(frozen=True)
class Earlier:
    """What was said of the same result before: ``text`` as printed ("6/2020: 45")."""

    value: float | None
    text: str


@dataclass(frozen=True)
class BulletRow:
    """One indicator. Values are in ``unit``; the texts are printed as they stand.

    label:         the indicator's name, of any length.
    unit, digits:  its unit, and the decimals of numbers whose text is empty.
    result:        None where there is none; ``result_text`` as printed, ``result_note`` behind it in brackets
                   ("ước", or the year where it is not the target's), ``provisional`` draws the bar paler.
    target:        None where there is none; with ``target_upper`` a range; ``target_text`` as printed ("trên 26,5").
    direction:     up, down (less is better) or none.
    tone, status:  good, bad, open or none, and the status word.
    baseline:      value before the period, marked under the bar with ``baseline_text`` ("2015: 3").
    original:      an adjusted target's first value, a broken stroke with ``original_text`` ("mục tiêu ban đầu: 20").
    earlier:       what earlier rounds said of the result, at most two, the older first: a ring, then a dot.
    """

    label: str
    unit: str = ""
    digits: int = 0
    result: float | None = None
    result_text: str = ""
    result_note: str = ""
    provisional: bool = False
    target: float | None = None
    target_upper: float | None = None
    target_text: str = ""
    direction: str = "up"
    tone: str = "none"
    status: str = ""
    baseline: float | None = None
    baseline_text: str = ""
    original: float | None = None
    original_text: str = ""
    earlier: Sequence[Earlier] = ()


def bullet_chart(title: str, subtitle: str, rows: Sequence[BulletRow], simulated: bool = False) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn. A page holds about a dozen rows."""
    return style.to_svg(bullet_figure(title, subtitle, rows, simulated))


def bullet_figure(title: str, subtitle: str, rows: Sequence[BulletRow], simulated: bool = False) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        words_at = canvas.right - parts.word_width(row.status for row in rows)
        for index, row in enumerate(rows):
            if index:
                parts.separator(canvas)
            parts.heading(canvas, row.label, row.unit, row.direction)
            _draw(canvas, row, words_at)
        if not rows:
            canvas.y += style.BODY * style.LEADING
            canvas.text(canvas.left, canvas.y - 3, parts.NO_DATA, color=style.MUTED)
        return canvas.finish()


def _draw(canvas: Canvas, row: BulletRow, words_at: float) -> None:
    result, baseline = finite(row.result), finite(row.baseline)
    ends = sorted(end for end in (finite(row.target), finite(row.target_upper)) if end is not None)
    if row.target is None:
        ends = []
    plot_end = words_at - 8
    words = _result_words(row, result, 0.5 * plot_end)
    width = style.measure(words, style.BODY, style.BOLD)
    original = finite(row.original)
    earlier = [each for each in row.earlier if finite(each.value) is not None][-len(_EARLIER) :]
    reach = [result, baseline, *ends, original, *(each.value for each in earlier)]
    scale = parts.Scale.over(reach, canvas.left, plot_end - width - 10)
    strokes = [scale(end) for end in ends]
    if result is not None and strokes and not _room(scale(0), scale(result), width, strokes):
        words = _result_words(replace(row, result_note=""), result, 0.5 * plot_end)  # behind the stroke it looks more
        width = style.measure(words, style.BODY, style.BOLD)

    if ends:
        _target_label(canvas, row, sum(strokes) / len(strokes), plot_end)
    canvas.y += _OVER + (1 if ends else 3)
    top, bottom = canvas.y, canvas.y + _BAR
    if len(strokes) == 2:
        canvas.box(strokes[0], top - _OVER, strokes[1], bottom + _OVER, style.BAND)
    if result is not None:
        fill, tint, edge = style.TONES[row.tone]
        canvas.box(scale(0), top, scale(result), bottom, tint if row.provisional else fill, edge, dash=row.provisional)
    canvas.line([(scale(0), top - _OVER), (scale(0), bottom + _OVER)], style.MUTED, 0.7)
    if original is not None:
        x = scale(original)
        canvas.line([(x, top), (x, bottom)], style.PAPER, 3.2)
        canvas.line([(x, top - _OVER), (x, bottom + _OVER)], style.INK, 1.4, dash=(2, 1.4))
    for stroke in strokes:
        thick = STROKES[len(strokes) - 1]
        canvas.line([(stroke, top), (stroke, bottom)], style.PAPER, thick + 1.8)  # seen on a dark bar too
        canvas.line([(stroke, top - _OVER), (stroke, bottom + _OVER)], style.INK, thick)
    _result_label(canvas, row, result, words, width, scale, strokes, plot_end)
    parts.verdict(canvas, words_at, (top + bottom) / 2, row.status, row.tone)
    canvas.y = bottom + _OVER
    if original is None and not earlier:
        if baseline is not None:
            _baseline_label(canvas, row, baseline, scale(baseline), bottom, plot_end)
        return
    _history(canvas, row, scale, baseline, earlier)


def _history(
    canvas: Canvas, row: BulletRow, scale: parts.Scale, baseline: float | None, earlier: Sequence[Earlier]
) -> None:
    """Under the bar: where it began and what earlier rounds said, each with its sign, and then in words."""
    signs: list[parts.Sign] = []
    canvas.y += 5 if baseline is not None or earlier else 0
    if baseline is not None:
        signs.append(parts.Sign("triangle", _baseline_words(row, baseline), style.MUTED))
        parts.sign(canvas, "triangle", scale(baseline), canvas.y, style.MUTED)
    for glyph, each in zip(_EARLIER[len(_EARLIER) - len(earlier) :], earlier, strict=True):
        signs.append(parts.Sign(glyph, each.text, style.INK))
        parts.sign(canvas, glyph, scale(each.value), canvas.y, style.INK)
    if finite(row.original) is not None:
        words = clean(row.original_text) or f"mục tiêu ban đầu: {number(row.original, row.digits)}"
        signs.append(parts.Sign("dashes", words, style.INK))
    canvas.y += 4 if baseline is not None or earlier else 1
    parts.signs(canvas, signs)


def _baseline_words(row: BulletRow, baseline: float) -> str:
    return clean(row.baseline_text) or f"đầu kỳ: {number(baseline, row.digits)}"


def _room(zero: float, end: float, width: float, strokes: list[float]) -> bool:
    """Whether a result below its target has room on its own side of the stroke, in the bar or behind it."""
    if end >= strokes[0] or end < zero:
        return True
    return end - zero >= width + 7 or end + 4 + width <= strokes[0] - _CLEAR


def _result_words(row: BulletRow, result: float | None, widest: float) -> str:
    if result is None:
        return parts.NO_DATA
    words = clean(row.result_text) or number(result, row.digits)
    note = f" ({clean(row.result_note)})" if row.result_note else ""
    return style.shorten(words + note, widest, style.BODY, style.BOLD)


def _target_label(canvas: Canvas, row: BulletRow, middle: float, plot_end: float) -> None:
    """Above the stroke, moved inwards where it would leave the sheet."""
    words = clean(row.target_text) or "–".join(
        number(end, row.digits) for end in (finite(row.target), finite(row.target_upper)) if end is not None
    )
    words = style.shorten(f"mục tiêu {words}", plot_end - canvas.left, style.SMALL)
    half = style.measure(words, style.SMALL) / 2
    canvas.y += style.SMALL * style.LEADING
    middle = max(canvas.left + half, min(middle, plot_end - half))
    canvas.text(middle, canvas.y - 2.4, words, style.SMALL, align="center")


def _result_label(
    canvas: Canvas, row: BulletRow, result: float | None, words: str, width: float, scale: parts.Scale,
    strokes: list[float], plot_end: float,
) -> None:  # fmt: skip
    """Behind the bar, else inside it, else behind the target's stroke: the first place that no stroke crosses."""
    y = canvas.y + _BAR / 2 + 3.4
    start, end = sorted((scale(0), scale(result or 0.0)))
    hit = (strokes[0] - _CLEAR, strokes[-1] + _CLEAR) if strokes else (-2.0, -1.0)
    behind, far, near = end + 4, end - 4 - width, start + 4
    for x in (behind, far, near) if (result or 0.0) >= 0 else (near, far, behind):
        inside = x != behind
        fits = end - start >= width + 7 if inside else x + width <= plot_end
        if fits and (x + width <= hit[0] or x >= hit[1]):
            break
    else:
        x, inside = max(end, hit[1]) + 3, False
    dark = inside and row.tone == "good" and not row.provisional
    color = style.PAPER if dark else style.MUTED if result is None else style.INK
    if x == far:  # kept to the bar's end where another typeface is narrower
        canvas.text(end - 4, y, words, style.BODY, style.BOLD, color, "right")
    else:
        canvas.text(x, y, words, style.BODY, style.BOLD, color)


def _baseline_label(
    canvas: Canvas, row: BulletRow, baseline: float, x: float, bottom: float, plot_end: float
) -> None:  # fmt: skip
    """A small arrow under the bar with the value from which the period began."""
    words = style.shorten(_baseline_words(row, baseline), plot_end - canvas.left - 8, style.SMALL)
    canvas.polygon([(x, bottom + 2), (x - 2.2, bottom + 6), (x + 2.2, bottom + 6)], style.MUTED)
    width = style.measure(words, style.SMALL)
    canvas.y = bottom + 3 + style.SMALL * style.LEADING
    y, color = canvas.y - 3, style.MUTED
    if x + 6 + width > plot_end and x - 6 - width >= canvas.left:
        canvas.text(x - 6, y, words, style.SMALL, color=color, align="right")
    else:
        canvas.text(min(x + 6, plot_end - width), y, words, style.SMALL, color=color)
