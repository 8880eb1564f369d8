"""``planreview read``: values, ledger and page of any file, for somebody at a terminal."""

import csv
import json
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

COLUMNS = [
    "sheet",
    "cell",
    "row_label",
    "col_label",
    "unit",
    "value",
    "value_upper",
    "qualifier",
    "period",
    "kind",
    "raw",
    "hidden",
]


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    for row in (
        ("Chỉ tiêu", "ĐVT", "TH 2019", "KH 2020"),
        ("Tổng sản phẩm", "Tỷ đồng", 1234.5, "Trên 1.300,5"),
        ("<script>alert(1)</script>", "%", 12, "Xuất siêu"),
        ("Thu ngân sách", "Tỷ đồng", "-", "1.x"),
    ):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "bieu.xlsx"
    book.save(path)
    return path


def run(*arguments, cwd):
    command = [sys.executable, "-m", "planreview.cli", "read", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def test_values_as_csv(workbook, tmp_path):
    done = run(workbook, "--out", "ra.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    content = (tmp_path / "ra.csv").read_bytes()
    assert content.startswith("\ufeff".encode())
    rows = {r["cell"]: r for r in csv.DictReader(content.decode("utf-8-sig").splitlines())}
    assert list(rows["C2"]) == COLUMNS
    assert rows["C2"] == {
        "sheet": "Biểu 1",
        "cell": "C2",
        "row_label": "Tổng sản phẩm",
        "col_label": "TH 2019",
        "unit": "Tỷ đồng",
        "value": "1234.5",
        "value_upper": "",
        "qualifier": "",
        "period": "2019",
        "kind": "actual",
        "raw": "1234.5",
        "hidden": "False",
    }
    assert (rows["D2"]["value"], rows["D2"]["qualifier"], rows["D2"]["kind"]) == ("1300.5", ">=", "target")
    assert (rows["D3"]["value"], rows["D3"]["qualifier"], rows["D3"]["hidden"]) == ("Xuất siêu", "text", "True")
    assert rows["C4"]["value"] == "-"
    summary = json.loads(done.stdout)
    assert (summary["command"], summary["cells"]) == ("read", 16)
    assert sum(summary["fates"].values()) == 16


def test_a_ledger_has_one_row_for_each_cell(workbook, tmp_path):
    assert run(workbook, "--ledger", "--out", "so.parquet", cwd=tmp_path).returncode == 0
    ledger = pd.read_parquet(tmp_path / "so.parquet")
    assert list(ledger.columns)[:13] == [*COLUMNS, "fate"]
    assert len(ledger) == 16
    assert ledger["fate"].value_counts().to_dict() == {
        "value": 5,
        "header": 4,
        "label": 3,
        "unit": 3,
        "blank_mark": 1,
    }


def test_the_page_needs_nothing_and_runs_nothing(workbook, tmp_path):
    assert run(workbook, "--show", "xem.html", cwd=tmp_path).returncode == 0
    page = (tmp_path / "xem.html").read_text("utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Đọc là: 1.234,5" in page
    assert 'class="raw value h"' in page


def test_what_cannot_be_read_is_one_sentence(tmp_path):
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    done = run(broken, "--out", "ra.csv", cwd=tmp_path)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("hong.xlsx: ")
    assert (tmp_path / "ra.csv").read_text("utf-8-sig").splitlines() == [",".join(COLUMNS)]
    absent = run("khong-co.xlsx", cwd=tmp_path)
    assert (absent.returncode, absent.stderr.startswith("Không có tệp này")) == (2, True)
    named = run(broken, "--out", "ra.txt", cwd=tmp_path)
    assert (named.returncode, ".csv hoặc .parquet" in named.stderr) == (2, True)
