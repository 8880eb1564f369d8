"""The tables on disk: the same columns and dtypes whatever a data set holds, and codes that stay text."""

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from planreview import tables

ROW = {
    "area_code": "14", "indicator_code": "XH.05.01", "period": "2020", "kind": "actual", "value": 1.5,
    "source_file": "a.xlsx", "sheet": "S", "cell": "A1", "provenance": "submitted", "round": "2020-06",
}  # fmt: skip


def write_data_set(folder, units):
    for unit in units:
        rows = [ROW | {"unit_code": unit}]
        tables.write("observations", tables.frame("observations", rows), folder / f"2020-06__{unit}.parquet")


@pytest.mark.parametrize("units", [["14"], ["14", "VN"], ["14", "SKHDT"]])
def test_unit_codes_stay_text_in_any_data_set(tmp_path, units):
    write_data_set(tmp_path, units)
    read = pd.read_parquet(tmp_path)
    expected = tables.frame("observations", [])
    assert read.dtypes.to_dict() == expected.dtypes.to_dict()
    assert len(read[read["unit_code"] == "14"]) == 1


def test_an_empty_part_changes_no_dtype(tmp_path):
    write_data_set(tmp_path, ["14"])
    before = pd.read_parquet(tmp_path).dtypes.to_dict()
    tables.write("observations", tables.frame("observations", []), tmp_path / "2020-06__VN.parquet")
    read = pd.read_parquet(tmp_path)
    assert read.dtypes.to_dict() == before
    assert len(read[read["unit_code"] == "14"]) == 1


@pytest.mark.parametrize("table", tables.SCHEMAS)
def test_every_table_reads_back_empty_with_its_columns(tmp_path, table):
    tables.write(table, tables.frame(table, []), tmp_path / "x.parquet")
    assert list(tables.read(table, tmp_path).columns) == tables.SCHEMAS[table].names


@pytest.mark.parametrize(
    "change", [{"kind": "guess"}, {"period": "quý I"}, {"plan": "wish"}, {"provenance": "official"}, {"digits": -1}]
)
def test_a_row_against_the_contract_is_refused(tmp_path, change):
    with pytest.raises(SchemaErrors):
        tables.write("observations", tables.frame("observations", [ROW | change]), tmp_path / "x.parquet")


def test_the_same_cell_twice_is_refused(tmp_path):
    with pytest.raises(SchemaErrors):
        tables.write("observations", tables.frame("observations", [ROW, ROW]), tmp_path / "x.parquet")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"note": "x"}, "note"),
        ({"kind": None}, "kind"),
        ({"kind": "guess", "digits": -1}, "(?s)kind.*digits|digits.*kind"),
    ],
)
def test_what_breaks_the_contract_is_said_all_at_once(tmp_path, change, said):
    data = tables.frame("observations", [ROW]).assign(**{name: [value] for name, value in change.items()})
    with pytest.raises(SchemaErrors, match=said):
        tables.write("observations", data, tmp_path / "x.parquet")


def test_rows_stand_in_order_and_those_alike_as_they_were_given():
    places = [("b.xlsx", "Ă", "A1"), ("a.xlsx", "Z", "B2"), ("b.xlsx", "A", "C3"), ("a.xlsx", "Z", "A1")]
    rows = [ROW | dict(zip(("source_file", "sheet", "cell"), place, strict=True)) for place in places]
    told = tables.arrow("observations", rows, ["source_file", "sheet"]).to_pandas()
    assert list(told["cell"]) == ["B2", "A1", "C3", "A1"]
    assert list(told["sheet"]) == ["Z", "Z", "A", "Ă"]


def test_columns_hold_the_same_rows_as_dicts():
    columns = tables.Columns(("sheet", "cell"))
    for sheet, cells in (("A", ["A1", "B1"]), ("B", ["C1"])):
        mine = tables.Columns(("cell",))
        mine.values["cell"] += cells
        columns.extend(mine, sheet=sheet)
    rows = [{"sheet": "A", "cell": "A1"}, {"sheet": "A", "cell": "B1"}, {"sheet": "B", "cell": "C1"}]
    assert list(columns) == rows
    assert len(columns) == 3
    assert list(columns.where("sheet", "B")) == rows[2:]


def test_an_unchanged_part_is_not_written_again(tmp_path):
    data, path = tables.frame("observations", [ROW]), tmp_path / "x.parquet"
    assert tables.write("observations", data, path)
    assert not tables.write("observations", data, path)
    assert list(tmp_path.iterdir()) == [path]
