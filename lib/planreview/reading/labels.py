"""The names of lines and what they belong to: by numbering, indent, capitals, looks, position and "Trong đó:"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from planreview.memory import FEW

_ROMAN = r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})"
_PATTERNS = (
    ("roman", re.compile(rf"^{_ROMAN}(?:[.)/]|\s*-)\s*(?=\S)|^{_ROMAN}$")),
    ("part", re.compile(r"^[A-ZĐ][.)]\s*(?=\S)|^[A-ZĐ]$")),
    ("decimal", re.compile(r"^\d{1,3}(?:\.\d{1,3})+[.)]?\s*(?=[^\d\s%])|^\d{1,3}(?:\.\d{1,3})+[.)]?$")),
    ("number", re.compile(r"^\(?\d{1,3}[.)/]\s*(?=[^\d\s%])|^\d{1,3}[.)]?$")),
    ("letter", re.compile(r"^\(?[a-zđ][.)]\s*(?=\S)|^[a-zđ][.)]?$")),
    ("star", re.compile(r"^\*+\s*(?=\S)")),
    ("dash", re.compile(r"^[-–—]\s*(?=\S)|^[-–—]$")),
    ("plus", re.compile(r"^\+\s*(?=\S)|^\+$")),
    ("dot", re.compile(r"^[•·]\s*(?=\S)")),
)
# kinds of numbers and their periods: "KH NQ 2021-2025" is no heading over "Năm 2020"
_ABBREVIATED = re.compile(r"(?:(?:TH|ƯTH|UTH|KH|ƯKH|NQ|HĐND|ĐH|QH|MT|BQ|GĐ|BQGĐ)(?![^\W\d_])[\s\d./–-]*)+")
_UNMARKED = re.compile(r"[^\W\d_IVX][^\W\d_]")  # two letters, no Roman number: none of the patterns fits
_DEPTH = {
    "part": 0,
    "roman": 1,
    "number": 2,
    "decimal": 3,
    "letter": 7,
    "star": 8,
    "none": 8.5,
    "dash": 9,
    "plus": 10,
    "dot": 11,
}
BREAKDOWN = re.compile(r"^(?:phân theo|chia theo|phân tổ|phân ra|by )\b", re.I)
_OF_WHICH = re.compile(
    r"^(?:trong đó|t\.?\s?đó|bao gồm|gồm|of which|chia ra|including)\s*(?:[-–]\s*of which)?\s*[:.]?\s*"
)  # of a text in small letters
_OF_WHICH_BEGINS = ("trong đó", "t.", "tđ", "t ", "bao gồm", "gồm", "of which", "chia ra", "including")
_NOTE = re.compile(
    r"^\(?(?:ghi chú|chú thích|nguồn|ngày|notes?|source|lưu ý)\b|^\(?\*+\)?\s+\S|^\(\d+\)\s*\S|^\d\)\s|"
    r"^(?:người lập|lập biểu|thủ trưởng|nơi nhận|kế toán|giám đốc|chủ tịch|trưởng phòng|tm\.|kt\.|ký tên)|"
    r"[,]\s*ngày\s*[\d.… ]*tháng",
    re.I,
)


@dataclass(slots=True)  # not frozen, which takes three times as long to make; nobody changes one
class Look:
    """What tells how deep a name stands: its column, indent, numbering, capitals and weight."""

    column: int
    indent: int
    marker: str
    dots: int = 0
    upper: bool = False
    bold: bool = False
    group: bool = False
    counted: bool = False  # by a column of its own
    number: int = 0  # where it is counted by a whole number
    part: int = 0  # said to be a part of a line that looks the same: 1 a breakdown, 2 "Trong đó"


def look_of(
    text: str, column: int, *, ordinal: str = "", indent: int = 0, bold: bool = False, group: bool = False
) -> Look:
    """The look of a name as typed, leading blanks and all; ``ordinal`` is what a column of numbers says of it."""
    blanks = len(text) - len(text.lstrip())
    name = text.strip()
    marker, dots, bare = _parted(name)
    counted = marker == "none" and bool(ordinal)
    if counted:
        marker, dots, _ = _parted(ordinal.strip())
    upper = _is_capitals(bare, " " in name)
    digits = ordinal.strip(" .)(") if counted and marker == "number" else ""
    number = int(digits) if digits.isdecimal() else 0
    return Look(column, blanks + 3 * indent, marker, dots, upper, bold, group, counted, number)


def _is_capitals(name: str, in_words: bool) -> bool:
    if name[1:].islower() or _ABBREVIATED.fullmatch(name):
        return False
    letters = [c for c in name if c.isalpha()]
    told = len(letters) > 5 or (len(letters) > 3 and in_words)  # no mere acronym
    return told and sum(c.isupper() for c in letters) > 0.8 * len(letters)


@lru_cache(FEW)
def _parted(name: str) -> tuple[str, int, str]:
    """The kind of a name's number or dash, the points in it, and the name without it."""
    if _UNMARKED.match(name):
        return "none", 0, name.strip()
    kind, dots, rest = "none", 0, name
    for of_kind, pattern in _PATTERNS:
        if not (match := pattern.match(name)):
            continue
        if kind == "none":
            kind, dots = of_kind, match[0].strip(" .)(").count(".") if of_kind == "decimal" else 0
        if match.end() < len(name):
            rest = name[match.end() :]
            break
    return kind, dots, rest.strip()


def without_marker(name: str) -> str:
    """A name without its number or dash."""
    return _parted(name)[2]


def of_which(name: str) -> str | None:
    """What follows "Trong đó:" at the head of a name, '' where nothing does; None where it does not stand there."""
    name = without_marker(name.strip())
    lower = name.lower()
    if not lower.startswith(_OF_WHICH_BEGINS) or len(lower) != len(name):
        return None
    match = _OF_WHICH.match(lower)
    if not match:
        return None
    rest = name[match.end() :].strip()
    return None if rest and not re.search(r"[:.]\s*$", match[0]) else rest


def is_note(text: str) -> bool:
    """A note, a source, a date or who signs, as they stand below tables."""
    return bool(_NOTE.search(text.strip()))


@dataclass
class Hierarchy:
    """The names that the next line may belong to, outermost first."""

    stack: list[tuple[Look, str]] = field(default_factory=list)
    under: Look | None = None  # the line that "Trong đó:" speaks of
    # groups whose lines look deeper than they do, by identity: one that is gone lends its number to no other
    indented: dict[int, Look] = field(default_factory=dict)

    def place(self, look: Look, name: str) -> tuple[str, ...]:
        """Put a name in its place; the path that leads to it, itself included."""
        if self.under is not None and not _is_deeper(self.under, look) and not _alike(self.under, look):
            self.under = None
        while self.stack and not self._belongs(look, self.stack[-1][0]):
            self.stack.pop()
        if self.stack and not _alike(self.stack[-1][0], look):
            self.indented[id(self.stack[-1][0])] = self.stack[-1][0]
        if self.stack and self.stack[-1][0] is self.under and not _alike(self.under, look):
            self.under = None  # its parts look deeper: what looks like it stands beside it
        self.stack.append((look, name))
        return tuple([n for _, n in self.stack if n])

    def said_of_which(self) -> None:
        """The lines that follow are parts of the last one, even where they look the same."""
        self.under = self.stack[-1][0] if self.stack else None

    def _belongs(self, look: Look, above: Look) -> bool:
        if above is self.under and _alike(above, look) and not look.counted:
            return True
        if _alike(above, look):
            if above.part != look.part and (look.part or not above.group):
                parted = any(x.part and _alike(x, look) for x, _ in self.stack[:-1])
                return look.part > above.part and not (parted and look.part == 1)
            if 0 < above.number < look.number:
                return False  # counted on: beside it, though nothing is known of the line above
            return above.group and not look.group and id(above) not in self.indented
        if above.part and look.column == above.column and look.indent <= above.indent and id(above) in self.indented:
            return False  # the breakdown is over
        if look.group and look.column > above.column and not above.group and above.indent and self._has_lead(above):
            return False  # beside a line that is itself indented under a name stands the next name
        return _is_deeper(above, look)

    def _has_lead(self, look: Look) -> bool:
        return any(other.column == look.column and other.indent < look.indent for other, _ in self.stack)


def _alike(above: Look, look: Look) -> bool:
    return (
        above.column == look.column
        and above.indent == look.indent
        and above.marker == look.marker
        and above.dots == look.dots
        and above.upper == look.upper
        and above.bold == look.bold
    )


def _is_deeper(above: Look, look: Look) -> bool:
    """Whether a line belongs under one above it. The surest sign that differs decides."""
    if look.counted:
        if not above.counted:
            return above.group
        if look.marker == above.marker:
            return look.dots > above.dots
        return _DEPTH[look.marker] > _DEPTH[above.marker]
    if look.column != above.column:
        return look.column > above.column
    if look.marker == above.marker == "decimal" and look.dots != above.dots:
        return look.dots > above.dots
    if look.marker == above.marker and look.upper == above.upper and abs(look.indent - above.indent) <= 1:
        if look.bold != above.bold and look.marker == "none":
            return above.bold
        return look.marker == "none" and above.group and not look.group
    if look.upper != above.upper and {look.marker, above.marker} & {"none", "dash", "plus", "star"}:
        return above.upper
    if look.marker != above.marker and "none" not in (look.marker, above.marker):
        return _DEPTH[look.marker] > _DEPTH[above.marker]
    if abs(look.indent - above.indent) > 1:
        return look.indent > above.indent
    if look.bold != above.bold:
        return above.bold
    if look.marker != above.marker:
        return _DEPTH[look.marker] > _DEPTH[above.marker]
    return False
