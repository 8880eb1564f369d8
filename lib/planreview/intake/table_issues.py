"""What is said once of a whole table, not of each of its cells: severity, code, message, remedy and first cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planreview.catalogue import Unit
from planreview.intake.overheads import units_declared_otherwise
from planreview.reading import Line, Table
from planreview.workbooks import GridCell

Said = tuple[str, str, str, str, GridCell]

STRUCK = "read.struck_out"


def units_in_doubt(table: Table, lines: Sequence[Line]) -> Iterator[Said]:
    """A line over the table against the column of units: the numbers are read as the column says."""
    for unit, said in units_declared_otherwise(table, lines):
        rows = ", ".join(str(line.row) for line in said[:10]) + ("…" if len(said) > 10 else "")
        yield (
            "warning",
            "unit.contradiction",
            f"Trên bảng ghi đơn vị tính “{unit}” nhưng cột đơn vị tính ghi “{said[0].unit}” (dòng {rows}); "
            f"{len(said)} dòng được đọc theo cột đơn vị tính",
            "Hãy kiểm tra số liệu theo đơn vị nào, rồi sửa dòng trên bảng hoặc cột đơn vị tính cho khớp nhau",
            said[0].values[0],
        )


def struck_out(by_row: Mapping[int, Sequence[GridCell]]) -> Iterator[Said]:
    """Once for each line: who crosses out a line leaves it there to show what it was."""
    for cells in by_row.values():
        first = cells[0]
        where = first.address if len(cells) == 1 else f"{first.address}:{cells[-1].address}"
        yield (
            "warning",
            STRUCK,
            f"{len(cells)} số bị gạch ngang ({where}) nên không được dùng",
            "Nếu số còn đúng, hãy bỏ gạch ngang; nếu không, hãy xóa hẳn",
            first,
        )


def without_header(cells: Sequence[GridCell]) -> Iterator[Said]:
    if cells:
        yield (
            "warning",
            "read.outside_table",
            f"Có {len(cells)} ô số nằm ở cột không có tiêu đề nên không biết là số gì",
            "Nếu là số nháp, hãy xóa; nếu không, hãy ghi tiêu đề cột như “TH 2019”, “ƯTH 2020”",
            cells[0],
        )


def elsewhere(by_place: Mapping[str, Sequence[GridCell]], units: Mapping[str, Unit]) -> Iterator[Said]:
    """Once for all places of a table: most of them stand side by side in one block."""
    if not by_place:
        return
    names = [units[place].name if place in units else place for place in by_place]
    more = f" và {len(names) - 3} nơi khác" if len(names) > 3 else ""
    cells = [cell for found in by_place.values() for cell in found]
    yield (
        "warning",
        "match.area",
        f"{len(cells)} ô là số của địa bàn không có mã hoặc ngoài phạm vi của đơn vị gửi nên không được dùng: "
        f"{', '.join(f'“{n}”' for n in names[:3])}{more}",
        "Nếu cần số của các địa bàn này, hãy khai báo trong data/reference/units.csv, đúng tên như trong biểu",
        cells[0],
    )


def recomputed(cells: Sequence[GridCell]) -> Iterator[Said]:
    if cells:
        yield (
            "info",
            "number.recomputed",
            f"{len(cells)} ô có công thức mà tệp không lưu kết quả; đã tính lại từ các ô khác của trang tính",
            "Hãy mở tệp bằng Excel, xem lại các ô đó và lưu lại",
            cells[0],
        )
