"""Small reviews: the forms of a few units, read as they are."""

import pytest
from tests.conftest import NTM
from tests.narrative.test_own import page
from tests.pages import Text

from planreview.pipeline import clean
from planreview.review import Review

COLUMNS = [
    "STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "TH 2015", "TH 2016", "TH 2017", "TH 2018", "TH 2019", "TH 2020",
    "KH 2025", "Nguyên nhân chưa đạt", "Giải pháp",
]  # fmt: skip
POOR = "Tỷ lệ hộ nghèo (chuẩn nghèo đa chiều 2016–2020)"
INSURED = "Tỷ lệ dân số tham gia bảo hiểm y tế"
WATER = "Tỷ lệ dân số nông thôn được sử dụng nước hợp vệ sinh"
# missed with a cause; missed without one; exceeded with a reason
BEHIND = [1, NTM, "xã", 60, 4, 10, 16, 22, 30, 45, 60, "Thiếu vốn; dịch bệnh", "Lồng ghép nguồn vốn"]
UNSAID = [2, WATER, "%", 90, 70, 74, 76, 78, 79, 80, 95, None, None]
AHEAD = [3, INSURED, "%", 90, 88.5, 89, 90.1, 91.2, 92, 95.4, 97, "Chính sách hỗ trợ của Trung ương", None]
ROWS = [BEHIND, UNSAID, AHEAD]


@pytest.fixture
def opened(sandbox):
    """A review of a unit after its forms were read: ``opened("119", {"2021-03/119": rows})``."""

    def make(unit, forms, **given):
        for place, rows in forms.items():
            sandbox.workbook(place, [COLUMNS, *rows])
        project = sandbox.project
        assert clean(project).failures == {}
        return Review(unit, raw=project.raw, processed=project.processed, reference=project.reference, **given)

    return make


@pytest.fixture
def wrote(sandbox):
    """Somebody writes a commentary: ``wrote("119", "nguyen-nhan", "…")``."""

    def write(unit, name, text, *, cycle="2016-2025"):
        path = sandbox.root / f"data/reference/commentary/{cycle}/{unit}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def lines(review, *parts) -> Text:
    """The page of some parts, as its reader sees it."""
    return Text(html(review, *parts))


def html(review, *parts) -> str:
    return page(review, *(block for part in parts for block in part(review)))
