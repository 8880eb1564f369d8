"""planreview start: the shipped example goes, one's own data and the published figures stay, nothing is lost."""

import hashlib
import json
import shutil

import pytest
from tests.conftest import NTM

from planreview import tables

SIMULATED = "Số liệu mô phỏng, không phải số liệu thật"
EXAMPLE = ("2020-06/119/bieu.xlsx", "2020-06/120/bieu.xlsx", "2020-11/119 Thuận Châu/con/bieu.xlsx")
EDITED = "2020-06/121/bieu.xlsx"
PUBLISHED = "2020-06/14/cong-bo.xlsx"


def save(sandbox, stored_path: str, rows: list[list]) -> bytes:
    folder, _, name = stored_path.rpartition("/")
    return sandbox.workbook(folder, rows, name=name).read_bytes()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def example(sandbox, form) -> dict[str, bytes]:
    """A shipped example of four files, one of them edited since, beside a published workbook: content by path."""
    rows = {path: [[SIMULATED], [path], *form] for path in (*EXAMPLE, EDITED)}
    files = {path: save(sandbox, path, rows[path]) for path in rows}
    reference = sandbox.root / "data/reference"
    listed = "".join(f"{path},{digest(content)}\n" for path, content in files.items())
    (reference / "simulated.csv").write_text(f"stored_path,sha256\n{listed}", encoding="utf-8")
    log = "stored_path,received_at,sender,original_name,sha256,unit_code\n"
    for path, content in files.items():
        log += f"{path},2020-06-20T08:00:00+07:00,,bieu.xlsx,{digest(content)},{path.split('/')[1].split()[0]}\n"
    (sandbox.root / "data/raw/2020-06/received.csv").write_text(log, encoding="utf-8")
    (sandbox.root / "data/raw/2020-11/received.csv").write_text(log, encoding="utf-8")
    files[EDITED] = save(sandbox, EDITED, [*rows[EDITED], ["sửa tay"]])
    files[PUBLISHED] = save(sandbox, PUBLISHED, [["Số liệu công bố"], *form])
    (reference / "published.csv").write_text(f"sha256\n{digest(files[PUBLISHED])}\n", encoding="utf-8")
    return files


def run(sandbox, command: str, *arguments: str) -> tuple[dict, str]:
    done = sandbox.planreview(command, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def under(folder) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_was_shipped_goes_and_nothing_is_lost(sandbox, example):
    raw, aside = sandbox.root / "data/raw", sandbox.root / "data/set-aside"
    (raw / "2020-06/120/.DS_Store").write_bytes(b"left by a system")
    logs = {p: c for p, c in under(raw).items() if p.endswith(".csv")}
    summary, said = run(sandbox, "start")
    assert sorted(summary["files"]) == sorted(EXAMPLE) and summary["kept"] == [EDITED]
    assert under(aside / "raw") == {path: example[path] for path in EXAMPLE}
    assert under(raw) == {path: example[path] for path in (EDITED, PUBLISHED)} | logs
    assert not (raw / "2020-06/120").exists() and not (raw / "2020-11/119 Thuận Châu").exists()
    assert EDITED in said and "đã đổi so với bản kèm theo" in said
    assert "make report" in said and str(aside / "raw") in said

    before = under(sandbox.root / "data")
    again, said = run(sandbox, "start")
    assert (again["files"], again["reports"], again["kept"]) == ([], [], [EDITED])
    assert "không có gì phải làm" in said and under(sandbox.root / "data") == before


def test_forms_prefilled_from_the_example_are_no_forms_to_send(sandbox, example):
    run(sandbox, "clean")
    run(sandbox, "forms", "--round", "2020-11", "--unit", "119", "--prefill-from", "2020-06")
    run(sandbox, "forms", "--round", "2020-11", "--unit", "121")
    run(sandbox, "feedback", "--round", "2020-06", "--unit", "119")
    summary, said = run(sandbox, "start")
    form, feedback = summary["forms"]
    assert form == "bieu-mau/2020-11/119/bieu-II__119__2020-11.xlsx" and feedback.startswith("phan-hoi/2020-06/119/")
    assert "Đã cất 2 biểu, tệp phản hồi có số mô phỏng" in said
    assert (sandbox.root / "data/set-aside/reports" / summary["forms"][0]).exists()
    assert [p.parent.name for p in (sandbox.root / "reports/bieu-mau").rglob("*.xlsx")] == ["121"]


def test_the_example_can_be_brought_back_and_put_aside_again(sandbox, example):
    raw, aside = sandbox.root / "data/raw", sandbox.root / "data/set-aside/raw"
    before = under(raw)
    run(sandbox, "start")
    for path, content in under(aside).items():
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(content)
    assert under(raw) == before
    (aside / EXAMPLE[0]).write_bytes("việc của người khác".encode())
    summary, _ = run(sandbox, "start")
    assert sorted(summary["files"]) == sorted(EXAMPLE)
    assert (aside / EXAMPLE[0]).read_bytes() == "việc của người khác".encode()
    assert (aside / "2020-06/119/bieu (2).xlsx").read_bytes() == example[EXAMPLE[0]]


def test_a_renamed_copy_is_the_example_too(sandbox, example):
    (sandbox.root / "data/raw" / EXAMPLE[0]).rename(sandbox.root / "data/raw/2020-06/119/ten-khac.xlsx")
    summary, _ = run(sandbox, "start")
    assert "2020-06/119/ten-khac.xlsx" in summary["files"]


def test_without_an_example_there_is_nothing_to_do(sandbox, form):
    sandbox.workbook("2020-06/119", [[SIMULATED], *form])
    summary, said = run(sandbox, "start")
    assert summary["files"] == [] and "không có gì phải làm" in said
    assert len(under(sandbox.root / "data/raw")) == 1


def test_one_own_workbook_after_start_gives_its_report_and_nothing_simulated(sandbox, example, form):
    shutil.rmtree((sandbox.root / "data/raw" / EDITED).parent)
    for later in (sandbox.root / "notebooks").glob("0[3-9]_*.ipynb"):
        later.unlink()
    run(sandbox, "clean")
    reports = sandbox.root / "reports/2016-2025"
    old = {"unit": "120", "stem": "01", "title": "Cũ", "file": "01__120__2020-11.html", "reason": "", "made_from": {}}
    (reports / "2020-11/120").mkdir(parents=True)
    (reports / "2020-11/120" / old["file"]).write_text(SIMULATED, encoding="utf-8")
    (reports / "2020-11/manifest.json").write_text(json.dumps({"reports": [old]}), encoding="utf-8")
    (reports / "index.html").write_text("Mường La", encoding="utf-8")

    started, _ = run(sandbox, "start")
    assert started["reports"] == ["2016-2025/2020-11"]
    assert "Chưa có báo cáo nào" in (reports / "index.html").read_text("utf-8")
    assert (sandbox.root / "data/set-aside/reports/2016-2025/2020-11/120" / old["file"]).exists()
    assert not list((sandbox.root / "data/processed").rglob("*.parquet"))
    run(sandbox, "clean")
    status, _ = run(sandbox, "status", "--round", "2020-06")
    assert {row["status"] for row in status["rows"]} == {"missing"}

    form[2][6] = 47
    save(sandbox, "2020-06/119/cua-minh.xlsx", form)
    after, _ = run(sandbox, "report", "--jobs", "2")
    assert (after["as_of"], after["failed"]) == ("2020-06", [])
    assert {p.name for p in reports.iterdir()} == {"2020-06", "index.html"}, "the last round that has data now"
    pages = {p.name[:2]: p.read_text("utf-8") for p in (reports / "2020-06/119").glob("*.html")}
    assert set(pages) == {"01", "02"} and NTM in pages["02"] and "47" in pages["02"]
    everything = [p.read_text("utf-8") for p in reports.rglob("*.html")]
    assert not any("mô phỏng" in page for page in everything)
    assert not any("con/bieu.xlsx" in page for page in everything)
    register = tables.read("register", sandbox.root / "data/processed/register")
    assert set(register[register["source_file"] != ""]["source_file"]) == {PUBLISHED, "2020-06/119/cua-minh.xlsx"}
    assert set(register[register["unit_code"] == "120"]["status"]) == {"missing"}


def test_a_file_of_ones_own_under_the_name_of_one_put_aside_is_not_dated_by_its_line(sandbox, example, form):
    run(sandbox, "start")
    path = sandbox.root / "data/raw" / EXAMPLE[0]
    content = save(sandbox, EXAMPLE[0], form)
    run(sandbox, "clean")
    seen = tables.read("register", sandbox.root / "data/processed/register").set_index("source_file")
    assert seen.loc[EXAMPLE[0], ["status", "provenance"]].tolist() == ["undated", "submitted"]
    path.unlink()
    (sandbox.root / "bieu.xlsx").write_bytes(content)
    arguments = ("bieu.xlsx", "--round", "2020-06", "--unit", "119", "--at", "2020-06-25T08:00:00+07:00")
    assert [row["stored_path"] for row in run(sandbox, "receive", *arguments)[0]["stored"]] == [EXAMPLE[0]]
    run(sandbox, "clean")
    seen = tables.read("register", sandbox.root / "data/processed/register").set_index("source_file")
    assert seen.loc[EXAMPLE[0], ["status", "provenance"]].tolist() == ["on_time", "submitted"]


def test_the_examples_scan_is_known_as_simulated(sandbox, example):
    scan = sandbox.root / "data/raw/2020-06/119/quet.pdf"
    scan.write_bytes(b"%PDF")
    listed = sandbox.root / "data/reference/simulated.csv"
    listed.write_text(f"{listed.read_text('utf-8')}2020-06/119/quet.pdf,{digest(b'%PDF')}\n", encoding="utf-8")
    run(sandbox, "clean")
    register = tables.read("register", sandbox.root / "data/processed/register").set_index("source_file")
    found = register[register.index != ""]["provenance"].to_dict()
    assert found == {
        **dict.fromkeys((*EXAMPLE, EDITED, "2020-06/119/quet.pdf"), "simulated"),
        PUBLISHED: "published",
    }
