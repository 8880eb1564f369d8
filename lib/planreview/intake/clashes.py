"""Sources, or cells of one form, that contradict each other: shown with both numbers, never averaged away."""

from __future__ import annotations

from itertools import groupby

from planreview.catalogue import Catalogue, periods
from planreview.catalogue.texts import target

CODE = "source.clash"
TWO_ANSWERS = "check.two_answers"


def contradictions(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """One issue for each observation that differs from an earlier one of the same question.

    ``observations``: a unit's, of several rounds. Published figures are compared across rounds; what a unit submits
    within a round only, where one form must not answer twice: from round to round it may be put right. Two numbers
    differ when they are further apart than half a unit of the coarser one's last digit. An issue stands with the
    later round's cell.
    """
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    given = [o for o in observations if o["value"] is not None and not o["hidden"]]
    given.sort(key=lambda o: (_question(o), order[o["round"]], o["source_file"], o["sheet"], o["cell"]))
    issues = []
    for _, group in groupby(given, key=_question):
        said: list[dict] = []
        for row in group:
            if others := [other for other in said if _differ(row, other)]:
                issues.append(_issue(row, others[-1], catalogue))
            said.append(row)
    return issues


def _question(row: dict) -> tuple[str, ...]:
    published = row["provenance"] == "published"
    within = "" if published else row["round"]
    keys = ("provenance", "area_code", "indicator_code", "period", "kind", "plan", "act")
    return (within, *(row[k] for k in keys))


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
        f"{target(o['value'], o['value_upper'], o['qualifier'], o['digits'])} [{o['source_id'] or o['cell']}]"
        for o in (other, row)
    ]
    published = row["provenance"] == "published"
    if not published:
        who, how = "Biểu ghi hai số khác nhau", "Hãy giữ một số đúng; khi chưa rõ, không số nào được dùng"
    elif row["source_id"] == other["source_id"]:
        who, how = "Một nguồn công bố ghi hai số", "Hãy xem lại nguồn; cả hai số được giữ nguyên"
    else:
        who, how = "Hai nguồn công bố khác nhau", "Hãy đối chiếu hai nguồn; cả hai số được giữ nguyên"
    return {
        "round": row["round"],
        "unit_code": row["unit_code"],
        "severity": "warning",
        "code": CODE if published else TWO_ANSWERS,
        "message_vi": f"{who} về {indicator.name}, {periods.words(row['period'])}: {' và '.join(said)} "
        f"({indicator.unit})",
        "suggestion_vi": how,
        "source_file": row["source_file"],
        "sheet": row["sheet"],
        "cell": row["cell"],
        "raw": row["raw"],
        "indicator_code": row["indicator_code"],
    }
