"""What in a workbook reaches out of it: macros, links to other files and programs, formulas that call them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container
from xml.etree import ElementTree

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE

# they open addresses, ask other programs or tell of the machine; the first three are old names of macro functions
_REACHING = {"CALL", "REGISTER.ID", "EXEC", "DDE", "RTD", "HYPERLINK", "WEBSERVICE", "IMAGE", "INFO", "SQL.REQUEST"}
_NEWER = re.compile(r"^(?:_xlfn\.|_xlws\.)+")
_OTHER_FILE = re.compile(r"\[[^\]]*\][^\[\]]*!|[|\\]|//")
_PARTS = ("vbaproject", "externallink", "oleobject", "activex", "macrosheet", "connections.xml", "querytable")
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")


def reaches_out(formula: str, lost_names: Container[str] = ()) -> bool:
    """Whether a formula needs more than this workbook: another file, a program, the network or a macro's function.

    One that cannot be taken apart does. ``lost_names``: names in the workbook that are no longer there.
    """
    try:
        tokens = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
    except (TokenizerError, IndexError):
        return True
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.rstrip("(").upper().lstrip("@")
            newer = _NEWER.sub("", name.lower()).upper()
            known = name in FORMULAE or newer != name
            if not known or newer in _REACHING:
                return True
        is_place = token.type == Token.OPERAND and token.subtype == Token.RANGE
        if is_place and (_OTHER_FILE.search(token.value) or token.value in lost_names):
            return True
    return False


def first_reaching_out(content: bytes) -> str:
    """The first part of an .xlsx that holds anything which reaches out, '' where none does."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if any(word in name.lower() for word in _PARTS):
                return name
            if name.endswith((".xml", ".rels")) and _reaches_out(package.read(name)):
                return name
    return ""


def _reaches_out(xml: bytes) -> bool:
    for element in ElementTree.fromstring(xml).iter():
        name = element.tag.rpartition("}")[2]
        if name == "Relationship" and element.get("TargetMode") == "External":
            return True
        if name in ("ddeLink", "oleLink", "oleObject", "externalReference"):
            return True
        if name in _FORMULAS and element.text and reaches_out(element.text):
            return True
    return False
