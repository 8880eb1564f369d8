"""Whether tables are still what their inputs say."""

import csv

from planreview import store
from planreview.catalogue import Catalogue
from planreview.pipeline import clean


def log(sandbox, *lines: tuple[str, str]) -> None:
    with (sandbox.root / "data/raw/2020-11/received.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["stored_path", "received_at", "sender", "original_name", "sha256", "unit_code"])
        writer.writerows([path, moment, "", "", "", path.split("/")[1]] for path, moment in lines)


def test_a_line_of_the_log_makes_only_its_own_unit_stale(sandbox, form):
    for unit in ("14", "119"):
        sandbox.workbook(f"2020-11/{unit}", form)
    mine, new = ("2020-11/14/bieu.xlsx", "2020-11-20T08:00:00+07:00"), "2020-11-21T08:00:00+07:00"
    log(sandbox, mine)
    clean(sandbox.project)
    catalogue = Catalogue.of(sandbox.project.reference)
    assert store.stale_units(sandbox.project, catalogue) == []
    log(sandbox, mine, ("2020-11/119/bieu.xlsx", new))
    assert store.stale_units(sandbox.project, catalogue) == ["119"]
    log(sandbox, ("2020-11/14/bieu.xlsx", new), ("2020-11/119/bieu.xlsx", new))
    assert store.stale_units(sandbox.project, catalogue) == ["119", "14"]
