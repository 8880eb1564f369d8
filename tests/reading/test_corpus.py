"""Real workbooks that nobody here wrote, where they are at hand: hand-read cells come out, every account is closed."""

from __future__ import annotations

import csv
import difflib
import re
from pathlib import Path

import pytest

from planreview.reading import read_sheet
from planreview.reading.listing import listing
from planreview.workbooks import read_workbook

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
INDEX = CORPUS / "INDEX.csv"
pytestmark = pytest.mark.skipif(not INDEX.is_file(), reason="the test material ../shared/corpus is not here")


def index() -> list[dict[str, str]]:
    return list(csv.DictReader(INDEX.open(encoding="utf-8"))) if INDEX.is_file() else []


OPEN = [r["file"] for r in index() if r["file"].startswith("open/") and int(r["size"]) < 1_000_000]
TRUTH = [(r["file"], r["truth"]) for r in index() if r["truth"]]


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def words(text: str) -> set[str]:
    return set(re.sub(r"[^\w%]+", " ", text.lower()).split())


def named(truth: str, said: str) -> bool:
    wanted = words(truth)
    alike = difflib.SequenceMatcher(None, truth.lower(), said.lower()).ratio()  # words run together in the file
    return len(wanted & words(said)) >= 0.8 * len(wanted) or alike >= 0.85


@pytest.mark.parametrize(("file", "truth"), TRUTH, ids=[Path(t).stem for _, t in TRUTH])
def test_hand_read_cells(file, truth):
    rows = [r for r in csv.DictReader((CORPUS / truth).open(encoding="utf-8")) if number(r["value"]) is not None]
    sheets = {r["sheet"].strip() for r in rows}
    accounts = [read_sheet(s) for s in read_workbook((CORPUS / file).read_bytes()).sheets if s.name.strip() in sheets]
    got = {(r["sheet"].strip(), r["cell"]): r for r in listing(accounts).to_dict("records")}
    right, wrong = 0, []
    for row in rows:
        read = got.get((row["sheet"].strip(), row["cell"]))
        value = number(read["value"]) if read else None
        if value is None:
            continue
        if value != pytest.approx(float(row["value"]), rel=1e-6, abs=1e-6):
            wrong.append((row, read))
        line = row["row_label"].rpartition(" > ")[2]
        right += named(line, read["row_label"]) and named(row["col_label"], read["col_label"])
    assert wrong == []
    assert right >= 0.97 * len(rows)
    numeric = [a.fate(c)[0] for a in accounts for c in a.sheet.cells.values() if number(c.raw) is not None]
    refused = sum(f in ("note", "unmatched", "rejected") for f in numeric)
    assert refused <= 0.02 * len(numeric)


@pytest.mark.parametrize("file", OPEN, ids=[Path(f).name for f in OPEN])
def test_every_account_is_closed(file):
    for sheet in read_workbook((CORPUS / file).read_bytes()).sheets:
        account = read_sheet(sheet)
        assert set(account.fates) == set(sheet.cells)
        assert set(account.items) <= set(account.fates)
