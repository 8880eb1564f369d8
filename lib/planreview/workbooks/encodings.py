"""Bytes of a text file as text: Unicode where they are, else the code page that Vietnamese words prove."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONED = re.compile(f"[aăâeêioôơuưy][{_TONES}]", re.I)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes) -> tuple[str, str] | None:
    """The text and its encoding's name; None for what is no text.

    Bytes that are no Unicode are cp1258 where its tone marks all stand on vowels, else cp1252. Text in TCVN3 (ABC)
    comes out as the letters that its fonts were drawn over, as in workbooks; decoding those is not done here.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _strict(content, name)
    if (wide := _utf16_without_mark(content)) is not None:
        return wide
    if b"\x00" in content:
        return None
    if (text := _strict(content, "utf-8")) is not None:
        return text
    text = content.decode("cp1258", "replace")
    tones = sum(text.count(tone) for tone in _TONES)
    if tones and len(_TONED.findall(text)) == tones and "\ufffd" not in text:
        return unicodedata.normalize("NFC", text), "cp1258"
    # the five bytes that cp1252 leaves open stay what they are
    return _printable("".join(_latin(byte) for byte in content), "cp1252")


def _strict(content: bytes, name: str) -> tuple[str, str] | None:
    try:
        return _printable(content.decode(name), name)
    except UnicodeDecodeError:
        return None


def _printable(text: str, name: str) -> tuple[str, str] | None:
    return None if _BINARY.search(text) else (text, name)


def _utf16_without_mark(content: bytes) -> tuple[str, str] | None:
    """In UTF-16 every second byte of blanks, digits and separators is zero."""
    head = content[:4096]
    if len(head) < 4 or len(content) % 2:
        return None
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[start::2].count(0) > len(head) // 6 and head[1 - start :: 2].count(0) == 0:
            return _strict(content, name)
    return None


_LATIN = [bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256)]


def _latin(byte: int) -> str:
    return _LATIN[byte]
