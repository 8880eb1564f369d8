"""What a whole is made of, period by period: bars of 100 percent, each part named where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean, finite

_BAR = 17.0
_NARROWEST = 24.0  # a part that has room for a word above it
_LINE = style.SMALL * style.LEADING
# neighbours differ in lightness; with the colour of the number inside
_FILLS = (
    (style.ACCENT, style.PAPER), (style.OTHER_TINT, style.INK), ("#3b7b9a", style.PAPER), (style.GREY_TINT, style.INK),
    (style.OTHER, style.INK), ("#b7d3e0", style.INK), (style.MUTED, style.PAPER), ("#fbf1e4", style.INK),
)  # fmt: skip


@dataclass(frozen=True)
class Stack:
    """One bar: a share in percent for each part (None: not known), ``texts`` as printed; ``target`` a plan's bar."""

    label: str
    shares: Sequence[float | None]
    texts: Sequence[str] = ()
    target: bool = False


def structure_chart(
    title: str, subtitle: str, names: Sequence[str], stacks: Sequence[Stack], simulated: bool = False
) -> str:
    """SVG. ``names`` of the parts, at most eight. What the known shares leave of 100 is drawn as not known."""
    return style.to_svg(structure_figure(title, subtitle, names, stacks, simulated))


def structure_figure(
    title: str, subtitle: str, names: Sequence[str], stacks: Sequence[Stack], simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        stacks = [stack for stack in stacks if any(finite(share) is not None for share in stack.shares)]
        if not stacks or not names:
            parts.nothing(canvas)
            return canvas.finish()
        heads = [line for stack in stacks for line in _head(stack)]
        left = canvas.left + max((style.measure(line, style.BODY, style.BOLD) for line in heads), default=0.0) + 8
        wide = canvas.right - left
        if not _names_above(canvas, names, stacks[0], left, wide):
            parts.signs(canvas, [_sign(index, name) for index, name in enumerate(names)])
        canvas.y += 3
        unknown = [_bar(canvas, stack, left, wide) for stack in stacks]
        if any(unknown):
            parts.signs(canvas, [parts.Sign("hatch", f"phần còn lại: {parts.NO_DATA}")])
        return canvas.finish()


def _sign(index: int, words: str) -> parts.Sign:
    return parts.Sign("box", words, style.GREY, _FILLS[index % len(_FILLS)][0])


def _head(stack: Stack) -> list[str]:
    return style.balanced(clean(stack.label), 92, style.BODY, style.BOLD, most=3)


def _whole(stack: Stack) -> float:
    """What the bar's length stands for: 100, or the sum where rounding makes it more."""
    return max(100.0, sum(max(finite(share) or 0.0, 0.0) for share in stack.shares))


def _names_above(canvas: Canvas, names: Sequence[str], stack: Stack, left: float, wide: float) -> bool:
    """Each name above its part of the first bar; False, and nothing written, where one does not fit there."""
    x, placed = left, []
    for index, name in enumerate(names):
        share = finite(stack.shares[index]) if index < len(stack.shares) else None
        width = wide * max(share or 0.0, 0.0) / _whole(stack)
        if width < _NARROWEST:
            return False
        lines = style.wrap(clean(name), width - 4, style.SMALL)
        if len(lines) > 4 or any(style.measure(line, style.SMALL) > width - 4 for line in lines):
            return False
        if " ".join(lines) != clean(name):
            return False  # a word was broken
        placed.append((x, lines))
        x += width
    deep = max(len(lines) for _, lines in placed)
    canvas.y += deep * _LINE
    for x, lines in placed:
        for index, line in enumerate(lines):
            canvas.text(x, canvas.y - (len(lines) - 1 - index) * _LINE - 2.5, line, style.SMALL)
    return True


def _bar(canvas: Canvas, stack: Stack, left: float, wide: float) -> bool:
    """Draws the bar; whether a part of it is not known."""
    lines, leading = _head(stack), style.BODY * style.LEADING
    high = max(_BAR, len(lines) * leading)
    first = canvas.y + high / 2 + 3.4 - leading * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        canvas.text(canvas.left, first + index * leading, line, style.BODY, style.BOLD)
    top = canvas.y + (high - _BAR) / 2
    bottom, x = top + _BAR, left
    outside = []
    for index, share in enumerate(stack.shares):
        value = finite(share)
        if value is None or value <= 0:
            continue
        fill, ink = _FILLS[index % len(_FILLS)]
        end = x + wide * value / _whole(stack)
        canvas.box(x, top, end, bottom, fill, style.MUTED if stack.target else style.PAPER, dash=stack.target)
        words = clean(stack.texts[index]) if index < len(stack.texts) else ""
        words = words or number(value, 1)
        if style.measure(words, style.BODY, style.BOLD) + 3 <= end - x:
            canvas.text((x + end) / 2, (top + bottom) / 2 + 3.4, words, style.BODY, style.BOLD, ink, "center")
        else:
            outside.append((index, words))
        x = end
    rest = left + wide - x
    if rest > 1:
        canvas.hatch(x, top, left + wide, bottom)
    canvas.y += high + 2
    if outside:
        parts.signs(canvas, [_sign(index, words) for index, words in outside], left=left)
    canvas.y += 4
    return rest > 1
