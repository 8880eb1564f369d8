"""One look for all charts: the typeface, the palette, the sizes, and how a figure becomes SVG text.

Text stays text in the SVG. It is measured with Be Vietnam Pro; a browser that does not have it draws the next family
of ``FAMILIES``, so widths are taken with some slack (``measure``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

import fontpkg
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

FAMILY = "Be Vietnam Pro"
FAMILIES = f"'{FAMILY}', 'Segoe UI', Roboto, Arial, sans-serif"
REGULAR, BOLD = 400, 700

# Sizes in points; a figure is WIDTH points wide, so that its smallest text is still read on a phone's screen.
WIDTH, PAD = 346.0, 4.0
TITLE, BODY, SMALL = 12.0, 9.5, 8.5
LEADING = 1.36  # from one line of text to the next: room for Ẫ above and ợ below
SCREEN_WIDTH = 640  # CSS pixels, at most

# The palette differs in lightness as well as in hue: it is read by colour-blind people and in grey print.
INK, MUTED, RULE, PAPER = "#1f2933", "#56616b", "#d3d8dd", "#ffffff"
ACCENT, ACCENT_TINT = "#0b5a7d", "#b7d3e0"
OTHER, OTHER_TINT, OTHER_INK = "#e5913f", "#f8dfc4", "#9a4200"
GREY, GREY_TINT, BAND = "#a3acb4", "#e3e6e9", "#cdd3d8"
SIMULATED = "#f3f4f6"

# tone → (a bar's fill, its fill where the value is provisional, the colour of words)
TONES = {
    "good": (ACCENT, ACCENT_TINT, ACCENT),
    "bad": (OTHER, OTHER_TINT, OTHER_INK),
    "open": (GREY, GREY_TINT, INK),
    "none": (GREY, GREY_TINT, MUTED),
}

_RC = {"svg.fonttype": "none", "svg.hashsalt": "planreview", "path.sketch": None, "text.usetex": False}
_SLACK = {REGULAR: 1.05, BOLD: 1.12}


@contextmanager
def look() -> Iterator[None]:
    """Draw under our settings, whatever the notebook around has set."""
    with rc_context(_RC):
        yield


@cache
def _register() -> None:
    for weight in (REGULAR, BOLD):
        fontManager.addfont(str(fontpkg.path("be-vietnam-pro", weight=weight)))


@cache
def font(size: float, weight: int = REGULAR) -> FontProperties:
    """The typeface at a size in points; glyphs that it lacks come from matplotlib's own DejaVu Sans."""
    _register()
    return FontProperties(family=[FAMILY, "DejaVu Sans"], size=size, weight=weight)


@lru_cache(maxsize=4096)
def measure(text: str, size: float, weight: int = REGULAR) -> float:
    """Width in points, with the slack that other typefaces need."""
    if not text:
        return 0.0
    width, _, _ = text_to_path.get_text_width_height_descent(text, font(size, weight), ismath=False)
    return float(width) * _SLACK[weight]


def shorten(text: str, width: float, size: float, weight: int = REGULAR) -> str:
    """The text, or its beginning and an ellipsis where it is wider than ``width`` points."""
    if measure(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(text[:middle].rstrip() + "…", size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(text: str, width: float, size: float, weight: int = REGULAR, most: int | None = None) -> list[str]:
    """Lines no wider than ``width`` points; the last of ``most`` lines ends in an ellipsis where more would follow."""
    lines: list[str] = []
    words = text.split(" ") if text else []
    while words:
        if most is not None and len(lines) == most - 1:
            return [*lines, shorten(" ".join(words), width, size, weight)]
        taken = 1
        while taken < len(words) and measure(" ".join(words[: taken + 1]), size, weight) <= width:
            taken += 1
        line = " ".join(words[:taken])
        if taken == 1 and measure(line, size, weight) > width:  # one word wider than the line: broken where it must
            piece = max(1, len(shorten(line, width, size, weight)) - 1)
            line, rest = line[:piece], line[piece:]
            words = [rest, *words[1:]] if rest else words[1:]
        else:
            words = words[taken:]
        lines.append(line)
    return lines


def balanced(text: str, width: float, size: float, weight: int = REGULAR, most: int | None = None) -> list[str]:
    """Wrapped to as few lines as ``wrap`` needs, of about the same length: no single word alone on the last one."""
    lines = wrap(text, width, size, weight)
    if most is not None and len(lines) > most:
        return wrap(text, width, size, weight, most)
    narrow, wide = width / 2, width
    while len(lines) > 1 and wide - narrow > 4:
        middle = (narrow + wide) / 2
        tried = wrap(text, middle, size, weight)
        if len(tried) == len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return lines


def to_svg(figure: Figure) -> str:
    """The figure as one ``<svg>`` element: the same text twice, no ids (several may stand in one page), scalable."""
    stream = io.StringIO()
    with look():
        FigureCanvasSVG(figure).print_svg(stream, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r' id="[^"]*"', "", svg)
    svg = re.sub(r"</?g>", "", svg)  # groups without ids group nothing
    svg = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", svg)
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    width, height = (float(side) * 72 for side in figure.get_size_inches())
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{SCREEN_WIDTH}"'
        f' height="{SCREEN_WIDTH * height / width:.0f}" role="img" style="max-width: 100%; height: auto;'
        f' font-family: {FAMILIES}; stroke-linejoin: round">'
    )
    svg = opening + svg[svg.index(">") + 1 :]
    return re.sub(r"\n\s*", "\n", svg)
