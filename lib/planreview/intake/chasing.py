"""The list of who sent what and who must be reminded: as lines for a terminal, and as a workbook to forward."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path, PurePosixPath

from planreview.catalogue import Round, texts
from planreview.catalogue.rounds import VIETNAM
from planreview.errors import PlanReviewError, UsageError
from planreview.intake.submissions import RoundStatus, state
from planreview.workbooks.lists import Column, ListSheet, list_workbook

TITLE = "DANH SÁCH THEO DÕI VIỆC GỬI BIỂU SỐ LIỆU"
CLOSING = (
    "Đề nghị các đơn vị ghi “chưa nộp” gửi biểu; các đơn vị ghi “không đọc được” hoặc chỉ có tệp kèm theo gửi lại biểu "
    "dạng bảng tính .xlsx, không đặt mật khẩu."
)
_URGENT = ("missing", "unreadable", "attachment", "late", "undated", "on_time", "duplicate")
_CHASED = _URGENT[:3]
_COLUMNS = (
    Column("STT", 5, "center"),
    Column("Đơn vị", 36),
    Column("Biểu", 6, "center"),
    Column("Tình trạng", 22),
    Column("Số ngày trễ", 8, "center"),
    Column("Tệp", 32),
    Column("Ngày nhận", 12, "center"),
)


def headline(round_: Round) -> str:
    """``Đợt …; hạn gửi: 23:59 ngày 30/6/2020``."""
    return f"{round_.title}; hạn gửi: {round_.deadline:%H:%M} ngày {texts.date(round_.deadline)}"


def printed(status: RoundStatus) -> list[str]:
    """The list by unit as lines of even columns, and how many sent."""
    headings = [column.heading for column in _COLUMNS[1:]]
    rows = [[_said(cell) for cell in _cells(row)] for row in status.data.to_dict("records")]
    if not rows:
        return [headline(status.round), "Đợt này không yêu cầu đơn vị nào gửi biểu, và chưa có tệp nào được gửi."]
    widths = [max(len(row[n]) for row in [headings, *rows]) for n in range(len(headings))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in [headings, *rows]]
    return [headline(status.round), *lines, *(f"{line} đã gửi biểu đọc được" for line in status.coverage)]


def chase_list(status: RoundStatus, day: dt.date) -> bytes:
    """The workbook: of what is owed, what is missing first, then what cannot be read; last the other files that came.

    ``day`` is the day of the list.
    """
    order = status.data["status"].map({word: n for n, word in enumerate(_URGENT)}) + len(_URGENT) * ~status.data["due"]
    ordered = status.data.assign(_order=order).sort_values("_order", kind="stable").to_dict("records")
    chased = any(row["due"] and row["status"] in _CHASED for row in ordered)
    return list_workbook(
        ListSheet(
            name="Danh sách",
            title=TITLE,
            above=[
                headline(status.round),
                f"Lập ngày {texts.date(day)}",
                *(f"{line} đã gửi biểu đọc được" for line in status.coverage),
            ],
            columns=_COLUMNS,
            rows=[[number, *_cells(row)] for number, row in enumerate(ordered, 1)],
            below=[CLOSING] if chased else [],
        ),
        day,
    )


def write_list(status: RoundStatus, out: Path) -> None:
    """Write today's list. Raises PlanReviewError where it cannot be written."""
    content = chase_list(status, dt.datetime.now(VIETNAM).date())
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(out)
    except OSError as failure:
        raise PlanReviewError(
            f"Không ghi được danh sách ({failure.strerror})",
            place=str(out),
            remedy="Hãy đóng tệp này nếu đang mở, rồi chạy lại",
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def check_name(out: Path | None) -> None:
    """Raise UsageError where the list is to be written to something that is no .xlsx."""
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError(
            f"Danh sách chỉ ghi được ra tệp .xlsx (đang ghi “{out.name}”)", place="--out", remedy="Hãy đổi tên tệp"
        )


def _cells(row: dict) -> list[str | int | dt.date | None]:
    moment = row["received_at"] if isinstance(row["received_at"], str) else ""
    return [
        f"{row['unit_name']} ({row['unit_code']})",
        row["form"] or None,
        state(row) + (f" ({texts.PROVENANCES['simulated']})" if row["provenance"] == "simulated" else ""),
        row["days_late"] or None,
        PurePosixPath(row["source_file"]).name or None,
        dt.datetime.fromisoformat(moment).astimezone(VIETNAM).date() if moment else None,
    ]


def _said(cell: str | int | dt.date | None) -> str:
    if cell is None:
        return "–"
    return texts.date(cell) if isinstance(cell, dt.date) else str(cell)
