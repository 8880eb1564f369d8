"""What a heading over words means: achievement, cause, solution and so on, in a narrative sheet or over a column."""

from __future__ import annotations

import re
import unicodedata

from planreview.catalogue.texts import plain
from planreview.intake.matching import without_markers
from planreview.workbooks import GridCell

_TOPICS = (
    ("achievement", r"thành tựu|thành tích|kết quả nổi bật|kết quả đạt được|những kết quả|ưu điểm"),
    ("shortcoming", r"tồn tại|hạn chế|yếu kém|khuyết điểm"),
    ("cause", r"nguyên nhân"),
    ("responsibility", r"trách nhiệm"),
    ("lesson", r"bài học"),
    ("advantage", r"thuận lợi"),
    ("difficulty", r"khó khăn|vướng mắc"),
    ("solution", r"(?:nhiệm vụ(?:,| và)? )?giải pháp"),
    ("note", r"đề xuất|kiến nghị"),
)
_BEGINS = tuple((topic, re.compile(rf"^(?:các|những|một số)?\s*(?:{words})\b")) for topic, words in _TOPICS)
_FILLERS = re.compile(
    r"\b(?:" + "|".join(words for _, words in _TOPICS) + r"|các|những|một số|và|của|về|trong|đối với|khách quan|"
    r"chủ quan|chủ yếu|nổi bật|cơ bản|chính|còn|đã|đạt được|đạt|không|hoặc|kinh nghiệm|rút ra|tập thể|cá nhân|"
    r"đơn vị|cơ quan|người đứng đầu|giai đoạn|thời kỳ|kỳ|tới|tiếp theo|thời gian|năm|thực hiện|"
    r"kế hoạch|trọng tâm|khắc phục)\b"
)
_SIGNED = re.compile(
    r"(?:người lập(?: biểu)?|lập biểu|thủ trưởng(?: đơn vị| cơ quan)?|nơi nhận|giám đốc|chủ tịch|kế toán(?: trưởng)?|"
    r"(?:tm|kt|tl|tuq|q)\..*)(?:\s*\(.*\))?:?",
    re.I,
)
_DATED = re.compile(r"[^,]*,?\s*ngày[\s\d….]*tháng[\s\d….]*năm[\s\d….]*", re.I)


def column_topic(header: str) -> str:
    """The topic that a column's heading begins with, '' where none."""
    text = plain(header).lower()
    return next((topic for topic, begins in _BEGINS if begins.match(text)), "")


def heading_topic(text: str) -> str:
    """The topic of a line that is nothing but a heading ("III. Nguyên nhân khách quan"), '' for any other line."""
    bare = without_markers(text).lower().rstrip(" .:;")
    topic = column_topic(bare)
    left = re.sub(r"[\W\d_]+", "", _FILLERS.sub(" ", bare)) if topic else bare
    return "" if left else topic


def is_signature(text: str) -> bool:
    """Who signs, which ends a table or a text; a sentence that begins with "Giám đốc" is none."""
    return bool(_SIGNED.fullmatch(plain(text)))


def is_dated(text: str) -> bool:
    """The line of place and date above a signature, filled in or not."""
    return bool(_DATED.fullmatch(plain(text)))


def words(cell: GridCell) -> str:
    """What a person wrote, its lines kept: NFC, no blanks around it."""
    return unicodedata.normalize("NFC", cell.text or cell.raw).strip()
