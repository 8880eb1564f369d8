"""The first screen of a page: how did we do, where not, why, what now. One answer a line, each provenance in a part."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Badge, Block, Finding, Note, Part
from planreview.catalogue import periods
from planreview.evaluate.ambition import BEYOND, STRETCHING
from planreview.evaluate.results import OFF_PATH
from planreview.narrative import focus, tokens, why, words
from planreview.narrative.judged import as_weighed, judged, missed
from planreview.narrative.results import main_rows, part_heading, why_not
from planreview.review import Review

_THEMES = 3
_UNREAD, _READ = ("unreadable",), ("on_time", "late")


def answers(review: Review) -> list[Block]:
    """The four answers for each provenance; of a unit without any number why there is none."""
    blocks: list[Block] = []
    for provenance in as_weighed(review):
        blocks += [*part_heading(review, provenance), *of(review, provenance)]
    return [*(blocks or no_numbers(review)), *unread(review)]


def no_numbers(review: Review) -> list[Block]:
    """Says plainly that there is nothing to assess."""
    period = periods.words(review.cycle.review_period)
    return [Finding(f"Chưa có số liệu nào của đơn vị để đánh giá {period}.", "open")]


def unread(review: Review) -> list[Block]:
    """Which of the unit's files of this cycle could not be read; and that it sent none where it owes one."""
    of_cycle = {r.code for r in review.catalogue.rounds.values() if r.cycle == review.cycle.code}
    register = review.register()
    register = register[register["round"].isin(of_cycle)]
    bad = register[register["status"].isin(_UNREAD) & ~_replaced(register)]
    sent = register[register["source_file"] != ""]
    blocks: list[Block] = []
    if len(bad):
        rounds = [words.lower_first(review.catalogue.round(r).title) for r in bad["round"].unique()]
        whole = (
            "Tệp duy nhất đơn vị gửi không đọc được" if len(sent) == 1 else f"Không đọc được {len(bad)} tệp của đơn vị"
        )
        blocks.append(
            Finding(f"{whole} ({', '.join(rounds)}): cần gửi lại tệp; lý do ghi ở trang số liệu đã nhận.", "bad")
        )
    elif sent.empty and len(register):
        blocks.append(Finding("Đơn vị chưa gửi tệp nào của chu kỳ này.", "bad"))
    return blocks


def _replaced(register: pd.DataFrame) -> pd.Series:
    """Whether a file that could be read came later in the same round."""
    at = pd.to_datetime(register["received_at"], utc=True)
    last = at.where(register["status"].isin(_READ)).groupby(register["round"]).transform("max")
    return at < last


def of(review: Review, provenance: str) -> list[Block]:
    """The four answers from the numbers of one provenance."""
    of_all, of_judged = main_rows(review, provenance), judged(review, provenance)
    bad = missed(review, provenance)
    return [
        *how(of_all, of_judged),
        *_where_not(review, of_judged, bad, len(of_all)),
        *reasons(review, bad, provenance),
        *_what_now(review, of_all, bad, provenance),
    ]


def how(of_all: pd.DataFrame, of_judged: pd.DataFrame, *, kind: str = "") -> list[Block]:
    """How the indicators came out, in one sentence."""
    if of_judged.empty:
        return [
            Finding(
                f"Kết quả{kind}: chưa đánh giá được chỉ tiêu nào trong {len(of_all)} chỉ tiêu: {why_not(of_all)}.",
                "open",
            )
        ]
    counts = words.counted(list(of_judged["status"]))
    tones = {words.TONES[s] for s in of_judged["status"]}
    mostly = len(of_judged) > len(of_all) / 2
    rest = "" if len(of_judged) == len(of_all) else f"; còn {len(of_all) - len(of_judged)} chỉ tiêu chưa đánh giá được"
    said = f"Kết quả{kind}: {counts} trong {len(of_judged)} chỉ tiêu đánh giá được{rest}."
    return [Finding(said, tones.pop() if mostly and len(tones) == 1 else "open")]


def _where_not(review: Review, of_judged: pd.DataFrame, bad: pd.DataFrame, every: int) -> list[Block]:
    if of_judged.empty:
        return []
    if bad.empty:
        running = int((of_judged["status"].map(words.TONES) != "good").sum())
        if running:
            return [Finding(f"Chưa chỉ tiêu nào kém mục tiêu hoặc tiến độ; {running} chỉ tiêu chưa hết kỳ.", "open")]
        few = len(of_judged) < every / 2  # one good result among a hundred unknown is no praise
        return [Finding("Không có chỉ tiêu nào kém mục tiêu trong số đánh giá được.", "open" if few else "good")]
    first = focus.furthest(bad, focus.NAMED)
    worse = "Kém mục tiêu hoặc tiến độ" if (bad["status"] == OFF_PATH).any() else "Kém mục tiêu"
    lead = f"{worse}: {len(bad)} chỉ tiêu (kết quả/mục tiêu): "
    if len(first) < len(bad):
        lead = f"{worse}: {len(bad)} chỉ tiêu; cách mục tiêu xa nhất (kết quả/mục tiêu): "
    return [Finding([lead, *tokens.of(review, first), "."], "bad")]


def reasons(review: Review, bad: pd.DataFrame, provenance: str, *, lead: str = "Vì sao, theo lời") -> list[Block]:
    """The causes that are named most, and of how many indicators nobody named one."""
    if bad.empty:
        return []
    said = why.in_words(review, bad, provenance, _THEMES)
    unsaid = len(why.without_cause(review, bad, provenance))
    lacking: list[Part] = [" ", Badge("cần bổ sung", "bad"), f" nguyên nhân của {unsaid} chỉ tiêu."] if unsaid else []
    if said:
        return [Finding([f"{lead} {_speakers(review)}: {said}.", *lacking], "open")]
    if unsaid == len(bad):
        return [Finding(["Vì sao: chưa ai nêu nguyên nhân; ", *lacking[1:]], "bad")]
    return [Finding(["Vì sao: nguyên nhân do đơn vị hoặc người viết nêu, ghi ở trang đánh giá.", *lacking], "open")]


def _speakers(review: Review) -> str:
    return "các đơn vị" if review.unit.kind == "province" else "đơn vị"


def _what_now(review: Review, of_all: pd.DataFrame, bad: pd.DataFrame, provenance: str) -> list[Block]:
    said = tasks(review, of_all, bad, provenance)
    return [Finding(f"Cần làm: {'; '.join(said)}.", "open")] if said else []


def tasks(review: Review, of_all: pd.DataFrame, bad: pd.DataFrame, provenance: str) -> list[str]:
    """What is to be done, as far as the tables say it."""
    cycle, said = review.cycle, []
    unsaid = len(why.without_cause(review, bad, provenance))
    if unsaid:
        said.append(f"giải trình {unsaid} chỉ tiêu chưa có nguyên nhân")
    steep = of_all[of_all["ambition"].isin((STRETCHING, BEYOND))]
    if len(steep):
        trend = periods.short(cycle.review_period)
        said.append(f"nêu giải pháp cho {len(steep)} mục tiêu {cycle.plan_last} cần nhịp độ cao hơn xu thế {trend}")
    unset = int((of_all["status"] == "chưa có mục tiêu").sum())
    if unset and not of_all["status"].isin(words.JUDGED).any():
        said.append(f"xác định mục tiêu của {unset} chỉ tiêu chưa có mục tiêu kỳ này")
    lacking = int((of_all["status"] == "thiếu số liệu").sum())
    if lacking:
        said.append(f"bổ sung số liệu kết quả của {lacking} chỉ tiêu đã có mục tiêu")
    without = of_all[(of_all["next_target_figure"] == "") & (of_all["target_figure"] != "")]
    if len(without):
        said.append(f"xem lại {len(without)} chỉ tiêu chưa có mục tiêu {periods.short(cycle.plan_period)}")
    return said


def note(review: Review) -> list[Block]:
    """What the page shows, in one line: which numbers, up to when."""
    kinds = [words.PROVENANCES[p] for p in as_weighed(review)]
    known_as = words.lower_first(review.catalogue.round(review.as_of).title)
    return [Note(f"Dùng {', '.join(kinds)}; số liệu đến {known_as}.")] if kinds else []
