from __future__ import annotations

from pathlib import Path

import pytest

from shenguan.core.facts.causes import end_of, number_of
from shenguan.core.facts.scan import STEPS
from shenguan.core.timelimit.vocabulary import PAIRS
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import facts_codes


def words():
    return load().fact_words


def test_every_column_names_events_and_code_tables_that_exist():
    rulebook = load()
    for table in rulebook.facts.tables.values():
        for column in table.columns.values():
            assert all(kind == rulebook.events.canonical(kind) for kind in column.events), column
            assert not column.code_table or column.code_table in words().tables, column


def test_column_names_are_unique_in_their_table():
    for table in load().facts.tables.values():
        english = [column.column for column in table.columns.values()]
        assert len(english) == len(set(english))


def test_a_month_axis_has_its_day():
    for table in load().facts.tables.values():
        for column in table.columns.values():
            if column.axis:
                assert table.day_of(column).type == "day"


def test_every_class_and_instance_of_the_case_types_has_a_number():
    tables = words().tables
    for kind in load().codes.case_types.values():
        assert kind.case_class in tables["类别"], kind
        assert kind.instance in tables["审级"], kind


def test_every_kind_the_derivation_names_is_in_the_event_table():
    assert words().tables["事件"].keys() >= STEPS | PAIRS.keys()


def test_numbers_are_unique_within_a_table():
    for name, table in words().tables.items():
        if name != "案由":  # a cause is found by its name and by its code
            assert len(set(table.values())) == len(table), name


def test_a_cause_has_the_number_of_its_place_in_the_tree():
    causes = words().tables["案由"]
    node = next(n for n in load().causes.nodes if n.name == "离婚纠纷")
    assert causes["离婚纠纷"] == causes[node.code] == number_of(node.code)
    above = number_of(node.parent)
    assert above < causes["离婚纠纷"] <= end_of(above)


@pytest.mark.parametrize(
    ("table", "text", "name"),
    [
        ("结案方式", "驳回上诉，维持原判", "维持"),
        ("结案方式", "撤销原判，发回重审", "发回重审"),
        ("结案方式", "裁定准许原告撤诉", "准许撤诉"),
        ("结案方式", "终本", "终结本次执行程序"),
        ("结案方式", "按上诉人自动撤回上诉处理", "准许撤回上诉"),
        ("上级结果", "发回重审", "发回"),
        ("上级结果", "按撤回上诉处理", "撤回"),
        ("执行结果", "保全完毕", "执行完毕"),
        ("程序", "简易转普通", "普通程序"),
        ("履行方式", "被执行人自动履行", "自动履行"),
    ],
)
def test_what_courts_write_leads_to_the_name(table: str, text: str, name: str):
    assert words().name(table, text) == name


def test_a_courts_own_column_ticks_a_column_that_exists():
    case = load().facts.table("case")
    for column in words().headings:
        found = case.by_column(column)
        assert found is not None, column
        assert found.type == "bool", column
    assert words().ticked({"是否网上立案": "是", "庭审直播": "否"}) == {"filed_online"}


def overlay(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "codes").mkdir(exist_ok=True)
    (tmp_path / "codes" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_courts_own_words_are_tried_first(tmp_path: Path):
    text = "结案方式: {同: {调解: [以调代判]}, 含: [[特殊处理, 决定]]}\n名单: {撤诉: [销案]}\n"
    own = facts_codes.load(DATA, overlay(tmp_path, "facts_words.yaml", text))
    assert own.name("结案方式", "以调代判") == "调解"
    assert own.name("结案方式", "经特殊处理") == "决定"
    assert own.listed("撤诉", "销案")
    assert own.listed("撤诉", "准许撤诉")


def test_a_spelling_that_leads_nowhere_is_refused_by_name(tmp_path: Path):
    text = "结案方式: {同: {没有的方式: [某写法]}}\n"
    with pytest.raises(ValueError, match="没有的方式"):
        facts_codes.load(DATA, overlay(tmp_path, "facts_words.yaml", text))


def test_a_code_that_is_no_positive_integer_or_used_twice_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="不是正整数"):
        facts_codes.tables(DATA, overlay(tmp_path, "facts_codes.yaml", "关联: {某: true}\n"))
    with pytest.raises(ValueError, match="重复的整数"):
        facts_codes.tables(DATA, overlay(tmp_path, "facts_codes.yaml", "关联: {某: 5, 别: 5}\n"))
