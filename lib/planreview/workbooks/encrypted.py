"""Files with a password: opened with the one given, else with the one that Excel itself uses without asking."""

from __future__ import annotations

import io
import struct

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from planreview.workbooks import messages

_BUILT_IN = "VelvetSweatshop"  # Excel protects "read-only" workbooks with it and opens them silently
_FILEPASS = 0x2F


def decrypted(content: bytes, password: str | None) -> bytes:
    """The workbook without its password. Raises UnreadableFile where no password that we have opens it."""
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception as problem:  # of a damaged description the library raises anything
        raise messages.damaged_encryption(str(problem)) from None
    for attempt in [password, _BUILT_IN] if password else [_BUILT_IN]:
        plain = io.BytesIO()
        try:
            file.load_key(password=attempt)
            file.decrypt(plain)
        except InvalidKeyError:
            continue
        except DecryptionError as problem:
            if "unsupported" in str(problem).lower():
                raise messages.other_encryption() from None
            continue
        except MemoryError:
            raise
        except Exception as problem:
            raise messages.damaged_encryption(str(problem)) from None
        if plain.getvalue():
            return plain.getvalue()
    raise messages.wrong_password() if password else messages.password()


def is_protected_stream(records: bytes) -> bool:
    """Whether a stream of BIFF records is encrypted: a FILEPASS record stands near its beginning."""
    at = 0
    for _ in range(50):
        if at + 4 > len(records):
            return False
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False
