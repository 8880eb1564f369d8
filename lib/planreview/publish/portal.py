"""The index of a cycle's reports: which unit, which pages, what could be judged, what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planreview.publish.html import templates


@dataclass(frozen=True)
class PageLink:
    """A document that can be opened; ``href`` is relative to the index. ``papers``: the same for Word and print, each
    (name, href)."""

    title: str
    href: str
    papers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Failure:
    """A report that could not be made, and why (one sentence)."""

    title: str
    sentence: str


@dataclass(frozen=True)
class UnitEntry:
    """One unit's line; ``summaries`` says how it did, a sentence for each kind of numbers."""

    code: str
    name: str
    pages: tuple[PageLink, ...] = ()
    summaries: tuple[str, ...] = ()
    n_issues: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Edition:
    """All reports as of one round. ``register``: the page of who sent what."""

    as_of: str
    title: str
    units: tuple[UnitEntry, ...]
    register: PageLink | None = None


def render_index(cycle_title: str, editions: Sequence[Edition]) -> str:
    """The index page, the latest edition first and open; ``editions`` come latest first."""
    return templates().get_template("index.html").render(cycle_title=cycle_title, editions=editions)
