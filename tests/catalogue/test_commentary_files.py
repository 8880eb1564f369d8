"""What people write, as far as it is understood: paragraphs, lists, citations; the rest stays text."""

import pytest

from planreview.catalogue.commentary import Citation, load_commentary, parse


def pieces(text):
    return [(p.kind, p.mark, *p.parts) for p in parse(text)]


def test_headings_paragraphs_and_lists():
    text = "# Nguyên nhân\n\nDòng một\ndòng hai\n\n- ý a\n  viết tiếp\n- ý b\n2. ý có số\n"
    assert pieces(text) == [
        ("heading", "", "Nguyên nhân"),
        ("paragraph", "", "Dòng một dòng hai"),
        ("item", "–", "ý a viết tiếp"),
        ("item", "–", "ý b"),
        ("item", "2.", "ý có số"),
    ]


def test_comments_are_left_out_and_an_open_one_is_text():
    assert pieces("<!-- số liệu\n\n- máy ghi -->\nNgười viết") == [("paragraph", "", "Người viết")]
    assert pieces("Còn <!-- dở dang") == [("paragraph", "", "Còn <!-- dở dang")]


def test_bold_words_stay_and_all_other_markup_is_text():
    assert pieces("Rất **quan trọng** và <b>đậm</b> | bảng | 2*3*4") == [
        ("paragraph", "", "Rất quan trọng và <b>đậm</b> | bảng | 2*3*4")
    ]


@pytest.mark.parametrize(
    ("written", "key", "of_target"),
    [
        ("XH.03.02@2020", "XH.03.02@2020", False),
        (" xh.03.02 @ 2020 : target ", "XH.03.02@2020:target", True),
        ("KT.01.01@2016–2020", "KT.01.01@2016-2020", False),
        ("KT.01.01@2020-M9", "KT.01.01@2020-M9", False),
    ],
)
def test_citations(written, key, of_target):
    ((_, _, before, cited, after),) = pieces(f"còn {{{{{written}}}}}, giảm")
    assert (before, after) == ("còn ", ", giảm")
    assert (cited.key, cited.of_target) == (key, of_target)


@pytest.mark.parametrize("written", ["XH.03.02", "XH.03.02@năm nay", "", "@2020", "XH.03.02@2020:mục tiêu"])
def test_a_slip_is_a_citation_without_an_indicator(written):
    ((_, _, _, cited),) = pieces(f"còn {{{{{written}}}}}")
    assert isinstance(cited, Citation) and cited.indicator_code == ""


def test_files_as_other_systems_write_them(tmp_path):
    folder = tmp_path / "commentary/2016-2025/119"
    folder.mkdir(parents=True)
    (folder / "a.md").write_bytes("\ufeff# A\r\n\r\nmột\r\nhai\r\n".encode())
    (folder / "b.md").write_bytes("Tỷ lệ".encode("utf-16"))
    (folder / "c.md").write_bytes("Ty\u0309 le\u0323\u0302".encode())  # NFD
    (folder / "d.md").write_text("# Chỉ có tiêu đề\n<!-- và số liệu -->\n", encoding="utf-8")
    (folder / "cited.csv").write_text("section,citation,value,as_of\n", encoding="utf-8")
    found = {s.name: s for s in load_commentary(tmp_path, "2016-2025", "119").sections}
    assert found["a"].pieces[1].parts == ("một hai",)
    assert "UTF-8" in found["b"].problem and not found["b"].is_empty
    assert found["c"].pieces[0].text == "Tỷ lệ"
    assert found["d"].is_empty


def test_nobody_wrote(tmp_path):
    commentary = load_commentary(tmp_path, "2016-2025", "119")
    assert commentary.sections == () and commentary.cited.empty and commentary.problem == ""


def test_a_broken_list_of_citations_is_named(tmp_path):
    folder = tmp_path / "commentary/2016-2025/119"
    folder.mkdir(parents=True)
    (folder / "cited.csv").write_text("mục,giá trị\n", encoding="utf-8")
    assert "cited.csv" in load_commentary(tmp_path, "2016-2025", "119").problem


@pytest.mark.parametrize("text", ["ma__so__1 và __init__", "2**3**4 = 4096", "a** b **c", "tệp **/*.md"])
def test_words_with_stars_and_underscores_stay_as_typed(text):
    assert pieces(text) == [("paragraph", "", text)]


@pytest.mark.parametrize(("line", "heading"), [("# Phần mềm C#", "Phần mềm C#"), ("## Hạn chế ##", "Hạn chế")])
def test_a_heading_keeps_its_own_marks(line, heading):
    assert [p.text for p in parse(line)] == [heading]
