"""A formula that is stored once for many cells, as it stands in another of them."""

from __future__ import annotations


def moved(formula: str, at: str, to: str) -> str:
    """A formula of the cell ``at`` as the cell ``to`` holds it, '' where it cannot be told."""
    # openpyxl takes half a second to load, and hardly any file needs it
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return Translator(formula, origin=at).translate_formula(to)
    except TranslatorError:
        return ""
