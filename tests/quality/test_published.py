"""Published figures that contradict each other are said, with both numbers and sources; the others are left alone."""

import csv
from itertools import count

import pytest

from planreview.catalogue import Catalogue
from planreview.quality import CODES, compare

NTM, HEAD, SCHOOLS, STANDARD, SHARE = "XH.07.01", "KT.01.05", "XH.04.01", "XH.04.02", "XH.04.03"
_cells = count(1)


def given(code, period, value, source, kind="actual", **more):
    return {
        "round": "2022-12", "unit_code": "14", "area_code": "14", "indicator_code": code, "period": period,
        "kind": kind, "plan": "congress" if kind == "target" else "", "act": "", "value": value,
        "value_upper": None, "qualifier": "", "digits": len(str(value).partition(".")[2]), "source_id": source,
        "source_file": "a.xlsx", "sheet": source, "cell": f"F{next(_cells)}", "raw": str(value), "hidden": False,
        "provenance": "published",
    } | more  # fmt: skip


def said(catalogue, *observations):
    return [(i["code"], i["severity"], i["message_vi"]) for i in compare(list(observations), catalogue)]


@pytest.mark.parametrize(
    ("observations", "code", "severity", "words"),
    [
        (
            [given(NTM, "2020", 49, "S1"), given(NTM, "2020", 52, "S2")],
            "source.clash", "warning", ["49 [S1]", "52 [S2]"],
        ),
        (
            [given(HEAD, "2020", 44.1, "S35", "estimate"), given(HEAD, "2020", 39.8, "N29")],
            "source.estimate", "warning", ["44,1 [S35]", "39,8 [N29]"],
        ),
        (
            [given(HEAD, "2020", 40.1, "S35", "estimate"), given(HEAD, "2020", 39.8, "N29")],
            "source.estimate", "info", ["40,1 [S35]"],
        ),
        (
            [given(HEAD, "2020", 39.81, "S1"), given(HEAD, "2022", 39.81, "S2")],
            "source.same_number", "warning", ["39,81 [S1] cho năm 2020", "39,81 [S2] cho năm 2022"],
        ),
        (
            [given(HEAD, "2025", 60, "S1", "target", act="A (09/2020)"),
             given(HEAD, "2025", 62, "S2", "target", act="B")],
            "source.adjusted", "info", ["60 [S1] (A (09/2020))", "62 [S2] (B)"],
        ),
        (
            [given(NTM, "2023-M5", 59, "S32"), given(NTM, "2023", 65, "N37")],
            "source.moment", "info", ["5 tháng năm 2023"],
        ),
        (
            [given(NTM, str(year), value, "GSO") for year, value in ((2011, 571), (2012, 773), (2013, 605))],
            "source.spike", "warning", ["571 [GSO], 773 [GSO], 605 [GSO]", "năm 2012"],
        ),
    ],
)  # fmt: skip
def test_a_contradiction_is_said_with_its_numbers_and_sources(catalogue, observations, code, severity, words):
    ((found, how, message),) = said(catalogue, *observations)
    assert (found, how) == (code, severity)
    assert all(w in message for w in words), message


@pytest.mark.parametrize(
    "observations",
    [
        [given(NTM, "2020", 49, "S1"), given(NTM, "2020", 49, "S2")],
        [given(HEAD, "2020", 39.8, "S1"), given(HEAD, "2020", 40, "S2")],  # within the coarser one's rounding
        [given(NTM, "2020", 49, "S1"), given(NTM, "2020", 45, "S2", qualifier=">=")],
        [given(NTM, "2020", 49, "S1"), given(NTM, "2021", 49, "S2")],  # two digits may be equal by chance
        [given(HEAD, "2020", 123.5, "S1"), given(HEAD, "2021", 123.5, "S1")],  # one source may well say so
        [given(NTM, "2020", 23, "S1", "target"), given(NTM, "2020", 49, "S1")],
        [given(HEAD, "2020-M6", 20, "S1"), given(HEAD, "2020", 40, "S1")],  # a flow grows within the year
        [given(NTM, str(year), value, "GSO") for year, value in ((2011, 10), (2012, 14), (2013, 18))],
    ],
)
def test_what_does_not_contradict_is_left_alone(catalogue, observations):
    assert said(catalogue, *observations) == []


def test_a_submitted_form_may_be_put_right_from_round_to_round(catalogue):
    forms = [given(NTM, "2020", 49, "", provenance="submitted", round=r) for r in ("2020-06", "2020-11")]
    assert [(c, s) for c, s, _ in said(catalogue, forms[0], forms[1] | {"value": 52})] == [("check.revised", "info")]
    within = [forms[0], forms[0] | {"value": 52, "cell": "F2"}]
    ((code, _, message),) = said(catalogue, *within)
    assert code == "check.two_answers"
    assert "49" in message and "52" in message


def test_two_files_that_differ_in_many_numbers_are_said_once(catalogue):
    def files(years: int) -> list[dict]:
        return [
            given(NTM, str(2000 + n), 40 + n + extra, "", provenance="submitted", source_file=name, cell=f"F{n}")
            for n in range(years)
            for name, extra in (("a.xlsx", 0), ("b.xlsx", 1))
        ]

    assert len(said(catalogue, *files(10))) == 10
    ((code, _, message),) = said(catalogue, *files(11))
    assert code == "check.two_answers"
    assert "khác tệp “a.xlsx” của cùng đơn vị ở 11 số" in message and message.count("năm 20") == 3


@pytest.fixture
def edited(sandbox):
    """A catalogue with some cells of one line of indicators.csv changed."""

    def build(code, **cells) -> Catalogue:
        path = sandbox.root / "data/reference/indicators.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["code"] == code:
                row.update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return Catalogue(sandbox.root / "data/reference")

    return build


def test_a_rate_that_its_own_parts_do_not_give(edited):
    catalogue = edited(SHARE, additive="no", numerator=STANDARD, denominator=SCHOOLS, ratio_scale="100")
    parts = given(STANDARD, "2023", 369, "S40"), given(SCHOOLS, "2023", 597, "S40")
    ((code, _, message),) = said(catalogue, *parts, given(SHARE, "2023", 66.33, "S40"))
    assert code == "source.ratio"
    assert all(w in message for w in ("66,33 [S40]", "369 [S40]", "597 [S40]", "61,81"))
    assert said(catalogue, *parts, given(SHARE, "2023", 61.8, "S40")) == []
    assert said(catalogue, *parts, given(SHARE, "2023", 66.33, "S41")) == []  # another source may count otherwise


def test_a_stated_change_implies_another_beginning(edited):
    catalogue = edited("KH.01.04", change_of="KT.03.01", change_base="previous_term")
    end = given("KT.03.01", "2021-2025", 120000, "S1", "target")
    change = given("KH.01.04", "2021-2025", 40000, "S2", "target")
    ((code, _, message),) = said(
        catalogue, end, change, given("KT.03.01", "2016-2020", 90000, "S3", "target", plan="master_plan")
    )
    assert code == "source.implied_base"
    assert "80.000" in message and "90.000 [S3]" in message
    assert said(catalogue, end, change, given("KT.03.01", "2016-2020", 80000, "S3", "target")) == []


def test_a_doubt_in_words_stands_at_its_cell(sandbox):
    doubts = sandbox.root / "data/reference/doubts.csv"
    header = "area_code,indicator_code,period,source_id,message_vi,suggestion_vi\n"
    doubts.write_text(f"{header}14,{NTM},2020,S01,Nguồn dịch từ tiếng Thái.,Hãy xem lại nguồn\n", encoding="utf-8")
    catalogue = Catalogue(sandbox.root / "data/reference")
    ((code, _, message),) = said(catalogue, given(NTM, "2020", 49, "S01"), given(NTM, "2019", 40, "S01"))
    assert code == "source.doubt"
    assert message.endswith("49 [S01]. Nguồn dịch từ tiếng Thái.")


def test_codes_are_of_the_families_of_the_contract():
    assert {c.split(".")[0] for c in CODES} <= {"source", "check", "unit"}
