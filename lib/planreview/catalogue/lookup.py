"""Which indicator somebody means who types a code, a name or a part of one, with or without diacritics."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from planreview.catalogue.catalogue import Catalogue
from planreview.catalogue.texts import folded
from planreview.errors import UsageError

_SUGGESTIONS, _LIKENESS = 5, 60.0


class Lookup:
    """Codes, names and aliases of the catalogue, ready to be searched."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._codes: dict[str, set[str]] = {}
        for name, code in catalogue.names:
            self._codes.setdefault(folded(name), set()).add(code)

    def find(self, text: str) -> list[str]:
        """Codes whose code, name or alias holds all the words, in the order of the catalogue; else the most alike."""
        wanted = folded(text).split()
        hits = {c for name, codes in self._codes.items() if all(w in name for w in wanted) for c in codes}
        hits |= {c for c in self._indicators if folded(c).startswith(folded(text))}
        if not hits:
            alike = process.extract(
                folded(text), list(self._codes), scorer=fuzz.WRatio, limit=_SUGGESTIONS, score_cutoff=_LIKENESS
            )
            return list(dict.fromkeys(c for name, _, _ in alike for c in sorted(self._codes[name])))
        return [c for c in self._indicators if c in hits]

    def code(self, text: str) -> str:
        """The one code that a code, a name or an alias means. Raises UsageError, naming what may have been meant."""
        if text.upper() in self._indicators:
            return text.upper()
        exact = self._codes.get(folded(text), set())
        if len(exact) == 1:
            return next(iter(exact))
        found = sorted(exact) or self.find(text)
        if len(found) == 1 and all(w in folded(self._indicators[found[0]].name) for w in folded(text).split()):
            return found[0]
        meant = "; ".join(f"{c} {self._indicators[c].name}" for c in found[:_SUGGESTIONS])
        raise UsageError(
            f"Không rõ chỉ tiêu nào là “{text}”" if found else f"Không có chỉ tiêu nào giống “{text}”",
            remedy=f"Có phải là: {meant}" if found else "Hãy xem data/reference/indicators.csv",
        )
