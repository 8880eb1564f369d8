"""One more name for an indicator: a line of aliases.csv, by whom and when."""

from __future__ import annotations

import csv
import datetime as dt
import getpass
import io
from pathlib import Path

from planreview.catalogue import Catalogue
from planreview.catalogue.lookup import Lookup
from planreview.catalogue.texts import plain
from planreview.errors import UsageError
from planreview.intake.matching import key
from planreview.project import Project

_COLUMNS = ["name", "indicator_code", "who", "when", "note"]


def add_alias(project: Project, name: str, code: str, *, note: str = "") -> tuple[bool, str]:
    """Write that ``name`` means an indicator; whether anything was written, and what to say of it.

    Raises UsageError for a name of nothing, a code that does not exist, and a name that already means another one.
    """
    catalogue = Catalogue.of(project.reference)
    name = plain(name)
    if not any(c.isalpha() for c in key(name)):
        raise UsageError("Tên chỉ tiêu để trống", remedy="Hãy ghi tên như trong biểu, trong dấu ngoặc kép")
    if code.upper() not in catalogue.indicators:
        near = Lookup(catalogue).find(code)[:3]
        meant = "; ".join(f"{c} {catalogue.indicators[c].name}" for c in near)
        raise UsageError(
            f"Không có chỉ tiêu mã “{code}”",
            remedy=f"Có phải là: {meant}" if meant else "Hãy xem mã trong data/reference/indicators.csv",
        )
    indicator = catalogue.indicators[code.upper()]
    others = {c for n, c in catalogue.names if key(n) == key(name)}
    if indicator.code in others:
        return False, f"“{name}” đã là tên của {indicator.code} {indicator.name}; không phải ghi gì"
    if others:
        meant = "; ".join(f"{c} {catalogue.indicators[c].name}" for c in sorted(others))
        raise UsageError(
            f"“{name}” đã là tên của {meant}",
            remedy="Một tên chỉ nên nói về một chỉ tiêu: hãy sửa tên trong biểu, hoặc bỏ dòng cũ trong aliases.csv",
        )
    today = dt.datetime.now().astimezone().date().isoformat()
    _append(project.reference / "aliases.csv", [name, indicator.code, getpass.getuser(), today, note])
    return True, f"Đã ghi: “{name}” là {indicator.code} {indicator.name}. Hãy chạy lại: planreview clean"


def _append(path: Path, values: list[str]) -> None:
    """Add a line in the columns that the file has, and touch nothing else of it."""
    written = path.read_bytes()
    columns = next(csv.reader(io.StringIO(written.decode("utf-8-sig"))), _COLUMNS)
    line = io.StringIO()
    csv.DictWriter(line, columns, restval="", extrasaction="ignore", lineterminator="\n").writerow(
        dict(zip(_COLUMNS, values, strict=True))
    )
    begins = b"" if not written or written.endswith(b"\n") else b"\n"
    with path.open("ab") as file:
        file.write(begins + line.getvalue().encode("utf-8"))
