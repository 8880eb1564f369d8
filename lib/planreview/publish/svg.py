"""A chart's SVG, ready to stand inline in a page among others."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markupsafe import Markup

from planreview.errors import RunFailed

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_UNWANTED = {"metadata", "script", "foreignObject", "title", "desc"}
_LOCAL_URL = re.compile(r"""url\(\s*(['"]?)#""")
_OTHER_URL = re.compile(r"""url\(\s*['"]?(?!#|data:)""")
_RULE = re.compile(r"([^{}]+)(\{[^{}]*\})")
_ID_SELECTOR = re.compile(r"#(?=[\w-])")


def inline(svg: str, name: str, alt: str) -> Markup:
    """The SVG as an element of an HTML page: ids and style rules of its own, ``alt`` for those who cannot see it.

    Raises RunFailed where the SVG is broken or calls for anything outside itself.
    """
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise RunFailed("Hình vẽ không phải là SVG hợp lệ", place=f"{alt[:60]}: {error}") from error
    _clean(root, name)
    for attribute in ("aria-labelledby", "aria-describedby", "version"):
        root.attrib.pop(attribute, None)
    root.attrib.update({"id": name, "role": "img", "aria-label": alt})
    return Markup(ElementTree.tostring(root, encoding="unicode").strip())


def _clean(element: ElementTree.Element, name: str) -> None:
    """Drop foreign parts, prefix what is named, for the element and all below it."""
    element.tag = element.tag.removeprefix(_SVG)
    element.attrib = dict(_attributes(element.attrib, name))
    if element.tag == "style":
        element.text = _scoped(element.text or "", name)
    for child in list(element):
        tag = child.tag.removeprefix(_SVG)
        if tag in _UNWANTED or tag.startswith("{"):
            element.remove(child)
        else:
            _clean(child, name)
    if element.tag != "style" and not (element.text or "").strip() and element.tag not in {"text", "tspan"}:
        element.text = None


def _attributes(attributes: dict[str, str], name: str):
    for key, value in attributes.items():
        if key == _HREF:
            key = "href"
        if key.startswith("on") or (key.startswith("{") and not key.endswith("}space")):
            continue
        if key == "href":
            if not value.startswith(("#", "data:")):
                raise RunFailed("Hình vẽ dùng tài nguyên bên ngoài", place=value)
            value = f"#{name}-{value[1:]}" if value.startswith("#") else value
        elif key == "id":
            value = f"{name}-{value}"
        yield key, _local(value, name)


def _local(text: str, name: str) -> str:
    if _OTHER_URL.search(text):
        raise RunFailed("Hình vẽ dùng tài nguyên bên ngoài", place=text[:120])
    return _LOCAL_URL.sub(rf"url(\1#{name}-", text)


def _scoped(css: str, name: str) -> str:
    """Rules that hold inside this chart only."""
    if "@" in css:
        raise RunFailed("Hình vẽ có khai báo kiểu dạng @ nên không đặt được vào trang", place=css.strip()[:120])

    def rule(match: re.Match) -> str:
        selectors = (_ID_SELECTOR.sub(f"#{name}-", s.strip()) for s in match[1].split(","))
        return ",".join(f"#{name} {s}" for s in selectors) + match[2]

    return _local(_RULE.sub(rule, css), name)
