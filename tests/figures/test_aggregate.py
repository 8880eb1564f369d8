"""A whole from its parts: complete or refused, exact, of one provenance, and never a target."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planreview.figures.aggregate import RATIO, SUM, Parts, wholes

NUMBERS = st.decimals(0, 10**9, places=3).map(float)


@pytest.fixture(scope="module")
def districts(catalogue):
    return catalogue.parts_of("14", "2020")


@pytest.fixture(scope="module")
def codes(catalogue):
    """An additive indicator, a rate with additive parts, and one that cannot be added up."""
    known = catalogue.indicators
    rate = next(
        i
        for i in known.values()
        if i.ratio and known[i.ratio.numerator].additive and known[i.ratio.denominator].additive
    )
    growth = next(i for i in known.values() if i.measure == "growth" and i.ratio is None)
    return {"count": "XH.07.01", "rate": rate.code, "growth": growth.code}


def figure(area, code, value, **more):
    return {
        "provenance": "simulated", "area_code": area, "indicator_code": code, "period": "2020", "kind": "actual",
        "plan": "", "act": "", "value": value, "qualifier": "", "digits": 3, "round": "2020-11",
        "figure_id": f"{area}{code}",
    } | more  # fmt: skip


def question(code, **more):
    return tuple({"provenance": "simulated", "code": code, "period": "2020", "kind": "actual", **more}.values())


def test_the_province_has_twelve_districts_until_july_2025_and_then_75_communes(catalogue):
    assert len(catalogue.parts_of("14", "2024")) == len(catalogue.parts_of("14", "2025-M6")) == 12
    assert len(catalogue.parts_of("14", "2025")) == len(catalogue.parts_of("14", "2026")) == 75
    assert {catalogue.units[c].kind for c in catalogue.parts_of("14", "2025")} == {"commune", "ward"}


def test_where_not_all_parts_are_listed_nothing_is_added_up(catalogue):
    assert catalogue.parts_of("VN", "2020") == catalogue.parts_of("119", "2020") == ()
    assert "không liệt kê đủ" in Parts([], catalogue).whole("VN", question("XH.07.01")).reason


@settings(max_examples=50)
@given(data=st.data())
def test_a_sum_is_exact_and_a_missing_part_refuses(catalogue, districts, codes, data):
    values = data.draw(st.lists(NUMBERS, min_size=len(districts), max_size=len(districts)))
    figures = [figure(d, codes["count"], v) for d, v in zip(districts, values, strict=True)]
    total = Parts(figures, catalogue).whole("14", question(codes["count"]))
    assert total.value == sum(Decimal(repr(v)) for v in values)
    gone = data.draw(st.sampled_from(districts))
    refused = Parts([f for f in figures if f["area_code"] != gone], catalogue).whole("14", question(codes["count"]))
    assert refused.value is None
    assert refused.reason == f"thiếu số liệu của {catalogue.units[gone].name}"


@settings(max_examples=50)
@given(data=st.data())
def test_a_rate_comes_from_its_sums_and_never_from_rates(catalogue, districts, codes, data):
    rate = catalogue.indicators[codes["rate"]]
    positive = st.decimals(1, 10**6, places=2).map(float)
    tops = data.draw(st.lists(positive, min_size=len(districts), max_size=len(districts)))
    bottoms = data.draw(st.lists(positive, min_size=len(districts), max_size=len(districts)))
    figures = [figure(d, rate.ratio.numerator, v) for d, v in zip(districts, tops, strict=True)]
    figures += [figure(d, rate.ratio.denominator, v) for d, v in zip(districts, bottoms, strict=True)]
    total = Parts(figures, catalogue).whole("14", question(rate.code))
    assert float(total.value) == pytest.approx(float(rate.ratio.scale) * sum(tops) / sum(bottoms), rel=1e-12)
    assert total.rule == RATIO
    rates_alone = Parts([figure(d, rate.code, 50.0) for d in districts], catalogue).whole("14", question(rate.code))
    assert rates_alone.value is None
    assert rates_alone.reason.startswith("tử số")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": None}, "chưa xác định"),
        ({"qualifier": ">="}, "chưa xác định"),
        ({"qualifier": "range"}, "chưa xác định"),
        ({"provenance": "published"}, "thiếu số liệu"),
        ({"kind": "estimate"}, "thiếu số liệu"),
        ({"period": "2019"}, "thiếu số liệu"),
    ],
)
def test_one_unsure_part_or_one_of_another_kind_refuses(catalogue, districts, codes, change, said):
    figures = [figure(d, codes["count"], 1.0) for d in districts[1:]]
    figures.append(figure(districts[0], codes["count"], 1.0) | change)
    total = Parts(figures, catalogue).whole("14", question(codes["count"]))
    assert total.value is None
    assert said in total.reason


def test_growth_is_not_added_up(catalogue, districts, codes):
    figures = [figure(d, codes["growth"], 7.0) for d in districts]
    assert "không cộng được" in Parts(figures, catalogue).whole("14", question(codes["growth"])).reason


def test_what_the_area_says_itself_is_not_replaced_and_targets_are_never_added_up(catalogue, districts, codes):
    results = [figure(d, codes["count"], 2.0) for d in districts]
    (row,) = wholes(results, catalogue, as_of="2022-12")
    assert (row["area_code"], row["value"], row["selection_rule"]) == ("14", 24, SUM)
    assert row["parts"].split(";") == [f["figure_id"] for f in results]
    assert wholes([*results, figure("14", codes["count"], 23.0)], catalogue, as_of="2022-12") == []
    targets = [f | {"kind": "target", "plan": "proposed"} for f in results]
    assert wholes(targets, catalogue, as_of="2022-12") == []
