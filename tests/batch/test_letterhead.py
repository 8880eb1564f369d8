"""Who issues a report, as its first lines have it."""

import pytest

from planreview.batch.letterhead import letterhead


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("VN", (("", ""), "")),
        ("14", (("", "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA"), "Sơn La")),
        ("119", (("", "ỦY BAN NHÂN DÂN\nHUYỆN THUẬN CHÂU"), "Thuận Châu")),
        ("03646", (("", "ỦY BAN NHÂN DÂN\nPHƯỜNG TÔ HIỆU"), "Tô Hiệu")),
        ("SYT", (("UBND TỈNH SƠN LA", "SỞ Y TẾ"), "Sơn La")),
        ("CTK", (("", "CỤC THỐNG KÊ TỈNH"), "Sơn La")),
    ],
)
def test_head_by_kind_of_unit(catalogue, code, expected):
    assert letterhead(catalogue, catalogue.unit(code)) == expected


def test_every_unit_has_a_head(catalogue):
    for unit in catalogue.units.values():
        (_, own), _ = letterhead(catalogue, unit)
        assert own or unit.kind == "nation"
