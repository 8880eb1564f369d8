"""Blocks → one self-contained page: no code, no outside request, the same bytes for the same blocks."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from planreview.publish.css import string
from planreview.publish.lineage import Lineage
from planreview.publish.numbered import LESSON, numbered, source_line, tone
from planreview.publish.page import Page
from planreview.publish.svg import inline
from planreview.publish.title import without_title

_RAW = Markup('<code class="raw">{}</code>')
_BADGE = Markup("<b class={}>{}</b>")
_GAUGE = Markup("<i style={}></i>")
_NUMBER = Markup("<span class=num>{}</span>")
_COLUMN = {
    "": Markup(".{} td:nth-child({}){{min-width:5rem}}"),
    "r": Markup(".{} tr>:nth-child({}){{text-align:right}}"),
    "c": Markup(".{} tr>:nth-child({}){{text-align:center}}"),
    "ordinal": Markup("@media screen and (max-width:46rem){{.{} tr>:nth-child({}){{display:none}}}}"),
}
_ORDINALS = {"tt", "stt", "số tt"}
_SIDES = {"l": "", "r": "r", "c": "c"}
_NIL = {"-", "–", "—", "…"}  # on a card they say nothing
_RANGE = re.compile(r"\d[\d.,]*–\d[\d.,]*\d|\d–\d")  # 2016–2020 may not break over lines
_SLASH = re.compile(r"(?<=[^\W\d_])/")  # triệu đồng/người/năm may
_WORDY = {r"/\*.*?\*/": "", r"\s+": " ", r"\s*([{};,])\s*": r"\1", r": ": ":", r";}": "}"}  # of a style sheet
_OPEN, _LONG_PAGE = 2, 45  # sections that stay open on a page of more blocks and rows
_LONG_TABLE = 25  # rows, beyond which a table is folded too
_CARDS = range(5, 13)  # a table of so many columns becomes a list of cards on a phone


@cache
def templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("planreview.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["typeset"] = typeset
    environment.tests["nil"] = _NIL.__contains__
    environment.filters["count"] = lambda number: format_decimal(number, locale="vi_VN")
    environment.globals["script"] = _script(environment, "page.js")
    environment.globals["stylesheet"] = lambda name: _stylesheet(environment, name)
    return environment


def _script(environment: Environment, name: str) -> dict[str, Markup]:
    """The script itself, and the digest by which the page lets it run, and no other."""
    source, *_ = environment.loader.get_source(environment, name)
    text = re.sub(r"\n\s*|\s*// .*", "\n", source)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"text": Markup(text), "digest": Markup(f"sha256-{digest}")}


def _stylesheet(environment: Environment, name: str) -> Markup:
    css, *_ = environment.loader.get_source(environment, name)
    for wordy, short in _WORDY.items():
        css = re.sub(wordy, short, css, flags=re.DOTALL)
    return Markup(css)


def render_page(blocks: Sequence[dict], page: Page) -> str:
    """The page of one unit, from the blocks of its notebook in reading order (each as ``Block.to_json()`` gives it).

    Raises RunFailed, naming it, where a block cannot be shown.
    """
    view = _View()
    shown = [view.block(block, number) for block, number in numbered(blocks)]
    return (
        templates()
        .get_template("page.html")
        .render(
            page=page,
            heading=view.title or page.title,
            sections=_sections(shown),
            contents=view.contents,
            lineage=view.lineage,
            columns=view.columns,
        )
    )


def _sections(blocks: Sequence[dict]) -> list[dict]:
    """The blocks under each heading of the contents. Of a long page those after the first ``_OPEN`` are folded, which
    the style sheet heeds on phones only."""
    sections: list[list[dict]] = [[]]
    for block in blocks:
        if block["type"] == "heading" and block["level"] == 1:
            continue
        if block["type"] == "heading" and block["anchor"]:
            sections.append([])
        sections[-1].append(block)
    long = sum(1 + sum(len(body["rows"]) for body in block.get("bodies", ())) for block in blocks) > _LONG_PAGE
    return [{"blocks": part, "folded": long and n > _OPEN} for n, part in enumerate(sections) if part]


def _gauge(gauge: dict) -> Markup:
    """Places in percent as variables of the style sheet, which draws. Nothing is read out: the row that a gauge stands
    in names both numbers, and its status gives the colour."""
    places = (("r", "result"), ("t", "target"), ("u", "target_upper"))
    style = ";".join(f"--{name}:{gauge[key] * 100:.0f}" for name, key in places if gauge.get(key) is not None)
    return _GAUGE.format(style)


class _View:
    """Walks through the blocks once: numbers tables and figures, collects headings and numbers."""

    def __init__(self) -> None:
        self.title = ""
        self.contents: list[tuple[str, str]] = []
        self.lineage = Lineage()
        self._kinds: dict[tuple[str, ...], str] = {}  # of tables' columns
        self._level = 1

    @property
    def columns(self) -> Markup:
        """How the columns of the page's tables are set: said once for each kind of table, not in every cell."""
        rules = (
            _COLUMN[kind].format(name, n)
            for kinds, name in self._kinds.items()
            for n, kind in enumerate(kinds, start=1)
        )
        return Markup("\n").join(rules)

    def block(self, block: dict, number: int) -> dict:
        kind = block["type"]
        return {"type": kind, "n": number, **getattr(self, f"_{kind}")(block, number)}

    def _heading(self, block: dict, _: int) -> dict:
        text = block["text"]
        level = min(block["level"], self._level + 1)  # no level is skipped
        if not self.contents and level > 2:
            level = 2  # the parts of a page's beginning stand alike
        self._level = level
        anchor = ""
        if level == 1:
            self.title = text
        if block["level"] == 2:
            anchor = f"muc-{len(self.contents) + 1}"
            self.contents.append((anchor, text))
        return {"level": level, "text": text, "anchor": anchor}

    def _paragraph(self, block: dict, _: int) -> dict:
        return {"words": self._words(block["parts"])}

    _note = _paragraph

    def _finding(self, block: dict, _: int) -> dict:
        return {"words": self._words(block["parts"]), "tone": block["tone"]}

    def _lesson(self, block: dict, _: int) -> dict:
        return {"items": [(label, self._words(block[name])) for name, label in LESSON.items() if block[name]]}

    def _table(self, block: dict, _: int) -> dict:
        columns, rows, groups = block["columns"], block["rows"], dict(block["groups"])
        kinds = [
            "ordinal" if name.strip().lower() in _ORDINALS else _SIDES[side]
            for name, side in zip(columns, block["align"], strict=True)
        ]
        bodies: list[dict] = []
        for index, row in enumerate(rows):
            if index in groups or not bodies:
                bodies.append({"title": groups.get(index, ""), "rows": []})
            bodies[-1]["rows"].append([self._words(cell, narrow=True) for cell in row])
        return {
            "caption": block["caption"],
            "columns": columns,
            "kind": self._kinds.setdefault(tuple(kinds), f"k{len(self._kinds) + 1}"),
            "named": _named(kinds, rows),
            "labels": _labels(columns) if len(columns) in _CARDS else "",
            "bodies": bodies,
            "long": len(rows) if len(rows) > _LONG_TABLE else 0,
            "note": self._words(block["note"]),
            "source": source_line(block),
        }

    def _figure(self, block: dict, number: int) -> dict:
        cells = block.get("cells", ())
        return {
            "cells": self.lineage.link("Ô gốc của hình", cells) if cells else "",
            "caption": block["caption"],
            "svg": inline(without_title(block["svg"], block["caption"]), f"h{number}", block["alt"]),
            "source": source_line(block),
        }

    def _words(self, parts: Iterable[dict], *, narrow: bool = False) -> Markup:
        return Markup("").join(self._part(part, narrow) for part in parts)

    def _part(self, part: dict, narrow: bool) -> Markup:
        text = part["t"]
        if "gauge" in part:
            return _gauge(part["gauge"])
        if part.get("raw"):
            return _RAW.format(text)
        if "tone" in part:
            return _BADGE.format(tone(part["tone"]), text)
        if "cells" in part:
            return self.lineage.link(text, part["cells"]) if part["cells"] else _NUMBER.format(text)
        return Markup(_SLASH.sub("/<wbr>", str(escape(text)))) if narrow else typeset(text)


def typeset(text: str) -> Markup:
    """Escaped text that does not break inside a range of years."""
    return Markup(_RANGE.sub(r"<span class=num>\g<0></span>", str(escape(text))))


def _labels(columns: Sequence[str]) -> str:
    """The columns' names as CSS strings: said once, they label each card (data-label would repeat them in each row)."""
    return ";".join(f"--c{n}:{string(name)}" for n, name in enumerate(columns, start=1))


def _named(kinds: Sequence[str], rows: Sequence[Sequence[list[dict]]]) -> int:
    """The column that names its row: the first one of words, neither the ordinal number nor a status."""
    statuses = {n for row in rows for n, cell in enumerate(row) if any("tone" in part for part in cell)}
    return next((n for n, kind in enumerate(kinds) if not kind and n not in statuses), 0)
