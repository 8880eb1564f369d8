"""What became of the issues of a submission: told from the tables each time, never stored.

An issue is *closed* by a later file of the same form that gives what the first one gave and no longer has it,
*repeated* where that file still has it (and counts there), *answered* where the unit has said something to it that
reaches us, else *open*. A later file that gives other figures, another part of the form say, closes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from planreview.quality.contradictions import TWO_ANSWERS

STATES = ("open", "answered", "closed", "repeated")
_READ = ("on_time", "late", "undated")
_MOSTLY = 0.8  # of a file's figures; a later file that gives so many of them is the same form sent again
_FIGURE = ("area_code", "indicator_code", "period", "kind", "plan", "act")


@dataclass
class _File:
    row: Mapping
    issues: list[Mapping] = field(default_factory=list)
    observations: list[Mapping] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row["source_file"]

    @property
    def is_read(self) -> bool:
        return self.row["status"] in _READ

    @property
    def moment(self) -> float | None:
        arrived = self.row["received_at"]
        return dt.datetime.fromisoformat(arrived).timestamp() if isinstance(arrived, str) else None

    @property
    def stem(self) -> str:
        """The file's name without its kind and the number that a second one of this name gets."""
        return re.sub(r"[\s_.-]*\(?\d{0,2}\)?$", "", PurePosixPath(self.name).stem).casefold()

    @cached_property
    def figures(self) -> set[tuple]:
        return {tuple(o[c] for c in _FIGURE) for o in self.observations}

    @cached_property
    def by_cell(self) -> dict[tuple[str, str], Mapping]:
        return {(o["sheet"], o["cell"]): o for o in self.observations}

    @cached_property
    def troubled(self) -> set[tuple[str, str]]:
        return {(i["sheet"], i["cell"]) for i in self.issues if i["cell"]}

    def of_indicator(self, code: str) -> set[tuple]:
        return {figure for figure in self.figures if figure[1] == code}


def issue_history(
    register: Sequence[Mapping],
    issues: Sequence[Mapping],
    observations: Sequence[Mapping],
    answers: Sequence[Mapping],
) -> list[dict]:
    """The ``issues`` that are about a file, each with state, settled_by (a file), answer and said.

    All are rows of one unit and round; of ``answers`` those of later rounds may be among them.
    """
    files = {row["source_file"]: _File(row) for row in register if row["source_file"]}
    for rows, kind in ((issues, "issues"), (observations, "observations")):
        for row in rows:
            if row["source_file"] in files:
                getattr(files[row["source_file"]], kind).append(row)
    said = {(a["source_file"], a["issue_code"], a["sheet"], a["cell"]): a for a in answers if a["issue_code"]}
    return [row for file in files.values() for row in _of_file(file, files, said)]


def by_file(history: Sequence[Mapping]) -> list[dict]:
    """Per file the number of its errors and warnings, in all and by state, and the files that closed any."""
    found: dict[str, dict] = {}
    for issue in history:
        if issue["severity"] == "info":
            continue
        place = {c: issue[c] for c in ("round", "unit_code", "source_file")}
        file = found.setdefault(issue["source_file"], place | {"issues": 0} | dict.fromkeys(STATES, 0) | {"by": []})
        file["issues"] += 1
        file[issue["state"]] += 1
        if issue["state"] == "closed" and issue["settled_by"] not in file["by"]:
            file["by"].append(issue["settled_by"])
    return list(found.values())


def replaced(register: Sequence[Mapping]) -> dict[str, str]:
    """Files that came back mended: by the name of the file the name of the one that replaces it."""
    return {
        earlier: row["source_file"]
        for row in register
        if row["status"] in _READ
        for earlier in earlier_of(row["source_file"], register)
    }


def earlier_of(name: str, register: Sequence[Mapping]) -> list[str]:
    """The files that a file gives back mended, the nearest first."""
    back = {row["source_file"]: row["replaces"] for row in register if row["replaces"]}
    found: list[str] = []
    while (name := back.get(name, "")) and name not in found:
        found.append(name)
    return found


def _of_file(file: _File, files: Mapping[str, _File], said: Mapping[tuple, Mapping]) -> list[dict]:
    register = [other.row for other in files.values()]
    mine = earlier_of(file.name, register)
    later = [other for other in files.values() if _is_later(other, file, register)]
    later.sort(key=lambda other: other.moment or float("inf"))
    rows = []
    for issue in file.issues:
        state, settled_by = _settled(issue, file, later, register)
        if not state and issue["code"] == TWO_ANSWERS and _differs_from(issue, mine):
            state, settled_by = "closed", file.name
        place = issue["code"], issue["sheet"], issue["cell"]
        answer = next((a for name in (file.name, *mine) if (a := said.get((name, *place)))), {})
        state = state or ("answered" if answer else "open")
        told = {"answer": answer.get("answer", ""), "said": answer.get("text", "")}
        rows.append({**issue, "state": state, "settled_by": settled_by, **told})
    return rows


def _is_later(other: _File, file: _File, register: Sequence[Mapping]) -> bool:
    """Whether a file that was read came after another of the same form; what came back mended did, dated or not."""
    if other is file or not other.is_read:
        return False
    if file.row["provenance"] not in ("", other.row["provenance"]):  # what is simulated settles nothing real
        return False
    if file.name in earlier_of(other.name, register):
        return True
    if file.row["form"] not in ("", other.row["form"]) or file.moment is None or other.moment is None:
        return False
    return other.moment > file.moment


def _settled(issue: Mapping, file: _File, later: Sequence[_File], register: Sequence[Mapping]) -> tuple[str, str]:
    closed_by = repeated_in = ""
    for other in later:
        if not (file.name in earlier_of(other.name, register) or _answers_for(other, file, issue)):
            continue
        if _has(other, issue):
            closed_by, repeated_in = "", other.name
        else:
            closed_by = closed_by or other.name
    if closed_by:
        return "closed", closed_by
    return ("repeated", repeated_in) if repeated_in else ("", "")


def _answers_for(other: _File, file: _File, issue: Mapping) -> bool:
    """Whether a later file says again what the issue is about."""
    if not file.is_read:
        return other.stem == file.stem
    if file.figures and len(file.figures & other.figures) >= _MOSTLY * len(file.figures):
        return True
    place = issue["sheet"], issue["cell"]
    if place in file.by_cell:
        return tuple(file.by_cell[place][c] for c in _FIGURE) in other.figures
    if code := issue["indicator_code"]:
        return other.of_indicator(code) > file.of_indicator(code)
    return place in other.by_cell and other.by_cell[place]["raw"] == issue["raw"]


def _has(other: _File, issue: Mapping) -> bool:
    """Whether a later file still has an issue: at its cell, or, where rows have moved, the like of it elsewhere."""
    place = issue["sheet"], issue["cell"]
    alike = [i for i in other.issues if i["code"] == issue["code"]]
    if any((i["sheet"], i["cell"]) == place for i in alike):
        return True
    if issue["cell"] and place in other.by_cell and place not in other.troubled:
        return other.by_cell[place]["indicator_code"] != issue["indicator_code"] and _moved(issue, alike)
    return _moved(issue, alike)


def _moved(issue: Mapping, alike: Sequence[Mapping]) -> bool:
    same = ("indicator_code", "raw") if issue["indicator_code"] else ("message_vi",)
    return any(all(i[c] == issue[c] for c in same) for i in alike)


def _differs_from(issue: Mapping, earlier: Sequence[str]) -> bool:
    """Whether two numbers are those of a file and of its mended one: the later file's is used, as it was meant."""
    names = {name for path in earlier for name in (path, path.rpartition("/")[2])}
    return any(f"“{name}”" in issue["message_vi"] for name in names)
