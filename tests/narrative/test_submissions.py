"""Page 01's first screen: what came, and how much of what was asked."""

from tests.conftest import HEADER, NTM

from planreview.narrative.submissions import summary
from planreview.pipeline import clean
from planreview.review import Review


def test_how_much_of_the_form_was_answered_is_said(sandbox):
    rows = [[1, NTM, "xã", 60, 4, 40, 45], [2, "Tỷ lệ che phủ rừng", "%", 50, 42, 44, 45]]
    sandbox.workbook("2020-11/119", [HEADER, *rows])
    project = sandbox.project
    clean(project)
    r = Review("119", raw=project.raw, processed=project.processed, reference=project.reference)
    first, answered = summary(r)
    assert "Đã nhận 1 tệp" in first.to_html()
    assert "có số liệu của 2/" in answered.to_html() and "mà Phụ lục II hỏi" in answered.to_html()
    assert answered.tone == "bad"
