"""Forms of events: made of known fields, kept within the event table."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.fields import load as load_forms

FORMS, EVENTS = load().forms, load().events


def test_every_form_is_of_a_kind_of_the_event_table():
    assert {form.event for form in FORMS} <= set(EVENTS.kinds)


def test_what_stays_on_in_read_only_mode_says_why():
    assert {form.event for form in FORMS if not form.held_by_source and not form.why} == set()


def test_what_the_mandatory_system_holds_is_marked():
    held = {form.event for form in FORMS if form.held_by_source}
    assert {"立案", "开庭", "排期", "送达", "报结", "归档"} <= held
    assert {"送达未果", "回避决定", "信访", "司法建议"}.isdisjoint(held)


def test_service_scheduling_and_filing_away_go_for_many_cases():
    assert {"送达", "排期", "归档", "电子送达"} <= {form.event for form in FORMS if form.bulk}


def test_a_choice_field_offers_the_names_the_facts_are_counted_by():
    disposition = next(f for f in FORMS.forms["报结"].fields if f.key == "disposition")
    assert disposition.required
    assert disposition.choices
    assert "准许撤诉" in disposition.choices.items


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("forms: {送达: {day: 日, held_by_source: true, fields: [颜色]}}", "没有定义的栏“颜色”"),
        ("forms: {归档: {day: 日, held_by_source: true, fields: [way]}}", "不在事件表的内容字段中"),
        ("fields: {颜色: {label: 颜色, kind: colour}}", "种类“colour”不在可选范围内"),
        ("fields: {颜色: {label: 颜色, kind: choice, list: 无}}", "选项表“无”不存在"),
    ],
)
def test_a_mistake_in_an_overlay_is_told_in_chinese(tmp_path: Path, wrong: str, said: str):
    (tmp_path / "fields.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_forms(DATA, tmp_path)


def test_a_court_may_change_a_list(tmp_path: Path):
    own = "lists: {送达方式: {items: [集约送达]}}"
    (tmp_path / "fields.yaml").write_text(own, encoding="utf-8")
    way = next(f for f in load_forms(DATA, tmp_path).forms["送达"].fields if f.key == "way")
    assert way.choices
    assert way.choices.items == ("集约送达",)
