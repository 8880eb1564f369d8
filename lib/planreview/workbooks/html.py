"""Pages saved as workbooks: each table is a sheet. What reports of many web systems call .xls is this."""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree
from lxml import html as lxml_html

from planreview.workbooks import messages
from planreview.workbooks.encodings import decoded
from planreview.workbooks.grid import Style
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawBook, RawSheet
from planreview.workbooks.values import is_blank, of_number, raw_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_RULE = re.compile(r"\.([\w-]+)[^{}]*\{([^{}]*)\}")
_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"(?:[^\"\\]|\\.)*\"|[^;]+)", re.I)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.I)
_NAMED = {"percent": "0.00%", "fixed": "0.00", "standard": "#,##0.00", "short date": "dd/mm/yyyy", "general": "General"}
_SKIPPED = ("script", "style", "head", "title")


def read_mht(content: bytes) -> RawBook:
    """The page inside a "single file web page". Raises UnreadableFile."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    books = [_read(_page(part)) for part in pages]
    sheets = [sheet for book in books for sheet in book.sheets]
    if not sheets:
        raise messages.not_a_table("thư hoặc trang web không có bảng")
    for number, sheet in enumerate(sheets, 1):
        sheet.name = f"Bảng {number}"
    return RawBook("html", sheets)


def _page(part: email.message.EmailMessage) -> str:
    data = part.get_payload(decode=True) or b""
    return _text(data, part.get_content_charset())


def read_html(content: bytes) -> RawBook:
    """A sheet for each table, in their order. Raises UnreadableFile where there is none."""
    book = _read(_text(content, None))
    if not book.sheets:
        raise messages.not_a_table("trang web không có bảng")
    return book


def _text(content: bytes, charset: str | None) -> str:
    said = charset or (found[1].decode() if (found := _CHARSET.search(content[:4096])) else "")
    if said and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(said)
        except (UnicodeDecodeError, LookupError):
            pass
    found = decoded(content)
    if found is None:
        raise messages.damaged("trang web")
    return found[0]


def _read(text: str) -> RawBook:
    # the parser refuses a declaration of the encoding in what is text already
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(no_network=True, huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise messages.damaged(f"HTML: {problem}") from None
    formats = _formats(root)
    book = RawBook("html")
    for table in root.iter("table"):
        sheet = RawSheet(f"Bảng {len(book.sheets) + 1}", _is_hidden(table))
        _read_table(table, sheet, formats)
        if sheet.cells:
            book.sheets.append(sheet)
            book.check_size()
    return book


def _formats(root) -> dict[str, str]:
    """Number formats by class, from the page's style sheets."""
    found = {}
    for style in root.iter("style"):
        for name, body in _RULE.findall(re.sub(r"<!--|-->", "", style.text_content())):
            if code := _format(body):
                found[name] = code
    return found


def _format(declarations: str) -> str:
    said = _FORMAT.search(declarations)
    if not said:
        return ""
    code = said[1].strip().strip('"')
    code = re.sub(r"\\0022", '"', code)
    return _NAMED.get(code.lower(), re.sub(r"\\(.)", r"\1", code))


def _read_table(table, sheet: RawSheet, formats: dict[str, str]) -> None:
    taken: dict[int, int] = {}  # column → last row that a cell above still covers
    for row, line in enumerate((tr for tr in table.iter("tr") if _table_of(tr) is table), start=1):
        column = 1
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) >= row:
                column += 1
            down, across = _span(cell, "rowspan", MOST_ROWS), _span(cell, "colspan", MOST_COLUMNS)
            last_row, last_column = min(row + down - 1, MOST_ROWS), min(column + across - 1, MOST_COLUMNS)
            if row > MOST_ROWS or column > MOST_COLUMNS:
                raise messages.too_many_cells(MOST_CELLS, sheet.name)
            if down > 1 or across > 1:
                sheet.merges.append((row, column, last_row, last_column))
            if down > 1:
                taken |= dict.fromkeys(range(column, last_column + 1), last_row)
            _read_cell(cell, sheet, row, column, sheet.hidden or _is_hidden(line) or _is_hidden(cell), formats)
            column = last_column + 1
        if len(sheet.cells) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, sheet.name)


def _read_cell(cell, sheet: RawSheet, row: int, column: int, hidden: bool, formats: dict[str, str]) -> None:
    text = _shown(cell)
    stored, formula = cell.get("x:num"), cell.get("x:fmla") or ""
    number_format = _format(cell.get("style", "")) or formats.get((cell.get("class") or "").split(" ")[0])
    value, raw = (None, "") if is_blank(text) else (text, text)
    if stored:  # the number itself, of which the page shows few digits
        try:
            number = float(stored)
        except ValueError:
            pass
        else:
            number_format = number_format or ("0%" if "%" in text else "General")
            value = of_number(number, number_format)
            raw = stored if value is None else raw_of(value)
    if re.fullmatch(r"#(REF!|DIV/0!|VALUE!|N/A|NAME\?|NUM!|NULL!)", raw):
        value = None
    if value is None and not raw:
        if not formula:
            return
        raw = formula
    style = _style(cell)
    sheet.cells.append((row, column, value, raw, hidden, bool(formula), number_format, style, formula))


def _shown(cell) -> str:
    """The words of a cell as a browser shows them: line breaks only where they are said."""
    said: list[str] = []

    def take(element) -> None:
        if isinstance(element.tag, str) and element.tag in _SKIPPED:
            return
        if element.tag in ("br", "p", "div", "li") and said:
            said.append("\n")
        if isinstance(element.tag, str) and element.tag != "table":
            said.append(re.sub(r"[ \t\r\n]+", " ", element.text or ""))
            for part in element:
                take(part)
                said.append(re.sub(r"[ \t\r\n]+", " ", part.tail or ""))

    take(cell)
    return "\n".join(line.strip(" ") for line in "".join(said).strip().split("\n"))


def _style(cell) -> Style:
    inner = {e.tag for e in cell.iter() if isinstance(e.tag, str)}
    declared = cell.get("style", "").lower()
    fonts = [face for e in cell.iter("font") if (face := e.get("face"))]
    return Style(
        font=fonts[0] if fonts else "",
        bold=cell.tag == "th" or bool(inner & {"b", "strong"}) or "font-weight:bold" in declared.replace(" ", ""),
        italic=bool(inner & {"i", "em"}),
        struck=bool(inner & {"s", "strike", "del"}),
        centred=cell.get("align", "").lower() == "center" or "text-align:center" in declared.replace(" ", ""),
    )


def _is_hidden(element) -> bool:
    return bool(_NOT_SHOWN.search(element.get("style", "")))


def _table_of(element):
    return next((above for above in element.iterancestors("table")), None)


def _span(cell, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 10 else 1
