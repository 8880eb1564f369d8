"""Figures of an earlier round that a unit gave itself, to be shown to it again for checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from planreview import tables
from planreview.catalogue import Indicator, Round, Unit
from planreview.intake.headers import Column

Key = tuple[str, str, str]  # period, kind, plan: what a column of a form says its numbers are
_OPEN_RULES = ("tie", "contested")
_SIGNS = {">=": "trên", "<=": "dưới", "~": "khoảng"}
_AMBIGUOUS = 3  # decimals that a reader could take for a group of thousands in a number written as text


def key_of(column: Column) -> Key:
    return column.period, column.kind, column.plan


@dataclass(frozen=True)
class Prefill:
    """Values by indicator and column. ``note`` goes beside each line filled; ``mark`` over the table where the values
    are simulated: a form that holds such a number says so in words and in its properties."""

    source: str = ""
    note: str = ""
    mark: str = ""
    provenance: str = ""
    values: Mapping[str, Mapping[Key, float | int | str]] = field(default_factory=dict)

    def of(self, indicator: Indicator) -> Mapping[Key, float | int | str]:
        return self.values.get(indicator.code, {})


def prefill_of(figures: pd.DataFrame, unit: Unit, round_: Round) -> Prefill:
    """What ``unit`` itself sent about its area and was accepted: no tie, nothing contested, nothing published.

    Simulated values only where it sent no real ones, and then marked: the two are never joined.
    """
    own = figures[
        (figures["unit_code"] == unit.code)
        & (figures["area_code"] == unit.area_code)
        & ~figures["selection_rule"].isin(_OPEN_RULES)
    ]
    provenance = next((p for p in ("submitted", "simulated") if (own["provenance"] == p).any()), "")
    values: dict[str, dict[Key, float | int | str]] = {}
    for row in tables.records(own[own["provenance"] == provenance]):
        if (shown := _shown(row)) is not None:
            key = row["period"], row["kind"], row["plan"]
            values.setdefault(row["indicator_code"], {})[key] = shown
    if not values:
        return Prefill()
    simulated = provenance == "simulated"
    return Prefill(
        source=round_.title,
        note=f"điền sẵn từ {round_.title[:1].lower()}{round_.title[1:]}",
        mark="Số liệu mô phỏng, không phải số liệu thật" if simulated else "",
        provenance=provenance if simulated else "",
        values=values,
    )


def _shown(row: dict) -> float | int | str | None:
    """A figure as a unit would type it, None where a text of it could be read in two ways."""
    if row["qualifier"] == "text":
        return row["raw"]
    if row["value"] is None:
        return None
    value, upper = (
        int(n) if n is not None and float(n).is_integer() else n for n in (row["value"], row["value_upper"])
    )
    if not row["qualifier"]:
        return value
    written = [format(n, "f") if isinstance(n, float) else str(n) for n in (value, upper) if n is not None]
    if any(len(w.partition(".")[2]) == _AMBIGUOUS for w in written):
        return None
    written = [w.rstrip("0").replace(".", ",") if "." in w else w for w in written]
    if row["qualifier"] == "range":
        return "-".join(written) if len(written) > 1 else None
    sign = _SIGNS.get(row["qualifier"], row["qualifier"])
    return f"{sign} {written[0]}"
