"""Blank forms out: Appendix I, II and III workbooks for each unit and round, in the words that the reader knows."""

from planreview.forms.build import build_form
from planreview.forms.make import Made, make_forms

__all__ = ["Made", "build_form", "make_forms"]
