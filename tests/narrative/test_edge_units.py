"""Every page of every kind of unit: made by its own notebook, right in Vietnamese, plain where there is nothing."""

import json
import re

import pytest
from tests.conftest import NTM, ROOT
from tests.narrative.conftest import BEHIND, COLUMNS, INSURED, POOR, ROWS, UNSAID, WATER
from tests.narrative.test_own import page
from tests.pages import Text

import planreview
from planreview.blocks import Stamp
from planreview.pipeline import clean
from planreview.review import Review

NOTEBOOKS = ("02", "03", "04", "05", "07")
FIVE = [
    *ROWS,
    [4, "Số bác sĩ trên 10.000 dân", "bác sĩ/10.000 dân", 8, 6.5, 6.7, 6.9, 7, 7.2, 7.4, 9, "Khó tuyển bác sĩ", None],
    [5, POOR, "%", 10, 34.4, 30, 26, 22, 18, 15.2, 8, "Thiên tai", "Hỗ trợ sinh kế"],
]
STRONG = [[n, *row[1:3], 1, *row[4:]] for n, row in enumerate((BEHIND, UNSAID), 1)]
WEAK = [[n, *row[1:3], 99, *row[4:11]] for n, row in enumerate((BEHIND, UNSAID), 1)]
HALF = [BEHIND, [2, WATER, "%", 90, *[None] * 9], [3, INSURED, "%", None, None, None, None, 91.2, *[None] * 5]]
AHEAD = ["STT", "Chỉ tiêu", "ĐVT", "KH NQ 2021-2025", "TH 2020", "TH 2023", "ƯTH 2025", "KH 2030"]
LATER = [AHEAD, [1, NTM, "xã", 83, 49, 60, 70, 120], [2, INSURED, "%", "95-96", 95.4, 95, "khoảng 96", None]]
# the nation, the province, a strong and a weak district, one with half missing, a department of five indicators, one
# whose only file cannot be read, one that sent nothing
UNITS = ("VN", "14", "116", "119", "120", "SYT", "118", "SNV")


@pytest.fixture(scope="module")
def everybody(tmp_path_factory):
    """One project with all these units, read once."""
    from tests.conftest import Sandbox

    sandbox = Sandbox(tmp_path_factory.mktemp("units") / "du-an")
    forms = {"VN": ROWS, "14": FIVE, "116": STRONG, "119": WEAK, "120": HALF, "SYT": FIVE}
    for unit, rows in forms.items():
        sandbox.workbook(f"2021-03/{unit}", [COLUMNS, *rows])
        sandbox.workbook(f"2025-11/{unit}", LATER)
    folder = sandbox.root / "data/raw/2020-11/118"
    folder.mkdir(parents=True)
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04 cut")
    assert clean(sandbox.project).failures == {}
    return sandbox.project


@pytest.fixture
def made(everybody, monkeypatch):
    """The page that a notebook makes of a unit, cell by cell as it stands in the file."""

    def make(unit, cycle, number) -> str:
        review = Review(unit, cycle=cycle, raw=everybody.raw, processed=everybody.processed)
        shown = []
        monkeypatch.setattr(planreview, "start", lambda *_: review)
        monkeypatch.setattr("IPython.display.display", lambda *blocks: shown.extend(blocks))
        monkeypatch.setattr("planreview.notebook.display", lambda *blocks: shown.extend(blocks))
        (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
        names: dict = {}
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
        blocks = [b for b in shown if not isinstance(b, Stamp)]
        assert len(shown) - len(blocks) == 1, "stamped once"
        for block in blocks:
            json.dumps(block.to_json(), allow_nan=False)
        return page(review, *blocks)

    return make


@pytest.mark.parametrize(
    ("unit", "cycle"),
    [*((unit, "2016-2025") for unit in UNITS), *((unit, "2021-2030") for unit in ("VN", "14", "118", "SYT"))],
)
def test_pages_of_a_unit_are_right_in_vietnamese(made, unit, cycle):
    for number in NOTEBOOKS:
        html = made(unit, cycle, number)
        assert html.count("<h1") == 1
        words = " ".join(Text(re.sub(r"<code.*?</code>|<svg.*?</svg>", " ", html, flags=re.S)).lines)
        assert not re.search(r"\b(nan|None|inf|null|True|False|NaN|NaT)\b", words), (unit, number)
        assert not re.search(r"\d\.\d{1,2}(?!\d)(?!\.)", words.replace("lần thứ", "")), (unit, number)
        assert not re.search(r"(tăng|giảm) [-−+]\d", words), (unit, number)
        assert "()" not in words and " ;" not in words and ".." not in words.replace("…", ""), (unit, number)


def test_the_first_screen_answers(made):
    for number in NOTEBOOKS:
        words = " ".join(" ".join(Text(made("119", "2016-2025", number)).lines).split())
        assert "Kết quả: 2 không đạt trong 2 chỉ tiêu đánh giá được." in words, number
    strong = " ".join(Text(made("116", "2016-2025", "03")).lines)
    assert "Không có chỉ tiêu nào kém mục tiêu trong số đánh giá được." in strong


def test_a_unit_that_sent_nothing_readable_is_told_so_on_every_page(made):
    for number in NOTEBOOKS:
        words = " ".join(" ".join(Text(made("118", "2016-2025", number)).lines).split())
        assert "Chưa có số liệu nào của đơn vị để đánh giá giai đoạn 2016–2020." in words, number
        assert "Tệp duy nhất đơn vị gửi không đọc được" in words, number


def test_a_department_reads_the_provinces_numbers_with_its_own_causes(made):
    words = " ".join(" ".join(Text(made("SYT", "2016-2025", "04")).lines).split())
    assert "Khó tuyển bác sĩ" in words and "cần bổ sung" in words


def test_a_district_has_the_provinces_value_beside_its_own_and_no_other_districts_name(made):
    words = " ".join(" ".join(Text(made("119", "2016-2025", "03")).lines).split())
    assert "toàn tỉnh 80,0%" in words
    assert "Quỳnh Nhai" not in words and "Mường La" not in words and "Thành phố Sơn La" not in words
