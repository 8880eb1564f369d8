"""The chair's two pages: short, with its own words first, and plain where there is nothing to say."""

import re

import pytest
from tests.conftest import NTM
from tests.narrative.conftest import BEHIND, ROWS, UNSAID, lines

from planreview.blocks import Figure, Paragraph
from planreview.narrative import brief

OTHERS = ("Tỷ lệ hộ dân được sử dụng điện lưới quốc gia", "Tỷ lệ che phủ rừng", "Tỷ lệ đô thị hóa")
PARTS = (brief.title, brief.in_short, brief.how, brief.where_not, brief.reasons, brief.what_now, brief.closing)
WORDS = 550  # what two pages hold beside a chart


def read(text) -> str:
    """What stands on the two pages: without the list of origins behind the numbers, contents and the chart's labels."""
    joined = "\n".join(" ".join(line.split()) for line in text.lines if line.strip())
    return joined.split("\nNguồn gốc số liệu\nChỉ, chạm")[0]


def test_the_four_answers(opened):
    said = read(lines(opened("119", {"2021-03/119": ROWS}), *PARTS))
    assert "Kết quả: 1 vượt, 2 không đạt trong 3 chỉ tiêu đánh giá được." in said
    assert f"{NTM} | 45/60 xã | vốn và kinh phí, dịch bệnh" in said or f"{NTM} | 45/60 xã | dịch bệnh, vốn" in said
    assert "cần bổ sung nguyên nhân của 1 chỉ tiêu" in said
    assert "– Giải trình 1 chỉ tiêu chưa có nguyên nhân." in said


@pytest.mark.parametrize(("drawn", "by_field"), [(5, False), (6, True)])
def test_bars_for_a_few_indicators_else_counts_by_field(opened, drawn, by_field):
    more = [[n, name, "%", 90, 70, 74, 76, 78, 79, 95, 95, None, None] for n, name in enumerate(OTHERS, start=4)]
    blocks = brief.how(opened("119", {"2021-03/119": [*ROWS, *more][:drawn]}))
    (figure,) = [b for b in blocks if isinstance(b, Figure)]
    assert ("theo lĩnh vực" in figure.svg) == by_field


def test_no_heading_stands_over_nothing(opened):
    blocks = brief.how(opened("119", {"2021-03/119": [UNSAID]}))
    assert [b.to_html() for b in blocks] == [
        Paragraph("Không có chỉ tiêu nào hơn mục tiêu trong số đánh giá được.").to_html()
    ]


def test_the_chairs_own_words_stand_on_the_first_screen(opened, wrote):
    wrote("119", "lanh-dao", "Tập trung gỡ vốn cho nông thôn mới.")
    said = read(lines(opened("119", {"2021-03/119": ROWS}), *PARTS))
    assert said.index("Tập trung gỡ vốn cho nông thôn mới.") < said.index("Kết quả/mục tiêu")


def test_two_pages_hold_it_whatever_the_unit_has(shipped):
    from planreview.review import Review

    for unit in ("VN", "14", "125"):
        for cycle in ("2016-2025", "2021-2030"):
            r = Review(unit, cycle=cycle, raw=shipped.raw, processed=shipped.processed)
            words = [w for w in re.split(r"[\s|]+", read(lines(r, *PARTS))) if re.search(r"\w", w)]
            assert len(words) <= WORDS, (unit, cycle, len(words))


def test_a_unit_whose_only_file_cannot_be_read(sandbox, opened):
    folder = sandbox.root / "data/raw/2020-11/118"
    folder.mkdir(parents=True)
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04 cut")
    said = read(lines(opened("118", {}), *PARTS))
    assert "Chưa có số liệu nào của đơn vị để đánh giá giai đoạn 2016–2020." in said
    assert "Tệp duy nhất đơn vị gửi không đọc được (đợt tháng 11/2020" in said
    assert "Chưa có chỉ tiêu nào có đủ mục tiêu và kết quả" in said


def test_a_file_that_was_sent_again_is_not_asked_for(sandbox, opened):
    folder = sandbox.root / "data/raw/2021-03/119"
    folder.mkdir(parents=True)
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04 cut")
    log = ["stored_path,received_at,sender,original_name,sha256,unit_code"]
    log += [
        f"2021-03/119/{name},2021-03-{day}T08:00:00+07:00,,{name},,"
        for name, day in (("hong.xlsx", 10), ("bieu.xlsx", 11))
    ]
    (sandbox.root / "data/raw/2021-03/received.csv").write_text("\n".join(log) + "\n", "utf-8")
    said = read(lines(opened("119", {"2021-03/119": ROWS}), *PARTS))
    assert "1 vượt, 2 không đạt" in said and "gửi lại" not in said
    log[1] = log[1].replace("-10T", "-12T")  # the broken one is the later
    (sandbox.root / "data/raw/2021-03/received.csv").write_text("\n".join(log) + "\n", "utf-8")
    assert "cần gửi lại tệp" in read(lines(opened("119", {"2021-03/119": ROWS}), *PARTS))


def test_half_of_the_data_missing(opened):
    rows = [BEHIND, *([n, name, unit, *[None] * 10] for n, name, unit in (
        (2, "Tỷ lệ che phủ rừng", "%"), (3, "Tỷ lệ thất nghiệp khu vực thành thị", "%")))]  # fmt: skip
    rows.append([4, "Tỷ lệ lao động qua đào tạo", "%", 50, *[None] * 9])
    said = read(lines(opened("119", {"2021-03/119": rows}), *PARTS))
    assert "1 không đạt trong 1 chỉ tiêu đánh giá được; còn 1 chỉ tiêu chưa đánh giá được" in said
    assert "– Bổ sung số liệu kết quả của 1 chỉ tiêu đã có mục tiêu." in said
