"""Blocks → what goes on paper: sections of pages that stand upright or are turned, items with their texts ready.

Word and PDF are made from this, so that both say the same in the same order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planreview.publish import columns
from planreview.publish.cell_ranges import ranges
from planreview.publish.numbered import LESSON, numbered, source_line, tone
from planreview.publish.page import Page
from planreview.publish.title import without_title

TABLE_SIZE, LONG_TABLE_SIZE = 10.5, 9.0  # points
TOGETHER = 8  # rows, up to which a table stands on one page
_LONG_TABLE = 40  # rows, from which on a table is set small
FIGURE, BRIEF_FIGURE = 135.0, 125.0  # millimetres
_TALLEST_FIGURE, _TALLEST_IN_BRIEF = 212.0, 80.0
_HALF_PAGE, _LITTLE_MORE = 100.0, 1.26  # a figure little taller than half a page is made smaller: two stand on one
_BETWEEN = {"heading", "paragraph", "note", "finding"}  # may stand on a turned page between two tables
_MOST_BETWEEN = 3


@dataclass(frozen=True)
class Section:
    """Pages of one orientation. ``items`` are dicts with ``type`` as the blocks have it; one that is ``signed`` stays
    with the signature, which shall not stand alone on its page."""

    turned: bool
    items: list[dict]


@dataclass(frozen=True)
class Document:
    """``sources``: (file, sheet and what it was taken from, cells) behind the numbers, a line for each sheet."""

    page: Page
    title: str
    sections: list[Section]
    sources: list[tuple[str, str, str]]


def prepare(blocks: Sequence[dict], page: Page) -> Document:
    """The document of one unit, from the blocks of its notebook in reading order.

    Raises RunFailed, naming it, where a block cannot be shown.
    """
    title, items, cells = page.title, [], {}
    level, begun = 0, False
    for block, number in numbered(blocks):
        for cell in _cells(block):
            place = cell["file"], cell["sheet"], cell["cell"]
            cells[place] = cells.get(place) or cell.get("source", "")
        if block["type"] == "heading":
            if block["level"] == 1:
                title = clean(block["text"])
                continue
            begun = begun or block["level"] == 2
            # no level is skipped, and the parts of a document's beginning stand alike
            level = min(block["level"] - 1, level + 1) if begun else 1
            items.append({"type": "heading", "level": level, "text": clean(block["text"])})
        else:
            items.append(_item(block, number, brief=page.brief))
    if items and "runs" in items[-1]:
        items[-1]["signed"] = True
    return Document(page, title, _sections(items), [] if page.brief else _folded(cells))


def clean(text: str) -> str:
    """NFC, without what cannot stand in XML; a line break is a blank."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in _UNPRINTABLE)
    return re.sub(r"[\n\t]+", " ", "".join(kept))


_UNPRINTABLE = {"Cc", "Cs", "Cn", "Co"}


def _item(block: dict, number: int, *, brief: bool) -> dict:
    kind = block["type"]
    if kind in ("paragraph", "note"):
        return {"type": kind, "runs": _runs(block["parts"])}
    if kind == "finding":
        return {"type": kind, "runs": _runs(block["parts"]), "tone": block["tone"]}
    if kind == "lesson":
        said = [[label, _runs(block[name])] for name, label in LESSON.items() if block[name]]
        return {"type": kind, "items": said}
    common = {"type": kind, "n": number, "caption": clean(block["caption"]), "source": clean(source_line(block))}
    if kind == "figure":
        svg = without_title(block["svg"], block["caption"])
        width, height = _figure_size(svg, brief=brief)
        return {**common, "alt": clean(block["alt"]), "svg": svg, "width": width, "height": height}
    return {**common, **_table(block, brief=brief)}


def _figure_size(svg: str, *, brief: bool) -> tuple[float, float]:
    """Millimetres: as wide as reads well, less where the chart would run off the page or crowd a brief."""
    widest, tallest = (BRIEF_FIGURE, _TALLEST_IN_BRIEF) if brief else (FIGURE, _TALLEST_FIGURE)
    box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    ratio = float(box[2]) / float(box[1]) if box else 0.6
    if not brief and _HALF_PAGE < widest * ratio <= _HALF_PAGE * _LITTLE_MORE:
        tallest = _HALF_PAGE
    width = min(widest, tallest / ratio)
    return round(width, 1), round(width * ratio, 1)


def _table(block: dict, *, brief: bool) -> dict:
    names = [clean(name) for name in block["columns"]]
    rows = [[_runs(cell) for cell in row] for row in block["rows"]]
    texts = [[_plain(cell) for cell in row] for row in rows]
    size = LONG_TABLE_SIZE if len(rows) >= _LONG_TABLE and not brief else TABLE_SIZE
    turned = not brief and columns.turned(names, texts, size)
    available = columns.LANDSCAPE if turned else columns.PORTRAIT
    return {
        "columns": names,
        "align": list(block["align"]),
        "widths": [round(w, 1) for w in columns.widths(names, texts, size, available)],
        "size": size,
        "groups": {str(index): clean(title) for index, title in block["groups"]},
        "rows": rows,
        "note": _runs(block["note"]),
        "turned": turned,
    }


def _runs(parts: Iterable[dict]) -> list[dict]:
    return [_run(part) for part in parts if part["t"]]


def _run(part: dict) -> dict:
    text = clean(part["t"])
    if "gauge" in part:
        return {"t": text, "is": "gauge", **part["gauge"], "tone": tone(part["gauge"]["tone"])}
    if part.get("raw"):
        return {"t": text, "is": "raw"}
    if "tone" in part:
        return {"t": text, "is": "badge", "tone": tone(part["tone"])}
    return {"t": text, "is": "number" if "cells" in part else "text"}


def _plain(runs: list[dict]) -> str:
    return "".join(columns.GAUGE if run["is"] == "gauge" else run["t"] for run in runs)


def _sections(items: list[dict]) -> list[Section]:
    """A table that must be turned takes the headings right above it with it; little between two such tables stays."""
    sections = [Section(turned=False, items=[])]
    for item in items:
        if item.get("turned") and not sections[-1].turned:
            above = sections[-1].items
            cut = len(above)
            while cut and above[cut - 1]["type"] == "heading":
                cut -= 1
            sections.append(Section(turned=True, items=above[cut:]))
            del above[cut:]
        elif sections[-1].turned and not item.get("turned"):
            sections.append(Section(turned=False, items=[]))
        sections[-1].items.append(item)
    return _joined([s for s in sections if s.items]) or [Section(turned=False, items=[])]


def _joined(sections: list[Section]) -> list[Section]:
    joined: list[Section] = []
    for index, section in enumerate(sections):
        between = (
            not section.turned
            and 0 < index < len(sections) - 1
            and len(section.items) <= _MOST_BETWEEN
            and {i["type"] for i in section.items} <= _BETWEEN
        )
        if joined and joined[-1].turned and (section.turned or between):
            joined[-1].items.extend(section.items)
        else:
            joined.append(section)
    return joined


def _cells(block: dict) -> Iterable[dict]:
    if block["type"] == "figure":
        yield from block.get("cells", ())
    rows = block.get("rows", ())
    for parts in (*(block.get(name, ()) for name in ("parts", "note", *LESSON)), *(c for row in rows for c in row)):
        for part in parts:
            yield from part.get("cells", ())


def _folded(cells: dict[tuple[str, str, str], str]) -> list[tuple[str, str, str]]:
    """A line for each sheet, with what it was taken from; its cells by column, neighbours as a range: ``F12–F14``."""
    sheets: dict[tuple[str, str], list[str]] = {}
    sources: dict[tuple[str, str], str] = {}
    for (file, sheet, cell), source in cells.items():
        sheets.setdefault((file, sheet), []).append(cell)
        sources[file, sheet] = sources.get((file, sheet)) or source
    return [
        (clean(file), clean(f"{sheet}: {said}" if (said := sources[file, sheet]) else sheet), ranges(map(clean, names)))
        for (file, sheet), names in sorted(sheets.items())
    ]
