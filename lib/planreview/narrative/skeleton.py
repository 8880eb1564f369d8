"""Empty texts for people to write in: a file a section, with its heading and the computed facts as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from planreview.blocks import Block, Part, Parts
from planreview.catalogue import texts
from planreview.catalogue.commentary import FOLDER
from planreview.narrative import ahead, first_screen, focus, said, why, words
from planreview.narrative.assessment import sentence
from planreview.narrative.commentary import SECTIONS
from planreview.narrative.judged import as_weighed, exceeded, judged, missed
from planreview.narrative.sources import known_as
from planreview.review import Review

_MOST = 40  # facts of one kind: a file that nobody reads to its end helps nobody
_OWN_WORDS = {
    "boi-canh": ("advantage", "difficulty"),
    "trach-nhiem": ("responsibility",),
    "bai-hoc": ("lesson", "solution"),
}


def skeleton(review: Review, name: str) -> str:
    """The text of one section of SECTIONS: nothing in it but its heading would show on a page."""
    project = review.project
    target = project.reference / FOLDER / review.cycle.code / review.unit.code / f"{name}.md"
    if target.is_relative_to(project.root):
        target = target.relative_to(project.root)
    how_to = (
        f"Chép tệp này thành {target.as_posix()} rồi viết dưới tiêu đề. Những gì nằm trong dấu chú thích như đoạn này "
        "không hiện trên trang báo cáo. Muốn trích số, chép nguyên cụm trong ngoặc nhọn, ví dụ {{XH.03.02@2020}} "
        "(kết quả) hoặc {{XH.03.02@2020:target}} (mục tiêu)."
    )
    facts = [_plain(fact) for fact in _facts(review, name)]
    lines = [f"Số liệu đến {known_as(review)}:", *(f"- {fact}" for fact in facts)] if facts else ["Chưa có số liệu."]
    return f"{_comment([how_to])}\n# {SECTIONS[name]}\n\n{_comment(lines)}"


def _comment(lines: list[str]) -> str:
    inside = "\n".join(lines).replace("--", "–")  # two hyphens might end the comment
    return f"<!--\n{inside}\n-->\n"


def _facts(review: Review, name: str) -> Iterator[Parts]:
    for provenance in as_weighed(review):
        several = f" ({words.PROVENANCES[provenance]})" if len(review.provenances()) > 1 else ""
        rows, bad = judged(review, provenance), missed(review, provenance)
        if name in ("ket-qua", "lanh-dao"):
            yield from _sentences(first_screen.of(review, provenance), several)
        elif name == "linh-vuc":
            for field in dict.fromkeys(rows["field"]):
                of_field = rows[rows["field"] == field]
                yield f"{texts.sentence(field)}{several}: {words.counted(list(of_field['status']))}"
        elif name == "thanh-tuu":
            yield from _indicators(review, exceeded(rows))
        elif name in ("han-che", "nguyen-nhan"):
            lacking = {*why.without_cause(review, bad, provenance)["indicator_code"]}
            yield from _indicators(review, bad, lacking if name == "nguyen-nhan" else ())
        elif name == "bai-hoc":
            yield from _indicators(review, focus.furthest(bad))
            yield from _indicators(review, focus.furthest(exceeded(rows)))
        elif name == "muc-tieu-ky-sau":
            for row in ahead.faster(ahead.with_target(review, provenance)).head(_MOST).to_dict("records"):
                goal = f" {{{{{row['indicator_code']}@{row['next_target_period']}:target}}}}"
                yield [*ahead.sentence(review, row), goal]
    for topic in _OWN_WORDS.get(name, ()):
        own = review.narratives()
        own = own[(own["topic"] == topic) & (own["indicator_code"] == "")]
        for text in said.newest(review, own)[0]["text"]:
            yield f"Đơn vị viết ({said.TOPICS[topic]}): {text}"


def _indicators(review: Review, rows: pd.DataFrame, lacking: Iterable[str] = ()) -> Iterator[Parts]:
    for row in rows.head(_MOST).to_dict("records"):
        code, period = row["indicator_code"], row["result_period"]
        cited = f" {{{{{code}@{period}}}}} {{{{{code}@{row['target_period']}:target}}}}"
        yield [*sentence(review, row), " Chưa ai nêu nguyên nhân." if code in lacking else "", cited]
    if len(rows) > _MOST:
        yield f"và {len(rows) - _MOST} chỉ tiêu khác, xem trang đánh giá"


def _sentences(blocks: Iterable[Block], several: str) -> Iterator[Parts]:
    for block in blocks:
        parts = getattr(block, "parts", ())
        yield [*([parts] if isinstance(parts, str) else parts), several]


def _plain(parts: Parts) -> str:
    return " ".join("".join(map(_text, [parts] if isinstance(parts, str) else parts)).split())


def _text(part: Part) -> str:
    return part if isinstance(part, str) else part.text
