"""What a unit's last form says otherwise than the one of the round before: new, corrected, another definition."""

from __future__ import annotations

from dataclasses import dataclass, field

from planreview import tables
from planreview.catalogue import measures
from planreview.quality.issues import differ
from planreview.review import Review

Question = tuple[str, str, str, str, str]  # area, indicator, period, kind, plan


@dataclass
class Changes:
    """Rows of ``observations`` of the round ``last``: ``new`` answers, ``corrected`` ones beside those of the round
    ``before``, ``redefined`` ones whose unit of measure or indicator is another (old, new); ``gone``: answers of the
    round before that are given no more."""

    before: str
    last: str
    new: list[dict] = field(default_factory=list)
    corrected: list[tuple[dict, dict]] = field(default_factory=list)
    redefined: list[tuple[dict, dict]] = field(default_factory=list)
    gone: list[dict] = field(default_factory=list)


def since_last_round(review: Review) -> Changes | None:
    """The changes between the unit's last two rounds of the cycle that have numbers; None where there are no two."""
    of_cycle = [r.code for r in review.catalogue.rounds.values() if r.cycle == review.cycle.code]
    rounds: dict[str, dict[Question, dict]] = {}
    for row in tables.records(review.submitted()):
        if row["provenance"] != "published" and not row["hidden"] and row["round"] in of_cycle:
            rounds.setdefault(row["round"], {})[_question(row)] = row
    in_order = [code for code in of_cycle if code in rounds]
    if len(in_order) < 2:
        return None
    before, last = in_order[-2:]
    return _compared(Changes(before, last), rounds[before], rounds[last], review)


def _compared(changes: Changes, old: dict[Question, dict], new: dict[Question, dict], review: Review) -> Changes:
    known = review.catalogue.indicators
    given_before, given_now = ({q[1] for q in rows} for rows in (old, new))
    replaced = {
        code: other
        for code in given_now - given_before
        for other in known[code].related
        if other in given_before - given_now
    }
    for question, row in new.items():
        other = old.get(question)
        if other is None and question[1] in replaced:
            other = old.get((question[0], replaced[question[1]], *question[2:]))
            if other is not None:
                changes.redefined.append((other, row))
                continue
        if other is None:
            changes.new.append(row)
        elif _measured(other) != _measured(row):
            changes.redefined.append((other, row))
        elif _otherwise(other, row):
            changes.corrected.append((other, row))
    changes.gone = [row for q, row in old.items() if q not in new and q[1] not in replaced.values()]
    return changes


def _question(row: dict) -> Question:
    return row["area_code"], row["indicator_code"], row["period"], row["kind"], row["plan"]


def _measured(row: dict) -> str:
    """What a number is measured in, thousands and millions aside."""
    return measures.parse(row["submitted_unit"])[0]


def _otherwise(one: dict, other: dict) -> bool:
    if one["value"] is None or other["value"] is None:
        return one["raw"] != other["raw"]
    return one["value_upper"] != other["value_upper"] or differ(one, other)
