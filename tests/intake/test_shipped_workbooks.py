"""The shipped workbooks: a closed account, and cells counted by another hand than the reader's."""

import csv
import re
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl.utils.cell import coordinate_from_string, range_boundaries

from planreview import tables
from planreview.catalogue import periods

ROOT = Path(__file__).parents[2]
WORKBOOKS = sorted((ROOT / "data/raw").glob("*/*/so-lieu-cong-bo__*.xlsx"))
with (ROOT / "data/reference/published_figures.csv").open(encoding="utf-8", newline="") as _file:
    FIGURES = list(csv.DictReader(_file))
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def non_empty_cells(path: Path) -> int:
    """Cells with a value, an error or a formula, straight from the file's XML; a merged area counts once."""
    count = 0
    with zipfile.ZipFile(path) as book:
        shared = _shared_strings(book)
        for name in book.namelist():
            if not re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                continue
            sheet = ElementTree.fromstring(book.read(name))
            covered = _covered(sheet)
            for cell in sheet.iterfind(".//m:c", NS):
                count += cell.get("r") not in covered and _has_content(cell, shared)
    return count


def _shared_strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iterfind(".//m:t", NS)) for item in root.iterfind("m:si", NS)]


def _covered(sheet: ElementTree.Element) -> set[str]:
    covered = set()
    for merge in sheet.iterfind(".//m:mergeCell", NS):
        left, top, right, bottom = range_boundaries(merge.get("ref"))
        for cell in sheet.iterfind(".//m:c", NS):
            letters, row = coordinate_from_string(cell.get("r"))
            column = range_boundaries(f"{letters}1")[0]
            if left <= column <= right and top <= row <= bottom and (column, row) != (left, top):
                covered.add(cell.get("r"))
    return covered


def _has_content(cell: ElementTree.Element, shared: list[str]) -> bool:
    if cell.find("m:f", NS) is not None:
        return True
    value = cell.find("m:v", NS)
    text = value.text if value is not None else "".join(t.text or "" for t in cell.iterfind(".//m:t", NS))
    if cell.get("t") == "s" and value is not None:
        text = shared[int(value.text)]
    return bool((text or "").strip())


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda p: f"{p.parts[-3]} {p.parts[-2]}")
def test_every_cell_has_one_fate(shipped, path):
    ledger = tables.read("ledger", shipped.processed / "ledger")
    mine = ledger[ledger["source_file"] == path.relative_to(ROOT / "data/raw").as_posix()]
    assert len(mine) == non_empty_cells(path) > 0
    assert not mine.duplicated(["sheet", "cell"]).any()


def test_every_observation_is_one_value_cell_and_the_other_way_round(shipped):
    place = ["round", "unit_code", "source_file", "sheet", "cell"]
    ledger = tables.read("ledger", shipped.processed / "ledger")
    observations = tables.read("observations", shipped.processed / "observations")
    values = ledger[ledger["fate"] == "value"]
    assert sorted(map(tuple, values[place].values)) == sorted(map(tuple, observations[place].values))
    lost = ledger[ledger["fate"].isin(["unmatched", "rejected"])]
    assert set(lost["detail"]) == {"period.unknown"}
    assert len(lost) == sum(not f["period"] for f in FIGURES)


def test_every_published_figure_is_one_observation_or_one_named_issue(shipped, catalogue):
    observations = tables.records(tables.read("observations", shipped.processed / "observations"))
    key = ("indicator_code", "area_code", "period", "kind", "plan", "act", "source_id")
    found = Counter((*(o[c] for c in key), o["value"]) for o in observations)
    asked = Counter()
    for figure in (f for f in FIGURES if f["period"]):
        factor = catalogue.indicators[figure["indicator_code"]].factor_from(figure["unit"])
        kind = "estimate" if ran_still(figure, catalogue) else figure["kind"]
        asked[*(kind if c == "kind" else figure[c] for c in key), float(Decimal(figure["value"]) * factor)] += 1
    assert found == asked
    assert {o["provenance"] for o in observations} == {"published"}

    issues = tables.read("issues", shipped.processed / "issues")
    unplaced = issues[issues["code"] == "period.unknown"]
    words = Counter(f["period_published"] for f in FIGURES if not f["period"])
    said = {w: n for w, n in words.items() if any(f"{w}”" in m and f"{n} ô" in m for m in unplaced["message_vi"])}
    assert said == words
    assert len(FIGURES) == found.total() + words.total() == 1251


def ran_still(figure, catalogue) -> bool:
    """Whether a result was published before its period was over: nobody can have known it."""
    published = catalogue.source_date(figure["source_id"])
    open_ = published is not None and published < periods.last_day(figure["period"])
    return figure["kind"] == "actual" and "-M" not in figure["period"] and open_


def test_the_known_clashes_are_issues_with_both_numbers_and_sources(shipped):
    """The slips and contradictions that were found when the figures were collected, one by one."""
    issues = tables.read("issues", shipped.processed / "issues")
    messages = list(issues[issues["code"].str.startswith("source.")]["message_vi"])
    for said in (
        ("55.720 [S36] cho năm 2022", "55.720 [N29] cho năm 2020"),
        ("44,1 [S35]", "39,8 [N29]"),
        ("66,33 [S40]", "369 [S40]", "597 [S40]"),
        ("11,11 [N30]", "10,89 [S37]"),
        ("10,89 [S37b]", "[S37] ghi cùng số"),
        ("24 [F19]", "19, nhưng", "28 [S22]"),
        ("80.000, nhưng", "90.000 [S25]"),
        ("1.404.587 [N29]", "1.330.600"),
        ("5,5 [N31]", "8 [S13"),
        ("59 [S32]", "65 [N37]"),
        ("35,2 [S44b]", "208"),
        ("571 [GSO_A], 773 [GSO_A], 605 [GSO_A]",),
        ("25.188 [S26]", "thu ngân sách nhà nước"),
        ("3.890 [S24]", "không gọi là số ước"),
        ("2.750 [N17]", "3.521"),
        ("820 [N43]", "[F23]"),
        ("[N49]", "tiếng Thái"),
    ):
        assert any(all(word in m for word in said) for m in messages), said
