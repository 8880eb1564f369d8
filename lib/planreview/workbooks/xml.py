"""XML of files that nobody vouches for: no entity is expanded, no document type or address is followed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from planreview.workbooks import messages

Element = etree._Element
_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}


def parse(content: bytes, place: str, *, recover: bool = False) -> Element:
    """The root of a whole part. Raises UnreadableFile where it is damaged or multiplies itself."""
    _no_entities(content, place)
    try:
        root = etree.fromstring(content, etree.XMLParser(recover=recover, remove_comments=True, **_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise messages.damaged(f"{place}: {problem}") from None
    if root is None:
        raise messages.damaged(place)
    return root


def elements(content: bytes, tags: str | tuple[str, ...], place: str) -> Iterator[Element]:
    """Each element of those names (of any namespace) of a part that may be large, forgotten once the next is asked for.

    One of the elements must not stand inside another.
    """
    names = (tags,) if isinstance(tags, str) else tags
    _no_entities(content, place)
    try:
        walk = etree.iterparse(io.BytesIO(content), tag=[f"{{*}}{t}" for t in names], remove_comments=True, **_OPTIONS)
        for _, element in walk:
            yield element
            element.clear()
            # what was read stays as an empty shell before the next one: away with it
            while (before := element.getprevious()) is not None and (above := element.getparent()) is not None:
                above.remove(before)
    except etree.XMLSyntaxError as problem:
        raise messages.damaged(f"{place}: {problem}") from None


def _no_entities(content: bytes, place: str) -> None:
    """A document type alone harms nobody who does not follow it; entities of its own are for no table."""
    head = content[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    if b"<!DOCTYPE" in head and re.search(rb"<!ENTITY\s", content if head is content else content + head):
        raise messages.bomb(place)


def local(element: Element) -> str:
    """The element's name without its namespace; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute whatever namespace it is in."""
    if (found := element.get(name)) is not None:
        return found
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), default)


def child(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    return next((e for e in element if local(e) == name), None)


def is_on(text: str | None) -> bool:
    """Whether a boolean attribute is set."""
    return text is not None and text.strip().lower() in ("1", "true", "on")
