"""Bad input gets one Vietnamese sentence and the exit code of the contract; the other units are served."""

import json
import re
import shutil
import sys

import pytest

from planreview import tables
from planreview.cli import main


def one_sentence(done):
    """The sentence on stderr, sure that there is no traceback."""
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_no_folder_of_submissions(sandbox):
    shutil.rmtree(sandbox.root / "data/raw")
    done = sandbox.planreview("clean")
    assert done.returncode == 2
    assert one_sentence(done).startswith("Không có thư mục số liệu nhận về")


def test_an_empty_folder_of_submissions(sandbox):
    done = sandbox.planreview("report")
    assert done.returncode == 2
    assert "data/raw/<đợt>/<mã đơn vị>" in one_sentence(done)


def test_outside_a_project(sandbox, tmp_path):
    sandbox.root = tmp_path
    done = sandbox.planreview("clean")
    assert done.returncode == 2
    assert one_sentence(done).startswith("Không tìm thấy dự án")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clean", "--unit", "99"], "Không có đơn vị nào mang mã “99”"),
        (["clean", "--round", "2019-06"], "Không có đợt báo cáo “2019-06”"),
        (["report", "--cycle", "2011-2015"], "Không có chu kỳ “2011-2015”"),
        (["report", "--as-of", "hôm nay"], "Không có đợt báo cáo “hôm nay”"),
        (["report", "--notebook", "99"], "Không có sổ tay “99”"),
    ],
)
def test_wrong_usage(sandbox, form, monkeypatch, capfd, arguments, said):
    sandbox.workbook("2020-11/14", form)
    monkeypatch.chdir(sandbox.root)
    monkeypatch.setattr(sys, "argv", ["planreview", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capfd.readouterr().err.strip().startswith(said)


def test_a_slip_in_a_toml_file(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    (sandbox.root / "data/reference/rounds.toml").write_text("[2020-06\n", encoding="utf-8")
    done = sandbox.planreview("clean")
    assert done.returncode == 1
    assert "cú pháp TOML" in one_sentence(done) and "rounds.toml" in one_sentence(done)


def test_errors_in_the_data_are_data(sandbox, form):
    sandbox.workbook("2020-11/14", [*form[:2], [*form[2][:6], "rất nhiều"]])
    sandbox.workbook("2020-11/VN", form)
    sandbox.workbook("2020-11/XYZ", form)
    (sandbox.root / "data/raw/2020-11/VN/hong.xlsx").write_bytes(b"hong")
    done = sandbox.planreview("clean", "--json", LANG="C", LC_ALL="C")
    assert done.returncode == 0
    summary = json.loads(done.stdout)
    assert (summary["errors"], summary["failures"]) == (3, {})
    assert "XYZ" in summary["notes"][0]
    assert "2020-11/VN/hong.xlsx" in summary["notes"][1]
    issues = tables.read("issues", sandbox.root / "data/processed/issues")
    assert sorted(issues["code"]) == ["number.not_a_number", "read.unknown_unit", "read.unreadable"]
    assert sandbox.planreview("clean", "--strict").returncode == 1


def test_a_unit_with_nothing_readable_stops_nobody(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    (sandbox.root / "data/raw/2020-11/VN").mkdir()
    (sandbox.root / "data/raw/2020-11/VN/hong.xlsx").write_bytes(b"hong")
    done = sandbox.planreview("report", "--jobs", "2", "--notebook", "01", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["made"]) == 2
    assert "Không đọc được 2020-11/VN/hong.xlsx: " in done.stderr
    page = (sandbox.root / "reports/2016-2025/2020-11/VN/01_clean_submissions__VN__2020-11.html").read_text("utf-8")
    assert "không đọc được" in page and "hong.xlsx" in page


def test_a_report_that_fails_is_named_and_leaves_no_old_page(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    notebook = sandbox.root / "notebooks/02_results_vs_targets.ipynb"
    content = json.loads(notebook.read_text("utf-8"))
    content["cells"][-1]["source"] = ["raise ValueError('hỏng')"]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    for other in {*notebook.parent.glob("*.ipynb")} - {notebook}:
        other.unlink()
    old = sandbox.root / "reports/2016-2025/2020-11/14/02_results_vs_targets__14__2020-11.html"
    old.parent.mkdir(parents=True)
    old.write_text("cũ", encoding="utf-8")
    done = sandbox.planreview("report", "--json")  # what is not read yet is read first
    assert done.returncode == 1
    (failed,) = json.loads(done.stdout)["failed"]
    assert failed["unit_code"] == "14" and failed["reason"] == "ValueError: hỏng"
    assert not old.exists()
    index = sandbox.root / "reports/2016-2025/index.html"
    assert "ValueError: hỏng" in index.read_text("utf-8")
    sandbox.workbook("2020-11/VN", form)
    sandbox.planreview("report", "--unit", "VN", "--notebook", "02")
    assert "ValueError: hỏng" in index.read_text("utf-8")  # another unit's failure is not forgotten


def test_help_shows_examples(sandbox):
    for command in ("clean", "forms", "report", "start", "lab"):
        done = sandbox.planreview(command, "--help")
        assert done.returncode == 0 and f"planreview {command}" in done.stdout and "Ví dụ" in done.stdout


COMMANDS = ("start", "forms", "receive", "clean", "status", "feedback", "report", "alias", "read", "lab")


@pytest.mark.parametrize("command", [[], *([c] for c in COMMANDS)], ids=lambda c: " ".join(c) or "planreview")
def test_help_is_vietnamese(sandbox, command):
    page = sandbox.planreview(*command, "--help").stdout
    assert page.startswith("Cách dùng: planreview") and "Tùy chọn:" in page
    examples_and_options = r"(?m)^    planreview .*$|--\S+"
    ours = re.sub(examples_and_options, "", page)
    assert not re.search(r"(?i)usage|options|arguments|commands|show this|default:|required|<\w+|\{", ours)
    if not command:
        assert all(f"\n  {name} " in page for name in COMMANDS) and "..." not in page


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["cleann"], "Không có lệnh “cleann”. Có phải clean không?"),
        (["clean", "--unt", "14"], "Không có tùy chọn --unt (có phải --unit"),
        (["clean", "--unit"], "--unit chưa ghi đúng"),
        (["clean", "14"], "không dùng phần ghi thêm “14”. Xem cách dùng: planreview clean --help."),
        (["report", "--jobs", "nhiều"], "Giá trị ghi ở --jobs không dùng được"),
        (["read"], "Còn thiếu TỆP. Xem cách dùng: planreview read --help."),
    ],
)
def test_wrong_usage_is_one_vietnamese_sentence(sandbox, command, said):
    done = sandbox.planreview(*command)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_unit_whose_folder_is_gone_leaves_no_numbers(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    gone = sandbox.workbook("2020-11/VN", form)
    sandbox.planreview("clean")
    page = sandbox.root / "reports/2016-2025/2020-11/VN/02_results_vs_targets__VN__2020-11.html"
    page.parent.mkdir(parents=True)
    page.write_text("cũ", encoding="utf-8")
    shutil.rmtree(gone.parent)
    done = sandbox.planreview("report", "--notebook", "01")
    assert done.returncode == 0, done.stderr
    assert not page.parent.exists()
    assert not list((sandbox.root / "data/processed").rglob("*__VN.parquet"))
    assert "Cả nước" not in (sandbox.root / "reports/2016-2025/index.html").read_text("utf-8")
