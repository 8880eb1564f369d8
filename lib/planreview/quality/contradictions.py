"""Two answers to one question: of published sources, or within one submitted form."""

from __future__ import annotations

from itertools import groupby

from planreview.catalogue import Catalogue, periods
from planreview.quality.issues import differ, issue, said

CLASH = "source.clash"
TWO_ANSWERS = "check.two_answers"
CODES = (CLASH, TWO_ANSWERS)


def contradictions(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """One issue for each observation that differs from an earlier one of the same question.

    Published figures are compared across rounds; what a unit submits within a round only, where one form must not
    answer twice: from round to round it may be put right.
    """
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    given = [o for o in observations if o["value"] is not None and not o["hidden"]]
    given.sort(key=lambda o: (_question(o), order[o["round"]], o["source_file"], o["sheet"], o["cell"]))
    issues = []
    for _, group in groupby(given, key=_question):
        answers: list[dict] = []
        for row in group:
            if others := [other for other in answers if differ(row, other)]:
                issues.append(_issue(row, others[-1], catalogue))
            answers.append(row)
    return issues


def _question(row: dict) -> tuple[str, ...]:
    within = "" if row["provenance"] == "published" else row["round"]
    keys = ("provenance", "area_code", "indicator_code", "period", "kind", "plan", "act")
    return (within, *(row[k] for k in keys))


def _issue(row: dict, other: dict, catalogue: Catalogue) -> dict:
    indicator = catalogue.indicators[row["indicator_code"]]
    published = row["provenance"] == "published"
    if not published:
        who = "Đơn vị gửi hai số khác nhau"
        same_file = row["source_file"] == other["source_file"]
        how = "Hãy giữ một số đúng; " + (
            "khi chưa rõ, không số nào được dùng" if same_file else "số của tệp gửi sau được dùng nếu biết ngày nhận"
        )
    elif row["source_id"] == other["source_id"]:
        who, how = "Một nguồn công bố ghi hai số", "Hãy xem lại nguồn; cả hai số được giữ nguyên"
    else:
        who, how = "Hai nguồn công bố khác nhau", "Hãy đối chiếu hai nguồn; cả hai số được giữ nguyên"
    message = (
        f"{who} về {indicator.name}, {periods.words(row['period'])}: {said(other)} và {said(row)} ({indicator.unit})"
    )
    return issue(row, "warning", CLASH if published else TWO_ANSWERS, message, how)
