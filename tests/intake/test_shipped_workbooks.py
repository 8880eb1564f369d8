"""The shipped workbooks: a closed account, and cells counted by another hand than the reader's."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl.utils.cell import coordinate_from_string, range_boundaries

from planreview import tables

ROOT = Path(__file__).parents[2]
WORKBOOKS = sorted((ROOT / "data/raw").glob("*/*/so-lieu-cong-bo__*.xlsx"))
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
    assert not ledger["fate"].isin(["unmatched", "rejected"]).any()


def test_every_published_figure_is_one_observation(shipped, catalogue):
    import pandas as pd

    figures = pd.read_csv(ROOT / "data/reference/published_figures.csv", dtype=str, keep_default_na=False)
    observations = tables.read("observations", shipped.processed / "observations")
    key = ["indicator_code", "area_code", "period", "kind", "plan", "act", "source_id"]
    asked = figures.assign(value=figures["value"].astype(float))[[*key, "value"]]
    found = observations[[*key, "value"]]
    assert sorted(map(tuple, asked.values)) == sorted(map(tuple, found.values))
    assert set(observations["provenance"]) == {"published"}
