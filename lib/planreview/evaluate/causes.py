"""Why, in the units' own words: causes and successes by a declared vocabulary (data/reference/causes.csv), words shown.

Nothing is inferred: a text has a theme because words of the vocabulary stand in it, and these are named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from planreview.catalogue.texts import plain

HINDERED, HELPED = "cản trở", "thuận lợi"
OBJECTIVE, SUBJECTIVE = "khách quan", "chủ quan"
_HINDERING = ("cause", "difficulty", "shortcoming", "responsibility")
_HELPING = ("cause", "achievement", "advantage")
_MISSED = ("không đạt", "dự kiến không đạt", "nguy cơ không đạt")
_EXCEEDED = ("vượt", "dự kiến đạt")
NO_THEME = "chưa xếp được theo bộ từ"
COLUMNS = ["theme", "axis", "axis_by", "words", "status"]


def causes(narratives: pd.DataFrame, results: pd.DataFrame, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """Texts on causes, difficulties, shortcomings and responsibility, one row per text and theme.

    A text on an indicator counts only where its main result was missed or is in danger; a text on none always.
    Columns: those of ``narratives``, theme, axis (khách quan, chủ quan), axis_by (``tiêu đề`` where the unit's own
    heading says it, else ``bộ từ``), words (the matched words as typed, joined by ``; ``), status (of the indicator's
    main result, '' for a text on none). A text without any word of the vocabulary has one row, theme "chưa xếp được
    theo bộ từ".
    """
    told = narratives[narratives["topic"].isin(_HINDERING)]
    return _themed(told, results, vocabulary[vocabulary["side"] == HINDERED], _MISSED)


def successes(narratives: pd.DataFrame, results: pd.DataFrame, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """What the units say helped, one row per text and theme; columns as ``causes``.

    A text on an indicator counts only where its main result exceeded the target beyond rounding, a text on none where
    it stands among achievements or advantages. Only texts in which words of the vocabulary's helping side stand.
    """
    told = narratives[narratives["topic"].isin(_HELPING)]
    told = told[(told["topic"] != "cause") | (told["indicator_code"] != "")]
    exceeded = results[results["deviation"].abs() > results["tolerance"]]
    found = _themed(told, exceeded, vocabulary[vocabulary["side"] == HELPED], _EXCEEDED)
    return found[found["theme"] != NO_THEME].reset_index(drop=True)


def _themed(
    told: pd.DataFrame, results: pd.DataFrame, vocabulary: pd.DataFrame, statuses: tuple[str, ...]
) -> pd.DataFrame:
    main = results[results["main"]].drop_duplicates(["provenance", "area_code", "indicator_code"])
    keys = ["provenance", "area_code", "indicator_code"]
    data = told.merge(main[[*keys, "status"]], on=keys, how="left")
    data["status"] = data["status"].fillna("")
    data = data[(data["indicator_code"] == "") | data["status"].isin(statuses)]
    patterns = list(_patterns(vocabulary))
    rows = []
    for row in data.to_dict("records"):
        found = [
            row | {"theme": theme, "axis": _axis(row["heading"]) or axis, "words": "; ".join(words)}
            for theme, axis, pattern in patterns
            if (words := list(dict.fromkeys(m.group() for m in pattern.finditer(row["text"]))))
        ]
        rows += found or [row | {"theme": NO_THEME, "axis": _axis(row["heading"]), "words": ""}]
    for row in rows:
        row["axis_by"] = "tiêu đề" if _axis(row["heading"]) else "bộ từ" if row["axis"] else ""
    return pd.DataFrame(rows, columns=[*told.columns, *COLUMNS])


def _patterns(vocabulary: pd.DataFrame) -> Iterator[tuple[str, str, re.Pattern]]:
    """Theme, axis and pattern of each line: whole words, capitals or not, the longest first."""
    for row in vocabulary.to_dict("records"):
        words = sorted((w.strip() for w in row["words"].split(";") if w.strip()), key=len, reverse=True)
        joined = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
        yield row["theme"], row["axis"], re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _axis(heading: str) -> str:
    """What the unit itself calls the cause in its heading, '' where it does not say."""
    text = plain(heading)
    return next((axis for axis in (OBJECTIVE, SUBJECTIVE) if axis in text), "")
