"""How the simulated submissions are read, by kind of mess: loaded right, wrong, refused, lost, alarms.

    python -m scripts.simulated.measure [--list]

Reads the simulated files of data/raw into a temporary folder, and compares with tests/truth.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from scripts.simulated.numbers import BASE, HERE, LAST, PLANNED
from scripts.simulated.titles import LAYOUT_TITLES, TITLES

from planreview import tables
from planreview.catalogue import Catalogue, texts
from planreview.pipeline import clean
from planreview.project import Project

ROOT = Path(__file__).resolve().parents[2]
PERIODS = (f"{BASE + 1}-{LAST}", *(str(year) for year in range(BASE, PLANNED + 1)))
_NAMED = re.compile(r"\(ô ([A-Z]+\d+)\)")
_ELSEWHERE = re.compile(r"“([^”]+)” › “([^”]+)” › ([A-Z]+\d+)")  # a cell of another file of the unit
_ALARM = ("error", "warning")
_NEAR = 1e-9
_MARKER = re.compile(r"^(?:-|\d+\.) ")
_TASK = ("group", "task", "lead", "partners", "deadline", "funding", "product", "note")

Place = tuple[str, str, str]  # file, sheet, cell


@dataclass(frozen=True)
class Meant:
    """A number that stands in a cell: what it is, and as which it must be read."""

    place: Place
    code: str
    period: str
    kind: str
    plan: str
    typed: str


@dataclass
class Kind:
    """What came of the numbers that hang on one kind of mess, and of the cells that say no number."""

    files: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    touched: int = 0
    numbers: int = 0
    right: int = 0
    wrong: int = 0
    refused: int = 0
    lost: int = 0
    planted: int = 0
    found: int = 0
    false_alarms: int = 0

    @property
    def missed_alarms(self) -> int:
        return self.planted - self.found


@dataclass
class Measured:
    """``kinds`` by name; ``wrong``, ``lost`` and ``false_alarms``: what must not be, each with its place."""

    kinds: dict[str, Kind]
    whole: Kind
    wrong: list[str]
    lost: list[str]
    missed: list[str]
    false_alarms: list[str]
    narratives: dict[str, tuple[int, int]] = field(default_factory=dict)
    proposals: dict[str, tuple[int, int]] = field(default_factory=dict)


def clean_simulated(folder: Path) -> Project:
    """The simulated submissions alone, read into a folder."""
    with (ROOT / "data/reference/simulated.csv").open(encoding="utf-8", newline="") as file:
        paths = [row["stored_path"] for row in csv.DictReader(file)]
    for path in [*paths, *{f"{p.split('/')[0]}/received.csv" for p in paths}]:
        (folder / "raw" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data/raw" / path, folder / "raw" / path)
    project = Project.find(start=ROOT, raw=folder / "raw", processed=folder / "processed")
    clean(project)
    return project


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kind_and_plan(period: str, asked_in: int) -> tuple[str, str]:
    """What a form asked for in a year means by a period: the years before it are over, the others are hoped for."""
    if period == PERIODS[0]:
        return "target", "five_year"
    if int(period) > LAST:
        return "target", "proposed"
    return ("actual" if int(period) < asked_in else "estimate"), ""


def meant(truth: Path, catalogue: Catalogue) -> dict[Place, Meant]:
    """Every number of the truth by its cell."""
    found = {}
    for row in _rows(truth / "simulated.csv"):
        asked_in = catalogue.round(row["file"].split("/")[0]).deadline.year
        for period, letter in zip(PERIODS, row["columns"], strict=True):
            if letter != ".":
                place = (row["file"], row["sheet"], f"{letter}{row['row']}")
                found[place] = Meant(place, row["code"], period, *kind_and_plan(period, asked_in), row[period])
    return found


def number(typed: str) -> tuple[str, float, float | None]:
    """``>=95`` → (">=", 95.0, None)."""
    if ".." in typed:
        low, high = typed.split("..")
        return "range", float(low), float(high)
    qualifier = re.match(r"[<>=~]*", typed)[0]
    return qualifier, float(typed.removeprefix(qualifier)), None


def is_right(observation: dict, what: Meant) -> bool:
    """Whether an observation says what was meant."""
    qualifier, value, upper = number(what.typed)
    same = all(observation[n] == getattr(what, n) for n in ("period", "kind", "plan"))
    values = ((observation["value"], value), (observation["value_upper"], upper))
    close = all(a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=_NEAR)) for a, b in values)
    return same and close and observation["indicator_code"] == what.code and observation["qualifier"] == qualifier


class Alarms:
    """What is said at which cells: at the cell itself, of all its row or column, or of the whole file."""

    def __init__(self, issues: list[dict]) -> None:
        self.at: dict[Place, list[dict]] = defaultdict(list)
        self.of_row: dict[tuple[str, str, int], list[dict]] = defaultdict(list)
        self.of_column: dict[tuple[str, str, str], list[dict]] = defaultdict(list)
        self.of_sheet: dict[tuple[str, str], set[str]] = defaultdict(set)  # what is said of many cells at once
        self.every = [i for i in issues if i["severity"] in _ALARM]
        for issue in self.every:
            for place in named(issue):
                self.at[place].append(issue)
            if not issue["cell"]:
                self.of_sheet[issue["source_file"], issue["sheet"]].add(issue["code"])
            if issue["cell"]:
                file, sheet, cell = issue["source_file"], issue["sheet"], issue["cell"]
                row, column = coordinate_to_tuple(cell)
                if issue["code"].startswith(("match.", "unit.")):
                    self.of_row[file, sheet, row].append(issue)
                elif issue["code"].startswith("period."):
                    self.of_column[file, sheet, get_column_letter(column)].append(issue)
                elif issue["code"] in ("read.outside_table", "read.no_table"):
                    self.of_column[file, sheet, ""].append(issue)

    def over(self, place: Place) -> list[dict]:
        """All that is said of a cell."""
        file, sheet, cell = place
        row, column = coordinate_to_tuple(cell)
        of_column = self.of_column[file, sheet, get_column_letter(column)] + self.of_column[file, sheet, ""]
        return self.at[place] + self.of_row[file, sheet, row] + of_column


def named(issue: dict) -> Iterator[Place]:
    """The cells that an issue names: its own and those in its message."""
    for cell in dict.fromkeys(([issue["cell"]] if issue["cell"] else []) + _NAMED.findall(issue["message_vi"])):
        yield issue["source_file"], issue["sheet"], cell
    folder = issue["source_file"].rpartition("/")[0]
    for file, sheet, cell in _ELSEWHERE.findall(issue["message_vi"]):
        yield f"{folder}/{file}", sheet, cell


def measure(project: Project, truth: Path = ROOT / "tests/truth") -> Measured:
    """Compare what was read with what was meant."""
    catalogue = Catalogue.of(project.reference)
    read = {t: tables.records(tables.read(t, project.processed / t)) for t in ("observations", "ledger", "issues")}
    observed = {(o["source_file"], o["sheet"], o["cell"]): o for o in read["observations"]}
    fates = {(r["source_file"], r["sheet"], r["cell"]): r["fate"] for r in read["ledger"]}
    alarms, numbers = Alarms(read["issues"]), meant(truth, catalogue)
    mess = [_Row.of(row, numbers) for row in _rows(truth / "mess.csv")]
    result = Measured(defaultdict(Kind), Kind(), [], [], [], [])
    outcomes = {p: _outcome(what, observed.get(p), fates.get(p), alarms, result) for p, what in numbers.items()}
    _say_strange(observed, numbers, mess, result)
    for row in mess:
        _count(row, result, outcomes, alarms)
    _count_whole(result, outcomes)
    files = {file for file, _, _ in numbers}
    for issue, file_kinds in _false_alarms(alarms, numbers, outcomes, mess, files, catalogue):
        where = f"{issue['source_file']} {issue['sheet']}!{issue['cell']}"
        result.false_alarms.append(f"{issue['code']} {where}: {issue['message_vi'][:160]}")
        for kind in file_kinds:
            result.kinds[kind].false_alarms += 1
    result.whole.false_alarms = len(result.false_alarms)
    layouts = {row["file"]: row["kind"] for row in _rows(truth / "mess.csv") if row["kind"].startswith("words_")}
    result.narratives = _read_of("narratives", ("topic", "text"), project, truth, layouts)
    layouts = {f"{r['round']}/{r['unit_code']}/{r['name']}": r["habits"] for r in _rows(HERE / "submissions.csv")}
    result.proposals = _read_of("proposals", _TASK, project, truth, layouts)
    return result


def _read_of(
    table: str, columns: tuple[str, ...], project: Project, truth: Path, layouts: Mapping[str, str]
) -> dict[str, tuple[int, int]]:
    """By layout how many rows there are and how many were read, word for word, each in its columns."""
    read = Counter(
        (row["source_file"], *(_MARKER.sub("", row[c]).rstrip(".") for c in columns))
        for row in tables.records(tables.read(table, project.processed / table))
    )
    found: dict[str, tuple[int, int]] = {}
    for row in _rows(truth / f"{table}.csv"):
        key = (row["file"], *(row[c].rstrip(".") for c in columns))
        there, right = found.get(layout := layouts.get(row["file"], "") or "form", (0, 0))
        found[layout] = there + 1, right + (read[key] > 0)
        read[key] -= 1
    return found


@dataclass(frozen=True)
class _Row:
    """A row of mess.csv: the numbers that hang on it by their cells, and its own cells."""

    file: str
    kind: str
    outcome: str
    touched: int
    numbers: tuple[Place, ...]
    cells: tuple[Place, ...]

    @classmethod
    def of(cls, row: dict[str, str], numbers: dict[Place, Meant]) -> _Row:
        file, code, periods = row["file"], row["code"], set(row["periods"].split())
        chosen = (
            p
            for p, m in numbers.items()
            if code and p[0] == file and (code == "*" or (m.code == code and m.period in periods))
        )
        cells = tuple((file, row["sheet"], c) for c in row["cells"].split())
        return cls(file, row["kind"], row["outcome"], int(row["touched"]), tuple(chosen), cells)


def _outcome(what: Meant, got: dict | None, fate: str | None, alarms: Alarms, result: Measured) -> str:
    """right, wrong, refused (and said) or lost."""
    if got is not None:
        if is_right(got, what):
            return "right"
        if got["qualifier"] == "text" and alarms.at[what.place]:
            return "refused"  # a target in words with a number in them: kept as words, and said
        result.wrong.append(f"{what} read as {got['indicator_code']} {got['period']} {got['kind']} {got['value']}")
        return "wrong"
    if fate in ("rejected", "unmatched") and alarms.over(what.place):
        return "refused"
    result.lost.append(f"{what}, {fate}")
    return "lost"


def _say_strange(observed: dict[Place, dict], numbers: dict[Place, Meant], mess: list[_Row], result: Measured) -> None:
    """Observations where no number was meant: right only as another cell with what was meant elsewhere."""
    again = {row.file for row in mess if row.outcome == "again"}
    known = defaultdict(list)
    for what in numbers.values():
        known[what.place[0], what.code, what.period, what.kind, what.plan].append(what)
    for place, got in observed.items():
        if place in numbers:
            continue
        same = known[place[0], got["indicator_code"], got["period"], got["kind"], got["plan"]]
        if place[0] in {w.place[0] for w in numbers.values()} and not (
            place[0] in again and any(is_right(got, what) for what in same)
        ):
            result.wrong.append(f"{place} is no number, read as {got['indicator_code']} {got['period']} {got['value']}")


def _count(row: _Row, result: Measured, outcomes: dict[Place, str], alarms: Alarms) -> None:
    kind = result.kinds[row.kind]
    kind.files.add(row.file)
    kind.units.add(row.file.split("/")[1])
    kind.touched += len(row.cells) or row.touched or len(row.numbers)
    if row.outcome not in ("none", "again"):
        kind.numbers += len(row.numbers)
        for place in row.numbers:
            setattr(kind, outcomes[place], getattr(kind, outcomes[place]) + 1)
    told: tuple[Place, ...] = ()
    if row.outcome == "wrong":
        kind.planted += len(row.numbers)
        told = tuple(p for p in row.numbers if alarms.at[p] or f"check.{row.kind}" in alarms.of_sheet[p[:2]])
        result.missed += [f"{row.kind} {p}" for p in row.numbers if p not in told]
    elif row.outcome == "rejected":
        must = (*row.cells, *(p for p in row.numbers if outcomes[p] != "right"))
        kind.planted += len(must)
        told = tuple(p for p in must if alarms.over(p))
        result.missed += [f"{row.kind} {p}" for p in must if p not in told]
    kind.found += len(told)


def _count_whole(result: Measured, outcomes: dict[Place, str]) -> None:
    whole = result.whole
    whole.numbers = len(outcomes)
    whole.files = {file for file, _, _ in outcomes}
    whole.units = {file.split("/")[1] for file in whole.files}
    for outcome in outcomes.values():
        setattr(whole, outcome, getattr(whole, outcome) + 1)
    whole.planted = sum(kind.planted for kind in result.kinds.values())
    whole.found = sum(kind.found for kind in result.kinds.values())
    whole.touched = sum(kind.touched for kind in result.kinds.values())


def _false_alarms(
    alarms: Alarms,
    numbers: dict[Place, Meant],
    outcomes: dict[Place, str],
    mess: list[_Row],
    files: set[str],
    catalogue: Catalogue,
) -> Iterator[tuple[dict, set[str]]]:
    """Alarms that nothing was planted for, each with the kinds of mess in its row.

    Planted: at the cells that the issue names or in their rows; or, for the checks of numbers, in the same indicator
    of the unit or in one that it is computed from, in any round.
    """
    told = [
        (row, place) for row in mess if row.outcome in ("rejected", "wrong") for place in (*row.numbers, *row.cells)
    ]
    rows = {_line(place) for _, place in told} | {_line(p) for p, outcome in outcomes.items() if outcome == "refused"}
    planted: dict[str, set[str]] = defaultdict(set)
    for row, place in told:
        if row.outcome == "wrong":
            planted[row.file.split("/")[1]].add(numbers[place].code)
    kinds: dict[tuple, set[str]] = defaultdict(set)
    for row in mess:
        for place in (*row.numbers, *row.cells):
            kinds[_line(place)].add(row.kind)
    for issue in alarms.every:
        if issue["source_file"] not in files:
            continue  # a file that cannot be read has no numbers
        lines = {_line(place) for place in named(issue)}
        related = _related(issue["indicator_code"], catalogue) & planted[issue["unit_code"]]
        if not lines & rows and not related:
            yield issue, set().union(*(kinds[line] for line in lines)) if lines else set()


def _line(place: Place) -> tuple[str, str, int]:
    return place[0], place[1], coordinate_to_tuple(place[2])[0]


def _related(code: str, catalogue: Catalogue) -> set[str]:
    """An indicator, what it is made of, and what is made of it."""
    if code not in catalogue.indicators:
        return set()

    def below(one: str) -> set[str]:
        ratio, expected = catalogue.indicators[one].ratio, catalogue.expected(one)
        of = {ratio.numerator, ratio.denominator} if ratio else set()
        return of | set(expected.parts) | set((expected.change or ())[1:])

    return {code, *below(code), *(other for other in catalogue.indicators if code in below(other))}


def table(measured: Measured) -> str:
    """The figures as a table in Markdown, one line per kind of mess."""
    head = (
        "| Kiểu lộn xộn | Đơn vị | Ô | Số liệu | Đọc đúng | Sai | Từ chối, có nêu | Mất | Phải báo | Báo sót | "
        "Báo nhầm |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
    names = [name for name in TITLES if name in measured.kinds]
    return "\n".join(
        [head, *(_said(TITLES[n], measured.kinds[n]) for n in names), _said("**Tất cả**", measured.whole, files=True)]
    )


def words_table(measured: Measured) -> str:
    """Words and proposed tasks by layout: how many there are and how many were read."""
    lines = ["| Nội dung | Bố cục | Có | Đọc đúng |", "|---|---|---:|---:|"]
    for what, found in (("Thuyết minh", measured.narratives), ("Nhiệm vụ đề xuất", measured.proposals)):
        for layout in (name for name in LAYOUT_TITLES if name in found):
            there, right = found[layout]
            lines.append(f"| {what} | {LAYOUT_TITLES[layout]} | {texts.number(there, 0)} | {texts.number(right, 0)} |")
    return "\n".join(lines)


def _said(title: str, kind: Kind, *, files: bool = False) -> str:
    share = texts.number(100 * kind.right / kind.numbers, 1) + "%" if kind.numbers else "–"
    counts = (kind.wrong, kind.refused, kind.lost, kind.planted, kind.missed_alarms, kind.false_alarms)
    shown = (texts.number(n, 0) for n in (len(kind.units), kind.touched, kind.numbers))
    return "| " + " | ".join((title, *shown, share, *(texts.number(n, 0) for n in counts))) + " |"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="list what must not be, each with its place")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(clean_simulated(Path(folder)))
    print(table(measured), end="\n\n")
    print(words_table(measured))
    if options.list:
        for name in ("wrong", "lost", "missed", "false_alarms"):
            for line in getattr(measured, name):
                print(f"{name}: {line}")


if __name__ == "__main__":
    main()
