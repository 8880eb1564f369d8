"""An e-mail (.eml) taken apart: who sent it, when it arrived, and what hangs on it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import errors, message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Literal
from urllib.parse import unquote

from planreview.catalogue.rounds import VIETNAM

_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_NO_NAME = "tep-dinh-kem"


@dataclass(frozen=True)
class Part:
    """What hangs on a mail. ``embedded``: a picture shown inside the text, such as a logo; ``broken``: its encoding is
    damaged, so that ``content`` is not what was sent; ``mail``: a mail of its own."""

    name: str
    kind: Literal["file", "mail", "embedded", "signature", "broken"]
    content: bytes = b""
    mail: EmailMessage | None = None


@dataclass(frozen=True)
class Mail:
    """``sender`` is the address of From; ``received_at`` the topmost Received header's time in Vietnam (ISO). Both are
    '' where the mail does not say."""

    sender: str
    received_at: str
    parts: list[Part]


def parse(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def read_mail(message: EmailMessage) -> Mail:
    """The mail's parts in their order; its text is none of them."""
    leaves = list(_leaves(message))
    shown = {cid for leaf in leaves if leaf.get_content_type() == "text/html" for cid in _pictures(leaf)}
    parts = [part for leaf in leaves if (part := _part(leaf, shown)) is not None]
    return Mail(parseaddr(str(message["From"] or ""))[1], _received_at(message), parts)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """All parts that hold no others; a mail within the mail is one."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        yield from _leaves(part)


def _pictures(html: EmailMessage) -> list[str]:
    """Ids of the pictures that a text shows."""
    text = (html.get_payload(decode=True) or b"").decode("latin-1")
    return [unquote(cid) for cid in re.findall(r"cid:([^\"'>\s)]+)", text)]


def _part(leaf: EmailMessage, shown: set[str]) -> Part | None:
    kind, name = leaf.get_content_type(), _name(leaf)
    disposition = leaf.get_content_disposition()
    if kind == "message/rfc822" and leaf.is_multipart():
        inner = _inner(leaf)
        return Part(name or str(inner["Subject"] or "") or "thư kèm theo", "mail", mail=inner)
    if leaf.is_multipart():  # a delivery report
        return None
    if leaf.get_content_maintype() in ("text", "multipart") and not name and disposition != "attachment":
        return None
    content = leaf.get_payload(decode=True) or b""
    named = name or _NO_NAME + (mimetypes.guess_extension(kind) or "")
    if kind in _SIGNATURES or named.lower().endswith(".p7s"):
        return Part(named, "signature")
    cid = str(leaf["Content-ID"] or "").strip().strip("<>")
    if leaf.get_content_maintype() == "image" and cid and (not name or (disposition == "inline" and cid in shown)):
        return Part(named, "embedded")
    if any(isinstance(d, errors.InvalidBase64LengthDefect) for d in leaf.defects):
        return Part(named, "broken")
    return Part(named, "file", content)


def _name(leaf: EmailMessage) -> str:
    """The file name, decoded (RFC 2231, RFC 2047); also where a mailer wrote an encoded word without quotes."""
    if name := leaf.get_filename():
        return name
    for header, written in leaf.raw_items():
        words = re.search(r"name\s*=\s*((?:=\?[^?\s]+\?[BQbq]\?[^?\s]*\?=\s*)+)", written)
        if words and header.lower() in ("content-disposition", "content-type"):
            return str(make_header(decode_header(words[1])))
    return ""


def _inner(leaf: EmailMessage) -> EmailMessage:
    """The mail within; some mailers encode it, which no standard allows, and the parser finds only text in it."""
    inner = leaf.get_payload()[0]
    if str(leaf["Content-Transfer-Encoding"] or "").strip().lower() == "base64" and not inner.keys():
        try:
            return parse(base64.b64decode(inner.get_payload()))
        except (binascii.Error, ValueError, TypeError):
            pass
    return inner


def _received_at(message: EmailMessage) -> str:
    topmost = str((message.get_all("Received") or [""])[0])
    try:
        moment = parsedate_to_datetime(topmost.rpartition(";")[2].strip())
    except (ValueError, TypeError, IndexError):
        return ""
    return moment.astimezone(VIETNAM).isoformat() if isinstance(moment.tzinfo, dt.tzinfo) else ""
