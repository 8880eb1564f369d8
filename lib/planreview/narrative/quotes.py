"""What others typed, set apart from our own words, and where it stands."""

from __future__ import annotations

import re

from planreview.blocks import Parts, Raw


def quoted(message: str) -> Parts:
    """A message in which what somebody typed (between quotation marks) stands as raw text."""
    parts = re.split(r"“([^”]*)”", message)
    return [Raw(part) if n % 2 else part for n, part in enumerate(parts) if part]


def place(row: dict) -> Parts:
    """File, sheet and cell of an issue, as typed by others."""
    where = " › ".join(filter(None, (row["source_file"], row["sheet"], row["cell"])))
    return [Raw(where)]
