"""Each check finds the error that a test plants in a clean form, and says nothing of the clean one."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quality.forms import EARLY, LATE, Form, written

from planreview.figures import doubted
from planreview.quality import compare
from planreview.tables import check, frame

CREDIT, WATER, HOUSEHOLDS = "KT.05.04", "MT.02.01", "XH.01.04"
_SAID_OF_ALL = {"check.revised", "check.target_reached"}  # notes of severity info on the clean forms


@pytest.fixture
def form(catalogue) -> Form:
    return Form(catalogue)


def issues(form: Form) -> list[dict]:
    return compare(form.rows, form.catalogue)


def at(form: Form, code: str, period: str) -> list[tuple[str, str]]:
    """(code, severity) of the issues at one cell of the later form."""
    row = form.row(code, period)
    found = [i for i in issues(form) if (i["round"], i["cell"]) == (row["round"], row["cell"])]
    return sorted({(i["code"], i["severity"]) for i in found})


def message(form: Form, code: str) -> str:
    (found,) = [i for i in issues(form) if i["code"] == code and i["severity"] != "info"]
    return found["message_vi"] + " | " + found["suggestion_vi"]


def test_clean_forms_give_no_error_and_no_warning(form):
    found = issues(form)
    assert [i for i in found if i["severity"] != "info"] == []
    assert {i["code"] for i in found} <= _SAID_OF_ALL


@pytest.mark.parametrize(
    ("indicator", "period", "value", "expected", "words"),
    [
        ("KT.02.02", "2018", 9999, ("check.total", "warning"), ["9.999", "10.365", "-366 tỷ đồng"]),
        ("KT.06.13.1", "2018", 99999, ("check.part", "warning"), ["Đàn bò sữa", "99.999", "Đàn bò 35.430"]),
        ("XH.05.04", "2018", 99999, ("check.limit", "error"), ["99.999"]),
        ("XH.03.02", "2018", 16.31, ("check.ratio", "warning"), ["16,31", "5.777", "36.487", "15,83"]),
        ("KT.08.02", "2018", 15.6, ("check.growth", "warning"), ["15,6", "2.184", "2.459", "12,6"]),
        ("XH.03.03", "2018", 5.48, ("check.growth", "warning"), ["5,48", "18,31", "15,83", "2,48"]),
        ("XH.01.03", "2018", 5.7, ("check.range", "warning"), ["5,7", "-1 đến 5 %"]),
        ("KT.02.05", "2017", 77, ("check.outlier", "warning"), ["77", "34,7; 38,4; 46,8; 49,6; 54,7", "khoảng 42"]),
        (HOUSEHOLDS, "2020", 31000, ("check.jump", "warning"), ["31.000", "37.222", "giảm 16,7%"]),
        (HOUSEHOLDS, "2018", 0, ("check.zero", "error"), ["ô trống bị ghi thành 0", ",confirm,125,125,XH.01.04,2018,"]),
        ("KT.08.01", "2017", 2620, ("check.revised", "warning"), ["2.620", "2.184", "+20,0%"]),
        ("KT.08.01", "2020", 4250, ("check.moved", "warning"), ["4.250", "3.031"]),
    ],
)  # fmt: skip
def test_a_wrong_number_is_found_with_its_evidence(form, indicator, period, value, expected, words):
    form.put(indicator, period, value)
    assert expected in at(form, indicator, period)
    said = next(
        i["message_vi"] + i["suggestion_vi"]
        for i in issues(form)
        if i["code"] == expected[0] and i["cell"] == form.row(indicator, period)["cell"]
    )
    assert all(w in said for w in words), said


def test_shares_that_nobody_added_up_make_100(form):
    form.rows = [r for r in form.rows if r["indicator_code"] != "KT.01.04"]
    assert "check.shares" not in {i["code"] for i in issues(form)}
    form.put("KT.01.04.2", "2018", 58.82)
    assert "110,44%" in message(form, "check.shares")


def test_some_shares_are_no_error_but_more_than_100_of_them_are(form):
    form.rows = [r for r in form.rows if r["indicator_code"] not in ("KT.01.04", "KT.01.04.1")]
    assert "check.shares" not in {i["code"] for i in issues(form)}
    form.put("KT.01.04.2", "2018", 78.82)
    assert "không phải 100%" in message(form, "check.shares")


def test_a_part_that_was_not_given_is_no_error_but_parts_larger_than_the_total_are(form):
    form.rows = [r for r in form.rows if r["indicator_code"] != "KT.02.02.3"]
    assert "check.total" not in {i["code"] for i in issues(form)}
    form.put("KT.02.02.1", "2018", 6603)
    assert "mới có 2/3 phần" in message(form, "check.total")


@pytest.mark.parametrize(
    ("indicator", "right", "wrong", "said"),
    [
        ("KT.04.02", 3663, 3900, "cộng lại là 3.663"),  # a sum of years
        ("KT.03.05", 96.5, 99.5, "bình quân là 96,5"),  # a mean
        ("KT.02.04", 6.83, 9.83, "bình quân là 6,83"),  # growth
        (WATER, 100, 92, "ở năm cuối là 100"),
    ],
)
def test_a_five_year_figure_is_held_against_its_years(form, indicator, right, wrong, said):
    form.add_term(indicator, right)
    assert "check.five_year" not in {i["code"] for i in issues(form)}
    form.put(indicator, form.TERM, wrong)
    assert said in message(form, "check.five_year")


@pytest.mark.parametrize(("factor", "back"), [(10, "0.1"), (100, "0.01"), (1000, "0.001"), (0.001, "1000")])
def test_a_number_in_another_unit_than_its_row_is_found_and_mended_only_on_paper(form, factor, back):
    form.times(CREDIT, "2018", factor)
    assert ("unit.scale", "error") in at(form, CREDIT, "2018")
    raw = form.row(CREDIT, "2018")["raw"]
    said = message(form, "unit.scale")
    line = f"125-{CREDIT}-2018-actual-{LATE},scale,125,125,{CREDIT},2018,actual,,{LATE},{back},{raw},"
    assert line in said
    assert "đợt trước ghi 340 (ô" in said
    assert form.row(CREDIT, "2018")["raw"] == raw


def test_ten_times_the_row_is_only_a_question_where_nothing_else_says_so(form):
    form.without(EARLY)
    form.times(CREDIT, "2018", 10)
    assert at(form, CREDIT, "2018") == [("unit.scale", "warning")]
    for code in ("KT.08.01", "KT.02.02.1"):
        form.times(code, "2018", 10)
    assert ("unit.scale", "error") in at(form, CREDIT, "2018")  # three rows of the column by the same factor


def test_the_plan_of_a_row_in_another_unit_is_found(form):
    years = [str(year) for year in range(2021, 2026)]
    for year in years:
        form.times(CREDIT, year, 1000)
    assert all(("unit.scale", "error") in at(form, CREDIT, year) for year in years)
    assert at(form, CREDIT, "2020") == []


def test_of_two_halves_the_one_that_the_round_before_says_too_is_right(form):
    for year in range(2015, 2021):
        form.times(CREDIT, str(year), 1000)
    assert ("unit.scale", "error") in at(form, CREDIT, "2018")
    assert at(form, CREDIT, "2023") == []


def test_a_whole_row_in_another_unit_is_found_by_the_round_before(form):
    for period in form.periods(CREDIT):
        form.times(CREDIT, period, 1000)
    assert all(at(form, CREDIT, period) == [("unit.rounds", "error")] for period in form.periods(CREDIT))


def test_fractions_under_a_percent_sign_are_found(form):
    form.times(WATER, "2018", 0.01)
    assert at(form, WATER, "2018") == [("unit.fraction", "error")]


def test_a_whole_row_of_fractions_is_found_by_what_is_usual(form):
    form.without(EARLY)
    for period in form.periods(WATER):
        form.times(WATER, period, 0.01)
    assert all(at(form, WATER, period) == [("unit.range", "error")] for period in form.periods(WATER))


def test_an_index_for_growth_is_found(form):
    form.put("KT.02.04", "2018", 107.07)
    assert at(form, "KT.02.04", "2018") == [("unit.index", "error")]
    assert ",override,125,125,KT.02.04,2018,actual,,2020-11,7.07,107.07," in message(form, "unit.index")


def test_an_index_for_growth_is_found_by_its_levels(form):
    for year in range(2015, 2026):
        form.put("KT.08.02", str(year), round(100 + form.row("KT.08.02", str(year))["value"], 1))
    assert ("unit.index", "error") in at(form, "KT.08.02", "2018")


def test_what_a_unit_did_wrong_is_not_said_again_as_unusual(form):
    form.times(CREDIT, "2018", 1000)
    assert at(form, CREDIT, "2018") == [("unit.scale", "error")]


@pytest.mark.parametrize("shift", [1, 2, -1, -2])
def test_a_column_that_slid_is_found_in_that_column_only(form, shift):
    codes = form.codes()
    values = {code: form.row(code, "2018")["value"] for code in codes}
    moved = range(60, 80)
    for n in moved:
        form.put(codes[n], "2018", values[codes[n - shift]])
    slid = [i for i in issues(form) if i["code"] == "check.slid"]
    rows = {form.row(codes[n], "2018")["cell"] for n in moved}
    assert {i["cell"] for i in slid} <= rows
    assert len(slid) >= 0.7 * len(rows)
    assert all(i["severity"] == "error" and "lệch" in i["message_vi"] for i in slid)


def test_all_columns_that_slid_are_found_by_the_round_before(form):
    codes = form.codes()
    for period in map(str, range(2015, 2026)):
        values = {code: form.row(code, period)["value"] for code in codes}
        for n in range(60, 80):
            form.put(codes[n], period, values[codes[n - 1]])
    found = Counter(i["cell"][0] for i in issues(form) if i["code"] == "check.slid")
    assert len(found) == 12 and min(found.values()) >= 10


def test_estimates_that_are_the_targets_are_said_once(form):
    for code in form.codes():
        if {"2016-2020", "2020"} <= {*form.periods(code)}:
            form.put(code, "2020", form.row(code, "2016-2020")["value"])
    assert "trùng khít mục tiêu" in message(form, "check.as_target")


def test_a_form_sent_again_is_said_once(form):
    for code in {*form.codes()} & {*form.codes(EARLY)}:
        form.put(code, "2020", form.row(code, "2020", EARLY)["value"])
    assert "giống hệt tệp đợt trước" in message(form, "check.copy")


def test_one_number_in_many_rows_is_said_once(form):
    for code in form.codes()[40:46]:
        form.put(code, "2018", 1234.5)
    said = message(form, "check.repeated")
    assert "1.234,5" in said and "6 chỉ tiêu" in said


def test_a_target_below_what_is_reached_is_said(form):
    form.put("XH.04.02", "2025", 20)
    assert at(form, "XH.04.02", "2025") == [("check.target_reached", "info")]


def test_only_what_cannot_be_right_is_contested(form):
    form.put(HOUSEHOLDS, "2020", 31000)  # unlikely
    form.times(CREDIT, "2018", 1000)  # impossible
    contested = {cell for _, _, cell in doubted(frame("issues", issues(form)))}
    assert contested == {form.row(CREDIT, "2018")["cell"]}


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_typed_gives_issues_that_keep_the_contract(catalogue, data):
    form = Form(catalogue)
    form.rows = [r for r in form.rows if r["indicator_code"].startswith(("KT.02", "KT.08.0", "XH.03"))]
    numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-10, 10).map(float)
    for n in data.draw(st.lists(st.integers(0, len(form.rows) - 1), max_size=12)):
        form.rows[n].update(written(data.draw(numbers)))
    check("issues", frame("issues", issues(form)))


@pytest.mark.parametrize("value", [5e-324, 1.7e308])
def test_the_smallest_and_the_largest_number_stop_no_check(form, value):
    form.row(HOUSEHOLDS, "2018").update(written(value))
    check("issues", frame("issues", issues(form)))


def test_a_hidden_number_counts_where_no_visible_one_does(form):
    visible = form.row(HOUSEHOLDS, "2018")
    form.rows.append(visible | {"value": 0.0, "raw": "0", "digits": 0, "hidden": True, "cell": "ZZ1"})
    assert [i for i in issues(form) if i["severity"] != "info"] == []
    visible["hidden"] = True
    assert [i for i in issues(form) if i["severity"] != "info"] == []
    form.rows.remove(visible)
    assert [i["code"] for i in issues(form) if i["cell"] == "ZZ1"] == ["check.zero"]
