"""planreview alias: one more name for an indicator, used by the next clean."""

import json

import pandas as pd
from tests.conftest import HEADER, NTM

TYPED = "Xã cán đích NTM (cộng dồn)"


def test_a_name_that_nobody_knew_is_read_after_it_was_told(sandbox, catalogue):
    sandbox.workbook("2020-11/119", [HEADER, [1, TYPED, "xã", 30, 4, 40, 45]])
    aliases = sandbox.root / "data/reference/aliases.csv"
    before = aliases.read_bytes()

    def observations() -> pd.DataFrame:
        assert sandbox.planreview("clean").returncode == 0
        return pd.read_parquet(sandbox.project.processed / "observations/2020-11__119.parquet")

    assert observations().empty
    issues = pd.read_parquet(sandbox.project.processed / "issues/2020-11__119.parquet")
    assert issues["code"].tolist()[:1] == ["match.unknown"]
    code = next(i.code for i in catalogue.indicators.values() if i.name == NTM)
    done = sandbox.planreview("alias", TYPED, code.lower(), "--note", "biểu của huyện", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["written"] is True
    assert aliases.read_bytes().startswith(before)
    assert set(observations()["indicator_code"]) == {code}

    again = sandbox.planreview("alias", f"1. {TYPED.upper()}", code, "--json")
    assert json.loads(again.stdout)["written"] is False


def test_what_would_mislead_is_refused(sandbox):
    aliases = sandbox.root / "data/reference/aliases.csv"
    before = aliases.read_bytes()
    for name, code, said in (
        (NTM, "XH.03.02", "đã là tên của"),
        ("Tên mới", "XX.99", "Không có chỉ tiêu mã “XX.99”"),
        ("1. ", "XH.03.02", "để trống"),
    ):
        done = sandbox.planreview("alias", name, code)
        assert done.returncode == 2 and said in done.stderr, (name, done.stderr)
    assert aliases.read_bytes() == before
