"""No line of code knows a year, a province or a district: they are all data."""

import ast
import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [*sorted((ROOT / "lib/planreview").rglob("*.py")), *sorted((ROOT / "notebooks").glob("*.ipynb"))]
YEAR = re.compile(r"(?<![\w/.])(?:19|20)\d\d(?![\w/])")
EXAMPLE = re.compile(r"\bnhư\b|\bví dụ\b", re.I)  # advice that shows how a thing is written
BOUNDS_OF_ANY_YEAR = (1900, 2100)


def trees(path: Path) -> list[ast.Module]:
    if path.suffix == ".py":
        return [ast.parse(path.read_text("utf-8"))]
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [ast.parse("".join(c["source"])) for c in cells if c["cell_type"] == "code"]


def docstrings(tree: ast.Module) -> set[int]:
    places = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = [n.body[0] for n in ast.walk(tree) if isinstance(n, places) and n.body]
    return {id(f.value) for f in firsts if isinstance(f, ast.Expr)}


def constants(path: Path) -> list[tuple[int, object]]:
    return [
        (node.lineno, node.value)
        for tree in trees(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in docstrings(tree)
    ]


@pytest.fixture(scope="module")
def places() -> tuple[set[str], set[str]]:
    """Codes and names of the areas in units.csv."""
    with (ROOT / "data/reference/units.csv").open(encoding="utf-8", newline="") as file:
        areas = [row for row in csv.DictReader(file) if row["kind"] not in ("department", "central_agency")]
    words = ("Tỉnh", "Huyện", "Thành phố", "Xã", "Phường", "Thị trấn")
    names = {re.sub(rf"^(?:{'|'.join(words)}) ", "", row["name_vi"]) for row in areas} - {"Cả nước"}
    return {row["unit_code"] for row in areas if row["unit_code"].isdigit()}, names


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_year_and_no_place_in_the_code(path, places):
    codes, names = places
    found = []
    for line, value in constants(path):
        if isinstance(value, int) and not isinstance(value, bool):
            if BOUNDS_OF_ANY_YEAR[0] < value < BOUNDS_OF_ANY_YEAR[1]:
                found.append((line, value))
        elif isinstance(value, str):
            year = YEAR.search(value) and not EXAMPLE.search(value)
            if year or value in codes or any(name in value for name in names):
                found.append((line, value))
    assert found == []


def test_the_search_finds_what_it_looks_for(tmp_path, places):
    codes, names = places
    assert {"14", "119"} <= codes and {"Sơn La", "Thuận Châu"} <= names
    path = tmp_path / "x.py"
    path.write_text('"""2020 in a docstring."""\nx = 2020\ny = "KH 2021-2025"\nz = "119"\n', encoding="utf-8")
    assert [value for _, value in constants(path)] == [2020, "KH 2021-2025", "119"]
