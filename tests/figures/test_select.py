"""One number per question: who is believed, and what stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview import tables
from planreview.figures import select_figures

ROUNDS = ["2020-06", "2020-11", "2021-03", "2022-12"]


@pytest.fixture(scope="module")
def choose(catalogue):
    code = next(iter(catalogue.indicators))

    def run(*candidates, as_of="2022-12", received=None):
        rows = [
            {"round": "2020-06", "unit_code": "14", "area_code": "14", "indicator_code": code, "period": "2020",
             "kind": "actual", "source_file": "a.xlsx", "sheet": "S", "cell": f"A{n}", "provenance": "submitted"} | c
            for n, c in enumerate(candidates, start=1)
        ]  # fmt: skip
        figures = select_figures(tables.frame("observations", rows), catalogue, as_of=as_of, received=received or {})
        return tables.check("figures", figures)

    return run


def only(figures):
    (row,) = tables.records(figures)
    return row["value"], row["selection_rule"]


def test_the_later_round_counts_as_far_as_it_may_be_known(choose):
    candidates = [{"value": 1.0}, {"value": 2.0, "round": "2020-11"}, {"value": 3.0, "round": "2021-03"}]
    assert only(choose(*candidates)) == (3, "later_round")
    assert only(choose(*candidates, as_of="2020-11")) == (2, "later_round")
    assert only(choose(*candidates, as_of="2020-06")) == (1, "only")


def test_the_area_itself_goes_before_anybody_else(choose):
    assert only(choose({"value": 1.0}, {"value": 2.0, "unit_code": "VN", "round": "2022-12"})) == (1, "own_area")


def test_equal_values_are_one_candidate(choose):
    figures = choose({"value": 2.0}, {"value": 2.0, "sheet": "T"})
    assert only(figures) == (2, "equal")
    assert figures.loc[0, "n_candidates"] == 1


def test_a_tie_stays_open_with_both_ends(choose):
    figures = choose({"value": 82.7}, {"value": 95.7})
    assert only(figures) == (None, "tie")
    assert figures.loc[0, ["min", "max", "n_candidates"]].tolist() == [82.7, 95.7, 2]


def test_the_file_that_came_later_counts_where_that_is_known(choose):
    candidates = [{"value": 1.0}, {"value": 2.0, "source_file": "b.xlsx"}]
    times = {"a.xlsx": "2020-06-29T10:00:00+07:00", "b.xlsx": "2020-06-29T04:00:00+00:00"}
    assert only(choose(*candidates, received=times))[0] == 2
    assert only(choose(*candidates, received=times | {"b.xlsx": None})) == (None, "tie")


def test_hidden_cells_count_only_alone(choose):
    assert only(choose({"value": 1.0, "hidden": True}, {"value": 2.0})) == (2, "only")
    assert only(choose({"value": 1.0, "hidden": True})) == (1, "only")


def test_targets_in_words_agree_by_their_words(choose):
    words = {"kind": "target", "plan": "five_year", "qualifier": "text"}
    assert only(choose(words | {"raw": "Xuất siêu"}, words | {"raw": "Xuất siêu", "sheet": "T"})) == (None, "equal")
    assert only(choose(words | {"raw": "Xuất siêu"}, words | {"raw": "Nhập siêu"})) == (None, "tie")


def test_provenances_plans_and_acts_are_never_mixed(choose):
    goal = {"kind": "target", "value": 1.0}
    figures = choose(
        goal | {"plan": "five_year"}, goal | {"plan": "master_plan"}, goal | {"plan": "five_year", "act": "NQ 1"},
        goal | {"plan": "five_year", "provenance": "published"},
        goal | {"plan": "five_year", "provenance": "simulated"},
    )  # fmt: skip
    assert len(figures) == 5
    assert set(figures["selection_rule"]) == {"only"}


@given(st.lists(st.tuples(st.sampled_from(ROUNDS), st.integers(0, 3)), min_size=1, max_size=8), st.randoms())
def test_the_order_of_rows_chooses_nothing(choose, candidates, random):
    rows = [{"round": r, "value": float(v), "cell": f"A{n}"} for n, (r, v) in enumerate(candidates, start=1)]
    shuffled = random.sample(rows, len(rows))
    assert choose(*rows).equals(choose(*shuffled))


def test_two_agencies_that_differ_are_a_tie_whoever_wrote_last(choose):
    candidates = [{"value": 40.0, "unit_code": "A"}, {"value": 49.0, "unit_code": "B", "source_file": "b.xlsx"}]
    times = {"a.xlsx": "2020-06-01T00:00:00+07:00", "b.xlsx": "2020-06-02T00:00:00+07:00"}
    assert only(choose(*candidates, received=times)) == (None, "tie")


def test_a_bound_is_no_rival_of_a_number_that_satisfies_it(choose):
    assert only(choose({"value": 82789.0}, {"value": 82780.0, "qualifier": ">="}))[0] == 82789
    assert only(choose({"value": 61.8}, {"value": 62.0, "qualifier": ">="})) == (None, "tie")


BELIEF = ("14", "SYT", "STC")  # the area itself, the agency responsible for doctors, another one


@given(st.lists(st.tuples(st.sampled_from(BELIEF), st.sampled_from(ROUNDS), st.integers(0, 2)), min_size=1, max_size=8))
def test_who_is_believed_then_the_later_round(choose, candidates):
    rows = [
        {"unit_code": unit, "round": r, "value": float(v), "cell": f"A{n}", "indicator_code": "XH.05.02"}
        for n, (unit, r, v) in enumerate(candidates, start=1)
    ]
    best = min((BELIEF.index(unit), -ROUNDS.index(r)) for unit, r, _ in candidates)
    values = {v for unit, r, v in candidates if (BELIEF.index(unit), -ROUNDS.index(r)) == best}
    value, rule = only(choose(*rows))
    assert (value, rule == "tie") == ((values.pop(), False) if len(values) == 1 else (None, True))


def test_bounds_of_results_and_targets(choose):
    low, high = {"value": 80.0, "qualifier": ">="}, {"value": 80.0, "qualifier": "<="}
    assert only(choose(low, high)) == (None, "tie")
    assert only(choose(low, {"value": 80.0})) == (80, "equal")
    assert only(choose(low, {"value": 95.0})) == (95, "bound_satisfied")
    goal = {"kind": "target", "plan": "council"}
    assert only(choose(goal | low, goal | {"value": 95.0})) == (None, "tie")  # two targets, and none is chosen
    assert only(choose(goal | low, goal | {"value": 80.0}))[0] == 80
