"""clean: from the files under data/raw to observations, figures and results. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from planreview import quality, store, tables
from planreview.catalogue import Catalogue
from planreview.errors import PlanReviewError, RunFailed, UsageError
from planreview.evaluate import contributions, evaluate, outlook, revisions
from planreview.figures import CleanedTables
from planreview.figures.corrections import SET_ASIDE, lessened, set_aside
from planreview.intake.issues import IssueLog
from planreview.intake.matching import Matcher
from planreview.intake.units import UnitReading, missing_row, read_unit, unknown_folder
from planreview.memory import without_cycle_search
from planreview.project import Project
from planreview.store import Submission

_ORDER = {
    "ledger": ["source_file", "sheet"],
    "observations": ["source_file", "sheet"],
    "issues": ["source_file", "sheet"],
    "register": ["source_file"],
    "narratives": ["source_file", "sheet"],
    "proposals": ["source_file", "sheet"],
    "answers": ["answered_file"],
}


@dataclass
class Cleaned:
    """What a run of clean did: per (round, unit) the number of files, values and issues, and what failed."""

    counts: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def raise_failures(self) -> None:
        """Raise RunFailed where a unit could not be read by a fault of ours."""
        if self.failures:
            said = "; ".join(f"{unit}: {why}" for unit, why in self.failures.items())
            raise RunFailed("Chương trình không đọc được số liệu của đơn vị", place=said)


def clean(
    project: Project,
    *,
    units: Sequence[str] | None = None,
    rounds: Sequence[str] | None = None,
    jobs: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Cleaned:
    """Read submissions (all, or those of some units or rounds, and what else is not read yet), then write figures and
    results of every cycle."""
    result = clean_units(project, units=units, rounds=rounds, jobs=jobs, progress=progress)
    rest = read_stale(project, jobs=jobs, progress=progress)
    result.counts |= rest.counts
    result.failures |= rest.failures
    write_results(project)
    result.notes += unreadable(project, rounds or [r for r, _ in store.unit_folders(project.raw)], units)
    return result


def clean_units(
    project: Project,
    *,
    units: Sequence[str] | None = None,
    rounds: Sequence[str] | None = None,
    jobs: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Cleaned:
    """Read submissions and write the parts of their units; other units' parts stay as they are.

    Raises UsageError where data/raw is absent or holds no unit's folder, UnknownUnit for a unit not in units.csv.
    A unit that fails by a fault of ours is named in ``failures``; the others are done.
    """
    catalogue = Catalogue.of(project.reference)
    wanted = {catalogue.unit(u).code for u in units} if units is not None else None
    for code in rounds or ():
        catalogue.round(code)
    refuse_empty(project)
    due = store.submissions_due(project, catalogue)
    if wanted is None and rounds is None:
        prune(project)
    codes = sorted({unit for _, unit in due if wanted is None or unit in wanted})
    result = _clean_codes(project, codes, due, rounds=rounds, jobs=jobs, progress=progress)
    result.notes = notes(project, catalogue)
    return result


def read_stale(project: Project, *, jobs: int = 1, progress: Callable[[str], None] = lambda _: None) -> Cleaned:
    """Read the units that are not read yet, or not as their files and the reference files stand now."""
    catalogue = Catalogue.of(project.reference)
    prune(project)
    due = store.submissions_due(project, catalogue)
    return _clean_codes(project, store.stale_units(project, catalogue), due, jobs=jobs, progress=progress)


def _clean_codes(
    project: Project,
    codes: list[str],
    due: Mapping[tuple[str, str], Submission],
    *,
    rounds: Sequence[str] | None = None,
    jobs: int,
    progress: Callable[[str], None],
) -> Cleaned:
    result = Cleaned()
    work = {code: {r: submission for (r, unit), submission in due.items() if unit == code} for code in codes}
    references = store.references_digest(project)  # once, not for each unit and round
    for code, outcome in _run(partial(_clean_unit, project, rounds=rounds, references=references), work, jobs):
        if isinstance(outcome, PlanReviewError):
            raise outcome
        if isinstance(outcome, BaseException):
            result.failures[code] = f"{type(outcome).__name__}: {outcome}"
            _say_failed(project, code, work[code], result.failures[code], references)
        else:
            result.counts |= {(round_code, code): counts for round_code, counts in outcome.items()}
        progress(code)
    return result


def _say_failed(project: Project, code: str, due: Mapping[str, Submission], fault: str, references: str) -> None:
    """A unit that could not be read by a fault of ours has no rows, and says so: older ones must not pass for new."""
    for round_code, submission in due.items():
        log = IssueLog(round_code, code, "")
        log.add(
            "error",
            "read.failed",
            f"Chương trình không đọc được số liệu của đơn vị ({fault})",
            "Hãy báo người phụ trách phần mềm; số liệu của các đơn vị khác không bị ảnh hưởng",
        )
        _write(project, round_code, code, UnitReading(issues=log.rows), submission, references)


def _run(
    work: Callable[[str, Mapping], dict], due: Mapping[str, Mapping], jobs: int
) -> Iterator[tuple[str, dict | BaseException]]:
    """Each code with what came of it, a fault included: one unit never stops another."""
    if jobs == 1 or len(due) == 1:
        for code, submissions in due.items():
            try:
                yield code, work(code, submissions)
            except Exception as fault:
                yield code, fault
        return
    # spawn: the same on every system, and safe beside a running notebook server
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        futures = {code: pool.submit(work, code, submissions) for code, submissions in due.items()}
        try:
            for code, future in futures.items():
                fault = future.exception()
                if isinstance(fault, KeyboardInterrupt):
                    raise fault
                yield code, fault or future.result()
        finally:  # nothing is left to wait for when the user stops the command
            pool.shutdown(wait=False, cancel_futures=True)


def refuse_empty(project: Project) -> None:
    """Raise UsageError where data/raw is absent or holds no unit's folder."""
    if not project.raw.is_dir():
        raise UsageError(
            "Không có thư mục số liệu nhận về",
            place=str(project.raw),
            remedy="Hãy tạo thư mục data/raw/<đợt>/<mã đơn vị> và đặt tệp vào đó",
        )
    if not store.unit_folders(project.raw):
        raise UsageError(
            "Thư mục số liệu nhận về chưa có đơn vị nào",
            place=str(project.raw),
            remedy="Hãy đặt tệp vào data/raw/<đợt>/<mã đơn vị>",
        )


def notes(project: Project, catalogue: Catalogue) -> list[str]:
    """A sentence for each folder that nobody declared and each file that lies in no unit's folder."""
    strange = [
        unknown_folder(round_code, code, folder, project.raw, known=code in catalogue.units)
        for (round_code, code), found in store.unit_folders(project.raw).items()
        if round_code not in catalogue.rounds or code not in catalogue.units
        for folder in found
    ]
    said = [f"{issue['message_vi']} ({issue['source_file']}). {issue['suggestion_vi']}." for issue in strange]
    stray = [path.relative_to(project.raw).as_posix() for path in store.stray_files(project.raw)]
    return said + [
        f"Tệp {name} không nằm trong thư mục của đơn vị nào nên không được đọc. "
        "Hãy chuyển vào data/raw/<đợt>/<mã đơn vị>."
        for name in stray
    ]


def unreadable(project: Project, rounds: Collection[str], units: Collection[str] | None = None) -> list[str]:
    """A sentence for each file of ``rounds`` that could not be read, and how to mend it; of all ``units`` if None."""
    issues = tables.read("issues", project.processed / "issues")
    given_up = issues["code"].isin(("read.unreadable", "read.failed")) & issues["round"].isin(rounds)
    mine = issues[given_up & (issues["unit_code"].isin(units) if units is not None else True)]
    return [
        f"Không đọc được {issue['source_file']}: {issue['message_vi']}. {issue['suggestion_vi']}."
        for issue in tables.records(mine)
    ]


@without_cycle_search()
def _clean_unit(
    project: Project, code: str, due: Mapping[str, Submission], *, rounds: Sequence[str] | None, references: str
) -> dict[str, dict[str, int]]:
    """All rounds of one unit: read, compare across rounds, write its parts. Returns counts by round.

    references: ``store.references_digest``.
    """
    catalogue = _catalogue(project.reference, references)
    matcher = Matcher.of(catalogue)
    readings: dict[str, UnitReading] = {}
    for round_code, submission in due.items():
        asked = rounds is None or round_code in rounds
        kept = None if asked else _kept(project, round_code, code, submission, references)
        if kept is not None:
            readings[round_code] = kept
        elif round_code not in catalogue.rounds or code not in catalogue.units:
            known = code in catalogue.units
            issues = [unknown_folder(round_code, code, f, project.raw, known=known) for f in submission.folders]
            readings[round_code] = UnitReading(issues=issues)
        else:
            round_, unit = catalogue.rounds[round_code], catalogue.units[code]
            alike = store.is_read_alike(project, round_code, code, references)
            earlier = _rows(project, round_code, code) if alike else None
            reading = read_unit(project.raw, submission.folders, round_, unit, catalogue, matcher, earlier)
            if submission.owes:
                reading.register.append(missing_row(round_, code))
            readings[round_code] = reading
    everything = [o for r in readings.values() for o in r.observations]
    compare = partial(quality.compare, catalogue=catalogue)
    checked = lessened(compare(everything), everything, catalogue, compare)
    for issue in (*checked, *set_aside(everything, catalogue, code)):
        if issue["round"] not in readings:  # a correction of a round that has no folder any more
            issue["round"] = max(readings)
        readings[issue["round"]].issues.append(issue)
    for reading in readings.values():
        _count_issues(reading)
    return {r: _write(project, r, code, reading, due[r], references) for r, reading in readings.items()}


@lru_cache(maxsize=1)
def _catalogue(reference: Path, references: str) -> Catalogue:
    """The catalogue as its files stood when a run began (``references``); they are not looked at for each unit."""
    return Catalogue.of(reference)


def _count_issues(reading: UnitReading) -> None:
    """The register's counts of a file: what reading it found, and what comparing it with others did."""
    for row in reading.register:
        severities = [i["severity"] for i in reading.issues if i["source_file"] == row.get("source_file")]
        if row.get("source_file"):
            row.update(n_errors=severities.count("error"), n_warnings=severities.count("warning"))


def _kept(project: Project, round_code: str, code: str, submission: Submission, references: str) -> UnitReading | None:
    """What an earlier run wrote of a round that was not asked for, without its comparisons; None where it is stale."""
    is_read = store.is_read(project, round_code, code, submission, references)
    return _rows(project, round_code, code) if is_read else None


def _rows(project: Project, round_code: str, code: str) -> UnitReading:
    """What an earlier run wrote of a unit's round, without its comparisons."""
    parts = {t: store.part_path(project, t, round_code, code) for t in store.UNIT_TABLES}
    rows = {t: tables.records(tables.read(t, p)) for t, p in parts.items() if t != "ledger"}
    rows["ledger"] = tables.columns("ledger", tables.read("ledger", parts["ledger"]))
    rows["issues"] = [i for i in rows["issues"] if i["code"] not in (*quality.CODES, SET_ASIDE)]
    return UnitReading(**rows)


def _write(
    project: Project, round_code: str, code: str, reading: UnitReading, submission: Submission, references: str
) -> dict[str, int]:
    made_from = store.unit_digest(project, round_code, submission, references)
    for table in store.UNIT_TABLES:
        data = tables.arrow(table, getattr(reading, table), _ORDER.get(table, ()))
        tables.write(table, data, store.part_path(project, table, round_code, code), made_from=made_from)
    severities = [i["severity"] for i in reading.issues]
    return {
        "files": sum(r.get("source_file", "") != "" for r in reading.register),
        "values": len(reading.observations),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
    }


def prune(project: Project) -> None:
    """Remove the parts whose raw folder is gone."""
    refuse_empty(project)
    live = {f"{r}__{u}" for r, u in store.submissions_due(project, Catalogue.of(project.reference))}
    for table in store.UNIT_TABLES:
        for part in (project.processed / table).glob("*.parquet"):
            if part.stem not in live:
                part.unlink()


def write_results(project: Project, *, as_of: dict[str, str] | None = None) -> None:
    """Figures and results of each cycle and what follows from them (forecasts, contributions, revisions), as of its
    default round or the one given for it in ``as_of``.

    Raises StaleTables where a unit's parts are older than its files or the reference files.
    """
    catalogue = Catalogue.of(project.reference)
    cleaned = CleanedTables(project, catalogue)
    digest = store.inputs_digest(project)
    for cycle in catalogue.cycles.values():
        known_as = (as_of or {}).get(cycle.code) or store.default_as_of(project, catalogue, cycle.code)
        if known_as is None:
            continue
        places = {
            "figures": store.figures_path(project, known_as),
            "cross_checks": store.cross_checks_path(project, known_as),
            "results": store.results_path(project, cycle.code, known_as),
            "forecasts": store.judged_path(project, "forecasts", cycle.code, known_as),
            "contributions": store.judged_path(project, "contributions", cycle.code, known_as),
            "revisions": store.judged_path(project, "revisions", "", known_as),
        }
        if all(place.exists() and tables.made_from(place) == digest for place in places.values()):
            continue
        figures = cleaned.figures(known_as)
        results = evaluate(figures, catalogue, cycle, as_of=known_as)
        made = {
            "figures": figures,
            "cross_checks": cleaned.cross_checks(known_as),
            "results": results,
            "forecasts": outlook(figures, results, catalogue, cycle, as_of=known_as),
            "contributions": contributions(results, catalogue, cycle),
            "revisions": revisions(cleaned.observations, catalogue, as_of=known_as),
        }
        for table, place in places.items():
            tables.write(table, made[table], place, made_from=digest)
