"""The marks inside a workbook: custom document properties that say what it is, whatever it is called."""

from __future__ import annotations

PROVENANCE = "planreview-provenance"
UNIT = "planreview-unit"
ROUND = "planreview-round"
FORM = "planreview-form"
