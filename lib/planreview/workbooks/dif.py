"""DIF (.dif): a table as pairs of lines, a kind with a number and a text."""

from __future__ import annotations

import re

from planreview.workbooks import messages
from planreview.workbooks.encodings import decoded
from planreview.workbooks.raw import MOST_CELLS, RawBook, RawSheet
from planreview.workbooks.values import is_blank, of_number, raw_of

_PAIR = re.compile(r"(-?\d+),(.*)\n(.*)(?:\n|$)")


def read_dif(content: bytes) -> RawBook:
    """One sheet; formats are not known. Raises UnreadableFile."""
    found = decoded(content)
    if found is None:
        raise messages.damaged("DIF")
    text = found[0].replace("\r\n", "\n").replace("\r", "\n")
    head, data, body = text.partition("\nDATA\n")
    if not data or head.startswith("\x00"):
        raise messages.truncated()
    sheet = RawSheet("DIF")
    row = column = 0
    ended = False
    pairs = _PAIR.finditer(body)
    next(pairs, None)  # of DATA itself
    for pair in pairs:
        kind, number, words = pair[1], pair[2].strip(), pair[3]
        if kind == "-1" and words.strip() == "BOT":
            row, column = row + 1, 0
        elif kind == "-1":
            ended = True
            break
        else:
            column += 1
            value, raw = _value(kind, number, words)
            if raw:
                sheet.cells.append((row, column, value, raw))
        if len(sheet.cells) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, sheet.name)
    if not ended:
        raise messages.truncated()
    return RawBook("dif", [sheet])


def _value(kind: str, number: str, words: str):
    if kind == "1":
        text = words[1:-1].replace('""', '"') if len(words) > 1 and words[0] == words[-1] == '"' else words
        return (None, "") if is_blank(text) else (text, text)
    match words.strip():
        case "V":
            try:
                value = of_number(float(number), None)
            except ValueError:
                value = None
            return value, number if value is None else raw_of(value)
        case "TRUE" | "FALSE" as said:
            return said == "TRUE", said
        case "NULL" | "":
            return None, ""
        case "NA":
            return None, "#N/A"
        case _:
            return None, "#N/A" if not words.startswith("#") else words.strip()
