"""What is known of a sheet before its cells are read, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from planreview.catalogue import Catalogue, Cycle
from planreview.intake.ledger import COLUMNS
from planreview.intake.matching import Matcher
from planreview.intake.places import Places
from planreview.tables import Columns


@dataclass(frozen=True)
class SheetContext:
    """Whose sheet it is. ``asked_in`` is the year of the round's deadline; ``source_id`` the source that a sheet of
    published figures names, else ''."""

    catalogue: Catalogue
    matcher: Matcher
    places: Places
    cycle: Cycle
    asked_in: int
    round: str
    unit_code: str
    area_code: str
    form: str
    source_file: str
    provenance: str
    source_id: str = ""


@dataclass
class SheetReading:
    """Rows of one sheet by table; all but observations without the columns round, unit_code and source_file."""

    observations: list[dict] = field(default_factory=list)
    ledger: Columns = field(default_factory=lambda: Columns(COLUMNS))
    narratives: list[dict] = field(default_factory=list)
    proposals: list[dict] = field(default_factory=list)
