"""Which issues of a unit to settle first: those on whose cells most results depend. Computes no status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from planreview import tables
from planreview.catalogue import Cycle, Indicator, Unit, periods
from planreview.review import Review

_SEVERITIES = ("error", "warning", "info")
_GIVEN_UP = ("read.unreadable", "read.failed")
_HEADERS = ("period.unknown",)
_WHOLE_SHEETS = ("check.as_target", "check.copy")  # doubts about all estimates of a sheet
Column = tuple[str, str, str]  # file, sheet, letters


@dataclass
class Priority:
    """Issues of one kind about one row (or one file, or one column): the first of them, how many there are, and the
    indicators whose results cannot be judged, or may be judged wrongly, until they are settled."""

    issue: dict
    count: int = 0
    results: set[str] = field(default_factory=set)

    @property
    def effect(self) -> int:
        return len(self.results)


def ranked(review: Review) -> list[Priority]:
    """The unit's issues of severity error and warning, most results first, then the graver ones, then in order of
    rounds, files and cells. Words about where published figures come from are left to page 02."""
    issues = [i for i in tables.records(review.issues()) if i["severity"] != "info" and not _of_sources(i)]
    known = _Known(review)
    found: dict[tuple, Priority] = {}
    for issue in issues:
        key = (issue["round"], issue["source_file"], issue["code"], issue["indicator_code"] or issue["cell"])
        priority = found.setdefault(key, Priority(issue))
        priority.count += 1
        priority.results |= known.results(issue)
    return sorted(found.values(), key=lambda p: (-p.effect, _SEVERITIES.index(p.issue["severity"])))


def _of_sources(issue: Mapping) -> bool:
    return issue["code"].startswith("source.") or issue["code"] == "period.not_over"


class _Known:
    """What a unit's tables say of the cells that issues name."""

    def __init__(self, review: Review) -> None:
        self._review, self._cycle = review, review.cycle
        self._indicators = review.catalogue.indicators
        own = [o for o in tables.records(review.submitted()) if o["provenance"] != "published"]
        self._at = {(o["source_file"], o["sheet"], o["cell"]): o for o in own}
        self._judged = {o["indicator_code"] for o in own if _is_target(o, self._cycle)}
        self._columns: dict[Column, Counter] = {}
        for o in own:
            place = o["source_file"], o["sheet"], _letters(o["cell"])
            self._columns.setdefault(place, Counter())[o["period"], o["kind"], o["plan"]] += 1
        refused = [c for c in tables.records(review.ledger()) if c["fate"] in ("rejected", "unmatched")]
        self._refused = Counter((c["source_file"], c["sheet"], _letters(c["cell"])) for c in refused)

    def results(self, issue: Mapping) -> set[str]:
        """Codes of the indicators whose results depend on an issue's cell; of what has no code a name of its own."""
        code, place = issue["indicator_code"], (issue["source_file"], issue["sheet"], issue["cell"])
        if issue["code"] in _GIVEN_UP:
            return {i.code for i in self._asked(self._review.unit, issue["round"])}
        if issue["code"] in _HEADERS and issue["cell"]:
            column = (*place[:2], _letters(issue["cell"]))
            return {f"{column} {n}" for n in range(self._refused[column])}
        if issue["code"] in _WHOLE_SHEETS:
            of_sheet = (o for o in self._at.values() if (o["source_file"], o["sheet"]) == place[:2])
            return {o["indicator_code"] for o in of_sheet if o["kind"] == "estimate" and self._depends(o)}
        if not code:
            return {str(place)} if issue["severity"] == "error" and issue["code"].startswith("match.") else set()
        told = self._at.get(place)
        if told is None and issue["cell"]:
            usual = self._columns.get((*place[:2], _letters(issue["cell"])))
            if not usual:
                return set()
            period, kind, plan = usual.most_common(1)[0][0]
            told = {"indicator_code": code, "period": period, "kind": kind, "plan": plan}
        depends = told is not None and self._depends(told)
        return {code} if depends else set()

    def _asked(self, unit: Unit, round_code: str) -> list[Indicator]:
        catalogue = self._review.catalogue
        forms = catalogue.forms_due(catalogue.round(round_code), unit)
        return [i for form in forms for i in catalogue.asked(form, unit) if i.unit]

    def _depends(self, told: Mapping) -> bool:
        """Whether the result of the review period is made from such a number."""
        if told["kind"] == "target":
            return _is_target(told, self._cycle)
        if told["indicator_code"] not in self._judged or periods.is_months(told["period"]):
            return False
        first, last = periods.years(told["period"])
        if first != last:
            return (first, last) == (self._cycle.review_first, self._cycle.review_last)
        ends = (self._cycle.baseline_year, self._cycle.review_last)
        every = self._indicators[told["indicator_code"]].five_year_rule != "end_value"
        return first in ends or (every and ends[0] < first < ends[1])


def _is_target(row: Mapping, cycle: Cycle) -> bool:
    """A target by which the review period is judged."""
    if row["kind"] != "target" or row["plan"] not in cycle.main_plans:
        return False
    return not periods.is_months(row["period"]) and periods.years(row["period"])[1] == cycle.review_last


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")
