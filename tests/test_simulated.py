"""The simulated province: its files are read as they were meant, its numbers hold together, and all is marked."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from scripts.simulated import habits, numbers, province, words
from scripts.simulated.files import same_content

from planreview.catalogue import Catalogue
from planreview.intake.files import FileReading, read_file
from planreview.intake.matching import Matcher

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
TRUTH: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # file → (indicator, period, typed)
for row in rows(Path(__file__).parent / "truth/simulated.csv"):
    TRUTH[row["file"]] += [(row["code"], period, typed) for period, typed in list(row.items())[2:] if typed]


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


def number(typed: str) -> tuple[str, float, float | None]:
    """``>=95`` → (">=", 95.0, None)."""
    if ".." in typed:
        low, high = typed.split("..")
        return "range", float(low), float(high)
    qualifier = re.match(r"[<>=~]*", typed)[0]
    return qualifier, float(typed.removeprefix(qualifier)), None


def kind_and_plan(period: str, asked_in: int) -> tuple[str, str]:
    """What a form asked for in a year means by a period: the years before it are over, the others are hoped for."""
    if period == f"{numbers.BASE + 1}-{numbers.LAST}":
        return "target", "five_year"
    if int(period) > numbers.LAST:
        return "target", "proposed"
    return ("actual" if int(period) < asked_in else "estimate"), ""


@pytest.mark.parametrize("stored_path", SHIPPED)
def test_a_file_is_read_as_it_was_meant(stored_path):
    observations = read(stored_path).observations
    round_code, unit, _ = stored_path.split("/")
    if ORDERS[stored_path]["content"] == "copy":
        stored_path = next(p for p in TRUTH if SHIPPED[p] == SHIPPED[stored_path])
    asked_in = CATALOGUE.round(round_code).deadline.year
    got = [
        (o["indicator_code"], o["period"], o["kind"], o["plan"], o["qualifier"], o["value"], o["value_upper"])
        for o in observations
    ]
    meant = [(c, p, *kind_and_plan(p, asked_in), *number(typed)) for c, p, typed in TRUTH[stored_path]]
    assert Counter(got) == Counter(meant)
    assert {o["area_code"] for o in observations} <= {unit if unit in DISTRICTS else numbers.PROVINCE}
    assert {o["provenance"] for o in observations} <= {"simulated"}


def test_what_the_files_show_of_real_life():
    found = Counter(order["content"] for order in ORDERS.values())
    assert {"half", "few", "first", "copy", "cut", "letter"} <= set(found)
    used = {habit for order in ORDERS.values() for habit in order["habits"].split(";") if habit}
    assert used == set(habits.HABITS)
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
