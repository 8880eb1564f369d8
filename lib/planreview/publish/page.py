"""What a document says of itself: whose it is, of which round, from whom, and whether its numbers are real."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """``siblings`` are (title, href) of the unit's other pages, ``papers`` (name, href) of the same report for Word and
    print; ``unit`` is '' on a page about all units.

    For paper: ``issuer`` is the body above and the issuing body itself, of one line or more ('' = left to be filled
    in), ``seat`` the place written before the date, ``mark`` what stands at the head of every page ('' where all
    numbers are real), ``brief`` a document that must fit on two pages.
    """

    title: str
    unit: str
    unit_name: str
    cycle: str
    cycle_title: str
    as_of: str
    as_of_title: str
    provenance_line: str
    index_href: str
    siblings: tuple[tuple[str, str], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    issuer: tuple[str, str] = ("", "")
    seat: str = ""
    mark: str = ""
    brief: bool = False
