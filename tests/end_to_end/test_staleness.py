"""A report whose files, rows, notebook and code are unchanged is not made again; --dry-run says what would be."""

import json

from docx import Document
from tests.conftest import NTM


def run(sandbox, *arguments):
    done = sandbox.planreview("report", "--json", "--jobs", "2", "--notebook", "01", "--notebook", "02", *arguments)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    return {(d["unit_code"], d["notebook"][:2]): d["reason"] for d in summary["due"]}, summary


def test_only_what_changed_is_made_again(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    due, summary = run(sandbox)
    assert due == {("14", "01"): "chưa có báo cáo", ("14", "02"): "chưa có báo cáo"}
    assert len(summary["made"]) == 2

    sandbox.workbook(
        "2020-11/VN", form[:3]
    )  # another unit's numbers are none of this unit's business, rates of the nation apart
    due, summary = run(sandbox)
    assert set(due) == {("VN", "01"), ("VN", "02")}
    assert (len(summary["made"]), len(summary["current"])) == (2, 2)

    form[2][6] = 99
    sandbox.workbook("2020-11/14", form)
    due, summary = run(sandbox, "--dry-run")
    unknown = "nếu số liệu đổi sau khi đọc lại tệp"
    assert due == {(u, n): unknown for u in ("14", "VN") for n in ("01", "02")}
    assert (summary["made"], summary["dry_run"]) == ([], True)

    aliases = sandbox.root / "data/reference/aliases.csv"
    aliases.write_text(f"{aliases.read_text('utf-8')}Xã về đích,XH.07.01,A,2026-01-01,\n", encoding="utf-8")
    due, summary = run(sandbox)  # all are read again, as a name may mean more now; only 14 has other rows
    assert due == {("14", "01"): "số liệu hoặc danh mục đã đổi", ("14", "02"): "số liệu hoặc danh mục đã đổi"}
    assert {c["unit_code"] for c in summary["current"]} == {"VN"}
    (page,) = (sandbox.root / "reports/2016-2025/2020-11/VN").glob("02*.html")
    assert NTM in page.read_text("utf-8")

    page.with_suffix(".docx").unlink()
    due, _ = run(sandbox, "--dry-run")
    assert due == {("VN", "02"): "chưa có báo cáo"}


def test_strict_checks_reports_of_earlier_runs_too(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    _, summary = run(sandbox, "--strict")
    (page,) = (sandbox.root / "reports/2016-2025/2020-11/14").glob("02*.html")
    right, papers = page.read_text("utf-8"), page.with_suffix(".docx").read_bytes()
    page.write_text(right.replace(">45<", ">54<", 1), encoding="utf-8")
    assert run(sandbox)[1]["faults"] == []  # nothing is made, nothing is looked at
    done = sandbox.planreview("report", "--json", "--notebook", "02", "--strict")
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["made"], len(summary["current"])) == (1, [], 1)
    assert any("HTML: số 54" in fault for fault in summary["faults"]), summary["faults"]

    page.write_text(right, encoding="utf-8")
    book = Document(page.with_suffix(".docx"))
    book.add_paragraph("98.765,4")
    book.save(page.with_suffix(".docx"))
    done = sandbox.planreview("report", "--json", "--notebook", "02", "--strict")
    assert done.returncode == 1
    assert any("Word: số 98.765,4" in fault for fault in json.loads(done.stdout)["faults"])
    page.with_suffix(".docx").write_bytes(papers)
    run(sandbox, "--strict")
