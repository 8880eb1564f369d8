"""Which notebook runs for whom, in processes of their own, and what came of it."""

from planreview.batch.reports import Done, run_reports

__all__ = ["Done", "run_reports"]
