"""The sheet "Hướng dẫn": what to fill in and how, by when and to whom."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Cycle, Round, texts
from planreview.forms.styles import Look, across, height, protect, put, set_page, set_widths

NAME = "Hướng dẫn"
_WIDTHS = [5, 26, 112]
_BLANK = "………………………………………………"


def guide(form: str, round_: Round, cycle: Cycle, *, prefilled_from: str = "") -> list[tuple[str, str]]:
    """What is asked, point by point: a heading and what to do."""
    return _of_proposals(cycle) if form == "III" else _of_indicators(round_, cycle, prefilled_from)


def _of_indicators(round_: Round, cycle: Cycle, prefilled_from: str) -> list[tuple[str, str]]:
    asked_in = round_.deadline.year
    done = [str(y) for y in range(cycle.review_first, cycle.review_last + 1) if y < asked_in]
    ahead = [str(y) for y in range(cycle.review_first, cycle.review_last + 1) if y >= asked_in]
    columns = [
        f"KH NQ {cycle.review_period}: mục tiêu của cả giai đoạn theo nghị quyết của chính đơn vị.",
        f"Năm {cycle.baseline_year}: số thực hiện của năm gốc.",
        *([f"TH {_span(done)}: số thực hiện chính thức của cả năm."] if done else []),
        *(
            [f"ƯTH {_span(ahead)}: số ước thực hiện đến hết 31/12, không phải số của các tháng đã qua."]
            if ahead
            else []
        ),
        f"KH {cycle.plan_first}-{cycle.plan_last}: mức đơn vị dự kiến cho từng năm của kế hoạch sau.",
    ]
    points = [
        (
            "Điền vào đâu",
            "Chỉ điền vào các ô nền trắng: cột số liệu, Nguyên nhân, Giải pháp, Ghi chú và trang Thuyết minh. Ô nền "
            "xám (STT, mã, tên chỉ tiêu, đơn vị tính, BQGĐ) đã khóa; không thêm, xóa hay đổi tên cột.",
        ),
        ("Các cột số liệu", "\n".join(columns)),
        (
            "Đơn vị tính",
            "Ghi đúng theo đơn vị ở cột ĐVT. Ví dụ cột ĐVT ghi tỷ đồng mà đơn vị có 1.250 triệu đồng thì ghi 1,25.",
        ),
        (
            "Cách ghi số",
            "Mỗi ô một số, dấu phẩy cho phần thập phân, không gõ kèm đơn vị hay dấu %: 12,5% thì ghi 12,5. Riêng mục "
            "tiêu (các cột KH) được ghi: trên 90; dưới 4; khoảng 30; 60-65.",
        ),
        (
            "Không có số liệu",
            "Để trống. Không ghi 0 (0 nghĩa là đã đo được và bằng không), không ghi dấu gạch ngang hay “chưa có”; lý "
            "do thì ghi ở cột Ghi chú.",
        ),
        (
            f"BQGĐ {cycle.review_period}",
            "Tự tính khi đã đủ số các năm, không phải điền: tổng của cả giai đoạn với chỉ tiêu tính theo từng năm "
            "(vốn đầu tư, thu ngân sách…); bình quân các năm với tỷ lệ tính theo năm; tốc độ tăng bình quân năm (%) "
            "với chỉ tiêu quy mô và tốc độ tăng. Chỉ tiêu chỉ xét mức cuối kỳ thì không có BQGĐ.",
        ),
        (
            "Nguyên nhân, giải pháp",
            "Ghi cho chỉ tiêu không đạt, đạt thấp hoặc vượt xa mục tiêu: vì sao và đơn vị sẽ làm gì. Xuống dòng "
            "trong ô bằng Alt+Enter.",
        ),
        (
            "Trang Thuyết minh",
            "Mỗi ý một dòng dưới đúng đề mục. Thiếu dòng thì chèn thêm ngay dưới dòng cuối của đề mục đó.",
        ),
    ]
    if prefilled_from:
        text = (
            f"Số chữ xanh in nghiêng là số chính đơn vị đã gửi ({prefilled_from}). Hãy xem lại từng số, sửa trực tiếp "
            "vào ô nếu có thay đổi."
        )
        points.insert(5, ("Số điền sẵn", text))
    return points


def _of_proposals(cycle: Cycle) -> list[tuple[str, str]]:
    return [
        ("Điền vào đâu", "Chỉ điền vào các ô nền trắng, mỗi nhiệm vụ một dòng. Thiếu dòng thì chèn thêm."),
        (
            "Nội dung nhiệm vụ",
            f"Tên đề án, chương trình hoặc văn bản cần có để thực hiện kế hoạch {cycle.plan_period}; bắt đầu bằng "
            "động từ (xây dựng, ban hành, rà soát…).",
        ),
        ("Nhóm nhiệm vụ", "Lĩnh vực của nhiệm vụ, ví dụ: nông nghiệp; giảm nghèo; cải cách hành chính."),
        ("Cơ quan chủ trì", "Chỉ một cơ quan chịu trách nhiệm chính. Các cơ quan khác ghi ở cột Cơ quan phối hợp."),
        ("Thời gian hoàn thành", "Ghi quý hoặc năm, ví dụ: quý II và năm, hoặc “hằng năm”."),
        (
            "Kinh phí, nguồn vốn",
            "Số tiền kèm đơn vị tính và nguồn, ví dụ: 1.500 triệu đồng, ngân sách tỉnh. Chưa xác định thì để trống.",
        ),
        ("Sản phẩm", "Văn bản hoặc kết quả cụ thể để biết nhiệm vụ đã xong."),
    ]


def _span(years: list[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"


def write_guide_sheet(sheet: Worksheet, form: str, round_: Round, cycle: Cycle, *, prefilled_from: str = "") -> None:
    set_widths(sheet, _WIDTHS)
    across(sheet, 1, 1, 3, "HƯỚNG DẪN ĐIỀN BIỂU", Look(across="center", bordered=False, bold=True, size=14))
    points = guide(form, round_, cycle, prefilled_from=prefilled_from)
    points.append(
        (
            "Gửi biểu",
            f"Gửi tệp Excel này chậm nhất ngày {texts.date(round_.deadline)}, giữ nguyên tên các trang, không chuyển "
            "thành PDF hay Word; bản ký, đóng dấu gửi kèm.",
        )
    )
    row = 3
    for number, (heading, text) in enumerate(points, 1):
        put(sheet, row, 1, f"{number}.", Look(across="center", size=12, down="top"))
        put(sheet, row, 2, heading, Look(bold=True, size=12, down="top"))
        put(sheet, row, 3, text, Look(size=12, down="top"))
        sheet.row_dimensions[row].height = max(height(text, _WIDTHS[2], 12), height(heading, _WIDTHS[1], 12)) + 4
        row += 1
    for heading in ("Nơi gửi", "Người giải đáp", "Điện thoại, thư điện tử"):
        put(sheet, row, 1, None, Look(size=12))
        put(sheet, row, 2, heading, Look(bold=True, size=12))
        put(sheet, row, 3, _BLANK, Look(size=12, open=True))
        sheet.row_dimensions[row].height = 22
        row += 1
    set_page(sheet)
    protect(sheet)
