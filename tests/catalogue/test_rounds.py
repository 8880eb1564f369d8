"""Which round a published figure belongs to (contracts §0), and slips in the file that declares them."""

import pytest

from planreview.catalogue.rounds import load_rounds, publication_round
from planreview.errors import ReferenceDataError


@pytest.mark.parametrize(
    ("date", "period", "expected"),
    [
        ("2016-04-12", "2020", "2020-06"),  # long before the first deadline
        ("2020-06-30", "2019", "2020-06"),  # on the day
        ("2020-07-01", "2019", "2020-11"),
        ("2020", "2019", "2021-03"),  # a year alone is its 31 December
        ("2021-03", "2020", "2021-03"),  # a month alone is its last day
        ("2030-01-01", "2025", "2026-03"),  # later than all: the last round
        ("", "2018", "2020-06"),  # undated: the first round after its period
        ("", "2016-2020", "2021-03"),
    ],
)
def test_round_of_a_published_figure(catalogue, date, period, expected):
    assert publication_round(catalogue.rounds, date, period) == expected


@pytest.mark.parametrize(
    ("unit", "owed"),
    [
        ("119", ("II",)),  # a place is asked for all
        ("SYT", ("I", "III")),  # an office for what it answers for
        ("SKHCN", ("III",)),  # and one that answers for nothing for proposals alone
        ("EVNSLHPC", ()),
        ("14", ()),
    ],
)
def test_what_a_unit_owes_in_a_round(catalogue, unit, owed):
    assert catalogue.forms_due(catalogue.round("2020-11"), catalogue.unit(unit)) == owed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2020-06\ntitle = 1", "cú pháp TOML"),
        ('[2020-06]\ntitle = "a"\ncycle = "c"\nexpects = {}\n', "thiếu mục 2020-06.deadline"),
        ('[2020-06]\ntitle = "a"\ncycle = "c"\nexpects = {}\ndeadline = 2020-06-30T00:00:00\n', "thiếu múi giờ"),
        ('[2020-06]\ntitle = "a"\ncycle = "c"\nexpects = {}\ndeadline = "30/6"\n', "không đúng kiểu"),
        ("", "chưa khai báo đợt"),
    ],
)
def test_a_slip_in_the_file_is_said(tmp_path, text, said):
    path = tmp_path / "rounds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=said):
        load_rounds(path)
