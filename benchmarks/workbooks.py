"""Writes workbooks of the size that the benchmarks read: sheets of 200 rows and 18 columns, each with its own numbers.

python benchmarks/workbooks.py FOLDER COUNT
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

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


def write_workbook(path: Path, seed: int) -> None:
    """One workbook of SHEETS × ROWS × 18, about one number in five with decimals."""
    random = Random(seed)
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
        for row in range(1, ROWS - 2):
            name = f"{random.choice(FIELDS)} {random.choice(OF)}, nhóm {number}.{row}"
            digits = random.choice((0, 0, 1, 2))
            scale = 10 ** random.randint(1, 5)
            values = [round(random.random() * scale, digits) + 1 for _ in HEADER[3:-1]]
            sheet.append([row, name, random.choice(UNITS), *values, None])
            for cell in sheet[sheet.max_row][3:-1]:
                cell.number_format = "#,##0.##"
    book.save(path)


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        path = folder / f"bieu-{seed:04d}.xlsx"
        if not path.exists():
            write_workbook(path, seed)


if __name__ == "__main__":
    main()
