"""Notebooks under plain papermill, as an analyst runs one."""

import subprocess
import sys

import nbformat
import pytest
from tests.conftest import ROOT

NOTEBOOK = "03_assessment.ipynb"


def run(reports, output, *parameters, folder=ROOT, notebook=NOTEBOOK):
    notebook = notebook if folder.name == "notebooks" else f"notebooks/{notebook}"
    command = [sys.executable, "-m", "papermill", notebook, str(output), "--no-progress-bar", *parameters,
               "-r", "raw_dir", str(reports.project.raw),
               "-r", "processed_dir", str(reports.project.processed)]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def text(path):
    outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
    return "".join(o["data"]["text/html"] for o in outputs if "text/html" in o.get("data", {}))


@pytest.mark.parametrize(
    ("parameters", "folder"),
    [(["-p", "unit", "14"], ROOT), (["-r", "unit", "14"], ROOT / "notebooks"), ([], ROOT)],
    ids=["a number", "from notebooks", "the default unit"],
)
def test_a_notebook_runs_alone(reports, tmp_path, parameters, folder):
    done = run(reports, tmp_path / "out.ipynb", *parameters, folder=folder)
    assert done.returncode == 0, done.stderr
    assert "Tỉnh Sơn La: đánh giá thực hiện kế hoạch 2016–2020" in text(tmp_path / "out.ipynb")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        (["-r", "unit", "99999"], "Không có đơn vị nào mang mã “99999”"),
        (["-r", "unit", "14", "-p", "nam", "2020"], "Sổ tay không có tham số nam"),
        (["-r", "cycle", "1999"], "Không có chu kỳ “1999”"),
    ],
)
def test_a_wrong_parameter_is_an_error_in_one_sentence(reports, tmp_path, parameters, said):
    done = run(reports, tmp_path / "out.ipynb", *parameters)
    assert done.returncode != 0
    assert said in done.stderr
    error = [o for c in nbformat.read(tmp_path / "out.ipynb", as_version=4).cells for o in c.get("outputs", [])]
    traceback = next(o["traceback"] for o in error if o["output_type"] == "error")
    assert len(traceback) == 1 and traceback[0].startswith(said)


def test_absent_tables_name_the_command(reports, tmp_path):
    reports_of_nothing = ["-r", "unit", "14", "-r", "processed_dir", str(tmp_path)]
    command = [sys.executable, "-m", "papermill", f"notebooks/{NOTEBOOK}", str(tmp_path / "out.ipynb"),
               "--no-progress-bar", *reports_of_nothing]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode != 0
    assert "Hãy chạy lệnh: planreview clean" in done.stderr


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        ("04_lessons_learned.ipynb", "Huyện Mai Sơn: bài học 2016–2020 cho kế hoạch 2021–2025"),
        ("05_targets_ahead.ipynb", "Huyện Mai Sơn: mục tiêu 2021–2025 so với kết quả 2016–2020"),
        ("07_leadership_brief.ipynb", "Huyện Mai Sơn: tóm tắt kết quả 2016–2020 cho lãnh đạo"),
    ],
)
def test_the_other_notebooks_run_alone_too(reports, tmp_path, notebook, said):
    done = run(reports, tmp_path / "out.ipynb", "-r", "unit", "125", notebook=notebook)
    assert done.returncode == 0, done.stderr
    assert said in text(tmp_path / "out.ipynb")
