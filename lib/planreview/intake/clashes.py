"""Published sources that contradict each other: shown, with both numbers, never averaged away."""

from __future__ import annotations

from itertools import groupby

from planreview.catalogue import Catalogue, periods
from planreview.catalogue.texts import target

CODE = "source.clash"


def published_clashes(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """One issue for each published observation that differs from an earlier one of the same question.

    ``observations``: a unit's, of several rounds. Two numbers clash when they differ by more than half a unit of the
    coarser one's last digit. A clash is reported where it came up: with the later round's cell.
    """
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    published = [o for o in observations if o["provenance"] == "published" and o["value"] is not None]
    published.sort(key=lambda o: (_question(o), order[o["round"]], o["source_file"], o["sheet"], o["cell"]))
    issues = []
    for _, group in groupby(published, key=_question):
        said: list[dict] = []
        for row in group:
            if others := [other for other in said if _differ(row, other)]:
                issues.append(_issue(row, others[-1], catalogue))
            said.append(row)
    return issues


def _question(row: dict) -> tuple[str, ...]:
    return tuple(row[k] for k in ("area_code", "indicator_code", "period", "kind", "plan", "act"))


def _differ(one: dict, other: dict) -> bool:
    tolerance = 0.5 * 10.0 ** -min(one["digits"], other["digits"])
    # two bounds or roundings ("trên 85.000") are no contradiction of a number they hold for
    if {one["qualifier"], other["qualifier"]} & {">=", "<=", ">", "<"} and one["value"] != other["value"]:
        low, high = sorted((one, other), key=lambda o: o["value"])
        return low["qualifier"] not in (">=", ">") and high["qualifier"] not in ("<=", "<")
    return abs(one["value"] - other["value"]) > tolerance * (1 + 1e-9)


def _issue(row: dict, other: dict, catalogue: Catalogue) -> dict:
    indicator = catalogue.indicators[row["indicator_code"]]
    said = [
        f"{target(o['value'], o['value_upper'], o['qualifier'], o['digits'])} [{o['source_id']}]" for o in (other, row)
    ]
    who = "Một nguồn công bố ghi hai số" if row["source_id"] == other["source_id"] else "Hai nguồn công bố khác nhau"
    return {
        "round": row["round"],
        "unit_code": row["unit_code"],
        "severity": "warning",
        "code": CODE,
        "message_vi": f"{who} về {indicator.name}, {periods.words(row['period'])}: {' và '.join(said)} "
        f"({indicator.unit})",
        "suggestion_vi": "Hãy đối chiếu hai nguồn; cả hai số được giữ nguyên",
        "source_file": row["source_file"],
        "sheet": row["sheet"],
        "cell": row["cell"],
        "raw": row["raw"],
        "indicator_code": row["indicator_code"],
    }
