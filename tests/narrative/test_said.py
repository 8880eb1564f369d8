"""What units wrote stands word for word on their own page, and on the province's beside their names; nowhere else."""

import pytest
from tests.conftest import HEADER, NTM
from tests.narrative.test_own import SIMULATED, page
from tests.pages import Text

from planreview.narrative import assessment
from planreview.pipeline import clean
from planreview.review import Review

COLUMNS = [*HEADER[:7], "Nguyên nhân chưa đạt", "Giải pháp"]
CAUSE, SOLUTION = "Thiếu vốn; dịch bệnh", "Lồng ghép nguồn vốn"
LACKING = "cần bổ sung nguyên nhân và giải pháp"


def missed(cause, solution, *, name=NTM, unit="xã"):
    """A form's row of an indicator that misses its target."""
    return [1, name, unit, 60, 4, 40, 45, cause, solution]


@pytest.fixture
def told(sandbox):
    """The page 03 of a unit as lines, of forms ``{folder or file: rows}``."""

    def make(unit, forms):
        for place, rows in forms.items():
            folder = "/".join(place.split("/")[:2])
            marked = rows[0] == SIMULATED
            sandbox.workbook(
                folder,
                [*rows[:marked], COLUMNS, *rows[marked:]] if place == folder else rows,
                name="bieu.xlsx" if place == folder else place.split("/")[-1],
            )
        project = sandbox.project
        assert clean(project).failures == {}
        r = Review(unit, raw=project.raw, processed=project.processed, reference=project.reference)
        parts = (assessment.achievements, assessment.shortcomings, assessment.causes, assessment.responsibility)
        blocks = [b for part in (*parts, assessment.lessons) for b in part(r)]
        return Text(page(r, *assessment.title(r), *blocks))

    return make


def test_cause_and_solution_stand_at_the_missed_indicator_with_their_cells(told):
    text = told("SNNPTNT", {"2020-11/SNNPTNT": [missed(CAUSE, SOLUTION)]})
    row = text.row(NTM, CAUSE)
    assert SOLUTION in row and "Sở Nông nghiệp và Phát triển nông thôn, đợt tháng 11/2020" in row
    assert "2020-11/SNNPTNT/bieu.xlsx › Sheet › H2, I2" in row
    assert LACKING not in " ".join(text.lines)


def test_what_is_lacking_is_said(told):
    half = told("SNNPTNT", {"2020-11/SNNPTNT": [missed(CAUSE, None)]})
    assert "cần bổ sung" in half.row(NTM, CAUSE)
    assert f"{NTM}: {LACKING}" in told("119", {"2020-11/119": [missed(None, None)]}).row(LACKING)


def test_the_later_round_counts_and_the_older_words_are_not_lost(told):
    text = told(
        "SNNPTNT",
        {
            "2020-06/SNNPTNT": [missed("Mưa lũ", SOLUTION)],
            "2020-11/SNNPTNT": [missed(CAUSE, SOLUTION)],
        },
    )
    everything = " ".join(text.lines)
    assert "Mưa lũ" not in everything and everything.count(SOLUTION) == 1
    assert "Đợt trước còn có: 1 ý ở đợt tháng 6/2020, xem tệp của đợt đó." in everything


def test_the_province_reads_its_offices_and_districts_by_name_and_nobody_else_does(told):
    forms = {
        "2020-11/14": [missed(None, None)],
        "2020-11/119": [missed("Suất đầu tư cao", "Làm dần")],
        "2020-11/SNNPTNT": [missed(CAUSE, SOLUTION)],
    }
    province = told("14", forms)
    office = province.row(NTM, CAUSE)
    assert "Sở Nông nghiệp và Phát triển nông thôn" in office
    assert "Huyện Thuận Châu" in province.row(NTM, "Suất đầu tư cao")
    everything = " ".join(province.lines)
    assert everything.index(CAUSE) < everything.index("Suất đầu tư cao") and LACKING not in everything
    for other in ("119", "VN", "SYT"):
        assert CAUSE not in " ".join(told(other, {}).lines)


def test_words_of_districts_alone_are_no_cause_of_the_provinces(told):
    province = told("14", {"2020-11/14": [missed(None, None)], "2020-11/119": [missed("Suất đầu tư cao", None)]})
    assert province.row(f"{NTM}: {LACKING}") and "Huyện Thuận Châu" in province.row("Suất đầu tư cao")


GENERAL = [
    ["I. Thành tựu nổi bật"],
    ["Kinh tế tăng trưởng khá"],
    ["II. Nguyên nhân chủ quan"],
    ["Chỉ đạo chưa quyết liệt"],
    ["III. Bài học kinh nghiệm"],
    ["Giao việc rõ người"],
]


def test_words_on_no_single_indicator_stand_under_their_topic(told):
    forms = {"2020-11/119": [missed(None, None)], "2020-11/119/loi.xlsx": GENERAL}
    text = told("119", forms)
    assert "2020-11/119/loi.xlsx › Sheet › A2" in text.row("Thành tựu nổi bật", "Kinh tế tăng trưởng khá")
    assert "Chỉ đạo chưa quyết liệt" in text.row("II. Nguyên nhân chủ quan")
    assert "Giao việc rõ người" in text.row("III. Bài học kinh nghiệm")
    assert "cần bổ sung" in text.row("Đơn vị chưa viết về trách nhiệm")
    province = told("14", {"2020-11/14": [missed(None, None)]})
    assert (
        "1 đơn vị đã viết 1 ý về bài học (số liệu đơn vị gửi), ghi ở trang của từng đơn vị: Huyện Thuận Châu 1."
        in province.row("1 ý về bài")
    )
    assert "Giao việc rõ người" not in " ".join(province.lines)


def test_words_on_other_indicators_are_kept(told):
    reached = [1, NTM, "xã", 30, 4, 40, 45, None, "Giữ vững tiêu chí"]
    text = told("119", {"2020-11/119": [reached]})
    assert "Giữ vững tiêu chí" in text.row(f"{NTM}: giải pháp")


def test_simulated_words_stand_beside_simulated_numbers_only(told):
    text = told(
        "SNNPTNT",
        {
            "2020-11/SNNPTNT": [SIMULATED, missed(CAUSE, SOLUTION)],
            "2020-11/14": [missed(None, None)],
        },
    )
    lines = [line for line in text.lines if line.strip()]
    said = [n for n, line in enumerate(lines) if CAUSE in line]
    lacking = [n for n, line in enumerate(lines) if LACKING in line]
    simulated = next(n for n, line in enumerate(lines) if line.strip() == "Số liệu mô phỏng")
    submitted = next(n for n, line in enumerate(lines) if line.strip() == "Số liệu đơn vị gửi")
    assert (len(said), len(lacking)) == (1, 1)
    assert (simulated < said[0]) and (submitted < lacking[0]) and (said[0] - simulated) * (lacking[0] - submitted) > 0
    assert "số liệu mô phỏng" in lines[said[0] - 2] + lines[said[0] - 1]


def test_of_two_files_of_a_round_the_later_counts(told, sandbox):
    log = "stored_path,received_at,sender,original_name,sha256,unit_code\n"
    for name, day in (("a.xlsx", 20), ("b.xlsx", 25)):
        log += f"2020-11/SNNPTNT/{name},2020-11-{day}T08:00:00+07:00,,{name},,SNNPTNT\n"
    (sandbox.root / "data/raw/2020-11").mkdir()
    (sandbox.root / "data/raw/2020-11/received.csv").write_text(log, encoding="utf-8")
    text = told(
        "SNNPTNT",
        {
            "2020-11/SNNPTNT/a.xlsx": [COLUMNS, missed("Thiếu vốn", "A")],
            "2020-11/SNNPTNT/b.xlsx": [COLUMNS, missed("Mưa lũ", "B")],
        },
    )
    row = text.row(NTM, "Mưa lũ")
    assert "Thiếu vốn" not in row and "a.xlsx" not in row
    assert "2 ý ở đợt tháng 11/2020" in text.row("Mỗi mục chỉ nêu ý")


def test_words_of_one_cycle_do_not_stand_in_the_assessment_of_another(sandbox):
    sandbox.workbook("2020-11/SNNPTNT", [COLUMNS, missed(CAUSE, SOLUTION)])
    project = sandbox.project
    clean(project)
    places = {"raw": project.raw, "processed": project.processed, "reference": project.reference}
    assert len(Review("SNNPTNT", cycle="2016-2025", **places).narratives()) == 2
    later = Review("14", cycle="2021-2030", as_of="2025-11", **places)
    assert later.narratives_of_units().empty
