"""What became of an issue: closed only by a later file that says the same again without it."""

import pytest

from planreview.feedback.history import by_file, issue_history
from planreview.quality.contradictions import TWO_ANSWERS

A, B, C = "2020-11/119/a.xlsx", "2020-11/119/b.xlsx", "2020-11/119/c.xlsx"
CODE = "number.ambiguous"


def file(name: str, day: int | None, **changes) -> dict:
    moment = f"2020-11-{day:02d}T08:00:00+07:00" if day else None
    row = {"source_file": name, "received_at": moment, "form": "II", "status": "on_time", "provenance": "submitted"}
    return row | {"replaces": ""} | changes


def figures(name: str, *cells: str, of: str = "XH.01") -> list[dict]:
    """One figure a cell; the column tells its year."""
    key = {"area_code": "119", "indicator_code": of, "kind": "actual", "plan": "", "act": ""}
    return [key | {"source_file": name, "sheet": "S", "cell": c, "raw": "5", "period": f"20{ord(c[0])}"} for c in cells]


def issue(name: str, cell: str, **changes) -> dict:
    row = {"round": "2020-11", "unit_code": "119", "severity": "error", "code": CODE, "message_vi": "Hai cách đọc"}
    return row | {"source_file": name, "sheet": "S", "cell": cell, "raw": "1,2", "indicator_code": "XH.01"} | changes


def state(register, issues, observations, answers=(), *, of: str = A) -> tuple[str, str]:
    (found,) = (i for i in issue_history(register, issues, observations, answers) if i["source_file"] == of)
    return found["state"], found["settled_by"]


WRONG = [issue(A, "F3")]
SOME = figures(A, "D3", "E3", "G3")
ALL = figures(B, "D3", "E3", "F3", "G3")


def test_a_later_file_with_the_figure_closes_it_and_an_earlier_or_undated_one_does_not():
    assert state([file(A, 2), file(B, 3)], WRONG, SOME + ALL) == ("closed", B)
    for other in (file(B, 1), file(B, None), file(B, 3, form="I"), file(B, 3, status="unreadable")):
        assert state([file(A, 2), other], WRONG, SOME + ALL) == ("open", "")
    assert state([file(A, None), file(B, 3)], WRONG, SOME + ALL) == ("open", "")
    assert state([file(A, None), file(B, None, replaces=A)], WRONG, SOME + ALL) == ("closed", B)


def test_what_is_simulated_settles_nothing_real():
    assert state([file(A, 2), file(B, 3, provenance="simulated")], WRONG, SOME + ALL) == ("open", "")


def test_another_part_of_the_form_closes_nothing_until_it_gives_this_figure():
    part = figures(B, "D9", "E9", "F9", of="XH.02")
    assert state([file(A, 2), file(B, 3)], WRONG, SOME + part) == ("open", "")
    rest = part + figures(B, "D3", "E3", "F3", "G3")
    assert state([file(A, 2), file(B, 3)], WRONG, SOME + rest) == ("closed", B)


@pytest.mark.parametrize(
    "still", [issue(B, "F3"), issue(B, "F7"), issue(B, "F7", raw="3,4", indicator_code="", message_vi="Hai cách đọc")]
)
def test_an_issue_that_is_still_there_is_repeated_wherever_its_row_has_gone(still):
    first = [WRONG[0] | {"indicator_code": still["indicator_code"]}]
    said = [*first, still]
    given = SOME + figures(B, "D3", "E3", "G3")
    assert state([file(A, 2), file(B, 3)], said, given) == ("repeated", B)
    given += figures(C, "D3", "E3", "F3", "G3")
    assert state([file(A, 2), file(B, 3), file(C, 4)], said, given) == ("closed", C)


def test_a_like_issue_at_another_cell_does_not_keep_a_mended_one_open():
    two = [issue(A, "F3"), issue(A, "G3")]
    found = issue_history(
        [file(A, 2), file(B, 3)], [*two, issue(B, "G3")], figures(A, "D3", "E3") + figures(B, "D3", "E3", "F3"), []
    )
    assert [(i["source_file"], i["cell"], i["state"]) for i in found] == [
        (A, "F3", "closed"), (A, "G3", "repeated"), (B, "G3", "open"),
    ]  # fmt: skip


def test_a_file_that_could_not_be_read_is_settled_by_one_of_its_name():
    broken = [issue(A, "", code="read.unreadable", sheet="", indicator_code="")]
    register = [file(A, 2, status="unreadable", form="", provenance="")]
    again = "2020-11/119/a (2).xls"
    assert state([*register, file(again, 3)], broken, figures(again, "D3")) == ("closed", again)
    assert state([*register, file(B, 3)], broken, ALL) == ("open", "")


def test_the_number_that_was_mended_is_no_second_answer_of_the_unit():
    two = issue(B, "F3", code=TWO_ANSWERS, severity="warning", message_vi="Hai số: 5 [“a.xlsx” › “S” › F3] và 6")
    register = [file(A, 2), file(B, 3, replaces=A)]
    assert state(register, [two], ALL, of=B) == ("closed", B)
    assert state([file(A, 2), file(B, 3)], [two], ALL, of=B) == ("open", "")


def test_an_answer_is_kept_with_the_issue_and_counted():
    answer = {"source_file": A, "issue_code": CODE, "sheet": "S", "cell": "F3", "answer": "explain", "text": "Do mưa"}
    (found,) = issue_history([file(A, 2)], WRONG, SOME, [answer])
    assert (found["state"], found["answer"], found["said"]) == ("answered", "explain", "Do mưa")
    (counted,) = by_file([found, found | {"severity": "info"}])
    assert (counted["issues"], counted["answered"], counted["open"]) == (1, 1, 0)
