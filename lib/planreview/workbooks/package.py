"""The zip package that .xlsx, .xlsb and .ods are: its parts, read within bounds and never written to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from planreview.workbooks import messages, xml

_MEGABYTE = 1024 * 1024
_MOST_PART = 128  # MB unpacked
_MOST_ALL = 256
_FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Relation:
    """``kind`` is the last word of the relation's type, such as worksheet; ``target`` a part's name."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """Parts by name, whatever their case and whichever slash was written."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableFile for a damaged archive, or where it says that it becomes too large."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _FAILURES as problem:
            if content.startswith(b"PK") and b"PK\x05\x06" not in content[-70_000:]:
                raise messages.truncated() from None
            raise messages.damaged(str(problem)) from None
        self._parts = {_plain(entry.filename): entry for entry in self._zip.infolist()}
        self._left = _MOST_ALL * _MEGABYTE

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> list[str]:
        """All parts, in lower case with forward slashes."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """A part's content. Raises UnreadableFile where it is absent, damaged or too large."""
        entry = self._parts.get(_plain(name))
        if entry is None:
            raise messages.damaged(f"thiếu phần {name}")
        if entry.flag_bits & 1:
            raise messages.password()
        most = min(_MOST_PART * _MEGABYTE, self._left)
        try:
            with self._zip.open(entry) as part:
                content = part.read(most + 1)
        except _FAILURES as problem:
            raise messages.damaged(f"{name}: {problem}") from None
        self._left -= len(content)
        if len(content) > most:
            raise messages.inflates(_MOST_PART)
        return content

    def read_if_there(self, name: str) -> bytes | None:
        """A part's content, None where there is none."""
        return self.read(name) if name in self else None

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a part by id ('' is the package itself). Raises UnreadableFile where they are damaged."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        content = self.read_if_there(place)
        if content is None:
            return {}
        found = {}
        for element in xml.parse(content, place).iter("{*}Relationship"):
            id_, target = element.get("Id", ""), element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = target.replace("\\", "/").partition("#")[0]
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target)
                if target not in self and unquote(target) in self:
                    target = unquote(target)
            found[id_] = Relation(id_, element.get("Type", "").rpartition("/")[2], target, external)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
