"""make look removes nobody's files."""

import pytest
from scripts.look import clear


def test_only_its_own_folder_is_emptied(tmp_path):
    own, other = tmp_path / "reports/look", tmp_path / "ảnh"
    for folder in (own, other):
        folder.mkdir(parents=True)
        (folder / "bieu.xlsx").write_bytes(b"x")
    clear(own, own)
    assert [*own.iterdir()] == []
    with pytest.raises(SystemExit, match="ảnh"):
        clear(other, own)
    with pytest.raises(SystemExit):
        clear(other / "bieu.xlsx", own)
    assert (other / "bieu.xlsx").exists()
    clear(tmp_path / "mới", own)
    assert (tmp_path / "mới").is_dir()
