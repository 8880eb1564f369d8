"""The simulated province: its files are read as they were meant, its numbers hold together, and all is marked."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
import pytest
from scripts.simulated import habits, measure, numbers, province, titles, words
from scripts.simulated.files import same_content
from scripts.simulated.habits import figures
from scripts.simulated.habits.programmes import PROGRAMMES

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.intake.files import FileReading, read_file
from planreview.intake.matching import Matcher
from planreview.project import Project

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data/raw"
CATALOGUE = Catalogue.of(ROOT / "data/reference")
MATCHER = Matcher(CATALOGUE)
DISTRICTS = [place.code for place in numbers.places()]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SHIPPED = {row["stored_path"]: row["sha256"] for row in rows(ROOT / "data/reference/simulated.csv")}
ORDERS = {f"{r['round']}/{r['unit_code']}/{r['name']}": r for r in rows(numbers.HERE / "submissions.csv")}
FOLDER = Path(__file__).parent / "truth"
MESS = rows(FOLDER / "mess.csv")
TRUTH: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # file → (indicator, period, typed)
for row in rows(FOLDER / "simulated.csv"):
    TRUTH[row["file"]] += [(row["code"], p, row[p]) for p in measure.PERIODS if row[p]]


def read(stored_path: str) -> FileReading:
    round_code, unit, _ = stored_path.split("/")
    return read_file(
        RAW / stored_path,
        stored_path,
        round_code=round_code,
        unit=CATALOGUE.units[unit],
        catalogue=CATALOGUE,
        matcher=MATCHER,
    )


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory) -> Project:
    return measure.clean_simulated(tmp_path_factory.mktemp("simulated"))


@pytest.fixture(scope="module")
def measured(cleaned) -> measure.Measured:
    return measure.measure(cleaned)


def test_no_number_is_read_wrong_or_lost_and_nearly_all_are_loaded(measured):
    print(measure.table(measured))
    assert measured.wrong == []
    assert measured.lost == []
    whole = measured.whole
    assert whole.right / whole.numbers >= 0.97
    assert whole.refused / whole.numbers <= 0.02


def test_what_is_wrong_or_unreadable_is_said_and_little_else(measured):
    for name, kind in measured.kinds.items():
        assert kind.found >= 0.85 * kind.planted, name
    assert measured.whole.found >= 0.97 * measured.whole.planted
    assert measured.whole.false_alarms <= 5, measured.false_alarms


def test_forms_that_nobody_messed_with_give_no_error_and_no_warning(cleaned):
    messed = {row["file"] for row in MESS}
    untouched = {p for p, o in ORDERS.items() if p not in messed and not o["habits"] and o["content"] not in ("cut",)}
    assert len(untouched) >= 8
    issues = tables.read("issues", cleaned.processed / "issues")
    said = issues[issues["source_file"].isin(untouched) & issues["severity"].isin(["error", "warning"])]
    assert tables.records(said) == []


def test_every_cell_has_one_fate(cleaned):
    ledger = tables.read("ledger", cleaned.processed / "ledger")
    assert not ledger.duplicated(["source_file", "sheet", "cell"]).any()
    for path in ("2020-06/SNNPTNT/PLI_SNN.xlsx", "2020-11/SCT/Phu luc I SCT T11.xlsx"):
        book = openpyxl.load_workbook(RAW / path)
        filled = sum(v is not None for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)
        assert (ledger["source_file"] == path).sum() == filled


def test_each_kind_of_mess_is_in_three_units():
    units = defaultdict(set)
    for row in MESS:
        units[row["kind"]].add(row["file"].split("/")[1])
    assert {kind: found for kind, found in units.items() if len(found) < 3 and kind != "sent_twice"} == {}
    assert set(units) - {"sent_twice"} == set(habits.HABITS)
    assert set(titles.TITLES) | set(habits.WORDS) == set(units)


def test_habits_of_typing_take_hold_of_a_twelfth_of_the_numbers():
    """About one in twenty of all cells that are filled in."""
    typed = Counter()
    for row in MESS:
        if habits.READABLE.get(row["kind"]) in vars(figures).values():
            typed[row["file"], row["kind"]] += len(row["periods"].split())
    assert len(typed) > 30
    assert {key: n for key, n in typed.items() if n < 0.08 * len(TRUTH[key[0]])} == {}


def test_words_and_proposals_of_every_layout_are_read(measured):
    assert {n for n, (there, right) in measured.narratives.items() if right < there} == set()
    assert {n for n, (there, right) in measured.proposals.items() if right < there} == set()
    assert set(measured.proposals) == {"form", *PROGRAMMES}
    assert set(measured.narratives) == {"form", *habits.WORDS}


def test_observations_are_about_their_units_and_marked(cleaned):
    observations = tables.read("observations", cleaned.processed / "observations")
    own = observations["unit_code"].where(observations["unit_code"].isin(DISTRICTS), numbers.PROVINCE)
    assert (observations["area_code"] == own).all()
    assert set(observations["provenance"]) == {"simulated"}


def test_what_the_files_show_of_real_life():
    found = Counter(order["content"] for order in ORDERS.values())
    assert {"half", "few", "first", "copy", "cut", "letter"} <= set(found)
    late = [p for p, o in ORDERS.items() if o["received_at"] > CATALOGUE.round(o["round"]).deadline.isoformat()]
    assert late
    assert any(not o["received_at"] for o in ORDERS.values())
    for round_code in ("2020-06", "2020-11"):
        of_round = [o for o in ORDERS.values() if o["round"] == round_code]
        assert len({o["unit_code"] for o in of_round if o["form"] == "II"}) >= 11
        assert len({o["unit_code"] for o in of_round if o["form"] == "I"}) >= 12
        assert any(o["form"] == "III" for o in of_round)
    assert any(path.endswith(".xls") for path in SHIPPED)


def test_words_and_tasks_are_read():
    strong = read("2020-11/125/Mai Son_Phu luc II_T11.xlsx").narratives
    assert {"achievement", "shortcoming", "cause", "lesson", "solution"} <= {n["topic"] for n in strong}
    assert any(n["indicator_code"] for n in strong)
    tasks = read("2020-11/SKHDT/PL III So KHDT T11.xlsx").proposals
    assert [t["task"] for t in tasks] == [
        r["task"] for r in rows(numbers.HERE / "proposals.csv") if r["unit_code"] == "SKHDT"
    ]


def test_words_fit_who_writes_them():
    of_form = {u: set() for u in CATALOGUE.units}
    for path, said in TRUTH.items():
        of_form[path.split("/")[1]] |= {code for code, _, _ in said}
    for unit, topics in words.phrases()["offices"].items():
        if unit in of_form:
            cited = {c for sentences in topics.values() for s in sentences for c in words.CITED.findall(s)}
            assert cited <= of_form[unit], unit
    health = " ".join(n["text"] for n in read("2020-11/SYT/PLI SYT T11.xlsx").narratives)
    assert "y tế" in health
    assert "cây ăn quả" not in health


def test_every_indicator_that_is_judged_has_causes_of_its_own():
    units = numbers.province(numbers.LATE, CATALOGUE).values()
    judged = {
        code
        for code, indicator in CATALOGUE.indicators.items()
        if indicator.direction in ("up", "down") and any(numbers.TARGET in series.get(code, {}) for series in units)
    }
    used = {words.phrases_of(code)[0] for code in judged}
    assert "" not in used
    assert used == {key for keys in words.phrases()["causes"] for key in keys.split()}
    assert words.phrases_of("XH.03.02.1")[0] == "XH.03.02"
    assert words.phrases_of("KT.06.10.2")[0] == "KT.06.10.2"


@pytest.mark.parametrize("round_code", ["2020-06", "2020-11"])
def test_numbers_hold_together(round_code):
    """Sums of districts, parts, rates and growth, each worked out again from what the catalogue says of them."""
    units = numbers.province(round_code, CATALOGUE)
    whole = units[numbers.PROVINCE]
    for code, indicator in CATALOGUE.indicators.items():
        parts = [units[d][code][2020] for d in DISTRICTS if code in units[d]]
        if indicator.additive and parts and code in whole and code != "KT.03.01":
            assert whole[code][2020] == pytest.approx(sum(parts), abs=len(parts) / 2), code  # each part is rounded
        for series in units.values():
            ratio = indicator.ratio
            if ratio and {code, ratio.numerator, ratio.denominator} <= series.keys():
                expected = series[ratio.numerator][2020] / series[ratio.denominator][2020] * float(ratio.scale)
                assert series[code][2020] == pytest.approx(expected, abs=0.51 * 10**-indicator.digits), code
    assert whole["KT.01.03"][2020] == pytest.approx(
        (whole["KT.01.01"][2020] / whole["KT.01.01"][2019] - 1) * 100, abs=0.006
    )


def test_rates_stay_possible_and_the_base_year_has_a_growth_of_its_own():
    series = numbers.province(numbers.LATE, CATALOGUE)
    disbursed = [value for unit in series.values() for value in unit["KT.03.05"].values()]
    assert max(disbursed) == 100
    growth = series[numbers.PROVINCE]["KT.01.03"]
    average = sum(growth[year] for year in range(numbers.BASE + 1, numbers.LAST + 1)) / (numbers.LAST - numbers.BASE)
    assert abs(growth[numbers.BASE] - average) > 0.05
    planned_first = [
        u["XH.07.04"] for u in series.values() if u["XH.07.04"]["target"] > u["XH.07.04"][numbers.LAST] == 0
    ]
    assert planned_first
    assert all(communes[numbers.PLANNED] >= 1 for communes in planned_first)


def test_a_wrong_first_version_is_as_possible_as_the_right_one():
    first, second = (
        {(c, p): t for c, p, t in TRUTH[f"2020-11/119/Phu luc II_Thuan Chau_T11{mark}.xlsx"]}
        for mark in ("", " (sua lan 2)")
    )
    wrong = {key: first[key] for key in first if first[key] != second[key]}
    assert len(wrong) == 6
    for (code, _), typed in wrong.items():
        indicator = CATALOGUE.indicators[code]
        assert len(typed.partition(".")[2]) <= indicator.digits, code
        assert indicator.limit_high is None or float(typed) <= indicator.limit_high


def test_an_office_gives_another_number_than_the_one_that_answers_for_it():
    question = ("XH.02.01", "2020")
    others, responsible = (
        {(o["indicator_code"], o["period"]): o["value"] for o in read(path).observations}
        for path in ("2020-11/SLDTBXH/Phu luc I - LDTBXH T11.xlsx", "2020-11/CTK/CTK - bieu PL I T11.xlsx")
    )
    assert CATALOGUE.agency("XH.02.01", numbers.PROVINCE) == "CTK"
    assert 0.005 < others[question] / responsible[question] - 1 < 0.03
    assert all(others[key] == responsible[key] for key in others.keys() & responsible.keys() - {question})


def test_june_estimates_are_corrected_in_november():
    june, november = (numbers.province(r, CATALOGUE)["125"] for r in (numbers.EARLY, numbers.LATE))
    changed = [code for code in november if june[code].get(2020) != november[code].get(2020)]
    assert len(changed) > len(november) / 2
    assert all(june[code][2016] == november[code][2016] for code in november if 2016 in november[code])


def test_one_unit_is_strong_and_one_weak():
    units = numbers.province(numbers.LATE, CATALOGUE)

    def met(unit: str) -> float:
        signs = {code: {"up": 1, "down": -1}.get(i.direction, 0) for code, i in CATALOGUE.indicators.items()}
        judged = [
            (signs.get(c, 0), s[2020] - s["target"]) for c, s in units[unit].items() if {"target", 2020} <= s.keys()
        ]
        return sum(sign * gap >= 0 for sign, gap in judged if sign) / sum(1 for sign, _ in judged if sign)

    assert met("125") > 0.6 > 0.4 > met("127")


def test_the_shipped_files_are_what_the_script_writes(tmp_path):
    chosen = [
        "2020-06/121/BIEU 02 - BAC YEN.xlsx",  # half
        "2020-06/124/Yen Chau - bieu so lieu.xlsx",
        "2020-06/STTTT/PL I STTTT.xlsx",  # few
        "2020-06/BHXH/Cong van gui bieu.pdf",
        "2020-11/118/Quynh Nhai bieu thang 11.xlsx",  # cut short
        "2020-11/119/Phu luc II_Thuan Chau_T11.xlsx",  # wrong first
        "2020-11/122/Phu luc II - huyen Phu Yen T11.xls",
        "2020-11/SLDTBXH/Phu luc I - LDTBXH T11.xlsx",
        "2020-11/SNNPTNT/PLIII_SNN_T11.xlsx",
        "2020-11/CAT/Cong an tinh.xlsx",  # without a date
    ]
    for path in chosen:
        order = ORDERS[path]
        made = province.make(order, numbers.province(order["round"], CATALOGUE), CATALOGUE, [])
        assert same_content(made.content, (RAW / path).read_bytes()), path


def test_shipped_files_are_listed_logged_and_small():
    log = {
        r["stored_path"]: r for round_code in ("2020-06", "2020-11") for r in rows(RAW / round_code / "received.csv")
    }
    for path, sha256 in SHIPPED.items():
        assert hashlib.sha256((RAW / path).read_bytes()).hexdigest() == sha256
        assert (path in log) == bool(ORDERS[path]["received_at"])
    published = rows(ROOT / "data/reference/published.csv")
    assert sum((RAW / p).stat().st_size for p in [*SHIPPED, *(r["stored_path"] for r in published)]) < 6_000_000
