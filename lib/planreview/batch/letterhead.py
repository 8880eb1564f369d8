"""Who issues a unit's document, and where: what stands at its head on paper."""

from __future__ import annotations

from planreview.catalogue import Catalogue, Unit

_KIND_WORDS = ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ", "Phường ", "Xã ")
_COMMITTEE = "ỦY BAN NHÂN DÂN"


def letterhead(catalogue: Catalogue, unit: Unit) -> tuple[tuple[str, str], str]:
    """((the body above, the issuing body), the place before the date); '' is left to be filled in.

    The body of several lines has them parted by a line break. A document on the nation is issued by nobody in the
    catalogue; whose office a central agency is stands nowhere in it either.
    """
    if unit.kind == "nation":
        return ("", ""), ""
    if unit.is_area:
        return ("", f"{_COMMITTEE}\n{unit.name.upper()}"), _place(unit)
    area = catalogue.units[unit.area_code]
    home = area if area.is_area else catalogue.units.get(unit.parent, area)
    above = f"UBND {home.name.upper()}" if unit.kind == "department" else ""
    return (above, unit.name.upper()), _place(home) if home.is_area else ""


def _place(area: Unit) -> str:
    return next((area.name.removeprefix(word) for word in _KIND_WORDS if area.name.startswith(word)), area.name)
