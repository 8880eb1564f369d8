"""What people write: ``commentary/<cycle>/<unit>/<section>.md``, read and never changed, with the figures they cite."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from planreview.catalogue.reference import read_csv
from planreview.errors import ReferenceDataError

FOLDER, CITED = "commentary", "cited.csv"
CITED_COLUMNS = ("section", "citation", "value", "as_of")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CITATION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FORM = re.compile(r"([^\s@:]+)\s*@\s*(\d{4}(?:\s*[-–]\s*\d{4}|-M\d{1,2})?)\s*(:\s*target)?", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+(.*?)(?:\s+#+)?$")
_ITEM = re.compile(r"([-*+•]|\d{1,3}[.)])\s+(.+)")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)(.+?)(?<=\S)\*\*(?![\w*])")


@dataclass(frozen=True)
class Citation:
    """A figure that a text names. ``written``: what stands between the braces; a slip has no ``indicator_code``."""

    written: str
    indicator_code: str = ""
    period: str = ""
    of_target: bool = False

    @property
    def key(self) -> str:
        """How cited.csv names it, whatever blanks were typed: ``XH.03.02@2020``, ``XH.03.02@2020:target``."""
        if not self.indicator_code:
            return self.written
        return f"{self.indicator_code}@{self.period}{':target' if self.of_target else ''}"


@dataclass(frozen=True)
class Piece:
    """A ``heading``, a ``paragraph`` or an ``item`` of a list (``mark``: ``–``, or its number as typed)."""

    kind: str
    parts: tuple[str | Citation, ...]
    mark: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(part for part in self.parts if isinstance(part, Citation))

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part for part in self.parts if isinstance(part, str)).strip()


@dataclass(frozen=True)
class Section:
    """One file. ``file``: relative to the reference folder; ``problem``: why it could not be read (Vietnamese)."""

    name: str
    file: str
    pieces: tuple[Piece, ...] = ()
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything below the headings."""
        return not self.problem and all(piece.kind == "heading" for piece in self.pieces)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Each citation once, in order; slips too."""
        return tuple({c.key: c for piece in self.pieces for c in piece.citations}.values())


@dataclass(frozen=True)
class Commentary:
    """What people wrote on one unit in one cycle. ``folder`` need not exist."""

    folder: Path
    sections: tuple[Section, ...] = ()
    digest: str = field(default="", compare=False)

    @cached_property
    def cited(self) -> pd.DataFrame:
        """Figures as they were when first cited (columns CITED_COLUMNS, all text). Raises ReferenceDataError for a file
        that is no such table."""
        data = read_csv(self.folder / CITED, " ".join(CITED_COLUMNS), optional=True)
        return data.assign(citation=data["citation"].str.strip("{} "))

    @cached_property
    def problem(self) -> str:
        """Why cited.csv cannot be read, '' where it can."""
        try:
            self.cited  # noqa: B018 – read for what it raises
        except ReferenceDataError as slip:
            return str(slip)
        return ""


def load_commentary(reference: Path, cycle_code: str, unit_code: str) -> Commentary:
    """The texts of one unit in one cycle, by name; a file that is no UTF-8 text has its ``problem``."""
    folder = reference / FOLDER / cycle_code / unit_code
    files = sorted(p for p in folder.glob("*") if p.suffix.lower() == ".md" and not p.name.startswith((".", "~")))
    digest = hashlib.sha256()
    sections = []
    for path in files:
        content = _content(path)
        digest.update(path.name.encode() + hashlib.sha256(content or b"").digest())
        sections.append(_section(path, path.relative_to(reference).as_posix(), content))
    digest.update(hashlib.sha256(_content(folder / CITED) or b"").digest())
    return Commentary(folder, tuple(sections), digest.hexdigest())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _section(path: Path, file: str, content: bytes | None) -> Section:
    if content is None:
        return Section(path.stem, file, problem="không mở được tệp; hãy đóng tệp nếu đang mở ở chương trình khác")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Section(path.stem, file, problem="tệp không phải văn bản mã hóa UTF-8; hãy lưu lại ở dạng UTF-8")
    return Section(path.stem, file, tuple(parse(text)))


def parse(text: str) -> Iterator[Piece]:
    """Headings, paragraphs and items of lists in order; comments are left out, whatever else there is stays text."""
    kind, mark, lines = "", "", []

    def done() -> Iterator[Piece]:
        if lines:
            yield Piece(kind, _parts(" ".join(lines)), mark)

    for line in _COMMENT.sub("", unicodedata.normalize("NFC", text)).splitlines():
        stripped = line.strip()
        heading, item = _HEADING.match(stripped), _ITEM.match(stripped)
        if not stripped or heading or item:
            yield from done()
            kind, mark, lines = "", "", []
        if heading:
            yield Piece("heading", _parts(heading[1]))
        elif item:
            kind, mark, lines = "item", item[1] if item[1][0].isdigit() else "–", [item[2]]
        elif stripped:
            kind, lines = kind or "paragraph", [*lines, stripped]
    yield from done()


def _parts(text: str) -> tuple[str | Citation, ...]:
    """Words and citations in turn; marks of bold type go, their words stay."""
    parts = [_citation(part) if n % 2 else part for n, part in enumerate(_CITATION.split(_BOLD.sub(r"\1", text)))]
    return tuple(part for part in parts if part != "")


def _citation(written: str) -> Citation:
    match = _FORM.fullmatch(written.strip())
    if not match:
        return Citation(written.strip())
    period = re.sub(r"\s*[-–]\s*", "-", match[2])
    return Citation(written.strip(), match[1].upper(), period, bool(match[3]))
