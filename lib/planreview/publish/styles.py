"""The styles of a Word document: Times New Roman, black, the sizes of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from planreview.publish.document import LONG_TABLE_SIZE, TABLE_SIZE
from planreview.publish.pdf import Fit

FONT = "Times New Roman"
SMALL = 11.0
TONES = {"good": "0B6547", "bad": "A3241C", "open": "6F5000", "none": "566166"}
_TINTS = {"good": "EAF4EF", "bad": "FBEEEC", "open": "FBF4DF", "none": "F1F3F4"}


def dress(word: WordDocument, fit: Fit, *, brief: bool) -> None:
    """Give the document its styles; ``fit.size`` is the body's. The template's of the same names go."""
    size = fit.size
    small = min(SMALL, size - 1.5)
    table = min(10.0, size - 2) if brief else TABLE_SIZE
    tight = brief
    body = 3 if tight else 6
    styles = [
        _style("Normal", "Normal", size=size, default=True),
        _style("Title", "Title", size=13 if brief else 14, bold=True, align="center", after=4, keep=True),
        _style("Heading1", "heading 1", size=size if brief else 14, bold=True, before=body + 4, after=4, keep=True,
               outline=0),
        _style("Heading2", "heading 2", size=size, bold=True, before=body + 2, after=4, keep=True, outline=1),
        _style("Heading3", "heading 3", size=size, bold=True, italic=True, before=body, after=3, keep=True, outline=2),
        _style(
            "BodyText", "Body Text", size=size, align="both", after=body,
            first_line=0 if brief else 567, line=240 if brief else 288,
        ),
        _style("Caption", "caption", size=small if brief else 12, before=body, after=4, keep=True),
        _style("Header", "header", size=13, align="center"),
        _style("Hinh", "Hình vẽ", size=size, align="center", before=body, keep=True),
        _style("GhiChu", "Ghi chú", size=small, italic=True, after=body),
        _style("ChuBang", "Chữ trong bảng", size=table, before=1 if brief else 2, after=1 if brief else 2),
        _style("ChuBangNho", "Chữ trong bảng dài", size=LONG_TABLE_SIZE, before=1, after=1),
        _style("Dau", "Phần đầu văn bản", size=12, align="center"),
        _style("DauGach", "Tiêu ngữ", size=13, align="center", underlined=True),
        _style("BaiHoc", "Bài học", size=size, before=2, after=3, left=200, bar="0B5563"),
        _style("KetThucPhan", "Hết phần", size=2),
    ]  # fmt: skip
    styles += [
        _style(
            f"KetLuan{tone.title()}",
            f"Kết luận {tone}",
            size=size,
            before=4,
            after=4,
            left=200,
            bar=TONES[tone],
            tint=tint,
        )
        for tone, tint in _TINTS.items()
    ]
    element = word.styles.element
    for style in styles:
        new = parse_xml(style)
        for old in element.findall(qn("w:style")):
            if old.get(qn("w:styleId")) == new.get(qn("w:styleId")):
                element.remove(old)
        element.append(new)
    _defaults(word, size)


def _style(
    code: str, name: str, *, size: float, bold: bool = False, italic: bool = False, align: str = "", before: float = 0,
    after: float = 0, first_line: int = 0, left: int = 0, line: int = 240, keep: bool = False,
    outline: int | None = None, bar: str = "", tint: str = "", underlined: bool = False, default: bool = False,
) -> str:  # fmt: skip
    """A paragraph style: sizes and distances in points, indents and lines in twentieths of one; ``bar`` and ``tint``
    are colours of its left border and its ground."""
    edges = [f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{bar}"/>'] if bar else []
    edges += ['<w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/>'] if underlined else []
    indents = f' w:left="{left}"' if left else (' w:left="560" w:right="560"' if underlined else "")
    own = "" if default else '<w:basedOn w:val="Normal"/>'
    own += "" if default or code.startswith(("Heading", "Title", "Body", "Caption", "Header")) else "<w:qFormat/>"
    paragraph = "".join(
        (
            "<w:keepNext/>" if keep else "",
            f"<w:pBdr>{''.join(edges)}</w:pBdr>" if edges else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if tint else "",
            f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"',
            f' w:line="{line}" w:lineRule="auto"/>',
            f'<w:ind{indents} w:firstLine="{first_line}"/>',
            f'<w:jc w:val="{align}"/>' if align else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "",
        )
    )
    first = ' w:default="1"' if default else ""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + '<w:color w:val="000000"/>'
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{first} w:styleId="{code}">'
        f'<w:name w:val="{name}"/>{own}<w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{_FONTS}{look}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr></w:style>'
    )


_FONTS = "<w:rFonts" + "".join(f' w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia")) + "/>"


def _defaults(word: WordDocument, size: float) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault"))
    new = parse_xml(
        f"<w:rPrDefault {nsdecls('w')}><w:rPr>{_FONTS}"
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    )
    defaults.replace(run, new)
    settings = word.settings.element
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:val"), "vi-VN")
