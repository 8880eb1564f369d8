"""The page of who sent what, for all units: each round with its coverage, then unit by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from pathlib import PurePosixPath

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Heading, Paragraph, Parts, Raw, Table
from planreview.catalogue import texts
from planreview.catalogue.rounds import VIETNAM
from planreview.intake.chasing import headline
from planreview.intake.submissions import READ, RoundStatus, group_of, state
from planreview.narrative import words
from planreview.narrative.submissions import TONES

TITLE = "Theo dõi việc gửi biểu số liệu"
_SOURCE = "Nguồn: sổ nhận tệp (received.csv) và kết quả đọc tệp"


def register_page(
    rounds: Sequence[RoundStatus], settled: Sequence[Mapping] = (), *, published: Container[str] = ()
) -> list[Block]:
    """The blocks of the page. ``settled``: what became of the issues of each file (``feedback.history.by_file``);
    ``published``: the rounds for which published figures are at hand."""
    if not rounds:
        return [Heading(TITLE, 1), Finding("Đến kỳ này chưa có đợt nào yêu cầu đơn vị gửi biểu.")]
    parts = []
    for status in rounds:
        parts += _round(status, status.round.code in published)
        parts += _settled(status, [file for file in settled if file["round"] == status.round.code])
    return [Heading(TITLE, 1), *parts]


def provenance_line(rounds: Sequence[RoundStatus]) -> str:
    """What the forms on the page are, in words; '' where none came."""
    found = {p for status in rounds for p in status.data["provenance"]} - {""}
    return texts.sentence(", ".join(words.PROVENANCES[p] for p in sorted(found)))


def _round(status: RoundStatus, has_published: bool) -> list[Block]:
    start = headline(status.round).removeprefix(f"{status.round.title}; ")
    blocks = [Heading(status.round.title), Paragraph(f"{texts.sentence(start)}.")]
    if not (status.data["source_file"] != "").any():
        owed = "; ".join(map(str, status.coverage))
        said = " Số liệu của đợt này trên các trang báo cáo là số liệu công bố." if has_published else ""
        return [*blocks, Finding(f"Chưa có đơn vị nào gửi biểu. {owed}.{said}", "open")]
    return [*blocks, *_coverage(status), _by_unit(status)]


def _coverage(status: RoundStatus) -> list[Block]:
    owed = status.data[status.data["due"]]
    owed = owed.assign(group=owed["kind"].map(group_of))
    if owed.empty:
        return [Paragraph("Đợt này không yêu cầu đơn vị nào gửi biểu; các tệp dưới đây do đơn vị tự gửi.")]
    rows = []
    for line in status.coverage:
        mine = owed[(owed["group"] == line.group) & (owed["form"] == line.form)]
        rows.append([texts.sentence(line.group), line.form, f"{line.sent}/{line.due}", _counted(mine)])
    return [
        Table(
            caption="Số đơn vị đã gửi biểu đọc được trên số đơn vị phải gửi",
            columns=("Nhóm đơn vị", "Biểu", "Đã gửi", "Trong đó"),
            rows=rows,
            align="lccl",
            source=_SOURCE,
        )
    ]


def _counted(rows: pd.DataFrame) -> str:
    """``9 đúng hạn, 2 nộp muộn, 1 chưa nộp; 11 biểu là số liệu mô phỏng``."""
    counts = rows["status"].value_counts()
    said = ", ".join(f"{counts[s]} {word}" for s, word in texts.FILE_STATUSES.items() if s in counts.index)
    simulated = int((rows["status"].isin(READ) & (rows["provenance"] == "simulated")).sum())
    return f"{said}; {simulated} biểu là {words.PROVENANCES['simulated']}" if simulated else said


def _by_unit(status: RoundStatus) -> Table:
    data = status.data.assign(group=status.data["kind"].map(group_of))
    order = {group: n for n, group in enumerate(dict.fromkeys(data["group"]))}
    data = data.sort_values("group", key=lambda groups: groups.map(order), kind="stable", ignore_index=True)
    firsts = data.drop_duplicates("group")["group"]
    return Table(
        caption="Từng đơn vị: biểu phải gửi và tệp đã nhận",
        columns=("Đơn vị", "Biểu", "Tình trạng", "Ngày nhận", "Tệp", "Nguồn số liệu"),
        rows=[_row(row) for row in data.to_dict("records")],
        groups={int(n): texts.sentence(group) for n, group in firsts.items()},
        source=_SOURCE,
    )


def _row(row: dict) -> list[Parts]:
    said = state(row)
    if row["days_late"]:
        said = f"{said} {texts.number(row['days_late'], 0)} ngày"
    moment = row["received_at"]
    arrived = dt.datetime.fromisoformat(moment).astimezone(VIETNAM).date() if isinstance(moment, str) else None
    return [
        f"{row['unit_name']} ({row['unit_code']})",
        row["form"] or "–",
        [Badge(said, TONES[row["status"]])],
        texts.date(arrived) if arrived else "–",
        [Raw(PurePosixPath(row["source_file"]).name)] if row["source_file"] else "–",
        _provenance(row["provenance"]),
    ]


def _settled(status: RoundStatus, files: Sequence[Mapping]) -> list[Block]:
    """How many issues each file had, and what has become of them since."""
    if not files:
        return []
    names = dict(zip(status.data["unit_code"], status.data["unit_name"], strict=True))
    rows = [_settled_row(file, names.get(file["unit_code"], "")) for file in files]
    still_open = sum(file["open"] for file in files)
    return [
        Table(
            caption=f"Lỗi và cảnh báo trong từng tệp: còn {texts.number(still_open, 0)} vấn đề chưa xong"
            if still_open
            else "Lỗi và cảnh báo trong từng tệp: không còn vấn đề nào chưa xong",
            columns=(
                "Đơn vị",
                "Tệp",
                "Số vấn đề",
                "Còn mở",
                "Đã trả lời",
                "Vẫn còn ở tệp gửi sau",
                "Đã xong",
                "Nhờ tệp",
            ),
            rows=rows,
            align="llrrrrrl",
            source=_SOURCE,
        )
    ]


def _settled_row(file: Mapping, name: str) -> list[Parts]:
    counts = [texts.number(file[c], 0) for c in ("issues", "open", "answered", "repeated", "closed")]
    by = [part for path in file["by"] for part in (", ", Raw(PurePosixPath(path).name))][1:]
    return [f"{name} ({file['unit_code']})", [Raw(PurePosixPath(file["source_file"]).name)], *counts, by or "–"]


def _provenance(provenance: str) -> Parts:
    if not provenance:
        return "–"
    said = words.PROVENANCES[provenance]
    return [Badge(said, "open")] if provenance == "simulated" else said
