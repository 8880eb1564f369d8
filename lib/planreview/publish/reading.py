"""What a finished document says: the words of a page, a Word file or a PDF, as its reader gets them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import docx
import lxml.html
import pypdfium2
from docx.oxml.ns import qn

_APART = frozenset({"style", "script", "svg", "template"})
_NUMBER = re.compile(r"\d[\d.,]+")
_APART_CELLS = 0.6  # of a digit's height: more than lies between two digits of a number
_CONTROL = re.compile("[\u200b\u00ad\ufffe\uffff]")


def html_texts(content: str) -> list[str]:
    """The texts of a page's main part, one a piece; neither the closing section of sources nor what is drawn, nor what
    somebody typed (class ``raw``)."""
    (main,) = lxml.html.document_fromstring(content).xpath("//main")
    return [*filter(str.strip, map(_plain, _walk(main)))]


def _walk(element) -> Iterator[str]:
    kinds = (element.get("class") or "").split()
    if not isinstance(element.tag, str) or element.tag in _APART or "lineage" in kinds or "raw" in kinds:
        return
    yield element.text or ""
    for child in element:
        yield from _walk(child)
        yield child.tail or ""


def word_texts(content: bytes) -> list[str]:
    """The texts of a Word file's body, a piece for each paragraph or cell, without the block at its head and what
    follows its last section (recipients and annex), which hold nothing of the blocks."""
    body = docx.Document(io.BytesIO(content)).element.body
    pieces = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return [*filter(str.strip, map(_plain, pieces))]


def pdf_texts(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    return [_plain(_page_text(page.get_textpage())) for page in pypdfium2.PdfDocument(content)]


def _page_text(page: pypdfium2.PdfTextPage) -> str:
    """The text of a page. Numbers of two cells side by side, which the library writes as one, are held apart."""
    text, pieces, begun = page.get_text_range(), [], 0
    for number in _NUMBER.finditer(text):
        boxes = [page.get_charbox(at) for at in range(*number.span())]
        far = _APART_CELLS * max(top - bottom for _, bottom, _, top in boxes)
        for at, ((_, _, right, _), (left, *_)) in enumerate(pairwise(boxes), start=number.start() + 1):
            if left - right > far:
                pieces.append(text[begun:at])
                begun = at
    return " ".join([*pieces, text[begun:]])


def _plain(text: str) -> str:
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))
