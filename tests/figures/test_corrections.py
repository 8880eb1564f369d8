"""Corrections change figures in the open, and only while the cell says what was corrected."""

import csv
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.catalogue.corrections import Correction
from planreview.catalogue.texts import plain
from planreview.errors import ReferenceDataError
from planreview.figures import doubted, select_figures
from planreview.figures.corrections import correct, lessened, set_aside
from planreview.quality.contradictions import contradictions

CODE = "XH.07.01"
LINE = {
    "correction_id": "HC01", "action": "drop", "unit_code": "14", "area_code": "", "indicator_code": CODE,
    "period": "2020", "kind": "actual", "plan": "", "round": "2020-11", "value": "", "expect": "49",
    "reason": "gõ nhầm", "who": "Nguyễn Văn A", "when": "2020-12-01",
}  # fmt: skip


@pytest.fixture
def catalogue_with(sandbox):
    """A catalogue with these lines of corrections.csv, each a change of LINE."""

    def build(*changes) -> Catalogue:
        reference = sandbox.root / "data/reference"
        with (reference / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(LINE))
            writer.writeheader()
            writer.writerows(LINE | {"correction_id": f"HC{n}"} | change for n, change in enumerate(changes, 1))
        return Catalogue(reference)

    return build


def observation(**more):
    return {
        "round": "2020-11", "unit_code": "14", "area_code": "14", "indicator_code": CODE, "period": "2020",
        "kind": "actual", "plan": "", "source_file": "a.xlsx", "sheet": "S", "cell": "F1", "raw": "49", "value": 49.0,
        "value_upper": None,
        "provenance": "submitted",
    } | more  # fmt: skip


def figures(catalogue, *observations, contested=()):
    data = select_figures(
        tables.frame("observations", observations), catalogue, as_of="2022-12", received={}, contested=contested
    )
    return [
        (f["value"], f["selection_rule"], f["correction_id"]) for f in tables.records(tables.check("figures", data))
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"action": "override", "value": "59"}, [(59.0, "correction", "HC1")]),
        ({"action": "scale", "value": "0.001"}, [(0.049, "correction", "HC1")]),
        ({"action": "flag"}, [(None, "contested", "HC1")]),
        ({"action": "confirm"}, [(49.0, "correction", "HC1")]),
        ({"action": "drop"}, []),
        ({"action": "drop", "area_code": "119"}, [(49.0, "only", "")]),
        ({"action": "drop", "expect": "94"}, [(49.0, "only", "")]),
        ({"action": "drop", "round": "2020-06"}, [(49.0, "only", "")]),
        ({"action": "drop", "unit_code": "VN"}, [(49.0, "only", "")]),
    ],
)
def test_a_correction_and_what_it_does_not_touch(catalogue_with, change, expected):
    assert figures(catalogue_with(change), observation()) == expected


def test_a_tie_is_settled_by_dropping_one_side(catalogue_with):
    two = observation(), observation(cell="F2", raw="59", value=59.0)
    assert figures(catalogue_with(), *two) == [(None, "tie", "")]
    assert figures(catalogue_with({"action": "drop"}), *two) == [(59.0, "only", "")]


def test_a_contested_number_is_not_chosen_until_it_is_confirmed(catalogue_with):
    place = ("a.xlsx", "S", "F1")
    assert figures(catalogue_with(), observation(), contested={place}) == [(None, "contested", "")]
    confirmed = catalogue_with({"action": "confirm"})
    assert figures(confirmed, observation(), contested={place}) == [(49.0, "correction", "HC1")]


def test_only_errors_of_checks_contest():
    issue = {
        "severity": "error",
        "code": "check.unit",
        "message_vi": "x",
        "source_file": "a",
        "sheet": "S",
        "cell": "F1",
    }
    data = tables.frame("issues", [issue, issue | {"cell": "F2", "severity": "warning"}, issue | {"cell": ""}])
    assert doubted(data) == {("a", "S", "F1")}


def test_a_correction_whose_cell_has_changed_is_set_aside_with_a_warning(catalogue_with):
    catalogue = catalogue_with({"action": "drop"})
    assert set_aside([observation()], catalogue, "14") == []
    (warning,) = set_aside([observation(raw="52", value=52.0)], catalogue, "14")
    assert (warning["severity"], warning["code"], warning["cell"]) == ("warning", "check.correction_set_aside", "F1")
    assert "“49”" in warning["message_vi"] and "“52”" in warning["message_vi"]
    (gone,) = set_aside([], catalogue, "14")
    assert "không còn số nào" in gone["message_vi"]
    assert set_aside([], catalogue, "VN") == []


@given(
    raw=st.sampled_from(["49", " 49 ", "4 9", "49.0"]) | st.text(min_size=1),
    factor=st.decimals("0.001", 1000, places=3),
    value=st.integers(-(10**6), 10**6),
)
def test_the_guard_decides_and_scaling_is_exact(catalogue, raw, factor, value):
    line = {k: v for k, v in LINE.items() if k not in ("correction_id", "value", "action")}
    correction = Correction(id="HC", action="scale", value=factor, **line)
    (row,) = correct([observation(raw=raw, value=value / 100, digits=2)], [correction])
    if plain(raw) == "49":
        assert row["value"] == float(Decimal(repr(value / 100)) * factor)
    else:
        assert row["value"] == value / 100


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"action": "sửa"}, "cột action chỉ nhận"),
        ({"reason": ""}, "để trống cột reason"),
        ({"action": "override"}, "cột value phải điền"),
        ({"action": "drop", "value": "3"}, "chỉ khi đó"),
        ({"action": "override", "value": "3,5"}, "dấu chấm thập phân"),
        ({"action": "override", "value": "NaN"}, "số hữu hạn"),
        ({"action": "scale", "value": "0"}, "lớn hơn 0"),
        ({"period": "giữa kỳ"}, "cột period phải viết như"),
        ({"kind": "estimat"}, "cột kind chỉ nhận"),
        ({"kind": "target"}, "cột plan chỉ nhận"),
        ({"round": "2020-6"}, "mã không có: 2020-6"),
        ({"unit_code": "XYZ"}, "mã không có: XYZ"),
        ({"area_code": "99"}, "mã không có: 99"),
        ({"indicator_code": "KT.99"}, "mã không có: KT.99"),
    ],
)
def test_a_slip_in_the_file_is_named(catalogue_with, change, said):
    with pytest.raises(ReferenceDataError, match=said):
        catalogue_with(change)


def two_answers(catalogue):
    """The issues of two sheets that give one answer each, under the catalogue's corrections."""
    rows = [observation(sheet=s, raw=r, value=float(r), hidden=False, source_id="", act="", qualifier="", digits=0)
            for s, r in (("A", "49"), ("B", "51"))]  # fmt: skip
    check = partial(contradictions, catalogue=catalogue)
    return [(i["code"], i["severity"]) for i in lessened(check(rows), rows, catalogue, check)]


@pytest.mark.parametrize(
    ("change", "severity"),
    [
        ({"action": "drop", "expect": "49"}, "info"),  # the other cell than the one that the issue stands at
        ({"action": "drop", "expect": "51"}, "info"),
        ({"action": "override", "value": "51", "expect": "49"}, "info"),
        ({"action": "override", "value": "50", "expect": "49"}, "warning"),  # they still differ
        ({"action": "drop", "expect": "48"}, "warning"),  # not in force
    ],
)
def test_two_answers_are_settled_once_one_of_them_is_mended(catalogue_with, change, severity):
    assert two_answers(catalogue_with(change)) == [("check.two_answers", severity)]
