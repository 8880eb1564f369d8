"""Figures as of a round, from what was cleaned."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from planreview import store, tables
from planreview.catalogue import Catalogue
from planreview.errors import StaleTables
from planreview.figures.select import Place, doubted, select_figures
from planreview.project import Project


class CleanedTables:
    """The tables of all units as they were last read. Raises StaleTables where they are absent or out of date."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        if stale := store.stale_units(project, catalogue):
            raise StaleTables(
                "Số liệu đã đọc cũ hơn tệp nhận về hoặc danh mục",
                place=", ".join(stale),
                remedy="Hãy chạy lệnh: planreview clean",
            )
        self._project, self._catalogue = project, catalogue

    def figures(self, as_of: str) -> pd.DataFrame:
        """The table ``figures`` as of a round."""
        return select_figures(
            self.observations, self._catalogue, as_of=as_of, received=self._received, contested=self._contested
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
