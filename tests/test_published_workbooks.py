"""The published figures: the tables hold together, the shipped workbooks are what the script writes."""

from __future__ import annotations

import csv
import hashlib
import importlib
import re
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[1]
RAW, REFERENCE = ROOT / "data" / "raw", ROOT / "data" / "reference"
PLANS = {
    "Mục tiêu NQ Đại hội": "congress",
    "KH NQ 5 năm": "five_year",
    "Quy hoạch": "master_plan",
    "KH năm": "annual",
    "Dự kiến KH": "proposed",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIGURES = rows(REFERENCE / "published_figures.csv")
PUBLISHED = rows(REFERENCE / "published.csv")


@pytest.fixture(scope="module")
def script():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("published_workbooks")


@pytest.fixture(scope="module")
def made(script, tmp_path_factory) -> tuple[Path, Path]:
    """A reference folder and the raw folder that the script made of it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(REFERENCE, folder / "reference")
    script.main(["--reference", str(folder / "reference"), "--raw", str(folder / "raw")])
    return folder / "reference", folder / "raw"


def heading(upper: str, lower: str | None) -> tuple[str, str, str, str]:
    """A column's period in words, kind, plan and act, read from its two header cells."""
    if result := re.fullmatch(r"(TH|ƯTH) (.+)", upper):
        return result[2], {"TH": "actual", "ƯTH": "estimate"}[result[1]], "", ""
    words, _, act = upper.partition(": ")
    return re.sub(r"^Năm (?=\d{4}$)", "", lower), "target", PLANS[words], act


def words_of(figure: dict[str, str]) -> str:
    """How the period of a figure stands in a heading: as its source says it where no plain year can say it."""
    period, published = figure["period"], figure["period_published"]
    if not period or re.match(r"(đến|Quý|Năm học) ", published):
        return published
    return re.sub(r"^(\d{4})-M(\d+)$", r"\2 tháng đầu năm \1", period)


def figures_in(workbook: openpyxl.Workbook):
    """Every figure: (code, area, source, unit, period, kind, plan, act, what the cell shows)."""
    for sheet in workbook:
        area = re.search(r"\(mã (\w+)\)$", sheet["A2"].value)[1]
        assert sheet["A4"].value.startswith(f"Nguồn: [{sheet.title}] ")
        upper = ""
        for column in range(5, sheet.max_column):
            upper = sheet.cell(6, column).value or upper
            key = heading(upper, sheet.cell(7, column).value)
            for row in range(8, sheet.max_row + 1):
                code, value = sheet.cell(row, 2).value, sheet.cell(row, column).value
                if value is not None:
                    shown = value if isinstance(value, str) else float(value)
                    yield code, area, sheet.title, sheet.cell(row, 4).value, *key, shown


def test_every_figure_stands_in_exactly_one_cell():
    written = Counter()
    for line in PUBLISHED:
        workbook = openpyxl.load_workbook(RAW / line["stored_path"])
        mark = {p.name: p.value for p in workbook.custom_doc_props.props}
        assert mark == {"planreview-provenance": "published"}
        written.update(figures_in(workbook))
    before, after = ("indicator_code", "area_code", "source_id", "unit"), ("kind", "plan", "act")
    expected = Counter(
        (*(f[c] for c in before), words_of(f), *(f[c] for c in after), f["typed"] or float(f["value"])) for f in FIGURES
    )
    assert written == expected
    assert written.total() == len(FIGURES) == 1251
    assert Counter(f["origin"] for f in FIGURES) == {"province": 964, "more": 200, "districts": 87}


def test_the_script_writes_the_shipped_bytes(made):
    reference, raw = made
    workbooks = {path.relative_to(raw).as_posix(): path.read_bytes() for path in raw.glob("*/*/*.xlsx")}
    assert workbooks == {line["stored_path"]: (RAW / line["stored_path"]).read_bytes() for line in PUBLISHED}
    assert (reference / "published.csv").read_bytes() == (REFERENCE / "published.csv").read_bytes()
    for log in raw.glob("*/received.csv"):
        assert all(line in rows(RAW / log.parent.name / "received.csv") for line in rows(log))


def test_a_second_run_keeps_what_others_logged_and_drops_stale_workbooks(script, made):
    reference, raw = made
    log, stale = raw / "2020-06" / "received.csv", raw / "2020-06" / "14" / "so-lieu-cong-bo__14__cu.xlsx"
    first = log.read_text(encoding="utf-8")
    other = "2020-06/119/bieu.xlsx,2020-06-20T08:00:00+07:00,UBND huyện,bieu.xlsx,00,119\n"
    stale.write_bytes(b"")
    old = f"2020-06/14/{stale.name},,x,{stale.name},00,14\n"
    log.write_text(first + old + other, encoding="utf-8", newline="")
    script.write_all(reference, raw)
    assert log.read_text(encoding="utf-8") == first + other
    assert not stale.exists()


def test_digests_are_those_of_the_files():
    for line in PUBLISHED:
        assert hashlib.sha256((RAW / line["stored_path"]).read_bytes()).hexdigest() == line["sha256"]
        log = {r["stored_path"]: r for r in rows(RAW / line["round"] / "received.csv")}
        assert log[line["stored_path"]]["sha256"] == line["sha256"]
        assert log[line["stored_path"]]["unit_code"] == line["unit_code"]


def test_reference_tables_know_every_code_source_and_area(catalogue):
    for figure in FIGURES:
        assert catalogue.indicators[figure["indicator_code"]].factor_from(figure["unit"]) is not None, figure
        assert figure["source_id"] in catalogue.sources.index
        assert catalogue.units[figure["area_code"]].is_area
        assert bool(figure["plan"]) == (figure["kind"] == "target")
    sources = {r["source_id"] for r in rows(REFERENCE / "sources.csv")}
    for row in rows(REFERENCE / "indicators.csv"):
        assert row["code"] not in (row["parent_code"], *row["related"].split())
        assert set(filter(None, row["source_id"].split(";"))) <= sources


def test_the_review_list_gives_every_published_name_its_code():
    listed = rows(REFERENCE / "review" / "published_names.csv")
    names = {r["code"]: r["name_vi"] for r in rows(REFERENCE / "indicators.csv")}
    assert all(r["indicator_name"] == names[r["indicator_code"]] and r["why"] for r in listed)
    assert {r["decision"] for r in listed} == {"trùng tên", "khác chữ, cùng khái niệm", "mã mới"}
    level = {"VN": "nation", "14": "province"}
    given = Counter(
        (f["name_published"], f["unit"], level.get(f["area_code"], "district"), f["indicator_code"]) for f in FIGURES
    )
    reviewed = {
        (r["name_published"], r["unit_published"], r["level"], r["indicator_code"]): int(r["rows"]) for r in listed
    }
    assert reviewed == given


def test_every_written_doubt_is_about_a_figure():
    figures = {(f["area_code"], f["indicator_code"], f["period"], f["source_id"]) for f in FIGURES}
    for doubt in rows(REFERENCE / "doubts.csv"):
        assert tuple(doubt[c] for c in ("area_code", "indicator_code", "period", "source_id")) in figures


def test_figures_of_other_provinces_are_not_here():
    text = (REFERENCE / "published_figures.csv").read_text("utf-8")
    assert not re.search("Đạ Huoai|Quỳ Hợp|Võ Nhai", text)


def test_names_lead_to_one_indicator():
    names = [r["name_vi"] for r in rows(REFERENCE / "indicators.csv")]
    aliases = [r["name"] for r in rows(REFERENCE / "aliases.csv")]
    assert max(Counter(names + aliases).values()) == 1


@pytest.mark.parametrize("source, plan", [("S25", "master_plan"), ("S13", "annual"), ("N20", "proposed")])
def test_such_targets_are_never_the_five_year_plans(source, plan):
    assert {f["plan"] for f in FIGURES if f["source_id"] == source and f["kind"] == "target"} == {plan}
