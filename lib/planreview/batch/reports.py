"""report: every unit's notebooks 01, then figures and results once, then the other notebooks, then the index."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from planreview import store
from planreview.batch.jobs import Job, Outcome
from planreview.batch.letterhead import letterhead
from planreview.batch.manifest import Manifest, read_manifest, write_manifest
from planreview.batch.portal import write_index
from planreview.batch.staleness import Inputs, why
from planreview.catalogue import Catalogue, Cycle, Round, Unit
from planreview.catalogue.commentary import FOLDER as WORDS
from planreview.catalogue.commentary import load_commentary
from planreview.errors import PlanReviewError, RunFailed, StaleTables, UsageError
from planreview.pipeline import notes, read_stale, refuse_empty, unreadable, write_results
from planreview.project import Project
from planreview.publish.pdf import BRIEF_PAGES
from planreview.review import Review

CLEANING = "01_clean_submissions"


@dataclass
class Done:
    """What a run of report did, or would do: ``due`` says why each report was made, ``faults`` what is wrong with the
    numbers or words of one that was."""

    cycle: str
    as_of: str
    index: Path
    due: dict[Job, str] = field(default_factory=dict)
    current: list[Job] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def run_reports(
    project: Project,
    *,
    cycle: str | None = None,
    as_of: str | None = None,
    units: Sequence[str] | None = None,
    notebooks: Sequence[str] | None = None,
    jobs: int = 1,
    force: bool = False,
    dry_run: bool = False,
    strict: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Done:
    """Make the reports of some units (default: all that sent something in the cycle's rounds) from some notebooks
    (default: all): those that are not current, or all of them if ``force``d. A ``dry_run`` only says which and why.
    ``strict``: the numbers of every report, those of current ones too, are also held against the tables.

    Raises UsageError for an unknown cycle, round, unit or notebook and where there is nothing to report on; a report
    that fails is in ``failed`` with its reason, and the others are made.
    """
    catalogue = Catalogue.of(project.reference)
    chosen = catalogue.cycle(cycle)
    refuse_empty(project)
    known_as = catalogue.round(as_of or _default_as_of(project, catalogue, chosen))
    wanted = _units(project, catalogue, units, chosen, known_as)
    paths = _notebooks(project, notebooks)
    first = _jobs([p for p in paths if p.stem == CLEANING], catalogue, wanted, chosen, known_as)
    later = _jobs([p for p in paths if p.stem != CLEANING], catalogue, wanted, chosen, known_as)
    index = project.reports / chosen.code / "index.html"
    done = Done(chosen.code, known_as.code, index, notes=notes(project, catalogue))
    before = read_manifest(project, chosen, known_as)

    def due(jobs: list[Job], made_from: Callable[[Job], dict[str, str]]) -> dict[Job, dict[str, str]]:
        return _sort_out(jobs, project, before, done, made_from, force=force)

    if dry_run:
        if store.stale_units(project, catalogue):  # files must be read first: nobody's rows are known yet
            done.due |= dict.fromkeys([*first, *later], "nếu số liệu đổi sau khi đọc lại tệp")
        else:
            inputs = Inputs(project, catalogue)
            due(first, inputs.of_cleaning)
            due(later, inputs.of_reading)
        return done
    if units is None:
        _remove_pages_of_others(project, chosen, known_as, wanted)
    unread = read_stale(project, jobs=jobs, progress=lambda unit: progress(f"đọc tệp của {unit}")).failures
    done.notes += unreadable(project, catalogue.rounds_until(known_as.code), units)
    everything = _jobs(_notebooks(project, None), catalogue, wanted, chosen, known_as)
    outcomes: list[Outcome] = []
    try:
        # processes, not threads, which lose kernels; spawn is the same on every system
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            work = due([j for j in first if j.unit not in unread], Inputs(project, catalogue).of_cleaning)
            _run_all(pool, work, project, progress, outcomes)
            unread |= {o.job.unit: o.reason for o in outcomes if o.reason}
            _write_results(project, chosen, known_as, done)
            inputs, read = Inputs(project, catalogue), [j for j in later if j.unit not in unread]
            _keep_cited(project, catalogue, inputs, read, done)
            work = due(read, inputs.of_reading)
            _run_all(pool, work, project, progress, outcomes)
            done.notes += _skeletons(pool, [o.job for o in outcomes if not o.reason and o.job in work], project)
    except KeyboardInterrupt:  # what is finished is kept: the same command goes on from there
        manifest = write_manifest(project, chosen, known_as, outcomes)
        _write_pages(project, manifest, everything, {o.job for o in outcomes}, done)
        write_index(project, catalogue, chosen)
        raise
    withheld = [j for j in (*first, *later) if j.unit in unread and j not in {o.job for o in outcomes}]
    outcomes += [_withdrawn(job, project, unread[job.unit]) for job in withheld]
    done.failed = [o for o in outcomes if o.reason]
    done.notes += [
        f"{o.job.stem} của {o.job.unit} dài {o.pages} trang, quá {BRIEF_PAGES} trang của một bản tóm tắt"
        for o in outcomes
        if o.job.is_brief and o.pages > BRIEF_PAGES
    ]
    manifest = write_manifest(project, chosen, known_as, outcomes, units=None if units else [u.code for u in wanted])
    _write_pages(project, manifest, everything, {o.job for o in outcomes}, done)
    write_manifest(project, chosen, known_as, done.failed)
    failed = {o.job for o in done.failed}
    ran = [o for o in outcomes if o.job not in failed]
    kept = [job for job in done.current if job not in failed] if strict else []
    done.faults = _faults(project, catalogue, ran, kept, strict=strict)
    write_index(project, catalogue, chosen)
    return done


def _sort_out(
    jobs: list[Job],
    project: Project,
    before: Manifest,
    done: Done,
    made_from: Callable[[Job], dict[str, str]],
    *,
    force: bool,
) -> dict[Job, dict[str, str]]:
    """The jobs that are due, with what they are made from; each is told apart in ``done``."""
    work = {}
    for job in jobs:
        try:
            now = made_from(job)
        except StaleTables:
            now = {}  # absent or out of date: the notebook says it in a sentence
        reason = "theo yêu cầu (--force)" if force else why(job, project, before.record(job), now)
        if reason:
            done.due[job] = reason
            work[job] = now
        else:
            done.current.append(job)
    return work


def _write_pages(project: Project, manifest: Manifest, jobs: list[Job], ran: set[Job], done: Done) -> None:
    """All pages of every unit of which a notebook ran: its other pages name the new one."""
    if not ran:
        return
    from planreview.batch.running import write_page

    for job in jobs:
        record = manifest.record(job)
        if job.unit not in {j.unit for j in ran} or record is None or record["reason"]:
            continue
        try:
            page = write_page(job, project, manifest.siblings(job))
            if job in ran:
                done.made.append(page)
        except RunFailed as failure:
            done.failed.append(Outcome(job, reason=str(failure)))


def _faults(
    project: Project, catalogue: Catalogue, ran: Sequence[Outcome], kept: Sequence[Job], *, strict: bool
) -> list[str]:
    """What is wrong with the numbers or words of the reports that were made, and of those ``kept`` from earlier runs, a
    line each."""
    if not ran and not kept:
        return []
    from planreview.batch.facts import Facts
    from planreview.batch.running import blocks_of, kept_faults, page_faults

    shared, found, facts = store.CurrentTables(project, catalogue), [], {}
    written = {o.job: [*o.faults, *page_faults(o.job, project)] for o in ran}
    for job, faults in (written | {job: kept_faults(job, project) for job in kept}).items():
        if strict and job.on_paper:
            if job.unit not in facts:
                facts[job.unit] = Facts(Review(job.unit, cycle=job.cycle, as_of=job.as_of, shared=shared))
            faults = [*faults, *facts[job.unit].check(blocks_of(job, project))]
        found += [f"{job.stem} của {job.unit}: {fault}" for fault in faults]
    return found


def _remove_pages_of_others(project: Project, cycle: Cycle, as_of: Round, wanted: list[Unit]) -> None:
    """Units that no longer have a folder keep no pages: old numbers must not pass for new."""
    codes = {unit.code for unit in wanted}
    for folder in (project.reports / cycle.code / as_of.code).glob("*/"):
        if folder.name not in codes:
            shutil.rmtree(folder)


def _default_as_of(project: Project, catalogue: Catalogue, cycle: Cycle) -> str:
    found = store.default_as_of(project, catalogue, cycle.code)
    if found is None:
        raise UsageError(
            f"Chưa có số liệu nào cho chu kỳ {cycle.code}",
            place=str(project.raw),
            remedy="Hãy đặt tệp vào data/raw/<đợt>/<mã đơn vị>",
        )
    return found


def _units(
    project: Project, catalogue: Catalogue, units: Sequence[str] | None, cycle: Cycle, as_of: Round
) -> list[Unit]:
    """The units asked for, or all that have a folder in one of the cycle's rounds up to as_of."""
    if units:
        return list(dict.fromkeys(catalogue.unit(u) for u in units))
    rounds = {r for r in catalogue.rounds_until(as_of.code) if catalogue.rounds[r].cycle in (cycle.code, as_of.cycle)}
    codes = {unit for round_code, unit in store.unit_folders(project.raw) if round_code in rounds}
    found = [catalogue.units[c] for c in sorted(codes & set(catalogue.units))]
    if not found:
        raise UsageError(
            f"Chưa có thư mục của đơn vị đã khai báo nào trong các đợt của chu kỳ {cycle.code}",
            place=str(project.raw),
            remedy="Hãy đặt tên thư mục theo mã trong data/reference/units.csv",
        )
    return found


def _notebooks(project: Project, names: Sequence[str] | None) -> list[Path]:
    """Numbered notebooks in order; ``names`` are stems or numbers. Raises UsageError for one that is not there."""
    known = sorted((project.root / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not names:
        return known
    chosen = []
    for name in names:
        match = [p for p in known if name in (p.stem, p.stem[:2])]
        if not match:
            raise UsageError(f"Không có sổ tay “{name}”", remedy=f"Hãy chọn: {', '.join(p.stem for p in known)}")
        chosen += match
    return sorted(set(chosen))


def _jobs(notebooks: list[Path], catalogue: Catalogue, units: list[Unit], cycle: Cycle, as_of: Round) -> list[Job]:
    heads = {unit.code: letterhead(catalogue, unit) for unit in units}
    return [
        Job(path, unit.code, unit.name, cycle.code, cycle.title, as_of.code, as_of.title, *heads[unit.code])
        for unit in units
        for path in notebooks
    ]


def _run_all(
    pool: ProcessPoolExecutor,
    work: Mapping[Job, dict[str, str]],
    project: Project,
    progress: Callable[[str], None],
    outcomes: list[Outcome],
) -> None:
    """Run jobs in any order and add what came of them to ``outcomes``, in the order of the jobs; those not run yet when
    the user stops the command are left out. A process that dies is the reason of its own job."""
    if not work:
        return
    from planreview.batch.running import run_job  # a second and more of papermill, for those who run something

    futures = {pool.submit(run_job, job, project): job for job in work}
    ran: dict[Job, Outcome] = {}
    try:
        for future in as_completed(futures):
            job, fault = futures[future], future.exception()
            if isinstance(fault, KeyboardInterrupt):
                raise fault
            outcome = Outcome(job, reason=f"{type(fault).__name__}: {fault}") if fault else future.result()
            ran[job] = replace(outcome, made_from=work[job])
            progress(f"{len(ran)}/{len(work)} {job.unit} {job.stem}")
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    finally:
        outcomes += [ran[job] for job in work if job in ran]


def _write_results(project: Project, cycle: Cycle, as_of: Round, done: Done) -> None:
    """Figures and results, from all units as they were just read."""
    try:
        write_results(project, as_of={cycle.code: as_of.code})
    except PlanReviewError as problem:
        done.notes.append(str(problem))


def _keep_cited(project: Project, catalogue: Catalogue, inputs: Inputs, jobs: Sequence[Job], done: Done) -> None:
    """Figures that people cite, kept as they are first seen, before anything is made from them."""
    if not (project.reference / WORDS).is_dir():
        return
    from planreview.batch.commentary import keep_cited, strays

    done.notes += strays(project, catalogue)
    for job in {j.unit: j for j in jobs}.values():
        if not load_commentary(project.reference, job.cycle, job.unit).sections:
            continue
        try:
            done.notes += keep_cited(inputs.review(job))
        except StaleTables:
            return  # every notebook will say so


def _skeletons(pool: ProcessPoolExecutor, jobs: Sequence[Job], project: Project) -> list[str]:
    """Write empty texts for the units of which a page was made; what is to be said of them."""
    if not jobs:
        return []
    from planreview.batch.commentary import skeletons_of

    try:
        futures = [pool.submit(skeletons_of, job, project) for job in {j.unit: j for j in jobs}.values()]
    except BrokenExecutor as fault:
        return [f"Không làm được khung nhận định: {fault}"]
    said = []
    for future in futures:
        fault = future.exception()
        said += [f"Không làm được khung nhận định: {type(fault).__name__}: {fault}"] if fault else future.result()
    return said


def _withdrawn(job: Job, project: Project, reason: str) -> Outcome:
    """A unit whose files could not be read gets no pages: they would show older numbers."""
    job.discard(project)
    return Outcome(job, reason=f"Không đọc được tệp của đơn vị: {reason}")
