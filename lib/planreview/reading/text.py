"""Text in the encodings of old Vietnamese fonts (TCVN3, VNI) as Unicode; Unicode text is left alone.

TCVN3: TCVN 5712:1993, VN3, as glibc publishes it (localedata/charmaps/TCVN5712-1). VNI: the two-letter scheme of the
VNI-Win fonts. Both reach us as Latin-1 letters, so a word tells its encoding only by what it spells: a word is decoded
where it becomes a Vietnamese syllable and was none, and the words beside it by the company they keep.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from planreview.memory import FEW
from planreview.workbooks import GridCell, Sheet

TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(TCVN3)
_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROUND = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_SHORT = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _vni_table() -> dict[str, str]:
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for base, letter in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        table |= {base + typed: unicodedata.normalize("NFC", letter + mark) for typed, mark in _MARKS.items()}
    for base in "aeo":
        table |= {base + typed: unicodedata.normalize("NFC", base + "\u0302" + m) for typed, m in _ROUND.items()}
    table |= {"a" + typed: unicodedata.normalize("NFC", "a\u0306" + mark) for typed, mark in _SHORT.items()}
    return table


VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)), re.I)

_TOKEN = re.compile(r"[^\W\d_][^\s\d!-/:-@\[-`{-~–—‘’“”…\u00a0]*|[\u00a1-\u00ff][^\s\d!-/:-@\[-`{-~–—‘’“”…\u00a0]+")
_LONE = re.compile(r"(?<!\S)[¤«ëµë](?=\s+\S)")  # words of one letter: Ô, ô, ở, à
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_OPEN = (
    "oai|oay|oao|oeo|uây|uyu|uêu|uya|uôi|ươi|ươu|iêu|yêu|ia|ya|ua|ưa|oa|oe|uê|uy|uơ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|"
    "ôi|ơi|ui|ưi|ưu|[aeêioôơuưy]"
)
_CLOSED = "(?:uyê|iê|yê|uô|ươ|oa|oă|oe|uê|uy|uâ|oo|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])"
_SYLLABLE = re.compile(rf"{_ONSET}(?:{_OPEN}|{_CLOSED})")
_TONES = {"\u0301", "\u0300", "\u0309", "\u0303", "\u0323"}
_OURS = frozenset("àáâãèéêìíòóôõùúýăđĩũơư") | {chr(c) for c in range(0x1EA0, 0x1EFA)}
_MEASURES = {"µm", "µg", "µs", "µl"}  # signs of our days that would spell a syllable


@lru_cache(FEW)
def is_syllable(word: str) -> bool:
    """Whether a word is spelt as Vietnamese syllables are: onset, rime, at most one tone, a right one before a stop."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(letters):
        return False
    return not (re.search(r"(?:[cpt]|ch)$", letters) and tones and tones[0] not in ("\u0301", "\u0323"))


def from_tcvn3(text: str) -> str:
    """TCVN3 as Latin-1 letters → Unicode. A word in plain capitals stands in a capitals font all through."""
    return _capitals(text, text.translate(_TCVN3_TABLE))


def from_vni(text: str) -> str:
    """VNI as Latin-1 letters → Unicode."""

    def letter(match: re.Match) -> str:
        found = VNI[match[0].lower()]
        return found.upper() if match[0][0].isupper() else found

    return _VNI_PATTERN.sub(letter, text)


def _capitals(typed: str, decoded: str) -> str:
    """TCVN3 has no capitals with tone marks: fonts show small letters as capitals, and plain letters are typed so."""
    if len(typed) != len(decoded):
        return decoded
    plain = [c for c in typed if c.isascii() and c.isalpha()]
    return decoded.upper() if len(plain) > 1 and all(c.isupper() for c in plain) else decoded


_DECODE = {"tcvn3": from_tcvn3, "vni": from_vni}


@lru_cache(FEW)
def _spelling(word: str) -> str:
    """The one encoding in which a word spells a syllable: unicode, tcvn3, vni; '' where it does not tell."""
    if word.isascii() or word in _MEASURES or not any(c.isascii() and c.isalpha() for c in word):
        return ""
    natural = word[1:].islower() or word.isupper() or len(word) == 1  # no capital amid small letters
    as_typed = natural and is_syllable(word)
    if as_typed:
        return "unicode" if any(c > "\u00ff" for c in word) else ""
    if any(c > "\u00ff" for c in word):
        return "tcvn3" if (d := from_tcvn3(word)) != word and is_syllable(d) else ""
    good = [name for name, decode in _DECODE.items() if (d := decode(word)) != word and is_syllable(d)]
    return good[0] if len(good) == 1 else ""


@lru_cache(FEW)
def _is_strange(word: str) -> bool:
    """Whether a word has letters of Western Europe and is no Vietnamese one."""
    return not is_syllable(word) and any("\u00a0" < c <= "\u00ff" for c in word)


@dataclass(frozen=True)
class Decoder:
    """What the words of a file show of its encodings. ``leaning`` is what a word is that does not tell itself."""

    allowed: frozenset[str]
    leaning: str = ""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Decoder:
        """Judge by all texts of a sheet. An encoding in which most foreign looking words spell nothing is not it."""
        told: Counter[str] = Counter()
        words: dict[str, set[str]] = {"tcvn3": set(), "vni": set()}
        strange = 0
        written: Counter[str] = Counter()
        for words_and_signs, count in Counter("\n".join([t for t in texts if not t.isascii()]).split()).items():
            if words_and_signs.isascii():
                continue  # of any encoding
            for word in _TOKEN.findall(words_and_signs):
                written[word] += count
        for word, count in written.items():
            kind = _spelling(word)
            told[kind] += count
            if kind in words:
                words[kind].add(word)
            elif not kind and _is_strange(word):
                strange += count
        old = max(("tcvn3", "vni"), key=lambda k: told[k])
        if told["tcvn3"] + told["vni"] < max(1, strange / 2):
            return cls(frozenset())
        # amid Unicode two letters may mean themselves: K£
        sure = {k for k, w in words.items() if len(w) > 1 or any(len(word) > 2 for word in w)}
        found = frozenset(k for k in words if told[k] and (k in sure or not told["unicode"]))
        return cls(found, old if told[old] > 4 * told["unicode"] else "")

    def decode(self, text: str, font: str = "") -> str:
        """The text in Unicode; unchanged where it is Unicode already or nothing tells."""
        if text.isascii():
            return text
        by_font = _font_encoding(font)
        if not by_font and not self.allowed:
            return text
        allowed = self.allowed | ({by_font} if by_font else set())
        told = Counter(map(_spelling, _TOKEN.findall(text)))
        best = max(allowed, key=lambda k: (told[k], k in (by_font, self.leaning)), default="")
        if not best or (not told[best] and (told["unicode"] or best not in (by_font, self.leaning))):
            return text
        decode = _DECODE[best]
        if not told["unicode"]:
            decoded = decode(text)
            if best == "tcvn3" and "tcvn3" not in by_font:
                decoded = _LONE.sub(lambda m: decode(m[0]), _TOKEN.sub(lambda m: decode(m[0]), text))
            return decoded.upper() if _is_capitals(font) else decoded

        def word(match: re.Match) -> str:
            kind = _spelling(match[0])
            mine = kind == best or (not kind and told[best] > told["unicode"] and not _is_ours(match[0]))
            return decode(match[0]) if mine else match[0]

        return _TOKEN.sub(word, text)


def _is_ours(word: str) -> bool:
    return all(c.isascii() or c.lower() in _OURS for c in unicodedata.normalize("NFC", word)) and is_syllable(word)


@lru_cache(1000)
def _font_encoding(font: str) -> str:
    name = font.lower()
    return "tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni") else ""


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def _tells_encoding(cell: GridCell) -> bool:
    """Whether fonts may say in which encoding the text of a cell is."""
    return bool(cell.runs) or _font_encoding(cell.style.font) != ""


def _is_capitals(font: str) -> bool:
    return font.lower().startswith(".vn") and font.endswith("H")


def unicode_sheet(sheet: Sheet) -> Sheet:
    """The sheet with its texts in Unicode (NFC); ``raw`` stays as typed."""
    foreign = [c for c in sheet.singles if isinstance(c.value, str) and not c.value.isascii()]
    texts = [c.value for c in foreign]
    decoder = Decoder.of(texts)
    if not decoder.allowed and not any(map(_tells_encoding, foreign)) and _is_composed("\n".join(texts)):
        return sheet  # as most are
    changed = {}
    for cell in foreign:
        if not decoder.allowed and not _tells_encoding(cell):
            text = cell.value
        elif cell.runs and len({_font_encoding(run.style.font) for run in cell.runs}) > 1:
            text = "".join(decoder.decode(run.text, run.style.font) for run in cell.runs)
        else:
            text = decoder.decode(cell.value, cell.style.font)
        if not _is_composed(text):
            text = unicodedata.normalize("NFC", text)
        if text != cell.value:
            changed[cell.row, cell.column] = replace(cell, value=text)
    return sheet.with_changed(changed) if changed else sheet


def plain_cell(cell: GridCell | None) -> str:
    """The words of a cell on one line, '' where there are none; a year or a date in figures counts as words."""
    if cell is None:
        return ""
    value = cell.value if cell.value is not None else cell.raw
    if type(value) is str:
        return _on_one_line(value)
    if isinstance(value, dt.date):
        return f"{value.day}/{value.month}/{value.year}"
    return " ".join(str(value).split())


@lru_cache(FEW)
def _on_one_line(text: str) -> str:
    return " ".join(text.split())
