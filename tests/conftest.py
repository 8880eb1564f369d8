"""Shared fixtures: the shipped data cleaned once, and small projects made for one test."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from hypothesis import settings

from planreview.catalogue import Catalogue
from planreview.pipeline import clean
from planreview.project import Project

ROOT = Path(__file__).parents[1]
# A slow, shared machine is no fault of the code: how long an example takes is for benchmarks to say.
settings.register_profile("planreview", deadline=None)
settings.load_profile("planreview")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes that share the tests take them file by file; those on the reports go to one, which makes these once."""
    for item in items:
        on_reports = "both_cycles" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("reports" if on_reports else item.location[0]))


def pytest_make_parametrize_id(val: object) -> str | None:
    """A file made for a test has the moment in it, and a test's name must be the same in each process."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(ROOT / "data/reference")


@pytest.fixture(scope="session")
def shipped_raw(tmp_path_factory) -> Path:
    """The shipped submissions alone: a user's own files beside them are none of the tests' business."""
    raw = tmp_path_factory.mktemp("shipped") / "raw"
    with (ROOT / "data/reference/published.csv").open(encoding="utf-8", newline="") as file:
        paths = [row["stored_path"] for row in csv.DictReader(file)]
    for path in [*paths, *{f"{p.split('/')[0]}/received.csv" for p in paths}]:
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data/raw" / path, raw / path)
    return raw


@pytest.fixture(scope="session")
def shipped(shipped_raw, tmp_path_factory) -> Project:
    """The shipped submissions, cleaned into a folder of the test session."""
    project = Project.find(start=ROOT, raw=shipped_raw, processed=tmp_path_factory.mktemp("processed"))
    clean(project)
    return project


class Sandbox:
    """A project of one test: the shipped reference files, and raw files that the test writes."""

    def __init__(self, root: Path, *, new: bool = True) -> None:
        """``new`` is False for a copy of another one."""
        self.root = root
        if not new:
            return
        shutil.copytree(ROOT / "data/reference", root / "data/reference")
        shutil.copytree(ROOT / "notebooks", root / "notebooks")
        (root / "data/raw").mkdir()

    @property
    def project(self) -> Project:
        return Project.find(start=self.root)

    def workbook(self, place: str, rows: list[list], *, name: str = "bieu.xlsx", edit: Callable | None = None) -> Path:
        """A workbook of one sheet in ``data/raw/<place>``; ``edit`` may change the sheet before it is saved."""
        folder = self.root / "data/raw" / place
        folder.mkdir(parents=True, exist_ok=True)
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if edit:
            edit(book.active)
        book.save(folder / name)
        return folder / name

    def planreview(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """The command as a user runs it."""
        return subprocess.run(
            [sys.executable, "-m", "planreview.cli", *arguments],
            cwd=self.root, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment},
        )  # fmt: skip


@pytest.fixture
def sandbox(tmp_path) -> Sandbox:
    return Sandbox(tmp_path / "du-an")


HEADER = ("STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "Năm 2015", "TH 2019", "ƯTH 2020", "Ghi chú")
NTM = "Số xã đạt chuẩn nông thôn mới (lũy kế)"


@pytest.fixture
def form() -> list[list]:
    """A small form as a unit fills it in."""
    return [
        ["BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI"],
        [*HEADER],  # a test may change its form
        [1, NTM, "xã", 30, 4, 40, 45, "ước cả năm"],
        [2, "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "Trên 90", 88.5, "91,2", 92.4, None],
    ]


@dataclass
class Reports:
    project: Project
    cycle: str
    summary: dict
    stderr: str

    def page(self, unit: str, notebook: str) -> Path:
        folder = self.project.reports / self.cycle / self.summary["as_of"] / unit
        (found,) = folder.glob(f"{notebook}*.html")
        return found

    @property
    def index(self) -> Path:
        return self.project.reports / self.cycle / "index.html"

    @property
    def pages(self) -> list[Path]:
        return sorted((self.project.reports / self.cycle).rglob("*.html"))


UNITS = ("14", "125", "VN")


@pytest.fixture(scope="session")
def some_raw(shipped_raw, tmp_path_factory) -> Path:
    """The shipped submissions of the province, one district and the nation."""
    raw = tmp_path_factory.mktemp("some") / "raw"
    others = {p.name for p in shipped_raw.glob("*/*/")} - set(UNITS)
    shutil.copytree(shipped_raw, raw, ignore=lambda folder, names: others & set(names))
    return raw


@pytest.fixture(scope="session")
def both_cycles(some_raw, tmp_path_factory) -> dict[str, Reports]:
    """The reports of some of the shipped data, made once by the real command, for each cycle file."""
    folder = tmp_path_factory.mktemp("reports")
    project = Project.find(start=ROOT, raw=some_raw, processed=folder / "processed", reports=folder / "reports")
    places = ["--raw", str(some_raw), "--processed", str(project.processed), "--reports", str(project.reports)]
    made = {}
    for cycle in sorted(p.stem for p in (ROOT / "data/reference/cycles").glob("*.toml")):
        command = [sys.executable, "-m", "planreview.cli", "report", "--strict", "--jobs", "2", "--json"]
        command += ["--cycle", cycle, *places]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        made[cycle] = Reports(project, cycle, json.loads(done.stdout), done.stderr)
    return made


@pytest.fixture(scope="session")
def reports(both_cycles, catalogue) -> Reports:
    """The reports of the default cycle."""
    return both_cycles[catalogue.default_cycle.code]
