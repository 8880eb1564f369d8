"""A unit is told what it can do itself, never to write into the lists that the project keeps."""

import pytest

from planreview.feedback.advice import advice

KEEP = "; nếu số đúng, chọn “giữ nguyên” ở cột “Trả lời”"


@pytest.mark.parametrize(
    ("suggestion", "said"),
    [
        (
            "Hãy xem lại số và đơn vị tính; nếu số đúng, ghi một dòng confirm vào corrections.csv",
            "Hãy xem lại số và đơn vị tính" + KEEP,
        ),
        ("Hãy ghi tốc độ tăng, hoặc thêm vào corrections.csv: “a,b;0.5”", "Hãy ghi tốc độ tăng" + KEEP),
        (
            "Hãy xem lại đơn vị tính. Nếu đúng là sai, thêm vào corrections.csv: “a,scale,0.01”; nếu số đúng, thay "
            "scale bằng confirm và để trống cột value",
            "Hãy xem lại đơn vị tính" + KEEP,
        ),
        (
            "Nếu chưa có số, hãy để trống ô hoặc ghi dấu …; nếu đúng bằng 0, ghi một dòng confirm vào "
            "corrections.csv: “a”",
            "Nếu chưa có số, hãy để trống ô hoặc ghi dấu …" + KEEP,
        ),
        ("Nếu đợt này sai, thêm vào corrections.csv: “a”; nếu đúng, thay scale", "Hãy xem lại ô này" + KEEP),
        ("Hãy xin đơn vị gửi lại tệp gốc", "Hãy gửi lại tệp gốc"),
        ("nếu Excel cũng không mở được thì xin đơn vị gửi tệp khác", "nếu Excel cũng không mở được thì gửi tệp khác"),
        ("Hãy ghi một số, đúng đơn vị của dòng", "Hãy ghi một số, đúng đơn vị của dòng"),
        ("Đã xử lý bằng corrections.csv: nhân 0,01", "Đã xử lý bằng corrections.csv: nhân 0,01"),
        ("", ""),
    ],
)
def test_advice(suggestion, said):
    assert advice(suggestion) == said
