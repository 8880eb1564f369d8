"""Text of old Vietnamese fonts becomes Unicode; text that is Unicode is left alone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planreview.reading.text import TCVN3, VNI, Decoder, from_tcvn3, from_vni, unicode_sheet
from planreview.workbooks import GridCell, Run, Sheet, Style
from tests.reading.tables import to_tcvn3

NAMES = (
    "Tỷ lệ hộ nghèo",
    "dân số trung bình",
    "giá trị sản xuất công nghiệp",
    "đường bộ",
    "người",
    "nước ngoài",
    "khu vực kinh tế",
    "thuỷ sản",
    "ước tính cả năm",
    "vốn đầu tư",
)


def to_vni(text: str) -> str:
    back = {unicode: typed for typed, unicode in VNI.items()}
    return "".join(back.get(c, c) for c in text)


def decoded(*texts: str, font: str = "") -> list[str]:
    decoder = Decoder.of(texts)
    return [decoder.decode(text, font) for text in texts]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tû lÖ hé nghÌo", "Tỷ lệ hộ nghèo"),
        ("D©n sè", "Dân số"),
        ("tû ®ång", "tỷ đồng"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("khu vùc nhµ n\xadíc", "khu vực nhà nước"),  # the soft hyphen is ư
        ("Tyû leä hoä ngheøo", "Tỷ lệ hộ nghèo"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("Điện Biªn", "Điện Biên"),  # both in one string
        ("Đ¬n vị", "Đơn vị"),  # both in one word
        ("NGµNH C¤NG NGHIÖP", "NGÀNH CÔNG NGHIỆP"),
    ],
)
def test_old_text_becomes_unicode(typed, meant):
    assert decoded(typed) == [meant]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5).map(" ".join))
def test_both_encodings_come_back(text):
    assert from_tcvn3(to_tcvn3(text)) == text
    assert from_vni(to_vni(text)) == text
    assume(len(text.split()) > 3)
    assert decoded(to_tcvn3(text), to_vni("đường bộ, đồng"))[0].lower() == text.lower()


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)), max_size=8))
def test_unicode_is_never_decoded(texts):
    assume(not any(c in TCVN3 or c in VNI for text in texts if text not in NAMES for c in text))
    assert decoded(*texts) == texts


@pytest.mark.parametrize(
    "text", ["25 µm", "12 °C", "Intel® Core™", "m²", "Österreich und Köln", "año, niño", "été à Paris"]
)
def test_signs_and_other_languages_are_left_alone(text):
    assert decoded(text) == [text]
    assert decoded(text, *NAMES)[0] == text


def test_a_word_that_could_be_both_follows_its_sheet():
    old = [to_tcvn3(name) for name in NAMES]
    assert decoded("Sè", *old)[0] == "Số"
    assert decoded("Sè", *NAMES)[0] == "Sè"


def test_two_letters_amid_unicode_mean_themselves():
    assert decoded("K£", *NAMES)[0] == "K£"
    assert decoded("®ång", *NAMES)[0] == "đồng"


def test_fonts_tell_what_words_do_not_and_capitals():
    texts = {1: ("tæng sè", ".VnTimeH"), 2: ("hé", ".VnTime"), 3: ("Tổng số", ".VnTime")}
    cells = {(r, 1): GridCell(r, 1, t, t, style=Style(font=f)) for r, (t, f) in texts.items()}
    mixed = "Tỷ ®ång"
    runs = (Run("Tỷ ", Style(font="Arial")), Run("®ång", Style(font=".VnArial")))
    cells[4, 1] = GridCell(4, 1, mixed, mixed, runs=runs)
    read = unicode_sheet(Sheet("1", False, cells))
    assert [read.cells[r, 1].value for r in range(1, 5)] == ["TỔNG SỐ", "hộ", "Tổng số", "Tỷ đồng"]
    assert read.cells[1, 1].raw == "tæng sè"
