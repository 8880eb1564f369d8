"""From observations to figures: one number per question, chosen by a declared order, ties left open."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue, periods, texts
from planreview.figures.aggregate import wholes
from planreview.figures.corrections import CONTESTED, correct

Place = tuple[str, str, str]
KEY = tables.KEYS["figures"]
_BOUNDS = {">=": "low", ">": "low", "<=": "high", "<": "high"}


def select_figures(
    observations: pd.DataFrame,
    catalogue: Catalogue,
    *,
    as_of: str,
    received: Mapping[str, str | None],
    contested: Collection[Place] = (),
) -> pd.DataFrame:
    """Figures as of a round (table ``figures``), from the observations of all units under today's corrections.

    ``received`` gives each source_file's arrival (ISO, None = unknown); ``contested`` the (source_file, sheet, cell) of
    numbers that a check says cannot be right. Only rounds up to ``as_of`` count.
    Order of belief: a visible cell before a hidden one; the area's own unit, its responsible agency, another unit,
    the sum of complete parts; within one of these the later round, and within a round the file that came later.
    Candidates that still differ are a tie, a contested one is not chosen: value null, min and max kept.
    """
    rounds = {*catalogue.rounds_until(as_of)}
    known = [
        row | {CONTESTED: (row["source_file"], row["sheet"], row["cell"]) in contested}
        for row in tables.records(observations)
        if row["round"] in rounds
    ]
    figures = one_per_question(correct(known, catalogue.corrections), catalogue, as_of=as_of, received=received)
    figures += [row | {"figure_id": _figure_id(row)} for row in wholes(figures, catalogue, as_of=as_of)]
    return tables.frame("figures", sorted(figures, key=_key))


def one_per_question(
    candidates: Iterable[dict], catalogue: Catalogue, *, as_of: str, received: Mapping[str, str | None]
) -> list[dict]:
    """Rows of ``figures``, one for each question that the candidates (rows of ``observations`` known as of the round)
    answer, by the order of belief of ``select_figures``; nothing is corrected, contested or added up here."""
    order = {code: n for n, code in enumerate(catalogue.rounds_until(as_of))}
    ranked = [
        row
        | {
            "_round": order[row["round"]],
            "_belief": _belief(row, catalogue),
            "_received": received.get(row["source_file"]),
        }
        for row in candidates
    ]
    ranked.sort(key=_key)
    return [_choose(list(group), as_of) for _, group in groupby(ranked, key=_key)]


def doubted(issues: pd.DataFrame) -> set[Place]:
    """The (source_file, sheet, cell) of numbers that a check of severity error contests (table ``issues``)."""
    of_checks = issues["code"].str.startswith(("check.", "unit."))
    found = issues[(issues["severity"] == "error") & of_checks & (issues["cell"] != "")]
    return set(found[["source_file", "sheet", "cell"]].itertuples(index=False, name=None))


def tie_issue(figure: dict, unit_code: str, catalogue: Catalogue) -> dict:
    """An issue (row of ``issues``, no cell) for a figure of which several units gave different numbers."""
    indicator = catalogue.indicators[figure["indicator_code"]]
    ends = [texts.number(v, indicator.digits) for v in (figure["min"], figure["max"]) if v is not None]
    between = f": từ {' đến '.join(ends)} {indicator.unit}" if ends else ""
    return {
        "round": figure["round"],
        "unit_code": unit_code,
        "severity": "warning",
        "code": "check.tie",
        "message_vi": f"Các đơn vị gửi số khác nhau về {indicator.name}, {periods.words(figure['period'])}{between}",
        "suggestion_vi": "Hãy thống nhất một số; khi chưa rõ, không số nào được dùng",
        "indicator_code": indicator.code,
    }


def _key(row: dict) -> tuple[str, ...]:
    return tuple(row[k] for k in KEY)


def _belief(row: dict, catalogue: Catalogue) -> int:
    """0: the area speaks about itself; 1: the agency responsible for the indicator; 2: somebody else."""
    if row["unit_code"] == row["area_code"]:
        return 0
    return 1 if catalogue.agency(row["indicator_code"], row["area_code"]) == row["unit_code"] else 2


def _figure_id(row: dict) -> str:
    return hashlib.sha256("|".join(_key(row)).encode()).hexdigest()[:12]


def _choose(everyone: list[dict], as_of: str) -> dict:
    """The row of ``figures`` for the candidates of one question."""
    everyone = [c for c in everyone if not c["hidden"]] or everyone
    believed = _best(everyone, "_belief", min)
    in_round = _best(believed, "_round", max)
    latest = _without_satisfied_bounds(_latest_file(in_round))
    chosen = min(latest, key=lambda c: (c["qualifier"] != "", c["source_file"], c["sheet"], c["cell"]))
    agreed, contested = len(_distinct(latest)) == 1, any(c.get(CONTESTED) for c in latest)
    if contested:
        rule = "contested"
    elif not agreed:
        rule = "tie"
    elif chosen.get("correction_id"):
        rule = "correction"
    elif len(_distinct(everyone)) == 1:
        rule = "only" if len(everyone) == 1 else "equal"
    elif len(_distinct(believed)) < len(_distinct(everyone)):
        rule = "own_area" if chosen["_belief"] == 0 else "agency"
    else:
        later_file = len(_distinct(_latest_file(in_round))) < len(_distinct(in_round))
        later_round = len(_distinct(in_round)) < len(_distinct(believed))
        rule = "later_round" if later_round else "later_file" if later_file else "bound_satisfied"
    settled = agreed and not contested
    figure = {
        name: chosen[name]
        for name in (
            *KEY,
            "qualifier",
            "digits",
            "round",
            "unit_code",
            "source_id",
            "source_file",
            "sheet",
            "cell",
            "raw",
        )
    }
    values = [c["value"] for c in everyone if c["value"] is not None]
    return figure | {
        "as_of": as_of,
        "value": chosen["value"] if settled else None,
        "value_upper": chosen["value_upper"] if settled else None,
        "selection_rule": rule,
        "n_candidates": len(_distinct(everyone)),
        "min": min(values, default=None),
        "max": max(values, default=None),
        "correction_id": chosen.get("correction_id", ""),
        "figure_id": _figure_id(chosen),
    }


def _best(candidates: list[dict], rank: str, best: Callable) -> list[dict]:
    top = best(c[rank] for c in candidates)
    return [c for c in candidates if c[rank] == top]


def _distinct(candidates: list[dict]) -> set[tuple]:
    """Equal values are one candidate, unless one is an upper and one a lower bound; a target in words is known by
    its words."""
    bounds = {b for c in candidates if (b := _BOUNDS.get(c["qualifier"]))}
    return {
        (
            c["value"],
            c["value_upper"],
            c["raw"] if c["qualifier"] == "text" else "",
            _BOUNDS.get(c["qualifier"], "") if len(bounds) > 1 else "",
        )
        for c in candidates
    }


def _latest_file(candidates: list[dict]) -> list[dict]:
    """Of several files of one unit and round, the one that came last; all of them where that cannot be told.

    Two units that differ are a tie, whoever wrote last.
    """
    times = {c["source_file"]: c["_received"] for c in candidates}
    if len(times) == 1 or None in times.values() or len({c["unit_code"] for c in candidates}) > 1:
        return candidates
    moments = {file: dt.datetime.fromisoformat(time) for file, time in times.items()}
    return [c for c in candidates if moments[c["source_file"]] == max(moments.values())]


def _without_satisfied_bounds(candidates: list[dict]) -> list[dict]:
    """A bound ("trên 82.780") is no rival of an exact number that satisfies it (82.789)."""
    exact = [c for c in candidates if c["qualifier"] == "" and c["value"] is not None]
    if not exact or exact[0]["kind"] == "target":  # of two targets none is a rounding of the other
        return candidates

    def satisfied(bound: dict) -> bool:
        if bound["qualifier"] in (">=", ">"):
            return all(e["value"] >= bound["value"] for e in exact)
        return bound["qualifier"] in ("<=", "<") and all(e["value"] <= bound["value"] for e in exact)

    return [c for c in candidates if not satisfied(c)]
