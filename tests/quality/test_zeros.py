"""Rows of zeros are no numbers where something says that there must be one; real zeros are left alone."""

import pytest
from tests.quality.forms import EARLY, Form, written

from planreview.figures import doubted
from planreview.quality import compare
from planreview.tables import frame

HOUSEHOLDS, POOR_RATE, PIGS, COWS, DAIRY = "XH.01.04", "XH.03.02", "KT.06.14", "KT.06.13", "KT.06.13.1"
INCOME = "KT.01.07"


@pytest.fixture
def form(catalogue) -> Form:
    return Form(catalogue)


def said(form: Form) -> list[dict]:
    return [i for i in compare(form.rows, form.catalogue) if i["code"] == "check.zero_row"]


def empty(form: Form, code: str, *, target: bool | None = None, early: bool = False) -> None:
    """Zeros for a line of the later form, or of both; ``target`` False: only its results."""
    for row in form.rows:
        mine = row["indicator_code"] == code and (early or row["round"] != EARLY)
        if mine and target in (None, row["kind"] == "target"):
            row.update(written(0))


def test_a_row_that_had_numbers_in_the_round_before(form):
    empty(form, HOUSEHOLDS)
    found = said(form)
    assert len(found) == len(form.periods(HOUSEHOLDS)) and {i["severity"] for i in found} == {"error"}
    assert "đợt trước ghi" in found[0]["message_vi"] and ",confirm,125,125,XH.01.04," in found[0]["suggestion_vi"]
    contested = {cell for _, _, cell in doubted(frame("issues", found))}
    assert contested == {form.row(HOUSEHOLDS, p)["cell"] for p in form.periods(HOUSEHOLDS)}


def test_what_can_never_be_zero(form):
    empty(form, INCOME, early=True)
    assert {i["severity"] for i in said(form)} == {"error"}
    assert "không thể bằng 0" in said(form)[0]["message_vi"]


def test_a_total_whose_part_is_a_number_and_a_rate_of_what_was_counted(form):
    empty(form, COWS, early=True)
    empty(form, POOR_RATE, early=True)
    messages = {i["indicator_code"]: i["message_vi"] for i in said(form)}
    assert "Đàn bò sữa" in messages[COWS] and "Số hộ nghèo" in messages[POOR_RATE]


def test_what_is_published_of_the_area_is_none(form):
    empty(form, PIGS, early=True)
    assert said(form) == []
    row = form.row(PIGS, "2018")
    form.rows.append(
        row
        | written(61234)
        | {"provenance": "published", "source_id": "S01", "source_file": "p.xlsx", "kind": "actual"}
    )
    assert "số công bố là 61.234" in said(form)[0]["message_vi"]


def test_a_few_rows_of_zeros_may_be_real_and_many_are_asked_about_once_a_sheet(form):
    bare = [c for c in form.codes() if c.startswith("KT.06.0") and c.endswith(".3")]
    empty(form, bare[0], early=True)
    assert said(form) == []
    form.rows = [r for r in form.rows if r["indicator_code"] in {*bare[:4], PIGS, HOUSEHOLDS}]
    for code in bare[:4]:
        empty(form, code, early=True)
    found = said(form)
    assert {(i["severity"], i["cell"]) for i in found} == {("warning", "")}
    assert "4/6 dòng" in found[-1]["message_vi"]


def test_targets_that_nobody_filled_in_beside_results(form):
    codes = [c for c in form.codes() if c.startswith("KT.02.01")]
    empty(form, codes[0], target=True)
    assert said(form) == []  # one row may be meant
    for code in codes[:5]:
        empty(form, code, target=True)
    found = said(form)
    assert {i["indicator_code"] for i in found} == {*codes[:5]}
    assert "cột này có 5 dòng như vậy" in found[0]["message_vi"]


def test_in_a_column_of_zeros_what_falls_was_not_filled_in_either(form):
    empty(form, POOR_RATE, target=True)
    for code in [c for c in form.codes() if c.startswith("KT.06")][:12]:
        empty(form, code, target=True)
    assert POOR_RATE in {i["indicator_code"] for i in said(form)}


def test_what_falls_to_nothing_may_be_planned_as_none(form):
    for code in ("XH.03.01", "XH.03.02", "XH.03.04", "XH.05.05"):
        if code in form.codes():
            empty(form, code, target=True)
    assert said(form) == []
