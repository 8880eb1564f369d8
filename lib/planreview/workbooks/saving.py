"""Saving a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.escape import escape

from planreview.workbooks.grid import GridCell

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def same_bytes(workbook: Workbook, read: Mapping[str, Mapping[str, GridCell]] | None = None) -> bytes:
    """The workbook as bytes that depend on its content alone.

    Neither the time, nor the library that writes the XML, nor the one that compresses may show in them: the moment of
    the last change is the one that the caller set as ``workbook.properties.created``.

    read: by sheet and address the cells as they were read. Their formulas keep their results (openpyxl writes none, so
    that whoever reads the file before a spreadsheet program has saved it would find no numbers), and their numbers the
    seventeenth digit.
    """
    plain = io.BytesIO()
    workbook.save(plain)
    moment = f"{workbook.properties.created:%Y-%m-%dT%H:%M:%SZ}"
    sheets = [(read or {}).get(sheet.title, {}) for sheet in workbook.worksheets]
    fixed = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels", ".vml")):
                sheet = _SHEET.fullmatch(name)
                known = sheets[int(sheet[1]) - 1] if sheet else {}
                xml = _as_read(content, known, workbook.epoch) if known else content.decode("utf-8")
                xml = ElementTree.canonicalize(xml)
                if name == "docProps/core.xml":
                    xml = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{moment}", xml)
                content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()
            entry = zipfile.ZipInfo(name)  # dated as early as a zip file can be
            entry.create_system = 3
            new.writestr(entry, content)
    return fixed.getvalue()


def _as_read(content: bytes, cells: Mapping[str, GridCell], epoch: dt.datetime) -> str:
    root = etree.fromstring(content)
    for element in root.iter(f"{_MAIN}c"):
        cell = cells.get(element.get("r", ""))
        if cell is None or (cell.value is None and not cell.is_error):
            continue
        if element.find(f"{_MAIN}f") is None and not (isinstance(cell.value, float) and element.get("t", "n") == "n"):
            continue
        kind, text = _result(cell, epoch)
        if kind:
            element.set("t", kind)
        result = element.find(f"{_MAIN}v")
        if result is None:
            result = etree.SubElement(element, f"{_MAIN}v")
        result.text = text
    return etree.tostring(root, encoding="unicode")


def _result(cell: GridCell, epoch: dt.datetime) -> tuple[str, str]:
    """Its kind and text as a workbook writes them."""
    match cell.value:
        case None:
            return "e", cell.raw
        case bool():
            return "b", str(int(cell.value))
        case str():
            return "str", escape(cell.value)  # what XML cannot hold
        case int() | float():
            return "", repr(cell.value)
    return "", repr(to_excel(cell.value, epoch))
