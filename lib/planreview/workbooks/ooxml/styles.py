"""The styles part of an .xlsx: what number format and font each style number stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

from planreview.workbooks import xml
from planreview.workbooks.grid import PLAIN, Style
from planreview.workbooks.values import BUILT_IN
from planreview.workbooks.xml import Element

_CENTRED = ("center", "centerContinuous", "distributed")


@dataclass(frozen=True)
class Looks:
    """By style number: the number format and the style. What is not among them is not known: its format is None."""

    all: list[tuple[str | None, Style]] = field(default_factory=list)

    def of(self, number: str | int) -> tuple[str | None, Style]:
        """Format and style of a cell's style number; ('' is 0, the default)."""
        index = int(number or 0) if isinstance(number, int) or number.isdecimal() or not number else -1
        return self.all[index] if 0 <= index < len(self.all) else (None, PLAIN)


def read_styles(content: bytes, place: str) -> Looks:
    """Raises UnreadableFile where the part is no XML; whatever is missing inside is taken as Excel takes it."""
    root = xml.parse(content, place)
    parts = {xml.local(e): e for e in root}
    formats = dict(BUILT_IN)
    for element in _children(parts, "numFmts"):
        formats[_int(element, "numFmtId")] = element.get("formatCode", "General")
    fonts = [font_style(e) for e in _children(parts, "fonts")]
    named = _children(parts, "cellStyleXfs")
    looks = []
    for element in _children(parts, "cellXfs"):
        font = _int(element, "fontId")
        style = fonts[font] if 0 <= font < len(fonts) else PLAIN
        alignment = xml.child(element, "alignment")
        if alignment is None and 0 <= _int(element, "xfId") < len(named) and element.get("applyAlignment") is None:
            alignment = xml.child(named[_int(element, "xfId")], "alignment")
        looks.append((formats.get(_int(element, "numFmtId")), aligned(style, alignment)))
    return Looks(looks)


def aligned(style: Style, alignment: Element | None) -> Style:
    """The font's style with how it is set in the cell."""
    if alignment is None:
        return style
    centred = alignment.get("horizontal") in _CENTRED
    indent = _int(alignment, "indent")
    if not indent and not centred:
        return style
    return Style(style.font, style.bold, style.italic, style.struck, style.raised, max(0, indent), centred)


def font_style(element: Element | None) -> Style:
    """The style of a font, or of a run's properties."""
    if element is None:
        return PLAIN
    said = {xml.local(e): xml.attribute(e, "val", "") for e in element}
    return Style(
        font=said.get("name") or said.get("rFont") or "",
        bold=_is_on(said, "b"),
        italic=_is_on(said, "i"),
        struck=_is_on(said, "strike"),
        raised=said.get("vertAlign") == "superscript",
    )


def _is_on(said: dict[str, str], name: str) -> bool:
    return name in said and said[name] not in ("0", "false", "off")


def _children(parts: dict[str, Element], name: str) -> list[Element]:
    return [e for e in parts[name] if xml.local(e)] if name in parts else []


def _int(element: Element, name: str) -> int:
    try:
        return int(float(element.get(name, "0")))
    except ValueError:
        return 0
