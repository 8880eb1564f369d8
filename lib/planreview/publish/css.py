"""Texts of data inside a style sheet."""

from __future__ import annotations

import re


def string(text: str) -> str:
    """The text as a CSS string: whatever is no letter, digit or blank is written as its code."""
    return "'" + re.sub(r"[^\w ]|_", lambda sign: f"\\{ord(sign[0]):x} ", text) + "'"
