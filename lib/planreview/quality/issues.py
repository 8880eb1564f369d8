"""An issue about an observation, and numbers as they stand in its message."""

from __future__ import annotations

from planreview.catalogue.texts import target


def issue(row: dict, severity: str, code: str, message: str, suggestion: str) -> dict:
    """A row of the table ``issues`` at the cell of an observation."""
    place = {c: row[c] for c in ("round", "unit_code", "source_file", "sheet", "cell", "raw", "indicator_code")}
    return place | {"severity": severity, "code": code, "message_vi": message, "suggestion_vi": suggestion}


def said(row: dict) -> str:
    """``39,8 [N29]``, ``49 [“bieu.xlsx” › S › F1]``: the number of an observation and where it stands."""
    number = target(row["value"], row["value_upper"], row["qualifier"], row["digits"])
    file = row["source_file"].rpartition("/")[2]
    where = row["source_id"] or f"“{file}” › “{row['sheet']}” › {row['cell']}"
    return f"{number} [{where}]"


def rounding(row: dict) -> float:
    """Half a unit of the last digit that an observation was given with."""
    return 0.5 * 10.0 ** -row["digits"]


def differ(one: dict, other: dict) -> bool:
    """Whether two observations contradict each other: further apart than the coarser one's rounding.

    A result's bound ("trên 85.000") contradicts only a number that it does not hold for; an upper and a lower bound
    always contradict each other.
    """
    bounds = {one["qualifier"], other["qualifier"]} & {">=", "<=", ">", "<"}
    if bounds and one["kind"] != "target" and one["value"] != other["value"]:
        low, high = sorted((one, other), key=lambda o: o["value"])
        return low["qualifier"] not in (">=", ">") and high["qualifier"] not in ("<=", "<")
    if bounds & {">=", ">"} and bounds & {"<=", "<"}:
        return True
    tolerance = max(rounding(one), rounding(other))
    return abs(one["value"] - other["value"]) > tolerance * (1 + 1e-9)
