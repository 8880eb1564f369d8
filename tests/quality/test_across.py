"""What only several units together show: planted in the figures of a province and its districts."""

import pytest

from planreview import tables
from planreview.pipeline import clean
from planreview.quality import across

COMMUNES, WATER, PEOPLE, HEAD = "XH.07.01", "MT.02.01", "XH.01.01", "KT.01.05"


def figure(area, code, value, period="2019", **more):
    raw = repr(float(value)).removesuffix(".0")
    return {
        "as_of": "2020-11", "round": "2020-11", "provenance": "submitted", "area_code": area, "unit_code": area,
        "indicator_code": code, "period": period, "kind": "actual", "plan": "", "act": "", "value": float(value),
        "value_upper": None, "qualifier": "", "digits": len(raw.partition(".")[2]), "raw": raw, "source_id": "",
        "source_file": f"2020-11/{area}/bieu.xlsx", "sheet": "S", "cell": "J20", "parts": "",
    } | more  # fmt: skip


@pytest.fixture
def province(catalogue):
    """Figures of a whole province that agree: districts' communes and shares, and the province's."""
    districts = catalogue.parts_of("14", "2019")
    years = ("2017", "2018", "2019")
    rows = [figure(d, COMMUNES, 3 + n, year) for year in years for n, d in enumerate(districts)]
    rows += [figure(d, WATER, 80 + n, year) for year in years for n, d in enumerate(districts)]
    rows += [figure(d, "KT.08.01", 900 + 10 * n, year) for year in years for n, d in enumerate(districts)]
    rows += [figure("14", COMMUNES, sum(3 + n for n in range(len(districts))), year) for year in years]
    rows += [figure("14", WATER, 86, year) for year in years]
    rows += [figure("VN", HEAD, 62, provenance="published"), figure("14", HEAD, 38)]
    return rows


def change(rows, area, code, value, years=("2017", "2018", "2019")):
    for row in rows:
        if row["area_code"] == area and row["indicator_code"] == code and row["period"] in years:
            row.update(figure(area, code, value, row["period"]))


def said(rows, catalogue):
    return [(i["code"], i["severity"], i["unit_code"], i["message_vi"]) for i in across(rows, catalogue)]


def test_a_province_that_agrees_with_its_parts_is_left_alone(province, catalogue):
    assert said(province, catalogue) == []


def test_a_sum_of_districts_that_is_not_the_provinces(province, catalogue):
    change(province, "14", COMMUNES, 120, ("2019",))
    ((code, severity, unit, message),) = said(province, catalogue)
    assert (code, severity, unit) == ("check.sum_of_areas", "warning", "14")
    assert "120" in message and "tổng của 12 đơn vị hợp thành 102" in message


def test_districts_that_have_more_than_the_province_before_all_are_known(province, catalogue):
    rows = [r for r in province if not (r["area_code"] == "119" and r["indicator_code"] == COMMUNES)]
    assert said(rows, catalogue) == []
    change(rows, "14", COMMUNES, 60, ("2019",))
    ((code, _, _, message),) = said(rows, catalogue)
    assert code == "check.sum_of_areas" and "11/12 đơn vị" in message


def test_a_rate_beyond_those_of_all_districts(province, catalogue):
    change(province, "14", WATER, 99, ("2019",))
    ((code, severity, _, message),) = said(province, catalogue)
    assert (code, severity) == ("check.between_areas", "warning")
    assert "từ 80 đến 91 %" in message


@pytest.mark.parametrize(("value", "words"), [(380, "cao hơn 6,1 lần"), (3.8, "thấp hơn 16,3 lần")])
def test_a_level_per_head_far_from_the_nations(province, catalogue, value, words):
    change(province, "14", HEAD, value)
    ((code, severity, _, message),) = said(province, catalogue)
    assert (code, severity) == ("check.larger_area", "warning") and words in message


def test_more_than_the_whole_nation(province, catalogue):
    rows = [*province, figure("VN", PEOPLE, 96_000_000, provenance="published"), figure("14", PEOPLE, 1_200_000_000)]
    assert [code for code, *_ in said(rows, catalogue)] == ["check.larger_area"]


def test_a_simulated_province_has_no_place_in_the_nation(province, catalogue):
    rows = [row | {"provenance": "simulated"} for row in province if row["area_code"] != "VN"]
    rows[-1]["value"] = 3800.0
    assert said([*rows, figure("VN", HEAD, 62, provenance="published")], catalogue) == []


def test_a_districts_row_of_fractions_is_an_error_and_names_no_other_district(province, catalogue):
    change(province, "125", WATER, 0.85)
    found = said([r for r in province if r["area_code"] != "14"], catalogue)
    assert [(code, severity, unit) for code, severity, unit, _ in found] == [("unit.magnitude", "error", "125")] * 3
    names = [catalogue.units[d].name for d in catalogue.parts_of("14", "2019")]
    assert all("nhỏ hơn khoảng 100 lần" in m and not any(n in m for n in names) for *_, m in found)


def test_a_districts_row_a_thousand_times_the_others_is_a_question(province, catalogue):
    change(province, "125", "KT.08.01", 950_000)
    found = said(province, catalogue)
    assert [(code, severity) for code, severity, *_ in found] == [("unit.magnitude", "warning")] * 3


def test_a_districts_zeros_of_what_all_others_have_are_no_numbers(province, catalogue):
    change(province, "125", "KT.08.01", 0)
    found = said(province, catalogue)
    assert [(code, severity, unit) for code, severity, unit, _ in found] == [
        ("check.zero_of_areas", "error", "125")
    ] * 3
    assert "3 kỳ đều ghi 0" in found[0][3]


@pytest.mark.parametrize(
    ("area", "code", "value", "years"),
    [
        ("125", "KT.08.01", 0, ("2018", "2019")),  # nothing any more, or not yet
        ("125", COMMUNES, 0, ("2017", "2018", "2019")),  # what is reached one by one begins with none
        ("126", "KT.08.01", 2, ("2017", "2018", "2019")),  # one that has next to nothing: another may have nothing
    ],
)
def test_zeros_that_may_well_be_are_left_alone(province, catalogue, area, code, value, years):
    change(province, area, code, value, years)
    if area == "126":
        change(province, "125", code, 0)
    assert [c for c, *_ in said(province, catalogue) if c == "check.zero_of_areas"] == []


def test_one_odd_year_is_no_unit_of_measure(province, catalogue):
    change(province, "125", "KT.08.01", 950_000, ("2019",))
    assert said(province, catalogue) == []


def test_a_rate_and_its_parts_from_several_offices(province, catalogue):
    offices = [
        figure("14", "KT.03.02", 42, unit_code="SKHDT"),
        figure("14", "KT.03.01", 21000, unit_code="SKHDT"),
        figure("14", "KT.01.02", 50000, unit_code="CTK"),
    ]
    assert said([*province, *offices], catalogue) == []
    offices[0] = figure("14", "KT.03.02", 47, unit_code="SKHDT")
    ((code, severity, unit, message),) = said([*province, *offices], catalogue)
    assert (code, severity, unit) == ("check.ratio_of_units", "warning", "SKHDT")
    assert "21.000" in message and "50.000" in message and "cho 42" in message


def test_targets_and_sums_that_we_made_are_not_compared(province, catalogue):
    change(province, "14", COMMUNES, 120)
    for row in province:
        row.update({"kind": "target"} if row["area_code"] != "14" else {"parts": "x"})
    assert said(province, catalogue) == []


def test_a_contested_row_is_not_chosen_until_a_correction_mends_it(sandbox, catalogue):
    header = ["STT", "Chỉ tiêu", "ĐVT", "TH 2016", "TH 2017", "TH 2018"]
    indicator = catalogue.indicators["HT.03.02"]  # a rate of which checks.csv says nothing
    districts = catalogue.parts_of("14", "2018")[:9]
    for n, district in enumerate(districts):
        values = [0.042, 0.054, 0.071] if n == 4 else [4 + n / 10, 5 + n / 10, 7 + n / 10]
        row = [1, indicator.name, indicator.unit, *values]
        sandbox.workbook(f"2020-11/{district}", [["BIỂU CHỈ TIÊU"], header, row])
    clean(sandbox.project)
    crossed = tables.read("cross_checks", sandbox.project.processed / "cross_checks")
    assert {*crossed["unit_code"]} == {districts[4]}
    assert chosen(sandbox, districts[4]) == [None, None, None]
    lines = [suggestion.split("corrections.csv: “")[1].split("”")[0] for suggestion in crossed["suggestion_vi"]]
    with (sandbox.root / "data/reference/corrections.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line.replace('<người quyết định>', 'Nguyễn Văn A')}\n" for line in lines)
    clean(sandbox.project)
    assert chosen(sandbox, districts[4]) == [4.2, 5.4, 7.1]


def chosen(sandbox, area):
    figures = tables.read("figures", sandbox.project.processed / "figures")
    return [f["value"] for f in tables.records(figures[figures["area_code"] == area])]
