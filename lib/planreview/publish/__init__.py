"""Blocks → documents. Layout only: nothing here knows an indicator, a unit or a statistic."""
