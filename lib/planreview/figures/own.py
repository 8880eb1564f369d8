"""A unit's own number beside the one that was chosen for its area."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.figures.select import one_per_question

_KEY = tables.KEYS["figures"]
_BOUNDS = (">=", ">", "<=", "<")
_OWN = ("value", "value_upper", "qualifier", "digits", "min", "max")
_PLACE = ("raw", "round", "source_id", "source_file", "sheet", "cell")
_CHOSEN = ("value", "value_upper", "qualifier", "digits", "min", "max", "raw")
_NOTHING = {"qualifier": "", "digits": 0, "raw": ""}
COLUMNS = [
    *_KEY, "own", *(f"own_{c}" for c in (*_OWN[1:], *_PLACE)), "chosen", *(f"chosen_{c}" for c in _CHOSEN[1:]),
    "chosen_kind", "chosen_unit", "chosen_round", "chosen_rule", "correction_id", "figure_id", "difference", "differs",
]  # fmt: skip

_NUMBERS = ("own", "own_value_upper", "own_min", "own_max", "chosen", "chosen_value_upper", "chosen_min", "chosen_max")
_TYPES = dict.fromkeys((*_NUMBERS, "difference"), float) | {"differs": bool}


def own_values(
    submitted: pd.DataFrame,
    figures: pd.DataFrame,
    catalogue: Catalogue,
    *,
    as_of: str,
    received: Mapping[str, str | None],
) -> pd.DataFrame:
    """What one unit said of its area, as it was submitted, beside what was chosen of the same provenance.

    ``submitted``: the unit's observations about its area up to ``as_of``; ``figures``: those of the area; ``received``
    as in ``select_figures``. Where the unit gave an answer twice, its later round and file stand for it; where its own
    answers contradict each other ``own`` is null. Corrections leave ``own`` alone: it is what the file says.
    An estimate is held against an actual where the unit itself gave none, as results are.

    Columns: the key of ``figures``; own, own_value_upper … own_cell (its value and place); chosen,
    chosen_value_upper … chosen_raw, chosen_kind, chosen_unit, chosen_round, chosen_rule (``selection_rule``;
    '' where a correction left nothing to choose), correction_id, figure_id (null and '' where nothing was chosen);
    difference = own - chosen in the indicator's unit, null where one of them is no exact number; differs.
    """
    mine = one_per_question(tables.records(submitted), catalogue, as_of=as_of, received=received)
    chosen = {_key(f): f for f in tables.records(figures)}
    given = {_key(f) for f in mine}
    rows = []
    for own in mine:
        actual = _key(own | {"kind": "actual"})
        supersedes = own["kind"] == "estimate" and actual not in given and actual in chosen
        rows.append(_row(own, chosen.get(actual if supersedes else _key(own), {})))
    return pd.DataFrame(rows, columns=COLUMNS).astype(_TYPES)


def _key(row: dict) -> tuple[str, ...]:
    return tuple(row[c] for c in _KEY)


def _row(own: dict, chosen: dict) -> dict:
    both = [_exact(own), _exact(chosen)]
    difference = None if None in both else float(Decimal(repr(both[0])) - Decimal(repr(both[1])))
    return (
        {c: own[c] for c in _KEY}
        | {"own": own["value"]}
        | {f"own_{c}": own[c] for c in (*_OWN[1:], *_PLACE)}
        | {"chosen": chosen.get("value")}
        | {f"chosen_{c}": chosen.get(c, _NOTHING.get(c)) for c in _CHOSEN[1:]}
        | {
            "chosen_kind": chosen.get("kind", ""),
            "chosen_unit": chosen.get("unit_code", ""),
            "chosen_round": chosen.get("round", ""),
            "chosen_rule": chosen.get("selection_rule", ""),
            "correction_id": chosen.get("correction_id", ""),
            "figure_id": chosen.get("figure_id", ""),
            "difference": difference,
            "differs": not chosen or _said(own) != _said(chosen),
        }
    )


def _exact(figure: dict) -> float | None:
    return figure.get("value") if figure.get("qualifier") in ("", "~") else None


def _said(figure: dict) -> tuple:
    """What a number says: "khoảng 30" is 30, "trên 30" is not; one that is not settled says nothing."""
    if figure["selection_rule"] in ("tie", "contested"):
        return None, None, "", ""
    qualifier = figure["qualifier"]
    words = figure["raw"] if qualifier == "text" else ""
    return figure["value"], figure["value_upper"], qualifier if qualifier in _BOUNDS else "", words
