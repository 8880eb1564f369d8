"""A document as Word: the layout of Decree 30/2020/NĐ-CP, the same bytes for the same blocks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from planreview.publish import gauge, package, wordml
from planreview.publish.document import LONG_TABLE_SIZE, TOGETHER, Document, Section
from planreview.publish.pdf import FULL, Fit, png
from planreview.publish.styles import SMALL, TONES, dress
from planreview.publish.wordml import cell, field, paragraph, picture, row, run, table

_PPI = 200
_DOTS = "………………………"
_LEFT, _RIGHT = 67.0, 93.0  # millimetres of the two columns at the head


def render_word(document: Document, fit: Fit = FULL) -> bytes:
    """The document for Word. ``fit``: how a brief was made to fit on its pages (``render_pdf`` finds out).

    Raises RunFailed where a chart cannot be drawn.
    """
    word = docx.Document()
    dress(word, fit, brief=document.page.brief)
    headers = package.headers(word, document.page.mark)
    body = _Body(word, document, fit)
    content = "".join(body.all(headers))
    old = word.element.body
    old.getparent().replace(old, parse_xml(wordml.root(content)))
    package.describe(word, document)
    stream = io.BytesIO()
    word.save(stream)
    return package.steady(stream.getvalue())


class _Body:
    def __init__(self, word: WordDocument, document: Document, fit: Fit) -> None:
        self._word, self._document, self._fit = word, document, fit
        self._brief = document.page.brief
        self._numbers = count(1)

    def all(self, headers: str) -> Iterator[str]:
        yield from self._head()
        sections = [*self._document.sections]
        last = Section(turned=False, items=[])
        if not sections[-1].turned:
            last = sections.pop()
        for index, section in enumerate(sections):
            yield from self._items(section)
            first = index == 0
            end = wordml.section(
                turned=section.turned, first=first, headers=headers if first else "", brief=self._brief
            )
            yield paragraph("", "KetThucPhan", extra=end)
        yield from self._items(last)
        yield from self._foot()
        yield from self._annex()
        first = not sections
        yield wordml.section(turned=False, first=first, headers=headers if first else "", brief=self._brief)

    def _items(self, section: Section) -> Iterator[str]:
        for item in section.items:
            yield from getattr(self, f"_{item['type']}")(item)

    def _head(self) -> Iterator[str]:
        page = self._document.page
        above, own = page.issuer
        left = "".join(
            paragraph(run(said, size=12, bold=bold), "Dau")
            for said, bold in ((above, False), *((line, True) for line in (own or _DOTS).split("\n")))
            if said
        )
        right = paragraph(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True), "Dau") + paragraph(
            run("Độc lập - Tự do - Hạnh phúc", size=13, bold=True), "DauGach"
        )
        number = paragraph(run("Số:          /BC-………", size=13), "Dau", before=4)
        where = page.seat or "……………"
        date = paragraph(run(f"{where}, ngày       tháng       năm          ", size=13, italic=True), "Dau", before=4)
        left += paragraph(run("—————", size=8, bold=True), "Dau")
        widths = (_LEFT, _RIGHT)
        lines = ((left, right), (number, date))
        rows = (row("".join(cell(c, w, high=True) for c, w in zip(line, widths, strict=True))) for line in lines)
        yield table("".join(rows), widths, padding=0)
        large = 13 if self._brief else 14
        yield paragraph(run("BÁO CÁO", size=large, bold=True), "Dau", before=4 if self._brief else 12)
        yield paragraph(run(self._document.title), "Title")
        about = f"{page.cycle_title}; {page.as_of_title}. {page.provenance_line}"
        yield paragraph(run(about, italic=True, size=SMALL), "Dau", after=0 if self._brief else 4)
        yield paragraph(run("——————————", size=8, bold=True), "Dau", after=2 if self._brief else 8)

    def _foot(self) -> Iterator[str]:
        small = 10 if self._brief else 11
        left = paragraph(run("Nơi nhận:", bold=True, italic=True, size=small + 1), "ChuBang") + "".join(
            paragraph(run(said, size=small), "ChuBang") for said in ("- ……………………;", "- Lưu: VT, ………")
        )
        right = paragraph(run("NGƯỜI KÝ", bold=True, size=11 if self._brief else 13), "Dau") + paragraph(
            run("(chức vụ, chữ ký, họ và tên)", italic=True, size=11), "Dau"
        )
        yield paragraph("", "ChuBang", before=0 if self._brief else 12, keep=True)
        yield table(row(cell(left, 80, high=True) + cell(right, 80, high=True)), (80, 80))
        yield paragraph("", "KetThucPhan")

    def _annex(self) -> Iterator[str]:
        sources = self._document.sources
        if not sources:
            return
        yield paragraph(run("Phụ lục", size=14, bold=True), "Dau", new_page=True)
        yield paragraph(run("Nguồn gốc số liệu", caps=True, size=13), "Heading1", align="c", after=2)
        blank = "(Kèm theo văn bản số ……… ngày …… tháng …… năm ………)"
        yield paragraph(run(blank, italic=True, size=12), "Dau", after=6)
        widths = (55.0, 60.0, 45.0)
        rows = [row(self._header(("Tệp", "Trang tính, nguồn", "Ô"), widths), header=True)]
        for line in sources:
            said = (cell(paragraph(run(text), "ChuBang"), w) for text, w in zip(line, widths, strict=True))
            rows.append(row("".join(said), long=True))
        yield table("".join(rows), widths, style="TableGrid", title="Nguồn gốc số liệu")
        yield paragraph("", "KetThucPhan")

    def _heading(self, item: dict) -> Iterator[str]:
        yield paragraph(run(item["text"]), f"Heading{item['level']}")

    def _paragraph(self, item: dict) -> Iterator[str]:
        yield paragraph(self._runs(item["runs"]), "BodyText", keep="signed" in item)

    def _note(self, item: dict) -> Iterator[str]:
        yield paragraph(self._runs(item["runs"]), "GhiChu", keep="signed" in item)

    def _finding(self, item: dict) -> Iterator[str]:
        yield paragraph(self._runs(item["runs"]), f"KetLuan{item['tone'].title()}", keep="signed" in item)

    def _lesson(self, item: dict) -> Iterator[str]:
        for label, runs in item["items"]:
            yield paragraph(run(f"{label}: ", bold=True) + self._runs(runs), "BaiHoc")

    def _figure(self, item: dict) -> Iterator[str]:
        scale = self._fit.figure
        width, height = item["width"] * scale, item["height"] * scale
        relation = self._image(_pixels(item["svg"], round(width * 72 / 25.4, 1)))
        number = next(self._numbers)
        drawing = picture(relation, number, f"Hình {item['n']}", item["alt"], width, height)
        yield paragraph(drawing, "Hinh", keep=True)
        yield self._caption("Hình", item, keep=True)
        yield paragraph(run(item["source"]), "GhiChu")

    def _table(self, item: dict) -> Iterator[str]:
        yield self._caption("Bảng", item, keep=True)
        widths, aligns = item["widths"], item["align"]
        style = "ChuBangNho" if item["size"] == LONG_TABLE_SIZE else "ChuBang"
        rows = [row(self._header(item["columns"], widths, style), header=True)]
        last = len(item["rows"]) - 1
        for index, cells in enumerate(item["rows"]):
            keep = last < TOGETHER and index < last
            title = item["groups"].get(str(index))
            if title is not None:
                said = paragraph(run(title, bold=True), style, keep=True)
                rows.append(row(cell(said, sum(widths), span=len(widths), fill="F1F3F4")))
            rows.append(
                row(
                    "".join(
                        cell(paragraph(self._runs(runs), style, align="" if a == "l" else a, keep=keep), w)
                        for runs, w, a in zip(cells, widths, aligns, strict=True)
                    )
                )
            )
        yield table("".join(rows), widths, style="TableGrid", title=item["caption"])
        if item["note"]:
            yield paragraph(self._runs(item["note"]), "GhiChu", before=3)
        yield paragraph(run(item["source"]), "GhiChu", before=3)

    @staticmethod
    def _header(names: tuple[str, ...] | list[str], widths, style: str = "ChuBang") -> str:
        said = (paragraph(run(name, bold=True), style, align="c", keep=True) for name in names)
        return "".join(cell(words, width) for words, width in zip(said, widths, strict=True))

    @staticmethod
    def _caption(word: str, item: dict, *, keep: bool) -> str:
        number = field(f"SEQ {word} \\* ARABIC", str(item["n"]), bold=True)
        said = run(f"{word} ", bold=True) + number + run(". ", bold=True) + run(item["caption"])
        return paragraph(said, "Caption", keep=keep)

    def _runs(self, runs: list[dict]) -> str:
        return "".join(self._run(part) for part in runs)

    def _run(self, part: dict) -> str:
        if part["is"] == "badge":
            return run(part["t"], bold=True, color=TONES[part["tone"]])
        if part["is"] == "gauge":
            places = {name: part[name] for name in ("result", "target", "baseline", "target_upper")}
            relation = self._image(gauge.png(tone=part["tone"], **places))
            number = next(self._numbers)
            return picture(relation, number, f"Thanh {number}", part["t"], gauge.WIDTH, gauge.HEIGHT)
        return run(part["t"])

    def _image(self, content: bytes) -> str:
        relation, _ = self._word.part.get_or_add_image(io.BytesIO(content))
        return relation


@lru_cache(maxsize=64)
def _pixels(svg: str, points: float) -> bytes:
    """A chart drawn once, though several documents of a unit may show it."""
    return png(svg, points, _PPI)
