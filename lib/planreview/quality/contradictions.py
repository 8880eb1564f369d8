"""Two answers to one question: of published sources, or within one submitted form."""

from __future__ import annotations

from operator import itemgetter

from planreview.catalogue import Catalogue, periods
from planreview.quality.issues import differ, issue, said

CLASH = "source.clash"
TWO_ANSWERS = "check.two_answers"
_TWO_NUMBERS = "Đơn vị gửi hai số khác nhau"
_MOST_EACH, _EXAMPLES = 10, 3  # differences of two files that are said one by one; else so many as examples
_OF_QUESTION = itemgetter("provenance", "area_code", "indicator_code", "period", "kind", "plan", "act")
CODES = (CLASH, TWO_ANSWERS)


def contradictions(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """One issue for each observation that differs from an earlier one of the same question.

    Published figures are compared across rounds; what a unit submits within a round only, where one form must not
    answer twice: from round to round it may be put right.
    """
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    between: dict[tuple[str, str], list[dict]] = {}
    given = [o for o in observations if o["value"] is not None and not o["hidden"]]
    asked: dict[tuple, list[dict]] = {}
    for row in given:
        asked.setdefault(_question(row), []).append(row)
    issues = []
    for question in sorted(q for q, rows in asked.items() if len(rows) > 1 and not _all_equal(rows)):
        answers: list[dict] = []
        for row in sorted(asked[question], key=lambda o: (order[o["round"]], o["source_file"], o["sheet"], o["cell"])):
            if others := [other for other in answers if differ(row, other)]:
                found = _issue(row, others[-1], catalogue)
                files = others[-1]["source_file"], row["source_file"]
                if found["code"] == TWO_ANSWERS and files[0] != files[1]:
                    between.setdefault(files, []).append(found)
                else:
                    issues.append(found)
            answers.append(row)
    for (earlier, _), found in between.items():
        issues += found if len(found) <= _MOST_EACH else [_of_files(earlier, found)]
    return issues


def _all_equal(rows: list[dict]) -> bool:
    value, qualifier = rows[0]["value"], rows[0]["qualifier"]
    return all(row["value"] == value and row["qualifier"] == qualifier for row in rows)


def _of_files(earlier: str, found: list[dict]) -> dict:
    """One issue for two files of a unit that differ in many numbers, with a few of them."""
    examples = "; ".join(issue["message_vi"].removeprefix(f"{_TWO_NUMBERS} về ") for issue in found[:_EXAMPLES])
    message = f"Tệp này khác tệp “{earlier}” của cùng đơn vị ở {len(found)} số, ví dụ: {examples}"
    return found[0] | {"message_vi": message, "sheet": "", "cell": "", "raw": "", "indicator_code": ""}


def _question(row: dict) -> tuple[str, ...]:
    within = "" if row["provenance"] == "published" else row["round"]
    return (within, *_OF_QUESTION(row))


def _issue(row: dict, other: dict, catalogue: Catalogue) -> dict:
    indicator = catalogue.indicators[row["indicator_code"]]
    published = row["provenance"] == "published"
    if not published:
        who = _TWO_NUMBERS
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
