"""Saving a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from openpyxl import Workbook


def same_bytes(workbook: Workbook) -> bytes:
    """The workbook as bytes that depend on its content alone.

    Neither the time, nor the library that writes the XML, nor the one that compresses may show in them: the moment of
    the last change is the one that the caller set as ``workbook.properties.created``.
    """
    plain = io.BytesIO()
    workbook.save(plain)
    moment = f"{workbook.properties.created:%Y-%m-%dT%H:%M:%SZ}"
    fixed = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            xml = ElementTree.canonicalize(old.read(name).decode("utf-8"))
            if name == "docProps/core.xml":
                xml = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{moment}", xml)
            entry = zipfile.ZipInfo(name)  # dated as early as a zip file can be
            entry.create_system = 3
            new.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode())
    return fixed.getvalue()
