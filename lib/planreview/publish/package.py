"""What a Word file holds beside its text: headers, properties, and nothing of the moment it was written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from planreview.publish import wordml
from planreview.publish.document import Document
from planreview.publish.wordml import field, paragraph, run

_MOMENT = dt.datetime.fromtimestamp(0, dt.UTC)
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def headers(word: WordDocument, mark: str) -> str:
    """The page's number in the middle of the upper margin, ``mark`` under it; page 1 bears no number."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    marked = paragraph(run(mark, bold=True, size=10), "Header", align="c") if mark else ""
    number = paragraph(field("PAGE", "2", size=13), "Header", align="c")
    for header, content in ((section.header, number + marked), (section.first_page_header, marked)):
        header.is_linked_to_previous = False
        old = header.paragraphs[0]._p
        for new in parse_xml(wordml.root(content or paragraph("", "Header"))):
            old.addprevious(new)
        old.getparent().remove(old)
    references = section._sectPr.findall(qn("w:headerReference"))
    return "".join(
        f'<w:headerReference w:type="{r.get(qn("w:type"))}" r:id="{r.get(qn("r:id"))}"/>' for r in references
    )


def describe(word: WordDocument, document: Document) -> None:
    """What the file's properties tell."""
    page, core = document.page, word.core_properties
    core.title, core.subject = document.title, f"{page.cycle_title}; {page.as_of_title}"
    core.author = core.last_modified_by = page.issuer[1] or page.unit_name
    core.language, core.comments, core.keywords = "vi-VN", page.mark, f"{page.unit}; {page.as_of}"
    core.created = core.modified = _MOMENT
    core.revision = 1
    whole = word.part.package
    properties = {
        "planreview-unit": page.unit,
        "planreview-as-of": page.as_of,
        "planreview-cycle": page.cycle,
        "planreview-provenance": page.provenance_line,
    }
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(properties.items(), start=2)
    )
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{entries}</Properties>'
    ).encode()
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, blob, whole)
    whole.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    for name, relation in [*whole.rels.items()]:
        if relation.reltype.endswith("/thumbnail"):  # the library's own template looks otherwise
            whole.rels.pop(name)
    for name, relation in [*word.part.rels.items()]:
        if relation.reltype.endswith("/stylesWithEffects"):  # the template's, in another typeface
            word.part.rels.pop(name)


def steady(content: bytes) -> bytes:
    """The same package with its parts in order and without the moment of writing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name)  # of no moment either
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return stream.getvalue()
