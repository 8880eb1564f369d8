"""Where forms are put before they are sent: nothing that somebody changed there is ever written over."""

from __future__ import annotations

import hashlib
from pathlib import Path

BLANKS = ".planreview-bieu-trong"


class Outbox:
    """The folder of a round, with a list of what was written into it.

    The list (a line for each file: sha256, two blanks, path, as sha256sum writes it) tells a blank that may be made
    again, because the catalogue changed, say, from a file that was filled in. Without a line a file is kept.
    """

    def __init__(self, folder: Path, listing: str = BLANKS) -> None:
        """``listing`` is the name of the list."""
        self.folder = folder
        self._list = folder / listing
        lines = self._list.read_text("utf-8").splitlines() if self._list.exists() else []
        self._written = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    def put(self, name: str, content: bytes) -> bool:
        """Write a form, or leave what stands there. Returns whether ``content`` stands there now."""
        path = self.folder / name
        digest = hashlib.sha256(content).hexdigest()
        if path.exists():
            there = hashlib.sha256(path.read_bytes()).hexdigest()
            if there not in (digest, self._written.get(name)):
                return False
            if there != digest:
                _replace(path, content)
        else:
            _replace(path, content)
        if self._written.get(name) != digest:
            self._written[name] = digest
            lines = "".join(f"{self._written[n]}  {n}\n" for n in sorted(self._written))
            _replace(self._list, lines.encode())
        return True


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
