"""What units wrote themselves, word for word: never mixed with our own sentences, always with its place."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planreview.blocks import Badge, Block, Note, Paragraph, Part, Parts, Raw, Table
from planreview.narrative import commentary, focus, words
from planreview.narrative.numbers import NONE
from planreview.narrative.quotes import place
from planreview.review import Review

TOPICS = {
    "achievement": "thành tựu",
    "shortcoming": "tồn tại, hạn chế",
    "cause": "nguyên nhân",
    "responsibility": "trách nhiệm",
    "solution": "giải pháp",
    "lesson": "bài học",
    "advantage": "thuận lợi",
    "difficulty": "khó khăn, vướng mắc",
    "note": "đề xuất, kiến nghị",
}
_WHOSE = ["unit_code", "area_code", "indicator_code", "topic", "provenance"]
_WANTED = ("cause", "solution")  # what a missed target asks for


def of_missed(review: Review, missed: pd.DataFrame, provenance: str) -> list[Block]:
    """Cause and solution of each missed indicator as units wrote them; "cần bổ sung" where nobody did.

    ``missed``: rows of ``Review.results()`` of one provenance. Simulated words stand only beside simulated numbers. In
    the province's report the words of its districts stand too, as comparison: they speak of the district.
    """
    everyone = pd.concat([review.narratives(), review.narratives_of_units()], ignore_index=True)
    said, older = newest(review, everyone[everyone["topic"].isin(_WANTED) & _beside(everyone, provenance)])
    blocks: list[Block] = []
    if not focus.few(missed):  # a dozen districts on each of fifty indicators: theirs stand on their own pages
        of_places = (said["area_code"] != review.unit.area_code) & said["indicator_code"].isin(missed["indicator_code"])
        if of_places.any():
            units = said[of_places]["unit_code"].nunique()
            blocks.append(Note(f"{units} đơn vị cấp dưới cũng viết về các chỉ tiêu này, ghi ở trang của từng đơn vị."))
        said = said[~of_places]
    rows: list[list[Parts]] = []
    shown, unsaid, by_people = [], [], commentary.told(review)
    for code, name in zip(missed["indicator_code"], missed["indicator"], strict=True):
        about = said[said["indicator_code"] == code]
        if not (about["area_code"] == review.unit.area_code).any() and code not in by_people:
            unsaid.append(name)
        for unit in _in_order(review, code, about["unit_code"]):
            mine = about[about["unit_code"] == unit]
            due = mine["area_code"].iloc[0] == review.unit.area_code
            texts = (_texts(review, mine, t, due=due) for t in _WANTED)
            rows.append([name, _who(review, mine), *texts, _places(mine)])
            shown.append(mine)
    blocks += _wanted(unsaid)
    if rows:
        of_missed = older["indicator_code"].isin(missed["indicator_code"])
        blocks.append(
            Table(
                caption=f"Nguyên nhân và giải pháp do đơn vị viết, nguyên văn ({_kinds(pd.concat(shown))})",
                columns=("Chỉ tiêu", "Theo", "Nguyên nhân", "Giải pháp", "Nơi ghi"),
                rows=rows,
                source=source(review, pd.concat(shown)),
                note=_older_note(review, older[of_missed]),
            )
        )
    return blocks


def _wanted(names: list[str]) -> list[Block]:
    """Indicators of which nobody wrote what is due: one line each, many in one sentence."""
    wanted = Badge("cần bổ sung nguyên nhân và giải pháp", "bad")
    if len(names) > focus.NAMED:
        return [Paragraph([wanted, f" cho {len(names)} chỉ tiêu: {'; '.join(names)}."])]
    return [Paragraph([f"{name}: ", wanted]) for name in names]


def other_indicators(review: Review, missed: Iterable[tuple[str, str]]) -> list[Block]:
    """The unit's own words on indicators that no missed target asks for. ``missed``: (provenance, indicator_code)."""
    data = review.narratives()
    data = data[data["indicator_code"] != ""]
    asked = {(code, provenance == "simulated") for provenance, code in missed}
    told = [
        topic in _WANTED and (code, provenance == "simulated") in asked
        for code, topic, provenance in data[["indicator_code", "topic", "provenance"]].itertuples(index=False)
    ]
    others = data[~pd.Series(told, index=data.index, dtype=bool)]
    return _listed(review, others, "Ý kiến khác của đơn vị theo chỉ tiêu, nguyên văn")


def general(review: Review, *topics: str, due: bool = False) -> list[Block]:
    """The unit's own words on topics that concern no single indicator; in the province's report also how many of its
    units wrote of them. Where there are none and they are ``due``: "cần bổ sung"."""
    named = ", ".join(TOPICS[t] for t in topics)
    data = review.narratives()
    mine = data[data["topic"].isin(topics) & (data["indicator_code"] == "")]
    blocks = _listed(review, mine, f"Ý kiến của đơn vị về {named}, nguyên văn")
    if not blocks and due:
        blocks.append(Paragraph([f"Đơn vị chưa viết về {named}: ", Badge("cần bổ sung", "bad")]))
    others = review.narratives_of_units()
    others, _ = newest(review, others[others["topic"].isin(topics) & (others["indicator_code"] == "")])
    for provenance, of_kind in others.groupby("provenance"):
        counts = of_kind.groupby("unit_code", sort=False).size()
        who = ""
        if len(counts) <= focus.A_PAGE:  # of dozens a list would stand under every heading
            who = ": " + "; ".join(f"{review.catalogue.units[u].name} {n}" for u, n in counts.items())
        blocks.append(
            Note(
                f"{len(counts)} đơn vị đã viết {len(of_kind)} ý về {named} ({words.PROVENANCES[provenance]}), ghi ở "
                f"trang của từng đơn vị{who}."
            )
        )
    return blocks


def _listed(review: Review, data: pd.DataFrame, caption: str) -> list[Block]:
    """A table for each provenance: heading as typed, words, round and place."""
    blocks: list[Block] = []
    indicators = review.catalogue.indicators
    for provenance in sorted(data["provenance"].unique()):
        said, older = newest(review, data[data["provenance"] == provenance])
        blocks.append(
            Table(
                caption=f"{caption} ({words.PROVENANCES[provenance]})",
                columns=("Mục", "Nội dung", "Nơi ghi"),
                rows=[
                    [
                        f"{indicators[row['indicator_code']].name}: {TOPICS[row['topic']]}"
                        if row["indicator_code"]
                        else [Raw(row["heading"] or TOPICS[row["topic"]])],
                        [Raw(row["text"])],
                        place(row),
                    ]
                    for row in said.to_dict("records")
                ],
                source=source(review, said),
                note=_older_note(review, older),
            )
        )
    return blocks


def newest(review: Review, data: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of what a unit wrote on one thing in several rounds, or in files of one round, the latest, each text once; and
    what it wrote before and did not repeat. Of a round's files that are not all dated every one counts."""
    order = {code: n for n, code in enumerate(review.catalogue.rounds_until(review.as_of))}
    ranked = data.assign(_round=data["round"].map(order), _at=pd.to_datetime(data["received_at"], utc=True))
    if len(ranked):
        last = ranked["_round"] == ranked.groupby(_WHOSE)["_round"].transform("max")
        of_round = ranked.groupby([*_WHOSE, "_round"])["_at"]
        undated = of_round.transform("count") < of_round.transform("size")
        newest = last & (undated | (ranked["_at"] == of_round.transform("max")))
    else:
        newest = pd.Series([], dtype=bool, index=ranked.index)
    data = ranked.drop(columns=["_round", "_at"])
    now = data[newest].drop_duplicates([*_WHOSE, "text"])
    said = set(now[[*_WHOSE, "text"]].itertuples(index=False, name=None))
    repeated = [row in said for row in data[[*_WHOSE, "text"]].itertuples(index=False, name=None)]
    return now, data[~newest & ~pd.Series(repeated, index=data.index, dtype=bool)]


def _older_note(review: Review, older: pd.DataFrame) -> str:
    if older.empty:
        return ""
    counts = older.groupby("round", sort=False).size()
    said = "; ".join(f"{n} ý ở {words.lower_first(review.catalogue.round(r).title)}" for r, n in counts.items())
    return f"Mỗi mục chỉ nêu ý của đợt mới nhất. Đợt trước còn có: {said}, xem tệp của đợt đó."


def _beside(data: pd.DataFrame, provenance: str) -> pd.Series:
    """Whether words may stand beside numbers of a provenance: simulated is joined with nothing."""
    return (data["provenance"] == "simulated") == (provenance == "simulated")


def _in_order(review: Review, code: str, units: pd.Series) -> list[str]:
    """The unit itself, who answers for the indicator, other offices, then places, as units.csv lists them."""
    catalogue = review.catalogue
    agency = catalogue.agency(code, review.unit.area_code)
    known = {u: n for n, u in enumerate(catalogue.units)}
    return sorted(
        units.unique(),
        key=lambda u: (
            u != review.unit.code,
            u != agency,
            catalogue.units[u].area_code != review.unit.area_code,
            known[u],
        ),
    )


def _who(review: Review, mine: pd.DataFrame) -> str:
    rounds = [words.lower_first(review.catalogue.round(r).title) for r in mine["round"].unique()]
    return f"{review.catalogue.units[mine['unit_code'].iloc[0]].name}, {', '.join(rounds)}"


def _texts(review: Review, mine: pd.DataFrame, topic: str, *, due: bool) -> Parts:
    """Each text; where the row joins several rounds, with its own behind it."""
    said = mine[mine["topic"] == topic]
    if said.empty:
        return [Badge("cần bổ sung", "bad") if due else NONE]
    several = mine["round"].nunique() > 1
    parts: list[Part] = []
    for row in said.to_dict("records"):
        when = f" ({words.lower_first(review.catalogue.round(row['round']).title)})" if several else ""
        parts += ["; " if parts else "", Raw(row["text"]), when]
    return [part for part in parts if part]


def _places(mine: pd.DataFrame) -> Parts:
    found = [
        place(mine.iloc[0].to_dict() | {"source_file": file, "sheet": sheet, "cell": ", ".join(rows["cell"])})
        for (file, sheet), rows in mine.groupby(["source_file", "sheet"], sort=False)
    ]
    return [part for n, parts in enumerate(found) for part in (["; "] if n else []) + list(parts)]


def _kinds(data: pd.DataFrame) -> str:
    return ", ".join(words.PROVENANCES[p] for p in sorted(data["provenance"].unique()))


def source(review: Review, data: pd.DataFrame) -> str:
    rounds = [words.lower_first(review.catalogue.round(r).title) for r in data["round"].unique()]
    return f"Nguồn: phần thuyết minh trong biểu của đơn vị, {', '.join(rounds)}"
