"""Figures as of a round, from what was cleaned."""

from __future__ import annotations

import pandas as pd

from planreview import store, tables
from planreview.catalogue import Catalogue
from planreview.errors import StaleTables
from planreview.figures.select import doubted, select_figures
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
        self._catalogue = catalogue
        self._observations = tables.read("observations", project.processed / "observations")
        register = tables.records(tables.read("register", project.processed / "register"))
        self._received = {row["source_file"]: row["received_at"] for row in register}
        self._contested = doubted(tables.read("issues", project.processed / "issues"))

    def figures(self, as_of: str) -> pd.DataFrame:
        """The table ``figures`` as of a round."""
        return select_figures(
            self._observations, self._catalogue, as_of=as_of, received=self._received, contested=self._contested
        )
