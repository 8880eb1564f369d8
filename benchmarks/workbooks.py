"""Writes workbooks of the size that the benchmarks read: sheets of 200 rows and 18 columns, each with its own numbers.

python benchmarks/workbooks.py FOLDER COUNT [--known]

The names of their lines are in no catalogue; with ``--known`` names and units are those of the catalogue, and the
numbers such as they are: one series for each indicator of a workbook, on whatever sheet it stands.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from planreview.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]
SHEETS, ROWS = 10, 200
HEADER = [
    *("STT", "Chỉ tiêu", "Đơn vị tính", "TH 2015", "KH NQ 2016-2020"),
    *(f"TH {year}" for year in range(2016, 2020)),
    *("ƯTH 2020", "BQGĐ 2016-2020", "KH 2021-2025"),
    *(f"KH {year}" for year in range(2021, 2026)),
    "Ghi chú",
]
FIELDS = ["Giá trị sản xuất", "Sản lượng", "Diện tích gieo trồng", "Số cơ sở", "Tỷ lệ", "Thu từ", "Chi cho", "Tổng số"]
OF = ["nông nghiệp", "lâm nghiệp", "thủy sản", "công nghiệp", "xây dựng", "dịch vụ", "du lịch", "y tế", "giáo dục"]
UNITS = ["tỷ đồng", "%", "người", "tấn", "ha", "cơ sở"]


LINES = ROWS - 3
Line = tuple[str, str, list[float]]  # name, unit, numbers


def write_workbook(path: Path, lines: Callable[[int], list[Line]]) -> None:
    """One workbook of SHEETS × ROWS × 18; ``lines``: those of a sheet."""
    book = Workbook()
    book.remove(book.active)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, horizontal="center")
    for number in range(1, SHEETS + 1):
        sheet = book.create_sheet(f"Biểu {number}")
        sheet.append([f"Biểu {number}. TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU CHỦ YẾU"])
        sheet.append([])
        sheet.append(HEADER)
        for cell in (sheet["A1"], *sheet[3]):
            cell.font, cell.alignment = bold, wrapped
        for row, (name, unit, values) in enumerate(lines(number), start=1):
            sheet.append([row, name, unit, *values, None])
            for cell in sheet[sheet.max_row][3:-1]:
                cell.number_format = "#,##0.##"
    book.save(path)


def invented(seed: int) -> Callable[[int], list[Line]]:
    """Lines that nobody knows, about one number in five with decimals."""
    random = Random(seed)

    def line(sheet: int, row: int) -> Line:
        name = f"{random.choice(FIELDS)} {random.choice(OF)}, nhóm {sheet}.{row}"
        digits = random.choice((0, 0, 1, 2))
        scale = 10 ** random.randint(1, 5)
        values = [round(random.random() * scale, digits) + 1 for _ in HEADER[3:-1]]
        return name, random.choice(UNITS), values

    return lambda sheet: [line(sheet, row) for row in range(1, LINES + 1)]


def known(seed: int) -> Callable[[int], list[Line]]:
    """Lines of the catalogue, in its order, whose numbers no other line determines; what two sheets say of one
    indicator is the same, and the figures of five years are those that the years give."""
    random, catalogue = Random(seed), Catalogue.of(ROOT / "data/reference")
    wholes = {indicator.parent for indicator in catalogue.indicators.values()}
    alone = [
        i
        for i in catalogue.indicators.values()
        if i.unit and i.code not in wholes and not (i.parent or i.ratio or catalogue.expected(i.code).change)
    ]

    @cache
    def line(place: int) -> Line:
        indicator, usual = alone[place], catalogue.expected(alone[place].code)
        low = next(n for n in (usual.low, indicator.limit_low, 10.0) if n is not None)
        high = next(n for n in (usual.high, indicator.limit_high, max(low, 10.0) * 100) if n is not None)
        first, growth = low + (high - low) * random.uniform(0.2, 0.6), random.uniform(0.98, 1.04)
        years = [round(first * growth**n, 2) for n in range(11)]  # 2015 to 2025
        past, ahead = (_of_five_years(indicator.five_year_rule, five) for five in (years[1:6], years[6:]))
        return indicator.name, indicator.unit, [years[0], past, *years[1:6], past, ahead, *years[6:]]

    return lambda _: [line(n) for n in sorted(random.sample(range(len(alone)), LINES))]


def _of_five_years(rule: str, years: list[float]) -> float:
    whole = round(sum(years), 2)
    return whole if rule == "sum" else years[-1] if rule == "end_value" else round(whole / len(years), 2)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("count", type=int)
    options.add_argument("--known", action="store_true")
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(chosen.count):
        path = chosen.folder / f"bieu-{seed:04d}.xlsx"
        if not path.exists():
            write_workbook(path, known(seed) if chosen.known else invented(seed))


if __name__ == "__main__":
    main()
