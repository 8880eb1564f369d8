"""A real district's five-year workbook, from the file to results, where the test material is at hand: nothing of it is
copied here. The expected meanings were written after reading the workbook; its numbers are looked up while testing."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Sandbox

from planreview import tables
from planreview.pipeline import clean, write_results

# another place of the test material is told by the environment
CORPUS = Path(os.environ.get("CORPUS") or Path(__file__).parents[3] / "shared/corpus")
WORKBOOK = CORPUS / "open/NghiaBui486__KinhTeXaHoi/TONG_HOP_GIA_TRI_KTXH_15-25.xlsx"
pytestmark = pytest.mark.skipif(not WORKBOOK.is_file(), reason="there is no ../shared/corpus beside the repository")

UNIT, ROUND = "683", "2020-11"
LINE = f"{UNIT},Huyện Thử Nghiệm,Test district,district,14,{UNIT},,,,,,,\n"
# what an analyst adds in ten minutes: two names of the office's own
ALIASES = {"Giá trị gia tăng (GRDP TT)": "KT.01.02", "Giá trị sản phẩm bình quân/ha đất nông nghiệp": "KT.02.05"}
# the workbook's rows that speak of the catalogue's indicators; of the others none may become a number
ROWS = {
    5: "KT.02.01", 6: "KT.02.01.1", 7: "KT.02.01.2", 8: "KT.02.01.3", 34: "KT.02.01.4", 50: "KT.02.01.5",
    67: "KT.02.01.6", 95: "KT.02.01.7", 102: "KT.02.01.10", 103: "KT.02.01.11", 104: "KT.02.02", 105: "KT.02.02.1",
    106: "KT.02.02.4", 107: "KT.02.02.5", 133: "KT.02.02.6", 149: "KT.02.02.7", 166: "KT.02.02.8", 194: "KT.02.02.9",
    201: "KT.02.02.11", 202: "KT.02.02.3", 203: "KT.01.02", 204: "KT.01.02.1", 205: "KT.01.02.2", 206: "KT.01.02.3",
    207: "KT.02.06", 208: "KT.02.06.1", 209: "KT.02.06.2", 210: "KT.02.06.3", 211: "KT.01.05", 212: "XH.01.01",
    215: "KT.02.05",
}  # fmt: skip
TWO_ANSWERS = {
    100: "KT.02.01.9",
    101: "KT.02.01.9",
    199: "KT.02.02.10",
    200: "KT.02.02.10",
}  # one name in two rows with two numbers, as the office wrote it
CHECKED = (
    ("E5", "2015", "actual"), ("F5", "2016", "actual"), ("J5", "2020", "estimate"), ("O5", "2025", "target"),
    ("G6", "2017", "actual"), ("K6", "2021", "target"), ("H7", "2018", "actual"), ("I8", "2019", "estimate"),
    ("L8", "2022", "target"), ("E34", "2015", "actual"), ("J34", "2020", "estimate"), ("G50", "2017", "actual"),
    ("E67", "2015", "actual"), ("M67", "2023", "target"), ("F95", "2016", "actual"), ("N95", "2024", "target"),
    ("D102", "2016-2020", "target"), ("J102", "2020", "estimate"), ("E103", "2015", "actual"),
    ("J103", "2020", "estimate"), ("E104", "2015", "actual"), ("O104", "2025", "target"),
    ("H105", "2018", "actual"), ("I202", "2019", "estimate"), ("F203", "2016", "actual"),
    ("J204", "2020", "estimate"), ("K205", "2021", "target"), ("G206", "2017", "actual"),
    ("J211", "2020", "estimate"), ("D212", "2016-2020", "target"), ("J212", "2020", "estimate"),
    ("J215", "2020", "estimate"),
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    sandbox = Sandbox(tmp_path_factory.mktemp("office") / "du-an")
    reference = sandbox.root / "data/reference"
    with (reference / "units.csv").open("a", encoding="utf-8") as units:
        units.write(LINE)
    with (reference / "aliases.csv").open("a", encoding="utf-8") as aliases:
        aliases.writelines(f"{name},{code},thử nghiệm,2026-11-30,\n" for name, code in ALIASES.items())
    folder = sandbox.root / "data/raw" / ROUND / UNIT
    folder.mkdir(parents=True)
    shutil.copyfile(WORKBOOK, folder / "tong hop.xlsx")
    clean(sandbox.project)
    return sandbox.project


def part(project, table: str) -> list[dict]:
    return tables.records(tables.read(table, project.processed / table))


def test_cells_mean_what_a_reader_takes_them_for(project):
    sheet = openpyxl.load_workbook(WORKBOOK, data_only=True).worksheets[0]
    observed = {o["cell"]: o for o in part(project, "observations")}
    for cell, period, kind in CHECKED:
        got, row = observed[cell], int("".join(c for c in cell if c.isdigit()))
        assert (got["indicator_code"], got["period"], got["kind"]) == (ROWS[row], period, kind), cell
        assert got["value"] == pytest.approx(sheet[cell].value, rel=1e-9), cell


def test_no_row_is_taken_for_another_and_every_cell_is_accounted_for(project, record_property):
    observations, ledger = part(project, "observations"), part(project, "ledger")
    rows = {int("".join(c for c in o["cell"] if c.isdigit())): o["indicator_code"] for o in observations}
    assert rows == ROWS | TWO_ANSWERS
    fates = Counter(row["fate"] for row in ledger)
    assert fates["value"] == len(observations)
    issues = part(project, "issues")
    unmatched = [i for i in issues if i["code"] == "match.unknown"]
    said = (
        f"rows: {len(rows)} matched, {len(unmatched)} not; cells: {fates['value']} values, {fates['rejected']} rejected"
    )
    record_property("rows", said)
    print(said)
    refused = {row["cell"] for row in ledger if row["fate"] == "rejected"}
    assert refused <= {i["cell"] for i in issues}
    assert any(i["code"] == "check.two_answers" for i in issues)
    assert any(i["code"].startswith("unit.") and i["cell"] == "D212" for i in issues)  # 29,1 (thousand) people
    assert len(unmatched) <= 176  # single crops, animals and services, of which no indicator system speaks


def test_figures_and_results_of_both_periods_come_out(project):
    write_results(project, as_of={"2021-2030": ROUND})
    figures = {(f["indicator_code"], f["period"], f["kind"]): f for f in part(project, "figures")}
    for code in set(ROWS.values()):
        assert figures[code, "2020", "estimate"]["value"] is not None
    assert figures["KT.02.01.9", "2020", "estimate"]["value"] is None  # two answers: neither is chosen
    results = part(project, "results")
    first, second = (
        {r["indicator_code"]: r for r in results if r["cycle"] == cycle and r["area_code"] == UNIT and r["main"]}
        for cycle in ("2016-2025", "2021-2030")
    )
    assert first["KT.02.01.10"]["status"] == "dự kiến đạt"
    assert first["KT.02.01.11"]["next_target"] == pytest.approx(figures["KT.02.01.11", "2025", "target"]["value"])
    assert first["KT.02.01.11"]["required_pace"] is not None
    assert second["KT.02.01.11"]["target"] == pytest.approx(figures["KT.02.01.11", "2025", "target"]["value"])
