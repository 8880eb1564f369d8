"""The forms of a round, for all units that owe one, into a folder ready to be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planreview.catalogue import Catalogue, Round
from planreview.catalogue.rounds import VIETNAM
from planreview.errors import UsageError
from planreview.figures import CleanedTables
from planreview.forms.build import build_form
from planreview.forms.outbox import Outbox
from planreview.forms.prefill import Prefill, prefill_of
from planreview.project import Project

FOLDER = "bieu-mau"


@dataclass
class Made:
    """The files of a round, in order of units; those ``kept`` because somebody has changed them since they were made;
    and what must be said: who gets no form, and why."""

    round: str
    out: Path
    files: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_forms(
    project: Project,
    *,
    round_code: str | None = None,
    units: Sequence[str] | None = None,
    prefill_from: str | None = None,
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Made:
    """Write ``<out>/<round>/<unit>/bieu-<form>__<unit>__<round>.xlsx`` for each unit and form that the round expects.

    A file that stands there already is only replaced where it is, byte for byte, what an earlier run wrote.

    Raises UsageError for a round that is not declared or expects nothing, UnknownUnit for a unit not in units.csv,
    StaleTables where values of ``prefill_from`` are asked for and nothing current was cleaned.
    """
    catalogue = Catalogue.of(project.reference)
    round_ = catalogue.round(round_code) if round_code else default_round(catalogue, dt.datetime.now(VIETNAM))
    if not round_.expects:
        raise UsageError(
            f"Đợt {round_.code} không yêu cầu đơn vị nào gửi biểu",
            remedy="Hãy chọn đợt khác, hoặc khai báo expects của đợt trong data/reference/rounds.toml",
        )
    asked = [catalogue.unit(u) for u in units] if units else list(catalogue.units.values())
    earlier = _earlier(catalogue, prefill_from, round_) if prefill_from else None
    figures = CleanedTables(project, catalogue).figures(earlier.code) if earlier else None
    made = Made(round_.code, out or project.reports / FOLDER)
    outbox = Outbox(made.out / round_.code)
    bare: list[str] = []
    idle: dict[str, list[str]] = {}
    for unit in asked:
        forms = round_.expects.get(unit.kind, ()) if unit.existed_on(round_.deadline.date()) else ()
        if not forms:
            if units:
                made.notes.append(f"{unit.name} ({unit.code}) không phải gửi biểu nào trong đợt {round_.code}")
            continue
        prefill = prefill_of(figures, unit, earlier) if earlier else Prefill()
        if earlier and not prefill.values:
            bare.append(unit.code)
        for form in forms:
            content = build_form(form, unit, round_, catalogue, prefill)
            if content is None:
                idle.setdefault(form, []).append(unit.code)
                continue
            name = f"{unit.code}/bieu-{form}__{unit.code}__{round_.code}.xlsx"
            written = outbox.put(name, content)
            (made.files if written else made.kept).append(outbox.folder / name)
        progress(unit.code)
    if earlier and bare:
        made.notes.append(
            f"Không có số nào của đợt {earlier.code} để điền sẵn cho {len(bare)} đơn vị: {', '.join(bare)}"
        )
    for form, codes in idle.items():
        who = ", ".join(codes)
        made.notes.append(f"Không có Phụ lục {form} cho {len(codes)} đơn vị không phụ trách chỉ tiêu nào: {who}")
    made.notes += [
        f"Giữ nguyên {path}: tệp khác với biểu mà planreview đã ghi, có thể đã được điền. "
        "Nếu cần biểu trống mới, hãy chuyển tệp này đi nơi khác rồi chạy lại"
        for path in made.kept
    ]
    return made


def default_round(catalogue: Catalogue, now: dt.datetime) -> Round:
    """The next round that expects forms and is not over, else the last such one of the default cycle."""
    asking = [r for r in catalogue.rounds.values() if r.expects]
    coming = next((r for r in asking if r.deadline >= now), None)
    if coming is None:
        coming = next((r for r in reversed(asking) if r.cycle == catalogue.default_cycle.code), None)
    if coming is None:
        raise UsageError(
            "Không có đợt nào yêu cầu gửi biểu", remedy="Hãy khai báo expects của đợt trong data/reference/rounds.toml"
        )
    return coming


def _earlier(catalogue: Catalogue, code: str, round_: Round) -> Round:
    earlier = catalogue.round(code)
    if earlier.deadline >= round_.deadline:
        raise UsageError(
            f"Đợt {earlier.code} không sớm hơn đợt {round_.code} nên không thể lấy số để điền sẵn",
            remedy="Hãy chọn một đợt trước đó cho --prefill-from",
        )
    return earlier
