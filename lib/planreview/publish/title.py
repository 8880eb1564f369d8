"""A chart without the title drawn in it: on a page its caption says the same sentence."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_SIZE = re.compile(r"font-size:\s*([\d.]+)px")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BOLD = "font-weight: 700"

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def without_title(svg: str, caption: str) -> str:
    """The SVG cropped by the lines that say the ``caption``; as it came where they are not there.

    What stands above them (a band that marks the numbers) moves down to the new upper edge.
    """
    try:
        root = ElementTree.fromstring(svg)
        left, top, width, height = map(float, root.get("viewBox", "").split())
    except (ElementTree.ParseError, ValueError):
        return svg  # said by whoever shows it
    lines = _lines(root, caption)
    if not lines:
        return svg
    size = float(_SIZE.search(lines[0].get("style", ""))[1])
    first, last = (float(line.get("y")) for line in (lines[0], lines[-1]))
    leading = (last - first) / (len(lines) - 1) if len(lines) > 1 else size * 1.36
    cut = leading * len(lines)
    upper_edge = first - size
    for element in list(root):
        if element in lines:
            root.remove(element)
        elif _lowest(element) <= upper_edge:
            element.set("transform", f"translate(0 {cut:g}) {element.get('transform', '')}".strip())
    root.set("viewBox", f"{left:g} {top + cut:g} {width:g} {height - cut:g}")
    if root.get("width", "").isdigit():
        root.set("height", f"{float(root.get('width')) * (height - cut) / width:.0f}")
    return ElementTree.tostring(root, encoding="unicode")


def _lines(root: ElementTree.Element, caption: str) -> list[ElementTree.Element]:
    """The bold lines of text that together are the caption, one after the other at the beginning of all texts."""
    bold = [e for e in root.findall(f"{_SVG}text")[:8] if _BOLD in e.get("style", "") and _SIZE.search(e.get("style"))]
    wanted = "".join(caption.split())
    for start in range(len(bold)):
        said, lines = "", []
        for element in bold[start:]:
            said += "".join("".join(element.itertext()).split())
            lines.append(element)
            if said == wanted:
                return lines
            if not wanted.startswith(said):
                break
    return []


def _lowest(element: ElementTree.Element) -> float:
    """The lowest point of a text or a path of straight lines, infinity of anything else."""
    if element.tag == f"{_SVG}text":
        return float(element.get("y", "inf"))
    if element.tag == f"{_SVG}path" and not re.search(r"[^MLzZ\s\d.-]", element.get("d", "")):
        return max(map(float, _NUMBER.findall(element.get("d"))[1::2]), default=float("inf"))
    return float("inf")
