"""The numbers of a clean district's form of two rounds as observations, in which a test plants its error."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from planreview.catalogue import Catalogue

TRUTH = Path(__file__).parents[1] / "truth/simulated.csv"
DISTRICT, EARLY, LATE = "125", "2020-06", "2020-11"
LETTERS = dict(zip(("2016-2020", *map(str, range(2015, 2026))), "EFGHIJKLMNOP", strict=True))


def observation(
    code: str, period: str, value: float, row: int, *, round_code: str = LATE, unit: str = DISTRICT
) -> dict:
    """One number of a form: years up to 2019 are actuals, 2020 is estimated, later ones are the unit's own plan."""
    first = int(period[:4])
    kind = "target" if "-" in period or first > 2020 else "estimate" if first == 2020 else "actual"
    plan = "" if kind != "target" else "five_year" if "-" in period else "proposed"
    return {
        "round": round_code, "unit_code": unit, "area_code": unit, "indicator_code": code, "period": period,
        "kind": kind, "plan": plan, "act": "", "value_upper": None, "qualifier": "", "submitted_unit": "",
        "source_id": "",
        "source_file": f"{round_code}/{unit}/bieu.xlsx", "sheet": "Phụ lục II", "cell": f"{LETTERS[period]}{row}",
        "hidden": False, "provenance": "simulated",
    } | written(value)  # fmt: skip


def written(value: float) -> dict:
    """A number as it stands in a cell."""
    raw = f"{Decimal(repr(float(value))):f}".removesuffix(".0")
    return {"value": float(value), "digits": len(raw.partition(".")[2]), "raw": raw}


@cache
def clean_forms() -> list[dict]:
    """Both forms of the district; whoever changes them copies them first."""
    found = []
    with TRUTH.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].split("/")[1] == DISTRICT]
    for row, line in enumerate(rows, 10):
        round_code = line["file"].split("/")[0]
        code = line["code"]
        at = row if round_code == EARLY else row - sum(r["file"].startswith(EARLY) for r in rows)
        found += [observation(code, p, float(line[p]), at, round_code=round_code) for p in LETTERS if line[p]]
    return found


class Form:
    """The clean forms, to be changed by the names of their cells: (code, period), of the later round if not said."""

    TERM = "ước 2016-2020"  # the unit's own result of the five years, beside their target "2016-2020"

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.rows = [dict(row) for row in clean_forms()]

    def row(self, code: str, period: str, round_code: str = LATE) -> dict:
        years, result = period.removeprefix("ước "), period == self.TERM
        (found,) = (
            r for r in self.rows
            if (r["indicator_code"], r["period"], r["round"]) == (code, years, round_code)
            and (r["kind"] == "estimate" or not result)
            and (r["kind"] == "target" or result or "-" not in years)
        )  # fmt: skip
        return found

    def put(self, code: str, period: str, value: float, round_code: str = LATE) -> None:
        self.row(code, period, round_code).update(written(value))

    def times(self, code: str, period: str, factor: float, round_code: str = LATE) -> None:
        self.put(code, period, float(f"{self.row(code, period, round_code)['value'] * factor:.10g}"), round_code)

    def add_term(self, code: str, value: float) -> None:
        """A column of the unit's own results of all five years."""
        row = self.row(code, "2020")
        self.rows.append(row | {"period": "2016-2020", "cell": row["cell"].replace("K", "Q")} | written(value))

    def without(self, round_code: str) -> None:
        self.rows = [r for r in self.rows if r["round"] != round_code]

    def periods(self, code: str, round_code: str = LATE) -> list[str]:
        return [r["period"] for r in self.rows if r["indicator_code"] == code and r["round"] == round_code]

    def codes(self, round_code: str = LATE) -> list[str]:
        return list(dict.fromkeys(r["indicator_code"] for r in self.rows if r["round"] == round_code))
