"""Which place a header or a line's name means: the sender's own, one within it, or one that nobody declared."""

from __future__ import annotations

import datetime as dt
import re

from planreview.catalogue import Catalogue, Unit
from planreview.catalogue.texts import folded, plain
from planreview.intake.wording import without_markers

_KINDS = {"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "h": "huyen", "x": "xa", "p": "phuong"}
_WHOLES = {
    "tinh": "province",
    "huyen": "district",
    "thanh pho": "city",
    "xa": "commune",
    "phuong": "ward",
    "thi tran": "commune",
}
_WHOLE = re.compile(r"(?:toan|ca) (tinh|huyen|thanh pho|xa|phuong|thi tran|dia ban)")
_WORD = re.compile(r"\w+")
_NATION = frozenset(["ca nuoc", "toan quoc"])
_NAMED = re.compile(
    r"^(?i:xã|phường|thị trấn|thị xã|huyện|thành phố|quận|tp\.?|tx\.?|tt\.|h\.|x\.|p\.)\s*(?=[A-ZĐÀ-ỸÂĂÊÔƠƯ])"
)


class Places:
    """The places of units.csv, as a sender that speaks about ``area_code`` names them.

    ``day``: of the round's deadline; a place that began later is not the one of that name.
    """

    def __init__(self, catalogue: Catalogue, area_code: str, day: dt.date) -> None:
        self._units, self._own = catalogue.units, area_code
        self._within = {u.code for u in catalogue.units.values() if u.is_area and self._is_within(u)}
        self._names: dict[str, set[str]] = {}
        self._known: dict[str, str | None] = {}
        short: dict[str, set[str]] = {}
        for unit in catalogue.units.values():
            if not unit.is_area or (unit.valid_from is not None and unit.valid_from > day):
                continue
            name = _key(unit.name)
            self._names.setdefault(name, set()).add(unit.code)
            if bare := _NAMED.sub("", plain(unit.name)) if unit.parent and unit.kind != "province" else "":
                short.setdefault(_key(bare), set()).add(unit.code)
        for name, codes in short.items():
            self._names.setdefault(name, codes)

    def of(self, text: str) -> str | None:
        """The code of the place that a text names and nothing else; '' for a place without a code or of several; None
        for what is no place."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def speaks_of(self, code: str) -> bool:
        """Whether the sender answers for a place: its own area and those within it."""
        return code in self._within

    def _find(self, text: str) -> str | None:
        name = without_markers(text)
        if not name or len(name) > 60:
            return None
        said = _key(name)
        if said in _NATION:
            return next((u.code for u in self._units.values() if u.kind == "nation"), "")
        if whole := _WHOLE.fullmatch(said):
            return self._whole(whole[1])
        if codes := self._names.get(said):
            mine = codes & self._within or codes
            return next(iter(mine)) if len(mine) == 1 else ""
        return "" if _NAMED.match(name) and not name.isupper() else None

    def _whole(self, kind: str) -> str:
        """``Toàn huyện``: the sender's own area or the one of that kind around it."""
        if kind == "dia ban":
            return self._own
        unit: Unit | None = self._units.get(self._own)
        while unit is not None:
            if unit.kind == _WHOLES[kind] or (kind == "huyen" and unit.kind == "city"):
                return unit.code
            unit = self._units.get(unit.parent)
        return ""

    def _is_within(self, unit: Unit) -> bool:
        seen: set[str] = set()
        found: Unit | None = unit
        while found is not None and found.code not in seen:
            if found.code == self._own:
                return True
            seen.add(found.code)
            found = self._units.get(found.parent)
        return False


def _key(name: str) -> str:
    """A place's name as it is compared: ``TP. Sơn La`` and ``Thành phố Sơn La`` are one."""
    first, *rest = _WORD.findall(folded(name)) or [""]
    return " ".join([_KINDS.get(first, first) if rest else first, *rest])
