"""What is said of a file that cannot be read: each cause has its own sentence, its place and its remedy."""

from __future__ import annotations

from planreview.errors import UnreadableFile

_SAVE_AGAIN = "Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại"
_SEND_AGAIN = "Hãy xin đơn vị gửi lại tệp gốc"


def empty() -> UnreadableFile:
    return UnreadableFile("Tệp rỗng (0 byte)", remedy=_SEND_AGAIN)


def damaged(place: str) -> UnreadableFile:
    """``place``: the part of the file that is not as it must be."""
    return UnreadableFile("Tệp bị hỏng nên không đọc được", place=place[:120], remedy=f"{_SAVE_AGAIN}; {_RETRY}")


_RETRY = "nếu Excel cũng không mở được thì xin đơn vị gửi tệp khác"


def truncated() -> UnreadableFile:
    return UnreadableFile("Tệp bị thiếu phần cuối, có lẽ do tải hoặc gửi dở dang", remedy=_SEND_AGAIN)


def password() -> UnreadableFile:
    return UnreadableFile(
        "Tệp có mật khẩu nên không đọc được",
        remedy="Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại, hoặc cho biết mật khẩu",
    )


def wrong_password() -> UnreadableFile:
    return UnreadableFile("Mật khẩu đã cho không mở được tệp", remedy="Hãy hỏi lại đơn vị mật khẩu của tệp")


def damaged_encryption(place: str) -> UnreadableFile:
    return UnreadableFile("Tệp có mật khẩu, và phần mã hóa bị hỏng", place=place[:120], remedy=_SEND_AGAIN)


def other_encryption() -> UnreadableFile:
    return UnreadableFile(
        "Tệp được mã hóa theo cách không mở được ở đây", remedy="Hãy mở bằng Excel, bỏ mật khẩu rồi gửi lại"
    )


def not_a_table(what: str) -> UnreadableFile:
    """``what`` the file is instead."""
    return UnreadableFile(f"Tệp không phải bảng tính mà là {what}", remedy="Hãy gửi biểu dạng .xlsx")


def no_columns() -> UnreadableFile:
    return UnreadableFile(
        "Tệp chỉ có chữ, không có dấu phân cột nên không phải bảng tính", remedy="Hãy gửi biểu dạng .xlsx"
    )


def bomb(place: str) -> UnreadableFile:
    return UnreadableFile(
        "Tệp chứa mã XML tự nhân lên nhiều lần hoặc gọi ra ngoài nên không được mở", place=place, remedy=_SAVE_AGAIN
    )


def inflates(megabytes: int) -> UnreadableFile:
    return UnreadableFile(f"Tệp khi giải nén lớn hơn {megabytes} MB nên không được mở", remedy=_SMALLER)


_SMALLER = "Hãy chỉ giữ lại phần có số liệu, lưu dạng .xlsx rồi gửi lại"


def too_many_cells(most: int, place: str) -> UnreadableFile:
    said = f"{most:,}".replace(",", ".")
    return UnreadableFile(f"Tệp có hơn {said} ô có nội dung", place=place, remedy=_SMALLER)


def too_slow(seconds: float) -> UnreadableFile:
    return UnreadableFile(f"Đọc tệp quá {seconds:.0f} giây mà chưa xong nên phải dừng", remedy=_SMALLER)


def too_much_memory(megabytes: int) -> UnreadableFile:
    return UnreadableFile(f"Đọc tệp cần hơn {megabytes} MB bộ nhớ nên phải dừng", remedy=_SMALLER)


def reader_died() -> UnreadableFile:
    return UnreadableFile("Tệp làm chương trình đọc bị dừng đột ngột, có lẽ do bị hỏng", remedy=_SAVE_AGAIN)


def too_new(what: str) -> UnreadableFile:
    """A kind of spreadsheet that has to be exported first."""
    return UnreadableFile(f"Chưa đọc được tệp của {what}", remedy="Hãy xuất tệp ra dạng Excel (.xlsx) rồi gửi lại")
