"""A commentary lives through reports: never changed, kept beside its figures, and flagged when these move."""

import json

import pandas as pd
from tests.conftest import NTM

TEXT = "\ufeff# Nguyên nhân\r\n\r\nMới có {{ XH.07.01@2020 }} vì thiếu vốn; {{XH.99.99@2020}}.  \r\n"


def report(sandbox):
    done = sandbox.planreview("report", "--json", "--jobs", "2", "--notebook", "03")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    (page,) = (sandbox.root / "reports/2016-2025/2020-11/119").glob("03*.html")
    return summary, page.read_text("utf-8")


def test_a_commentary_through_its_life(sandbox, form):
    form[2][3] = 60  # the target is missed
    sandbox.workbook("2020-11/119", form)
    sandbox.workbook("2020-11/120", form)
    folder = sandbox.root / "data/reference/commentary/2016-2025/119"
    folder.mkdir(parents=True)
    (folder / "nguyen-nhan.md").write_bytes(TEXT.encode())

    (folder.parent / "lac-cho.md").write_text("Lạc chỗ", encoding="utf-8")
    summary, page = report(sandbox)
    assert any("lac-cho.md: không thuộc chu kỳ và đơn vị nào" in note for note in summary["notes"])
    assert "45 xã (ước)" in page and "vì thiếu vốn" in page and "cũ hơn số liệu" not in page
    assert any("{{XH.99.99@2020}} chưa hiện được" in note for note in summary["notes"])
    cited = pd.read_csv(folder / "cited.csv", dtype=str)
    assert cited.to_dict("records") == [
        {"section": "nguyen-nhan", "citation": "XH.07.01@2020", "value": "45", "as_of": "2020-11"}
    ]
    skeletons = sandbox.root / "reports/2016-2025/2020-11/119/nhan-dinh"
    empty = (skeletons / "nguyen-nhan.md").read_text("utf-8")
    assert NTM in empty and "{{XH.07.01@2020}}" in empty and "data/reference/commentary/2016-2025/119" in empty
    kept = (folder / "cited.csv").read_bytes()

    summary, page = report(sandbox)  # nothing moved: nothing is made again
    assert (summary["made"], len(summary["current"])) == ([], 2)

    (skeletons / "bai-hoc.md").write_text("# Bài học\n\nViết nhầm chỗ.\n", encoding="utf-8")
    form[2][6] = 43
    sandbox.workbook("2020-11/119", form)
    summary, page = report(sandbox)
    assert {d["unit_code"] for d in summary["due"]} == {"119"}
    assert f": {NTM} (2020) lúc viết là 45 xã" in page and "nhận định cũ hơn số liệu" in page and "nay là 43 xã" in page
    assert any(note.startswith("119, ") and "nhận định cũ hơn số liệu" in note for note in summary["notes"])
    assert (skeletons / "bai-hoc.md").read_text("utf-8") == "# Bài học\n\nViết nhầm chỗ.\n"
    assert any("bai-hoc.md" in note for note in summary["notes"])
    assert (folder / "nguyen-nhan.md").read_bytes() == TEXT.encode()
    assert (folder / "cited.csv").read_bytes() == kept

    (folder / "cited.csv").unlink()  # the text was looked at again: today's figure is its figure
    (folder / "nguyen-nhan.md").write_bytes(TEXT.replace("thiếu vốn", "thiếu đất").encode())
    summary, page = report(sandbox)
    assert {d["unit_code"] for d in summary["due"]} == {"119"}
    assert "vì thiếu đất" in page and "cũ hơn số liệu" not in page
    assert pd.read_csv(folder / "cited.csv", dtype=str)["value"].tolist() == ["43"]
