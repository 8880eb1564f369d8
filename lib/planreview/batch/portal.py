"""reports/<cycle>/index.html, from the manifests of its rounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from planreview import store, tables
from planreview.batch.manifest import Manifest, read_manifests
from planreview.batch.register import write_register
from planreview.catalogue import Catalogue, Cycle, Unit, texts
from planreview.errors import StaleTables
from planreview.narrative import words
from planreview.project import Project
from planreview.publish.portal import Edition, Failure, PageLink, UnitEntry, render_index
from planreview.review import Review


def write_index(project: Project, catalogue: Catalogue, cycle: Cycle) -> Path:
    """The index of a cycle, the latest round first: each unit with its pages, its count and what failed. With it the
    pages of who sent what, to which it leads."""
    manifests = read_manifests(project, cycle)
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    latest_first = sorted(manifests.values(), key=lambda m: order.get(m.as_of, -1), reverse=True)
    editions = [_edition(project, catalogue, cycle, manifest) for manifest in latest_first]
    path = project.reports / cycle.code / "index.html"
    path.write_text(render_index(cycle.title, editions), encoding="utf-8", newline="\n")
    return path


def _edition(project: Project, catalogue: Catalogue, cycle: Cycle, manifest: Manifest) -> Edition:
    reported = {r["unit"] for r in manifest.reports}
    known_as = catalogue.rounds.get(manifest.as_of)
    results, shared = _results(project, cycle, manifest.as_of), store.CurrentTables(project, catalogue)

    def entry(unit: Unit) -> UnitEntry:
        mine = results[results["area_code"] == unit.area_code]
        if known_as and not unit.is_area:
            review = Review(unit.code, cycle=cycle.code, as_of=known_as.code, shared=shared)
            mine = mine[mine["indicator_code"].isin(review.answers_for)]
        pages = [r for r in manifest.reports if r["unit"] == unit.code]
        return UnitEntry(
            code=unit.code,
            name=unit.name,
            pages=tuple(_link(r, f"{manifest.as_of}/{unit.code}") for r in pages if not r["reason"]),
            summaries=tuple(_counted(mine)),
            n_issues=_issue_count(project, catalogue, manifest.as_of, unit.code),
            failures=tuple(Failure(r["title"] or r["stem"], r["reason"]) for r in pages if r["reason"]),
        )

    return Edition(
        as_of=manifest.as_of,
        title=known_as.title if known_as else manifest.as_of,
        units=tuple(entry(unit) for unit in catalogue.units.values() if unit.code in reported),
        register=write_register(project, catalogue, cycle, known_as) if known_as else None,
    )


def _link(report: dict, folder: str) -> PageLink:
    papers = tuple((name, f"{folder}/{file}") for name, file in report.get("papers", {}).items())
    return PageLink(report["title"], f"{folder}/{report['file']}", papers)


def _results(project: Project, cycle: Cycle, as_of: str) -> pd.DataFrame:
    try:
        results = tables.read("results", store.results_path(project, cycle.code, as_of))
    except StaleTables:
        return tables.frame("results", [])
    return results[results["main"]]


def _counted(results: pd.DataFrame) -> Iterator[str]:
    """``Số liệu công bố: đánh giá được 5/35 chỉ tiêu (3 vượt, 2 đạt)``, a line for each provenance."""
    for provenance, rows in results.groupby("provenance"):
        judged = rows[rows["status"].isin(words.JUDGED)]
        how = f" ({words.counted(list(judged['status']))})" if len(judged) else ""
        kind = texts.sentence(words.PROVENANCES[provenance])
        yield f"{kind}: đánh giá được {len(judged)}/{len(rows)} chỉ tiêu{how}"


def _issue_count(project: Project, catalogue: Catalogue, as_of: str, code: str) -> int:
    rounds = set(catalogue.rounds_until(as_of)) if as_of in catalogue.rounds else set()
    parts = [store.part_path(project, "issues", r, code) for r in rounds]
    return sum(tables.count(part) for part in parts if part.exists())
