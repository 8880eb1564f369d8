"""Figures as of a round, from what was cleaned."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from planreview import quality, store, tables
from planreview.catalogue import Catalogue
from planreview.figures.corrections import lessened
from planreview.figures.select import Place, doubted, select_figures
from planreview.project import Project


class CleanedTables:
    """The tables of all units as they were last read. Raises StaleTables where they are absent or out of date."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        store.refuse_stale(store.stale_units(project, catalogue))
        self._project, self._catalogue = project, catalogue
        self._known: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}

    def figures(self, as_of: str) -> pd.DataFrame:
        """The table ``figures`` as of a round."""
        return self._made(as_of)[0]

    def cross_checks(self, as_of: str) -> pd.DataFrame:
        """The table ``cross_checks`` as of a round: what only several units together show."""
        return self._made(as_of)[1]

    def _made(self, as_of: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Both tables: units are compared by their figures; where that contests a number, figures are chosen again."""
        if as_of not in self._known:
            figures = self._select(as_of, self._contested)
            found = quality.across(tables.records(figures), self._catalogue)
            found = lessened(found, tables.records(self.observations), self._catalogue) if found else found
            crossed = tables.frame("cross_checks", [row | {"as_of": as_of} for row in found])
            if further := doubted(crossed):
                figures = self._select(as_of, self._contested | further)
            self._known[as_of] = figures, crossed
        return self._known[as_of]

    def _select(self, as_of: str, contested: set[Place]) -> pd.DataFrame:
        return select_figures(
            self.observations, self._catalogue, as_of=as_of, received=self._received, contested=contested
        )

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The observations of all units (table ``observations``)."""
        return self._whole("observations")

    @cached_property
    def _received(self) -> dict[str, str | None]:
        return {row["source_file"]: row["received_at"] for row in tables.records(self._whole("register"))}

    @cached_property
    def _contested(self) -> set[Place]:
        return doubted(self._whole("issues"))

    def _whole(self, table: str) -> pd.DataFrame:
        return tables.read(table, self._project.processed / table)
