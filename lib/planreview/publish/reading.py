"""What a finished document says: the words of a page, a Word file or a PDF, as its reader gets them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import docx
import lxml.html
import pypdfium2
from docx.oxml.ns import qn

_APART = frozenset({"style", "script", "svg", "template"})
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
    return [_plain(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(content)]


def _plain(text: str) -> str:
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))
