"""Does a finished page, Word file or PDF print the numbers of its blocks, each as often as they do, and no other?

What the blocks' numbers rest on is another question (``batch.facts``). Here also: what no reader may meet, whatever the
numbers are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from planreview.publish.document import clean, prepare
from planreview.publish.numbered import LESSON, numbered, source_line
from planreview.publish.page import Page
from planreview.publish.reading import html_texts, pdf_texts, word_texts
from planreview.publish.title import without_title

TOKEN = re.compile(r"\d+(?:[.,]\d+)*")
_UNDRAWABLE = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_FORBIDDEN = {
    "trị máy, không phải lời": re.compile(r"(?<![\w.])(?:nan|NaN|None|inf|null|True|False|NaT)(?![\w.])"),
    "tháng bằng tiếng Anh": re.compile(rf"\b(?:{_MONTHS}|Jan|Feb|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b"),
    "dấu chấm thập phân": re.compile(r"(?<![\d.,/])\d+\.(?:\d{1,2}|\d{4,})(?![\d.,]*\d)"),
}


@dataclass(frozen=True)
class Said:
    """A text of the blocks. ``kind``: text, number, raw (typed by somebody), column (a table's head), drawn (inside a
    chart), alt (for those who cannot see)."""

    text: str
    kind: str


def said(blocks: Iterable[dict]) -> Iterator[Said]:
    """All that the blocks say, with the numbers of tables and figures."""
    for block, number in numbered(blocks):
        kind = block["type"]
        if kind == "heading":
            yield Said(block["text"], "title" if block["level"] == 1 else "text")
        for name in ("parts", "note", *LESSON):
            yield from map(_part, block.get(name, ()))
        if kind in ("table", "figure"):
            word = "Bảng" if kind == "table" else "Hình"
            yield from (Said(f"{word} {number}.", "text"), Said(block["caption"], "text"))
            yield Said(source_line(block), "text")
        if kind == "table":
            yield from (Said(name, "column") for name in block["columns"])
            yield from (Said(title, "text") for _, title in block["groups"])
            yield from (_part(part) for row in block["rows"] for cell in row for part in cell)
        if kind == "figure":
            yield Said(block["alt"], "alt")
            drawn = ElementTree.fromstring(without_title(block["svg"], block["caption"]))
            yield from (Said("".join(e.itertext()), "drawn") for e in drawn.iter() if e.tag.endswith("}text"))


def _part(part: dict) -> Said:
    if "gauge" in part:
        return Said(part["t"], "alt")
    return Said(part["t"], "raw" if part.get("raw") else "number" if "cells" in part else "text")


def check_page(content: str, blocks: Sequence[dict]) -> list[str]:
    """What is wrong with the main part of an HTML page (Vietnamese, a line each)."""
    found = html_texts(content)
    due = [s.text for s in said(blocks) if s.kind in ("text", "number", "column")]
    return [*_differences(_tokens(found), _tokens(due)), *language(found)]


def check_word(content: bytes, blocks: Sequence[dict], page: Page) -> list[str]:
    """What is wrong with a Word file."""
    found = word_texts(content)
    return [*_differences(_tokens(found), _tokens(_on_paper(blocks, page))), *language(found, _typed(blocks, page))]


def check_pdf(content: bytes, blocks: Sequence[dict], page: Page) -> list[str]:
    """What is wrong with a PDF. A table's head is printed again on each of its pages, and each page has a number."""
    pages = pdf_texts(content)
    found = [_UNDRAWABLE.sub(" ", re.sub(r"[\r\n]+", " ", text)) for text in pages]
    everything = [*said(blocks)]
    due = [*_on_paper(blocks, page), *(s.text for s in everything if s.kind == "drawn")]
    again = {*_tokens(s.text for s in everything if s.kind == "column"), *map(str, range(2, len(pages) + 1))}
    return [*_differences(_tokens(found), _tokens(due), again=again), *language(found, _typed(blocks, page))]


def language(texts: Iterable[str], typed: Iterable[str] = ()) -> list[str]:
    """Words that no reader may meet; what somebody ``typed`` stands as it is."""
    known = " ".join(typed)
    wrong = {}
    for text in texts:
        for what, pattern in _FORBIDDEN.items():
            for match in pattern.finditer(text):
                if match[0] not in known:
                    around = text[max(0, match.start() - 30) : match.end() + 30].strip()
                    wrong[f"{what}: “{match[0]}” trong “{around}”"] = None
    return [*wrong]


def _on_paper(blocks: Sequence[dict], page: Page) -> list[str]:
    document = prepare(blocks, page)
    head = [
        document.title,
        page.cycle_title,
        page.as_of_title,
        page.provenance_line,
        *page.issuer,
        page.seat,
        page.mark,
    ]
    sources = [text for line in document.sources for text in line]
    return [*head, *sources, *(clean(s.text) for s in said(blocks) if s.kind in ("text", "number", "column", "raw"))]


def _typed(blocks: Sequence[dict], page: Page) -> list[str]:
    """Words that are not ours: what was typed, and the names of files, sheets and sources in the annex."""
    named = [text for line in prepare(blocks, page).sources for text in line]
    return [*named, *(clean(s.text) for s in said(blocks) if s.kind == "raw")]


def _tokens(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for text in texts for token in TOKEN.findall(text))


def _differences(found: Counter[str], due: Counter[str], *, again: Iterable[str] = ()) -> list[str]:
    more = found - due
    for token in again:
        del more[token]
    less = due - found
    return [
        *(f"số {token} không có trong số liệu của báo cáo{_times(n)}" for token, n in sorted(more.items())),
        *(f"thiếu số {token} của báo cáo{_times(n)}" for token, n in sorted(less.items())),
    ]


def _times(n: int) -> str:
    return f" ({n} chỗ)" if n > 1 else ""
