"""Checks over observations: what contradicts what, said with both numbers and never averaged away.

``compare`` reads one unit's observations; ``across`` what several units say, once all are read.
"""

from __future__ import annotations

from planreview.catalogue import Catalogue
from planreview.quality import (
    between_rounds,
    contradictions,
    habits,
    identities,
    limits,
    published,
    ranges,
    scale,
    slid,
    zeros,
)
from planreview.quality.across import across
from planreview.quality.lines import Table, previous, tables_of

__all__ = ["CODES", "across", "compare"]

_OF_UNITS = (contradictions, limits, published, identities, scale, slid, ranges, zeros, habits, between_rounds)
CODES = tuple(code for module in _OF_UNITS for code in module.CODES)


def compare(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """Issues (rows of the table ``issues``) found by comparing a unit's observations, of several rounds, with each
    other. An issue stands with the later round's cell."""
    found = [
        *contradictions.contradictions(observations, catalogue),
        *limits.beyond_limits(observations, catalogue),
        *published.doubts(observations, catalogue),
    ]
    tables = tables_of(observations, catalogue)
    before = previous(tables)
    known = zeros.published_numbers(observations)
    for table in tables:
        found += _of_table(table, before.get(table.place), known, catalogue)
    return [*found, *habits.as_targets(tables)]


def _of_table(table: Table, before: Table | None, published_numbers: zeros.Known, catalogue: Catalogue) -> list[dict]:
    """The issues of one table; what a number in the wrong unit or row explains is not said again as unusual."""
    found = list(identities.disagreements(table, catalogue))
    if not table.published:
        found += zeros.zero_rows(table, before, published_numbers, catalogue)
        found += slid.slid_values(table, before)
        found += scale.wrong_units(table, before, catalogue, _explained(table, found))
        found += habits.suspicious(table, before, catalogue)
    known = _explained(table, found)
    found += ranges.unusual(table, catalogue, known)
    if before is not None:
        found += between_rounds.changes(table, before, known | _explained(table, found))
    return found


def _explained(table: Table, found: list[dict]) -> set[int]:
    """Ids of the observations that an issue calls wrong."""
    cells = {i["cell"] for i in found if i["severity"] == "error" or i["code"].startswith("unit.")} - {""}
    return {id(row) for line in table.lines.values() for row in line.cells.values() if row["cell"] in cells}
