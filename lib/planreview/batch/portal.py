"""reports/<cycle>/index.html, from the manifests of its rounds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from planreview import store, tables
from planreview.batch.manifest import Manifest, read_manifests
from planreview.batch.register import write_register
from planreview.catalogue import Catalogue, Cycle
from planreview.errors import StaleTables
from planreview.narrative import words
from planreview.project import Project
from planreview.publish.portal import Edition, Failure, PageLink, UnitEntry, render_index


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
    codes = [code for code in catalogue.units if code in reported]
    known_as = catalogue.rounds.get(manifest.as_of)
    summaries = _summaries(project, cycle, manifest.as_of)
    return Edition(
        as_of=manifest.as_of,
        title=known_as.title if known_as else manifest.as_of,
        units=tuple(_entry(project, catalogue, manifest, code, summaries) for code in codes),
        register=write_register(project, catalogue, cycle, known_as) if known_as else None,
    )


def _entry(
    project: Project, catalogue: Catalogue, manifest: Manifest, code: str, summaries: Mapping[str, tuple[str, str]]
) -> UnitEntry:
    mine = [r for r in manifest.reports if r["unit"] == code]
    unit = catalogue.units[code]
    summary, provenances = summaries.get(unit.area_code, ("", ""))
    return UnitEntry(
        code=code,
        name=unit.name,
        pages=tuple(PageLink(r["title"], f"{manifest.as_of}/{code}/{r['file']}") for r in mine if not r["reason"]),
        summary=summary,
        n_issues=_issue_count(project, catalogue, manifest.as_of, code),
        failures=tuple(Failure(r["title"] or r["stem"], r["reason"]) for r in mine if r["reason"]),
        provenance_line=provenances,
    )


def _summaries(project: Project, cycle: Cycle, as_of: str) -> dict[str, tuple[str, str]]:
    """By area: ``5/35 chỉ tiêu đánh giá được`` by provenance, and the provenances in words."""
    try:
        results = tables.read("results", store.results_path(project, cycle.code, as_of))
    except StaleTables:
        return {}
    return {area: _summary(rows) for area, rows in results[results["main"]].groupby("area_code")}


def _summary(results: pd.DataFrame) -> tuple[str, str]:
    said = []
    for provenance, rows in results.groupby("provenance"):
        judged = rows["status"].isin(words.JUDGED).sum()
        said.append((f"{judged}/{len(rows)} chỉ tiêu đánh giá được", words.PROVENANCES[provenance]))
    return "; ".join(s for s, _ in said), ", ".join(p for _, p in said)


def _issue_count(project: Project, catalogue: Catalogue, as_of: str, code: str) -> int:
    rounds = set(catalogue.rounds_until(as_of)) if as_of in catalogue.rounds else set()
    parts = [store.part_path(project, "issues", r, code) for r in rounds]
    return sum(tables.count(part) for part in parts if part.exists())
