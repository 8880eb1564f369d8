"""A page as its reader meets it: in the browser, by keyboard, on the way from a number to its cell."""

import base64
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from tests.publish import papers

from planreview.blocks import Badge, Cell, Figure, Finding, Gauge, Heading, Lesson, Note, Number, Paragraph, Raw, Table
from planreview.errors import RunFailed
from planreview.publish.html import render_page
from planreview.publish.page import Page
from planreview.publish.portal import Edition, Failure, PageLink, UnitEntry, render_index

VOID = {"meta", "link", "br", "wbr", "img"}
EVIL = "<script>alert('x')</script>"
PAGE = Page(
    title="Kết quả thực hiện so với mục tiêu",
    unit="14",
    unit_name="Tỉnh Sơn La",
    cycle="2016-2025",
    cycle_title="Đánh giá kế hoạch 5 năm 2016–2020",
    as_of="2020-11",
    as_of_title="Đợt tháng 11/2020",
    provenance_line="Số liệu công bố",
    index_href="../../index.html",
    siblings=(("Đánh giá kết quả", "03_assessment__14__2020-11.html"),),
)
SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" viewBox="0 0 9 9">
<metadata>http://example.org</metadata><defs><style>*{fill:red} #a{fill:url(#c)}</style><clipPath id="c"/></defs>
<g id="a" clip-path="url(#c)"><use xlink:href="#a"/><text>34,4</text></g></svg>"""
RESULT = Cell("2020-11/14/x.xlsx", "S29b", "F12", "Trên 45.8", "S29b", "Báo cáo của UBND tỉnh", "số của đợt sau")
TARGET = Cell("2020-06/14/y.xlsx", "S01", "E9", "40")


@dataclass
class Element:
    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    def text(self):
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def all(self, tag=None, **attributes):
        for child in self.children:
            if isinstance(child, Element):
                has = all(child.attributes.get(k.rstrip("_").replace("_", "-")) == v for k, v in attributes.items())
                if has and tag in {None, child.tag}:
                    yield child
                yield from child.all(tag, **attributes)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag, attrs):
        self.stack[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        self.stack[-1].children.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.stack) == 1
    return reader.stack[0]


def render(*blocks) -> Element:
    return read(render_page([block.to_json() for block in blocks], PAGE))


def every_block(text="34,4"):
    number = Number(text, 34.4, (RESULT,))
    return [
        Heading("Đánh giá " + text, 1),
        Heading("Kết quả " + text),
        Heading("Giảm nghèo " + text, 3),
        Paragraph(["Đạt ", number, " ", Raw(text), text, Badge(text, "good")]),
        Finding([text, Badge("không đạt", "bad")], "bad"),
        Note(text),
        Table(
            text,
            ["TT", "Chỉ tiêu " + text, "Đơn vị", "Kết quả", "Mức độ"],
            [["1", "Tỷ lệ hộ nghèo", "triệu đồng/người", [number], [Badge("vượt", "good")]], ["2", text, "", "", ""]],
            "Nguồn: " + text,
            "lllrl",
            {0: "I. Xã hội " + text},
            text,
        ),
        Table("Lý do", ["Lý do", "Số"], [["chưa có mục tiêu", "3"]], "số liệu công bố", "lr"),
        Figure(text, "Cột " + text, SVG, "Nguồn: " + text),
        Figure("Lần hai", "Cột", SVG, "Nguồn: số liệu công bố"),
        Lesson(text, [number], [Raw(text)], text),
    ]


def test_head_says_whose_page_it_is():
    page = render(*every_block())
    metas = {m.attributes.get("name"): m.attributes.get("content") for m in page.all("meta")}
    assert (metas["planreview-unit"], metas["planreview-as-of"]) == ("14", "2020-11")
    assert "width=device-width" in metas["viewport"]
    assert next(page.all("html")).attributes["lang"] == "vi"
    assert [h.text() for h in page.all("h1")] == ["Đánh giá 34,4"]
    header = next(page.all("header")).text()
    assert all(words in header for words in ("Tỉnh Sơn La", PAGE.cycle_title, PAGE.as_of_title, "Số liệu công bố"))
    top = next(page.all("nav", class_="top"))
    assert [a.attributes["href"] for a in top.all("a")] == [PAGE.index_href, PAGE.siblings[0][1]]
    assert [h.text() for h in render(Paragraph("x")).all("h1")] == [PAGE.title]


def test_every_link_within_the_page_arrives():
    page = render(*every_block())
    ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    inner = [a.attributes["href"][1:] for a in page.all() if a.attributes.get("href", "").startswith("#")]
    assert "noi-dung" in inner
    assert set(inner) <= set(ids)
    contents = next(page.all("nav", class_="contents"))
    assert [a.text() for a in contents.all("a")] == [h.text() for h in page.all("h2")]


def test_nothing_is_fetched_or_run():
    html = render_page([b.to_json() for b in every_block()], PAGE)
    page = read(html)
    for element in page.all():
        addresses = [v for k, v in element.attributes.items() if k in {"href", "src", "action", "data"}]
        assert not any(re.match(r"\w+:(?!,)|//", a) for a in addresses), element
        assert not any(k.startswith("on") for k in element.attributes)
    told, run = page.all("script")  # the cells behind the numbers, and what shows them
    assert told.attributes["type"] == "application/json"
    policy = next(m.attributes["content"] for m in page.all("meta") if m.attributes.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(run.text().encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy  # nothing else may run
    assert "default-src 'none'" in policy
    assert not list(render(Paragraph("Không có số nào")).all("script"))
    assert "@import" not in html
    assert not re.search(r"url\((?!#h\d-)", html)
    assert unicodedata.is_normalized("NFC", html)


def test_text_is_never_markup():
    page = render(*every_block(EVIL))
    assert len(list(page.all("script"))) == 2
    assert len(re.findall(re.escape(EVIL), page.text())) > 20  # and yet all of it is there to be read


def told(page: Element) -> list[list[tuple]]:
    """For each number of the page its cells: (file, sheet, address, text as typed, decision), as the script does."""
    data = json.loads(next(page.all("script", type="application/json")).text())
    decided = {n: text for text, found in data["decided"].items() for n in counted(found)}
    sheets, file = [], ""
    for row in next(page.all("section", class_="lineage")).all("tr"):
        if "id" in row.attributes:
            *first, last = row.all("td")
            file = first[0].text() if first else file
            sheets.append((row.attributes["id"], file, next(last.all("code")).text()))
    assert [name for name, *_ in sheets] == [f"s{n}" for n in range(len(data["sheets"]))]
    cells = [
        (*place, *pair)
        for (_, *place), own in zip(sheets, data["sheets"], strict=True)
        for pair in zip(own[::2], own[1::2], strict=True)
    ]
    behind = []
    for said in data["numbers"].split(" "):
        behind.append([*counted(said)] if said else [*behind[-2], *behind[-1]])
    return [[(*cells[n], decided.get(n, "")) for n in found] for found in behind]


def counted(numerals: str):
    for run in numerals.split(","):
        low, _, high = run.partition("-")
        yield from range(int(low), int(high or low) + 1)


def numbers(page: Element) -> list[str]:
    return [a.text() for a in next(page.all("main")).all("a") if "href" not in a.attributes]


X = ("2020-11/14/x.xlsx", "S29b", "F12", "Trên 45.8", "số của đợt sau")
Y = ("2020-06/14/y.xlsx", "S01", "E9", "40", "")


def test_every_number_keeps_its_cells():
    difference = Number("+5,8", 5.8, (RESULT, TARGET))
    page = render(*every_block(), Paragraph(["Chênh lệch ", difference, " của ", Number("40", 40.0, (TARGET,))]))
    assert numbers(page) == ["34,4", "34,4", "34,4", "+5,8", "40"]
    assert told(page) == [[X], [X], [X], [X, Y], [Y]]
    section = next(page.all("section", class_="lineage"))
    assert "[S29b] Báo cáo của UBND tỉnh" in section.text()
    assert all(c.attributes["class"] == "raw" for c in section.all("code"))


def test_a_difference_keeps_the_cells_of_the_two_numbers_before_it():
    both = [
        Number("45,8", 45.8, (RESULT,)),
        "/",
        Number("40", 40.0, (TARGET,)),
        ": ",
        Number("+5,8", 5.8, (TARGET, RESULT)),
    ]
    page = render(Paragraph(both))
    assert told(page) == [[X], [Y], [X, Y]]
    assert render_page([Paragraph(both).to_json()], PAGE).count("Trên 45.8") == 1  # each cell once a page


def test_the_cells_of_a_chart_are_told_under_it():
    page = render(Figure("Hình", "Cột", SVG, "Nguồn: số liệu công bố", (RESULT, TARGET)))
    assert numbers(page) == ["Ô gốc của hình"]
    assert told(page) == [[X, Y]]


def test_a_gauge_is_drawn_and_takes_the_colour_of_its_status():
    gauge = Gauge("34,4 trên mục tiêu 40", 0.86, 1.0, "bad", baseline=0.5)
    page = render(Table("Bảng", ["Chỉ tiêu", "So với mục tiêu"], [["Hộ nghèo", [gauge]]], "Nguồn"))
    assert next(page.all("i")).attributes == {"style": "--r:86;--t:100"}
    assert "tr:has(.bad) i{--tone:var(--bad)}" in next(page.all("style")).text()
    with pytest.raises(ValueError, match="target"):
        Gauge("x", 0.5, float("nan"), "bad")


def test_a_long_page_is_folded_on_phones_and_a_short_one_is_not():
    def sections(count, blocks):
        return render(*(b for n in range(count) for b in (Heading(f"Mục {n}"), *[Paragraph("lời")] * blocks)))

    assert not list(sections(5, 2).all("details"))
    long = sections(5, 10)
    assert [next(d.all("h2")).text() for d in long.all("details")] == ["Mục 2", "Mục 3", "Mục 4"]


def test_no_level_of_headings_is_skipped():
    page = render(Heading("Một", 1), Heading("Số liệu", 3), Heading("Hai"), Heading("Ba", 4))
    assert [h.tag for h in page.all() if h.tag in ("h1", "h2", "h3", "h4")][:4] == ["h1", "h2", "h2", "h3"]


def test_a_table_of_many_rows_is_folded_on_phones():
    def table(rows):
        return render(Table("Bảng", ["TT", "Chỉ tiêu"], [["1", "x"]] * rows, "Nguồn"))

    assert not list(table(20).all("details"))
    assert next(table(80).all("summary")).attributes["data-title"] == "1. Bảng (80 dòng)"


def test_tables_are_numbered_captioned_and_sourced():
    page = render(*every_block())
    tables = [t for t in page.all("table") if list(t.all("caption"))]
    assert [next(t.all("caption")).text() for t in tables] == ["Bảng 1. 34,4", "Bảng 2. Lý do"]
    assert all(th.attributes["scope"] == "col" for t in tables for head in t.all("thead") for th in head.all("th"))
    assert next(tables[0].all("th", scope="rowgroup")).text() == "I. Xã hội 34,4"
    assert next(tables[0].all("th", scope="row")).text() == "Tỷ lệ hộ nghèo"
    style, kind = next(page.all("style")).text(), tables[0].attributes["class"].split()[0]
    assert f".{kind} tr>:nth-child(4){{text-align:right}}" in style
    sources = [p.text() for p in page.all("p", class_="source")]
    assert len(sources) == 4
    assert all(source.startswith("Nguồn") for source in sources)
    scrolls = list(page.all("div", class_="scroll"))
    ids = {e.attributes.get("id") for e in page.all()}
    assert all({"tabindex", "role"} <= s.attributes.keys() for s in scrolls)
    assert all("aria-label" in s.attributes or s.attributes["aria-labelledby"] in ids for s in scrolls)
    assert sum(len(list(s.all("table"))) for s in scrolls) == len(list(page.all("table")))


def test_figures_do_not_collide():
    page = render(*every_block())
    first, second = page.all("svg", role="img")
    assert [f.text() for f in page.all("figcaption")] == ["Hình 1. 34,4", "Hình 2. Lần hai"]
    assert first.attributes["aria-label"] == "Cột 34,4"
    for svg, name in ((first, "h1"), (second, "h2")):
        group = next(svg.all("g"))
        assert (group.attributes["id"], group.attributes["clip-path"]) == (f"{name}-a", f"url(#{name}-c)")
        assert next(svg.all("use")).attributes["href"] == f"#{name}-a"
        assert next(svg.all("style")).text() == f"#{name} *{{fill:red}}#{name} #{name}-a{{fill:url(#{name}-c)}}"
        assert "example.org" not in svg.text()


def test_names_of_files_and_what_was_typed_are_never_markup():
    html = render_page(papers.every_block(EVIL, place=EVIL), PAGE)
    page = read(html)
    assert len(list(page.all("script"))) == 2
    assert any(EVIL in cell for cells in told(page) for cell in cells)
    assert sum(EVIL in code.text() for code in page.all("code", class_="raw")) >= 3
    assert html.count("</style>") == 1  # the names of files stand in the style sheet too


def test_a_chart_says_its_title_once():
    figure = next(b for b in papers.every_block() if b["type"] == "figure")
    page = read(render_page([figure], PAGE))
    svg = next(page.all("svg"))
    assert page.text().count(papers.TITLE) == 1
    assert svg.attributes["viewbox"] == "0 16.32 346 103.68"
    band, *_ = (t for t in svg.all("text") if t.text() == "SỐ LIỆU MÔ PHỎNG")
    assert band.attributes["transform"] == "translate(0 16.32)"  # the mark is still seen
    other = figure | {"caption": "Một lời khác"}
    assert papers.TITLE in read(render_page([other], PAGE)).text()


def test_same_blocks_same_bytes():
    assert render_page([b.to_json() for b in every_block()], PAGE) == render_page(
        [b.to_json() for b in every_block()], PAGE
    )


@pytest.mark.parametrize(
    ("blocks", "word"),
    [
        ([{"type": "video"}], "video"),
        ([{"type": "words", "parts": []}], "words"),
        ([Heading("Một", 1).to_json(), Heading("Hai", 1).to_json()], "Hai"),
        ([Table("Bảng X", ["a"], [["1"]], " ").to_json()], "Bảng X"),
        ([Figure("x", "Cột", "<svg", "Nguồn").to_json()], "Cột"),
        ([Figure("x", "Cột", SVG.replace('"#a"', '"http://a.vn/b"'), "Nguồn").to_json()], r"http://a\.vn/b"),
    ],
)
def test_what_cannot_be_shown_is_named(blocks, word):
    with pytest.raises(RunFailed) as failure:
        render_page(blocks, PAGE)
    assert re.search(word, str(failure.value))


def test_index_leads_to_every_page_and_names_failures():
    page_02 = "2020-11/14/02_results_vs_targets__14__2020-11.html"
    unit = UnitEntry(
        "14",
        "Tỉnh Sơn La " + EVIL,
        (PageLink("Kết quả", page_02, (("Word", "a.docx"), ("PDF", "a.pdf"))),),
        ("đánh giá được 5/35 chỉ tiêu",),
        1230,
        (Failure("Đánh giá", "Không mở được bảng kết quả."),),
    )
    older = UnitEntry("VN", "Cả nước")
    editions = [Edition("2020-11", "Đợt tháng 11/2020", (unit,)), Edition("2020-06", "Đợt tháng 6/2020", (older,))]
    html = render_index("Đánh giá kế hoạch 5 năm 2016–2020", editions)
    page = read(html)
    assert html == render_index("Đánh giá kế hoạch 5 năm 2016–2020", editions)
    assert [h.text() for h in page.all("h1")] == ["Đánh giá kế hoạch 5 năm 2016–2020"]
    latest, earlier = page.all("details")
    assert "open" in latest.attributes
    assert "open" not in earlier.attributes
    assert [a.attributes["href"] for a in latest.all("a")] == [page_02, "a.docx", "a.pdf"]
    for words in ("đánh giá được 5/35 chỉ tiêu", "1.230 vấn đề", "Đánh giá", "Không mở được bảng kết quả.", EVIL):
        assert words in latest.text()
    assert "Cả nước" in earlier.text()
    assert not list(page.all("script"))
    assert "Chưa có báo cáo nào" in render_index("Kỳ", [])
