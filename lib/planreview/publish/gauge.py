"""A gauge as pixels, for Word: the bar of the result, the mark of the target."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

WIDTH, HEIGHT = 18.0, 2.6  # millimetres
_PIXELS, _LINES = 216, 31
_TONES = {"good": 0x0B6547, "bad": 0xA3241C, "open": 0x6F5000, "none": 0x566166}
_TRACK, _INK, _PAPER = 0xE3E6E9, 0x1C2426, 0xFFFFFF


@lru_cache(maxsize=1024)
def png(
    result: float, target: float, tone: str, baseline: float | None = None, target_upper: float | None = None
) -> bytes:
    """A PNG of ``WIDTH`` × ``HEIGHT``; positions from 0 to 1."""
    outer = [_PAPER] * _PIXELS
    inner = [_TONES[tone] if x < round(result * _PIXELS) else _TRACK for x in range(_PIXELS)]
    if baseline is not None:
        _tick(inner, baseline, _PAPER, 5)
    for place in (target, target_upper):
        if place is not None:
            _tick(inner, place, _INK, 7)
            _tick(outer, place, _INK, 7)
    edge = 4
    at_edge, between = (b"\0" + b"".join(c.to_bytes(3, "big") for c in line) for line in (outer, inner))
    raw = at_edge * edge + between * (_LINES - 2 * edge) + at_edge * edge
    head = struct.pack(">IIBBBBB", _PIXELS, _LINES, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _tick(line: list[int], place: float, colour: int, width: int) -> None:
    first = min(max(round(place * _PIXELS) - width // 2, 0), _PIXELS - width)
    line[first : first + width] = [colour] * width


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
