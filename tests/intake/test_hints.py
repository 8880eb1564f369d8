"""A file's name never decides whose it is, but what it says is told to the clerk who must decide."""

import pytest

from planreview.intake.evidence import Evidence


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bieu-II__121__2020-11.xlsx", " (tên tệp ghi Huyện Bắc Yên (mã 121))"),
        ("phan-hoi__SYT__2020-11__bieu.xlsx", " (tên tệp ghi Sở Y tế (mã SYT))"),
        ("bieu-II__999__2020-11.xlsx", ""),
        ("Bắc Yên 121.xlsx", ""),
    ],
)
def test_hint(catalogue, name, said):
    evidence = Evidence(catalogue)
    assert evidence.hint(name) == said
