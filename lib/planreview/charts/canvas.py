"""A sheet to draw on: points, from the top left downwards; it grows in height as a chart adds to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import isfinite, nan

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from planreview.charts import style

MARK = "SỐ LIỆU MÔ PHỎNG"
_LARGEST = 1e100
_BEHIND, _SHAPES, _TEXT = 0, 2, 5
_HATCH = 4.0  # from one line of a hatched box to the next


def clean(text: str) -> str:
    """One line, NFC, without what cannot stand in XML."""
    one_line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in one_line if unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def finite(value: float | None) -> float | None:
    """None for what is not a number that can be drawn."""
    return float(value) if value is not None and isfinite(value) and abs(value) < _LARGEST else None


def _outline(x0: float, y0: float, x1: float, y1: float) -> Path:
    return Path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], closed=True)


class Canvas:
    """``y`` is how far down the sheet is filled; ``left`` to ``right`` is where charts draw."""

    left, right = style.PAD, style.WIDTH - style.PAD

    def __init__(self, title: str, subtitle: str, simulated: bool = False) -> None:
        self.figure = Figure(figsize=(style.WIDTH / 72, 1), dpi=72, facecolor=style.PAPER, edgecolor="none")
        self._down = Affine2D()
        self._to_sheet = self._down + self.figure.dpi_scale_trans
        self._simulated = simulated
        self.y = style.PAD
        if simulated:
            self._band()
        for line in style.balanced(clean(title), self.right - self.left, style.TITLE, style.BOLD):
            self.y += style.TITLE * style.LEADING
            self.text(self.left, self.y - 4, line, style.TITLE, style.BOLD)
        self.y += 1.5
        for line in style.wrap(clean(subtitle), self.right - self.left, style.SMALL):
            self.y += style.SMALL * style.LEADING
            self.text(self.left, self.y - 2.5, line, style.SMALL, color=style.MUTED)
        self.y += 7

    def text(
        self, x: float, y: float, words: str, size: float = style.BODY, weight: int = style.REGULAR,
        color: str = style.INK, align: str = "left", upright: bool = False,
    ) -> None:  # fmt: skip
        """One line of text, ``y`` its baseline; ``upright``: read from below, ``x`` its baseline."""
        if words:
            self._add(
                Text(
                    x, y, words, color=color, fontproperties=style.font(size, weight), ha=align, va="baseline",
                    parse_math=False, zorder=_TEXT, rotation=90 if upright else 0, rotation_mode="anchor",
                )
            )  # fmt: skip

    def box(
        self, x0: float, y0: float, x1: float, y1: float, fill: str, edge: str = "none", dash: bool = False
    ) -> None:
        corner, width, height = (min(x0, x1), min(y0, y1)), abs(x1 - x0), abs(y1 - y0)
        look = (0, (2.5, 1.8)) if dash else "solid"
        self._add(
            Rectangle(corner, width, height, facecolor=fill, edgecolor=edge, lw=0.9, linestyle=look, zorder=_SHAPES)
        )

    def hatch(self, x0: float, y0: float, x1: float, y1: float, edge: str = style.GREY) -> None:
        """A box of thin diagonals: here is nothing known. Drawn as lines: a pattern of the SVG would need an id."""
        self.box(x0, y0, x1, y1, style.PAPER, edge)
        self.strokes(self.diagonals(x0, y0, x1, y1), style.GREY, 0.5)

    @staticmethod
    def diagonals(x0: float, y0: float, x1: float, y1: float) -> list[list[tuple[float, float]]]:
        """The lines of a hatched box."""
        found = []
        for rising in range(int((x1 - x0 + y1 - y0) // _HATCH) + 1):
            along = (rising + 0.5) * _HATCH  # x - x0 + y - y0 on this diagonal
            left, right = max(0.0, along - (y1 - y0)), min(x1 - x0, along)
            if right - left > 0.5:
                found.append([(x0 + left, y0 + along - left), (x0 + right, y0 + along - right)])
        return found

    def strokes(self, lines: Sequence[Sequence[tuple[float, float]]], color: str, width: float) -> None:
        """Many lines as one element: a chart of hundreds of marks stays small."""
        points = [point for line in lines for point in (*line, (nan, nan))]
        if points:
            self.line(points[:-1], color, width)

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], fill: str, edge: str = "none") -> None:
        """Many boxes (x0, y0, x1, y1) as one element."""
        shapes = [Path.make_compound_path(*(_outline(*box) for box in boxes))] if boxes else []
        for shape in shapes:
            self._add(PathPatch(shape, facecolor=fill, edgecolor=edge, lw=0.9, zorder=_SHAPES))

    def line(
        self, points: Sequence[tuple[float, float]], color: str = style.RULE, width: float = 0.7,
        dash: tuple[float, float] | None = None, cap: str = "butt", behind: bool = False,
    ) -> None:  # fmt: skip
        xs, ys = zip(*points, strict=True)
        line = Line2D(
            xs, ys, color=color, linewidth=width, linestyle=(0, dash) if dash else "-", marker="None",
            solid_capstyle=cap, dash_capstyle="butt", zorder=_BEHIND if behind else _SHAPES,
        )  # fmt: skip
        self._add(line)

    def dot(self, x: float, y: float, color: str, hollow: bool = False, radius: float = 3.2) -> None:
        fill = style.PAPER if hollow else color
        side = 2 * radius
        self._add(Ellipse((x, y), side, side, facecolor=fill, edgecolor=color, lw=1.4, zorder=_SHAPES + 1))

    def diamond(self, x: float, y: float, color: str, hollow: bool = False, radius: float = 4.6) -> None:
        corners = [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
        self.polygon(corners, style.PAPER if hollow else color, color)

    def polygon(
        self, corners: Sequence[tuple[float, float]], fill: str, edge: str = "none", behind: bool = False
    ) -> None:
        place = _BEHIND - 0.5 if behind else _SHAPES + 1
        self._add(Polygon(corners, closed=True, facecolor=fill, edgecolor=edge, lw=1.4, zorder=place))

    def finish(self) -> Figure:
        """The figure, as high as what was drawn."""
        height = self.y + style.PAD
        self.figure.set_size_inches(style.WIDTH / 72, height / 72)
        self._down.clear().scale(1 / 72, -1 / 72).translate(0, height / 72)
        if self._simulated:
            self._stripes(height)
        return self.figure

    def _add(self, artist: Text | Rectangle | Line2D | Ellipse | Polygon | PathPatch) -> None:
        artist.set_transform(self._to_sheet)
        artist.set_clip_on(False)
        artist.set_figure(self.figure)
        self.figure.add_artist(artist)

    def _band(self) -> None:
        """Says at the top that no number of the sheet is real."""
        self.box(0, 0, style.WIDTH, 17, style.INK)
        self.text(style.WIDTH / 2, 12, MARK, style.SMALL, style.BOLD, style.PAPER, "center")
        self.y = 21

    def _stripes(self, height: float) -> None:
        """Pale diagonals behind everything: a cut-out of the chart is still seen to be no real one."""
        for start in range(-int(height // 26) * 26, int(style.WIDTH), 26):
            corners = [(start + 0.0, height), (start + 13.0, height), (start + 13 + height, 0.0), (start + height, 0.0)]
            stripe = Polygon(corners, closed=True, facecolor=style.SIMULATED, edgecolor="none", zorder=-1)
            self._add(stripe)
