"""Styles of OpenDocument: number formats in Excel's notation, fonts, and what has no height or width."""

from __future__ import annotations

import re

from planreview.workbooks import xml
from planreview.workbooks.grid import PLAIN, Style
from planreview.workbooks.xml import Element, attribute, local

_PARTS = {
    "day": ("d", "dd"), "month": ("m", "mm"), "year": ("yy", "yyyy"), "hours": ("h", "hh"), "minutes": ("m", "mm"),
    "seconds": ("s", "ss"), "day-of-week": ("ddd", "dddd"), "am-pm": ("AM/PM", "AM/PM"), "era": ("g", "ggg"),
}  # fmt: skip
_FORMATS = (
    "number-style",
    "percentage-style",
    "currency-style",
    "date-style",
    "time-style",
    "text-style",
    "boolean-style",
)
_MOST_DIGITS = 30


class Styles:
    """All styles of a document; ``others`` are the roots of its further parts, whose styles come first."""

    def __init__(self, others: list[Element], content: Element) -> None:
        self._named: dict[tuple[str, str], Element] = {}
        self._formats: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        self._cells: dict[str, tuple[str | None, Style]] = {}
        for root in (*others, content):
            for holder in root.iter("{*}styles", "{*}automatic-styles", "{*}font-face-decls"):
                for element in holder:
                    self._take(element)

    def _take(self, element: Element) -> None:
        name = attribute(element, "name")
        if local(element) == "style":
            self._named[attribute(element, "family"), name] = element
        elif local(element) == "default-style":
            self._named[attribute(element, "family"), "Default"] = self._named.get(
                (attribute(element, "family"), "Default"), element
            )
        elif local(element) == "font-face":
            self._fonts[name] = attribute(element, "font-family").strip("'\"")
        elif local(element) in _FORMATS:
            self._formats[name] = _format(element)

    def cell(self, name: str) -> tuple[str | None, Style]:
        """Number format and style of a cell style; 'General' where none is said."""
        if name not in self._cells:
            self._cells[name] = self._look(name)
        return self._cells[name]

    def _chain(self, family: str, name: str) -> list[Element]:
        """A style and those that it is derived from, the nearest first."""
        chain: list[Element] = []
        name = name or "Default"
        while (element := self._named.get((family, name))) is not None and element not in chain and len(chain) < 20:
            chain.append(element)
            name = attribute(element, "parent-style-name") or "Default"
        return chain

    def _look(self, name: str) -> tuple[str | None, Style]:
        number_format, said = "General", {}
        for element in reversed(self._chain("table-cell", name)):
            number_format = self._formats.get(attribute(element, "data-style-name"), number_format)
            for part in element:
                if local(part).endswith("-properties"):
                    said |= {k.rpartition("}")[2]: v for k, v in part.attrib.items()}
        if not said:
            return number_format, PLAIN
        centimetres = re.fullmatch(r"([\d.]+)(cm|mm|in|pt)", said.get("margin-left", ""))
        per = {"cm": 0.353, "mm": 3.53, "in": 0.139, "pt": 10}  # a step of indentation is 10 points
        indent = round(float(centimetres[1]) / per[centimetres[2]]) if centimetres else 0
        font = said.get("font-name", "")
        return number_format, Style(
            font=self._fonts.get(font, font) or said.get("font-family", "").strip("'\""),
            bold=said.get("font-weight") in ("bold", "600", "700", "800", "900"),
            italic=said.get("font-style") == "italic",
            struck=said.get("text-line-through-style", "none") != "none",
            raised=said.get("text-position", "").startswith("super"),
            indent=min(indent, 250),
            centred=said.get("text-align") == "center",
        )

    def shows(self, name: str) -> bool:
        """Whether tables of that style are shown."""
        return not any(
            attribute(part, "display") == "false" for element in self._chain("table", name)[:1] for part in element
        )

    def is_flat(self, name: str) -> bool:
        """Whether rows or columns of that style have no height or width."""
        for family, what in (("table-row", "row-height"), ("table-column", "column-width")):
            element = self._named.get((family, name))
            for part in element if element is not None else ():
                if re.fullmatch(r"0(\.0*)?[a-z]+", attribute(part, what)):
                    return True
        return False


def _format(element: Element) -> str:
    """A number, percent, date or time style in Excel's notation."""
    code = []
    for part in element:
        name = local(part)
        if name == "number":
            code.append(_digits(part))
        elif name == "scientific-number":
            code.append(_digits(part) + "E+00")
        elif name in _PARTS:
            short, long = _PARTS[name]
            if name == "month" and attribute(part, "textual") == "true":
                short, long = "mmm", "mmmm"
            text = long if attribute(part, "style") == "long" else short
            overflow = name == "hours" and attribute(element, "truncate-on-overflow") == "false"
            code.append(f"[{text}]" if overflow else text)
        elif name in ("text", "currency-symbol"):
            code.append(_literal("".join(part.itertext()), local(element)))
        elif name == "text-content":
            code.append("@")
    if local(element) == "percentage-style" and "%" not in "".join(code):
        code.append("%")
    return "".join(code) or "General"


def _literal(text: str, kind: str) -> str:
    if kind == "percentage-style":
        # the sign stands in a text part, and is what makes it a percentage
        return "".join(c if c == "%" else f'"{c}"' if c not in "() " else c for c in text)
    return text if text and all(c in "-/:., ()" for c in text) else f'"{text}"' if text else ""


def _digits(part: Element) -> str:
    if attribute(part, "decimal-places") == "" and not xml.is_on(attribute(part, "grouping")):
        return "General" if attribute(part, "min-integer-digits", "1") == "1" else "0"
    whole, decimals = (min(int(v), _MOST_DIGITS) if v.isdecimal() else 0 for v in (
        attribute(part, "min-integer-digits", "1"), attribute(part, "decimal-places", "0")))  # fmt: skip
    grouped = xml.is_on(attribute(part, "grouping"))
    head = "#,##" if grouped else ""
    return head + "0" * max(1, whole) + ("." + "0" * decimals if decimals else "")
