"""The shared strings of an .xlsx, with the fonts of their pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planreview.workbooks import xml
from planreview.workbooks.grid import Run, Style
from planreview.workbooks.ooxml.styles import font_style
from planreview.workbooks.xml import Element

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Text:
    """``pieces``: text and style of each run, None where the cell's own style holds; empty for a text of one font."""

    text: str
    pieces: tuple[tuple[str, Style | None], ...] = ()

    def runs(self, cell_style: Style) -> tuple[Run, ...]:
        """The runs as they look in a cell of that style."""
        return tuple(Run(text, style or cell_style) for text, style in self.pieces)


def read_strings(content: bytes, place: str) -> list[Text]:
    """All strings in the order of their numbers. Raises UnreadableFile."""
    return [text_of(element) for element in xml.elements(content, "si", place)]


def text_of(element: Element) -> Text:
    """The words of a string item (or an inline string), without phonetic hints."""
    whole: list[str] = []
    pieces: list[tuple[str, Style | None]] = []
    formatted = False
    for part in element:
        name = xml.local(part)
        if name == "t":
            whole.append(_unescaped(part))
            pieces.append((whole[-1], None))
        elif name == "r":
            text = "".join(_unescaped(t) for t in part if xml.local(t) == "t")
            look = xml.child(part, "rPr")
            formatted = formatted or look is not None
            whole.append(text)
            pieces.append((text, font_style(look) if look is not None else None))
    return Text("".join(whole), tuple(p for p in pieces if p[0]) if formatted else ())


def unescape(text: str) -> str:
    """``_x000D_`` → the character that XML cannot hold."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # no half of a pair stays alone


def _unescaped(element: Element) -> str:
    return unescape(element.text or "")
