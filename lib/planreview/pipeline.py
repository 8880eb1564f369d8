"""clean: from the files under data/raw to observations, figures and results. Read this first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from planreview import quality, store, tables
from planreview.catalogue import Catalogue
from planreview.errors import PlanReviewError, RunFailed, StaleTables, UsageError
from planreview.evaluate import evaluate
from planreview.figures import doubted, select_figures
from planreview.figures.corrections import SET_ASIDE, set_aside
from planreview.intake.matching import Matcher
from planreview.intake.units import UnitReading, missing_row, read_unit, unknown_folder
from planreview.project import Project

_ORDER = {
    "ledger": ["source_file", "sheet"],
    "observations": ["source_file", "sheet"],
    "issues": ["source_file", "sheet"],
    "register": ["source_file"],
    "narratives": ["source_file", "sheet"],
    "proposals": ["source_file", "sheet"],
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
    """Read submissions (all, or those of some units or rounds), then write figures and results of every cycle."""
    result = clean_units(project, units=units, rounds=rounds, jobs=jobs, progress=progress)
    write_results(project)
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
    catalogue = Catalogue(project.reference)
    wanted = {catalogue.unit(u).code for u in units} if units is not None else None
    for code in rounds or ():
        catalogue.round(code)
    folders = _folders(project)
    missing = _missing(catalogue, folders)
    codes = sorted({unit for unit in (*(u for _, u in folders), *missing) if wanted is None or unit in wanted})
    if wanted is None and rounds is None:
        prune(project)
    result = Cleaned(notes=notes(project, catalogue, folders))
    for code, outcome in _run(partial(_clean_unit, project, rounds=rounds, missing=missing), codes, jobs):
        if isinstance(outcome, PlanReviewError):
            raise outcome
        if isinstance(outcome, BaseException):
            result.failures[code] = f"{type(outcome).__name__}: {outcome}"
        else:
            result.counts |= {(round_code, code): counts for round_code, counts in outcome.items()}
        progress(code)
    return result


def _run(work: Callable[[str], dict], codes: list[str], jobs: int) -> Iterator[tuple[str, dict | BaseException]]:
    """Each code with what came of it, a fault included: one unit never stops another."""
    if jobs == 1 or len(codes) == 1:
        for code in codes:
            try:
                yield code, work(code)
            except Exception as fault:
                yield code, fault
        return
    # spawn: the same on every system, and safe beside a running notebook server
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        futures = {code: pool.submit(work, code) for code in codes}
        for code, future in futures.items():
            yield code, future.exception() or future.result()


def _folders(project: Project) -> dict[tuple[str, str], list[Path]]:
    if not project.raw.is_dir():
        raise UsageError(
            "Không có thư mục số liệu nhận về",
            place=str(project.raw),
            remedy="Hãy tạo thư mục data/raw/<đợt>/<mã đơn vị> và đặt tệp vào đó",
        )
    folders = store.unit_folders(project.raw)
    if not folders:
        raise UsageError(
            "Thư mục số liệu nhận về chưa có đơn vị nào",
            place=str(project.raw),
            remedy="Hãy đặt tệp vào data/raw/<đợt>/<mã đơn vị>",
        )
    return folders


def notes(project: Project, catalogue: Catalogue, folders: dict[tuple[str, str], list[Path]]) -> list[str]:
    """A sentence for each folder that nobody declared and each file that lies in no unit's folder."""
    strange = [
        unknown_folder(round_code, code, folder, project.raw, known=code in catalogue.units)
        for (round_code, code), found in folders.items()
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


def _missing(catalogue: Catalogue, folders: Mapping[tuple[str, str], list[Path]]) -> dict[str, list[str]]:
    """Rounds by unit where a form is due and none was sent, for rounds that have begun.

    A compilation of published figures in a unit's folder is nothing that the unit sent, and begins no round.
    """
    sent = {key for key, found in folders.items() if not _only_published(found, catalogue)}
    missing: dict[str, list[str]] = {}
    for r in catalogue.rounds.values():
        owing = [u.code for u in catalogue.units.values() if r.expects.get(u.kind) and u.existed_on(r.deadline.date())]
        if any((r.code, unit) in sent for unit in owing):
            for unit in owing:
                if not store.submissions(folders.get((r.code, unit), [])) or (r.code, unit) not in sent:
                    missing.setdefault(unit, []).append(r.code)
    return missing


def _only_published(folders: list[Path], catalogue: Catalogue) -> bool:
    files = store.submissions(folders)
    return bool(files) and all(
        hashlib.sha256(path.read_bytes()).hexdigest() in catalogue.published_digests for path in files
    )


def _clean_unit(
    project: Project, code: str, *, rounds: Sequence[str] | None, missing: Mapping[str, list[str]]
) -> dict[str, dict[str, int]]:
    """All rounds of one unit: read, compare across rounds, write its parts. Returns counts by round."""
    catalogue = Catalogue(project.reference)
    matcher = Matcher(catalogue)
    folders = {r: found for (r, u), found in _folders(project).items() if u == code}
    readings: dict[str, UnitReading] = {}
    for round_code in sorted({*folders, *missing.get(code, ())}):
        asked = rounds is None or round_code in rounds
        kept = None if asked else _kept(project, round_code, code, folders.get(round_code, []))
        if kept is not None:
            readings[round_code] = kept
        elif round_code not in catalogue.rounds or code not in catalogue.units:
            known = code in catalogue.units
            issues = [unknown_folder(round_code, code, f, project.raw, known=known) for f in folders[round_code]]
            readings[round_code] = UnitReading(issues=issues)
        else:
            round_, unit = catalogue.rounds[round_code], catalogue.units[code]
            reading = read_unit(project.raw, folders.get(round_code, []), round_, unit, catalogue, matcher)
            if round_code in missing.get(code, ()):
                reading.register.append(missing_row(round_, code))
            readings[round_code] = reading
    everything = [o for r in readings.values() for o in r.observations]
    for issue in (*quality.compare(everything, catalogue), *set_aside(everything, catalogue, code)):
        if issue["round"] not in readings:  # a correction of a round that has no folder any more
            issue["round"] = max(readings)
        readings[issue["round"]].issues.append(issue)
    return {
        round_code: _write(project, round_code, code, reading, folders.get(round_code, []))
        for round_code, reading in readings.items()
    }


def _kept(project: Project, round_code: str, code: str, folders: list[Path]) -> UnitReading | None:
    """What an earlier run wrote of a round that was not asked for, without its comparisons; None where it is stale."""
    if not store.is_read(project, round_code, code, folders):
        return None
    parts = {t: store.part_path(project, t, round_code, code) for t in store.UNIT_TABLES}
    rows = {t: tables.records(tables.read(t, p)) for t, p in parts.items()}
    rows["issues"] = [i for i in rows["issues"] if i["code"] not in (*quality.CODES, SET_ASIDE)]
    return UnitReading(**rows)


def _write(project: Project, round_code: str, code: str, reading: UnitReading, folders: list[Path]) -> dict[str, int]:
    made_from = store.unit_digest(project, round_code, folders)
    for table in store.UNIT_TABLES:
        data = tables.frame(table, getattr(reading, table))
        if order := _ORDER.get(table):
            data = data.sort_values(order, kind="stable", ignore_index=True)
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
    folders = _folders(project)
    missing = _missing(Catalogue(project.reference), folders)
    live = {f"{r}__{u}" for r, u in folders} | {f"{r}__{u}" for u, rounds in missing.items() for r in rounds}
    for table in store.UNIT_TABLES:
        for part in (project.processed / table).glob("*.parquet"):
            if part.stem not in live:
                part.unlink()


def write_results(project: Project, *, as_of: dict[str, str] | None = None) -> None:
    """Figures and results of each cycle, as of its default round or the one given for it in ``as_of``.

    Raises StaleTables where a unit's parts are older than its files or the reference files.
    """
    if stale := store.stale_units(project):
        raise StaleTables(
            "Số liệu đã đọc cũ hơn tệp nhận về hoặc danh mục",
            place=", ".join(stale),
            remedy="Hãy chạy lệnh: planreview clean",
        )
    catalogue = Catalogue(project.reference)
    observations = tables.read("observations", project.processed / "observations")
    register = tables.records(tables.read("register", project.processed / "register"))
    received = {row["source_file"]: row["received_at"] for row in register}
    contested = doubted(tables.read("issues", project.processed / "issues"))
    digest = store.inputs_digest(project)
    for cycle in catalogue.cycles.values():
        known_as = (as_of or {}).get(cycle.code) or store.default_as_of(project, catalogue, cycle.code)
        if known_as is None:
            continue
        places = store.figures_path(project, known_as), store.results_path(project, cycle.code, known_as)
        if all(place.exists() and tables.made_from(place) == digest for place in places):
            continue
        figures = select_figures(observations, catalogue, as_of=known_as, received=received, contested=contested)
        results = evaluate(figures, catalogue, cycle, as_of=known_as)
        for table, data, place in zip(("figures", "results"), (figures, results), places, strict=True):
            tables.write(table, data, place, made_from=digest)
