"""What an analyst types into JupyterLab, on the shipped data."""

import re
import shutil

import duckdb
import pytest

from planreview import Review, store
from planreview.catalogue import Catalogue
from planreview.errors import StaleTables, UsageError
from planreview.pipeline import clean
from tests.conftest import NTM, ROOT


@pytest.fixture(scope="module")
def province(shipped) -> Review:
    return Review("14", raw=shipped.raw, processed=shipped.processed)


def test_find_without_diacritics(province):
    found = province.find("nong thon moi").set_index("code")["indicator"]
    assert found["XH.07.01"] == "Số xã đạt chuẩn nông thôn mới (lũy kế)"
    assert len(found) >= 5


def test_a_figure_by_any_spelling_of_its_name(province):
    by_code = province.figure("XH.07.01", 2020)
    assert set(by_code.loc[by_code["kind"] == "actual", "value"]) == {49}
    assert province.figure("số xã đạt chuẩn nông thôn mới", "2020").equals(by_code)
    assert province.figure("SO XA DAT CHUAN NONG THON MOI", 2020).equals(by_code)


def test_did_you_mean(province):
    with pytest.raises(UsageError, match=r"Có phải là: .*hộ nghèo"):
        province.figure("tỷ lệ hộ nghèo", 2020)


def test_candidates_name_every_source_and_mark_the_chosen(shipped):
    later = Review("14", raw=shipped.raw, processed=shipped.processed, cycle="2021-2030")
    seen = later.candidates("KT.01.05", 2022).set_index("source_id")
    assert {"S10", "S32", "S36"} <= set(seen.index)
    assert seen.loc["S36", "source"].startswith("Sơn La")
    settled = later.figure("KT.01.05", 2022)["value"].notna().all()
    assert seen["chosen"].any() == settled


def test_trace_leads_to_the_chosen_cell(province):
    rows = province.trace("KT.01.03", "2016-2020").to_dict("records")
    assert {(r["kind"], r["raw"]) for r in rows} == {("estimate", "5.46"), ("target", "8.5")}
    for row in rows:
        place = row["source_file"], row["sheet"], row["cell"]
        assert place[0].endswith(f"so-lieu-cong-bo__14__{row['round']}.xlsx") and place[1] == row["source_id"]


def test_a_whole_that_cannot_be_added_up_says_why(province):
    reasons = set(province.whole("XH.07.01", 2020)["reason"])
    assert any(r.startswith("thiếu số liệu của ") for r in reasons)


def test_a_department_sees_the_indicators_that_it_answers_for(shipped, catalogue):
    health = Review("SYT", raw=shipped.raw, processed=shipped.processed, cycle="2021-2030")
    codes = set(health.results()["indicator_code"])
    assert "XH.05.02" in codes
    assert {catalogue.agency(c, "14") for c in codes} == {"SYT"}
    assert set(health.figures()["area_code"]) == {"14"}


def test_a_summary_in_jupyterlab(province):
    html = province._repr_html_()
    assert "Tỉnh Sơn La" in html and "chưa có mục tiêu" in html
    assert not re.search(r"\bnan\b", html)


def test_the_line_of_duckdb_in_the_readme_runs(shipped):
    (line,) = re.findall(r"^ *import duckdb; (duckdb\.sql\(.*\))$", (ROOT / "README.md").read_text("utf-8"), re.M)
    relation = eval(line.replace("data/processed", str(shipped.processed)), {"duckdb": duckdb})
    assert (("2020", 49.0) in relation.fetchall()) and relation.columns == ["period", "value"]


def test_the_register_counts_what_comparing_found_too(province):
    register, issues = province.register(), province.issues()
    warnings = issues[(issues["severity"] == "warning") & (issues["source_file"] != "")]
    assert register["n_warnings"].sum() == len(warnings) > 20


@pytest.mark.parametrize("unit", ["14", "125", "SYT"])
@pytest.mark.parametrize("cleaning", [True, False])
def test_a_fingerprint_is_the_same_whoever_else_reads_the_tables(shipped, catalogue, unit, cleaning):
    shared = store.CurrentTables(shipped, catalogue)
    for other in ("VN", "14", "SYT"):
        Review(other, shared=shared).fingerprint()
    alone = Review(unit, raw=shipped.raw, processed=shipped.processed)
    assert Review(unit, shared=shared).fingerprint(cleaning=cleaning) == alone.fingerprint(cleaning=cleaning)


def test_words_of_an_office_make_only_its_own_report_and_the_provinces_stale(sandbox, form):
    header = [*form[1], "Nguyên nhân"]
    sandbox.workbook("2020-11/14", form)
    sandbox.workbook("2020-11/119", form)

    def prints(cause):
        sandbox.workbook("2020-11/SNNPTNT", [header, [1, NTM, "xã", 60, 4, 40, 45, None, cause]])
        clean(sandbox.project)
        shared = store.CurrentTables(sandbox.project, Catalogue.of(sandbox.project.reference))
        return {u: Review(u, shared=shared).fingerprint() for u in ("14", "119", "SNNPTNT", "SYT")}

    before, after = prints("Thiếu vốn"), prints("Mưa lũ")
    assert {u for u in before if before[u] != after[u]} == {"14", "SNNPTNT"}


def test_a_review_opened_too_early_reads_the_tables_once_they_are_made(sandbox, form):
    path = sandbox.workbook("2020-11/14", form)
    clean(sandbox.project)
    form[2][6] = 46
    sandbox.workbook("2020-11/14", form, name=path.name)
    r = Review("14", raw=sandbox.project.raw, processed=sandbox.project.processed, reference=sandbox.project.reference)
    with pytest.raises(StaleTables, match="planreview clean"):
        r.figures()
    clean(sandbox.project)
    assert 46 in set(r.figures()["value"])


def test_judgements_beside_the_results(province):
    """What an analyst asks next: why, what others say, where it leads, whence it came, how it changed."""
    assert "Đánh giá: vượt" in str(province.explain("số xã đạt chuẩn nông thôn mới"))
    assert province.explain("XH.07.01")._repr_html_().startswith("<h3")
    other = province.second_opinions()
    assert {"status_index", "tỷ số nhịp độ Philippines", "second_opinion"} <= set(other.columns)
    assert len(province.second_opinions(only_where_they_differ=True)) <= len(other)
    assert set(province.forecasts()["area_code"]) == {"14"}
    assert set(province.revisions()["area_code"]) == {"14"}
    by_group = province.revision_bias("group")
    assert by_group["n"].sum() == len(province.revisions())
    assert province.contributions().columns.tolist() and province.causes().columns.tolist()
    with pytest.raises(UsageError):
        province.explain("không có chỉ tiêu này")


def test_nothing_to_explain_is_said(shipped):
    district = Review("127", raw=shipped.raw, processed=shipped.processed)
    assert "không có mục tiêu hay kết quả nào" in str(district.explain("KT.01.13"))


def test_tables_that_judging_adds_are_asked_of_clean_where_they_are_gone(shipped, tmp_path):
    processed = shutil.copytree(shipped.processed, tmp_path / "processed")
    shutil.rmtree(processed / "forecasts")
    review = Review("14", raw=shipped.raw, processed=processed)
    with pytest.raises(StaleTables, match="forecasts"):
        review.forecasts()


def test_a_district_sees_its_rank_and_no_other_districts_numbers(catalogue, sandbox):
    for n, code in enumerate(("118", "119", "125")):
        form = [["Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "ƯTH 2020"], [NTM, "xã", 10, 5 + n]]
        sandbox.workbook(f"2020-11/{code}", form)
    clean(sandbox.project)
    places = {"raw": sandbox.project.raw, "processed": sandbox.project.processed}
    every = Review("14", **places).compare_units("XH.07.01")
    assert every[["area_code", "rank", "median"]].values.tolist() == [["118", 3, 6], ["119", 2, 6], ["125", 1, 6]]
    own = Review("119", **places).compare_units("XH.07.01")
    assert own[["area_code", "rank", "median", "distance"]].values.tolist() == [["119", 2, 6, 4]]
