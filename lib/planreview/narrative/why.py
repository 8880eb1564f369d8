"""Causes and successes in the units' own words, by theme and axis: counted and quoted, never inferred."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from planreview.blocks import Block, Part, Raw, Table
from planreview.catalogue import texts
from planreview.evaluate.causes import OBJECTIVE, SUBJECTIVE, causes, successes
from planreview.narrative import commentary, said, words
from planreview.narrative.numbers import NONE
from planreview.narrative.quotes import place
from planreview.review import Review

_AXES = {OBJECTIVE: "Nguyên nhân khách quan", SUBJECTIVE: "Nguyên nhân chủ quan", "": "Chưa rõ khách quan hay chủ quan"}
_WORDS = 6  # of the vocabulary, named beside a theme


def alike(data: pd.DataFrame, provenance: str) -> pd.Series:
    """Whether words may stand beside numbers of a provenance: simulated is joined with nothing."""
    return (data["provenance"] == "simulated") == (provenance == "simulated")


@lru_cache(maxsize=2)
def told(review: Review) -> pd.DataFrame:
    """The latest words about the unit's area: its own, and of the province also those of its offices."""
    others = review.narratives_of_units()
    others = others[others["area_code"] == review.unit.area_code]
    return said.newest(review, pd.concat([review.narratives(), others], ignore_index=True))[0]


@lru_cache(maxsize=4)
def hindered(review: Review, provenance: str) -> pd.DataFrame:
    """``evaluate.causes.causes`` of these words, each text and theme once."""
    data = causes(told(review), review.results(named=False), review.catalogue.causes)
    return data[alike(data, provenance)].drop_duplicates(["unit_code", "indicator_code", "text", "theme"])


@lru_cache(maxsize=4)
def helped(review: Review, provenance: str) -> pd.DataFrame:
    """``evaluate.causes.successes`` of these words."""
    data = successes(told(review), review.results(named=False), review.catalogue.causes)
    return data[alike(data, provenance)].drop_duplicates(["unit_code", "indicator_code", "text", "theme"])


def in_words(review: Review, bad: pd.DataFrame, provenance: str, most: int) -> str:
    """``dịch bệnh (30 chỉ tiêu), vốn và kinh phí (20 chỉ tiêu); nguyên nhân khách quan ở 60 chỉ tiêu, chủ quan ở …`` of
    the missed indicators ``bad``; '' where nobody says anything of one."""
    data = hindered(review, provenance)
    data = data[data["indicator_code"].isin(bad["indicator_code"]) & (data["words"] != "")]
    if data.empty:
        return ""
    counts = data.groupby("theme", sort=False)["indicator_code"].nunique().sort_values(ascending=False, kind="stable")
    first = [f"{theme} ({n} chỉ tiêu)" for theme, n in counts.head(most).items()]
    axes = data.groupby("axis")["indicator_code"].nunique()
    sides = [f"{axis} ở {axes[axis]} chỉ tiêu" for axis in (OBJECTIVE, SUBJECTIVE) if axis in axes.index]
    return f"{', '.join(first)}; nguyên nhân {', '.join(sides)}"


def without_cause(review: Review, bad: pd.DataFrame, provenance: str) -> pd.DataFrame:
    """Of missed indicators those of which neither a unit nor anybody in commentary gave a cause."""
    data = told(review)
    mine = data[alike(data, provenance) & (data["topic"] == "cause")]
    return bad[~bad["indicator_code"].isin({*mine["indicator_code"]} | commentary.told(review))]


def themes(review: Review, provenance: str) -> list[Block]:
    """Causes by axis and theme: how many indicators, and the words by which they were sorted."""
    data = hindered(review, provenance)
    if data.empty:
        return []
    rows, groups = [], {}
    for axis, title in _AXES.items():
        of_axis = data[data["axis"] == axis]
        if of_axis.empty:
            continue
        groups[len(rows)] = title
        sizes = of_axis.groupby("theme", sort=False)["indicator_code"].agg(lambda s: s[s != ""].nunique())
        for theme in sizes.sort_values(ascending=False, kind="stable").index:
            rows.append(_theme(theme, of_axis[of_axis["theme"] == theme]))
    return [
        Table(
            caption=f"Nguyên nhân do đơn vị nêu, xếp theo khách quan và chủ quan ({words.PROVENANCES[provenance]})",
            columns=("Nguyên nhân", "Số chỉ tiêu không đạt", "Số ý chung", "Từ trong lời đơn vị"),
            rows=rows,
            align="lrrl",
            groups=groups,
            source=said.source(review, data),
            note="Xếp theo từ có trong lời đơn vị; tiêu đề của đơn vị ghi khách quan hay chủ quan thì theo tiêu đề. "
            "Một ý có thể thuộc nhiều nguyên nhân.",
        )
    ]


def _theme(theme: str, rows: pd.DataFrame) -> list:
    found = list(dict.fromkeys(w.strip().lower() for text in rows["words"] for w in text.split(";") if w.strip()))
    shown: list[Part] = [part for word in found[:_WORDS] for part in (", ", Raw(word))][1:]
    more = " và các từ khác" if len(found) > _WORDS else ""
    of_one = rows[rows["indicator_code"] != ""]
    general = rows[rows["indicator_code"] == ""]["text"].nunique()
    return [
        texts.sentence(theme),
        *(texts.number(count, 0) if count else NONE for count in (of_one["indicator_code"].nunique(), general)),
        [*shown, *([more] if more else [])] or NONE,
    ]


def quoted(review: Review, code: str, provenance: str, topics: tuple[str, ...] = ("cause",)) -> list[Part]:
    """What units wrote on one indicator, with axis, office and place: ``“…” (khách quan; Sở Y tế; tệp › ô)``; []
    where nobody did."""
    data = told(review)
    mine = data[alike(data, provenance) & data["topic"].isin(topics) & (data["indicator_code"] == code)]
    axes = hindered(review, provenance)
    axes = axes[(axes["indicator_code"] == code) & (axes["axis"] != "")]
    parts: list[Part] = []
    for row in mine.drop_duplicates(["unit_code", "text"]).to_dict("records"):
        sides = [a for a in axes[axes["text"] == row["text"]]["axis"].unique() if a]
        who = [] if row["unit_code"] == review.unit.code else [review.catalogue.units[row["unit_code"]].name]
        lead = "; ".join([*sides, *who])
        parts += ["; " if parts else "", Raw(row["text"]), f" ({lead}{'; ' if lead else ''}", *place(row), ")"]
    return [part for part in parts if part]
