"""Blocks: what a notebook cell displays and what every document is made from.

A block carries its words, and each number in them carries the cells behind it. It shows itself in JupyterLab as
``text/html`` (inline styles only: untrusted notebooks lose ``style`` and ``svg``) and travels to the publishers as
``application/vnd.planreview.block+json``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

MIME = "application/vnd.planreview.block+json"
STAMP_MIME = "application/vnd.planreview.stamp+json"


@dataclass(frozen=True)
class Cell:
    """One submitted cell: file relative to data/raw, sheet, address, text as typed, whose source it is, and what was
    decided about it: the correction or choice behind a number that is shown ('' = nothing had to be decided)."""

    file: str
    sheet: str
    cell: str
    raw: str
    source_id: str = ""
    source: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Number:
    """A number as printed, its value (None for a target in words), and the cells behind it."""

    text: str
    value: float | None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Raw:
    """What somebody else typed: shown as it stands, never restyled."""

    text: str


@dataclass(frozen=True)
class Badge:
    """A status word; ``tone`` is good, bad, open or none."""

    text: str
    tone: str


@dataclass(frozen=True)
class Gauge:
    """A result against its target, drawn small inside a table's cell; ``text`` says it to those who cannot see it.

    Places along the gauge, from 0 at its left end to 1; ``baseline`` and the upper end of a target may be absent.
    """

    text: str
    result: float
    target: float
    tone: str
    baseline: float | None = None
    target_upper: float | None = None

    def __post_init__(self) -> None:
        for name in ("result", "target", "baseline", "target_upper"):
            place = getattr(self, name)
            if place is not None and not 0 <= place <= 1:  # NaN is no place either
                raise ValueError(f"{name} of a gauge lies outside of it: {place}")


Part = str | Number | Raw | Badge | Gauge
Parts = Sequence[Part]


def _part_json(part: Part) -> dict:
    match part:
        case str():
            return {"t": part}
        case Number():
            return {"t": part.text, "value": part.value, "cells": [vars(c) for c in part.cells]}
        case Raw():
            return {"t": part.text, "raw": True}
        case Badge():
            return {"t": part.text, "tone": part.tone}
        case Gauge():
            places = {name: getattr(part, name) for name in ("result", "target", "baseline", "target_upper", "tone")}
            return {"t": part.text, "gauge": places}
    raise TypeError(f"not a part of a block: {part!r}")


def _parts_json(parts: Parts) -> list[dict]:
    return [_part_json(p) for p in ([parts] if isinstance(parts, str) else parts)]


_TONES = {"good": "#0b6e4f", "bad": "#b3261e", "open": "#7a5900", "none": "#5f6368"}


def _where(cell: Cell) -> str:
    decided = f" ({cell.choice})" if cell.choice else ""
    return f"{cell.file} › {cell.sheet} › {cell.cell}: {cell.raw}{decided}"


def _part_html(part: Part) -> str:
    match part:
        case Number():
            where = "; ".join(map(_where, part.cells))
            return f'<span title="{escape(where)}">{escape(part.text)}</span>'
        case Raw():
            return f"<code>{escape(part.text)}</code>"
        case Badge():
            return f'<b style="color:{_TONES[part.tone]}">{escape(part.text)}</b>'
        case Gauge():
            return _gauge_html(part)
        case _:
            return escape(part)


def _gauge_html(gauge: Gauge) -> str:
    """A bar with a mark at the target."""
    said, tone = escape(gauge.text), _TONES[gauge.tone]
    bar = f"position:absolute;left:0;top:3px;width:{gauge.result:.1%};height:6px;background:{tone}"
    mark = f"position:absolute;left:calc({gauge.target:.1%} - 1px);top:0;width:2px;height:12px;background:#1c2426"
    box = "display:inline-block;position:relative;width:72px;height:12px;background:#e3e6e9"
    return f'<span role="img" aria-label="{said}" style="{box}"><i style="{bar}"></i><i style="{mark}"></i></span>'


def _parts_html(parts: Parts) -> str:
    return "".join(_part_html(p) for p in ([parts] if isinstance(parts, str) else parts))


class Block:
    """Base of all blocks: the MIME bundle is made here."""

    def to_json(self) -> dict:
        raise NotImplementedError

    def to_html(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        content = self.to_json()
        json.dumps(content, allow_nan=False)  # a NaN would break every publisher: fail where it was made
        return {"text/html": self.to_html(), MIME: content}


@dataclass(frozen=True)
class Heading(Block):
    text: str
    level: int = 2

    def to_json(self) -> dict:
        return {"type": "heading", "text": self.text, "level": self.level}

    def to_html(self) -> str:
        return f"<h{self.level}>{escape(self.text)}</h{self.level}>"


@dataclass(frozen=True)
class Paragraph(Block):
    parts: Parts

    def to_json(self) -> dict:
        return {"type": "paragraph", "parts": _parts_json(self.parts)}

    def to_html(self) -> str:
        return f"<p>{_parts_html(self.parts)}</p>"


@dataclass(frozen=True)
class Finding(Block):
    """A sentence that matters; ``tone`` as in Badge."""

    parts: Parts
    tone: str = "none"

    def to_json(self) -> dict:
        return {"type": "finding", "parts": _parts_json(self.parts), "tone": self.tone}

    def to_html(self) -> str:
        style = f"border-left:4px solid {_TONES[self.tone]};padding:.2em .8em;margin:.6em 0"
        return f'<div style="{style}">{_parts_html(self.parts)}</div>'


@dataclass(frozen=True)
class Note(Block):
    parts: Parts

    def to_json(self) -> dict:
        return {"type": "note", "parts": _parts_json(self.parts)}

    def to_html(self) -> str:
        return f'<p style="color:#5f6368;font-size:90%">{_parts_html(self.parts)}</p>'


@dataclass(frozen=True)
class Table(Block):
    """``rows`` are lists of cells, each cell a list of parts; ``align`` is one of l, r, c per column.

    ``groups`` maps the index of a row to the heading that stands above it.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Parts]]
    source: str
    align: str = ""
    groups: dict[int, str] = field(default_factory=dict)
    note: Parts = ()

    def to_json(self) -> dict:
        return {
            "type": "table",
            "caption": self.caption,
            "columns": list(self.columns),
            "align": self.align or "l" * len(self.columns),
            "rows": [[_parts_json(cell) for cell in row] for row in self.rows],
            "groups": [[index, title] for index, title in sorted(self.groups.items())],
            "note": _parts_json(self.note),
            "source": self.source,
        }

    def to_html(self) -> str:
        sides = {"l": "left", "r": "right", "c": "center"}
        align = [sides[a] for a in (self.align or "l" * len(self.columns))]
        head = "".join(f'<th style="text-align:{a}">{escape(c)}</th>' for c, a in zip(self.columns, align, strict=True))
        body = []
        for index, row in enumerate(self.rows):
            if index in self.groups:
                title = escape(self.groups[index])
                body.append(f'<tr><th colspan="{len(self.columns)}" style="text-align:left">{title}</th></tr>')
            cells = (f'<td style="text-align:{a}">{_parts_html(cell)}</td>' for cell, a in zip(row, align, strict=True))
            body.append(f"<tr>{''.join(cells)}</tr>")
        note = f"<p>{_parts_html(self.note)}</p>" if self.note else ""
        return (
            f"<table><caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f'<tbody>{"".join(body)}</tbody></table>{note}<p style="color:#5f6368">{escape(self.source)}</p>'
        )


@dataclass(frozen=True)
class Figure(Block):
    """A chart: ``svg`` as made by charts/, ``caption`` its finding, ``alt`` what it shows in words, and the cells
    behind what it draws."""

    caption: str
    alt: str
    svg: str
    source: str
    cells: tuple[Cell, ...] = ()

    def to_json(self) -> dict:
        return {
            "type": "figure",
            "caption": self.caption,
            "alt": self.alt,
            "svg": self.svg,
            "source": self.source,
            "cells": [vars(c) for c in self.cells],
        }

    def to_html(self) -> str:
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<figure><img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{escape(self.caption)}<br>{escape(self.source)}</figcaption></figure>"
        )


@dataclass(frozen=True)
class Lesson(Block):
    """What happened – evidence – cause stated by the unit – what it means for the next target."""

    what: Parts
    evidence: Parts
    cause: Parts
    meaning: Parts

    _LABELS = (("what", "Diễn biến"), ("evidence", "Bằng chứng"), ("cause", "Nguyên nhân"), ("meaning", "Ý nghĩa"))

    def to_json(self) -> dict:
        return {"type": "lesson", **{name: _parts_json(getattr(self, name)) for name, _ in self._LABELS}}

    def to_html(self) -> str:
        items = (f"<dt>{label}</dt><dd>{_parts_html(getattr(self, name))}</dd>" for name, label in self._LABELS)
        return f"<dl>{''.join(items)}</dl>"


@dataclass(frozen=True)
class Stamp(Block):
    """Says for whom a notebook ran, which the batch compares with what it asked for, and what kind of numbers it shows
    ("Số liệu công bố")."""

    unit: str
    cycle: str
    as_of: str
    provenance: str
    title: str

    def to_json(self) -> dict:
        return {"unit": self.unit, "cycle": self.cycle, "as_of": self.as_of, "provenance": self.provenance}

    def to_html(self) -> str:
        return f'<p style="color:#5f6368">{escape(self.title)}</p>'

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": self.to_html(), STAMP_MIME: self.to_json()}
