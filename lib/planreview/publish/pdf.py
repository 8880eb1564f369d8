"""A document as PDF: tagged (PDF/UA-1, PDF/A-2a), the same bytes on one machine; typst sets it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pypdfium2
import typst
from PIL import Image

from planreview.errors import RunFailed
from planreview.publish.document import TOGETHER, Document
from planreview.publish.fonts import Typeface, typeface

# no moment of a run may stand in a document: its round is said by words
MOMENT = dt.datetime.fromtimestamp(0, dt.UTC)
_STANDARDS = ["ua-1", "a-2a"]
_LONG_WORD = re.compile(r"[^\s\u200b]{19,}")
BRIEF_PAGES = 2
_COLOURS, _NEARLY_WHITE = 128, 247


@dataclass(frozen=True)
class Fit:
    """Body size in points, and how much of their usual width figures have."""

    size: float
    figure: float


FULL = Fit(13, 1.0)
# a brief is set smaller, step by step, until it fits
_BRIEF = (Fit(13, 1.0), Fit(12.5, 0.9), Fit(12, 0.8), Fit(11.5, 0.7), Fit(11, 0.65), Fit(10.5, 0.6))


@dataclass(frozen=True)
class Pdf:
    """The file, how many pages it has, the typeface it is set in, and how it was made to fit."""

    content: bytes
    pages: int
    typeface: str
    fit: Fit


def render_pdf(document: Document) -> Pdf:
    """The document set in the Times of this machine. A brief is set as large as fits on two pages; where even the
    smallest does not fit, ``pages`` says so.

    Raises RunFailed where the compiler refuses or warns.
    """
    face = typeface()
    for fit in _BRIEF if document.page.brief else (FULL,):
        content = _compiled(document, fit, face)
        pages = len(pypdfium2.PdfDocument(content))
        if not document.page.brief or pages <= BRIEF_PAGES:
            break
    return Pdf(content, pages, face.name, fit)


@cache
def compiler() -> typst.Compiler:
    """One for all documents of a process: looking up the fonts takes longer than setting a page."""
    paths = [str(path) for path in typeface().paths]
    fonts = typst.Fonts(font_paths=paths, include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(font_paths=fonts)


def _compiled(document: Document, fit: Fit, face: Typeface) -> bytes:
    template = files("planreview.publish").joinpath("templates/document.typ").read_bytes()
    try:
        content, warnings = compiler().compile_with_warnings(
            input=template,
            format="pdf",
            pdf_standards=_STANDARDS,
            timestamp=MOMENT,
            sys_inputs={"data": json.dumps(_data(document, fit, face), ensure_ascii=False, allow_nan=False)},
        )
    except typst.TypstError as refusal:
        raise RunFailed(
            "Không lập được tệp PDF", place=f"{document.title}: {refusal.message} {refusal.trace}"
        ) from refusal
    if warnings:
        said = "; ".join(dict.fromkeys(warning.message for warning in warnings))
        raise RunFailed("Tệp PDF có chỗ không trình bày được", place=f"{document.title}: {said}")
    return content


def _data(document: Document, fit: Fit, face: Typeface) -> dict:
    page = document.page
    data = {
        "title": document.title,
        "author": page.issuer[1] or page.unit_name,
        "keywords": [page.unit, page.as_of],
        "about": f"{page.cycle_title}; {page.as_of_title}. {page.provenance_line}",
        "issuer": list(page.issuer),
        "seat": page.seat,
        "mark": page.mark,
        "brief": page.brief,
        "together": TOGETHER,
        "sections": [dataclasses.asdict(section) for section in document.sections],
        "sources": document.sources,
    }
    fonts = {"fonts": list(face.families), "size": fit.size, "figure": fit.figure}
    return _drawable(data, face) | fonts


def _drawable(data: object, face: Typeface):
    """The same data with texts that the typeface can draw; a chart brings its own."""
    match data:
        case str():
            return _LONG_WORD.sub(lambda word: _breakable(word[0]), face.legible(data))
        case dict():
            return {k: v if k == "svg" else _drawable(v, face) for k, v in data.items()}
        case list() | tuple():
            return [_drawable(value, face) for value in data]
    return data


def _breakable(word: str) -> str:
    """A long word with places where it may go on in the next line: after its signs, else after some letters."""
    pieces: Iterable[str] = re.findall(r"[^/_.\-–›\\]+[/_.\-–›\\]*|[/_.\-–›\\]+", word)
    return "\u200b".join(part for piece in pieces for part in re.findall(r".{1,16}", piece))


def png(svg: str, width: float, ppi: float) -> bytes:
    """A chart as pixels, ``width`` points wide.

    Raises RunFailed where the SVG is broken.
    """
    template = b"""#set page(width: float(sys.inputs.width) * 1pt, height: auto, margin: 0pt)
#set text(font: "Be Vietnam Pro")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
    try:
        made = compiler().compile(input=template, format="png", ppi=ppi, sys_inputs={"svg": svg, "width": f"{width:g}"})
    except typst.TypstError as refusal:
        raise RunFailed("Hình vẽ không phải là SVG hợp lệ", place=refusal.message) from refusal
    with Image.open(io.BytesIO(made)) as image:  # few colours: a third of the bytes, the same look
        few = image.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette()
    for first in range(0, len(palette), 3):
        if min(palette[first : first + 3]) >= _NEARLY_WHITE:  # the paper itself, which the mean of a few colours greys
            palette[first : first + 3] = [255, 255, 255]
    few.putpalette(palette)
    stream = io.BytesIO()
    few.save(stream, "PNG", compress_level=6)
    return stream.getvalue()
