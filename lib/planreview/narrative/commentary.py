"""What people write themselves, on the pages: word for word, marked as theirs, with the figures that they cite."""

from __future__ import annotations

from collections.abc import Iterable

from planreview.blocks import Badge, Block, Finding, Heading, Note, Paragraph, Part, Raw
from planreview.catalogue.commentary import FOLDER, Citation, Commentary, Piece, Section
from planreview.catalogue.texts import folded
from planreview.narrative import words
from planreview.narrative.citations import Moved, moved, resolve
from planreview.review import Review

OLDER = "nhận định cũ hơn số liệu"
OTHERS = "khac"
# name of the file → title of the section, in the order of the plan document
SECTIONS = {
    "boi-canh": "Bối cảnh: thuận lợi, khó khăn",
    "ket-qua": "Kết quả thực hiện các chỉ tiêu chủ yếu",
    "linh-vuc": "Kết quả theo lĩnh vực",
    "thanh-tuu": "Thành tựu nổi bật",
    "han-che": "Tồn tại, hạn chế",
    "nguyen-nhan": "Nguyên nhân",
    "trach-nhiem": "Trách nhiệm",
    "bai-hoc": "Bài học kinh nghiệm",
    "muc-tieu-ky-sau": "Mục tiêu kỳ sau",
    "lanh-dao": "Ý kiến của lãnh đạo",
}
# other names by which a file is understood, without capitals and diacritics, blanks and _ as -
_ALSO = {
    "boi-canh": ("context", "thuan-loi", "kho-khan", "thuan-loi-kho-khan"),
    "ket-qua": ("results", "overview", "03", "03-assessment", "assessment", "danh-gia"),
    "linh-vuc": ("fields", "theo-linh-vuc"),
    "thanh-tuu": ("achievements", "thanh-tuu-noi-bat"),
    "han-che": ("shortcomings", "ton-tai", "ton-tai-han-che"),
    "nguyen-nhan": ("causes", "cause"),
    "trach-nhiem": ("responsibility",),
    "bai-hoc": ("lessons", "lesson", "04", "04-lessons-learned", "bai-hoc-kinh-nghiem", "lessons-learned"),
    "muc-tieu-ky-sau": ("targets", "targets-ahead", "05", "05-targets-ahead", "muc-tieu"),
    "lanh-dao": ("director", "leadership", "brief", "07", "07-leadership-brief", "leadership-brief", "giam-doc"),
}
_KNOWN = {other: name for name, others in _ALSO.items() for other in (name, *others)}
_CAUSES = ("nguyen-nhan", "bai-hoc")  # what is written there says why; a shortcoming only that


def place_of(section: Section) -> str:
    """Which of SECTIONS a file is, OTHERS where its name tells nothing."""
    return _KNOWN.get("-".join(folded(section.name).replace("_", " ").replace("-", " ").split()), OTHERS)


def written(commentary: Commentary, name: str) -> list[Section]:
    """The files of one section in which something stands."""
    return [s for s in commentary.sections if place_of(s) == name and not s.is_empty]


def section(review: Review, name: str, *, due: bool = False) -> list[Block]:
    """What people wrote for a section of SECTIONS (or OTHERS); where it is ``due`` and nobody did: "cần bổ sung"."""
    found = written(review.commentary, name)
    blocks = [block for one in found for block in _shown(review, one)]
    if not found and due:
        file = f"{FOLDER}/{review.cycle.code}/{review.unit.code}/{name}.md"
        lead = f" nhận định của người viết về {words.lower_first(SECTIONS[name])} (tệp "
        return [Paragraph([Badge("cần bổ sung", "bad"), lead, Raw(file), ")."])]
    return blocks


def others(review: Review) -> list[Block]:
    """Texts whose file name is that of no section: shown too, under a heading of their own."""
    blocks = section(review, OTHERS)
    return [Heading("Nhận định khác"), *blocks] if blocks else []


def told(review: Review) -> frozenset[str]:
    """Codes of the indicators on which people wrote in the sections on causes and lessons."""
    found = (s for name in _CAUSES for s in written(review.commentary, name))
    return frozenset(c.indicator_code for s in found for c in s.citations if c.indicator_code)


def about(review: Review, code: str) -> list[Part]:
    """The paragraphs on causes, shortcomings and lessons that cite an indicator; [] where there are none."""
    parts: list[Part] = []
    for one in (s for name in (*_CAUSES, "han-che") for s in written(review.commentary, name)):
        for piece in one.pieces:
            if any(c.indicator_code == code for c in piece.citations):
                parts += ["; " if parts else "", *_words(review, piece), " (", Raw(one.file), ")"]
    return [part for part in parts if part]


def _shown(review: Review, one: Section) -> list[Block]:
    if one.problem:
        return [Finding(["Không đọc được nhận định ", Raw(one.file), f": {one.problem}."], "bad")]
    blocks: list[Block] = [Note(["Phần do người viết, không phải máy tính ra (tệp ", Raw(one.file), "):"])]
    blocks += _older(review, one)
    title = folded(SECTIONS.get(place_of(one), ""))
    for piece in one.pieces:
        if piece.kind != "heading":
            blocks.append(Paragraph(_words(review, piece)))
        elif folded(piece.text) != title:
            blocks.append(Heading(_heading(review, piece), 4))
    return [*blocks, *_slips(review, one.citations)]


def _words(review: Review, piece: Piece) -> list[Part]:
    parts: list[Part] = [f"{piece.mark} "] if piece.mark else []
    for part in piece.parts:
        if isinstance(part, str):
            parts.append(Raw(part))
            continue
        found = resolve(review, part)
        parts += [found.number] if found.number else [Raw(f"{{{{{part.written}}}}}"), " ", Badge("chưa có số", "bad")]
    return parts


def _heading(review: Review, piece: Piece) -> str:
    """A heading is words alone: a figure that it cites is said in it."""
    found = [part if isinstance(part, str) else resolve(review, part).number or part for part in piece.parts]
    return "".join(f"{{{{{p.written}}}}}" if isinstance(p, Citation) else getattr(p, "text", p) for p in found)


def _slips(review: Review, citations: Iterable[Citation]) -> list[Block]:
    """Why a figure that was cited cannot be shown."""
    unknown = [(c, found.reason) for c in citations if not (found := resolve(review, c)).number]
    return [Note(["Trích dẫn ", Raw(f"{{{{{c.written}}}}}"), f" chưa hiện được: {reason}."]) for c, reason in unknown]


def _older(review: Review, one: Section) -> list[Block]:
    commentary = review.commentary
    if commentary.problem:
        return [Note(["Không so được nhận định với số liệu lúc viết: ", Raw(commentary.problem)])]
    return [Finding(line(review, change), "open") for change in moved(review, one)]


def line(review: Review, change: Moved) -> list[Part]:
    """``nhận định cũ hơn số liệu: Tỷ lệ hộ nghèo (2020) lúc viết là 12,5%, nay là 13,1%.``"""
    known = review.catalogue.indicators.get(change.citation.indicator_code)
    name = known.name if known else change.citation.indicator_code
    what = f"{name} ({'mục tiêu, ' if change.citation.of_target else ''}{change.citation.period.replace('-', '–')})"
    seen = review.catalogue.rounds.get(change.seen_as_of)
    when = f" ({words.lower_first(seen.title)})" if seen else ""
    if change.later:
        lead = "Nhận định viết theo số liệu của đợt sau"
        return [f"{lead}: {what} lúc viết là {change.old}{when}, theo đợt của trang này là {change.new}."]
    told = f": {what} lúc viết là {change.old}{when}, nay là {change.new}. Cần xem lại lời văn."
    return [Badge(OLDER, "open"), told]
