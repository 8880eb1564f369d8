"""Areas as tiles laid out roughly as on the map: a schematic picture that needs no boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from planreview.charts import rows as parts
from planreview.charts import style
from planreview.charts.canvas import Canvas, clean

_BETWEEN = 3.0
_WIDEST = 74.0
_LINE = style.SMALL * style.LEADING
# light to dark, with the colour of what is written on it
LEVELS = (("#e6eff4", style.INK), ("#a9cbdb", style.INK), ("#3b7b9a", style.PAPER), (style.ACCENT, style.PAPER))


@dataclass(frozen=True)
class Tile:
    """One area: where it lies (from 0), what is written on it, its level (0 the lightest; None: nothing known)."""

    label: str
    row: int
    column: int
    text: str = ""
    level: int | None = None


def tile_chart(title: str, subtitle: str, tiles: Sequence[Tile], levels: Sequence[str], simulated: bool = False) -> str:
    """SVG. ``levels`` says in words what each of at most four levels is, the lowest first."""
    return style.to_svg(tile_figure(title, subtitle, tiles, levels, simulated))


def tile_figure(
    title: str, subtitle: str, tiles: Sequence[Tile], levels: Sequence[str], simulated: bool = False
) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        if tiles:
            _draw(canvas, tiles, levels)
        else:
            parts.nothing(canvas)
        return canvas.finish()


def shades(levels: int) -> list[tuple[str, str]]:
    """As many shades as there are levels, from the lightest to the darkest."""
    last = max(levels - 1, 1)
    return [LEVELS[round(index * (len(LEVELS) - 1) / last)] for index in range(levels)]


def _draw(canvas: Canvas, tiles: Sequence[Tile], levels: Sequence[str]) -> None:
    tones = shades(len(levels))
    key = [parts.Sign("box", name, style.GREY, tones[index][0]) for index, name in enumerate(levels)]
    if any(tile.level is None for tile in tiles):
        key.append(parts.Sign("hatch", parts.NO_DATA))
    parts.signs(canvas, key)
    canvas.y += 4
    left_most, top_most = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    across = max(tile.column for tile in tiles) - left_most + 1
    wide = min(_WIDEST, (canvas.right - canvas.left) / across)
    room = wide - _BETWEEN - 6
    names = [style.balanced(clean(tile.label), room, style.SMALL, most=3) for tile in tiles]
    high = (max(len(lines) for lines in names)) * _LINE + style.BODY * style.LEADING + 8 + _BETWEEN
    start = (canvas.left + canvas.right - wide * across) / 2
    top = canvas.y
    for tile, lines in zip(tiles, names, strict=True):
        x, y = start + (tile.column - left_most) * wide, top + (tile.row - top_most) * high
        ink = style.INK
        if tile.level is None:
            canvas.hatch(x, y, x + wide - _BETWEEN, y + high - _BETWEEN)
            # words are read on paper, not on hatching
            canvas.box(x + 2, y + 2, x + wide - _BETWEEN - 2, y + 4 + len(lines) * _LINE, style.PAPER)
        else:
            fill, ink = tones[min(max(tile.level, 0), len(tones) - 1)]
            canvas.box(x, y, x + wide - _BETWEEN, y + high - _BETWEEN, fill, style.GREY)
        middle = x + (wide - _BETWEEN) / 2
        for index, line in enumerate(lines):
            canvas.text(middle, y + 2 + (index + 1) * _LINE - 2, line, style.SMALL, color=ink, align="center")
        if tile.level is not None:
            words = style.shorten(clean(tile.text), room, style.BODY, style.BOLD)
            canvas.text(middle, y + high - _BETWEEN - 5, words, style.BODY, style.BOLD, ink, "center")
    canvas.y = top + (max(tile.row for tile in tiles) - top_most + 1) * high
