"""A command that the user stops keeps what is finished, says so, and goes on from there when it is called again."""

import json
import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_a_stopped_report_is_taken_up_again(sandbox, form):
    for unit in ("14", "125", "VN"):
        sandbox.workbook(f"2020-11/{unit}", form)
    command = [sys.executable, "-m", "planreview.cli", "report", "--notebook", "02"]
    running = subprocess.Popen(command, cwd=sandbox.root, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    said = next(line for line in running.stderr if line.strip().endswith("02_results_vs_targets"))
    running.send_signal(signal.SIGTERM)  # as a closed window does
    rest = running.communicate(timeout=300)[1]
    assert said.split()[0] == "1/3"
    assert running.returncode == 130 and "chạy lại đúng lệnh này để làm tiếp" in rest

    finished = said.split()[1]
    edition = sandbox.root / "reports/2016-2025/2020-11"
    pages = {page.parent.name for page in edition.glob("*/02_*.html")}
    assert finished in pages and len(pages) < 3
    index = (sandbox.root / "reports/2016-2025/index.html").read_text("utf-8")
    assert f"2020-11/{finished}/02_results_vs_targets__{finished}__2020-11.html" in index

    dry = json.loads(sandbox.planreview("report", "--notebook", "02", "--dry-run", "--json").stdout)
    assert {job["unit_code"] for job in dry["current"]} == pages
    assert {job["unit_code"] for job in dry["due"]} == {"14", "125", "VN"} - pages
