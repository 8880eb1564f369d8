"""The marks inside a workbook: custom document properties that say what it is, whatever it is called."""

from __future__ import annotations

PROVENANCE = "planreview-provenance"
UNIT = "planreview-unit"
ROUND = "planreview-round"
FORM = "planreview-form"
FEEDBACK = "planreview-feedback-of"  # the submission, relative to data/raw, that a workbook gives back to its unit
