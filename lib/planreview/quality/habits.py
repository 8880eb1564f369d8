"""Numbers that come from no count: targets written as estimates, a form sent again, one number in many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planreview.catalogue import Catalogue, periods
from planreview.quality.issues import about, issue, issue_of_sheet, number, number_at, significant
from planreview.quality.lines import Column, Line, Table

AS_TARGET, COPY, REPEATED, REACHED = "check.as_target", "check.copy", "check.repeated", "check.target_reached"
CODES = (AS_TARGET, COPY, REPEATED, REACHED)

_MANY, _MOSTLY = 10, 0.5  # estimates that equal their targets
_COPIED, _NEARLY_ALL = 20, 0.9  # estimates of a form that is last round's
_ROWS, _TELLING = 5, 3  # rows of a column with one number of so many significant digits
_BELOW = 0.05  # a target so far below what is reached is worth a question


def suspicious(table: Table, before: Table | None, catalogue: Catalogue) -> Iterator[dict]:
    """Issues about a table as a whole, and about targets that are reached before their plan begins."""
    if before is not None:
        yield from _copied(table, before)
    yield from _repeated(table)
    for line in table.lines.values():
        yield from _reached(line)


def as_targets(tables: Iterable[Table]) -> Iterator[dict]:
    """Estimates that equal their targets to the last digit, in many rows of a file: one issue for each of its sheets. A
    rate that can rise no further is none."""
    files: dict[tuple[str, str], list[tuple[int, list[dict]]]] = {}
    for table in tables:
        if not table.published:
            files.setdefault((table.place.round, table.place.source_file), []).append(_equal(table))
    for sheets in files.values():
        pairs, same = sum(n for n, _ in sheets), sum(len(rows) for _, rows in sheets)
        if same < _MANY or same < _MOSTLY * pairs:
            continue
        for rows in (rows for _, rows in sheets if rows):
            yield issue_of_sheet(
                rows,
                "warning",
                AS_TARGET,
                f"Số ước thực hiện trùng khít mục tiêu ở {same}/{pairs} chỉ tiêu của tệp",
                "Hãy ước theo số liệu thực tế của các tháng đã qua; số được giữ nguyên",
            )


def _equal(table: Table) -> tuple[int, list[dict]]:
    """How many estimates of a table have a target, and those that equal it."""
    pairs, same = 0, []
    for line in table.lines.values():
        for column, row in line.cells.items():
            target = _target_of(line, column) if row["kind"] == "estimate" and column.yearly else None
            if target is None or row["value"] in (line.indicator.limit_high, line.indicator.limit_low, 100, 0):
                continue
            pairs += 1
            if row["value"] == target["value"]:
                same.append(row)
    return pairs, same


def _target_of(line: Line, column: Column) -> dict | None:
    """The target of a year: an annual one, or that of a plan that ends with it where the last year is what counts."""
    for other, row in line.cells.items():
        if other.result or other.last != column.last or other.plan == "proposed":
            continue
        if other.yearly or line.indicator.five_year_rule in ("end_value", ""):
            return row
    return None


def _copied(table: Table, before: Table) -> Iterator[dict]:
    """A form whose estimates are all those of the round before: nothing was brought up to date."""
    pairs, same = 0, []
    for code, line in table.lines.items():
        for column, row in line.cells.items():
            if row["kind"] != "estimate" or not row["value"] or row["value"] == line.indicator.limit_high:
                continue
            other = before.cell(code, column)
            if other is not None and other["kind"] == "estimate":
                pairs += 1
                if row["value"] == other["value"]:
                    same.append(row)
    if pairs >= _COPIED and len(same) >= _NEARLY_ALL * pairs:
        yield issue_of_sheet(
            same,
            "warning",
            COPY,
            f"Số ước thực hiện giống hệt tệp đợt trước “{before.place.source_file}” ở {len(same)}/{pairs} chỉ tiêu",
            "Hãy hỏi đơn vị có gửi nhầm tệp cũ không; số được giữ nguyên",
        )


def _repeated(table: Table) -> Iterator[dict]:
    """One telling number in many rows of a column."""
    columns: dict[tuple[Column, float], list[dict]] = {}
    for line in table.lines.values():
        for column, row in line.cells.items():
            columns.setdefault((column, row["value"]), []).append(row)
    for rows in columns.values():
        if len(rows) >= _ROWS and significant(rows[0]["value"]) >= _TELLING:
            yield issue_of_sheet(
                rows,
                "warning",
                REPEATED,
                f"Cùng một số {number(rows[0])} được ghi ở {len(rows)} chỉ tiêu khác nhau của một cột "
                f"({periods.words(rows[0]['period'])})",
                "Hãy xem lại có kéo công thức hay dán nhầm không; số được giữ nguyên",
            )


def _reached(line: Line) -> Iterator[dict]:
    """A target of the next plan that the last result already passes: no plan, or a number in the wrong place."""
    sign = {"up": 1, "down": -1}.get(line.indicator.direction)
    if sign is None or not line.results or not line.plans or line.indicator.five_year_rule != "end_value":
        return  # a year may well bring less than the one before; a state that is reached is kept
    last = line.results[max(line.results)]
    target = line.plans[max(line.plans)]
    if max(line.plans) <= max(line.results):
        return
    first = line.results[min(line.results)]
    if sign * (last["value"] - first["value"]) < 0:
        return  # what has been getting worse may be planned to
    short = sign * (last["value"] - target["value"])
    if short > _BELOW * abs(last["value"]):
        low = "thấp" if sign > 0 else "cao"
        yield issue(
            target,
            "info",
            REACHED,
            f"{about(line.indicator, target)}: {number_at(target)} {low} hơn mức đã đạt {number_at(last)} "
            f"{periods.words(last['period'])} ({line.indicator.unit})",
            "Hãy xem lại mục tiêu; nếu chủ trương là như vậy, nêu lý do ở thuyết minh",
        )
