"""Published, submitted and simulated numbers of one indicator: shown apart, joined with nothing (contracts §3)."""

import shutil

import pytest

from planreview import Review, tables
from planreview.blocks import Figure, Table
from planreview.narrative import assessment, results
from planreview.pipeline import clean
from tests.conftest import NTM, ROOT, Sandbox

SUBMITTED, SIMULATED = "2020-11/14/bieu.xlsx", "2020-11/14/mo-phong.xlsx"
HEADER = ["STT", "Chỉ tiêu", "ĐVT", "Năm 2015", "TH 2018", "ƯTH 2020"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """The province's published workbooks, one form that it sent, and one that says it is simulated."""
    sandbox = Sandbox(tmp_path_factory.mktemp("mixed") / "du-an")
    raw = sandbox.root / "data/raw"
    for path in (ROOT / "data/raw").glob("*/14/so-lieu-cong-bo__*.xlsx"):
        place = raw / path.relative_to(ROOT / "data/raw")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    sandbox.workbook("2020-11/14", [HEADER, [1, NTM, "xã", 4, 30, 51]])
    simulated = [["SỐ LIỆU MÔ PHỎNG"], [*HEADER, "KH NQ 2016-2020"], [1, NTM, "xã", 5, 31, 77, 60]]
    sandbox.workbook("2020-11/14", simulated, name="mo-phong.xlsx")
    clean(sandbox.project)
    project = sandbox.project
    return Review("14", raw=project.raw, processed=project.processed, reference=project.reference)


def test_each_provenance_has_its_own_figure(mixed):
    found = mixed.figure(NTM, 2020)
    found = found[found["kind"] != "target"].set_index("provenance")["value"]
    assert found.to_dict() == {"published": 49, "submitted": 51, "simulated": 77}


def test_a_submitted_result_is_judged_against_the_published_target_and_simulated_by_its_own(mixed):
    rows = mixed.results()
    rows = rows[rows["main"] & (rows["indicator_code"] == "XH.07.01")].set_index("provenance")
    assert rows.loc["submitted", ["result", "target", "target_provenance"]].tolist() == [51, 23, "published"]
    assert rows.loc["submitted", "status"] == "dự kiến đạt"
    assert rows.loc["published", "status"] == "vượt"
    assert rows.loc["simulated", ["target", "target_provenance", "status"]].tolist() == [60, "simulated", "dự kiến đạt"]


def kinds_of(mixed, block) -> set[str]:
    """The provenances of the results behind a table or chart, a published target of submitted results apart."""
    figures = tables.records(mixed.figures())
    at = {(f["source_file"], f["sheet"], f["cell"]): f for f in figures}
    cells = block.cells if isinstance(block, Figure) else [
        cell
        for row in block.rows for parts in row if not isinstance(parts, str)
        for part in parts if hasattr(part, "cells") for cell in part.cells
    ]  # fmt: skip
    behind = [at[c.file, c.sheet, c.cell] for c in cells]
    return {f["provenance"] for f in behind if f["kind"] != "target"}


def test_no_table_and_no_chart_joins_two_provenances(mixed):
    shown = [*results.judged_table(mixed), *results.full_table(mixed), *results.context_table(mixed)]
    shown += [*results.next_table(mixed), *assessment.courses(mixed)]
    seen = [kinds_of(mixed, block) for block in shown if isinstance(block, Table | Figure)]
    assert all(len(kinds) <= 1 for kinds in seen)
    assert {"published"} in seen and {"submitted"} in seen and {"simulated"} in seen


def test_a_chart_of_simulated_numbers_says_so(mixed):
    charts = [b for b in results.judged_table(mixed) + assessment.courses(mixed) if isinstance(b, Figure)]
    kinds = [kinds_of(mixed, chart) for chart in charts]
    assert [("mô phỏng" in chart.svg.lower()) for chart in charts] == [k == {"simulated"} for k in kinds]
    assert kinds.count({"simulated"}) == 2 and {"published"} in kinds


def test_candidates_are_all_numbers_that_anybody_gave(mixed):
    everyone = mixed.candidates("so xa dat chuan nong thon moi (luy ke)", 2020)
    assert {"published", "submitted", "simulated"} <= set(everyone["provenance"])
    assert set(everyone["source_file"]) >= {SUBMITTED, SIMULATED}
    published = everyone[everyone["provenance"] == "published"]
    assert (published["source"] != "").all()
    cells = mixed.trace("XH.07.01", 2020)
    assert set(cells["value"]) >= {49, 51, 77}
    assert len(cells) <= len(everyone)
