"""The binary records that the parts of an .xlsb are made of ([MS-XLSB] §2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial

from planreview.workbooks import messages


def records(content: bytes, place: str) -> Iterator[tuple[int, bytes]]:
    """Each record's type and data. Raises UnreadableFile where the part ends within a record."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            if at >= end:
                raise messages.damaged(place)
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = 0
        for shift in (0, 7, 14, 21):
            if at >= end:
                raise messages.damaged(place)
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if at + size > end:
            raise messages.damaged(place)
        yield kind, content[at : at + size]
        at += size


def numbers(layout: str, data: bytes, at: int = 0) -> tuple:
    """Numbers as struct lays them out. Raises UnreadableFile where the record is too short."""
    try:
        return struct.unpack_from("<" + layout, data, at)
    except struct.error:
        raise messages.damaged("bản ghi quá ngắn") from None


u32 = partial(numbers, "I")


def text(data: bytes, at: int = 0) -> tuple[str, int]:
    """A text and where it ends; the null string is ''."""
    (length,) = u32(data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise messages.damaged("chuỗi quá ngắn")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def rich_text(data: bytes, at: int = 0) -> tuple[str, list[tuple[int, int]]]:
    """A text and its runs: position in the text and number of the font."""
    (flags,) = numbers("B", data, at)
    words, end = text(data, at + 1)
    if not flags & 1:
        return words, []
    (count,) = u32(data, end)
    room = max(0, len(data) - end - 4) // 4
    return words, [numbers("HH", data, end + 4 + 4 * n) for n in range(min(count, room))]


def compact_number(stored: int) -> float:
    """An RK number: 30 bits of a float or an integer, perhaps a hundred times too large."""
    if stored & 2:
        number = float((stored - 0x1_0000_0000 if stored & 0x8000_0000 else stored) >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (stored & 0xFFFFFFFC) << 32))
    return number / 100 if stored & 1 else number
