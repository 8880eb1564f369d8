"""Revisions: from round to round and from source to source, and whose numbers lean which way."""

import pytest

from planreview import tables
from planreview.evaluate import evaluate, revisions
from planreview.evaluate.revisions import bias


@pytest.fixture
def revised(catalogue):
    def run(*rows, as_of="2022-12"):
        told = [
            {"unit_code": "119", "area_code": "119", "indicator_code": "XH.07.01", "period": "2020", "kind": "estimate",
             "provenance": "submitted", "source_file": f"f{n}", "sheet": "s", "cell": f"A{n}"} | row
            for n, row in enumerate(rows)
        ]  # fmt: skip
        return tables.check("revisions", revisions(tables.frame("observations", told), catalogue, as_of=as_of))

    return run


def test_june_november_and_the_actual_of_march(revised):
    found = revised(
        {"round": "2020-11", "value": 8}, {"round": "2020-06", "value": 10},
        {"round": "2021-03", "kind": "actual", "value": 7},
    )  # fmt: skip
    assert found[["from_round", "to_round", "revision", "relative_revision"]].values.tolist() == [
        ["2020-06", "2020-11", -2, -20], ["2020-11", "2021-03", -1, -12.5],
    ]  # fmt: skip
    assert found["rosy"].tolist() == [True, True]
    assert found[["from_cell", "to_cell"]].values.tolist() == [["A1", "A0"], ["A0", "A2"]]
    assert len(revised({"round": "2020-06", "value": 10}, {"round": "2020-11", "value": 8}, as_of="2020-06")) == 0


def test_rosy_follows_the_direction(revised):
    poverty = {"indicator_code": "XH.03.02"}
    found = revised({"round": "2020-06", "value": 10} | poverty, {"round": "2020-11", "value": 12} | poverty)
    assert found["rosy"].tolist() == [True]
    shares = {"indicator_code": "KT.01.04.3"}
    assert not revised({"round": "2020-06", "value": 10} | shares, {"round": "2020-11", "value": 12} | shares)[
        "rosy"
    ].any()


def test_what_is_no_revision(revised):
    """Two answers in one round, hidden cells, bounds, targets, months, another unit's number."""
    later = {"round": "2020-11", "value": 8}
    for earlier in (
        [{"round": "2020-06", "value": 9}, {"round": "2020-06", "value": 10}],
        [{"round": "2020-06", "value": 9, "hidden": True}],
        [{"round": "2020-06", "value": 9, "qualifier": ">="}],
        [{"round": "2020-06", "value": 9, "kind": "target", "plan": "council"}],
        [{"round": "2020-06", "value": 9, "unit_code": "SYT"}],
    ):
        assert revised(*earlier, later).empty


def test_published_sources_go_by_their_date(revised, catalogue):
    dated = catalogue.sources[catalogue.sources["date"] != ""].sort_values("date")["source_id"]
    old, new = dated.iloc[0], dated.iloc[-1]
    source = {"provenance": "published", "round": "2020-06", "kind": "actual"}
    found = revised(source | {"source_id": new, "value": 5}, source | {"source_id": old, "value": 4})
    assert found[["from_source", "to_source", "revision"]].values.tolist() == [[old, new, 1]]
    assert revised(source | {"source_id": old, "value": 5}, source | {"source_id": old, "value": 4}).empty


def test_the_known_clash_of_the_published_sources_is_found(shipped, catalogue):
    """GRDP a head of 2022: 48,9 in an earlier source, 39,8 in a later one that misdates it."""
    data = tables.read("observations", shipped.processed / "observations")
    found = revisions(data, catalogue, as_of="2026-03")
    found = found[(found["indicator_code"] == "KT.01.05") & (found["period"] == "2022") & (found["area_code"] == "14")]
    assert [48.9, 39.8] in found[["from_value", "to_value"]].values.tolist()


def test_bias_counts_what_did_not_change_too(revised):
    pairs = revised(
        {"round": "2020-06", "value": 10}, {"round": "2020-11", "value": 9},
        {"round": "2020-06", "value": 20, "period": "2019"}, {"round": "2020-11", "value": 20, "period": "2019"},
    )  # fmt: skip
    (row,) = bias(pairs, ["unit_code"]).to_dict("records")
    assert (row["n"], row["n_changed"], row["mean_relative_revision"], row["share_rosy"]) == (2, 1, -5, 1)


def test_nothing_is_compared_across_a_break_of_definition(catalogue):
    def figure(period, value, kind="actual", **more):
        return {"as_of": "2022-12", "provenance": "submitted", "area_code": "14", "indicator_code": "XH.03.05",
                "period": period, "kind": kind, "value": value, "n_candidates": 1, "selection_rule": "only",
                "round": "2020-06", "figure_id": period + kind} | more  # fmt: skip

    goal = figure("2020", 900, "target", plan="council")
    rows = [figure("2015", 400), figure("2020", 800), goal, figure("2025", 950, "target", plan="council")]
    cycle = catalogue.default_cycle
    (row,) = evaluate(tables.frame("figures", rows), catalogue, cycle, as_of="2022-12").to_dict("records")
    assert row["status"] == "không đạt"
    for column in ("baseline", "share_of_change", "status_index", "required_pace", "achieved_pace"):
        assert row[column] != row[column]  # not known
    assert row["break_note"].startswith("từ năm 2016: chuẩn nghèo đa chiều")
