"""Reading the hand-kept files under ``data/reference`` so that a slip in one is named by file and line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from planreview.errors import ReferenceDataError


def read_csv(
    path: Path,
    columns: str,
    *,
    key: str | None = None,
    allowed: Mapping[str, tuple[str, ...]] | None = None,
    optional: bool = False,
) -> pd.DataFrame:
    """A reference CSV as text: no NA words, no numbers guessed.

    ``columns`` (names between blanks) must all be there (more are kept); ``key`` must be filled and unique; ``allowed``
    gives the words that a column may hold. An absent file is an empty frame where ``optional``.
    Raises ReferenceDataError with file and line.
    """
    names = columns.split()
    if optional and not path.exists():
        return pd.DataFrame(columns=names, dtype=str)
    try:
        data = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
        data = data.apply(lambda column: column.str.strip())
    except FileNotFoundError:
        raise ReferenceDataError("Thiếu tệp danh mục", place=str(path), remedy="Hãy khôi phục tệp này") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as broken:
        raise ReferenceDataError(
            "Tệp danh mục không đọc được như một bảng CSV mã hóa UTF-8",
            place=f"{path}: {broken}",
            remedy="Hãy mở tệp bằng trình soạn thảo văn bản và sửa dòng được nêu",
        ) from None
    missing = [c for c in names if c not in data.columns]
    if missing:
        raise ReferenceDataError(f"Tệp danh mục thiếu cột {', '.join(missing)}", place=str(path))
    if key:
        _refuse(path, data[data[key].str.strip() == ""], f"cột {key} để trống")
        _refuse(path, data[data[key].duplicated()], f"cột {key} bị lặp", column=key)
    for column, words in (allowed or {}).items():
        _refuse(
            path,
            data[~data[column].isin(words)],
            f"cột {column} chỉ nhận: {', '.join(filter(None, words))}",
            column=column,
        )
    return data


def _refuse(path: Path, bad: pd.DataFrame, what: str, *, column: str | None = None) -> None:
    if bad.empty:
        return
    line = int(bad.index[0]) + 2  # one for the header, one because people count from 1
    found = f" (đang ghi “{bad.iloc[0][column]}”)" if column else ""
    raise ReferenceDataError(f"Dòng {line} sai: {what}{found}", place=str(path), remedy="Hãy sửa dòng này rồi chạy lại")


def read_toml(path: Path) -> dict:
    """A TOML file. Raises ReferenceDataError with the line of a slip."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReferenceDataError("Thiếu tệp cấu hình", place=str(path), remedy="Hãy khôi phục tệp này") from None
    except UnicodeDecodeError:
        raise ReferenceDataError(
            "Tệp cấu hình không phải văn bản mã hóa UTF-8", place=str(path), remedy="Hãy lưu lại tệp ở dạng UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as slip:
        raise ReferenceDataError(
            "Tệp cấu hình viết sai cú pháp TOML", place=f"{path}: {slip}", remedy="Hãy sửa dòng được nêu rồi chạy lại"
        ) from None


def setting(content: Mapping, path: Path, name: str, kind: type | tuple[type, ...]):
    """One required setting by its dotted name; raises ReferenceDataError where absent or of another kind."""
    value: object = content
    for step in name.split("."):
        if not isinstance(value, Mapping) or step not in value:
            raise ReferenceDataError(f"Tệp cấu hình thiếu mục {name}", place=str(path))
        value = value[step]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ReferenceDataError(f"Mục {name} có giá trị không đúng kiểu: {value!r}", place=str(path))
    return value
