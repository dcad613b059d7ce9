"""`shenguan due`: JSON lines in, JSON lines out, errors beside answers."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from shenguan.spine.timelimits.commands import due_command

GOOD = {
    "id": "甲",
    "case_type": "民初",
    "procedure": "普通程序",
    "events": [
        {"on": "2026-01-15", "event": "立案"},
        {"on": "2026-03-01", "event": "送鉴定", "kind": "精神病鉴定"},
        {"on": "2026-03-31", "event": "鉴定结束"},
        {"on": "2026-06-01", "event": "延长审限批准", "months": 6, "approver": "本院院长"},
    ],
    "as_of": "2026-06-01",
}


def run(*lines: object, args: tuple[str, ...] = ()):
    text = "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    result = CliRunner().invoke(due_command, list(args), input=text)
    return result, [json.loads(line) for line in result.stdout.splitlines() if line[:1] == "{"]


def test_a_case_is_answered_on_one_line():
    result, answers = run(GOOD)
    assert result.exit_code == 0
    assert (answers[0]["id"], answers[0]["due"], answers[0]["excluded_days"]) == (
        "甲",
        "2027-02-14",
        30,
    )


def test_the_input_may_be_a_file(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    result, answers = run(args=("--in", str(file)))
    assert (result.exit_code, len(answers)) == (0, 1)


def test_a_faulty_line_is_an_error_beside_the_others_and_the_exit_code_is_one():
    broken = {**GOOD, "id": "乙", "as_of": "某日"}
    result, answers = run(broken, "不是JSON", "", GOOD, "[1]", {"id": "丙"})
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers] == ["乙", 2, "甲", 5, "丙"]
    assert answers[0]["error"] == "第1行：字段 as_of 的值“某日”不是日期（应如 2026-01-15）"
    assert answers[1]["error"].startswith("第2行不是有效的 JSON")
    assert "error" not in answers[2]


def test_an_unknown_rule_is_an_error_of_its_line():
    result, answers = run({**GOOD, "rule": "无此规则"})
    assert result.exit_code == 1
    assert "“无此规则”不是规则库中的规则编号" in answers[0]["error"]


@pytest.mark.parametrize(
    "text", ["criminal_month_end: corresponding", '{"criminal_month_end": "corresponding"}']
)
def test_a_courts_settings_are_read_from_yaml_or_json(tmp_path, text):
    file = tmp_path / "settings"
    file.write_text(text, encoding="utf-8")
    case = {**GOOD, "case_type": "刑初", "events": [{"on": "2026-02-28", "event": "立案"}]}
    assert run(case)[1][0]["due"] == "2026-04-30"
    assert run(case, args=("--settings", str(file)))[1][0]["due"] == "2026-04-28"


def test_faulty_settings_stop_the_command_with_a_reason(tmp_path):
    file = tmp_path / "settings.yaml"
    file.write_text("顺延: true", encoding="utf-8")
    result, _ = run(GOOD, args=("--settings", str(file)))
    assert result.exit_code == 1
    assert "设置文件 settings.yaml 不可读：设置“顺延”不存在" in result.output


def test_a_courts_overlay_is_laid_over_the_nations_rules(tmp_path):
    (tmp_path / "timelimits").mkdir()
    (tmp_path / "timelimits" / "local.yaml").write_text(
        "- {id: local.other, name: 其他民事, class: 民事, applies: [{type: 民他}], law: [{cite: 本院规定}], "
        "valid_from: 2020-01-01, status: local, certainty: text, start: 立案, length: {days: 60}}",
        encoding="utf-8",
    )
    case = {**GOOD, "case_type": "民他", "events": GOOD["events"][:1]}
    assert run(case)[1][0]["state"] == "no_rule"
    assert run(case, args=("--overlay", str(tmp_path)))[1][0]["due"] == "2026-03-16"


def test_an_empty_input_gives_an_empty_answer():
    result, answers = run("")
    assert (result.exit_code, answers) == (0, [])


def test_a_line_in_another_encoding_is_an_error_of_its_line(tmp_path):
    file = tmp_path / "cases.jsonl"
    good = json.dumps(GOOD, ensure_ascii=False)
    file.write_bytes(good.encode("gb18030") + b"\n" + good.encode("utf-8") + b"\n")
    result, answers = run(args=("--in", str(file)))
    assert result.exit_code == 1
    assert answers[0] == {"id": 1, "error": "第1行不是有效的 UTF-8 文本"}
    assert answers[1]["due"] == "2027-02-14"


def test_a_name_outside_the_basic_plane_survives():
    assert run({**GOOD, "id": "𠮷村"})[1][0]["id"] == "𠮷村"


def test_half_a_character_in_an_id_does_not_stop_the_run():
    line = json.dumps(GOOD).replace('"id": "\\u7532"', '"id": "\\ud800"')
    result, answers = run(line, GOOD)
    assert result.exit_code == 0
    assert [answer["id"] for answer in answers] == ["\ud800", "甲"]
