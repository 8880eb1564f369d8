"""The lines of a form of indicators: A field, I group, 1 indicator, 1.1 its parts, each under its parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planreview.catalogue import Indicator

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Line:
    """``level`` 0 is a field, 1 a group, 2 an indicator, 3 and on its parts. A line without ``indicator`` is a heading;
    one with an indicator that has no unit is a heading too ("Lúa cả năm")."""

    ordinal: str
    label: str
    level: int
    indicator: Indicator | None = None

    @property
    def is_heading(self) -> bool:
        return self.indicator is None or not self.indicator.unit


def group_of(code: str) -> str:
    """``KT.06.03.1`` → ``KT.06``."""
    return ".".join(code.split(".")[:2])


def outline(indicators: Iterable[Indicator], groups: Mapping[str, str]) -> list[Line]:
    """All lines in the order of the catalogue, numbered without gaps; a part without its parent stands alone.

    ``groups`` names groups by the beginning of their codes.
    """
    chosen = {i.code: i for i in indicators}
    parts: dict[str, list[Indicator]] = {}
    for i in chosen.values():
        parts.setdefault(_parent(i, chosen), []).append(i)
    fields: dict[str, dict[str, list[Indicator]]] = {}
    for i in parts.get("", []):
        if i.unit or i.code in parts:  # a heading of nothing says nothing
            fields.setdefault(i.field, {}).setdefault(group_of(i.code), []).append(i)
    lines: list[Line] = []
    for letter, (field, by_group) in zip("ABCDEFGHIJ", fields.items(), strict=False):
        lines.append(Line(letter, field.upper(), 0))
        for number, (group, members) in enumerate(by_group.items(), 1):
            lines.append(Line(roman(number), groups.get(group, group), 1))
            _number(members, parts, "", 2, lines)
    return lines


def _parent(indicator: Indicator, chosen: Mapping[str, Indicator]) -> str:
    known = indicator.parent in chosen and group_of(indicator.parent) == group_of(indicator.code)
    return indicator.parent if known else ""


def _number(
    members: list[Indicator], parts: Mapping[str, list[Indicator]], above: str, level: int, lines: list
) -> None:
    for number, indicator in enumerate(members, 1):
        ordinal = f"{above}{number}"
        lines.append(Line(ordinal, indicator.name, level, indicator))
        _number(parts.get(indicator.code, []), parts, f"{ordinal}.", level + 1, lines)


def roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
