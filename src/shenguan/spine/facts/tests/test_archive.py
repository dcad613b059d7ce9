from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shenguan.rulebook import load
from shenguan.spine.facts import archive
from shenguan.spine.facts.schema import in_order, schemas, table_of
from shenguan.spine.facts.shaping import MONTH, split

PAIR = {
    **{"prior_id": 1, "case_id": 2, "court": 7, "case_type": 301, "case_class": 2, "instance": 2},
    **{"confidentiality": 0, "relation": 1, "happened_on": 20_000, "happened_month": 24_316},
}


def pairs(*case_ids: int) -> pa.Table:
    return table_of("link", [{**PAIR, "case_id": case_id} for case_id in case_ids])


def write(home: Path, month: str, rows: pa.Table, position: int = 1) -> archive.Manifest:
    before = archive.manifest(home)
    writer = archive.Writer(home, before)
    if before:
        writer.keep(before)
    writer.write("link", month, rows)
    return writer.commit(position=position, basis=archive.Basis("甲"), built_at="2026-11-20")


def test_every_table_of_the_declaration_has_a_schema_of_small_integers_and_booleans():
    for name, table in load().facts.tables.items():
        schema = schemas()[name]
        assert schema.names == [column.column for column in table.columns.values()]
        assert {str(field.type) for field in schema} <= {"int32", "int64", "bool"}
        assert {field.name for field in schema if field.nullable} == {
            column.column for column in table.columns.values() if column.type in {"day", "month"}
        }


def test_a_row_that_lacks_a_column_is_refused():
    with pytest.raises(KeyError, match="relation"):
        table_of("link", [{key: value for key, value in PAIR.items() if key != "relation"}])


def test_an_empty_home_has_no_archive_and_empty_tables(tmp_path: Path):
    assert archive.manifest(tmp_path) is None
    assert archive.position(tmp_path) == 0
    assert archive.files(tmp_path, "case") == []
    assert archive.read(tmp_path, "case").schema == schemas()["case"]


def test_partitions_are_sorted_files_that_the_manifest_names(tmp_path: Path):
    write(tmp_path, "202601", pairs(5, 3), position=9)
    (file,) = archive.files(tmp_path, "link")
    assert file.parent.name == "month=202601"
    assert pq.read_table(file, partitioning=None)["case_id"].to_pylist() == [3, 5]
    assert archive.position(tmp_path) == 9


def test_a_replaced_partition_leaves_no_old_file_behind(tmp_path: Path):
    write(tmp_path, "202601", pairs(1))
    write(tmp_path, "202602", pairs(2))
    write(tmp_path, "202601", pairs(3))
    assert sorted(archive.read(tmp_path, "link")["case_id"].to_pylist()) == [2, 3]
    assert len(list((tmp_path / "facts").glob("link/*/*"))) == 2


def test_a_partition_without_rows_goes(tmp_path: Path):
    write(tmp_path, "202601", pairs(1))
    write(tmp_path, "202601", pairs())
    assert archive.files(tmp_path, "link") == []
    assert list((tmp_path / "facts").glob("link/*")) == []


def test_a_write_that_stops_before_its_commit_changes_nothing(tmp_path: Path):
    write(tmp_path, "202601", pairs(1))
    half = archive.Writer(tmp_path, archive.manifest(tmp_path))
    half.write("link", "202601", pairs(7, 8))
    assert archive.read(tmp_path, "link")["case_id"].to_pylist() == [1]
    write(tmp_path, "202602", pairs(2))
    assert sorted(archive.read(tmp_path, "link")["case_id"].to_pylist()) == [1, 2]
    assert len(list((tmp_path / "facts").glob("link/*/*"))) == 2


def test_a_torn_manifest_counts_as_no_archive(tmp_path: Path):
    write(tmp_path, "202601", pairs(1))
    (tmp_path / "facts" / "manifest.json").write_text("{", encoding="utf-8")
    assert archive.manifest(tmp_path) is None


def filed(month: int, *case_ids: int) -> pa.Table:
    return pairs(*case_ids).append_column(MONTH, pa.array([month] * len(case_ids), pa.int32()))


@pytest.mark.parametrize("limit", [0, 2, 100])
def test_what_is_spilt_comes_back_whole_however_little_memory_there_is(tmp_path: Path, limit: int):
    spill = archive.Spill(tmp_path, limit, split)
    january = 2026 * 12
    for rows in (filed(january, 1, 2), filed(january + 1, 3), filed(0, 5), filed(january, 4)):
        spill.add("link", rows)
    found = {
        (table, month): in_order(table, rows)["case_id"].to_pylist()
        for table, month, rows in spill.partitions()
    }
    assert found == {("link", "0"): [5], ("link", "202601"): [1, 2, 4], ("link", "202602"): [3]}
    assert not (tmp_path / "facts" / ".building").exists()
