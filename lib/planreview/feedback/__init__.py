"""Back to the unit: its own workbook with what to mend, a receipt of what was read, and what became of its issues."""

from planreview.feedback.make import make_feedback

__all__ = ["make_feedback"]
