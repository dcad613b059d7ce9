"""`shenguan read-judgment`: one JSON line a document, faults named, the rest goes on."""

import json
from pathlib import Path

from click.testing import CliRunner

from shenguan.core.judgment.tests.samples import CIVIL_APPEAL, CRIMINAL, flat
from shenguan.programs.intake.commands_judgment import read_judgment

KEYS = (
    *("id", "court", "case_number", "court_code", "case_key", "type", "instance", "procedure"),
    *("procedure_basis", "filed_on", "prosecuted_on", "hearings", "judged_on"),
    *("prior_case_number", "prior_court", "disposition", "cause", "statutes", "parties", "panel"),
    *("costs", "appeal_days", "spans"),
)


def test_one_line_a_document_with_every_key_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": "甲", "text": flat(CRIMINAL)}, {"id": "乙", "text": CIVIL_APPEAL}]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    result = CliRunner().invoke(read_judgment, [str(path), "--json"])
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in records] == ["甲", "乙"]
    for record in records:
        assert set(KEYS) <= set(record)
        assert all(record["why"][key] for key in KEYS if record[key] is None)
    assert records[0]["judged_on"] == "2024-04-26"
    assert records[0]["hearings"] == ["2024-04-09", "2024-04-10"]
    first = {"law": "中华人民共和国刑法", "article": "266", "paragraph": "", "item": ""}
    assert records[0]["statutes"][0] == first


def test_a_missing_file_is_a_line_of_its_own_and_exit_code_one(tmp_path: Path) -> None:
    good = tmp_path / "甲.txt"
    good.write_text(CIVIL_APPEAL, "gb18030")
    missing = tmp_path / "没有.docx"
    result = CliRunner().invoke(read_judgment, [str(missing), str(good), "--json"])
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert result.exit_code == 1
    assert "文件不存在" in first["error"]
    assert second["court"] == "示范市中级人民法院"


def test_for_the_eye_each_field_has_its_name_or_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(CIVIL_APPEAL, "utf-8")
    shown = CliRunner().invoke(read_judgment, [str(path)]).stdout
    assert "案号：（2025）示01民终7号" in shown
    assert "起诉日期：（无：非刑事案件）" in shown
