"""The rows of an .xlsx sheet as plain tokens, by one of two roads that give the same.

Nearly every program writes cells in one plain form, which a regular expression takes apart four times as fast as an XML
parser. It is used only where counting proves that it saw every row and cell; any other form goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from planreview.workbooks import messages, xml
from planreview.workbooks.column_names import column_letters, column_number
from planreview.workbooks.ooxml.strings import Text, text_of
from planreview.workbooks.raw import MOST_COLUMNS
from planreview.workbooks.xml import Element

# letters, row, style, type, formula's start tag, formula, value: '' where absent; an inline string's may be a Text
Token = tuple[str, str, str, str, str, str, str | Text]

_TEXT, _ROW_NUMBER = "\x01", "\x02"  # stand for a text and for a row's number in its form; XML knows neither
_CELL_FORM = (
    r'<c r="([A-Z]++)(%s)"(?: s="([0-9]++)")?+(?: t="([a-zA-Z]++)")?+(?: [cv]m="[0-9]++")*+'
    r"(?:>(?:(<f(?: [^<>]*+)?+>)(?:([^<]*+)</f>)?+)?+"
    r'(?:<(?:v|is><t)(?: xml:space="preserve")?+>([^<]*+)</(?:v|t></is)>|<v ?+/>)?+</c>| ?+/>)'
)
_CELL = re.compile(_CELL_FORM % "[1-9][0-9]*+")
_CELL_OF_FORM = re.compile(_CELL_FORM % _ROW_NUMBER)
_FIRST_ADDRESS = re.compile(r'><c r="[A-Z]++([1-9][0-9]*+)"')
_BETWEEN_TAGS = re.compile(r">([^<]++)<")
_ROW = re.compile(r'<row(?: [\w:.]++="[^"<>]*+")*+')
_HIDDEN = re.compile(r' (?:hidden="(?:1|true|on)"|ht="0(?:\.0*)?")')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_ENTITY = re.compile(r"&([^;]{0,10};?)")
_MANY = 40  # rows of a form after which it is worth a pattern of its own
_NAMED = {"lt;": "<", "gt;": ">", "amp;": "&", "quot;": '"', "apos;": "'"}


@dataclass(eq=False)
class Form:
    """What rows alike share: of each cell letters, style, type, the formula's start tag, and whether there are a
    formula's text and a value, which then are texts of the row. One object for all rows alike."""

    cells: tuple[tuple[str, str, str, str, bool, bool], ...]
    met: int = 0  # times that a row was found to be of this form


class Row(NamedTuple):
    """``number`` as text; ``texts`` of its cells as the form tells, an inline string's may be a Text."""

    number: str
    hidden: bool
    form: Form
    texts: list


class Forms:
    """The forms of a sheet's rows, each found once."""

    def __init__(self) -> None:
        self._known: dict[tuple, Form] = {}
        self._written: dict[str, Form | None] = {}
        self._usual: tuple[Form, re.Pattern] | None = None

    def rows(self, tokens: list[Token], *, hidden: bool) -> Iterator[Row]:
        """The cells of a row; should they say that they stand in several, these."""
        for number, cells in groupby(tokens, key=itemgetter(1)):
            mine = list(cells)
            texts = [text for cell in mine for text in cell[5:] if text]
            yield Row(number, hidden, self._form(mine), texts)

    def again(self, piece: str) -> Row | None:
        """The row of the form that most have been of; None where it is not of that one."""
        if self._usual is None or not (match := self._usual[1].fullmatch(piece)):
            return None
        start, number, *texts = match.groups()
        return Row(number, _is_hidden(start), self._usual[0], texts)

    def written(self, body: str) -> Row | None:
        """The row of plainly written cells; None where anything is written in another way, or in a row elsewhere."""
        first = _FIRST_ADDRESS.match(body)
        if not first:
            return None
        pieces = _BETWEEN_TAGS.split(body)  # every other one is a text
        written, end = f">{_TEXT}<".join(pieces[::2]), f'{first[1]}"'
        general = written.replace(end, f'{_ROW_NUMBER}"')
        form = self._written.get(general)
        if form is None:
            if general in self._written:
                return None
            form = self._written[general] = self._read(general)
        if form is None or written.count(end) != len(form.cells):
            return None  # or the row's number stands elsewhere too
        form.met += 1
        if form.met % _MANY == 0:
            self._usual = form, _row_pattern(general)
        return Row(first[1], False, form, pieces[1::2])

    def _read(self, written: str) -> Form | None:
        tokens = _CELL_OF_FORM.findall(written)
        texts = sum(map(bool, (text for token in tokens for text in token[5:])))
        if len(tokens) != written.count("<c") or texts != written.count(_TEXT):
            return None
        return self._form(tokens)

    def _form(self, tokens: list[Token]) -> Form:
        cells = tuple(
            [
                (letters, style, "inlineStr" if isinstance(value, Text) else kind, start, bool(formula), bool(value))
                for letters, _, style, kind, start, formula, value in tokens
            ]
        )
        return self._known.get(cells) or self._known.setdefault(cells, Form(cells))


@lru_cache(100)
def _row_pattern(general: str) -> re.Pattern:
    """What matches the rows of a form: start tag, number and texts. It is slow to make, and then more than twice as
    fast as taking a row apart."""
    number, *rest = re.escape(general).replace(re.escape(_TEXT), "([^<]++)").split(re.escape(_ROW_NUMBER))
    return re.compile(rf"\s*+({_ROW.pattern}){number}([1-9][0-9]*+)" + r"\2".join(rest))


def _is_hidden(start: str) -> bool:
    """Whether a row's start tag says that it is not seen."""
    return " h" in start and _HIDDEN.search(start) is not None


@dataclass
class Frame:
    """What stands around the rows: columns that are not seen, merged areas as written (``A1:B2``)."""

    hidden_columns: set[int] = field(default_factory=set)
    merges: list[str] = field(default_factory=list)

    def take(self, element: Element) -> None:
        """Note a ``col`` or ``mergeCell``."""
        if xml.local(element) == "mergeCell":
            self.merges.append(element.get("ref", ""))
        elif xml.is_on(element.get("hidden")) or _is_nothing(element.get("width")):
            first, last = _int(element.get("min")), _int(element.get("max"))
            self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))


def sheet_rows(content: bytes, place: str) -> tuple[Frame, Iterator[Row]]:
    """The frame (complete once the rows are used up) and the rows. Raises UnreadableFile, maybe only as rows go by."""
    frame = Frame()
    plain = _plain_rows(content, place, frame)
    return frame, plain if plain is not None else _parsed_rows(content, place, frame)


def _plain_rows(content: bytes, place: str, frame: Frame) -> Iterator[Row] | None:
    """By the regular expressions; None where anything is written in another form."""
    head, opening, rest = content.partition(b"<sheetData>")
    body, closing, tail = rest.partition(b"</sheetData>")
    if not opening or not closing or b"<!" in body or b"<?" in body or b"<sheetData" in tail:
        return None
    if b"<!" in head or (b"encoding=" in head[:100] and b'encoding="utf-8"' not in head[:100].lower()):
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _TEXT in text or _ROW_NUMBER in text:
        return None
    rows: list[Row] = []
    forms = Forms()
    *pieces, last = text.split("</row>")
    if "<c" in last:
        return None
    for piece in pieces:
        if (row := forms.again(piece)) is not None:
            rows.append(row)
            continue
        # rows without cells may stand before the one that ends here
        start = piece.rfind("<row")
        end = piece.find(">", start)
        if start < 0 or piece.find("<c", 0, end) >= 0 or not _ROW.fullmatch(piece, start, end):
            return None
        hidden = _is_hidden(piece[start:end])
        row = forms.written(piece[end:])
        if row is not None:
            rows.append(row._replace(hidden=hidden) if hidden else row)
            continue
        found = _CELL.findall(piece, end)
        if len(found) != piece.count("<c"):
            return None
        rows += forms.rows(found, hidden=hidden)
    around = xml.parse(head + b"<sheetData/>" + tail, place)
    for element in around.iter("{*}col", "{*}mergeCell"):
        frame.take(element)
    return iter(rows)


def _parsed_rows(content: bytes, place: str, frame: Frame) -> Iterator[Row]:
    row_number, forms = 0, Forms()
    for element in xml.elements(content, ("col", "row", "mergeCell"), place):
        if xml.local(element) != "row":
            frame.take(element)
            continue
        row_number = _int(element.get("r")) or row_number + 1
        hidden = xml.is_on(element.get("hidden")) or _is_nothing(element.get("ht"))
        column, cells = 0, []
        for cell in element:
            if xml.local(cell) != "c":
                continue
            # without an address, or with none that can be, a cell stands behind the one before
            reference = _REFERENCE.fullmatch(cell.get("r", ""))
            letters = reference[1].upper() if reference else column_letters(min(column + 1, MOST_COLUMNS))
            column = column_number(letters)
            row_text = reference[2] if reference else str(row_number)
            cells.append((letters, row_text, cell.get("s", ""), cell.get("t", ""), *_content(cell)))
        yield from forms.rows(cells, hidden=hidden)


def _content(cell: Element) -> tuple[str, str, str | Text]:
    start, formula, value = "", "", ""
    for part in cell:
        match xml.local(part):
            case "f":
                start = "<f" + "".join(f' {k}="{v}"' for k, v in part.attrib.items()) + ">"
                formula = _escaped(part.text or "")
            case "v":
                value = _escaped(part.text or "")
            case "is":
                value = text_of(part)
    return start, formula, value


def _escaped(text: str) -> str:
    """As it stands in the file, for both roads lead through ``xml_text``."""
    return text.replace("&", "&amp;") if "&" in text else text


def xml_text(text: str) -> str:
    """Text as it stands between tags → what it means. Raises UnreadableFile for an entity that XML does not know."""
    if "&" not in text:
        return text
    pieces = _ENTITY.split(text)  # every other one is the name of an entity
    pieces[1::2] = map(_meaning, pieces[1::2])
    return "".join(pieces)


@lru_cache(10_000)
def _meaning(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if number := re.fullmatch(r"#(?:(\d+)|x([0-9A-Fa-f]+));", name):
        code = int(number[1]) if number[1] else int(number[2], 16)
        if code < 0x110000 and not 0xD800 <= code < 0xE000:
            return chr(code)
    raise messages.damaged(f"&{name}")


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _is_nothing(measure: str | None) -> bool:
    """Whether a height or width is given, and is none."""
    try:
        return measure is not None and float(measure) == 0
    except ValueError:
        return False
