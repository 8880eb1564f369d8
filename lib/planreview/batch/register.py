"""reports/<cycle>/<as_of>/theo-doi-gui-bieu__<as_of>.html: who sent what in the rounds that a report knows of."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from planreview import tables
from planreview.catalogue import Catalogue, Cycle, Round
from planreview.errors import StaleTables
from planreview.feedback.history import by_file
from planreview.feedback.make import unit_history
from planreview.intake.submissions import RoundStatus, submissions
from planreview.narrative.register import TITLE, provenance_line, register_page
from planreview.project import Project
from planreview.publish.html import render_page
from planreview.publish.page import Page
from planreview.publish.portal import PageLink


def write_register(project: Project, catalogue: Catalogue, cycle: Cycle, as_of: Round) -> PageLink | None:
    """Write the page where it is not there yet or says something else; None where nothing has been read."""
    try:
        register = tables.read("register", project.processed / "register")
        known = catalogue.rounds_until(as_of.code)
        settled = _settled(project, register[register["round"].isin(known)], known)
    except StaleTables:
        return None
    own = [r for code in known if (r := catalogue.rounds[code]).cycle == cycle.code]
    found = [RoundStatus(r, submissions(register, catalogue, r.code)) for r in own]
    rounds = [status for status in found if status.round.expects or len(status.data)]
    published = {*register[register["provenance"] == "published"]["round"]}
    text = render_page(
        [block.to_json() for block in register_page(rounds, settled, published=published)],
        Page(
            title=TITLE,
            unit="",
            unit_name="Tất cả đơn vị",
            cycle=cycle.code,
            cycle_title=cycle.title,
            as_of=as_of.code,
            as_of_title=as_of.title,
            provenance_line=provenance_line(rounds),
            index_href="../index.html",
        ),
    )
    name = f"theo-doi-gui-bieu__{as_of.code}.html"
    path = project.reports / cycle.code / as_of.code / name
    if not path.exists() or path.read_text("utf-8") != text:
        temporary = path.with_name(f".{name}")
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    return PageLink(TITLE, f"{as_of.code}/{name}")


def _settled(project: Project, register: pd.DataFrame, known: Collection[str]) -> list[dict]:
    """What became of the issues of each file that has any, as the ``known`` rounds tell. Raises StaleTables."""
    troubled = register[(register["n_errors"] + register["n_warnings"] > 0) & (register["provenance"] != "published")]
    units = sorted({(row["round"], row["unit_code"]) for row in tables.records(troubled) if row["source_file"]})
    files = {row["source_file"] for row in tables.records(troubled)}
    return [
        file
        for unit in units
        for file in by_file(unit_history(project, *unit, known=known))
        if file["source_file"] in files
    ]
