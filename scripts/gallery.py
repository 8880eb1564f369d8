"""One chart of each kind, drawn from the tables at hand: ``make gallery`` writes reports/cac-loai-hinh.html.

Published numbers are preferred; where only simulated ones fill a kind of chart, the chart is marked as every other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from planreview.blocks import Block, Figure
from planreview.catalogue import Catalogue
from planreview.errors import PlanReviewError
from planreview.narrative import chart_blocks, words
from planreview.narrative.cause_charts import cause_charts
from planreview.narrative.comparison_charts import heat_map, ranking, small_multiples, standing, tile_map
from planreview.narrative.results import main_rows
from planreview.narrative.shortfall_charts import shortfall_charts
from planreview.narrative.structure_charts import structure_charts
from planreview.project import Project
from planreview.review import Review
from planreview.store import CurrentTables

OUT = "cac-loai-hinh.html"
UNITS_OF_A_KIND = 2
PATHS = 8  # of a unit that are looked at
Make = Callable[[Review, str], list[Block]]


def _judged(review: Review, provenance: str):
    rows = main_rows(review, provenance)
    return rows[rows["status"].isin(words.JUDGED)]


def bullets(review: Review, provenance: str) -> list[Block]:
    rows = _judged(review, provenance)
    return chart_blocks.attainment_chart(review, rows.head(8), provenance) if len(rows) else []


def tally(review: Review, provenance: str) -> list[Block]:
    rows = _judged(review, provenance)
    return chart_blocks.attainment_chart(review, rows, provenance)[:1] if len(rows) > 12 else []


def ahead(review: Review, provenance: str) -> list[Block]:
    rows = main_rows(review, provenance)
    rows = rows[rows["required_pace"].notna()]
    return chart_blocks.ahead_chart(review, rows, provenance) if len(rows) else []


def path(review: Review, provenance: str) -> list[Block]:
    """The path with the most years."""
    return sorted(_paths(review, provenance), key=lambda block: -block.alt.count("năm "))[:1]


def forecast(review: Review, provenance: str) -> list[Block]:
    return [block for block in _paths(review, provenance) if "Xu thế đến" in block.alt][:1]


def _paths(review: Review, provenance: str) -> list[Block]:
    rows = _judged(review, provenance).head(PATHS)
    return [block for row in rows.to_dict("records") for block in _path(review, row, provenance)]


def broken_path(review: Review, provenance: str) -> list[Block]:
    rows = main_rows(review, provenance)
    rows = rows[rows["indicator_code"].isin(review.catalogue.breaks["indicator_code"])]
    drawn = [b for r in rows.to_dict("records") for b in _path(review, r, provenance)]
    return [block for block in drawn if "cách tính khác" in block.alt][:1]


def _path(review: Review, row: dict, provenance: str) -> list[Block]:
    return chart_blocks.path_chart(review, row, provenance)


def slopes(review: Review, provenance: str) -> list[Block]:
    return chart_blocks.two_plans_chart(review, main_rows(review, provenance), provenance)


def _below(make: Callable) -> Make:
    def made(review: Review, provenance: str) -> list[Block]:
        below = review.results_below()
        below = below[below["provenance"] == provenance]
        return make(review, below, provenance) if len(below) else []

    return made


KINDS: list[tuple[str, str, Make]] = [
    ("Kết quả so với mục tiêu", "Chỉ tiêu nào vượt, đạt, không đạt, và các đợt trước đã ước thế nào?", bullets),
    ("Số chỉ tiêu theo lĩnh vực", "Lĩnh vực nào còn nhiều chỉ tiêu chưa tới mục tiêu?", tally),
    ("Diễn biến và đường tới mục tiêu", "Kết quả từng năm đi trên hay dưới đường tới mục tiêu?", path),
    ("Diễn biến và xu thế", "Nếu xu thế giữ nguyên thì có tới mục tiêu kỳ sau không?", forecast),
    ("Diễn biến bị ngắt", "Số liệu có so được qua các năm không, khi cách tính đã đổi?", broken_path),
    ("Từ kết quả đến mục tiêu kỳ sau", "Còn phải đi bao xa, mỗi năm bao nhiêu?", ahead),
    ("Hai kỳ kế hoạch", "Mục tiêu kỳ sau dốc hơn hay thoải hơn những gì đã làm được?", slopes),
    ("Bảng nhiệt", "Đơn vị nào, chỉ tiêu nào chưa tới mục tiêu?", _below(heat_map)),
    ("Bản đồ ô", "Tỷ lệ chỉ tiêu đạt ở từng đơn vị là bao nhiêu?", _below(tile_map)),
    ("Xếp thứ tự đơn vị", "Đơn vị nào cao, thấp hơn mức chung?", _below(ranking)),
    ("Nhiều hình nhỏ", "Từng đơn vị đi lên hay đi xuống?", _below(small_multiples)),
    ("Vị trí của một đơn vị", "Đơn vị này đứng đâu so với tỉnh, cả nước và trung vị?", standing),
    ("Phân rã phần hụt", "Phần hụt từ đâu mà ra?", shortfall_charts),
    ("Nguyên nhân", "Đơn vị nêu nguyên nhân gì, khách quan hay chủ quan?", cause_charts),
    ("Cơ cấu", "Toàn bộ gồm những phần nào, thay đổi ra sao?", structure_charts),
]


def _reviews(project: Project) -> Iterator[Review]:
    """The nation, provinces, then some of each other kind of unit, in every cycle, on tables that are read once."""
    shared = CurrentTables(project, Catalogue.of(project.reference))
    kinds: dict[str, list[str]] = {}
    for unit in shared.catalogue.units.values():
        kinds.setdefault(unit.kind, []).append(unit.code)
    for cycle in sorted(shared.catalogue.cycles.values(), key=lambda c: not c.default):
        for codes in kinds.values():
            yield from (Review(code, cycle=cycle.code, shared=shared) for code in codes[:UNITS_OF_A_KIND])


def pick(reviews: list[Review], make: Make) -> Block | None:
    """The first chart that can be made, of published numbers where there are any."""
    for simulated in (False, True):
        for review in reviews:
            for provenance in review.provenances():
                if (provenance == "simulated") == simulated and (found := make(review, provenance)):
                    return found[0]
    return None


def page(drawn: list[tuple[str, str, Figure | None]]) -> str:
    parts = [
        f'<section><h2>{escape(name)}</h2><p class="q">{escape(question)}</p>'
        + (figure.to_html() if figure else "<p>Chưa có số liệu để vẽ.</p>")
        + (f"<details><summary>Lời thay hình</summary><p>{escape(figure.alt)}</p></details>" if figure else "")
        + "</section>"
        for name, question, figure in drawn
    ]
    style = (
        "body{font-family:'Be Vietnam Pro','Segoe UI',Roboto,Arial,sans-serif;margin:0 auto;max-width:1360px;"
        "padding:12px;color:#1f2933;line-height:1.5}main{columns:20em 3;column-gap:28px}"
        "section{break-inside:avoid;border-top:2px solid #0b5a7d;margin:0 0 24px}h2{font-size:1.05rem;margin:.4em 0 0}"
        "figure{margin:0}img{max-width:100%;height:auto}figcaption,details,.q{font-size:.85rem;color:#56616b}"
    )
    title = "Các loại hình và câu hỏi mà mỗi hình trả lời"
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{style}</style></head><body><h1>{title}</h1><main>{''.join(parts)}</main></body></html>\n"
    )


def main(project: Project) -> Path:
    reviews = list(_reviews(project))
    drawn = [(name, question, pick(reviews, make)) for name, question, make in KINDS]
    project.reports.mkdir(exist_ok=True)
    out = project.reports / OUT
    out.write_text(page(drawn), encoding="utf-8")
    return out


if __name__ == "__main__":
    try:
        print(main(Project.find()))
    except PlanReviewError as error:
        sys.exit(str(error))
