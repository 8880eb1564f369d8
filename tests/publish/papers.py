"""Blocks and the page that tests of documents share."""

import dataclasses

from planreview.blocks import (
    Badge,
    Cell,
    Figure,
    Finding,
    Gauge,
    Heading,
    Lesson,
    Note,
    Number,
    Paragraph,
    Raw,
    Table,
)
from planreview.publish.page import Page

CELL = Cell(
    "2020-11/119/Phụ lục II.xlsx",
    "Biểu 1",
    "F12",
    "34.4",
    "S01",
    "Forest coverage 42.02% in December",
    "số của đợt sau",
)
PAGE = Page(
    title="Đánh giá thực hiện kế hoạch",
    unit="119",
    unit_name="Huyện Thuận Châu",
    cycle="2016-2025",
    cycle_title="Đánh giá kế hoạch 5 năm 2016–2020",
    as_of="2020-11",
    as_of_title="Đợt tháng 11/2020",
    provenance_line="Số liệu mô phỏng",
    index_href="../../index.html",
    issuer=("", "ỦY BAN NHÂN DÂN\nHUYỆN THUẬN CHÂU"),
    seat="Thuận Châu",
    mark="SỐ LIỆU MÔ PHỎNG",
)
TITLE = "Hộ nghèo giảm 34,4%"


def chart(title: str = TITLE) -> str:
    """A chart as charts/ draws them: a band, the title, what is drawn, a mark."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 346 120" width="640" height="222" '
        "style=\"font-family: 'Be Vietnam Pro', sans-serif\">"
        '<path d="M 0 120 L 346 120 L 346 0 L 0 0 z" style="fill: #ffffff"/>'
        '<path d="M 0 0 L 346 0 L 346 17 L 0 17 z" style="fill: #1f2933"/>'
        '<text style="font-weight: 700; font-size: 8.5px; fill: #ffffff" x="173" y="12">SỐ LIỆU MÔ PHỎNG</text>'
        f'<text style="font-weight: 700; font-size: 12px; fill: #1f2933" x="4" y="33.3">{title}</text>'
        '<text style="font-size: 8.5px; fill: #56616b" x="4" y="50">Tỷ lệ hộ nghèo (%), 2016–2020</text>'
        '<path d="M 4 70 L 200 70 L 200 80 L 4 80 z" style="fill: #0b5a7d"/>'
        '<text style="font-size: 9px; fill: #1f2933" x="205" y="79">34,4</text></svg>'
    )


def every_block(text: str = "lời", *, rows: int = 3, wide: bool = False, place: str = "") -> list[dict]:
    """A document with everything in it; ``text`` stands wherever words may, ``place`` in the names of file and sheet
    and in what was typed."""
    named = {"file": f"2020-11/119/{place}.xlsx", "sheet": place, "raw": place, "choice": place} if place else {}
    cell = dataclasses.replace(CELL, **named)

    def number(text: str = "34,4", value: float = 34.4) -> Number:
        return Number(text, value, (cell,))

    names = ["Chỉ tiêu", "Đơn vị", "Kết quả", "Mục tiêu", "So với mục tiêu", "Đánh giá"]
    gauge = Gauge("kết quả 34,4, mục tiêu 40", 0.8, 0.93, "bad", 0.4)
    align = "llrrll" + "rr" * wide
    more = ["Năm gốc", "Mỗi năm"] if wide else []
    cells = [
        [f"Tỷ lệ hộ nghèo {text}", "%", [number()], [number("40", 40)], [gauge, " -5,6"], [Badge("không đạt", "bad")]]
        + (["12,5", "-1,2"] if wide else [])
        for _ in range(rows)
    ]
    blocks = [
        Heading(f"Đánh giá {text}", 1),
        Heading(f"I. Kết quả {text}"),
        Finding(["Đạt ", number(), " ", text, Badge("không đạt", "bad")], "bad"),
        Paragraph([text, " ", number("34,4%"), " theo ", Raw(text)]),
        Heading(f"1. Giảm nghèo {text}", 4),
        Table(f"Bảng chỉ tiêu {text}", [*names, *more], cells, f"Nguồn: {text}", align, {0: text}, text),
        Figure(TITLE, f"Cột {text}", chart(), f"Nguồn: {text}", (cell,)),
        Note(text),
        Lesson(text, [number()], [Raw(text)], text),
    ]
    return [block.to_json() for block in blocks]


def brief(words: int) -> list[dict]:
    """A brief of about so many words."""
    sentence = ["kết quả thực hiện kế hoạch phát triển kinh tế xã hội của huyện"] * 5
    lines = [" ".join(sentence)] * (words // 65)
    parts = [Heading("Tóm tắt", 1), Heading("Kết quả"), *map(Paragraph, lines)]
    return [b.to_json() for b in parts]
