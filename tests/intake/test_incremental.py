"""clean again: only files that changed are read, and what comes out is what reading everything gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planreview import pipeline, store
from planreview.intake import units

FOLDER = "2020-11/119"


@pytest.fixture
def project(sandbox, form):
    for name, value in (("a.xlsx", 40), ("b.xlsx", 41), ("c.xlsx", 42)):
        form[2][6] = value
        sandbox.workbook(FOLDER, form, name=name)
    sandbox.workbook("2020-11/120", form)
    shutil.copyfile(sandbox.root / "data/raw" / FOLDER / "a.xlsx", sandbox.root / "data/raw" / FOLDER / "copy.xlsx")
    (sandbox.root / "data/raw" / FOLDER / "thư.pdf").write_bytes(b"%PDF-1.4")
    pipeline.clean_units(sandbox.project)
    return sandbox.project


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The files that are read from here on."""
    seen: list[str] = []

    def read_file(path: Path, source_file: str, **known):
        seen.append(source_file)
        return original(path, source_file, **known)

    original = units.read_file
    monkeypatch.setattr(units, "read_file", read_file)
    return seen


def parts(processed: Path) -> dict[str, bytes]:
    return {p.relative_to(processed).as_posix(): p.read_bytes() for p in processed.rglob("*.parquet")}


def again(project, form, sandbox) -> None:
    form[2][6] = 43
    sandbox.workbook(FOLDER, form, name="b.xlsx")
    pipeline.clean_units(project)


def test_nothing_is_read_where_nothing_changed(project, opened):
    before = parts(project.processed)
    pipeline.clean_units(project)
    assert opened == []
    assert parts(project.processed) == before


def test_one_changed_file_is_the_only_one_that_is_read(project, opened, form, sandbox):
    again(project, form, sandbox)
    assert opened == [f"{FOLDER}/b.xlsx"]
    once = parts(project.processed)
    shutil.rmtree(project.processed)
    pipeline.clean_units(project, jobs=2)
    assert parts(project.processed) == once


def test_new_and_gone_files_count_as_changes(project, opened, form, sandbox):
    folder = project.raw / FOLDER
    (folder / "a.xlsx").unlink()  # its copy is read in its place
    sandbox.workbook(FOLDER, form, name="d.xlsx")
    pipeline.clean_units(project)
    assert opened == [f"{FOLDER}/copy.xlsx", f"{FOLDER}/d.xlsx"]


def test_another_name_for_an_indicator_reads_all_again(project, opened):
    with (project.reference / "aliases.csv").open("a", encoding="utf-8") as aliases:
        aliases.write("Tên riêng của huyện,KT.01.02,thử,2026-11-30,\n")
    pipeline.clean_units(project)
    assert len(opened) == 6


def test_what_the_log_says_is_looked_up_anew(project, opened):
    log = "stored_path,received_at,sender,original_name,sha256,unit_code\n"
    log += f"{FOLDER}/b.xlsx,hôm qua,,b.xlsx,,119\n"
    (project.raw / "2020-11/received.csv").write_text(log, encoding="utf-8")
    for _ in range(2):
        pipeline.clean_units(project)
        issues = pipeline.tables.read("issues", project.processed / "issues")
        assert (issues["code"] == "read.received_at").sum() == 1
    assert opened == []


def test_reference_files_are_hashed_once_for_all_units(project, monkeypatch):
    asked = []
    original = store.references_digest
    monkeypatch.setattr(store, "references_digest", lambda project: asked.append(1) or original(project))
    before = parts(project.processed)
    pipeline.clean_units(project)
    assert len(asked) == 1
    assert parts(project.processed) == before
