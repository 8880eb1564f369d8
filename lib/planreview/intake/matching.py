"""Which indicator a line speaks of: by its code, else by its name, else nobody's guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from planreview.catalogue import Catalogue, Indicator
from planreview.catalogue.texts import plain

_MARKERS = re.compile(r"^(?:[-+*•]|\d+(?:\.\d+)*[.)]?|[a-zđ][.)]|[IVX]+[.)])\s+", re.I)


@dataclass(frozen=True)
class Match:
    """``indicator`` is None where nothing fits surely; ``candidates`` are then the nearest codes and names. ``rule`` is
    code, name, or conflict where code and name tell of different indicators."""

    indicator: Indicator | None
    rule: str = ""
    candidates: tuple[str, ...] = ()


def without_markers(text: str) -> str:
    """A line without its numbering: ``1.2. a) Dân số`` → ``Dân số``."""
    text = plain(text)
    while (shorter := _MARKERS.sub("", text)) != text:
        text = shorter
    return text


def key(name: str) -> str:
    """A name without its numbering, case, blanks and closing marks."""
    text = without_markers(name)
    return re.sub(r"\s*[-–]\s*", " - ", text.rstrip(" .:;*")).casefold()


class Matcher:
    """Names and aliases of the catalogue, ready for look-ups."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._by_name: dict[str, list[str]] = {}
        names = [(i.name, i.code) for i in catalogue.indicators.values()]
        names += list(catalogue.aliases[["name", "indicator_code"]].itertuples(index=False, name=None))
        for name, code in names:
            codes = self._by_name.setdefault(key(name), [])
            if code not in codes:
                codes.append(code)

    def match(self, *, code: str, label: str, unit: str) -> Match:
        """By code where there is one; else by name, where several share it by unit of measure."""
        codes = self._by_name.get(key(label), [])
        if code in self._indicators and (not codes or code in codes):
            return Match(self._indicators[code], "code")
        if code in self._indicators:
            return Match(None, "conflict", tuple(f"{c} {self._indicators[c].name}" for c in (code, *codes)))
        if len(codes) > 1 and unit:
            codes = [c for c in codes if self._indicators[c].factor_from(unit) is not None]
        if len(codes) == 1:
            return Match(self._indicators[codes[0]], "name")
        nearest = process.extract(key(label), list(self._by_name), scorer=fuzz.token_sort_ratio, limit=3)
        found = [c for name, _, _ in nearest for c in self._by_name[name]]
        return Match(None, candidates=tuple(f"{c} {self._indicators[c].name}" for c in dict.fromkeys(found))[:3])
