"""Word and PDF of a report, beside its page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypdfium2

from planreview.batch.jobs import Job
from planreview.errors import RunFailed
from planreview.publish.document import prepare
from planreview.publish.facts import check_pdf, check_word
from planreview.publish.page import Page
from planreview.publish.pdf import render_pdf
from planreview.publish.word import render_word


@dataclass(frozen=True)
class Papers:
    """How many pages the PDF has, its typeface, and what is wrong with the numbers or words of either file."""

    pages: int = 0
    typeface: str = ""
    faults: tuple[str, ...] = ()


def write_papers(job: Job, blocks: Sequence[dict], page: Page, folder: Path) -> Papers:
    """Write the job's .docx and .pdf into ``folder``; nothing for a notebook that has none.

    Raises RunFailed where a block cannot be shown, or a file does not carry its unit and round.
    """
    if not job.on_paper:
        return Papers()
    document = prepare(blocks, page)
    pdf = render_pdf(document)
    word = render_word(document, pdf.fit)
    _refuse_unmarked(job, word, pdf.content)
    (folder / job.file(".docx")).write_bytes(word)
    (folder / job.file(".pdf")).write_bytes(pdf.content)
    return Papers(pdf.pages, pdf.typeface, tuple(_faults(word, pdf.content, blocks, page)))


def paper_faults(job: Job, blocks: Sequence[dict], page: Page, folder: Path) -> list[str]:
    """What is wrong with the numbers or words of the job's .docx and .pdf as they stand in ``folder``."""
    if not job.on_paper:
        return []
    word, pdf = ((folder / job.file(suffix)).read_bytes() for suffix in (".docx", ".pdf"))
    return _faults(word, pdf, blocks, page)


def _faults(word: bytes, pdf: bytes, blocks: Sequence[dict], page: Page) -> list[str]:
    faults = [f"Word: {fault}" for fault in check_word(word, blocks, page)]
    return [*faults, *(f"PDF: {fault}" for fault in check_pdf(pdf, blocks, page))]


def _refuse_unmarked(job: Job, word: bytes, pdf: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        properties = package.read("docProps/custom.xml").decode("utf-8")
    said = pypdfium2.PdfDocument(pdf).get_metadata_value("Keywords")
    for mark in (job.unit, job.as_of):
        if f"<vt:lpwstr>{escape(mark)}</vt:lpwstr>" not in properties:
            raise RunFailed(f"Văn bản Word không mang dấu {mark}")
        if mark not in said.replace(",", " ").replace(";", " ").split():
            raise RunFailed(f"Văn bản PDF không mang dấu {mark}")
