"""Collecting what must be said about a file: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

from planreview.workbooks import GridCell


@dataclass
class IssueLog:
    """Issues of one file of one unit and round, as rows of the table ``issues``."""

    round: str
    unit_code: str
    source_file: str
    rows: list[dict] = field(default_factory=list)

    def add(
        self,
        severity: str,
        code: str,
        message: str,
        suggestion: str,
        *,
        sheet: str = "",
        cell: GridCell | None = None,
        indicator_code: str = "",
    ) -> None:
        self.rows.append(
            {
                "round": self.round,
                "unit_code": self.unit_code,
                "severity": severity,
                "code": code,
                "message_vi": message,
                "suggestion_vi": suggestion,
                "source_file": self.source_file,
                "sheet": sheet,
                "cell": cell.address if cell else "",
                "raw": cell.raw if cell else "",
                "indicator_code": indicator_code,
            }
        )
