"""corrections.csv applied to candidates: in the open, guarded by what the cell said when it was decided."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from decimal import Decimal

from planreview.catalogue import Catalogue, periods
from planreview.catalogue.corrections import Correction
from planreview.catalogue.texts import plain

CONTESTED = "_contested"
SET_ASIDE = "check.correction_set_aside"


def correct(candidates: Iterable[dict], corrections: Sequence[Correction]) -> list[dict]:
    """Candidates (rows of ``observations``) under the corrections that name them; the dropped ones are gone.

    A corrected candidate carries the ids in ``correction_id``; a flagged one is contested, a confirmed one is not.
    """
    by_question: dict[tuple, list[Correction]] = {}
    for correction in corrections:
        by_question.setdefault(_question(correction), []).append(correction)
    corrected = []
    for row in candidates:
        for correction in by_question.get(_of(row), ()):
            if _meant(correction, row):
                row = _apply(correction, row)
                if row is None:
                    break
        else:
            corrected.append(row)
    return corrected


def set_aside(observations: Iterable[dict], catalogue: Catalogue, unit_code: str) -> list[dict]:
    """An issue for each correction of a unit's numbers whose cell no longer says what was corrected."""
    mine = [correction for correction in catalogue.corrections if correction.unit_code == unit_code]
    if not mine:
        return []
    by_question: dict[tuple, list[dict]] = {}
    for row in observations:
        by_question.setdefault(_of(row), []).append(row)
    issues = []
    for correction in mine:
        rows = by_question.get(_question(correction), [])
        if not any(_meant(correction, row) for row in rows):
            issues.append(_issue(correction, rows, catalogue))
    return issues


def lessened(
    issues: Iterable[dict],
    observations: Iterable[dict],
    catalogue: Catalogue,
    found_after: Callable[[list[dict]], list[dict]] | None = None,
) -> list[dict]:
    """Issues of checks (rows of ``issues``), those at numbers that somebody has decided about lessened to notes.

    What the file says stays said; that it is settled, by whom and why, stands beside it. found_after: the same checks,
    of the corrected rows; a warning that they no longer give is settled by the corrections of the other numbers. An
    error stays until its own number is mended: it keeps this from being used.
    """
    observations = list(observations)
    places: dict[tuple, list[Correction]] = {}
    if catalogue.corrections:
        named = {_question(c) for c in catalogue.corrections if c.action != "flag"}
        for row in observations:
            if _of(row) in named and (found := [c for c in corrections_of(row, catalogue) if c.action != "flag"]):
                places[row["source_file"], row["sheet"], row["cell"]] = found
    still = None
    if places and found_after:
        still = {_said_of(i) for i in found_after(correct(observations, catalogue.corrections))}
    rows = []
    for issue in issues:
        settled = places.get((issue["source_file"], issue["sheet"], issue["cell"])) if issue["cell"] else None
        if settled and issue["code"].startswith(("check.", "unit.")) and issue["code"] != SET_ASIDE:
            said = "; ".join(f"“{c.id}” ({c.action}, “{c.who}: {c.reason}”)" for c in settled)
            issue = issue | {"severity": "info", "suggestion_vi": f"Đã xử lý bằng corrections.csv: {said}"}
        elif still is not None and issue["severity"] == "warning" and _said_of(issue) not in still:
            issue = issue | {"severity": "info", "suggestion_vi": "Không còn sau các hiệu chỉnh trong corrections.csv"}
        rows.append(issue)
    return rows


def _said_of(issue: dict) -> tuple:
    return tuple(issue[c] for c in ("code", "round", "source_file", "sheet", "cell", "indicator_code"))


def listed(observations: Iterable[dict], catalogue: Catalogue, units: Container[str]) -> list[dict]:
    """Every correction of the units' numbers, in the order of the file, with what became of it.

    Keys: correction (the line itself), old (rows of ``observations`` that it holds for, as they were submitted), new
    (the same corrected, None where dropped), in_force, why_not (Vietnamese, '' where it is in force).
    """
    by_question: dict[tuple, list[dict]] = {}
    for row in observations:
        by_question.setdefault(_of(row), []).append(row)
    rows = []
    for correction in catalogue.corrections:
        if correction.unit_code not in units:
            continue
        asked = by_question.get(_question(correction), [])
        old = [row for row in asked if _meant(correction, row)]
        said = ", ".join(f"“{row['raw']}”" for row in asked)
        why_not = "" if old else f"ô nay ghi {said}" if asked else "tệp không còn số này"
        new = [_apply(correction, row) for row in old]
        rows.append({"correction": correction, "old": old, "new": new, "in_force": bool(old), "why_not": why_not})
    return rows


def corrections_of(observation: dict, catalogue: Catalogue) -> list[Correction]:
    """The corrections in force for one observation."""
    return [c for c in catalogue.corrections if _question(c) == _of(observation) and _meant(c, observation)]


def _question(correction: Correction) -> tuple:
    return (
        correction.round, correction.unit_code, correction.indicator_code, correction.period, correction.kind,
        correction.plan,
    )  # fmt: skip


def _of(row: dict) -> tuple:
    return row["round"], row["unit_code"], row["indicator_code"], row["period"], row["kind"], row["plan"]


def _meant(correction: Correction, row: dict) -> bool:
    same_area = correction.area_code in ("", row["area_code"])
    return same_area and plain(row["raw"]) == plain(correction.expect)


def _apply(correction: Correction, row: dict) -> dict | None:
    if correction.action == "drop":
        return None
    row = row | {"correction_id": ";".join(filter(None, (row.get("correction_id", ""), correction.id)))}
    if correction.action in ("flag", "confirm"):
        return row | {CONTESTED: correction.action == "flag"}
    if correction.action == "override":
        exact = {"value": float(correction.value), "value_upper": None, "qualifier": ""}
        return row | exact | {"digits": max(0, -correction.value.as_tuple().exponent), CONTESTED: False}
    scaled = {c: _times(row[c], correction.value) for c in ("value", "value_upper")}
    digits = row["digits"] - correction.value.adjusted() if row["value"] is not None else row["digits"]
    return row | scaled | {"digits": max(0, digits), CONTESTED: False}


def _times(value: float | None, factor: Decimal) -> float | None:
    return None if value is None else float(Decimal(repr(value)) * factor)


def _issue(correction: Correction, rows: list[dict], catalogue: Catalogue) -> dict:
    name = catalogue.indicators[correction.indicator_code].name
    said = ", ".join(f"“{row['raw']}”" for row in rows)
    now = f"nay ghi {said}" if rows else "nay không còn số nào"
    first = rows[0] if rows else {}
    return {
        "round": correction.round,
        "unit_code": correction.unit_code,
        "severity": "warning",
        "code": SET_ASIDE,
        "message_vi": f"Hiệu chỉnh {correction.id} không còn hiệu lực: {name}, {periods.words(correction.period)} được "
        f"hiệu chỉnh khi tệp ghi “{correction.expect}”, {now}",
        "suggestion_vi": "Hãy xem lại dòng này trong corrections.csv, sửa cột expect hoặc xóa dòng",
        **{c: first.get(c, "") for c in ("source_file", "sheet", "cell", "raw")},
        "indicator_code": correction.indicator_code,
    }
