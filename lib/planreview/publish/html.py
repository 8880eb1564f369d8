"""Blocks → one self-contained page: no code, no outside request, the same bytes for the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from planreview.errors import RunFailed
from planreview.publish.lineage import Lineage, place
from planreview.publish.svg import inline

_RAW = Markup('<code class="raw">{}</code>')
_BADGE = Markup('<span class="badge {}">{}</span>')
_NUMBER = Markup('<span class="num">{}</span>')
_TONES = {"good", "bad", "open", "none"}
_LESSON = {"what": "Diễn biến", "evidence": "Bằng chứng", "cause": "Nguyên nhân", "meaning": "Ý nghĩa"}
_BLOCKS = {"heading", "paragraph", "finding", "note", "table", "figure", "lesson"}
_ORDINALS = {"tt", "stt", "số tt"}
_SIDES = {"l": "", "r": "r", "c": "c"}
_NIL = {"-", "–", "—", "…"}
_RANGE = re.compile(r"\d[\d.,]*–\d[\d.,]*\d|\d–\d")  # 2016–2020 may not break over lines
_SLASH = re.compile(r"(?<=[^\W\d_])/")  # triệu đồng/người/năm may
_CARDS = range(5, 13)  # a table of so many columns becomes a list of cards on a phone


@dataclass(frozen=True)
class Page:
    """What a page says about itself. ``siblings`` are (title, href) of the unit's other pages; ``unit`` is '' on a page
    about all units."""

    title: str
    unit: str
    unit_name: str
    cycle: str
    cycle_title: str
    as_of: str
    as_of_title: str
    provenance_line: str
    index_href: str
    siblings: tuple[tuple[str, str], ...] = ()


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
    environment.filters["count"] = lambda number: format_decimal(number, locale="vi_VN")
    environment.globals["stylesheet"] = lambda name: _stylesheet(environment, name)
    return environment


def _stylesheet(environment: Environment, name: str) -> Markup:
    css, *_ = environment.loader.get_source(environment, name)
    return Markup(re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def render_page(blocks: Sequence[dict], page: Page) -> str:
    """The page of one unit, from the blocks of its notebook in reading order (each as ``Block.to_json()`` gives it).

    Raises RunFailed, naming it, where a block cannot be shown.
    """
    view = _View()
    shown = [view.block(block) for block in blocks]
    return (
        templates()
        .get_template("page.html")
        .render(
            page=page,
            heading=view.title or page.title,
            blocks=shown,
            contents=view.contents,
            lineage=view.lineage.entries,
            place=place,
        )
    )


class _View:
    """Walks through the blocks once: numbers tables and figures, collects headings and numbers."""

    def __init__(self) -> None:
        self.title = ""
        self.contents: list[tuple[str, str]] = []
        self.lineage = Lineage()
        self._tables = self._figures = 0

    def block(self, block: dict) -> dict:
        kind = block.get("type")
        if kind not in _BLOCKS:
            raise RunFailed(f"Chưa biết cách trình bày khối loại “{kind}” trên trang HTML")
        return {"type": kind, **getattr(self, f"_{kind}")(block)}

    def _heading(self, block: dict) -> dict:
        level, text = block["level"], block["text"]
        if level not in {1, 2, 3, 4}:
            raise RunFailed(f"Tiêu đề phải ở cấp 1 đến 4, không phải {level}", place=text)
        if level == 1:
            if self.title:
                raise RunFailed("Trang có hai tiêu đề cấp 1", place=text)
            self.title = text
        anchor = ""
        if level == 2:
            anchor = f"muc-{len(self.contents) + 1}"
            self.contents.append((anchor, text))
        return {"level": level, "text": text, "anchor": anchor}

    def _paragraph(self, block: dict) -> dict:
        return {"words": self._words(block["parts"])}

    _note = _paragraph

    def _finding(self, block: dict) -> dict:
        return {"words": self._words(block["parts"]), "tone": _tone(block["tone"])}

    def _lesson(self, block: dict) -> dict:
        return {"items": [(label, self._words(block[name])) for name, label in _LESSON.items() if block[name]]}

    def _table(self, block: dict) -> dict:
        columns, rows, caption = block["columns"], block["rows"], block["caption"]
        if any(len(row) != len(columns) for row in (*rows, block["align"])):
            raise RunFailed("Bảng có dòng không khớp số cột", place=caption)
        groups = dict(block["groups"])
        if groups and max(groups) >= len(rows):
            raise RunFailed("Bảng có tiêu đề nhóm mà không có dòng nào ở dưới", place=caption)
        self._tables += 1
        kinds = [
            "ordinal" if name.strip().lower() in _ORDINALS else _SIDES[side]
            for name, side in zip(columns, block["align"], strict=True)
        ]
        bodies: list[dict] = []
        for index, row in enumerate(rows):
            if index in groups or not bodies:
                bodies.append({"title": groups.get(index, ""), "rows": []})
            cells = (self._words(cell, narrow=True) for cell in row)
            bodies[-1]["rows"].append([(cell, _kind(kind, cell)) for cell, kind in zip(cells, kinds, strict=True)])
        return {
            "n": self._tables,
            "caption": caption,
            "columns": list(zip(columns, kinds, strict=True)),
            "named": _named(kinds, rows),
            "labels": _labels(columns) if len(columns) in _CARDS else "",
            "bodies": bodies,
            "note": self._words(block["note"]),
            "source": _source(block["source"], caption),
        }

    def _figure(self, block: dict) -> dict:
        self._figures += 1
        self.lineage.drawn(f"Hình {self._figures}", f"hinh-{self._figures}", block.get("cells", ()))
        return {
            "n": self._figures,
            "caption": block["caption"],
            "svg": inline(block["svg"], f"h{self._figures}", block["alt"]),
            "source": _source(block["source"], block["caption"]),
        }

    def _words(self, parts: Iterable[dict], *, narrow: bool = False) -> Markup:
        return Markup("").join(self._part(part, narrow) for part in parts)

    def _part(self, part: dict, narrow: bool) -> Markup:
        text = part["t"]
        if part.get("raw"):
            return _RAW.format(text)
        if "tone" in part:
            return _BADGE.format(_tone(part["tone"]), text)
        if "cells" in part:
            return self.lineage.link(text, part["cells"]) if part["cells"] else _NUMBER.format(text)
        words = typeset(text)
        return Markup(_SLASH.sub("/<wbr>", str(words))) if narrow and "<" not in words else words


def typeset(text: str) -> Markup:
    """Escaped text that does not break inside a range of years."""
    return Markup(_RANGE.sub(r'<span class="num">\g<0></span>', str(escape(text))))


def _tone(tone: str) -> str:
    if tone not in _TONES:
        raise RunFailed(f"Không có sắc thái “{tone}”")
    return tone


def _labels(columns: Sequence[str]) -> str:
    """The columns' names as CSS strings: said once, they label each card (data-label would repeat them in each row)."""
    names = (re.sub(r"[\W_]", lambda sign: f"\\{ord(sign[0]):x} ", name) for name in columns)
    return ";".join(f"--c{n}:'{name}'" for n, name in enumerate(names, start=1))


def _kind(kind: str, cell: Markup) -> str:
    return f"{kind} nil".strip() if cell in _NIL else kind


def _named(kinds: Sequence[str], rows: Sequence[Sequence[list[dict]]]) -> int:
    """The column that names its row: the first one of words, neither the ordinal number nor a status."""
    statuses = {n for row in rows for n, cell in enumerate(row) if any("tone" in part for part in cell)}
    return next((n for n, kind in enumerate(kinds) if not kind and n not in statuses), 0)


def _source(source: str, caption: str) -> str:
    if not source.strip():
        raise RunFailed("Thiếu dòng nguồn", place=caption)
    return source if source.startswith("Nguồn") else f"Nguồn: {source}"
