"""Write the simulated submissions of a whole province into data/raw, and the truth of them beside the tests.

    python -m scripts.simulated

By hand: places.csv, indicators.csv, submissions.csv, proposals.csv and phrases.toml in this folder. Written: the files
and their lines in data/raw/<round>/received.csv, data/reference/simulated.csv, tests/truth/*.csv.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from pathlib import Path

from scripts.simulated.fill import Mess
from scripts.simulated.numbers import BASE, LAST, PLANNED, SEED
from scripts.simulated.province import File, submissions
from scripts.simulated.words import proposals

from planreview.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
SENDER = "Đơn vị mô phỏng"
_LOG = ("stored_path", "received_at", "sender", "original_name", "sha256", "unit_code")
_PERIODS = (f"{BASE + 1}-{LAST}", *(str(year) for year in range(BASE, PLANNED + 1)))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--reference", type=Path, default=ROOT / "data" / "reference")
    parser.add_argument("--truth", type=Path, default=ROOT / "tests" / "truth")
    options = parser.parse_args(arguments)
    files = submissions(Catalogue.of(options.reference), options.raw)
    write_all(files, options.raw, options.reference / "simulated.csv")
    write_truth(files, options.truth)
    size = sum(len(f.content) for f in files)
    print(f"{len(files)} files, {size:,} bytes, written under {options.raw} ({SEED})")


def write_all(files: list[File], raw: Path, index: Path) -> None:
    """The files, their lines of the logs, and the list of them all; what an earlier run wrote and this one does not
    goes, and what others wrote stays."""
    before = {row["stored_path"] for row in read_rows(index)}
    now = {f.stored_path: f for f in files}
    for path in before - set(now):
        (raw / path).unlink(missing_ok=True)
    for file in files:
        (raw / file.stored_path).parent.mkdir(parents=True, exist_ok=True)
        (raw / file.stored_path).write_bytes(file.content)
    for round_code in sorted({path.split("/")[0] for path in before | set(now)}):
        log = raw / round_code / "received.csv"
        kept = [row for row in read_rows(log) if row["stored_path"] not in before | set(now)]
        ours = [
            {
                "stored_path": f.stored_path,
                "received_at": f.received_at,
                "sender": f"{SENDER} {f.stored_path.split('/')[1]}",
                "original_name": Path(f.stored_path).name,
                "sha256": _digest(f),
                "unit_code": f.stored_path.split("/")[1],
            }
            for f in sorted(files, key=lambda f: (f.received_at, f.stored_path))
            if f.stored_path.startswith(f"{round_code}/") and f.received_at
        ]
        write_rows(log, _LOG, kept + ours)
    write_rows(
        index, ("sha256", "stored_path"), [{"sha256": _digest(f), "stored_path": p} for p, f in sorted(now.items())]
    )


def write_truth(files: list[File], folder: Path) -> None:
    """``simulated.csv``: one row per file, indicator and row of a sheet; the letters of the columns in which the
    periods stand ('.' where it has no number), and one column per period: the number, ``>=95``, ``~30`` or ``60..65``.
    ``narratives.csv``, ``proposals.csv``: what the sheets of explanations and the programmes say.
    ``mess.csv``: what was done to which numbers (of a ``code`` in its ``periods``; ``*``: all of the file), or to which
    ``cells``, and what must come of it (``outcome``, see ``fill.Mess``)."""
    rows: dict[tuple, dict[str, str]] = {}
    mess: list[dict[str, object]] = []
    for file in files:
        for number in file.numbers:
            sheet, line = number.cell.parent.title, number.cell.row
            key = (file.stored_path, number.code, sheet, line)
            known = {
                "file": file.stored_path,
                "code": number.code,
                "sheet": sheet,
                "row": line,
                "columns": "." * len(_PERIODS),
            }
            row = rows.setdefault(key, known)
            at = _PERIODS.index(number.period)
            row["columns"] = f"{row['columns'][:at]}{number.cell.column_letter}{row['columns'][at + 1 :]}"
            row[number.period] = number.truth
        mess += [line for done in file.mess for line in _mess(file, done)]
    said = [{"file": f.stored_path, "topic": topic, "text": text} for f in files for topic, text in f.said]
    tasks = [{"file": f.stored_path, "seq": n} | task for f in files for n, task in enumerate(f.tasks, 1)]
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "simulated.csv", ("file", "code", "sheet", "row", "columns", *_PERIODS), list(rows.values()))
    write_rows(folder / "narratives.csv", ("file", "topic", "text"), said)
    write_rows(folder / "proposals.csv", ("file", "seq", *next(iter(proposals().values()))[0]), tasks)
    write_rows(folder / "mess.csv", ("file", "kind", "outcome", "touched", "code", "periods", "sheet", "cells"), mess)


def _mess(file: File, done: Mess) -> list[dict[str, object]]:
    known = {"file": file.stored_path, "kind": done.kind, "outcome": done.outcome, "touched": len(done.cells)}
    if not done.numbers:
        by_sheet: dict[str, list[str]] = {}
        for cell in done.cells:
            by_sheet.setdefault(cell.parent.title, []).append(cell.coordinate)
        return [known | {"sheet": s, "cells": " ".join(c)} for s, c in by_sheet.items()] or [known]
    held = {id(n) for n in done.numbers}
    if all(id(n) in held for n in file.numbers):
        return [known | {"code": "*"}]
    by_code: dict[str, list[str]] = {}
    for number in done.numbers:
        by_code.setdefault(number.code, []).append(number.period)
    return [known | {"code": code, "periods": " ".join(periods)} for code, periods in by_code.items()]


def _digest(file: File) -> str:
    return hashlib.sha256(file.content).hexdigest()


def read_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
