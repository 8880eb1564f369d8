"""Which typeface a PDF is set in: the first of the Times family that this machine has whole, else the packaged one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg
import typst
from fontTools.ttLib import TTCollection, TTFont

_TIMES = ("Times New Roman", "Liberation Serif", "Tinos")
_PACKAGED = "Noto Serif"
_LETTERS = "ăâđêôơưĂÂĐÊÔƠƯ₫≥≤–×“”…" + "".join(
    chr(code) for code in (*range(0x1EA0, 0x1EFA), 0x0128, 0x0129, 0x0168, 0x0169)
)


@dataclass(frozen=True)
class Typeface:
    """``families`` in the order in which a glyph is looked for; ``glyphs`` of the first and of all of them.
    ``paths``: the folders that a compiler is given."""

    families: tuple[str, ...]
    glyphs: frozenset[int]
    paths: tuple[Path, ...]

    @property
    def name(self) -> str:
        return self.families[0]

    def legible(self, text: str) -> str:
        """The text with what no typeface can draw written as its code: nothing is left out silently."""
        return "".join(c if c == "\n" or ord(c) in self.glyphs else f"[U+{ord(c):04X}]" for c in text)


@cache
def typeface() -> Typeface:
    """The typeface of this machine's PDFs. Two generations of a family may be installed under one name (Liberation
    Serif 1 lacks most Vietnamese letters): only a folder where every file of that name has all letters is handed to
    the compiler."""
    packaged = tuple(fontpkg.path(name).parent for name in ("noto-serif", "be-vietnam-pro"))
    own = frozenset().union(*(_glyphs(path) for folder in packaged for path in sorted(folder.glob("*.ttf"))))
    installed = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    for family in _TIMES:
        files = {Path(font.path) for font in installed if font.family == family and font.path}
        for folder in sorted({path.parent for path in files}):
            here = sorted(path for path in files if path.parent == folder)
            if all(map(_has_all, here)) and len({_style(path) for path in here}) >= 4:
                glyphs = frozenset.intersection(*map(_glyphs, here))
                return Typeface((family, _PACKAGED, "Be Vietnam Pro"), glyphs | own, (folder, *packaged))
    return Typeface((_PACKAGED, "Be Vietnam Pro"), own, packaged)


@cache
def _fonts(path: Path) -> tuple[TTFont, ...]:
    try:
        return tuple(TTCollection(path, lazy=True)) if path.suffix.lower() == ".ttc" else (TTFont(path, lazy=True),)
    except Exception:  # a damaged file of the system is no typeface
        return ()


def _glyphs(path: Path) -> frozenset[int]:
    return frozenset().union(*(font.getBestCmap() or {} for font in _fonts(path)))


def _has_all(path: Path) -> bool:
    return {ord(letter) for letter in _LETTERS} <= _glyphs(path)


def _style(path: Path) -> str:
    return "".join(str(font["name"].getDebugName(2)) for font in _fonts(path))
