"""All files of the simulated province in the order of submissions.csv."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from scripts.simulated import habits
from scripts.simulated.files import LETTER, as_xls, packed, same_content
from scripts.simulated.fill import Filled, Mess, Number, explain, fill_indicators, fill_proposals
from scripts.simulated.habits.programmes import PROGRAMMES
from scripts.simulated.numbers import HERE, PROVINCE, chance, province, rounded
from scripts.simulated.words import proposals

from planreview.catalogue import Catalogue, Indicator

_FEW = 5
_FORGOTTEN = 0.04  # rows that a district leaves empty


@dataclass
class File:
    """One file as it lies in data/raw; ``numbers`` are empty where it holds none that can be read."""

    stored_path: str
    received_at: str
    content: bytes
    numbers: list[Number] = field(default_factory=list)
    mess: list[Mess] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[dict[str, str]] = field(default_factory=list)


def submissions(catalogue: Catalogue, raw: Path) -> list[File]:
    """Every file; one under ``raw`` that says the same already keeps its bytes, whatever compressed it."""
    files: list[File] = []
    series: dict[str, dict] = {}
    with (HERE / "submissions.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        known = series.setdefault(row["round"], province(row["round"], catalogue))
        file = make(row, known, catalogue, files)
        there = raw / file.stored_path
        if there.is_file() and same_content(there.read_bytes(), file.content):
            file.content = there.read_bytes()
        files.append(file)
    return files


def make(row: dict[str, str], series: dict, catalogue: Catalogue, before: list[File]) -> File:
    unit, round_, content = catalogue.unit(row["unit_code"]), catalogue.round(row["round"]), row["content"]
    file = File(f"{row['round']}/{unit.code}/{row['name']}", row["received_at"], LETTER)
    if content == "letter":
        return file
    if content == "copy":
        last = next(f for f in reversed(before) if f.stored_path.startswith(f"{row['round']}/{unit.code}/"))
        file.content = last.content
        return file
    saved_at = dt.datetime.fromisoformat(row["received_at"]) if row["received_at"] else round_.deadline
    if row["form"] == "III":
        file.tasks = [dict(task) for task in proposals()[unit.code]]
        layout = PROGRAMMES.get(row["habits"])
        book = layout(unit, file.tasks) if layout else fill_proposals(unit, round_, catalogue)
        file.content = packed(book, saved_at)
        return file
    own = series[unit.code if row["form"] == "II" else PROVINCE]
    filled = fill_indicators(row["form"], unit, round_, catalogue, own, explained=content != "half")
    _leave_out(filled, unit.code, content, district=row["form"] == "II")
    if row["groups"]:
        _keep(filled, tuple(row["groups"].split()))
    if content not in ("half", "part"):
        file.said = explain(filled, unit)
    if content == "first":
        _slip(filled, unit.code)
    habits.apply(row["habits"], filled, chance("habits", row["round"], unit.code, *row["groups"].split()))
    old = row["name"].endswith(".xls")
    file.content = as_xls(filled.book) if old else packed(filled.book, saved_at, filled.results)
    if content == "cut":
        file.content = file.content[: len(file.content) * 3 // 5]
        file.said = []
        return file
    file.numbers, file.mess = filled.numbers, filled.mess
    return file


def _leave_out(filled: Filled, unit_code: str, content: str, *, district: bool) -> None:
    """Rows left empty: half of all, all but a few, or the odd one that a district forgets."""
    codes = list(filled.names)
    if content == "few":
        left = codes[_FEW:]
    else:
        share = 0.5 if content == "half" else _FORGOTTEN if district else 0
        draw = chance("left out", unit_code)
        left = [code for code in codes if draw.random() < share]
    for code in left:
        filled.blank_row(code)


def _keep(filled: Filled, groups: tuple[str, ...]) -> None:
    """Leave the indicators of some groups only: the office sends the others in files of their own."""
    for code in filled.names:
        if not any(code == group or code.startswith(f"{group}.") for group in groups):
            filled.blank_row(code)


def _slip(filled: Filled, unit_code: str) -> None:
    """A version with a few wrong estimates, sent again once they were seen."""
    estimates = [(n, _wrong(n, filled.catalogue.indicators[n.code])) for n in filled.numbers if n.kind == "estimate"]
    seen = [(number, wrong) for number, wrong in estimates if wrong != number.cell.value]
    chosen = chance("slip", unit_code).sample(seen, 6)
    for number, wrong in chosen:
        number.write(wrong)
    filled.note("sent_twice", "wrong", [number for number, _ in chosen])


def _wrong(number: Number, indicator: Indicator) -> float:
    """A little too high, and as possible as the right value: whole deaths, no rate over 100."""
    right = number.cell.value
    return rounded(max(right * 1.08, right + 10**-indicator.digits), indicator)
